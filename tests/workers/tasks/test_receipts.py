from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from sqlalchemy import select, update

from service.domain.permissions import DESK
from service.domain.receipts import LOOK_WAITS, RECEIPT_WITHIN
from service.operations.approvals import reopen_version
from service.operations.endpoints import add_endpoint
from service.operations.publishing import request_publication, withdraw_release
from service.operations.upkeep import find_due
from service.storage.models import Delivery, Endpoint, Notice, Publication, Receipt
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.making import TEXT, approve, draft
from tests.operations.steps import act, published, relay, revise
from tests.servers.receiver import Receiver
from tests.workers.tasks.conftest import MakeParts
from workers.tasks.delivery import deliver
from workers.tasks.receipts import look

LOCALES = ("de", "en", "fr")


@dataclass
class Site:
    """A publisher's site: it was sent a release in three languages, and shows pages."""

    desk: Desk
    people: People
    receiver: Receiver
    release_id: str
    endpoint_id: str

    def publication(self, locale: str) -> Publication:
        with self.desk.read() as reading:
            return reading.session.scalars(
                select(Publication).where(Publication.locale == locale, Publication.superseded_at.is_(None))
            ).one()

    def url(self, locale: str) -> str:
        return self.receiver.url.replace("/hooks", f"/{locale}")

    def show(self, locale: str, html: str | None = None) -> dict[str, str]:
        """Show a text on the site's page and return the receipt for it."""
        it = self.publication(locale)
        self.receiver.pages[f"/{locale}"] = f"<html><body>{it.html if html is None else html}</body></html>"
        return {"url": self.url(locale), "digest": it.digest}

    def answer(self, *receipts: dict[str, str]) -> None:
        """Let the site answer with receipts, and send it all there is to send."""
        self.receiver.answer = json.dumps(receipts).encode()
        relay(self.desk)
        with self.desk.read() as reading:
            ids = reading.session.scalars(select(Delivery.id).where(Delivery.state == "pending")).all()
        for delivery_id in ids:
            deliver(delivery_id)

    def look(self) -> None:
        """Look at what is due, as the sweeper would have it."""
        for receipt_id in act(self.desk, DESK, find_due).receipts:
            look(receipt_id)

    def receipts(self) -> dict[str, tuple[str, str | None]]:
        """Return the state of each receipt and why, by language; of the latest delivery."""
        with self.desk.read() as reading:
            rows = reading.session.scalars(select(Receipt).order_by(Receipt.created_at))
            return {row.locale: (row.state, row.because) for row in rows}

    def told(self) -> set[tuple[str | None, str]]:
        """Return the languages and states that people were told of."""
        with self.desk.read() as reading:
            rows = reading.session.scalars(select(Notice).where(Notice.kind == "failed"))
            return {(row.locale, row.facts["state"]) for row in rows if row.facts["what"] == "receipt"}


@pytest.fixture
def receiver() -> object:
    with Receiver() as it:
        yield it


@pytest.fixture
def site(lite_desk: Desk, lite_people: People, make_parts: MakeParts, receiver: Receiver) -> Site:
    make_parts()
    made, receiver.secret = act(
        lite_desk, lite_people.publisher, add_endpoint, lite_desk.vault, url=receiver.url, receipts=True
    )
    return Site(lite_desk, lite_people, receiver, published(lite_desk, lite_people), made.id)


def test_a_page_that_shows_what_was_published_keeps_its_receipt(site: Site, clock: StillClock) -> None:
    site.answer(*(site.show(locale) for locale in LOCALES))
    assert dict.fromkeys(LOCALES, ("said", None)) == site.receipts()
    site.look()
    assert dict.fromkeys(LOCALES, ("said", None)) == site.receipts()
    clock.forward(minutes=1)

    site.look()

    assert dict.fromkeys(LOCALES, ("kept", None)) == site.receipts()
    assert set() == site.told()


def test_a_receipt_that_does_not_come_is_missing_and_told(site: Site, clock: StillClock) -> None:
    site.answer(site.show("fr"))
    clock.forward(minutes=1)
    site.look()
    clock.moment += RECEIPT_WITHIN

    site.look()

    assert {"fr": ("kept", None), "de": ("missing", None), "en": ("missing", None)} == site.receipts()
    assert {("de", "missing"), ("en", "missing")} == site.told()


def test_a_page_that_differs_is_looked_at_again_and_told_at_the_end(site: Site, clock: StillClock) -> None:
    changed = site.publication("fr").html.replace("25", "26")
    assert changed != site.publication("fr").html
    given = [site.show("fr", changed), *(site.show(locale) for locale in ("de", "en"))]
    del site.receiver.pages["/en"]
    site.answer(*given)
    clock.forward(minutes=1)
    site.look()
    first = site.receipts()
    for wait in LOOK_WAITS[1:]:
        assert set() == site.told()
        clock.moment += wait
        site.look()

    assert {"fr": ("said", "text"), "de": ("kept", None), "en": ("said", "page")} == first
    assert {"fr": ("differs", "text"), "de": ("kept", None), "en": ("differs", "page")} == site.receipts()
    assert {("fr", "differs"), ("en", "differs")} == site.told()


def test_a_page_that_is_put_right_in_time_keeps_its_receipt(site: Site, clock: StillClock) -> None:
    site.answer(*(site.show(locale, "<p>Soon.</p>") for locale in LOCALES))
    clock.forward(minutes=1)
    site.look()
    for locale in LOCALES:
        site.show(locale)
    clock.moment += LOOK_WAITS[1]

    site.look()

    assert dict.fromkeys(LOCALES, ("kept", None)) == site.receipts()


def test_a_receipt_for_another_text_differs_at_once(site: Site) -> None:
    site.answer(site.show("fr") | {"digest": "0" * 64, "locale": "fr"})

    assert ("differs", "digest") == site.receipts()["fr"]
    assert {("fr", "differs")} == site.told()


def test_a_page_that_still_shows_the_text_before_a_correction_is_known(site: Site, clock: StillClock) -> None:
    old = {locale: site.show(locale) for locale in LOCALES}
    pages = {locale: site.publication(locale).html for locale in LOCALES}
    site.answer(*old.values())
    clock.forward(hours=2)
    desk, people = site.desk, site.people
    for locale in LOCALES:
        act(desk, people.publisher, reopen_version, site.release_id, locale, "Fout.")
    revise(desk, people.author, site.release_id, TEXT.replace("25", "27"))
    draft(desk, site.release_id)
    approve(desk, people.reviewer, site.release_id)
    act(desk, people.publisher, request_publication, site.release_id)
    site.answer(*(site.show(locale, pages[locale]) for locale in ("fr", "de")), site.show("en"))
    for wait in LOOK_WAITS:
        clock.moment += wait
        site.look()

    assert {"fr": ("differs", "older"), "de": ("differs", "older"), "en": ("kept", None)} == site.receipts()


def test_a_withdrawn_release_is_no_longer_looked_after(site: Site, clock: StillClock) -> None:
    site.answer(site.show("fr"))
    act(site.desk, site.people.publisher, withdraw_release, site.release_id, "Foute datum.")
    clock.moment += RECEIPT_WITHIN

    site.look()

    assert dict.fromkeys(LOCALES, ("over", None)) == site.receipts()
    assert set() == site.told()


def test_an_address_that_may_not_be_called_is_no_receipt(site: Site) -> None:
    site.answer(site.show("fr") | {"url": "http://10.0.0.1/fr"})

    assert ("awaited", None) == site.receipts()["fr"]


def test_a_page_is_fetched_through_the_guard(site: Site, clock: StillClock, make_parts: MakeParts) -> None:
    site.answer(*(site.show(locale) for locale in LOCALES))
    clock.forward(minutes=1)
    make_parts(networks=())

    site.look()

    assert dict.fromkeys(LOCALES, ("said", "page")) == site.receipts()


def test_who_gives_no_receipts_is_asked_for_none_and_may_give_one(site: Site) -> None:
    with site.desk.begin() as work:
        work.session.execute(update(Endpoint).values(receipts=False))

    site.answer(site.show("fr"))

    assert {"fr": ("said", None)} == site.receipts()


def test_an_answer_that_is_no_receipt_is_an_answer(site: Site) -> None:
    site.receiver.answer = b'{"url": ["nonsense"]'
    relay(site.desk)
    with site.desk.read() as reading:
        (delivery_id,) = reading.session.scalars(select(Delivery.id))
    deliver(delivery_id)

    with site.desk.read() as reading:
        assert "delivered" == reading.session.get_one(Delivery, delivery_id).state
    assert dict.fromkeys(LOCALES, ("awaited", None)) == site.receipts()
