"""Receipts by the interface: with a token, or signed by the receiver itself."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from service.domain.signing import signed_headers
from service.operations.endpoints import add_endpoint, remove_endpoint, rotate_secret
from service.storage.models import Delivery, Publication
from tests.api.conftest import Office
from tests.desk_fixtures import StillClock
from tests.operations.steps import act, published, relay


@dataclass
class Sent:
    """A delivery of a publication: its id, the endpoint's id and secret, the French text's digest."""

    delivery: str
    endpoint: str
    secret: str
    digest: str


@pytest.fixture
def sent(office: Office) -> Sent:
    made, secret = act(
        office.desk, office.people.publisher, add_endpoint, office.desk.vault, url="http://127.0.0.1:9/hook"
    )
    published(office.desk, office.people)
    relay(office.desk)
    with office.desk.read() as reading:
        delivery = reading.session.scalars(select(Delivery.id)).one()
        digest = reading.session.scalars(select(Publication.digest).where(Publication.locale == "fr")).one()
    return Sent(delivery, made.id, secret, digest)


def signed(
    office: Office,
    clock: StillClock,
    sent: Sent,
    *,
    secret: str | None = None,
    message_id: str | None = None,
    age: int = 0,
    said: dict[str, str] | None = None,
) -> TestResponse:
    """Send a receipt as the receiver."""
    body = json.dumps(said or {"url": "http://127.0.0.1:9/fr", "digest": sent.digest}).encode()
    at = int(clock.moment.timestamp()) - age
    headers = signed_headers((secret or sent.secret,), message_id or sent.delivery, at, body)
    return office.call(None, "POST", f"/deliveries/{sent.delivery}/receipt", data=body, headers=headers)


def test_a_receiver_signs_its_receipt(office: Office, clock: StillClock, sent: Sent) -> None:
    answer = signed(office, clock, sent)

    receipt = answer.get_json()
    assert (202, "fr", "said") == (answer.status_code, receipt["locale"], receipt["state"])
    shown = office.call("publisher", "GET", f"/deliveries/{sent.delivery}").get_json()
    assert [receipt] == shown["receipts"]


def test_either_secret_of_a_rotation_signs_it(office: Office, clock: StillClock, sent: Sent) -> None:
    _, newer = act(office.desk, office.people.publisher, rotate_secret, office.desk.vault, sent.endpoint)

    during = [signed(office, clock, sent, secret=secret).status_code for secret in (sent.secret, newer)]
    clock.forward(hours=25)
    after = [signed(office, clock, sent, secret=secret).status_code for secret in (sent.secret, newer)]

    assert ([202, 202], [401, 202]) == (during, after)


@pytest.mark.parametrize("changed", [{"age": 301}, {"message_id": "del_other"}, {"secret": "whsec_" + "A" * 43 + "="}])
def test_what_the_receiver_did_not_sign_is_refused_as_without_a_token(
    office: Office, clock: StillClock, sent: Sent, changed: dict[str, str]
) -> None:
    nothing = office.call(None, "POST", f"/deliveries/{sent.delivery}/receipt", json={})

    answer = signed(office, clock, sent, **changed)  # type: ignore[arg-type]

    assert (401, nothing.get_data()) == (answer.status_code, answer.get_data())


def test_another_receivers_secret_counts_for_nothing(office: Office, clock: StillClock, sent: Sent) -> None:
    _, other = act(
        office.desk, office.people.publisher, add_endpoint, office.desk.vault, url="http://127.0.0.1:9/other"
    )
    assert 401 == signed(office, clock, sent, secret=other).status_code

    act(office.desk, office.people.publisher, remove_endpoint, sent.endpoint)
    assert 401 == signed(office, clock, sent).status_code


def test_a_signature_opens_nothing_else(office: Office, clock: StillClock, sent: Sent) -> None:
    at = int(clock.moment.timestamp())
    headers = signed_headers((sent.secret,), sent.delivery, at, b"")

    answers = [
        office.call(None, method, path, headers=headers).status_code
        for method, path in (("GET", f"/deliveries/{sent.delivery}"), ("GET", "/releases"), ("GET", "/me"))
    ]

    assert [401, 401, 401] == answers


@pytest.mark.parametrize(
    "said, code",
    [
        ({"url": "http://127.0.0.1:9/fr", "digest": "{digest}"}, 202),
        ({"url": "http://10.0.0.1/fr", "digest": "{digest}"}, 422),
        ({"url": "http://127.0.0.1:9/fr", "digest": "short"}, 422),
        ({"url": "http://127.0.0.1:9/fr"}, 422),
    ],
)
def test_a_person_gives_one_with_a_token(office: Office, sent: Sent, said: dict[str, str], code: int) -> None:
    body = {name: value.format(digest=sent.digest) for name, value in said.items()}

    assert code == office.call("publisher", "POST", f"/deliveries/{sent.delivery}/receipt", json=body).status_code


def test_who_manages_no_endpoints_gives_none(office: Office, sent: Sent) -> None:
    body = {"url": "http://127.0.0.1:9/fr", "digest": sent.digest}

    answers = [
        office.call("author", "POST", f"/deliveries/{delivery_id}/receipt", json=body).status_code
        for delivery_id in (sent.delivery, "del_other")
    ]

    assert [403, 403] == answers
