"""What countries, peoples and places are called in the desk's languages: Luik is Liège, Lüttich and Liège.

A line is a place, its columns Dutch, French, German, English; the first word of a column is the usual name. A word
with an asterisk stands for all that begin so, which are the people, their language and the adjectives. Only names that
are not the same everywhere are told. Letters are compared without accents.
"""

# ruff: noqa: E501 - a line of the table is as long as its place has names

from __future__ import annotations

COUNTRIES = """
Europa europees* europes* europeaan europeanen | Europe europe* | Europa europa* europä* | Europe europe*
België belg* | Belgique belg* | Belgien belg* | Belgium belg*
Nederland nederland* | Pays-Bas bas néerland* hollande holland* | Niederlande niederländ* niederland* holland* | Netherlands netherlands dutch* holland
Frankrijk frans* fransen | France franç* franc* | Frankreich franz* frankr* | France french* fran*
Duitsland duits* | Allemagne allem* | Deutschland deutsch* | Germany german*
Luxemburg luxemburg* | Luxembourg luxembourg* | Luxemburg luxemburg* | Luxembourg luxembourg* luxemburg*
Italië itali* | Italie itali* | Italien itali* | Italy ital*
Spanje spaan* spanj* | Espagne espagn* | Spanien spani* | Spain spani* spain*
Ierland ier ieren iers ierse ierland* | Irlande irland* | Irland irisch* iren ire irland* | Ireland irish* ireland*
Oostenrijk oostenrijk* | Autriche autrich* | Österreich österreich* | Austria austria*
Griekenland griek* | Grèce grec* grèce* | Griechenland griech* | Greece greek* greec*
Zweden zweed* zwed* | Suède suéd* suède* | Schweden schwed* | Sweden swed*
Denemarken deen* deens* denemarken* | Danemark dan* | Dänemark dän* | Denmark danish* dane* denmark*
Finland fin* fins* | Finlande finland* finn* | Finnland finn* | Finland fin*
Polen pool* pools* polen* | Pologne pol* | Polen pol* | Poland pol*
Tsjechië tsjech* | Tchéquie tch* | Tschechien tschech* | Czechia czech*
Slowakije slowa* slowaak* | Slovaquie slova* | Slowakei slowak* | Slovakia slova*
Slovenië slove* sloveen* | Slovénie slov* | Slowenien slowen* | Slovenia sloven*
Hongarije hongaar* hongar* | Hongrie hongr* | Ungarn ungar* | Hungary hungar*
Roemenië roeme* | Roumanie roum* | Rumänien rumän* | Romania romania*
Bulgarije bulgaar* bulgar* | Bulgarie bulgar* | Bulgarien bulgar* | Bulgaria bulgaria*
Kroatië kroa* | Croatie croat* | Kroatien kroat* | Croatia croat*
Estland est* ests* | Estonie eston* | Estland est* | Estonia eston*
Letland let* lets* | Lettonie letton* | Lettland lett* | Latvia latvia*
Litouwen litouw* | Lituanie litua* | Litauen litau* | Lithuania lithuania*
Cyprus cypr* | Chypre chyp* | Zypern zyp* | Cyprus cypr*
Malta malt* | Malte malt* | Malta malt* | Malta malt*
Verenigd Koninkrijk brit* groot-brittannië brittannië | Royaume-Uni royaume uni brit* bretagne | Königreich vereinigte* brit* großbritannien | Kingdom brit* uk
Engeland engel* | Angleterre angl* | England engl* | England english* engl*
Schotland schot* | Écosse écoss* | Schottland schott* | Scotland scot*
Wales wels* | Galles gall* | Wales walis* | Wales wel*
Noorwegen noor* noors* noorwegen* | Norvège norv* | Norwegen norweg* | Norway norw*
Zwitserland zwitser* | Suisse suiss* | Schweiz schweiz* | Switzerland swiss* swi*
IJsland ijsland* | Islande island* | Island isländ* island* | Iceland iceland*
Rusland rus russen russ* sovjet* | Russie russ* soviét* | Russland russ* sowjet* | Russia russ* soviet*
Oekraïne oekra* | Ukraine ukrain* | Ukraine ukrain* | Ukraine ukrain*
Belarus wit-rus* belarus* | Biélorussie biélorus* bélarus* | Belarus belarus* weißruss* | Belarus belarus*
Moldavië moldav* | Moldavie moldav* moldov* | Moldau moldau* moldaw* | Moldova moldov*
Georgië georgi* | Géorgie géorg* | Georgien georgi* | Georgia georgia*
Armenië armeen* armen* | Arménie armén* | Armenien armen* | Armenia armenia*
Azerbeidzjan azer* | Azerbaïdjan azer* | Aserbaidschan aserb* | Azerbaijan azer*
Servië serv* | Serbie serb* | Serbien serb* | Serbia serb*
Bosnië bosni* | Bosnie bosn* | Bosnien bosn* | Bosnia bosnia*
Albanië alban* albaan* | Albanie alban* | Albanien alban* | Albania albania*
Macedonië macedon* | Macédoine macédon* | Mazedonien mazedon* nordmazedon* | Macedonia macedon*
Montenegro montenegr* | Monténégro monténég* | Montenegro montenegr* | Montenegro montenegr*
Turkije turk* | Turquie turc* turq* | Türkei türk* | Turkey turk* türkiye
Verenigde Staten amerika* | États-Unis états amér* | Vereinigte staaten usa amerika* | States american* america*
Canada canad* canadees* | Canada canad* | Kanada kanad* | Canada canad*
Mexico mexic* mexica* | Mexique mexic* | Mexiko mexik* | Mexico mexic*
Brazilië brazil* braziliaan* | Brésil brésil* | Brasilien brasil* | Brazil brazil*
Argentinië argent* | Argentine argent* | Argentinien argent* | Argentina argent*
Bolivia bolivi* | Bolivie bolivi* | Bolivien bolivi* | Bolivia bolivi*
Micronesië microne* | Micronésie micronés* | Mikronesien mikrones* | Micronesia microne*
Chili chile* chil* | Chili chil* | Chile chile* | Chile chile*
Colombia colomb* | Colombie colomb* | Kolumbien kolumb* | Colombia colomb*
Peru peru* | Pérou péruv* | Peru peru* | Peru peru*
Venezuela venez* | Venezuela vénéz* venez* | Venezuela venez* | Venezuela venez*
Cuba cuba* | Cuba cuba* | Kuba kuba* | Cuba cuba*
Haïti haïti* | Haïti haïti* | Haiti haiti* | Haiti haiti*
China chin* | Chine chin* | China chin* | China chin*
Japan japan* japans* | Japon japon* | Japan japan* | Japan japan*
India india* indi* | Inde ind* | Indien ind* | India ind*
Korea korea* noord-korea zuid-korea | Corée cor* nord-cor* sud-cor* | Korea korea* nordkorea* südkorea* | Korea korea*
Vietnam vietnam* viëtnam* | Vietnam vietnam* viêt | Vietnam vietnam* | Vietnam vietnam*
Indonesië indones* | Indonésie indonés* | Indonesien indones* | Indonesia indones*
Thailand thai* | Thaïlande thaï* | Thailand thai* thailänd* | Thailand thai*
Filipijnen filip* | Philippines philip* | Philippinen philip* filip* | Philippines philip* filip*
Maleisië maleis* | Malaisie malais* | Malaysia malays* | Malaysia malays*
Singapore singap* | Singapour singap* | Singapur singap* | Singapore singap*
Myanmar birma* rohingya* | Birmanie birman* myanm* | Myanmar birma* myanm* | Myanmar burm* myanm*
Australië austral* | Australie austral* | Australien austral* | Australia austral*
Nieuw-Zeeland nieuw zeeland* | Nouvelle-Zélande nouvelle zéland* | Neuseeland neusee* | New zealand*
Israël isra* | Israël isra* | Israel isra* | Israel isra*
Palestina palest* | Palestine palest* | Palästina paläst* | Palestine palest*
Libanon liban* | Liban liban* | Libanon liban* | Lebanon leban*
Syrië syri* | Syrie syri* | Syrien syr* | Syria syria*
Irak ira* | Irak ira* | Irak ira* | Iraq ira*
Jordanië jordan* | Jordanie jordan* | Jordanien jordan* | Jordan jordan*
Jemen jemen* | Yémen yémén* | Jemen jemen* | Yemen yemen*
Egypte egypt* | Égypte égypt* | Ägypten ägypt* | Egypt egypt*
Saoedi-Arabië saoed* arab* | Saoudite saoud* arab* | Saudi-Arabien saud* arab* | Saudi saudi* arab*
Marokko marok* | Maroc maroc* | Marokko marokk* | Morocco morocc*
Algerije alger* | Algérie algér* | Algerien alger* | Algeria alger*
Tunesië tunes* | Tunisie tunis* | Tunesien tunes* | Tunisia tunis*
Libië lib* | Libye liby* | Libyen liby* | Libya liby*
Afrika afrika* zuid-afrika* | Afrique afri* sud-afri* | Afrika afrika* südafrika* | Africa africa*
Ethiopië ethiop* | Éthiopie éthiop* | Äthiopien äthiop* | Ethiopia ethiop*
Kenia keni* | Kenya kény* | Kenia kenia* | Kenya kenya*
Nigeria niger* | Nigeria nigér* niger* | Nigeria nigeria* | Nigeria nigeria*
Congo congo* congol* | Congo congo* | Kongo kongo* | Congo congo*
Rwanda rwand* | Rwanda rwand* | Ruanda ruand* | Rwanda rwand*
Oeganda oegand* | Ouganda ougand* | Uganda ugand* | Uganda ugand*
Soedan soedan* | Soudan soudan* | Sudan sudan* | Sudan sudan*
Zimbabwe zimbabw* | Zimbabwe zimbabw* | Simbabwe simbabw* | Zimbabwe zimbabw*
Azië azia* | Asie asi* | Asien asi* | Asia asia*
Oceanië | Océanie | Ozeanien | Oceania
Californië californ* | Californie californ* | Kalifornien kaliforn* | California californ*
Virginia | Virginie | Virginia | Virginia
Carolina | Caroline | Carolina | Carolina
Florida | Floride | Florida | Florida
Pennsylvania | Pennsylvanie | Pennsylvania | Pennsylvania
Louisiana | Louisiane | Louisiana | Louisiana
Catalonië catal* | Catalogne catal* | Katalonien katal* | Catalonia catal*
Beieren beier* | Bavière bavar* | Bayern bay* | Bavaria bavar*
Siberië siber* | Sibérie sibér* | Sibirien sibir* | Siberia siber*
Krim | Crimée | Krim | Crimea
Balkan | Balkans balkan* | Balkan balkan* westbalkan* | Balkans balkan*
"""

TOWNS_AND_REGIONS = """
Vlaanderen vlaams* vlaming* vlamingen | Flandre flandr* flam* | Flandern flandern flä* flam* | Flanders flem*
Wallonië waal* waals* wallon* | Wallonie wallon* | Wallonie wallon* | Wallonia wallo*
Oost-Vlaanderen | Flandre orient* | Ostflandern | East flanders
West-Vlaanderen | Flandre occident* | Westflandern | West flanders
Henegouwen henegouw* | Hainaut hennuy* | Hennegau | Hainaut
Namen naams* namen* | Namur namur* | Namur | Namur
Brussel brussel* brussels* | Bruxelles bruxell* | Brüssel brüssel* | Brussels brussel*
Antwerpen antwerp* | Anvers anvers* | Antwerpen antwerp* | Antwerp antwerp*
Brabant vlaams-brabant* waals-brabant* | Brabant brabant* | Brabant brabant* flämisch* wallonisch* | Brabant brabant*
Limburg limburg* | Limbourg limbourg* | Limburg limburg* | Limburg limburg*
Gent gents* gent* | Gand gant* | Gent gent* | Ghent gent*
Brugge brug* | Bruges brug* | Brügge brüg* | Bruges brug*
Luik luik* | Liège liég* | Lüttich lüttich* | Liège liege*
Bergen | Mons monto* | Mons bergen | Mons
Doornik | Tournai tourn* | Tournai doornik | Tournai
Kortrijk kortrijk* | Courtrai courtr* | Kortrijk kortrijk* | Kortrijk courtrai
Leuven leuven* | Louvain louvan* leuven | Löwen löwen* leuven | Leuven louvain
Mechelen mechel* | Malines malin* | Mechelen mechel* | Mechelen mechlin
Oostende oostend* | Ostende ostend* | Ostende ostend* oostende | Ostend ostend*
Aalst aalst* | Alost alost* | Aalst alost | Aalst
Ieper iep* | Ypres ypr* yprois | Ypern ieper | Ypres ieper
Moeskroen | Mouscron | Mouscron moeskroen | Mouscron
Waver | Wavre | Wavre | Wavre
Nijvel | Nivelles | Nivelles | Nivelles
Aarlen | Arlon | Arlon arel | Arlon
Bastenaken | Bastogne | Bastogne bastnach | Bastogne
Hoei | Huy | Huy | Huy
Zinnik | Soignies | Soignies | Soignies
Edingen | Enghien | Enghien | Enghien
Komen | Comines | Comines komen | Comines
Vloesberg | Flobecq | Flobecq | Flobecq
Elzele | Ellezelles | Ellezelles | Ellezelles
Lessen | Lessines | Lessines | Lessines
Borgworm | Waremme | Waremme | Waremme
Geldenaken | Jodoigne | Jodoigne | Jodoigne
Terhulpen | Hulpe | Hulpe | Hulpe
Dendermonde | Termonde | Dendermonde | Dendermonde
Ronse | Renaix | Ronse | Ronse
Oudenaarde | Audenarde | Oudenaarde | Oudenaarde
Geraardsbergen | Grammont | Geraardsbergen | Geraardsbergen
Tienen | Tirlemont | Tienen | Tienen
Zoutleeuw | Léau | Zoutleeuw | Zoutleeuw
Halle | Hal halle | Halle | Halle
Vilvoorde | Vilvorde | Vilvoorde | Vilvoorde
Lier | Lierre | Lier | Lier
Tongeren | Tongres | Tongern tongeren | Tongeren
Diksmuide | Dixmude | Diksmuide | Diksmuide
Veurne | Furnes | Veurne furnes | Veurne
Nieuwpoort | Nieuport | Nieuwpoort | Nieuwpoort
Roeselare | Roulers | Roeselare | Roeselare
Sint-Niklaas niklaas | Saint-Nicolas nicolas | Sint-Niklaas niklaas | Sint-Niklaas niklaas
Sint-Truiden truiden | Saint-Trond trond | Sint-Truiden truiden | Sint-Truiden truiden
Voeren voer* | Fourons fouron* | Voeren | Voeren
Laken | Laeken | Laeken laken | Laeken
Kraainem | Crainhem kraainem | Kraainem | Kraainem
Sint-Genesius-Rode genesius rode | Rhode-Saint-Genèse rhode genèse | Sint-Genesius-Rode genesius rode | Sint-Genesius-Rode genesius rode
Eigenbrakel | Braine | Braine | Braine
Tubeke | Tubize | Tubize | Tubize
Itter | Ittre | Ittre | Ittre
Bevekom | Beauvechain | Beauvechain | Beauvechain
Graven | Grez | Grez | Grez
Hannuit | Hannut | Hannut | Hannut
Wezet | Visé | Visé | Visé
Menen | Menin | Menen menin | Menen menin
Wervik | Wervicq wervik | Wervik | Wervik
Mesen | Messines | Messines mesen | Messines mesen
Poperinge | Poperinghe poperinge | Poperinge | Poperinge
Blankenberge | Blankenberghe blankenberge | Blankenberge | Blankenberge
Koksijde | Coxyde | Koksijde | Koksijde
Aarschot | Aerschot aarschot | Aarschot | Aarschot
Maaseik | Maaseik maeseyck | Maaseik | Maaseik
Temse | Tamise | Temse | Temse
Kelmis | Calamine | Kelmis | Kelmis
Sankt Vith | Saint-Vith | Sankt Vith | Sankt Vith
Elsene | Ixelles | Ixelles elsene | Ixelles
Ukkel | Uccle | Uccle ukkel | Uccle
Vorst | Forest | Forest vorst | Forest
Schaarbeek | Schaerbeek | Schaerbeek | Schaerbeek
Oudergem | Auderghem | Auderghem | Auderghem
Watermaal bosvoorde | Watermael boitsfort | Watermael boitsfort | Watermael boitsfort
Sint-Gillis gillis | Saint-Gilles gilles | Saint-Gilles gilles | Saint-Gilles gilles
Sint-Joost joost node | Saint-Josse josse noode | Saint-Josse josse noode | Saint-Josse josse noode
Rijsel | Lille | Lille | Lille
Parijs parij* | Paris paris* | Paris paris* | Paris paris*
Londen londen* | Londres londonien* | London london* | London london*
Berlijn berlijn* | Berlin berlin* | Berlin berlin* | Berlin berlin*
Wenen ween* wenen* | Vienne vienn* | Wien wien* | Vienna vienn*
Rome romein* roms* | Rome romain* | Rom röm* | Rome rom*
Athene athe* | Athènes athén* | Athen athen* | Athens athen*
Lissabon | Lisbonne | Lissabon | Lisbon
Kopenhagen | Copenhague | Kopenhagen | Copenhagen
Warschau | Varsovie varsov* | Warschau | Warsaw
Praag | Prague praguois* | Prag | Prague
Boedapest | Budapest | Budapest | Budapest
Boekarest | Bucarest | Bukarest | Bucharest
Vilnius | Vilnius | Vilnius wilna | Vilnius
Bratislava | Bratislava | Bratislava preßburg | Bratislava
Ljubljana | Ljubljana | Ljubljana laibach | Ljubljana
Valletta | Valette | Valletta | Valletta
Nicosia | Nicosie | Nikosia | Nicosia
Madrid | Madrid madrilène* | Madrid | Madrid
Barcelona | Barcelone | Barcelona | Barcelona
Milaan milaan* | Milan | Mailand mailänd* | Milan
Venetië | Venise | Venedig | Venice
Florence | Florence | Florenz | Florence
Turijn | Turin | Turin | Turin
Napels | Naples | Neapel | Naples
Genève | Genève genev* | Genf genf* | Geneva
Straatsburg | Strasbourg strasb* | Straßburg | Strasbourg
Keulen keuls* | Cologne | Köln köln* | Cologne
Aken | Aix-la-Chapelle aix chapelle | Aachen | Aachen
München | Munich munich* | München münch* | Munich
Neurenberg | Nuremberg | Nürnberg | Nuremberg
Hamburg | Hambourg | Hamburg hamburg* | Hamburg
Frankfurt | Francfort | Frankfurt | Frankfurt
Dresden | Dresde | Dresden | Dresden
Haag gravenhage 's-gravenhage | Haye | Haag | Hague
Kiev kyiv kyjiv | Kiev kyiv kyïv | Kiew kyjiw | Kyiv kiev
Moskou | Moscou moscov* | Moskau moskau* | Moscow muscov*
Odessa | Odessa | Odessa odesa | Odesa odessa
Tbilisi | Tbilissi | Tiflis | Tbilisi
Istanboel istanbul | Istanbul | Istanbul | Istanbul
Jeruzalem | Jérusalem | Jerusalem | Jerusalem
Damascus | Damas | Damaskus | Damascus
Bagdad | Bagdad | Bagdad | Baghdad
Teheran | Téhéran | Teheran | Tehran
Beiroet | Beyrouth | Beirut | Beirut
Caïro | Caire | Kairo | Cairo
Algiers | Alger | Algier | Algiers
Peking beijing | Pékin | Peking | Beijing
Tokio | Tokyo | Tokio tokyo | Tokyo
Delhi | Delhi | Delhi neu-delhi | Delhi
Havana | Havane | Havanna | Havana
Noordzee | Nord | Nordsee | North
Middellandse middellands* | Méditerran* méditerranée | Mittelmeer mittelmeer* | Mediterranean
Oostzee baltisch* | Baltique balt* | Ostsee balt* | Baltic balt*
Schelde | Escaut | Schelde | Scheldt
Maas | Meuse | Maas | Meuse
Rijn | Rhin | Rhein | Rhine
Donau | Danube | Donau | Danube
Theems | Tamise | Themse | Thames
Ardennen | Ardennes ardenn* | Ardennen | Ardennes
Alpen | Alpes alpin* | Alpen | Alps
Stille pacifisch* | Pacifique pacifi* | Pazifik pazifi* | Pacific pacifi*
Atlantische atlant* | Atlantique atlant* | Atlantik atlant* | Atlantic
"""
