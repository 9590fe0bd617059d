"""Receipts of publishers: awaited after a delivery, said by the receiver, looked after on its page, settled.

Nothing here opens a connection: a worker fetches the page between `claim_look` and `record_look`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_network

from sqlalchemy import select

from service.domain.endpoints import check_endpoint_url
from service.domain.errors import N_, Invalid, NotFound
from service.domain.events import EventType
from service.domain.permissions import may_give_receipt
from service.domain.receipts import (
    DIGEST,
    LOOK_WAITS,
    RECEIPT_WITHIN,
    Because,
    ReceiptState,
    Said,
    locale_of,
    next_look,
    read_receipts,
    squeezed_blocks,
)
from service.operations import audit, leases
from service.operations.context import Work
from service.operations.loading import demand
from service.operations.notices import tell_failed
from service.queries.texts import blocks_of
from service.storage.models import Delivery, Endpoint, Event, Publication, Receipt, Release

RECEIPTED = frozenset({EventType.RELEASE_PUBLISHED, EventType.VERSION_PUBLISHED, EventType.RELEASE_CORRECTED})


def note_delivered(work: Work, endpoint: Endpoint, delivery_id: str, answer: str) -> None:
    """Take the receipts that the answer to a delivery holds, and await those that it does not."""
    said = read_receipts(answer)
    if not said and not endpoint.receipts:
        return
    delivery = work.session.get_one(Delivery, delivery_id)
    sent = _sent(work.session.get_one(Event, delivery.event_id))
    if not sent:
        return
    there = _receipts(work, delivery_id)
    if endpoint.receipts:
        for locale in sent.keys() - there.keys():
            there[locale] = _added(work, delivery_id, locale)
    for each in said:
        try:
            _say(work, endpoint, delivery, sent=sent, said=each, there=there)
        except Invalid:  # an address that may not be called is none: the receipt stays awaited
            continue


def give_receipt(work: Work, delivery_id: str, said: Said) -> Receipt:
    """Take a receipt for a delivery; the page is looked at a minute later.

    Raises `Invalid` for an address that may not be called, for what is no digest, and for a delivery of an event
    that has no public text.
    """
    delivery = work.session.get(Delivery, delivery_id)
    if delivery is None:
        demand(may_give_receipt(work.actor, ""))
        raise NotFound
    demand(may_give_receipt(work.actor, delivery.endpoint_id))
    endpoint = work.session.scalars(select(Endpoint).where(Endpoint.id == delivery.endpoint_id).with_for_update()).one()
    if not DIGEST.fullmatch(said.digest):
        raise Invalid("bad_digest", N_("A digest is 64 hexadecimal digits in lower case."), field="digest")
    sent = _sent(work.session.get_one(Event, delivery.event_id))
    if not sent:
        raise Invalid("no_receipt", N_("Receipts are for what was published or corrected."), field="digest")
    return _say(work, endpoint, delivery, sent=sent, said=said, there=_receipts(work, delivery_id))


def _sent(event: Event) -> dict[str, str]:
    """Return the digests that an event told of, by locale; none where it is not about a text that is public."""
    if event.type not in RECEIPTED:
        return {}
    versions = json.loads(event.body)["data"].get("versions", ())
    return {version["locale"]: version["digest"] for version in versions if version["digest"]}


def _receipts(work: Work, delivery_id: str) -> dict[str, Receipt]:
    rows = work.session.scalars(select(Receipt).where(Receipt.delivery_id == delivery_id).with_for_update())
    return {row.locale: row for row in rows}


def _added(work: Work, delivery_id: str, locale: str) -> Receipt:
    receipt = Receipt(
        delivery_id=delivery_id,
        locale=locale,
        state=ReceiptState.AWAITED,
        created_at=work.now,
        due_at=work.now + RECEIPT_WITHIN,
    )
    work.session.add(receipt)
    return receipt


def _say(
    work: Work,
    endpoint: Endpoint,
    delivery: Delivery,
    *,
    sent: dict[str, str],
    said: Said,
    there: dict[str, Receipt],
) -> Receipt:
    """Write down what a receiver said, and settle or date the look at its page."""
    networks = [ip_network(network, strict=False) for network in work.office.webhook_allow_networks]
    url = check_endpoint_url(said.url, networks)
    locale = locale_of(said, sent)
    receipt = there.get(locale)
    if receipt is None:
        receipt = there[locale] = _added(work, delivery.id, locale)
    if (receipt.url, receipt.digest) == (url, said.digest) and receipt.state in {ReceiptState.SAID, ReceiptState.KEPT}:
        return receipt
    receipt.url, receipt.digest, receipt.said_at = url, said.digest, work.now
    receipt.found = receipt.because = receipt.checked_at = None
    receipt.lease_token = receipt.lease_until = receipt.hinted_until = None
    receipt.attempts = 0
    receipt.state, receipt.due_at = ReceiptState.SAID, work.now + LOOK_WAITS[0]
    work.session.flush()
    if sent.get(locale) != said.digest:
        receipt.due_at = None
        _settle(work, endpoint, receipt, ReceiptState.DIFFERS, Because.DIGEST)
    return receipt


@dataclass(frozen=True, slots=True)
class Looking:
    """A claimed look at a page: where, and the texts it may show, the newest first, by digest and squeezed blocks."""

    receipt_id: str
    token: str
    look: int
    url: str
    texts: tuple[tuple[str, tuple[tuple[bool, str], ...]], ...]


def claim_look(work: Work, receipt_id: str) -> Looking | None:
    """Claim a receipt that is due; None where there is no page to look at: not due, taken, missing, or over.

    A receipt that is awaited longer than it may be is missing, and told of.
    """
    token = leases.claim(work, Receipt, receipt_id)
    if token is None:
        return None
    receipt = work.session.get_one(Receipt, receipt_id, populate_existing=True)
    endpoint = _endpoint_of(work, receipt)
    texts = _texts(work, receipt)
    if endpoint.deleted_at is not None or not texts:
        _end(work, endpoint, receipt, ReceiptState.OVER)
    elif receipt.state == ReceiptState.AWAITED:
        _end(work, endpoint, receipt, ReceiptState.MISSING)
    elif receipt.url is not None:
        return Looking(receipt_id, token, receipt.attempts, receipt.url, texts)
    return None


def _endpoint_of(work: Work, receipt: Receipt) -> Endpoint:
    delivery = work.session.get_one(Delivery, receipt.delivery_id)
    return work.session.get_one(Endpoint, delivery.endpoint_id)


def _release_of(work: Work, receipt: Receipt) -> Release | None:
    delivery = work.session.get_one(Delivery, receipt.delivery_id)
    event = work.session.get_one(Event, delivery.event_id)
    return work.session.get(Release, event.release_id) if event.release_id else None


def _texts(work: Work, receipt: Receipt) -> tuple[tuple[str, tuple[tuple[bool, str], ...]], ...]:
    """Return the texts that were published in the receipt's language, the newest first; none once it is withdrawn."""
    release = _release_of(work, receipt)
    if release is None or release.withdrawn_at is not None:
        return ()
    rows = work.session.scalars(
        select(Publication)
        .where(Publication.release_id == release.id, Publication.locale == receipt.locale)
        .order_by(Publication.published_at.desc(), Publication.id)
    )
    return tuple((row.digest, squeezed_blocks(blocks_of(row.blocks))) for row in rows)


def record_look(work: Work, looking: Looking, *, found: str | None, readable: bool) -> bool:
    """Write down which text the page shows, by its digest; False (and nothing written) when the lease is lost.

    `readable` is false where there was no page. A page that shows the text, or a newer one, keeps the receipt; else
    it is looked at again, and after the last look it differs, and that is told.
    """
    receipt = work.session.get_one(Receipt, looking.receipt_id)
    if not leases.hold(work, Receipt, looking.receipt_id, looking.token):
        return False
    work.session.refresh(receipt)
    receipt.checked_at, receipt.found = work.now, found
    order = [digest for digest, _ in looking.texts]
    endpoint = _endpoint_of(work, receipt)
    if found is not None and _is_recent(found, receipt.digest, order):
        _end(work, endpoint, receipt, ReceiptState.KEPT)
        return True
    because = Because.OLDER if found is not None else Because.TEXT if readable else Because.PAGE
    wait = next_look(looking.look)
    if wait is None:
        _end(work, endpoint, receipt, ReceiptState.DIFFERS, because)
        return True
    receipt.because, receipt.due_at = because, work.now + wait
    receipt.lease_token = receipt.lease_until = receipt.hinted_until = None
    return True


def _is_recent(found: str, said: str | None, order: Sequence[str]) -> bool:
    """Tell whether the found text is the one that was said, or newer."""
    return said in order and order.index(found) <= order.index(said)


def _end(work: Work, endpoint: Endpoint, receipt: Receipt, state: ReceiptState, because: Because | None = None) -> None:
    receipt.due_at = receipt.lease_token = receipt.lease_until = receipt.hinted_until = None
    _settle(work, endpoint, receipt, state, because)


def _settle(
    work: Work, endpoint: Endpoint, receipt: Receipt, state: ReceiptState, because: Because | None = None
) -> None:
    """Give a receipt its state, and tell of one that is missing or differs."""
    receipt.state, receipt.because = state, because
    audit.record(work, f"receipt.{state.value}", receipt.id, delivery=receipt.delivery_id, locale=receipt.locale)
    if state in {ReceiptState.MISSING, ReceiptState.DIFFERS}:
        tell_failed(
            work,
            "receipt",
            receipt.id,
            release=_release_of(work, receipt),
            also=endpoint.owner_id,
            locale=receipt.locale or None,
            state=state.value,
        )
