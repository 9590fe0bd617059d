from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import pytest
from lxml import etree

from service.domain.errors import Invalid
from service.domain.memory_files import Filed, FiledTarget, FiledUnit, LeftOut, in_parts
from service.domain.text import CodedText, CodeKind, InlineCode
from service.formats.tmx import read_tmx
from service.formats.tmx.parsing import UnitElement, unit_elements

HEAD = '<tmx version="1.4"><header srclang="{srclang}"/><body>'
DUTCH, FRENCH = "De brug is open.", "Où est l’école\u00a0?"


def unit(*texts: tuple[str, str], attributes: str = "", inside: str = "") -> str:
    tuvs = "".join(f'<tuv xml:lang="{tag}"><seg>{text}</seg></tuv>' for tag, text in texts)
    return f"<tu {attributes}>{inside}{tuvs}</tu>"


def pair(dutch: str = DUTCH, french: str = FRENCH, **rest: str) -> str:
    return unit(("nl", dutch), ("fr", french), **rest)


def file(*units: str, srclang: str = "nl", before: str = "") -> str:
    return before + HEAD.format(srclang=srclang) + "\n".join(units) + "</body></tmx>"


def read(data: str | bytes, *, source: str = "nl", targets: tuple[str, ...] = ("fr", "de", "en")) -> list[Filed]:
    return list(read_tmx(io.BytesIO(data.encode() if isinstance(data, str) else data), source, targets))


def only(data: str) -> FiledUnit:
    (one,) = read(data)
    assert isinstance(one, FiledUnit), one
    return one


def told(filed: list[Filed]) -> list[tuple[int, str, str]]:
    """Return the codes of what is left out, with line and locale; every sentence can be written out."""
    left_out = [one for one in filed if isinstance(one, LeftOut)]
    assert all(str(one.reason) for one in left_out)
    return [(one.line, one.locale, one.reason.code) for one in left_out]


def texts(filed: list[Filed]) -> list[tuple[str, dict[str, str]]]:
    units = [one for one in filed if isinstance(one, FiledUnit)]
    return [(one.source.text, {target.locale: target.target for target in one.targets}) for one in units]


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
    "element, kind",
    [
        ('<bpt i="1" x="1" type="bold">&lt;b></bpt>{}<ept i="1">&lt;/b></ept>', CodeKind.BOLD),
        ('<bpt i="7" type="x-italic"/>{}<ept i="7"/>', CodeKind.ITALIC),
        ('<bpt i="1">&lt;strong></bpt>{}<ept i="1">&lt;/strong></ept>', CodeKind.BOLD),
        ('<hi type="bold">{}</hi>', CodeKind.BOLD),
        ('<it pos="begin" type="italic"/>{}', CodeKind.ITALIC),
        ('{}<it pos="end" type="italic"/>', CodeKind.ITALIC),
    ],
)
def test_codes_become_markers(element: str, kind: CodeKind) -> None:
    one = only(file(pair(element.format("brug"), element.format("pont"))))

    assert CodedText("{1}brug{/1}", (InlineCode(1, kind),)) == one.source
    assert "{1}pont{/1}" == one.targets[0].target


@pytest.mark.parametrize(
    "element", ['<ph type="lb"/>', "<ut>&lt;br/></ut>", '<it pos="begin">&lt;hr></it><ph>&lt;BR></ph>']
)
def test_a_line_break_stands_alone(element: str) -> None:
    one = only(file(pair(f"a{element}b", f"c{element}d")))

    assert (CodedText("a{1/}b", (InlineCode(1, CodeKind.BREAK),)), "c{1/}d") == (one.source, one.targets[0].target)


@pytest.mark.parametrize(
    "native, href",
    [
        ("&lt;a href='https://example.org/?a=1&amp;amp;b=2'>", "https://example.org/?a=1&b=2"),
        ("&lt;a href='javascript:alert(1)'>", None),
        ("&lt;a>", None),
    ],
)
def test_a_link_leads_where_a_link_may(native: str, href: str | None) -> None:
    one = only(file(pair(f'<bpt i="1" type="link">{native}</bpt>a<ept i="1"/>')))

    assert (InlineCode(1, CodeKind.LINK, href),) == one.source.codes


@pytest.mark.parametrize(
    "element",
    [
        '<bpt i="1" type="ulined">&lt;u></bpt>brug<ept i="1">&lt;/u></ept>',
        '<hi type="special">brug</hi>',
        '<it pos="begin" type="font">x</it>brug',
        'br<ph type="image">&lt;img src="a.png"></ph>ug',
        "<ut>{\\f1}</ut>brug",
        "<unknown>br<b>u</b></unknown>g",
    ],
)
def test_of_what_means_nothing_here_the_text_stays(element: str) -> None:
    assert CodedText("De brug is open.") == only(file(pair(f"De {element} is open."))).source


def test_of_the_spaces_around_what_is_left_out_one_is_enough() -> None:
    one = only(file(pair("Klik <ph>&lt;img></ph> hier <it pos='end'/>, nu", "Clic <ph x='1'/>  ici")))

    assert ("Klik hier , nu", "Clic  ici") == (one.source.text, one.targets[0].target)


@pytest.mark.parametrize("element", ['<bpt i="1" type="ulined"/><ept i="1"/>', "<ph/>", '<hi type="special"/>'])
def test_an_accent_behind_a_code_that_is_left_out_finds_its_letter(element: str) -> None:
    one = only(file(pair(f"Cafe{element}\u0301", f"Une e{element}\u0301cole")))

    assert ("Caf\u00e9", "Une \u00e9cole") == (one.source.text, one.targets[0].target)


@pytest.mark.parametrize("space", ["\n      ", "\r\n\t\t", " \n \n"])
def test_lines_that_a_file_was_laid_out_in_are_no_part_of_a_text(space: str) -> None:
    plain = only(file(pair(f"De brug{space}is open.", f"Le{space}pont\u00a0: ouvert.{space}")))
    coded = only(file(pair(f"De <hi type='b'>brug</hi>{space}is open.", f"Le{space}<hi type='b'>pont</hi>.")))

    assert ("De brug is open.", "Le pont\u00a0: ouvert.") == (plain.source.text, plain.targets[0].target)
    assert ("De {1}brug{/1} is open.", "Le {1}pont{/1}.") == (coded.source.text, coded.targets[0].target)


def test_an_accent_finds_its_letter_where_only_the_target_has_the_code_between_them() -> None:
    one = only(file(pair("School", 'E<bpt i="1" type="bold"/>\u0301cole<ept i="1"/>')))

    assert "\u00c9cole" == one.targets[0].target


def test_texts_inside_codes_are_pairs_of_their_own() -> None:
    dutch = 'Klik <ph type="image">&lt;img alt="<sub>Begin <hi type="bold">hier</hi></sub>"></ph> nu'
    french = 'Cliquez <ph type="image">&lt;img alt="<sub>Ici <hi type="bold">même</hi></sub>"></ph> ici'

    assert [("Klik nu", {"fr": "Cliquez ici"}), ("Begin {1}hier{/1}", {"fr": "Ici {1}même{/1}"})] == texts(
        read(file(pair(dutch, french)))
    )


def test_a_text_inside_a_code_that_a_language_lacks_is_told() -> None:
    three = (
        ("nl", "Klik<ph><sub>hier</sub></ph>"),
        ("fr", "Cliquez"),
        ("de", "Klicken<ph><sub>da</sub></ph>"),
    )

    filed = read(file(unit(*three)))

    assert [("Klik", {"fr": "Cliquez", "de": "Klicken"}), ("hier", {"de": "da"})] == texts(filed)
    assert [(1, "fr", "inner_texts")] == told(filed)


@pytest.mark.parametrize(
    "xs, target",
    [
        (("1", "2", "2", "1"), "{2}c{/2} {1}d{/1}"),
        (("", "", "", ""), "{1}c{/1} {2}d{/2}"),
        (("5", "7", "7", "5"), "{7}c{/7} {5}d{/5}"),
        (("0", "1", "8", "9"), "{1}c{/1} {2}d{/2}"),
    ],
)
def test_a_target_has_the_codes_of_its_source(xs: tuple[str, ...], target: str) -> None:
    a, b, c, d = (f'<bpt i="1" x="{x}" type="bold"/>{{}}<ept i="1"/>' for x in xs)

    one = only(file(pair(f"{a.format('a')} {b.format('b')}", f"{c.format('c')} {d.format('d')}")))

    assert target == one.targets[0].target


def test_a_code_that_only_the_target_has_is_left_out() -> None:
    bold, italic = '<hi type="bold">a</hi>', '<hi type="italic">b</hi>'

    assert "b {1}a{/1} a" == only(file(pair(bold, f"{italic} {bold} {bold}"))).targets[0].target


def test_braces_of_an_author_are_no_codes() -> None:
    one = only(file(pair('{1} <hi type="bold" x="1">a</hi>', '{2} <hi type="bold">b</hi>')))

    assert (CodedText("{1} {3}a{/3}", (InlineCode(3, CodeKind.BOLD),)), "{2} {3}b{/3}") == (
        one.source,
        one.targets[0].target,
    )


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


BOMB = (
    '<!DOCTYPE tmx [<!ENTITY a0 "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    + "]>\n"
)


@pytest.mark.parametrize(
    "data",
    [
        file(pair(dutch="&a8;"), before=BOMB),
        file(pair(dutch="&a0;"), before=BOMB),
        file(pair(attributes='changeid="&a8;"'), before=BOMB),
        file(pair(), before=BOMB).replace('version="1.4"', 'version="1.4" x="&a8;"'),
        file(pair(dutch="&x;"), before='<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
        file(pair(), before='<!DOCTYPE tmx [<!ENTITY % x SYSTEM "http://127.0.0.1:9/"> %x;]>'),
        file(pair(dutch="&a8;"), before=BOMB).encode("utf-16"),
    ],
    ids=["bomb", "entity", "attribute", "root's attribute", "file", "network", "utf-16"],
)
def test_entities_of_a_file_are_refused(data: str | bytes) -> None:
    with pytest.raises(Invalid) as refused:
        read(data)

    assert "bad_tmx" == refused.value.code


@pytest.mark.parametrize(
    "data, code",
    [
        ("", "bad_tmx"),
        ("no XML", "bad_tmx"),
        ("<html/>", "not_tmx"),
        ("<html><tmx version='1.4'/></html>", "not_tmx"),
        ('<tmx version="2.0"/>', "not_tmx"),
        (b'<?xml version="1.0" encoding="klingon"?><tmx/>', "bad_tmx"),
    ],
)
def test_what_is_no_tmx_is_refused(data: str | bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        read(data)

    assert (code, "file") == (refused.value.code, refused.value.field)


@pytest.mark.parametrize("break_off", ["<tu><tuv", "</wrong>", "\x01", ""])
def test_a_fault_has_a_line(break_off: str) -> None:
    whole = file(*(pair(dutch=f"Zin {number}.") for number in range(2_000)))
    data = whole[: whole.index('<tu ><tuv xml:lang="nl"><seg>Zin 1500.')] + break_off

    with pytest.raises(Invalid, match=r"Line 1501: from here on") as refused:
        read(data)

    assert "bad_tmx" == refused.value.code


LONG = "x" * 10_100_000
DEEP = "<hi>" * 300 + "x" + "</hi>" * 300


@pytest.mark.parametrize(
    "dutch, line, limit",
    [
        (LONG, 2, "a single text is longer than 10 MB. Shorten that"),
        (f"<ph x='{LONG}'/>", 3, "a single text is longer than 10 MB. Shorten that"),  # told where it has been read
        (f"<!-- {LONG} -->", 2, "a single text is longer than 10 MB. Shorten that"),
        (f"<![CDATA[{LONG}]]>", 2, "a single text is longer than 10 MB. Shorten that"),
        (DEEP, 2, "elements stand more than 256 deep in each other. Take those out"),
    ],
    ids=["text", "attribute", "comment", "characters", "depth"],
)
def test_a_limit_that_ends_the_reading_is_told_with_what_to_do(dutch: str, line: int, limit: str) -> None:
    reading = read_tmx(io.BytesIO(file(pair(), pair(dutch=dutch), pair()).encode()), "nl", ("fr",))

    first = next(reading)
    with pytest.raises(Invalid) as refused:
        list(reading)

    assert isinstance(first, FiledUnit)
    assert "bad_tmx" == refused.value.code
    assert f"Line {line}: from here on nothing is read, for {limit}" in str(refused.value)


def test_parts_keep_what_was_read_before_a_fault() -> None:
    data = file(*(pair(dutch=f"Zin {number}.") for number in range(1_500))).removesuffix("</body></tmx>")
    sizes: list[int] = []

    with pytest.raises(Invalid):
        sizes.extend(len(part) for part in in_parts(read_tmx(io.BytesIO(data.encode()), "nl", ("fr",)), 1_000))

    assert [1_000, 500] == sizes


@pytest.mark.parametrize("form", ["<tu>\n<tuv", "<tu><tuv"])
def test_lines_are_told_beyond_the_parsers_own_count(form: str) -> None:
    one = pair().replace("<tu ><tuv", form)

    filed = read(file(*[one] * 20, before="\n" * 65_520))

    height = one.count("\n") + 1
    assert [65_521 + height * number for number in range(20)] == [each.line for each in filed]


def test_each_unit_is_forgotten_before_the_next_is_read() -> None:
    data = file(*(pair(dutch=f"Zin {number}.") for number in range(500))).encode()

    left = [
        (len(before) if before is not None else 0, len(list(each.element.itersiblings(preceding=True))))
        for before, each in _with_before(unit_elements(io.BytesIO(data), None))
    ]

    assert [(0, 0), *[(0, 1)] * 499] == left


def _with_before(units: Iterable[UnitElement]) -> Iterator[tuple[etree._Element | None, UnitElement]]:
    before = None
    for each in units:
        yield before, each
        before = each.element


def test_progress_counts_bytes() -> None:
    data = file(*(pair(dutch="lang " * 200) for _ in range(3_000))).encode()
    seen: list[int] = []

    list(read_tmx(io.BytesIO(data), "nl", ("fr",), progress=seen.append))

    assert (True, len(data)) == (seen == sorted(seen) and len(seen) > 2, seen[-1])
