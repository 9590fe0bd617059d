"""What tells the end of a sentence in each language of the desk, as data.

`segmentation` applies these tables; an office adds its own abbreviations to `NEVER` through an argument
there. Abbreviations stand without their last full stop, in lower case if they are written either way; one that stands
here with a capital (`Kan`, a canon) is an abbreviation only so, since its lower case is a word that ends sentences.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """The tables of one language.

    `never`: abbreviations that never end a sentence, since a name or a number follows (titles, references).
    `may`: abbreviations that end one if what follows starts with an upper-case letter.
    `before_digit`: words that are abbreviations only if a digit follows (`no. 5`).
    `before_starter`: abbreviations that end a sentence only before one of `starters`.
    `starters`: words that begin sentences and are no names.
    `ordinals`: whether a full stop behind a number makes it an ordinal (`25. Juli`).
    `never_ending`: the last letters of shortened compounds (`Bahnhofstr.`).
    `letter_nouns`: words that a single letter follows (`vitamine C`), so that it is no initial.
    """

    never: frozenset[str]
    may: frozenset[str]
    before_digit: frozenset[str] = frozenset()
    before_starter: frozenset[str] = frozenset()
    starters: frozenset[str] = frozenset()
    ordinals: bool = False
    never_ending: tuple[str, ...] = ("str",)
    letter_nouns: frozenset[str] = frozenset()


def _words(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_TITLES = _words("dr prof ing st ste th chr ph mr mrs ms sen sens vs")

NL = Rules(
    never=_TITLES
    | _words(
        # persons, offices and honours
        "dhr mevr mw mej hr drs ir mr jhr ds Past Kan Kon em burg gouv min minpres staatssecr vicepr vz voorz",
        "gen kol kapt maj lt luit insp comm adj adv not secr wnd wvd weled mgr kard eerw br zr",
        # firms and provinces
        "fa gebr prov",
        # references and measures
        "v art nr nrs blz pag p.m hfdst hfst par bijl afb afd fig tab afl dl ed vgl cf ca max incl",
        "excl resp gem tel bv nv bijv evt zgn zog nl jl e.v.a ong plm",
        # set phrases
        "o.a o.m d.w.z m.a.w b.v m.b.t i.v.m t.a.v n.a.v t.o.v i.p.v i.g.v m.i.v t.g.v t.b.v a.h.v i.s.m",
        "i.o i.k.v m.u.v o.b.v o.l.v v.w.b w.o v.a z.g t.w r.v d.m.v b.t.w n.v b.v.b.a v.z.w m.m k.b m.b",
        "z.e z.k.h h.m z.m",
    ),
    may=_words(
        "enz e.d e.a a.u.b etc u mln mld mio miljd jan feb febr mrt apr jun jul aug sep sept okt nov dec",
        "ma di wo do vr za zo p.p jr sr p.j p.a p.st v.chr n.chr i.c i.v z.o.z m.i n.v.t s.v.p r.i.p ndl",
    ),
    before_digit=_words("p no kap reg bl rol"),
    starters=_words("de het een dit dat die deze er ook maar en in op"),
    letter_nouns=_words(
        "vitamine plan groep categorie bijlage niveau type klasse hepatitis influenza zone optie scenario",
        "luik fase punt lijn letter blok gebouw terminal",
    ),
)

FR = Rules(
    never=_TITLES
    | _words(
        "v MM mm mme mlle mgr me pr drs mmes mlles vve sr Col gén Cap lt cdt adj min secr bourgm réf fig tab",
        "chap éd p pp env max incl excl cf tél fax bd boul av apr ex p.ex c.-à-d i.e ann",
    ),
    may=_words(
        "etc janv févr avr juill juil sept oct nov déc j.-c a.r a.m p.m h s.v.p n.b",
        "mio mia jr p.s cie",
    ),
    before_digit=_words("art no nos al par t n ch livr"),
    before_starter=_words("s.a s.p.r.l a.s.b.l s.r.l"),
    starters=_words(
        "le la les l un une il elle ils elles ce cet cette ces on nous en dans à au aux et mais pour son sa ses",
        "leur leurs selon depuis avec sans après avant",
    ),
    letter_nouns=_words("vitamine plan groupe catégorie annexe niveau type classe hépatite zone option point phase"),
)

DE = Rules(
    never=_TITLES
    | _words(
        "hr hrn fr frl dipl dipl.-ing Mag bgm präs staatssekr gen oberst hptm lt nr nrn bzw ca vgl inkl exkl max",
        "mind evtl ggf gem bspw sog bes tel str abs abt abb kap ziff rd zzgl z.b d.h u.a o.ä i.d.r m.e z.t",
        "i.v i.v.m u.u s.o s.u v.a z.zt u.z i.a v.chr n.chr o.g u.g i.s.d i.h.v z d i v n o s",
    ),
    may=_words("usw etc u.s.w uvm u.v.m chr jr sen"),
    before_digit=_words("art s p bd bl rn rz no pos"),
    before_starter=_words(
        "mio mrd f ff jh jhd jan feb febr apr jun jul aug sep sept okt nov dez",
    ),
    starters=_words(
        "der die das den dem des ein eine einen einem einer er sie es wir ihr ich man in im am an auf bei",
        "mit nach von vom zu zum zur für doch dann danach dort dies diese dieser dieses damit dabei dafür",
        "auch aber und oder als wenn seit bis um unter über so nun hier heute gestern morgen alle viele",
        "beide jetzt zudem außerdem allerdings insgesamt während durch ohne gegen vor hinter neben",
        "zwischen daher deshalb darüber davon hinzu nur noch schon was wer wie wo warum kein keine keiner",
        "jeder jede jedes mehr weitere sein seine ihre unser unsere",
    ),
    ordinals=True,
    letter_nouns=_words("vitamin plan gruppe kategorie anhang klasse typ hepatitis stufe zone punkt phase"),
)

EN = Rules(
    never=_TITLES
    | _words(
        "messrs mx rev hon rep reps det gov gen col capt lt sgt cmdr adm maj pres supt fr approx vs v e.g",
        "i.e cf viz ca incl excl max tel ext dept figs eqs vol ed eds pp",
    ),
    may=_words("etc a.m p.m jr sr inc ltd co corp plc bros jan feb mar apr aug sept oct nov dec b.c a.d al est m bn"),
    before_digit=_words("no nos art sec fig eq p ch para pt n max min reg ref"),
    before_starter=_words("u.s u.k e.u u.n d.c u.s.a ph.d m.d b.a m.a"),
    starters=_words(
        "the a an it its he she they we you i this that these those there in on at by for from with as if",
        "when while after before since but and or so his her their our my what who why how where however",
        "meanwhile both all many some most no not one two three more to under over during despite although",
        "because once until here then",
    ),
    letter_nouns=_words("vitamin plan group category annex level type class hepatitis zone option point phase"),
)

RULES = {"nl": NL, "fr": FR, "de": DE, "en": EN}


def rules_for(locale: str) -> Rules:
    """Return the tables for a locale; a language without its own is cut by the English ones."""
    return RULES.get(locale.split("-", maxsplit=1)[0], EN)
