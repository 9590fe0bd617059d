from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from service.domain.permissions import NOBODY, Actor
from service.operations.approvals import reopen_version
from service.operations.publishing import request_publication, withdraw_release
from service.operations.review import edit_unit
from service.queries.concordance import Concordance
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import approve, text_of
from tests.operations.memory_steps import list_all, remember
from tests.operations.steps import act, drafted, published
from tests.queries.finding import find, sources

WHO: dict[str, Callable[[People], Actor]] = {
    "author": lambda people: people.author,
    "french_reviewer": lambda people: people.french_reviewer,
    "publisher": lambda people: people.publisher,
    "other_author": lambda people: people.other_author,
    "nobody": lambda _: NOBODY,
}


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize(
    "who, sees", [("author", True), ("french_reviewer", True), ("publisher", True), ("other_author", False)]
)
def test_what_is_approved_is_found_by_those_who_see_its_release(
    desk: Desk, people: People, clock: StillClock, who: str, *, sees: bool, listed: bool
) -> None:
    embargo_at = clock.moment + timedelta(hours=1)
    release_id = drafted(desk, people, targets=("fr",), embargo_at=embargo_at)
    unapproved = find(desk, "burgemeester", people.publisher).rows
    approve(desk, people.reviewer, release_id)
    if listed:
        list_all(desk)

    found = find(desk, "burgemeester", WHO[who](people))

    assert () == unapproved
    assert ([release_id] if sees else []) == [target.release_id for row in found.rows for target in row.targets]


@pytest.mark.parametrize("listed", [True, False])
def test_a_secret_target_reveals_nothing_of_its_source(desk: Desk, people: People, *, listed: bool) -> None:
    sentence = "De brug kostte 25 miljoen euro."
    release_id = drafted(desk, people, targets=("fr",), confidential=True)
    unit = next(unit for unit in text_of(desk, release_id, "fr").units if sentence in unit.target)
    secret = "Le pont du zilverreiger a coûté 25 millions."
    act(
        desk,
        people.reviewer,
        edit_unit,
        release_id,
        "fr",
        unit.id,
        row_version=unit.row_version,
        target=secret,
        state="reviewed",
    )
    approve(desk, people.second_reviewer, release_id)
    remember(desk, sentence, de="Die Brücke kostete 25 Millionen Euro.")
    if listed:
        list_all(desk)

    hidden = find(desk, "zilverreiger", people.other_author)
    seen = find(desk, "zilverreiger", people.author)
    in_french = [find(desk, "25", who, locale="fr") for who in (people.other_author, people.author)]
    both = [find(desk, "25 miljoen", who).rows[0] for who in (people.other_author, people.author)]

    assert (Concordance(), [sentence]) == (hidden, sources(seen))
    assert [[], [sentence]] == [sources(found) for found in in_french]
    assert [["de"], ["de", "fr"]] == [[target.locale for target in row.targets] for row in both]


def test_a_public_text_names_its_address_to_those_who_do_not_see_the_release(desk: Desk, people: People) -> None:
    release_id = published(desk, people, targets=("fr",))

    (own,) = find(desk, "burgemeester", people.author).rows[0].targets
    (other,) = find(desk, "burgemeester", people.other_author).rows[0].targets

    title = "Nieuwe brug over de Leie opent in mei"
    address = ("fr", "nieuwe-brug-over-de-leie-opent-in-mei")
    assert (release_id, title, "Reviewer", 1) == (own.release_id, own.title, own.approved_by, own.revision)
    assert (None, f"[fr] {title}") == (other.release_id, other.title)
    assert own.address == other.address
    assert address[0] == (own.address or ("",))[0]


@pytest.mark.parametrize("end", ["reopened", "withdrawn"])
@pytest.mark.parametrize("listed", [True, False])
def test_what_is_taken_back_is_found_no_more(desk: Desk, people: People, end: str, *, listed: bool) -> None:
    release_id = drafted(desk, people, targets=("fr",))
    approve(desk, people.reviewer, release_id)
    if listed:
        list_all(desk)
    before = sources(find(desk, "burgemeester"))
    if end == "reopened":
        act(desk, people.publisher, reopen_version, release_id, "fr", "Een fout.")
    else:
        act(desk, people.publisher, request_publication, release_id)
        act(desk, people.publisher, withdraw_release, release_id, "Een fout.")

    assert (1, []) == (len(before), sources(find(desk, "burgemeester")))
