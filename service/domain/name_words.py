"""Words with a capital that are no names: titles, functions, institutions, days, and what names are made of.

They have other words in every language, so that nothing is asked of them. Letters are compared without accents.
"""

from __future__ import annotations

# What stands inside a name without telling it from others, in whatever language the person comes from.
PARTICLES = frozenset(
    """de den der het van von vom du des la las le les los ten ter te el al zu zur di da dos del della d l bin ibn ben
und y e i av af of""".split()  # noqa: SIM905 - words read best side by side
)

_TITLES = """
minister ministers minister-president eerste premier vicepremier vice vice-eersteminister staatssecretaris president
presidente vicepresident voorzitter voorzitster ondervoorzitter koning koningin prins prinses kroonprins hertog graaf
keizer paus kardinaal aartsbisschop bisschop imam dominee pater zuster burgemeester burgemeesters schepen schepenen
gouverneur gemeenteraad senator senatoren kamerlid volksvertegenwoordiger ambassadeur consul commissaris
eurocommissaris commissielid secretaris secretaris-generaal directeur directeur-generaal generaal kolonel majoor
kapitein luitenant sergeant admiraal professor prof dr doctor ir ing mr mevr mevrouw meneer heer dhr dame sir lady
lord miss mister heren rechter advocaat procureur procureur-generaal kanselier bondskanselier woordvoerder
woordvoerster hoofd chef coach trainer oud ex leider kapitein partner gezant vertegenwoordiger hoge
"""

_INSTITUTIONS = """
raad raden commissie commissies parlement kamer kamers senaat congres huis hof rechtbank grondwettelijk arrest
regering staat staten ministerraad ministerie ministeries departement dienst diensten overheid overheden
overheidsdienst overheidsdiensten agentschap instituut centrum centra fonds bank bureau kantoor raadhuis gemeentehuis
stadhuis paleis kasteel kerk kathedraal universiteit universitaire ziekenhuis ziekenhuizen hogeschool school academie
museum musea bibliotheek theater stadion luchthaven haven station vereniging verbond verbonden federatie liga unie
bond organisatie stichting beweging partij partijen front alliantie raadsvoorzitterschap voorzitterschap secretariaat
kabinet kanselarij kanselarijen politie leger marine luchtmacht defensie brandweer douane justitie financien begroting
werk economie energie klimaat milieu mobiliteit landbouw visserij onderwijs cultuur sport jeugd gezin gezinnen
volksgezondheid gezondheid welzijn pensioenen middenstand kmo zelfstandigen wetenschap wetenschapsbeleid onderzoek
innovatie digitalisering telecommunicatie post handel buitenlandse binnenlandse zaken ontwikkeling
ontwikkelingssamenwerking samenwerking asiel migratie maatschappelijke integratie armoedebestrijding gelijke kansen
consumenten ambtenarenzaken openbare werken vervoer regie gebouwen wonen huisvesting inburgering bestuurszaken
toerisme dierenwelzijn justitiehuizen noordzee staatsblad wetboek wet wetten grondwet verdrag verdragen akkoord
handvest verordening richtlijn besluit decreet ordonnantie protocol conventie conferentie top forum week dag dagen
jaar nacht programma plan pact pijler strategie actieplan herstelplan green deal prijs prijzen orde ster beker
kampioenschap kampioenschappen spelen olympische paralympische wereld wereldbeker wereldkampioenschap wereldoorlog
oorlog revolutie republiek koninkrijk federatie gemenebest gewest gewesten gemeenschap gemeenschappen provincie
provincies gemeente gemeenten stad steden hoofdstad hoofdstedelijk hoofdstedelijke arrondissement district regio
deelstaat kanton eiland eilanden zee oceaan meer rivier berg bergen baai golf kanaal straat laan plein brug park bos
tuin boulevard tunnel ring weg weide markt steenweg
"""

_MAKERS = """
grote groot kleine klein nieuwe nieuw oude oud hoge hoog lage laag lange lang eerste tweede derde vierde vijfde
laatste beste heilige witte zwarte rode groene blauwe gele grijze gouden zilveren noord zuid oost west noorden zuiden
oosten westen noordelijke zuidelijke oostelijke westelijke noordwesten noordoosten zuidwesten zuidoosten centrale
midden middenoosten verre nabije boven beneden federale federaal nationale nationaal internationale internationaal
regionale lokale europese koninklijke koninklijk algemene algemeen speciale bijzondere hoger lager openbare sociale
economische politieke militaire civiele burgerlijke vrije verenigde gemeenschappelijke nucleaire digitale klimaat-
"""

_PEOPLE = """
democraten democraat democratische republikeinen republikein republikeinse liberalen liberaal conservatieven
conservatief conservatieve socialisten socialist socialistische communisten communist communistische nationalisten
groenen christen christenen christelijke katholiek katholieke katholieken protestanten protestantse orthodoxe joden
jood joodse islam islamitische islamitisch moslim moslims soenniet soennieten sjiiet sjiieten hindoe hindoes boeddhist
boeddhistische koerden koerdisch koerdische arabier arabieren arabische palestijnen palestijns palestijnse latijns
latijnse nazi nazi's bijbel koran god heer allah jezus christus kerst kerstmis kerstavond pasen pinksteren hemelvaart
ramadan sinterklaas nieuwjaar oudejaar halloween thanksgiving internet web aarde maan zon mars venus jupiter saturnus
mercurius neptunus westerse oosterse gerechtshof hooggerechtshof comite capitool mirakel amazone
"""

# English words in names, which a Dutch text leaves as they are and a translation may not.
_FOREIGN = """
state states university college league cup cups majesty hall street avenue park service services school church house
council committee court board office department agency bureau association society union institute center centre museum
national international american british royal saint lake mount north south east west city county island islands day
secretary general prime network bank fund museum office award awards open championship system
"""

_DAYS = {
    "nl": """
maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli augustus
september oktober november december
""",
    "fr": """
lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre
novembre décembre
""",
    "de": """
montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar jänner februar märz april mai juni juli
august september oktober november dezember
""",
    "en": """
monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december
""",
}

# Words that a sentence or a title begins with.
_OPENERS = {
    "nl": """
de het een en van ik te dat die in is niet zijn op aan met voor er maar om hem dan zou of wat mijn men dit zo door
over ze zij zich bij ook tot je jij mij uit der daar haar naar heb hoe heeft hebben deze u want nog zal me nu geen
iets worden al waren veel meer doen toen moet ben zonder kan hun dus alles onder ja nee eens hier wie werd werden
altijd wordt kunnen ons onze tegen na reeds wil kon niets iemand andere als we wij tussen moeten wel omdat tijdens
sinds hij ik had was waar waarin waarbij vanaf via hiervoor daarbij terwijl alle elke elk volgens aangezien hoewel
ondanks vandaag gisteren morgen vorige volgende echter bovendien daarnaast daarom daarna daarvoor intussen ondertussen
inmiddels eerder later vroeger nadat voordat zodra indien wanneer waarom welke welk hoeveel minder twee drie vier vijf
zes zeven acht negen tien beide sommige verschillende enkele vele weinig iedereen niemand ieder zoals behalve gezien
dankzij naast rond binnen buiten langs achter naarmate onlangs momenteel uiteindelijk eindelijk helaas gelukkig
natuurlijk misschien wellicht samen mensen jaar laat ga komt toch soms vaak nooit ooit zelfs juist vooral alleen lees
bekijk foto video bron bijlage contact meer info
""",
    "fr": """
le la les l un une des du de d et à au aux en dans par pour sur avec sans sous chez entre vers ce cet cette ces son sa
ses leur leurs notre nos votre vos mon ma mes qui que quoi où il elle ils elles on nous vous je tu ne mais ou donc or
ni car si comme aussi très tout tous toute toutes depuis selon afin ainsi après avant lors lorsque parce alors pendant
malgré grâce hier plus moins deux trois
""",
    "de": """
der die das den dem des ein eine einen einem einer eines und in zu von mit für auf im nicht auch als an es er sie wir
ich ihr aus bei nach wie über um nur oder aber durch dass zum zur vom beim am bis unter gegen vor zwischen wenn weil
was wer wo hier da dann diese dieser dieses diesem diesen seit laut trotz während
""",
    "en": """
the of and to in a an is that it for was on are as with his they be at this have from or had by not but what all were
we when your can there which she he i how their if will up about out many then them these so some her would who its
after before because through between those while where during under against since although despite according
""",
}


def _folded(words: str) -> frozenset[str]:
    return frozenset(words.translate(str.maketrans("éèêëàâäîïôöûüç", "eeeeaaaiioouuc")).split())


# By language, without accents: what is trimmed off a name, and what nothing is asked of.
NEVER_NAMES: dict[str, frozenset[str]] = {
    language: _folded(f"{days} {_OPENERS[language]}") for language, days in _DAYS.items()
}
TRANSLATED: dict[str, frozenset[str]] = {"nl": _folded(_TITLES + _INSTITUTIONS + _MAKERS + _PEOPLE)}
TITLES: dict[str, frozenset[str]] = {"nl": _folded(_TITLES)}
FOREIGN: frozenset[str] = _folded(_FOREIGN)
COMPOUND_HEAD, COMPOUND_TAIL = 3, 7  # letters; shorter ends are those of surnames too
_TAILS = {"nl": frozenset(word for word in _folded(_INSTITUTIONS) if len(word) >= COMPOUND_TAIL)}


def is_common(word: str, language: str) -> bool:
    """Tell whether a word, without accents and capitals, is one that every language has its own for.

    Such are compounds too that end in an institution: “Stadsbibliotheek”.
    """
    if word in TRANSLATED.get(language, ()) or word in NEVER_NAMES.get(language, ()):
        return True
    tails = _TAILS.get(language)
    if tails is None:
        return False
    return any(word[cut:] in tails for cut in range(COMPOUND_HEAD, len(word) - COMPOUND_TAIL + 1))
