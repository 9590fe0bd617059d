from __future__ import annotations

import threading
import time
from collections.abc import Sequence

import pytest

from service.domain.endpoints import Address
from service.domain.signing import new_secret, signed_headers
from tests.servers.receiver import Behaviour, Receiver
from tests.workers.outbound import BODY, LATE_SECONDS, LOOPBACK, failure, names
from workers.http import FailureReason, OutboundClient

SECRET = new_secret(bytes(32))
Reply = int | Behaviour


def test_a_delivery_arrives_with_its_bytes_and_a_signature_that_fits() -> None:
    headers = signed_headers([SECRET], "msg_1", int(time.time()), BODY)

    with Receiver(SECRET) as receiver:
        answer = OutboundClient(LOOPBACK).post(receiver.url, headers, BODY)

    assert (200, None, '{"received":true}') == (answer.status, answer.retry_after, answer.excerpt)
    assert [(BODY, True, "/hooks")] == [(got.body, got.verified, got.path) for got in receiver.received]


def test_a_request_carries_what_it_was_given_and_little_else() -> None:
    with Receiver() as receiver:
        OutboundClient(LOOPBACK).post(receiver.url, {"webhook-id": "msg_1"}, BODY)

    expected = {
        "host": f"127.0.0.1:{receiver.port}",
        "user-agent": "Perstolk",
        "content-length": "15",
        "connection": "close",
        "webhook-id": "msg_1",
    }
    assert expected == receiver.received[0].headers


@pytest.mark.parametrize("status", [201, 204, 404, 410, 500, 503])
def test_every_status_is_an_answer(status: int) -> None:
    with Receiver(behave=[status]) as receiver:
        answer = OutboundClient(LOOPBACK).post(receiver.url, {}, BODY)

    assert status == answer.status


def test_what_the_receiver_asks_for_is_handed_on() -> None:
    with Receiver(behave=[Behaviour.LIMITED], retry_after="77") as receiver:
        answer = OutboundClient(LOOPBACK).post(receiver.url, {}, BODY)

    assert (429, "77") == (answer.status, answer.retry_after)


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    with Receiver() as inside, Receiver(behave=[Behaviour.REDIRECT], redirect_to=inside.url) as receiver:
        client = OutboundClient(LOOPBACK)
        statuses = [client.post(receiver.url, {}, BODY).status for _ in range(2)]

    assert ([307, 307], []) == (statuses, inside.received)
    assert "cookie" not in receiver.received[1].headers


def test_a_proxy_in_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with Receiver() as proxy, Receiver() as receiver:
        for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        OutboundClient(LOOPBACK).post(receiver.url, {}, BODY)

    assert (0, 1) == (len(proxy.received), len(receiver.received))


@pytest.mark.parametrize("behaviour", [Behaviour.HANG, Behaviour.DRIP])
def test_a_slow_answer_ends_at_the_deadline(behaviour: Behaviour) -> None:
    began = time.monotonic()

    with Receiver(behave=[behaviour], drip_seconds=0.02) as receiver:
        failed = failure(OutboundClient(LOOPBACK), receiver.url, seconds=0.4)

        seconds = time.monotonic() - began
    assert FailureReason.TIMEOUT is failed.reason
    assert 0.4 <= seconds < LATE_SECONDS


def test_a_slow_body_costs_the_excerpt_and_not_the_status() -> None:
    began = time.monotonic()

    with Receiver(behave=[Behaviour.DRIP_BODY], drip_seconds=0.02) as receiver:
        answer = OutboundClient(LOOPBACK).post(receiver.url, {}, BODY, deadline_seconds=0.4)

        seconds = time.monotonic() - began
    assert (200, {"a"}) == (answer.status, set(answer.excerpt))
    assert seconds < LATE_SECONDS


def test_of_an_endless_body_two_kilobytes_are_kept() -> None:
    with Receiver(behave=[Behaviour.ENDLESS]) as receiver:
        answer = OutboundClient(LOOPBACK).post(receiver.url, {}, BODY)

    assert (200, "a" * 2048) == (answer.status, answer.excerpt)


@pytest.mark.parametrize(
    "behaviour, reason",
    [
        (Behaviour.FLOOD, FailureReason.PROTOCOL),
        (Behaviour.CONTINUE, FailureReason.PROTOCOL),
        (Behaviour.GARBAGE, FailureReason.PROTOCOL),
        (Behaviour.DROP, FailureReason.CONNECTION),
    ],
)
def test_what_is_no_answer_has_a_reason(behaviour: Behaviour, reason: FailureReason) -> None:
    with Receiver(behave=[behaviour]) as receiver:
        failed = failure(OutboundClient(LOOPBACK), receiver.url)

    assert reason is failed.reason


def test_a_port_where_nobody_listens_has_a_reason() -> None:
    with Receiver() as receiver:
        url = receiver.url

    failed = failure(OutboundClient(LOOPBACK), url)

    assert (FailureReason.CONNECTION, "Connection refused") == (failed.reason, failed.detail)


def test_the_next_address_is_tried_when_one_does_not_listen() -> None:
    with Receiver(host="127.0.0.2") as receiver:
        client = OutboundClient(LOOPBACK, resolver=names("127.0.0.1", "127.0.0.2"))
        answer = client.post(f"http://hooks.example:{receiver.port}/", {}, BODY)

    assert 200 == answer.status


def test_a_name_server_that_does_not_answer_ends_at_the_deadline() -> None:
    asked = threading.Event()

    def silent(_host: str, _port: int) -> Sequence[Address]:
        asked.wait(5)
        return []

    began = time.monotonic()

    failed = failure(OutboundClient(LOOPBACK, resolver=silent), "https://hooks.example/", seconds=0.2)

    seconds = time.monotonic() - began
    asked.set()
    assert FailureReason.TIMEOUT is failed.reason
    assert seconds < LATE_SECONDS


def test_unprintable_characters_do_not_reach_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.servers.receiver.HELLO", b"a\x00b\xff\x1b[31m\n\xc3\xa9")

    with Receiver() as receiver:
        answer = OutboundClient(LOOPBACK).post(receiver.url, {}, BODY)

    assert "a�b��[31m\né" == answer.excerpt
