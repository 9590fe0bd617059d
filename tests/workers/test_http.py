from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest

from service.domain.endpoints import Address, may_call
from service.domain.signing import new_secret, signed_headers
from tests.servers.certificates import authority, issue
from tests.servers.receiver import Behaviour, Receiver
from workers.http import FailureReason, OutboundClient, OutboundFailed, OutboundRefused, resolve

LOOPBACK = (ip_network("127.0.0.0/8"),)
SECRET = new_secret(bytes(32))
BODY = b'{"type":"ping"}'
LATE_SECONDS = 3.0  # a machine may be busy; without the deadline it would be as long as the other side likes
Reply = int | Behaviour


def names(*answers: str) -> Callable[[str, int], Sequence[Address]]:
    """A resolver that gives these addresses for every name."""
    return lambda _host, _port: [ip_address(answer) for answer in answers]


def failure(client: OutboundClient, url: str, seconds: float = 5) -> OutboundFailed:
    with pytest.raises(OutboundFailed) as failed:
        client.post(url, {}, BODY, deadline_seconds=seconds)
    return failed.value


def refusal(client: OutboundClient, url: str) -> str:
    with pytest.raises(OutboundRefused) as refused:
        client.post(url, {}, BODY)
    return refused.value.reason


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


@pytest.mark.parametrize("error", [OSError(-2, "Name or service not known"), None])
def test_a_name_without_an_address_has_a_reason(error: OSError | None) -> None:
    def unknown(_host: str, _port: int) -> Sequence[Address]:
        if error:
            raise error
        return []

    failed = failure(OutboundClient(LOOPBACK, resolver=unknown), "https://hooks.example/")

    assert FailureReason.CONNECTION is failed.reason


@pytest.mark.parametrize(
    "answers",
    [
        ("127.0.0.1",),
        ("10.0.0.1",),
        ("169.254.169.254",),
        ("168.63.129.16",),
        ("100.64.0.1",),
        ("192.0.0.9",),
        ("224.0.0.1",),
        ("::1",),
        ("::127.0.0.1",),
        ("::ffff:127.0.0.1",),
        ("64:ff9b::7f00:1",),
        ("64:ff9b:1::1",),
        ("2002:7f00:1::1",),
        ("fec0::1",),
        ("ff02::1",),
        ("8.8.8.8", "127.0.0.1"),
        ("2606:4700::1111", "::1"),
    ],
)
def test_a_name_that_leads_inside_is_refused(answers: tuple[str, ...]) -> None:
    client = OutboundClient(resolver=names(*answers))

    assert "url_private" == refusal(client, "https://hooks.example/")


@pytest.mark.parametrize("written", ["2130706433", "0x7f.1", "127.1", "0177.0.0.1", "127.0.0.1", "::1"])
def test_however_loopback_is_written_its_address_is_refused(written: str) -> None:
    addresses = resolve(written, 443)

    assert [False] == [may_call(address) for address in addresses]


@pytest.mark.parametrize(
    "url, answers, reason",
    [
        ("http://hooks.example/", ("8.8.8.8",), "url_not_https"),
        ("https://hooks.example:8443/", ("8.8.8.8",), "url_port"),
        ("http://hooks.example/", ("127.0.0.1", "8.8.8.8"), "url_not_https"),
        ("ftp://hooks.example/", ("127.0.0.1",), "bad_url"),
        ("https://a:b@hooks.example/", ("127.0.0.1",), "url_credentials"),
    ],
)
def test_an_allowed_network_opens_http_only_for_itself(url: str, answers: tuple[str, ...], reason: str) -> None:
    assert reason == refusal(OutboundClient(LOOPBACK, resolver=names(*answers)), url)


def test_a_name_that_changes_its_answer_is_asked_only_once() -> None:
    asked: list[str] = []

    def rebinding(host: str, _port: int) -> Sequence[Address]:
        asked.append(host)
        return [ip_address("127.0.0.1" if len(asked) == 1 else "127.0.0.2")]

    with Receiver(host="127.0.0.1") as checked:
        client = OutboundClient((ip_network("127.0.0.1/32"),), resolver=rebinding)
        first = client.post(f"http://hooks.example:{checked.port}/", {}, BODY)
        second = refusal(client, f"http://hooks.example:{checked.port}/")

    assert (200, "url_private") == (first.status, second)
    assert (["hooks.example"] * 2, 1) == (asked, len(checked.received))


@pytest.mark.parametrize("headers", [{"a\r\nb": "c"}, {"a": "b\r\nc: d"}, {"a": "b\nc"}])
def test_a_header_cannot_smuggle_another(headers: dict[str, str]) -> None:
    with Receiver() as receiver, pytest.raises(OutboundFailed) as failed:
        OutboundClient(LOOPBACK).post(receiver.url, headers, BODY)

    assert (FailureReason.PROTOCOL, []) == (failed.value.reason, receiver.received)


def trusting(folder: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(authority(folder)))


def test_the_name_and_not_the_address_is_asked_for_over_tls(tmp_path: Path) -> None:
    server, asked = issue(tmp_path, "hooks.example")
    client = OutboundClient(LOOPBACK, resolver=names("127.0.0.1"), tls=trusting(tmp_path))

    with Receiver(tls=server) as receiver:
        answer = client.post(f"https://hooks.example:{receiver.port}/", {}, BODY)

    assert (200, ["hooks.example"]) == (answer.status, asked)
    assert f"hooks.example:{receiver.port}" == receiver.received[0].headers["host"]


@pytest.mark.parametrize("trusted, name", [(True, "other.example"), (False, "hooks.example")])
def test_a_certificate_for_another_name_or_of_nobody_known_is_refused(
    *, tmp_path: Path, trusted: bool, name: str
) -> None:
    server, _ = issue(tmp_path, name)
    tls = trusting(tmp_path) if trusted else None
    client = OutboundClient(LOOPBACK, resolver=names("127.0.0.1"), tls=tls)

    with Receiver(tls=server) as receiver:
        failed = failure(client, f"https://hooks.example:{receiver.port}/")

    assert (FailureReason.TLS, []) == (failed.reason, receiver.received)


def test_a_server_that_speaks_no_tls_is_refused() -> None:
    client = OutboundClient(LOOPBACK, resolver=names("127.0.0.1"))

    with Receiver(behave=[Behaviour.GARBAGE]) as receiver:
        failed = failure(client, f"https://hooks.example:{receiver.port}/", seconds=3)

    assert FailureReason.TLS is failed.reason


def test_a_handshake_that_nobody_answers_ends_at_the_deadline() -> None:
    client = OutboundClient(LOOPBACK, resolver=names("127.0.0.1"))

    with socket.create_server(("127.0.0.1", 0)) as silent:
        failed = failure(client, f"https://hooks.example:{silent.getsockname()[1]}/", seconds=0.3)

    assert FailureReason.TIMEOUT is failed.reason


def test_a_handshake_that_drips_ends_at_the_deadline() -> None:
    client = OutboundClient(LOOPBACK, resolver=names("127.0.0.1"))
    done = threading.Event()

    def drip(listening: socket.socket) -> None:
        connected, _ = listening.accept()
        with connected, contextlib.suppress(OSError):
            connected.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc")
            while not done.wait(0.02):
                connected.sendall(b"\x03")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        dripping = threading.Thread(target=drip, args=(listening,))
        dripping.start()
        began = time.monotonic()
        failed = failure(client, f"https://hooks.example:{listening.getsockname()[1]}/", seconds=0.4)
        seconds = time.monotonic() - began
        done.set()
        dripping.join()

    assert FailureReason.TIMEOUT is failed.reason
    assert 0.4 <= seconds < LATE_SECONDS


def test_unprintable_characters_do_not_reach_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.servers.receiver.HELLO", b"a\x00b\xff\x1b[31m\n\xc3\xa9")

    with Receiver() as receiver:
        answer = OutboundClient(LOOPBACK).post(receiver.url, {}, BODY)

    assert "a�b��[31m\né" == answer.excerpt
