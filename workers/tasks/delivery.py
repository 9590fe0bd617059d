"""Delivering an event: claim it, send its bytes with fresh signatures, record what came back."""

from __future__ import annotations

import random
import time
from datetime import datetime

from celery import shared_task

from service.domain.retry import parse_retry_after
from service.domain.signing import signed_headers
from service.operations.delivering import AttemptResult, Sending, claim_delivery, record_attempt
from workers.composition import parts
from workers.http import OutboundClient, OutboundFailed, OutboundRefused

DELIVERY_HEADER = "perstolk-delivery"  # whose receipt a receiver may send later


@shared_task(name="workers.deliver_event")
def deliver(delivery_id: str) -> None:
    """Make one attempt at a delivery, if it is due and its endpoint has room for it."""
    here = parts()
    with here.desk.begin() as work:
        sending = claim_delivery(work, delivery_id, here.desk.vault)
        now = here.desk.database.now(work.session)
    if sending is None:
        return
    result = send(here.outbound, sending, now)
    with here.desk.begin() as work:
        record_attempt(work, sending, result, jitter=random.uniform(-1, 1))  # noqa: S311 - spreads retries, no more


def send(client: OutboundClient, sending: Sending, now: datetime) -> AttemptResult:
    """Send the bytes and tell what came back; every failure is an answer of its own.

    `now` is the database's moment: receivers refuse what a worker signed whose own clock is minutes off.
    """
    begun = time.monotonic()
    headers = signed_headers(sending.secrets, sending.message_id, int(now.timestamp()), sending.body)
    headers[DELIVERY_HEADER] = sending.delivery_id
    try:
        answer = client.post(sending.url, headers, sending.body)
    except OutboundRefused as refusal:
        return AttemptResult(_milliseconds(begun), error="refused", detail=refusal.reason)
    except OutboundFailed as failure:
        return AttemptResult(_milliseconds(begun), error=failure.reason.value, detail=failure.detail)
    retry_after = parse_retry_after(answer.retry_after, now) if answer.retry_after else None
    return AttemptResult(answer.duration_ms, status=answer.status, answer=answer.excerpt, retry_after=retry_after)


def _milliseconds(begun: float) -> int:
    return round((time.monotonic() - begun) * 1000)
