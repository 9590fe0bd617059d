"""Sentences as press offices write them, translated well: no check has anything to say about them."""

from __future__ import annotations

import pytest

from service.domain.checks import Severity, run_checks
from service.domain.text import CodedText

NB = "\u00a0"

# Dutch, French, German, English.
GOOD = [
    (
        "De ministerraad keurde vrijdag 17 april 2026 het voorontwerp van wet in eerste lezing goed.",
        "Le Conseil des ministres a approuvé le vendredi 17 avril 2026 l’avant-projet de loi en première lecture.",
        "Der Ministerrat hat am Freitag, dem 17. April 2026, den Gesetzesvorentwurf in erster Lesung gebilligt.",
        "On Friday 17 April 2026 the Council of Ministers approved the preliminary draft bill on first reading.",
    ),
    (
        "Vanaf 1 januari 2027 stijgt het budget van 1,2 miljard naar 1,35 miljard euro, dus +12,5%.",
        f"Au 1er janvier 2027, le budget passera de 1,2{NB}milliard à 1,35{NB}milliard d’euros, soit +12,5{NB}%.",
        "Ab dem 1. Januar 2027 steigt das Budget von 1,2 Milliarden auf 1,35 Milliarden Euro, also um +12,5 %.",
        "From 1 January 2027 the budget will rise from 1.2 billion to 1.35 billion euros, that is +12.5%.",
    ),
    (
        "Het rijk investeert € 2.500.000 in 48 scholen; elke school krijgt ongeveer 52.000 euro.",
        f"L’État investit 2{NB}500{NB}000{NB}€ dans 48 écoles{NB}; chaque école reçoit environ 52{NB}000 euros.",
        "Der Staat investiert 2.500.000 € in 48 Schulen; jede Schule erhält rund 52.000 Euro.",
        "The state is investing €2,500,000 in 48 schools; each school will receive around 52,000 euros.",
    ),
    (
        "De persconferentie begint dinsdag om 10.30 uur in de Wetstraat 155, 1040 Brussel.",
        f"La conférence de presse commencera mardi à 10{NB}h{NB}30, rue de la Loi 155, 1040 Bruxelles.",
        "Die Pressekonferenz beginnt am Dienstag um 10.30 Uhr, Wetstraat 155, 1040 Brüssel.",
        "The press conference starts on Tuesday at 10.30 am at 155 Rue de la Loi, 1040 Brussels.",
    ),
    (
        "Het loket is open van 9 tot 12 uur en van 13.30 tot 17 uur, behalve op zaterdag en zondag.",
        f"Le guichet est ouvert de 9{NB}h à 12{NB}h et de 13{NB}h{NB}30 à 17{NB}h, sauf le samedi et le dimanche.",
        "Der Schalter ist von 9 bis 12 Uhr und von 13.30 bis 17 Uhr geöffnet, außer am Samstag und Sonntag.",
        "The desk is open from 9 am to 12 noon and from 1.30 pm to 5 pm, except on Saturday and Sunday.",
    ),
    (
        "“Dit is geen eindpunt, maar een begin”, zegt minister van Begroting Sofie Claes.",
        f"«{NB}Ce n’est pas une fin, mais un début{NB}», déclare la ministre du Budget Sofie Claes.",
        "„Das ist kein Endpunkt, sondern ein Anfang“, sagt Haushaltsministerin Sofie Claes.",
        "“This is not an end but a beginning,” says Budget Minister Sofie Claes.",
    ),
    (
        "De FOD Volksgezondheid en het KMI volgen de hitte op de voet.",
        "Le SPF Santé publique et l’IRM suivent la chaleur de près.",
        "Der FÖD Volksgesundheit und das KMI verfolgen die Hitze genau.",
        "The FPS Public Health and the RMI are following the heat closely.",
    ),
    (
        "Wie vragen heeft, kan gratis bellen naar 0800 14 689 of mailen naar info@energie.example.be.",
        "Pour toute question, appelez gratuitement le 0800 14 689 ou écrivez à info@energie.example.be.",
        "Bei Fragen rufen Sie kostenlos 0800 14 689 an oder schreiben Sie an info@energie.example.be.",
        "If you have any questions, call 0800 14 689 free of charge or write to info@energie.example.be.",
    ),
    (
        "Meer info: https://www.example.be/nl/campagne?jaar=2026 en www.example.org.",
        f"Plus d’informations{NB}: https://www.example.be/fr/campagne?jaar=2026 et www.example.org.",
        "Weitere Informationen: https://www.example.be/de/campagne?jaar=2026 und www.example.org.",
        "More information: https://www.example.be/en/campagne?jaar=2026 and www.example.org.",
    ),
    (
        "Woordvoerder: Jan De Smet, tel. +32 (0)2 501 02 11, gsm 0475 12 34 56.",
        f"Porte-parole{NB}: Jan De Smet, tél. +32 2 501 02 11, GSM 0475 12 34 56.",
        "Sprecher: Jan De Smet, Tel. +32 2 501 02 11, Handy 0475 12 34 56.",
        "Spokesperson: Jan De Smet, tel. +32 2 501 02 11, mobile 0475 12 34 56.",
    ),
    (
        "Een op de drie Belgen fietst minstens twee keer per week; in 2015 was dat nog een op de vijf.",
        f"Un Belge sur trois roule à vélo au moins deux fois par semaine{NB}; en 2015, c’était un sur cinq.",
        "Jeder dritte Belgier fährt mindestens zweimal pro Woche Rad; 2015 war es noch jeder fünfte.",
        "One in three Belgians cycles at least twice a week; in 2015 it was one in five.",
    ),
    (
        "Het koninklijk besluit van 3 mei 2024 voert artikel 12, § 3, van verordening (EU) 2016/679 uit.",
        f"L’arrêté royal du 3 mai 2024 exécute l’article 12, §{NB}3, du règlement (UE) 2016/679.",
        "Der Königliche Erlass vom 3. Mai 2024 führt Artikel 12 § 3 der Verordnung (EU) 2016/679 aus.",
        "The Royal Decree of 3 May 2024 implements Article 12, § 3, of Regulation (EU) 2016/679.",
    ),
    (
        "Niet alleen de gemeenten, maar ook de provincies krijgen meer middelen.",
        "Non seulement les communes, mais aussi les provinces reçoivent davantage de moyens.",
        "Nicht nur die Gemeinden, sondern auch die Provinzen erhalten mehr Mittel.",
        "Not only the municipalities but also the provinces will receive more resources.",
    ),
    (
        "De maatregel geldt niet voor gezinnen zonder kinderen en nooit langer dan anderhalf jaar.",
        "La mesure ne s’applique pas aux ménages sans enfants et jamais plus d’un an et demi.",
        "Die Maßnahme gilt nicht für Haushalte ohne Kinder und nie länger als anderthalb Jahre.",
        "The measure does not apply to households without children and never for more than a year and a half.",
    ),
    (
        "In de 19e eeuw werkten hier 3.000 mijnwerkers, in de jaren 60 nog 450.",
        f"Au XIXe siècle, 3{NB}000 mineurs travaillaient ici{NB}; dans les années 60, ils étaient encore 450.",
        "Im 19. Jahrhundert arbeiteten hier 3.000 Bergleute, in den 60er-Jahren noch 450.",
        "In the 19th century 3,000 miners worked here; in the 1960s there were still 450.",
    ),
    (
        "De temperatuur daalt tot -5 °C; er valt 10 tot 15 cm sneeuw boven 400 meter.",
        f"La température descendra jusqu’à -5{NB}°C{NB}; il tombera 10 à 15{NB}cm de neige au-dessus de 400 mètres.",
        "Die Temperatur sinkt auf -5 °C; oberhalb von 400 Metern fallen 10 bis 15 cm Schnee.",
        "The temperature will drop to -5 °C; 10 to 15 cm of snow will fall above 400 metres.",
    ),
    (
        "België voert in de eerste helft van 2024 het voorzitterschap van de Raad van de EU uit.",
        "La Belgique assure la présidence du Conseil de l’UE au premier semestre 2024.",
        "Belgien hat in der ersten Hälfte des Jahres 2024 den Vorsitz im Rat der EU inne.",
        "Belgium holds the presidency of the Council of the EU in the first half of 2024.",
    ),
    (
        "Het plan voor 2026-2030 telt zes pijlers en 42 acties.",
        "Le plan 2026-2030 compte six piliers et 42 actions.",
        "Der Plan für 2026-2030 umfasst sechs Säulen und 42 Maßnahmen.",
        "The plan for 2026-2030 has six pillars and 42 actions.",
    ),
    (
        "De NAVO-top en de VN-conferentie over AI vinden in juni plaats.",
        "Le sommet de l’OTAN et la conférence de l’ONU sur l’IA auront lieu en juin.",
        "Der NATO-Gipfel und die UN-Konferenz über KI finden im Juni statt.",
        "The NATO summit and the UN conference on AI will take place in June.",
    ),
    (
        "De btw op warmtepompen daalt van 21 naar 6 procent.",
        "La TVA sur les pompes à chaleur passe de 21 à 6 pour cent.",
        "Die Mehrwertsteuer auf Wärmepumpen sinkt von 21 auf 6 Prozent.",
        "VAT on heat pumps will fall from 21 to 6 per cent.",
    ),
    (
        "Drie weken na de storm zitten nog 27 gezinnen zonder stroom.",
        "Trois semaines après la tempête, vingt-sept familles sont toujours sans électricité.",
        "Drei Wochen nach dem Sturm sind noch 27 Familien ohne Strom.",
        "Three weeks after the storm, 27 families are still without power.",
    ),
    (
        "De uitstoot van CO2 daalde met 4,3 miljoen ton (een daling van 9%).",
        f"Les émissions de CO2 ont diminué de 4,3{NB}millions de tonnes (une baisse de 9{NB}%).",
        "Der CO2-Ausstoß sank um 4,3 Millionen Tonnen (ein Rückgang um 9 %).",
        "CO2 emissions fell by 4.3 million tonnes (a drop of 9%).",
    ),
    (
        "Het verslag verschijnt uiterlijk op 30/06/2026.",
        "Le rapport paraîtra au plus tard le 30 juin 2026.",
        "Der Bericht erscheint spätestens am 30.06.2026.",
        "The report will be published by 30 June 2026 at the latest.",
    ),
    (
        "Staatssecretaris Karim Ben Ali en burgemeester Liesbeth Van den Broeck openden het station in Aalst.",
        "Le secrétaire d’État Karim Ben Ali et la bourgmestre Liesbeth Van den Broeck ont inauguré la gare d’Alost.",
        "Staatssekretär Karim Ben Ali und Bürgermeisterin Liesbeth Van den Broeck eröffneten den Bahnhof in Aalst.",
        "State Secretary Karim Ben Ali and Mayor Liesbeth Van den Broeck opened the station in Aalst.",
    ),
    (
        "Geen enkele inwoner raakte gewond; niemand moest zijn huis verlaten.",
        f"Aucun habitant n’a été blessé{NB}; personne n’a dû quitter sa maison.",
        "Kein Einwohner wurde verletzt; niemand musste sein Haus verlassen.",
        "No residents were injured; nobody had to leave their home.",
    ),
    (
        "De werken zijn nog niet klaar, maar de weg is al open.",
        "Les travaux ne sont pas encore terminés, mais la route est déjà ouverte.",
        "Die Arbeiten sind noch nicht abgeschlossen, aber die Straße ist schon offen.",
        "The works are not finished yet, but the road is already open.",
    ),
    (
        "Tegen 2030 moet de helft van de bussen elektrisch rijden.",
        "D’ici 2030, la moitié des bus devront rouler à l’électricité.",
        "Bis 2030 soll die Hälfte der Busse elektrisch fahren.",
        "By 2030 half of the buses must be electric.",
    ),
    (
        "Hoeveel kost het? Bijna niets: 3,50 euro per persoon en per dag.",
        f"Combien cela coûte-t-il{NB}? Presque rien{NB}: 3,50 euros par personne et par jour.",
        "Wie viel kostet es? Fast nichts: 3,50 Euro pro Person und Tag.",
        "How much does it cost? Almost nothing: 3.50 euros per person per day.",
    ),
    (
        "Nieuwsbericht – Brussel, 25 januari 2024",
        "Communiqué – Bruxelles, le 25 janvier 2024",
        "Pressemitteilung – Brüssel, 25. Januar 2024",
        "News release – Brussels, 25 January 2024",
    ),
    (
        "De eerste minister ontving maandagavond zijn Franse en Duitse collega’s in het Egmontpaleis.",
        "Le premier ministre a reçu lundi soir ses collègues français et allemand au palais d’Egmont.",
        "Der Premierminister empfing am Montagabend seine Kollegen aus Frankreich und Deutschland im Egmont-Palast.",
        "The Prime Minister received his French and German colleagues at Egmont Palace on Monday evening.",
    ),
    (
        "1. Wie komt in aanmerking?",
        f"1. Qui est concerné{NB}?",
        "1. Wer kommt in Frage?",
        "1. Who is eligible?",
    ),
    (
        "Van de 1.234.567 stemmen waren er 12.345 ongeldig (1%).",
        f"Sur les 1{NB}234{NB}567 votes, 12{NB}345 étaient nuls (1{NB}%).",
        "Von den 1.234.567 Stimmen waren 12.345 ungültig (1 %).",
        "Of the 1,234,567 votes, 12,345 were invalid (1%).",
    ),
    (
        "De trein vertrekt om middernacht en komt om 6.05 uur aan.",
        f"Le train part à minuit et arrive à 6{NB}h{NB}05.",
        "Der Zug fährt um Mitternacht ab und kommt um 6.05 Uhr an.",
        "The train leaves at midnight and arrives at 6.05 am.",
    ),
    (
        "Op de E40 richting Luik is de snelheid beperkt tot 90 km/u tussen km 12 en km 18.",
        "Sur l’E40 en direction de Liège, la vitesse est limitée à 90 km/h entre le km 12 et le km 18.",
        "Auf der E40 in Richtung Lüttich ist die Geschwindigkeit zwischen km 12 und km 18 auf 90 km/h begrenzt.",
        "On the E40 towards Liège, the speed limit is 90 km/h between km 12 and km 18.",
    ),
    (
        "De Europese Commissie, het Europees Parlement en de 27 lidstaten werken samen.",
        "La Commission européenne, le Parlement européen et les 27 États membres collaborent.",
        "Die Europäische Kommission, das Europäische Parlament und die 27 Mitgliedstaaten arbeiten zusammen.",
        "The European Commission, the European Parliament and the 27 Member States are working together.",
    ),
    (
        "Wij moeten, zonder uitzondering, wat wij beloven ook doen.",
        "Nous devons, sans exception, faire ce que nous promettons.",
        "Wir müssen ausnahmslos tun, was wir versprechen.",
        "We must, without exception, do what we promise.",
    ),
    (
        "De regels die die dag golden, zijn intussen aangepast.",
        "Les règles en vigueur ce jour-là ont été adaptées depuis.",
        "Die Regeln, die an diesem Tag galten, wurden inzwischen angepasst.",
        "The rules that applied that day have since been adapted.",
    ),
    (
        "Een honderdtal vrijwilligers hielp duizenden mensen.",
        "Une centaine de bénévoles ont aidé des milliers de personnes.",
        "Rund hundert Freiwillige halfen Tausenden Menschen.",
        "About a hundred volunteers helped thousands of people.",
    ),
    (
        "Het tweede kwartaal was beter dan het eerste: +2,4% tegenover -0,3%.",
        f"Le deuxième trimestre a été meilleur que le premier{NB}: +2,4{NB}% contre -0,3{NB}%.",
        "Das zweite Quartal war besser als das erste: +2,4 % gegenüber -0,3 %.",
        "The second quarter was better than the first: +2.4% compared with -0.3%.",
    ),
    (
        "De tentoonstelling ‘Water’ loopt van 5 tot en met 28 september.",
        f"L’exposition «{NB}Eau{NB}» se tient du 5 au 28 septembre inclus.",
        "Die Ausstellung „Wasser“ läuft vom 5. bis einschließlich 28. September.",
        "The exhibition ‘Water’ runs from 5 to 28 September inclusive.",
    ),
]


@pytest.mark.parametrize("column, locale", [(1, "fr"), (2, "de"), (3, "en")])
@pytest.mark.parametrize("row", GOOD, ids=lambda row: row[0][:30])
def test_a_good_translation_raises_no_alarm(row: tuple[str, ...], column: int, locale: str) -> None:
    findings = run_checks(CodedText(row[0]), row[column], source_locale="nl", target_locale=locale)

    assert [] == [f"{finding.code}: {finding}" for finding in findings if finding.severity is not Severity.INFO]
