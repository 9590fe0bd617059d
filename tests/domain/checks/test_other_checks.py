from __future__ import annotations

import pytest

from service.domain.checks import Severity
from service.domain.checks.codes import InlineCodes
from service.domain.checks.empty import Empty
from service.domain.checks.length import Length
from service.domain.checks.unchanged import Unchanged
from tests.domain.checks.pairs import found

LOCALES = ["fr", "de", "en"]
LONG = "De minister legt vandaag uit hoe de nieuwe regels voor het verkeer in de stad zullen werken."


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("target", ["", " ", "\u00a0", "\n", "{1}{/1}", "{1} {/1}{3/}"])
def test_a_target_without_text_is_empty(target: str, locale: str) -> None:
    (finding,) = found(Empty(), "{1}Welkom{/1}{3/}", target, locale, coded=True)

    assert ("empty", Severity.ERROR) == (finding.code, finding.severity)


@pytest.mark.parametrize("source, target", [("Welkom", "x"), ("Welkom", "…"), ("", ""), (" ", ""), ("{1}{/1}", "")])
def test_a_target_with_text_or_a_source_without_is_not_empty(source: str, target: str) -> None:
    assert [] == found(Empty(), source, target, coded=True)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "source, target",
    [
        (LONG, LONG),
        ("de stad wordt groen", "de stad wordt groen"),
        ("De stad wordt nu groen.", " De  stad wordt nu groen. "),
        ("{1}De stad{/1} wordt nu groen.", "De {1}stad{/1} wordt nu groen."),
        ("Zie de volgende pagina https://example.org", "Zie de volgende pagina https://example.org"),
        ("Brussel krijgt drie nieuwe parken", "Brussel krijgt drie nieuwe parken"),
        ("wat u moet weten", "wat u moet weten"),
        ("Op 3 mei zijn wij gesloten", "Op 3 mei zijn wij gesloten"),
        ("“Wij zijn erg blij”", "“Wij zijn erg blij”"),
        ("Koen De Smet is de nieuwe voorzitter", "Koen De Smet is de nieuwe voorzitter"),
    ],
)
def test_a_copied_sentence_is_untranslated(source: str, target: str, locale: str) -> None:
    (finding,) = found(Unchanged(), source, target, locale, coded=True)

    assert ("untranslated", Severity.ERROR, (0, len(target))) == (finding.code, finding.severity, finding.target_span)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "source, target",
    [
        ("Philips Nederland", "Philips Nederland"),
        ("Koen De Smet", "Koen De Smet"),
        ("Museum aan de Stroom", "Museum aan de Stroom"),
        ("info@example.org", "info@example.org"),
        ("https://example.org/over/ons/werk", "https://example.org/over/ons/werk"),
        ("3,5 %", "3,5 %"),
        ("", ""),
        ("EU, VN, NAVO", "EU, VN, NAVO"),
        ("Camera obscura", "Camera obscura"),
        (LONG, LONG.replace("vandaag", "today")),
    ],
)
def test_names_addresses_and_figures_may_stay_as_they_are(source: str, target: str, locale: str) -> None:
    assert [] == found(Unchanged(), source, target, locale)


@pytest.mark.parametrize("locale", ["nl", "nl-BE"])
def test_a_version_in_the_language_of_the_source_may_be_the_same(locale: str) -> None:
    assert [] == found(Unchanged(), LONG, LONG, locale)


@pytest.mark.parametrize(
    "source, target, sentences",
    [
        ("{1}a{/1}", "{1}a", ["The formatting mark {/1} is missing from the translation."]),
        ("{1}a{/1}", "a{/1}", ["The formatting mark {1} is missing from the translation."]),
        ("a{3/}b", "a b", ["The formatting mark {3/} is missing from the translation."]),
        ("a b", "a{3/}b", ["The formatting mark {3/} stands in the translation too often."]),
        ("{1}a{/1}", "{1}a{/1}{/1}", ["The formatting mark {/1} stands in the translation too often."]),
        ("{1}a{/1}", "{1}{1}a{/1}", ["The formatting mark {1} stands in the translation too often."]),
        ("a{3/}b", "a{3/}{3/}b", ["The formatting mark {3/} stands in the translation too often."]),
        (
            "{1}a{/1}",
            "{2}a{/2}",
            [
                "The formatting mark {1} is missing from the translation.",
                "The formatting mark {/1} is missing from the translation.",
                "The formatting mark {2} stands in the translation too often.",
                "The formatting mark {/2} stands in the translation too often.",
            ],
        ),
    ],
)
def test_a_code_that_is_lost_or_added_is_named(source: str, target: str, sentences: list[str]) -> None:
    findings = found(InlineCodes(), source, target, coded=True)

    assert sentences == [str(finding) for finding in findings]
    assert {Severity.ERROR} == {finding.severity for finding in findings}


@pytest.mark.parametrize(
    "source, target",
    [
        ("{1}a{/1}", "{/1}a{1}"),
        ("{1}a{/1} {2}b{/2}", "{1}a {2}b{/1}{/2}"),
        ("{1}{2}a{/2}{/1}", "{1}{2}a{/1}{/2}"),
    ],
)
def test_codes_that_cross_are_out_of_place(source: str, target: str) -> None:
    findings = found(InlineCodes(), source, target, coded=True)

    assert findings
    assert all("out of place" in finding.template and finding.target_span for finding in findings)


def test_a_code_that_is_too_many_is_pointed_at_and_can_go() -> None:
    target = "{1}a{/1} b{3/}"

    (finding,) = found(InlineCodes(), "{1}a{/1} b", target, coded=True)

    assert finding.target_span
    assert finding.fix is not None
    start, end = finding.target_span
    assert "{1}a{/1} b" == target[:start] + finding.fix + target[end:]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "source, target",
    [
        ("{1}a{/1} {2}b{/2}", "{2}b{/2} {1}a{/1}"),
        ("{1}a {2}b{/2}{/1}", "{1}{2}b{/2} a{/1}"),
        ("{1}a{/1}{3/}", "{3/}{1}a{/1}"),
        ("a", "a"),
        ("a {9}", "a {9} {9}"),
    ],
)
def test_codes_may_change_places_as_long_as_they_nest(source: str, target: str, locale: str) -> None:
    assert [] == found(InlineCodes(), source, target, locale, coded=True)


def test_braces_that_name_no_code_are_text() -> None:
    assert [] == found(InlineCodes(), "{1}", "{1}{1}")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "source, target, direction",
    [
        (LONG, LONG * 2, "longer"),
        (LONG, LONG[:40], "shorter"),
        (LONG, "x", "shorter"),
        ("Ja", "J" * 200, "longer"),
        (LONG[:30], LONG[:30] * 4, "longer"),
    ],
)
def test_a_target_far_from_the_usual_length_is_a_warning(source: str, target: str, direction: str, locale: str) -> None:
    (finding,) = found(Length(), source, target, locale)

    assert Severity.WARNING is finding.severity
    assert direction in finding.template


@pytest.mark.parametrize(
    "source, share, locale",
    [
        *[(LONG, share, locale) for locale in LOCALES for share in (0.7, 1.0, 1.3)],
        *[("Goedemorgen allemaal", share, locale) for locale in LOCALES for share in (0.4, 1.0, 2.0)],
        *[("Ja", share, locale) for locale in LOCALES for share in (0.5, 1.0, 5.0)],
    ],
)
def test_a_target_of_a_usual_length_passes(source: str, share: float, locale: str) -> None:
    assert [] == found(Length(), source, "x" * round(len(source) * share), locale)
