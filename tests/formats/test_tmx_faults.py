from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

import pytest
from lxml import etree

from service.domain.errors import Invalid
from service.domain.memory_files import FiledUnit, in_parts
from service.formats.tmx import read_tmx
from service.formats.tmx.parsing import UnitElement, unit_elements
from tests.formats.tmx_samples import file, pair, read

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
