from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address, ip_network

import pytest

from service.domain.endpoints import Address, may_call
from tests.servers.receiver import Receiver
from tests.workers.outbound import BODY, LOOPBACK, failure, names
from workers.http import FailureReason, OutboundClient, OutboundFailed, OutboundRefused, resolve


def refusal(client: OutboundClient, url: str) -> str:
    with pytest.raises(OutboundRefused) as refused:
        client.post(url, {}, BODY)
    return refused.value.reason


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
