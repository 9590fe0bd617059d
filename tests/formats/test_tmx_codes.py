from __future__ import annotations

import pytest

from service.domain.text import CodedText, CodeKind, InlineCode
from tests.formats.tmx_samples import file, only, pair, read, texts, told, unit


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
