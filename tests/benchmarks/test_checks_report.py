"""Reading, counting and writing of the report, on texts of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.checks import looked_at, measuring
from benchmarks.checks.kinds import KINDS, Kind
from benchmarks.checks.planting import figures
from benchmarks.checks.planting.base import Plant
from benchmarks.checks.release import sentences
from benchmarks.checks.report import FIRST, LAST, list_alarms, list_misses, report, write
from benchmarks.checks.texts import NEWS, OFFICIAL, TARGETS, Sample, align, segment_pairs
from service.domain.checks import CHECKS
from service.domain.text import Block, BlockKind, CodedText

GOOD = "Il y a 12 cas dans la ville depuis hier."
SAMPLES = [
    Sample(corpus, "a text", place, CodedText("Er zijn 12 gevallen in de stad sinds gisteren."), target, locale)
    for corpus in (NEWS, OFFICIAL)
    for locale, target in zip(
        TARGETS,
        (GOOD, "Es gibt 12 Fälle in der Stadt seit gestern.", "There are 12 cases in the town since yesterday."),
        strict=True,
    )
    for place in range(10)
]
WRONG = Sample(NEWS, "a text", 10, CodedText("Er zijn 12 gevallen."), "Il y a 13 cas.", "fr")
NUMBER = Kind("number", figures.wrong_number, frozenset({"numbers"}), recall=0.95)


def block(text: str, kind: BlockKind = BlockKind.PARAGRAPH, level: int = 0) -> Block:
    return Block(kind, CodedText(text), level)


def test_every_kind_of_error_has_a_name_of_its_own() -> None:
    assert len(KINDS) == len({kind.name for kind in KINDS})


def test_segments_stand_side_by_side_where_a_block_has_as_many() -> None:
    source = [block("Titel", BlockKind.TITLE), block("Een zin. Nog een zin. En een."), block("Hier zijn er twee. Ja.")]
    target = [block("Titre", BlockKind.TITLE), block("Une phrase. Encore une. Et une."), block("Ici il y en a une.")]

    pairs = segment_pairs(source, target, "fr")

    assert [
        ("Titel", "Titre"),
        ("Een zin.", "Une phrase."),
        ("Nog een zin.", "Encore une."),
        ("En een.", "Et une."),
        ("Hier zijn er twee. Ja.", "Ici il y en a une."),
    ] == pairs


def test_a_block_that_has_no_counterpart_is_left_out() -> None:
    lines = ["Brussel, 12 mei", "Coronalert is een app voor iedereen in het land", "Gent telt 300 000 inwoners"]
    missing = ["Bruxelles, 12 mai", "Gand compte 300 000 habitants"]

    aligned = align([block(line) for line in lines], [block(line) for line in missing])

    assert [(1, 1), (1, 0), (1, 1)] == [(len(ours), len(theirs)) for ours, theirs in aligned]


def test_paragraphs_that_cannot_be_translations_are_left_out() -> None:
    assert [] == segment_pairs([block("woord " * 30)], [block("mot " * 200)], "fr")


def test_an_error_that_is_found_counts_and_an_alarm_lowers_the_precision() -> None:
    judged = measuring.untouched([*SAMPLES, WRONG])

    (score,) = (score for score in measuring.scores([NUMBER], judged) if score.locale == "fr")

    assert (20, 20, 20, []) == (score.planted, score.found, score.found_by_any, score.missed)
    assert (1.0, True) == (score.recall, score.is_met)
    assert score.precision == pytest.approx(1 / (1 + 1 / 21))


def test_what_was_reported_before_the_damage_is_no_place_for_an_error() -> None:
    judged = measuring.untouched([WRONG])

    assert [] == measuring.scores([NUMBER], judged)


def test_an_error_that_nobody_finds_is_listed_and_misses_the_target() -> None:
    harmless = Kind("harmless", lambda one, _: Plant(one.source, one.target, f"{one.target} "), frozenset("x"), 0.95)

    judged = measuring.untouched(SAMPLES)
    scores = measuring.scores([harmless], judged)
    _, missed = report(judged, scores)

    assert {0.0} == {score.recall for score in scores}
    assert [f"harmless, {locale}: 0 % found" for locale in TARGETS] == missed
    assert "fr harmless\n  Er zijn 12 gevallen" in list_misses(scores)


def test_alarms_beyond_what_is_allowed_miss_the_target() -> None:
    judged = measuring.untouched([*SAMPLES, WRONG])

    text, missed = report(judged, measuring.scores([NUMBER], judged))

    assert ["ntrex, fr: error in 9.1 % of segments"] == missed
    assert "| ntrex | fr | 11 | 1, 9.1 % | 1, 9.1 % (≤ 3 %) | 0, 0 % (≤ 6 %) | NO |" in text
    assert "| Not looked at. | ? | 1 |  |" in text
    name = looked_at.digest(WRONG, "numbers")
    assert f"ntrex fr 10 error numbers {name} ?: The source says “12”, the translation “13”." in list_alarms(judged)


def test_a_true_difference_is_told_and_is_no_false_alarm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "looked_at.tsv"
    file.write_text(f"{looked_at.digest(WRONG, 'numbers')}\tOTHER\n")
    monkeypatch.setattr(looked_at, "FILE", file)
    monkeypatch.setattr(looked_at, "_verdicts", looked_at._verdicts.__wrapped__)
    judged = measuring.untouched([*SAMPLES, WRONG])

    text, missed = report(judged, [])

    assert [] == missed
    assert "| ntrex | fr | 11 | 1, 9.1 % | 0, 0 % (≤ 3 %) | 0, 0 % (≤ 6 %) | yes |" in text
    assert f"| {looked_at.Verdict.OTHER.value.about} | yes | 1 |  |" in text


def test_every_verdict_that_is_kept_is_one_of_the_kinds() -> None:
    names = {line.split("\t")[1] for line in looked_at.FILE.read_text().splitlines()}

    assert names <= {verdict.name for verdict in looked_at.Verdict}


def test_each_check_that_a_kind_of_error_names_is_in_the_catalogue() -> None:
    known = {check.code for check in CHECKS}

    assert {} == {kind.name: kind.codes - known for kind in KINDS if kind.codes - known}


def test_no_more_than_the_most_are_planted() -> None:
    judged = measuring.untouched(SAMPLES)
    few = Kind("number", figures.wrong_number, frozenset({"numbers"}), most=3)

    assert {3} == {score.planted for score in measuring.scores([few], judged)}


def test_the_report_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    document = tmp_path / "checks.md"
    document.write_text(f"before\n\n{FIRST}\n\nold\n\n{LAST}\n\nafter\n")

    write("new", document)
    write("newer", document)

    assert f"before\n\n{FIRST}\n\nnewer\n\n{LAST}\n\nafter\n" == document.read_text()


def test_the_release_that_is_timed_is_translated_without_a_fault() -> None:
    found = [
        (locale, target, str(finding))
        for source, targets in sentences(40)
        for locale, target in targets.items()
        for finding in measuring.findings_in(CodedText(source), target, locale)
    ]

    assert [] == found
