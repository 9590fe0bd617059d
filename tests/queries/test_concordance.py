from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from service.domain.concordance import Place
from service.domain.permissions import DESK
from service.domain.text import CodedText, CodeKind, InlineCode
from service.queries import concordance as queries
from service.queries.concordance import Concordance, ConcordanceRow, concordance
from service.queries.memory_counts import COUNTED, units_by_locale
from service.storage.models import MemoryUnit
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import approve
from tests.operations.memory_steps import list_all, remember, remember_as, remember_many
from tests.operations.steps import drafted
from tests.queries.finding import find, sources
from tests.queries.test_statement_counts import counted

SAMPLES: tuple[tuple[str, dict[str, str]], ...] = (
    ("Een nieuwe brug over de Leie", {"fr": "Un nouveau pont sur la Lys", "de": "Eine neue Brücke über die Leie"}),
    ("De brug is nieuw", {"fr": "Le pont est neuf"}),
    ("De EU kost 50% meer, zegt de neus", {"fr": "L’UE coûte 50 % de plus", "de": "Die EU kostet 50% mehr"}),
    ("In de straat van é", {"fr": "À l’été, la rue d’É", "de": "In der großen Straße"}),
    ("Wat_is \\ dit 'nu' \"weer\"?", {"fr": "100_% (oui)"}),
)


def marked(row: ConcordanceRow) -> dict[str, list[str]]:
    """Return what is marked in the texts of a row, by locale."""
    texts = [(row.locale, row.marked), *((target.locale, target.marked) for target in row.targets)]
    return {locale: [text.text[slice(*span)] for span in text.spans] for locale, text in texts if text.spans}


@pytest.fixture(params=["listed", "not listed", "in part"])
def samples(request: pytest.FixtureRequest, desk: Desk) -> list[str]:
    """The samples in the memory, whether the search knows their words yet or not; the newest first."""
    for place, (source, targets) in enumerate(SAMPLES):
        remember(desk, source, **targets)
        if request.param == "in part" and place == 2:
            list_all(desk)
    if request.param == "listed":
        list_all(desk)
    return [source for source, _ in reversed(SAMPLES)]


TABLE = {
    "brug": [1, 0],
    "BRUG nieuw": [1, 0],
    '"nieuwe brug"': [0],
    '"brug nieuwe"': [],
    "Brücke": [0],
    "brucke": [],
    "BRÜCKE": [0],
    "strasse": [3],
    "STRASSE": [3],
    "Große Straße": [3],
    '"große Straße"': [],
    '"großen Straße"': [3],
    "été": [3],
    "ÉTÉ": [3],
    "e\u0301te\u0301": [3],
    "ete": [],
    "é": [3],
    "l'été": [3],
    '"l’ue coûte"': [2],
    "eu": [2],
    "EU kost": [2],
    '"de eu"': [2],
    "eu brug": [],
    "in de": [3],
    "50%": [2],
    "%": [4, 2],
    "50": [2],
    "5": [],
    "100_%": [4],
    "_": [4],
    "wat_is": [4],
    "watxis": [],
    "\\": [4],
    "pont brug": [],
    "nothing": [],
    "nl": [],
    "fr\tun": [],
    "samples": [],
}


@pytest.mark.parametrize("query", TABLE)
def test_words_and_phrases_are_found(desk: Desk, samples: list[str], query: str) -> None:
    expected = [SAMPLES[place][0] for place in TABLE[query]]

    assert expected == sources(find(desk, query))


NASTY = ['"', "'", "a'b", 'a"b"c', "%", "%%%", "_", "___", "\\", "\\\\%", "*", "(", ")", "a AND", "NOT b", "NEAR(a b)"]
NASTY += ["body:x", "-x", "^x", "a*", "{1}", "\x00", "\ud800", "🙂", "🙂🙂🙂", ";--", "$1", ":x", "%(x)s", "x" * 5000]
NASTY += ["/", "//%", "'; DROP TABLE memory_text", " ", "…", "İ", "\u0301", "a" + "\u0301" * 10, "\u200b", "·eu·"]


@pytest.mark.parametrize("listed", [True, False])
def test_whatever_is_asked_gives_a_result(desk: Desk, *, listed: bool) -> None:
    for source, targets in SAMPLES:
        remember(desk, source, **targets)
    if listed:
        list_all(desk)

    found = {query: sources(find(desk, query)) for query in NASTY}

    assert {"%", "_", "\\"} == {query for query, texts in found.items() if texts}


@pytest.fixture
def lite_samples(lite_desk: Desk) -> None:
    """Some of the samples listed, some not, on SQLite, whose own language of searching has more signs."""
    for source, targets in SAMPLES[2:]:
        remember(lite_desk, source, **targets)
    list_all(lite_desk)
    for source, targets in SAMPLES[:2]:
        remember(lite_desk, source, **targets)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(st.characters(max_codepoint=0x2FFF), max_size=12) | st.text("a\"'*%_\\() -br", max_size=8))
@pytest.mark.usefixtures("lite_samples")
def test_no_query_is_an_error(lite_desk: Desk, query: str) -> None:
    assert all(marked(row) for row in find(lite_desk, query).rows)


def test_what_is_found_is_marked_in_each_text_of_all_languages(desk: Desk, samples: list[str]) -> None:
    (row,) = find(desk, "leie").rows
    (with_code,) = find(desk, "eu 50%").rows[:1]

    assert {"nl": ["Leie"], "de": ["Leie"]} == marked(row)
    assert ["de", "fr"] == [target.locale for target in row.targets]
    assert {"nl": ["EU", "50%"], "de": ["EU", "50%"]} == marked(with_code)


def test_codes_do_not_part_a_phrase(desk: Desk) -> None:
    coded = CodedText("Een {1}nieuwe{/1} brug, {1}o{/1}pen", (InlineCode(1, CodeKind.BOLD),))
    remember(desk, coded, fr="Un {1}nouveau{/1} pont")

    before = [marked(row) for query in ("nieuwe brug", '"nieuwe brug, open"') for row in find(desk, query).rows]
    list_all(desk)
    after = [marked(row) for query in ("nieuwe brug", '"nieuwe brug, open"') for row in find(desk, query).rows]

    assert [{"nl": ["nieuwe", "brug"]}, {"nl": ["nieuwe brug, open"]}] == before == after
    assert ("Een nieuwe brug, open", ()) == (find(desk, "nieuwe").rows[0].marked.text, find(desk, "{1}").rows)


@pytest.mark.parametrize(
    "locale, expected",
    [("nl", [0]), ("de", [0]), ("fr", []), ("xx", []), (None, [0])],
)
def test_one_language_may_be_asked_for(desk: Desk, samples: list[str], locale: str | None, expected: list[int]) -> None:
    assert [SAMPLES[place][0] for place in expected] == sources(find(desk, "leie", locale=locale))


def test_all_words_stand_in_the_same_text(desk: Desk, samples: list[str]) -> None:
    assert [] == sources(find(desk, "leie lys"))
    assert [SAMPLES[0][0]] == sources(find(desk, "lys pont"))


def test_what_is_retired_is_not_found(desk: Desk, samples: list[str]) -> None:
    with desk.begin() as work:
        retired = update(MemoryUnit).where(MemoryUnit.target.in_([SAMPLES[0][1]["fr"], SAMPLES[1][1]["fr"]]))
        work.session.execute(retired.values(retired_at=work.now))

    assert ([], [SAMPLES[0][0]]) == (sources(find(desk, "pont")), sources(find(desk, "brug")))
    assert ["de"] == [target.locale for target in find(desk, "brug").rows[0].targets]


def test_a_target_that_was_approved_again_stands_once_with_its_newest_approval(
    desk: Desk, people: People, clock: StillClock
) -> None:
    remember(desk, "Een brug", fr="Un pont", de="Eine Brücke")
    later = clock.forward(days=1)
    remember_as(desk, "Een brug", {"fr": "Un pont"}, public=True, approved_by=people.reviewer.user_id, collection="b")
    remember(desk, "Een brug", fr="Le pont")

    (row,) = find(desk, "brug").rows

    told = [(each.marked.text, each.uses, each.approved_by, each.collection, each.approved_at) for each in row.of("fr")]
    assert [
        ("Le pont", 1, None, "samples", later),
        ("Un pont", 2, "Reviewer", "b", later),
    ] == told


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("locale", [None, "nl", "fr"])
def test_pages_hold_each_row_once_and_stay_as_they_are(desk: Desk, locale: str | None, *, listed: bool) -> None:
    for number in range(7):
        remember(desk, f"Brug nummer {number} brugnaam", fr=f"Le brugnaam numéro {number}")
        if listed or number == 3:
            list_all(desk)

    pages = []
    after = None
    while True:
        page = find(desk, "brugnaam", locale=locale, after=after, limit=3)
        pages.append([text[12] for text in sources(page)])
        remember(desk, f"Nog een brugnaam {len(pages)}", fr="Encore un brugnaam")
        list_all(desk)
        after = page.next
        if after is None:
            break

    assert [["6", "5", "4"], ["3", "2", "1"], ["0"]] == pages


def test_looking_goes_on_where_much_only_seems_to_fit(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "LOOKS", (2, 3))
    monkeypatch.setattr(queries, "READ_UNLISTED", 2)
    remember(desk, "Een minister", fr="Un minister")
    remember_many(desk, {f"De minister {number}": f"Le ministre {number}" for number in range(9)})
    list_all(desk)
    remember_many(desk, {f"Die minister {number}": f"Ce ministre {number}" for number in range(5)})

    found, steps = Concordance(next=Place(10**18)), 0
    while not found.rows and found.next is not None:
        found, steps = find(desk, "minister", locale="fr", after=found.next), steps + 1

    assert ["Een minister"] == sources(found)
    assert 2 < steps < 9


def test_what_waits_to_be_listed_keeps_its_place_among_the_rest(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "LOOKS", (2, 2, 2, 2))
    monkeypatch.setattr(queries, "READ_UNLISTED", 2)
    remember(desk, "Brug een", fr="Pont")
    list_all(desk)
    remember(desk, "Brug twee", fr="Pont")
    remember_many(desk, {f"Weg {number}": "Route" for number in range(3)})

    assert ["Brug twee", "Brug een"] == sources(find(desk, "brug", limit=3))


@pytest.mark.parametrize("listed", [True, False])
def test_a_page_of_thirty_costs_what_a_page_of_two_costs(desk: Desk, people: People, *, listed: bool) -> None:
    costs = []
    for count in (2, 28):
        remember_many(desk, {f"Brug {count} {number}": f"Pont {number}" for number in range(count)})
        if listed:
            list_all(desk)
        with desk.read() as reading, counted(desk) as sent:
            concordance(reading.session, people.author, "brug", reading.now)
        costs.append(len(sent))

    assert costs[0] == costs[1]
    assert costs[1] <= 5


def test_the_memory_is_counted_by_language_as_far_as_one_may_read_it(desk: Desk, people: People) -> None:
    remember(desk, "Een brug", fr="Un pont", de="Eine Brücke")
    remember(desk, "Een weg", fr="Une route")
    approve(desk, people.reviewer, drafted(desk, people, targets=("en",)))

    with desk.read() as reading:
        counts = [units_by_locale(reading.session, who) for who in (people.other_author, people.author)]

    assert ({"fr": 2, "de": 1}, True) == counts[0]
    assert {"fr", "de", "en"} == set(counts[1][0])


def test_a_large_memory_is_estimated(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.queries.memory_counts.COUNTED", 100)
    monkeypatch.setattr("service.queries.memory_counts.SAMPLED", 40)
    remember_many(desk, {f"Zin {number}": f"Phrase {number}" for number in range(240)})

    with desk.read() as reading:
        counts, exact = units_by_locale(reading.session, DESK)

    assert ({"fr": 240}, False) == (counts, exact)
    assert COUNTED > 100
