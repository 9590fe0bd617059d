"""From submission to delivery through the operations alone, on both databases."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from service.domain.errors import Invalid, NotFound, Refused, Stale
from service.operations.approvals import approve_version, request_changes
from service.operations.delivering import AttemptResult, claim_delivery, fan_out, record_attempt
from service.operations.endpoints import add_endpoint
from service.operations.publishing import publish_due, request_publication, withdraw_release
from service.operations.review import confirm_all, edit_unit
from service.operations.upkeep import find_due
from service.queries.audit import first_broken_entry
from service.queries.public import public_page
from service.storage.models import Delivery, Event, Release, Unit, Version
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import approve, draft, submit, text_of


def _release(desk: Desk, release_id: str) -> Release:
    with desk.read() as reading:
        return reading.session.get_one(Release, release_id)


def test_a_release_is_published_in_every_language_and_told_to_endpoints(desk: Desk, people: People) -> None:
    with desk.begin(people.publisher) as work:
        add_endpoint(work, desk.vault, url="http://127.0.0.1:9/hook", events=["release.published"])
    release_id = submit(desk, people.author)
    draft(desk, release_id)
    approve(desk, people.reviewer, release_id)
    with desk.begin(people.publisher) as work:
        request_publication(work, release_id)
    with desk.begin() as work:
        due = find_due(work)
    for row in due.outbox:
        with desk.begin() as work:
            fan_out(work, row)

    with desk.read() as reading:
        assert reading.session.scalars(select(Version.state)).all() == ["published"] * 3
        event = reading.session.scalars(select(Event).where(Event.type == "release.published")).one()
        delivery = reading.session.scalars(select(Delivery)).one()
        assert first_broken_entry(reading.session) is None
    data = json.loads(event.body)["data"]
    assert [version["locale"] for version in data["versions"]] == ["de", "en", "fr"]
    assert delivery.event_id == event.id
    with desk.begin() as work:
        sending = claim_delivery(work, delivery.id, desk.vault)
    assert sending is not None
    with desk.begin() as work:
        assert record_attempt(work, sending, AttemptResult(3, status=200), jitter=0.0)
    with desk.read() as reading:
        assert reading.session.get_one(Delivery, delivery.id).state == "delivered"


def test_nobody_approves_what_they_last_edited(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author)
    draft(desk, release_id)
    text = text_of(desk, release_id, "fr")
    unit = text.units[3]
    with desk.begin(people.reviewer) as work:
        edit_unit(work, release_id, "fr", unit.id, row_version=unit.row_version, target="[fr] Un pont, 14 mai 2026.")
    digest = text_of(desk, release_id, "fr").digest

    with pytest.raises(Refused) as refusal, desk.begin(people.reviewer) as work:
        approve_version(work, release_id, "fr", digest=digest)

    assert "four_eyes" in [reason.code for reason in refusal.value.reasons]


def test_an_edit_after_approval_closes_the_gate(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author)
    draft(desk, release_id)
    approve(desk, people.reviewer, release_id)
    unit = text_of(desk, release_id, "fr").units[0]
    with desk.begin(people.second_reviewer) as work:
        edit_unit(work, release_id, "fr", unit.id, row_version=unit.row_version, target="Un autre titre pour le pont")

    with pytest.raises(Refused) as refusal, desk.begin(people.publisher) as work:
        request_publication(work, release_id)

    assert ["not_approved"] == [reason.code for reason in refusal.value.reasons]


def test_a_wrong_digest_is_refused(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author)
    draft(desk, release_id)

    with pytest.raises(Refused) as refusal, desk.begin(people.reviewer) as work:
        approve_version(work, release_id, "fr", digest="0" * 64)

    assert ["wrong_digest"] == [reason.code for reason in refusal.value.reasons]


def test_a_stale_save_is_told_both_texts(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author)
    draft(desk, release_id)
    unit = text_of(desk, release_id, "fr").units[1]
    with desk.begin(people.reviewer) as work:
        edit_unit(work, release_id, "fr", unit.id, row_version=unit.row_version, target="Premier")

    with pytest.raises(Stale) as stale, desk.begin(people.second_reviewer) as work:
        edit_unit(work, release_id, "fr", unit.id, row_version=unit.row_version, target="Second")

    assert ("Second", "Premier") == (stale.value.mine, stale.value.theirs)


def test_a_repeated_operation_is_made_once(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author)
    draft(desk, release_id)
    unit = text_of(desk, release_id, "fr").units[1]
    for _ in range(2):
        with desk.begin(people.reviewer) as work:
            saved = edit_unit(
                work, release_id, "fr", unit.id, row_version=unit.row_version, target="Une fois", operation_id="op-1"
            )

    assert unit.row_version + 1 == saved.row_version


@pytest.mark.parametrize("other", [{"target": "Deux fois"}, {"target": "Une fois", "state": "reviewed"}])
def test_an_operation_that_comes_again_as_another_is_refused(desk: Desk, people: People, other: dict[str, str]) -> None:
    release_id = submit(desk, people.author)
    draft(desk, release_id)
    unit = text_of(desk, release_id, "fr").units[1]

    def save(**what: str) -> Unit:
        with desk.begin(people.reviewer) as work:
            return edit_unit(work, release_id, "fr", unit.id, row_version=None, operation_id="op-1", **what)

    saved = [save(target=target) for target in ("Une fois", " Une fois\n")]

    with pytest.raises(Invalid) as refused:
        save(**other)

    assert [unit.row_version + 1] * 2 == [it.row_version for it in saved]
    assert ("operation_reused", "operation_id") == (refused.value.code, refused.value.field)


def test_an_embargoed_release_appears_at_its_hour(desk: Desk, people: People, clock: StillClock) -> None:
    hour = clock.moment.replace(hour=15)
    release_id = submit(desk, people.author, embargo_at=hour)
    draft(desk, release_id)
    approve(desk, people.reviewer, release_id)
    with desk.begin(people.publisher) as work:
        assert request_publication(work, release_id).due_at == hour
    slug = _release(desk, release_id).slug
    clock.moment = hour.replace(hour=14, minute=59, second=59, microsecond=999_000)
    with desk.begin() as work:
        assert not publish_due(work, release_id)
    with desk.read() as reading:
        assert public_page(reading.session, "fr", slug, reading.now) is None

    clock.moment = hour
    with desk.begin() as work:
        assert publish_due(work, release_id)

    with desk.read() as reading:
        found = [public_page(reading.session, locale, slug, reading.now) for locale in ("fr", "de", "en")]
    assert all(page is not None and len(page.siblings) == 3 for page in found)


def test_an_edit_while_scheduled_holds_the_release_until_it_is_approved_again(
    desk: Desk, people: People, clock: StillClock
) -> None:
    hour = clock.moment.replace(hour=15)
    release_id = submit(desk, people.author, embargo_at=hour)
    draft(desk, release_id)
    approve(desk, people.reviewer, release_id)
    with desk.begin(people.publisher) as work:
        request_publication(work, release_id)
    with desk.begin(people.second_reviewer) as work:
        request_changes(work, release_id, "fr", "De titel klopt niet.")
    clock.moment = hour
    with desk.begin() as work:
        assert not publish_due(work, release_id)
    assert _release(desk, release_id).publish_blocked

    approve(desk, people.reviewer, release_id, "fr")
    with desk.begin() as work:
        assert publish_due(work, release_id)

    assert "published" == _release(desk, release_id).state


def test_a_withdrawn_release_is_gone(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author)
    draft(desk, release_id)
    approve(desk, people.reviewer, release_id)
    with desk.begin(people.publisher) as work:
        request_publication(work, release_id)
    with desk.begin(people.publisher) as work:
        slug = withdraw_release(work, release_id, "Foute datum in de titel.").slug

    with desk.read() as reading:
        page = public_page(reading.session, "fr", slug, reading.now)

    assert page is not None
    assert page.gone


def test_what_one_may_not_see_does_not_exist(desk: Desk, people: People) -> None:
    release_id = submit(desk, people.author)

    with pytest.raises(NotFound), desk.begin(people.other_author) as work:
        confirm_all(work, release_id, "fr")
