"""Acronyms that each language has of its own, with what they are short for: EU, UE; btw, TVA, MwSt., VAT.

A line has a column for each of Dutch, French, German, English; in it the short forms, and behind a colon the words
that may be said instead, parted by commas. Of these only the beginning is told, so that all their forms are there.
Where a line begins with "!", the acronym of one language is wrong in another. Only acronyms that are not the same
everywhere are told, or such that are often said in full.
"""

# ruff: noqa: E501 - a line of the table is as long as its acronym has forms

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from service.domain.unaccented import unaccented

_WORDS = re.compile(r"[^\W\d_]+")
_TABLE = """
! EU: europese unie, unie, europes, europa | UE: union, europe | EU: union, europa, europä | EU: union, europe
EG: europese gemeenschap | CE: communaut | EG: gemeinschaft | EC: communit
EC: europese commissie, commissie | CE: commission | EK EC: kommission | EC: commission
EP: parlement | PE: parlement | EP: parlament | EP: parliament
ECB: centrale bank | BCE: banque centrale | EZB: zentralbank | ECB: central bank
EIB: investeringsbank | BEI: banque europ | EIB: investitionsbank | EIB: investment bank
EER: economische ruimte | EEE: espace économique | EWR: wirtschaftsraum | EEA: economic area
EVRM: rechten van de mens | CEDH: droits de l'homme | EMRK: menschenrecht | ECHR: human rights
EHRM: hof voor de rechten | CEDH: cour europ | EGMR: gerichtshof | ECHR ECtHR: court of human rights
HvJ: hof van justitie | CJUE CJCE: cour de justice | EuGH: gerichtshof | CJEU ECJ: court of justice
AVG AVGB GDPR: gegevensbescherming | RGPD: protection des données | DSGVO DS-GVO: datenschutz | GDPR: data protection
GBA: gegevensbeschermingsautoriteit | APD: protection des données | DSB GBA: datenschutzbehörde | DPA: data protection
GEB DPIA: effectbeoordeling | AIPD PIA: analyse d'impact, impact | DSFA: folgenabschätzung | DPIA: impact assessment
ID: identi | ID: identi | ID: kennung, identi, ausweis | ID: identi
GB: gigabyte | Go GB: gigaoctet | GB: gigabyte | GB: gigabyte
GB: groot-brittan, brit | GB RU: grande-bretagne, royaume-uni, brit | GB: großbritannien, königreich, brit | GB UK: britain, kingdom, brit
MB: megabyte | Mo MB: mégaoctet | MB: megabyte | MB: megabyte
DPO: functionaris voor gegevens | DPD DPO: délégué à la protection | DSB DPO: datenschutzbeauftragt | DPO: data protection officer
COREPER Coreper: permanente vertegenw | COREPER Coreper: représentants permanents | AStV COREPER Coreper: ständige | COREPER Coreper: permanent representatives
! JBZ: justitie en binnenlandse | JAI: justice et affaires | JI: justiz und inneres | JHA: justice and home
RAZ: algemene zaken | CAG: affaires générales | RAA: allgemeine angelegenheiten | GAC: general affairs
RAZEB RBZ: buitenlandse zaken | CAE: affaires étrangères | RFAB RAB: auswärtige angelegenheiten | FAC: foreign affairs
Ecofin ECOFIN | Ecofin ECOFIN | ECOFIN Ecofin: wirtschaft und finanzen | Ecofin ECOFIN
GBVB: buitenlands en veiligheid | PESC: politique étrangère | GASP: außen- und sicherheit | CFSP: foreign and security
GVDB: veiligheids- en defensie | PSDC: sécurité et de défense | GSVP: sicherheits- und verteidigung | CSDP: security and defence
EDEO: europese dienst voor extern | SEAE: service europ | EAD: auswärtigen dienst | EEAS: external action
GLB: landbouwbeleid | PAC: politique agricole | GAP: agrarpolitik | CAP: agricultural policy
GVB: visserijbeleid | PCP: politique commune de la pêche | GFP: fischereipolitik | CFP: fisheries policy
MFK: meerjarig financieel kader | CFP: cadre financier | MFR: finanzrahmen | MFF: financial framework
RRF: herstel | FRR: relance, reprise | ARF: aufbau | RRF: recovery
CBAM: koolstof | MACF CBAM: carbone | CBAM: grenzausgleich | CBAM: carbon border
ETS: emissiehandel | SEQE ETS: quotas d'émission, échange de quotas | EHS ETS: emissionshandel | ETS: emissions trading
DMA | DMA RMN: marchés numériques | DMA GDM: digitale märkte | DMA: digital markets
! NAVO: noord-atlantische | OTAN: atlantique nord | NATO: nordatlantik | NATO: north atlantic
! VN UNO: verenigde naties | ONU NU: nations unies | UN UNO VN: vereinte nationen, vereinten nationen | UN: united nations
VS USA: verenigde staten, amerika | USA É.-U: états-unis, améri | USA US: vereinigte staaten, vereinigten staaten, amerika | US U.S USA: united states, america
VK: verenigd koninkrijk, brit | RU R-U: royaume-uni, brit, grande-bretagne | VK UK GB: königreich, großbritannien, brit | UK: united kingdom, brit, britain
VAE: emiraten | EAU: émirats | VAE: emirate | UAE: emirates
DRC: congo | RDC: congo | DRK DR Kongo: kongo | DRC: congo
OESO: economische samenwerking | OCDE: coopération et de développement | OECD | OECD
OVSE: veiligheid en samenwerking | OSCE | OSZE | OSCE
WHO WGO: wereldgezondheid | OMS: organisation mondiale de la santé | WHO: weltgesundheit | WHO: world health
WTO: wereldhandel | OMC: organisation mondiale du commerce | WTO: welthandel | WTO: world trade
IMF: monetair fonds | FMI: fonds monétaire | IWF IMF: währungsfonds | IMF: monetary fund
IAO: arbeidsorganisatie | OIT BIT: organisation internationale du travail | IAO ILO: arbeitsorganisation | ILO: labour organi
IOM: voor migratie | OIM: pour les migrations | IOM: für migration | IOM: for migration
IAEA: atoom | AIEA: énergie atomique | IAEO IAEA: atomenergie | IAEA: atomic energy
UNHCR: vluchtelingen | HCR UNHCR: réfugiés | UNHCR: flüchtling | UNHCR: refugee
WEF: wereld economisch forum | FEM WEF: forum économique | WEF: weltwirtschaft | WEF: economic forum
ICC ISH: strafhof | CPI: cour pénale | IStGH: strafgerichtshof | ICC: criminal court
IGH: gerechtshof | CIJ: cour internationale | IGH: gerichtshof | ICJ: court of justice
AU: afrikaanse unie | UA: union africaine | AU: afrikanische | AU: african union
ACS: caribi | ACP: caraïbes | AKP: karibi | ACP: caribbean
! ngo NGO: niet-gouvernement | ONG: non gouvernement | NRO NGO: nichtregierung | NGO: non-governmental, nongovernmental, nonprofit, non-profit, charit
AI: artificiële intell, kunstmatige intell | IA: intelligence | KI: künstlich | AI: artificial
ICT: informatie- en communicatie | TIC: technologies de l'information | IKT ICT: informations- und kommunikation | ICT: information and communication
IT: informatica | IT TI: informatique | IT EDV: informationstechn | IT: information technology
! btw BTW: omzetbelasting | TVA: taxe sur la valeur | MwSt MWST USt: mehrwertsteuer, umsatzsteuer | VAT: value added
! bbp BBP: binnenlands product | PIB: produit intérieur | BIP: bruttoinland | GDP: gross domestic
bnp BNP bni BNI: nationaal product, nationaal inkomen | PNB RNB: national brut | BSP BNE: bruttosozial, bruttonational | GNP GNI: gross national
! kmo KMO mkb MKB: kleine en middelgrote | PME: petites et moyennes | KMU: klein- und mittel, kleine und mittlere, mittelstand | SME SMEs: small and medium
cao CAO: arbeidsovereenkomst | CCT: convention collective | KAA GAV: tarifvertrag, kollektiv | CBA CLA: collective
vzw VZW: zonder winst | ASBL: sans but lucratif | VoG VOG: ohne gewinn, verein | NPO ASBL: non-profit, not-for-profit
nv NV: naamloze vennootschap | SA: société anonyme | AG: aktiengesellschaft | PLC plc NV SA: public limited
BV bvba BVBA | SRL SPRL | GmbH PGmbH | Ltd BV
! OCMW: maatschappelijk welzijn | CPAS: action sociale | ÖSHZ: sozialhilfezentr | PCSW CPAS PSWC: social welfare, social service
RSZ: sociale zekerheid | ONSS: sécurité sociale | LSS: sozialsicherheit, soziale sicherheit | NSSO: social security
RVA: arbeidsvoorziening | ONEM ONEm: emploi | LfA LFA: arbeitsbeschaffung | NEO: employment
RIZIV: ziekte- en invaliditeit | INAMI: assurance maladie | LIKIV: kranken | NIHDI RIZIV: health and disability
FOD: federale overheidsdienst | SPF: service public fédéral | FÖD: föderal | FPS: federal public service
POD: programmatorische | SPP: programmation | FPD PÖD ÖPD: programmierung | PPS: planning
KB: koninklijk besluit | AR: arrêté royal | KE: königlich | RD: royal decree
MB: ministerieel besluit | AM: arrêté ministériel | ME: ministeri | MD: ministerial
BS: staatsblad | MB: moniteur | BS: staatsblatt | BOG: gazette, moniteur
NMBS: spoorwegen | SNCB: chemins de fer | NMBS SNCB NGBE: eisenbahn | SNCB NMBS: railway
MIVB | STIB | MIVB STIB | STIB MIVB
BIPT: postdiensten | IBPT: services postaux | BIPT: postdienst | BIPT: postal
KMI: meteorolog | IRM: météorolog | KMI KMIB: meteorolog | RMI KMI RMIB: meteorolog
FAVV: voedselketen | AFSCA: chaîne alimentaire | FASNK AFSCA: lebensmittel | FASFC AFSCA: food
FAGG: geneesmiddelen | AFMPS: médicaments | FAAGP FAGG: arzneimittel | FAMHP: medicine
FANC: nucleaire controle | AFCN: contrôle nucléaire | FANC FANK: nuklear | FANC: nuclear control
BIM: bijstand in de, tegemoetkoming | BIM: intervention majorée | EKE: erhöhte | IR BIM: increased
OCAD: dreiging | OCAM: menace | OCAD KOBA: bedrohung | CUTA OCAM: threat
NCCN: crisiscentrum | NCCN: centre de crise | NCCN: krisenzentrum | NCCN: crisis cent
CCB: cybersecurity | CCB: cybersécurité | ZCB CCB: cyber | CCB: cybersecurity
NBB: nationale bank | BNB: banque nationale | BNB NBB: nationalbank | NBB: national bank
MUG: urgentie | SMUR | NEF MUG: notarzt | MUG MMT: emergency
hiv HIV | VIH: sida | HIV | HIV
aids AIDS | sida SIDA Sida | AIDS Aids | AIDS Aids
DNA: erfelijk | ADN | DNA DNS | DNA
RNA | ARN | RNA RNS | RNA
mRNA | ARNm | mRNA | mRNA
tbc TBC: tuberculose | TBC: tuberculose | TBC TB: tuberkulose | TB: tuberculosis
MS: multiple sclerose | SEP: sclérose | MS: multiple sklerose | MS: multiple sclerosis
IC: intensieve | USI: soins intensifs | IC: intensiv | ICU: intensive
pv PV: proces-verbaal | PV: procès-verbal | PV: protokoll | PV: report
tv TV: televisie | TV télé: télévis, télé, chaîne | TV: fernseh | TV: televis
wc WC: toilet | WC: toilette | WC: toilette | WC: toilet
CEO: bestuurder, directeur | PDG CEO: directeur général, directrice générale, patron, administrat | CEO: geschäftsführ, chef, vorstandsvorsitz | CEO: chief executive
CFO: financieel directeur | CFO: directeur financier, directrice financière | CFO: finanzchef, finanzvorstand | CFO: chief financial
HR: personeel | RH: ressources humaines | HR: personal | HR: human resources
PR: communicatie | RP: relations publiques | PR: öffentlichkeitsarbeit | PR: public relations
R&D O&O: onderzoek en ontwikkeling | R&D: recherche et développement | F&E: forschung und entwicklung | R&D: research and development
WK: wereldkampioenschap, wereldbeker | CM: coupe du monde, mondial, championnat | WM: weltmeister | WC: world
EK: europees kampioenschap | CE: championnat d'europe, euro | EM: europameister, euro | EC: european championship, euro
BHG: brussels hoofdstedelijk | RBC: région de bruxelles | RBH: region brüssel | BCR: brussels-capital
IS ISIS: islamitische staat | EI DAECH Daech: état islamique, daech | IS: islamischer staat | IS ISIS ISIL: islamic state
SG: secretaris | SG: secrétaire | GS: generalsekret | SG: secretary
EUR: euro | EUR €: euro | EUR €: euro | EUR €: euro
USD: dollar | USD $: dollar | USD $: dollar | USD $: dollar
GBP: pond | GBP £: livre | GBP £: pfund | GBP £: pound
"""

_COLUMNS = {"nl": 0, "fr": 1, "de": 2, "en": 3}
_STRICT = "!"


@dataclass(frozen=True, slots=True)
class AcronymForms:
    """What a concept is called in a language: the short forms, the usual one first, and what may be said instead.

    `long` are the beginnings of words, without accents and capitals; `strict` tells that no other short form is right.
    """

    short: tuple[str, ...]
    long: tuple[str, ...]
    strict: bool


def _forms(cell: str, *, strict: bool) -> AcronymForms:
    short, _, long = cell.partition(":")
    phrases = (" ".join(words_in(phrase)) for phrase in long.split(","))
    return AcronymForms(tuple(short.split()), tuple(phrase for phrase in phrases if phrase), strict)


def words_in(text: str) -> list[str]:
    """Return the words of a text without accents and capitals."""
    return _WORDS.findall(unaccented(text))


def _read() -> tuple[tuple[AcronymForms, ...], ...]:
    rows = []
    for line in _TABLE.splitlines():
        if line:
            strict = line.startswith(_STRICT)
            rows.append(tuple(_forms(cell, strict=strict) for cell in line.removeprefix(_STRICT).split("|")))
    return tuple(rows)


def _indexes() -> tuple[dict[str, list[int]], ...]:
    indexes: tuple[dict[str, list[int]], ...] = tuple(defaultdict(list) for _ in _COLUMNS)
    for number, row in enumerate(_ROWS):
        for column, forms in enumerate(row):
            for short in forms.short:
                indexes[column][short].append(number)
    return indexes


_ROWS = _read()
_INDEXES = _indexes()
# Those that a language writes in small letters, as any other word.
SMALL: dict[str, frozenset[str]] = {
    language: frozenset(short for short in _INDEXES[column] if short.islower()) for language, column in _COLUMNS.items()
}


def acronyms_called(acronym: str, language: str, other: str) -> tuple[AcronymForms, ...]:
    """Return what the concepts that an acronym of one language may stand for are called in another."""
    here, there = _COLUMNS.get(language), _COLUMNS.get(other)
    if here is None or there is None:
        return ()
    return tuple(_ROWS[number][there] for number in _INDEXES[here].get(acronym, ()))


def is_known(acronym: str, language: str) -> bool:
    """Tell whether a language has an acronym of its own that is written so."""
    column = _COLUMNS.get(language)
    return column is not None and acronym in _INDEXES[column]
