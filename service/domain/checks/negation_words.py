"""The words by which each language denies, those that say as much without denying, and phrases that only look so.

`DENIES` are counted. `SOFT` are words that a translator may deny with as well: “unable” for “niet in staat”, “refuse”
for “wil niet”. `IDLE` are phrases with a negation in them that other languages say without one: “niet alleen”, or in
which it is another word: “un grand pas”. What joins a second denial to a first, such as “noch”, “ni” and “nor”, stands
in none of them: languages differ in how often they say it. The lists were tried on human translations, where a word
stays in `SOFT` if it saves more false alarms than it hides lost negations.
"""

from __future__ import annotations

import re

_IDLE = {
    "nl": r"""
        niet\ (?:alleen|enkel|slechts|in\ het\ minst|te\ vergeten|minder\ dan|lang\ geleden|zo\ lang\ geleden)
        |(?:al\ dan|of|en|dan|waarom|toch|als\ het\ ware)\ niet(?=\W*$) |al\ dan\ niet |of\ niet
        |zonder\ (?:meer|twijfel|enige\ twijfel|uitzondering) |nooit\ eerder |niets\ anders\ dan
        |(?:als|zo)\ nooit\ tevoren |niet\ zelden |nog\ lang\ niet |om\ niet |lang\ niet |geen\ twijfel
    """,
    "fr": r"""
        non\ seulement |n['\u2019]importe |ne\ \w{1,30}\ que |sans-\w{1,30}
        |(?:à\ moins|avant)\ qu[^.,;:]{1,60}?\ ne(?=\ ) |sans\ (?:doute|cesse|précédent) |ou\ (?:non|pas)
        |pas\ mal\ d[e'\u2019]
        |(?<!['\u2019])(?:un|le|les|des|mon|son|mes|ses|nos|vos|notre|votre|leurs|chaque|quelques|deux|trois)
            (?:\ (?:tout|très|grands?|petits?|premiers?|nouveaux?|importants?|énormes?|simples?|vrais?)){0,2}\ pas
        |(?:grands|petits|premiers|nouveaux)\ pas |faux[\ -]pas |aux?\ pas |pas\ à\ pas |à\ pas\ d[e'\u2019]
        |pas-de-calais
    """,
    "de": r"nicht\ (?:nur|allein|zuletzt) |ohne\ (?:weiteres|zweifel)",
    "en": r"not\ (?:only|just|least) |no\ (?:matter|doubt) |or\ not |whether\ or",
}
_DENIES = {
    "nl": r"niet|geen|geeneen|nooit|zonder|nergens|niemand|niets|nimmer|geenszins|evenmin",
    "fr": r"pas|aucune?s?|jamais|rien|nullement|guère|sans|non|nulle?",
    "de": r"nicht|kein(?:e[nmrs]?|s)?|nie|niemals|ohne|weder|niemand(?:e[nm]|es)?|nichts|nirgends|nirgendwo|keinerlei"
    r"|keines(?:falls|wegs)|nein|nimmer",
    "en": r"not|never|no|without|neither|none|nobody|nothing|nowhere|cannot|[a-z]{2,8}n['\u2019]t|can['\u2019]t",
}
_SOFT = {
    "nl": r"""
        on(?:mogelijk|waarschijnlijk|voldoende|duidelijk|geldig|juist|geschikt|zeker|bekend|beperkt|gelijk)\w*
        |on(?:schuldig|bevoegd|wettig)\w* |(?:ge)?weiger\w* |ontken\w* |verbied\w* |verbod\w* |verboden
        |belet\w* |verhinder\w* |vermijd\w* |zelden |weinig |gebrek |ontbr\w+ |tenzij |behalve |uitgezonderd
        |voorko(?:m|men) |uitgesloten |uitsluit\w* |faal\w* |falen |mislukt\w* |stopt?e?n? |gestopt
    """,
    "fr": r"""
        im(?:possib|prop|préc|prév|perm|mobile)\w*
        |in(?:capa|exact|suff|appro|apte|valid|certain|exist|habit|justif|util|éli|accept|just|connu|dispo)\w*
        |ir(?:rég|réal|resp)\w* |il(?:lég|lim)\w* |refus\w* |ni(?:é|ée|er|ent|ait) |ignor\w+ |manqu\w*
        |absen\w* |empêch\w* |évit\w* |interdi\w* |exclu(?!si)\w* |sauf |hormis |excepté |(?<!un\ )peu
        |loin\ de? |hors |à\ peine
        |échou\w* |échec\w* |(?<!vie\ )privée?s?\ de? |cess\w+ |dépourvu\w* |à\ défaut |faute\ de |exempt\w* |au\ lieu
        |dispens\w* |dément\w*
    """,
    "de": r"""
        un(?!d|s|ter|iv|io|if|ge[fn]|mittelb)\w{3,} |\w{3,}los(?:e[nmrs]?)? |\w{3,}frei(?:e[nmrs]?)?
        |(?:ver)?weiger\w* |lehn\w* |abgelehnt\w* |fehl(?:t|te|ten|en|end|ende)? |mangel\w* |verbot\w*
        |verbiet\w* |verhinder\w* |(?:ge)?hinder[nt]\w* |vermeid\w* |ausgeschlossen\w* |außer(?:stande)?
        |kaum |wenig\w* |erst |statt(?=\ \w) |anstatt |weit\ (?:entfernt|davon) |leugn\w* |dement\w*
        |abwesen\w* |(?:ge)?scheiter\w* |verzicht\w* |anders |minder(?!heit|jährig)\w* |negativ\w*
        |in(?:akzept|korrekt|stabil)\w* |non
    """,
    "en": r"""
        un(?!der|til|i[tovq]|cles?\b|fortun|ease)[a-z]{3,}
        |in(?:abil|acc|cap|corr|comp|eli|ade|suff|val|app|eff|adm|vis)[a-z]* |im(?:poss|prop|prob|prac)[a-z]*
        |ir(?:reg|rel|resp)[a-z]* |non |fail[a-z]* |refus[a-z]* |declin[a-z]* |den(?:y|ied|ies|ying|ial)
        |lack[a-z]* |absen[a-z]* |prevent[a-z]* |avoid[a-z]* |prohibit[a-z]* |forb[a-z]* |exclud[a-z]* |except
        |unless |hardly |barely |scarcely |rarely |seldom |(?<!a\ )little |(?<!a\ )few |far\ from |instead
        |stop[a-z]* |ceas[a-z]* |[a-z]{3,}less |exempt[a-z]* |los(?:e|es|ing) |away |out-of-[a-z]+ |too
    """,
}
# What only a translation that added it would have, and the many ways in which its source may say it otherwise.
_PLAIN = {
    "nl": r"niet|geen",
    "fr": r"pas",
    "de": r"nicht|kein(?:e[nmrs]?)?",
    "en": r"not|never|cannot|can['\u2019]t|[a-z]{2,8}n['\u2019]t",
}
_HINTS = r"""
    on(?!s\b|der)\w+ |\w*loo?s |\w*loze |noch |neen? |maar |slechts |enkel |pas |moei\w+ |zelden |weinig |tot
    |tenzij |zolang |(?:ge)?weiger\w* |ontken\w*
    |ver(?:bied|bod|mist|lies|lor|loor|geet|geten|hinder|mijd|meden)\w* |voor(?:kom|dat)\w* |vooraleer |behalve
    |uit(?:ge)?sl\w+ |anders\w* |mis\w+ |ontbr\w+ |zwijg\w* |st[io]l\w* |blij\w+ |stop\w* |geheim\w*
    |plaats |minder |meer |zonder\w* |af\w+ |faal\w* |falen |gebrek\w* |hoeft |amper |nauwelijks |steeds |nog
    |te
"""


def _words(pattern: str) -> re.Pattern[str]:
    letters = pattern.replace(r"\w", r"[^\W_]")  # so that no word is longer than what the edges below say
    return re.compile(rf"(?<![^\W_])(?:{letters})(?![^\W_])", re.VERBOSE | re.IGNORECASE)


IDLE = {tongue: _words(pattern) for tongue, pattern in _IDLE.items()}
DENIES = {tongue: _words(pattern) for tongue, pattern in _DENIES.items()}
SOFT = {tongue: _words(pattern) for tongue, pattern in _SOFT.items()}
PLAIN = {tongue: _words(pattern) for tongue, pattern in _PLAIN.items()}
HINTS = {"nl": _words(_HINTS)}
# French denies in two parts, of which this is the first.
NE = re.compile(r"(?<![^\W_])(?:ne\s|n['\u2019])", re.IGNORECASE)
# A text with none of these denies nothing; asking for them is cheap.
STEMS = {
    "nl": ("nie", "gee", "noo", "zonder", "nergens", "nimmer", "evenmin"),
    "fr": ("pas", "aucun", "jamais", "rien", "null", "guère", "sans", "non", "nul", "ne ", "n'", "n\u2019"),
    "de": ("nich", "kein", "nie", "ohne", "weder", "nirgend", "nein", "nimmer"),
    "en": ("not", "never", "no ", "no-", "with", "neither", "none", "nob", "now", "n't", "n\u2019t"),
}
# What joins denials, where a language counts them so: “ni A ni B” denies two things, as “geen A en geen B” does.
NI = re.compile(r"(?<![^\W_])ni(?![^\W_])", re.IGNORECASE)
