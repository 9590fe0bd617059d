from __future__ import annotations

from datetime import UTC, datetime

import pytest

from service.domain.memory_files import FiledTarget, FiledUnit
from service.domain.text import CodedText
from tests.formats.tmx_samples import DUTCH, FRENCH, file, only, pair, read, texts, told, unit


def test_a_unit_has_its_line_its_source_and_a_target_for_each_language() -> None:
    (one,) = read(file("\n\n", unit(("nl", DUTCH), ("fr", FRENCH), ("de", "Die Brücke ist offen."))))

    targets = (FiledTarget("fr", FRENCH), FiledTarget("de", "Die Brücke ist offen."))
    assert FiledUnit(4, CodedText(DUTCH), targets) == one


@pytest.mark.parametrize(
    "data",
    [
        file(pair()).encode("utf-8-sig"),
        file(pair()).encode("utf-16"),
        '<?xml version="1.0" encoding="utf-16"?>'.encode("utf-16-be") + file(pair()).encode("utf-16-be"),
        b'<?xml version="1.0" encoding="windows-1252"?>' + file(pair()).encode("cp1252"),
        b'<?xml version="1.0" encoding="us-ascii"?>' + file(pair()).encode("ascii", "xmlcharrefreplace"),
        file(pair()).replace("<tmx", '<tmx xmlns="http://www.lisa.org/tmx14"').encode(),
        file(pair()).replace("xml:lang", "lang").replace("1.4", "1.1").encode(),
        file(pair(), before='<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<!-- <tu> -->\n').encode(),
    ],
    ids=["utf-8 mark", "utf-16 mark", "utf-16 without", "cp1252", "ascii", "namespace", "old", "document type"],
)
def test_whatever_tools_write_is_read(data: bytes) -> None:
    assert [(DUTCH, {"fr": FRENCH})] == texts(read(data))


@pytest.mark.parametrize(
    "srclang, attributes, tags, expected",
    [
        ("nl", "", ("nl", "fr"), {"fr"}),
        ("NL-be", "", ("nl-BE", "fr_ca"), {"fr"}),
        ("nl", "", ("nl-NL", "FR", "de-AT", "en-GB"), {"fr", "de", "en"}),
        ("*all*", "", ("fr", "nl"), {"fr"}),
        ("en", 'srclang="nl"', ("en", "nl"), {"en"}),
        ("en", 'srclang="*ALL*"', ("en", "nl"), {"en"}),
        ("", "", ("de-DE-1996", "nl"), {"de"}),
    ],
)
def test_texts_find_the_locales_of_the_office(
    srclang: str, attributes: str, tags: tuple[str, ...], expected: set[str]
) -> None:
    one = only(file(unit(*((tag, f"in {tag}") for tag in tags), attributes=attributes), srclang=srclang))

    source = next(tag for tag in tags if tag.lower().startswith("nl"))
    assert (f"in {source}", expected) == (one.source.text, {target.locale for target in one.targets})


def test_the_very_tag_counts_before_the_language() -> None:
    both = unit(("en-GB", "colour"), ("en-US", "color"), ("nl", "kleur"))

    assert [("kleur", {"en-US": "color", "en-GB": "colour"})] == texts(read(file(both), targets=("en-US", "en-GB")))
    assert [("colour", {"en-US": "color", "nl": "kleur"})] == texts(
        read(file(both, srclang="en-GB"), source="en-GB", targets=("nl", "en-US"))
    )


@pytest.mark.parametrize(
    "one, locale, code",
    [
        (unit(("fr", FRENCH), ("de", "Brücke")), "", "no_source"),
        (unit(("", DUTCH), ("fr", FRENCH)), "", "no_source"),
        (unit(("en", "a"), ("nl", DUTCH), attributes='srclang="en"'), "", "other_source"),
        (unit(("en", "a"), ("nl", DUTCH), attributes='srclang="?"'), "", "other_source"),
        (unit(("nl", DUTCH), ("ja-JP", "橋")), "", "no_target"),
        (unit(("nl", DUTCH)), "", "no_target"),
        (pair(dutch=" \t"), "", "empty"),
        ("<tu><tuv xml:lang='nl'/><tuv xml:lang='fr'><seg>a</seg></tuv></tu>", "", "empty"),
        (pair(french=""), "fr", "empty"),
        (pair(french="<ph>&lt;img/></ph>"), "fr", "empty"),
        (pair(dutch="a&nbsp;b"), "", "entity"),
        (pair(french="a&nbsp;b"), "fr", "entity"),
        (pair(dutch="a " * 10_001), "", "too_long"),
        (pair(french="a " * 10_001), "fr", "too_long"),
        (pair(dutch='<bpt i="1" type="bold"/>a'), "", "unbalanced"),
        (pair(french='a<ept i="1"/>'), "fr", "unbalanced"),
        (pair(dutch='<bpt i="1"/><bpt i="1"/>a<ept i="1"/>'), "", "unbalanced"),
        (
            pair(dutch='<bpt i="1" type="bold"/>a<bpt i="2" type="italic"/>b<ept i="1"/>c<ept i="2"/>'),
            "",
            "unbalanced",
        ),
        (pair(dutch="<hi>" * 40 + "a" + "</hi>" * 40), "", "unbalanced"),
        (pair(french="a<ph>x<sub>b</sub></ph>"), "fr", "inner_texts"),
    ],
)
def test_what_cannot_be_taken_is_told_with_its_line(one: str, locale: str, code: str) -> None:
    data = file(pair(), "", one, pair(), before='<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n')

    filed = read(data)

    assert [(4, locale, code)] == told(filed)
    assert (2, 5) == (filed[0].line, filed[-1].line)


def test_a_target_that_cannot_be_taken_keeps_no_other_back() -> None:
    filed = read(file(unit(("nl", DUTCH), ("fr", "<bpt i='1'/>a"), ("de", "Brücke"))))

    assert ([(DUTCH, {"de": "Brücke"})], [(1, "fr", "unbalanced")]) == (texts(filed), told(filed))


def test_languages_that_the_office_does_not_use_are_told_once_each() -> None:
    three = unit(("nl", DUTCH), ("fr", FRENCH), ("ja", "橋"), ("??", "x"))

    filed = read(file("\n", three, three))

    assert 2 == len(texts(filed))
    assert [(3, "", "other_language"), (3, "", "other_language")] == told(filed)
    assert "“ja” are left out (2)" in str(filed[-2].reason)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "tuv, tu, expected",
    [
        ("", "", None),
        ('changedate="20240125T093000Z" creationdate="20200101T000000Z"', "", datetime(2024, 1, 25, 9, 30, tzinfo=UTC)),
        ('creationdate="2024-01-25T10:30:00+01:00"', "", datetime(2024, 1, 25, 9, 30, tzinfo=UTC)),
        ("", 'creationdate="20240125T093000"', datetime(2024, 1, 25, 9, 30, tzinfo=UTC)),
        ('creationdate="yesterday"', "", None),
        ('creationdate="0001-01-01T00:00:00+05:00"', "", None),
    ],
)
def test_a_target_is_as_old_as_its_last_change(tuv: str, tu: str, expected: datetime | None) -> None:
    one = pair(attributes=tu).replace('xml:lang="fr"', f'xml:lang="fr" {tuv}')

    assert expected == only(file(one)).targets[0].approved_at


@pytest.mark.parametrize(
    "attributes, inside, confirmed",
    [
        ("", "", True),
        ('creationid="An Peeters"', '<prop type="x-project">mt</prop><note>MT!</note>', True),
        ('creationid="MT!"', "", False),
        ('changeid="mt!"', "", False),
        ("", '<prop type="x-origin">MT</prop>', False),
        ("", '<prop type="x-ConfirmationLevel">Machine translation</prop>', False),
        ("", '<prop type="x-origin">human</prop>', True),
    ],
)
def test_what_a_machine_wrote_is_not_confirmed(attributes: str, inside: str, *, confirmed: bool) -> None:
    of_unit = only(file(pair(attributes=attributes, inside=inside)))
    of_target = only(file(pair().replace('xml:lang="fr">', f'xml:lang="fr" {attributes}>{inside}')))

    assert [confirmed, confirmed] == [of_unit.targets[0].confirmed, of_target.targets[0].confirmed]
