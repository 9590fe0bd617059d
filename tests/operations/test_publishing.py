from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from service.domain.errors import Refused
from service.domain.permissions import DESK
from service.operations.approvals import reopen_version
from service.operations.publishing import publish_due, request_publication
from service.operations.review import edit_unit
from service.operations.scheduling import Schedule, reschedule
from service.queries.public import everything_public, public_page
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import TEXT, approve, draft, submit, text_of
from tests.operations.publishing_steps import publications
from tests.operations.steps import (
    act,
    approve_present,
    at_once,
    drafted,
    published,
    relay,
    release_of,
    revise,
    said,
    states,
    topics,
)


def after_approval(desk: Desk) -> list[str]:
    """Return what was announced since the last approval."""
    told = topics(desk)
    return told[len(told) - told[::-1].index("version.approved") :]


def correct(desk: Desk, people: People, release_id: str, locale: str, title: str) -> None:
    act(desk, people.publisher, reopen_version, release_id, locale, "Een fout in de titel.")
    unit = text_of(desk, release_id, locale).units[0]
    act(
        desk,
        people.second_reviewer,
        edit_unit,
        release_id,
        locale,
        unit.id,
        row_version=unit.row_version,
        target=title,
    )
    approve_present(desk, people.reviewer, release_id, locale)
    act(desk, people.publisher, request_publication, release_id)


def test_a_release_leaves_together_in_one_announcement(desk: Desk, people: People) -> None:
    release_id = published(desk, people)

    assert ["release.published"] == after_approval(desk)
    assert {"fr": "published", "de": "published", "en": "published"} == states(desk, release_id)


def test_together_waits_for_the_last_language(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people)
    approve(desk, people.reviewer, release_id, "fr", "de")

    with pytest.raises(Refused) as refusal:
        act(desk, people.publisher, request_publication, release_id)

    assert [("not_approved", "en")] == [(reason.code, reason.facts["locale"]) for reason in refusal.value.reasons]
    assert [] == publications(desk, release_id)


def test_as_approved_lets_each_language_leave_and_tells_each(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = drafted(desk, people, publish="as_approved")
    approve(desk, people.reviewer, release_id, "fr")
    act(desk, people.publisher, request_publication, release_id)
    told = [after_approval(desk)]
    for locale in ("de", "en"):
        clock.forward(seconds=1)
        approve(desk, people.reviewer, release_id, locale)
        assert act(desk, DESK, publish_due, release_id)
        told.append(after_approval(desk))

    assert [["version.published"], ["version.published"], ["version.published", "release.published"]] == told
    named = [
        [version["locale"] for version in said(event)["data"]["versions"]]
        for event in relay(desk)
        if event.type == "version.published"
    ]
    assert [["de"], ["en"], ["fr"]] == sorted(named)
    assert "published" == release_of(desk, release_id).state


def test_as_approved_with_nothing_approved_is_refused(desk: Desk, people: People) -> None:
    release_id = drafted(desk, people, publish="as_approved")

    with pytest.raises(Refused):
        act(desk, people.publisher, request_publication, release_id)


def test_publishing_twice_changes_nothing(desk: Desk, people: People) -> None:
    release_id = published(desk, people)
    before = topics(desk)

    act(desk, people.publisher, request_publication, release_id)

    assert (before, 3) == (topics(desk), len(publications(desk, release_id)))


def test_a_correction_takes_the_place_and_the_address_of_the_text(
    desk: Desk, people: People, clock: StillClock
) -> None:
    release_id = published(desk, people)
    first = clock.moment
    clock.forward(hours=1)

    correct(desk, people, release_id, "fr", "Titre corrigé")

    old, new = [p for p in publications(desk, release_id) if p.locale == "fr"]
    assert (clock.moment, None) == (old.superseded_at, new.superseded_at)
    assert (old.slug, first, "Titre corrigé") == (new.slug, new.first_published_at, new.title)
    assert ["release.corrected"] == after_approval(desk)
    with desk.read() as reading:
        page = public_page(reading.session, "fr", old.slug, reading.now)
    assert page
    assert (new.id, 3) == (page.publication.id, len(page.siblings))


def test_while_a_correction_is_written_the_old_text_stays_public(desk: Desk, people: People) -> None:
    release_id = published(desk, people)
    revise(desk, people.author, release_id, TEXT.replace("25 miljoen", "27 miljoen"))

    with desk.read() as reading:
        pages = everything_public(reading.session, reading.now)

    assert ["de", "en", "fr"] == sorted(page.locale for page in pages)
    assert all("25 miljoen" in publication.html for publication in publications(desk, release_id))


def test_a_corrected_source_is_announced_as_a_correction(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = published(desk, people)
    clock.forward(minutes=5)
    revise(desk, people.author, release_id, TEXT.replace("25 miljoen", "27 miljoen"))
    draft(desk, release_id)
    approve(desk, people.reviewer, release_id)

    act(desk, people.publisher, request_publication, release_id)

    assert ["release.corrected"] == after_approval(desk)
    (event,) = [event for event in relay(desk) if event.type == "release.corrected"]
    assert 2 == said(event)["data"]["release"]["revision"]
    assert ["de", "en", "fr"] == [version["locale"] for version in said(event)["data"]["versions"]]


def test_releases_with_one_title_get_addresses_of_their_own(desk: Desk, people: People) -> None:
    ids = [published(desk, people, targets=("fr",)) for _ in range(3)]

    slugs = [publications(desk, release_id)[0].slug for release_id in ids]

    assert [slugs[0], f"{slugs[0]}-2", f"{slugs[0]}-3"] == slugs


def test_two_releases_with_one_title_that_leave_at_once_both_leave(desk: Desk, people: People) -> None:
    ids = [drafted(desk, people, targets=("fr",)) for _ in range(4)]
    for release_id in ids:
        approve(desk, people.reviewer, release_id)

    results = at_once(*[partial(act, desk, people.publisher, request_publication, one) for one in ids])

    assert not [result for result in results if isinstance(result, Exception)], results
    assert 4 == len({publications(desk, release_id)[0].slug for release_id in ids})


def test_submitting_does_not_tell_whether_an_address_is_taken(desk: Desk, people: People) -> None:
    first = submit(desk, people.author, slug="geheime-brug")
    second = submit(desk, people.other_author, slug="geheime-brug")

    assert release_of(desk, first).slug == release_of(desk, second).slug


def test_of_two_that_publish_what_is_due_one_does(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = drafted(desk, people, embargo_at=clock.moment + timedelta(hours=1))
    approve(desk, people.reviewer, release_id)
    act(desk, people.publisher, request_publication, release_id)
    clock.forward(hours=1)

    results = at_once(*[partial(act, desk, DESK, publish_due, release_id)] * 4)

    assert [False, False, False, True] == sorted(results)
    assert 3 == len(publications(desk, release_id))


@pytest.mark.parametrize("milliseconds, out", [(-1, False), (0, True), (1, True)])
def test_nothing_leaves_before_its_hour(
    desk: Desk, people: People, clock: StillClock, milliseconds: int, *, out: bool
) -> None:
    hour = clock.moment + timedelta(hours=1)
    release_id = drafted(desk, people, embargo_at=hour)
    approve(desk, people.reviewer, release_id)
    act(desk, people.publisher, request_publication, release_id)
    clock.moment = hour + timedelta(milliseconds=milliseconds)

    assert out is act(desk, DESK, publish_due, release_id)

    with desk.read() as reading:
        assert out is bool(everything_public(reading.session, reading.now))


def test_a_later_embargo_holds_what_was_scheduled(desk: Desk, people: People, clock: StillClock) -> None:
    release_id = drafted(desk, people, embargo_at=clock.moment + timedelta(hours=1))
    approve(desk, people.reviewer, release_id)
    act(desk, people.publisher, request_publication, release_id)
    later = clock.moment + timedelta(hours=3)
    act(desk, people.publisher, reschedule, release_id, Schedule(embargo_at=later))
    clock.forward(hours=1)

    early = act(desk, DESK, publish_due, release_id)
    clock.moment = later

    assert (False, True) == (early, act(desk, DESK, publish_due, release_id))


def test_a_list_is_published_with_the_number_that_it_counts_from(desk: Desk, people: People) -> None:
    text = "De titel van de dag\n\nDe lead.\n\n1. Wat?\n\nDit is de uitleg.\n\n2. Wanneer?\n\nMorgen."

    release_id = published(desk, people, text=text)

    frozen = publications(desk, release_id)[0].blocks
    assert [0, 2] == [block["start"] for block in frozen if block["ordered"]]
