"""A press release of our own in four languages, as long as is asked: what the speed of the checks is measured on."""

# ruff: noqa: RUF001 - typographic marks are what such texts have

from __future__ import annotations

from collections.abc import Iterator

LOCALES = ("fr", "de", "en")

# Dutch, French, German, English; a number of the release in each place.
_SENTENCES = (
    (
        "De regering keurde op {day} mei 2026 een plan van {sum},5 miljoen euro goed voor {count} gemeenten.",
        "Le gouvernement a approuvé le {day} mai 2026 un plan de {sum},5 millions d’euros pour {count} communes.",
        "Die Regierung hat am {day}. Mai 2026 einen Plan über {sum},5 Millionen Euro für {count} Gemeinden gebilligt.",
        "On {day} May 2026 the government approved a plan of {sum}.5 million euros for {count} municipalities.",
    ),
    (
        "“We laten niemand in de kou staan”, zei minister An Peeters na afloop van de vergadering in Brussel.",
        "«\u00a0Nous n’oublions personne\u00a0», a déclaré la ministre An Peeters à l’issue de la réunion à Bruxelles.",
        "„Wir lassen niemanden im Stich“, sagte Ministerin An Peeters nach der Sitzung in Brüssel.",
        "“We will not leave anyone behind,” said Minister An Peeters after the meeting in Brussels.",
    ),
    (
        "Het aantal aanvragen steeg met {count} procent, terwijl de wachttijd daalde van {sum} naar {day} dagen.",
        "Le nombre de demandes a augmenté de {count}\u00a0%, tandis que le délai est passé de {sum} à {day} jours.",
        "Die Zahl der Anträge stieg um {count} Prozent, während die Wartezeit von {sum} auf {day} Tage sank.",
        "The number of requests rose by {count} per cent, while the waiting time fell from {sum} to {day} days.",
    ),
    (
        "De infoavond begint om 19.30 uur in het stadhuis (Markt {day}); zie https://www.example.be/{count}.",
        "La soirée commence à 19\u00a0h\u00a030 à l’hôtel de ville (Markt {day})\u00a0; voir https://www.example.be/{count}.",
        "Der Abend beginnt um 19.30 Uhr im Rathaus (Markt {day}); siehe https://www.example.be/{count}.",
        "The evening starts at 7.30 pm in the town hall (Markt {day}); see https://www.example.be/{count}.",
    ),
    (
        "Wie vragen heeft, belt 02 123 {day} 67 of mailt naar pers@example.be; de EU betaalt niet mee.",
        "Pour en savoir plus\u00a0: 02 123 {day} 67 ou pers@example.be\u00a0; l’UE ne participe pas aux frais.",
        "Bei Fragen wählen Sie 02 123 {day} 67 oder schreiben Sie an pers@example.be; die EU zahlt nicht mit.",
        "For questions, call 02 123 {day} 67 or write to pers@example.be; the EU does not contribute.",
    ),
    (
        "De werken duren drie maanden en worden uitgevoerd zonder dat de bewoners hun straat moeten verlaten.",
        "Les travaux durent trois mois et sont réalisés sans que les habitants doivent quitter leur rue.",
        "Die Arbeiten dauern drei Monate und werden durchgeführt, ohne dass die Bewohner ihre Straße verlassen müssen.",
        "The works take three months and are carried out without the residents having to leave their street.",
    ),
)


def sentences(count: int) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield as many Dutch sentences with their translations by locale, each with numbers of its own."""
    for number in range(count):
        rows = _SENTENCES[number % len(_SENTENCES)]
        facts = {"day": 10 + number % 19, "sum": 2 + number % 90, "count": 101 + number % 800}
        source, *targets = (row.format(**facts) for row in rows)
        yield source, dict(zip(LOCALES, targets, strict=True))
