"""Dutch words that the spelling rules of `term_keys` would miss or mistake: lists, no rules.

A plural that is listed counts at the end of a compound too: “lidstaten” needs no entry, “vakbondsleden” has that of
“leden”.
"""

from __future__ import annotations

# A vowel that is short in the singular and long in the plural, another vowel, -eren, and Latin endings.
_UNLIKE = """
aandeel:aandelen bad:baden bedrag:bedragen bevel:bevelen bisschop:bisschoppen blad:bladen blad:bladeren dag:dagen
dak:daken dal:dalen gat:gaten gebed:gebeden gebrek:gebreken gelid:gelederen gemoed:gemoederen glas:glazen god:goden
goed:goederen graf:graven hertog:hertogen hof:hoven hol:holen kalf:kalveren kind:kinderen koe:koeien lam:lammeren
lid:leden lied:liederen lot:loten oorlog:oorlogen pad:paden rad:raderen schip:schepen schot:schoten slag:slagen
slot:sloten smid:smeden spel:spelen staf:staven stad:steden vat:vaten verbod:verboden verdrag:verdragen
verlof:verloven verslag:verslagen vlo:vlooien volk:volkeren weg:wegen bod:boden gebod:geboden gezag:gezagen
ei:eieren been:beenderen rund:runderen
heid:heden museum:musea centrum:centra datum:data medium:media forum:fora stadium:stadia jubileum:jubilea
criterium:criteria quotum:quota memorandum:memoranda referendum:referenda symposium:symposia podium:podia visum:visa
crisis:crises cyclus:cycli catalogus:catalogi
politicus:politici academicus:academici criticus:critici technicus:technici historicus:historici
medicus:medici musicus:musici mandataris:mandatarissen koning:koningen
"""
UNLIKE_PLURALS: tuple[tuple[str, str], ...] = tuple(
    (plural, singular) for singular, _, plural in (pair.partition(":") for pair in _UNLIKE.split())
)

# Words of one syllable whose plural has -s; for others an -s at the end is their own: “kans” is no form of “kan”.
_SHORT_WITH_S = (
    "app blog broer chat chef chip claim clan clown club coach drug fan film flat game hit hub job kok lab link lift "
    "log mail oom plot ploeg post run shop show site spot sprint start stick stop stress stunt tank team test tip tour "
    "tram trend trein trip truck tweet vlog wiet zoon"
)
SHORT_WITH_S = frozenset(_SHORT_WITH_S.split())

# Nouns in ge-: no participles.
_GE_NOUNS = (
    "gebed gebeente gebied gebit geboorte gedaante gedicht gehucht geld gelaat geluid gemeente gemoed gerecht "
    "geslacht gesteente gevecht gewaad geweld gewicht gewoonte gezicht gezond"
)
GE_NOUNS = frozenset(_GE_NOUNS.split())

# What a verb is joined to, and its participle has -ge- behind: “goedgekeurd”, “aangepast”.
_PARTICLES = (
    "aan achter af bekend bij bijeen binnen door goed in klaar los mee na om onder op open over plaats recht samen "
    "stil tegen terug tewerk toe uit vast vol voor vooruit vrij waar weer weg"
)
PARTICLES = tuple(_PARTICLES.split())
