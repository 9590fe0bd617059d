from __future__ import annotations

import pytest

from service.domain.errors import Invalid
from service.domain.memory_targets import fit_target
from service.domain.text import CodedText, CodeKind, InlineCode

SOURCE = CodedText("Lees {1}meer{/1}.{2/} Tot {9}", (InlineCode(1, CodeKind.BOLD), InlineCode(2, CodeKind.BREAK)))
PLAIN = CodedText("Lees meer.")


@pytest.mark.parametrize(
    "written, expected",
    [
        ("  Lisez {1}plus{/1}.{2/} À {9}\r\n", "Lisez {1}plus{/1}.{2/} À {9}"),
        ("Lisez plus.", "Lisez plus."),
        ("{1}Lisez\r\nplus\x00{/1}", "{1}Lisez plus{/1}"),
        ("Lisez \u202e{1}plus{/1}\u202c\ufeff.", "Lisez {1}plus{/1}."),
        ("{2/}", None),
        ("{1} {/1}", None),
        (" \n ", None),
    ],
)
def test_a_target_is_taken_without_the_space_around_it_unless_it_says_nothing(
    written: str, expected: str | None
) -> None:
    if expected is None:
        with pytest.raises(Invalid) as refused:
            fit_target(written, SOURCE)
        assert ("empty_target", "target") == (refused.value.code, refused.value.field)
    else:
        assert expected == fit_target(written, SOURCE)


@pytest.mark.parametrize(
    "source, written, code, marks",
    [
        (SOURCE, "Lisez {1}plus.", "codes_misplaced", "{1}"),
        (SOURCE, "Lisez plus{/1}.", "codes_misplaced", "{/1}"),
        (SOURCE, "Lisez plus{1}{/1}.", "codes_misplaced", "{1}"),
        (SOURCE, "Lisez {1}plus{/1}. {2}", "codes_misplaced", "{2}"),
        (SOURCE, "{1}Lisez{/1} {1}plus{/1}", "codes_doubled", "{1} {/1}"),
        (SOURCE, "Lisez {3}plus{/3}.", "codes_unknown", "{3} {/3}"),
        (SOURCE, "À {9/}", "codes_unknown", "{9/}"),
        (PLAIN, "Lisez {1}plus{/1}.", "codes_unknown", "{1} {/1}"),
    ],
)
def test_markers_are_those_of_the_source_and_nest(source: CodedText, written: str, code: str, marks: str) -> None:
    with pytest.raises(Invalid) as refused:
        fit_target(written, source)

    assert (code, "target", {"marks": marks}) == (refused.value.code, refused.value.field, refused.value.facts)


def test_a_target_is_as_long_as_a_segment_may_be() -> None:
    assert 20_000 == len(fit_target("a" * 20_000, PLAIN))
    with pytest.raises(Invalid, match="20,000"):
        fit_target("a" * 20_001, PLAIN)
