"""Fetching a publisher's page: the same guard and the same patience as for a delivery."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from ipaddress import ip_address, ip_network

import pytest

from service.domain.endpoints import Address
from tests.servers.receiver import Receiver
from workers import http
from workers.http import FailureReason, OutboundClient, OutboundFailed, OutboundRefused, _decoded

LOOPBACK = (ip_network("127.0.0.0/8"),)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::ffff:127.0.0.1", "64:ff9b::7f00:1"])
def test_a_page_inside_is_not_fetched(address: str) -> None:
    client = OutboundClient(resolver=lambda _host, _port: [ip_address("8.8.8.8"), ip_address(address)])

    with pytest.raises(OutboundRefused, match="url_private"):
        client.get("https://news.example/fr")


def test_a_page_comes_as_text_and_the_request_says_little() -> None:
    with Receiver() as receiver:
        receiver.pages["/fr?a=b"] = "<p>Été</p>"

        pages = [OutboundClient(LOOPBACK).get(receiver.url.replace("/hooks", path)) for path in ("/fr?a=b", "/de")]

    assert [(200, "<p>Été</p>"), (404, "")] == [(page.status, page.text) for page in pages]


def test_of_a_page_only_so_much_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "PAGE_BYTES", 100_000)
    with Receiver() as receiver:
        receiver.pages["/fr"] = "a" * 300_000

        page = OutboundClient(LOOPBACK).get(receiver.url.replace("/hooks", "/fr"))

    assert 90_000 < len(page.text) <= 100_000


def test_a_page_that_does_not_come_ends_at_the_deadline() -> None:
    ended = threading.Event()

    def never(_host: str, _port: int) -> Sequence[Address]:
        ended.wait()
        return []

    with pytest.raises(OutboundFailed) as failed:
        OutboundClient(LOOPBACK, resolver=never).get("https://news.example/fr", deadline_seconds=0.1)
    ended.set()

    assert FailureReason.TIMEOUT is failed.value.reason


@pytest.mark.parametrize(
    "body, content_type, expected",
    [
        ("é".encode(), "text/html", "é"),
        ("é".encode("latin-1"), "text/html; charset=ISO-8859-1", "é"),
        (b'<meta charset="latin-1">' + "é".encode("latin-1"), "", '<meta charset="latin-1">é'),
        ("é".encode(), "text/html; charset=nonsense", "é"),
        (b"\xff", "text/html", "\N{REPLACEMENT CHARACTER}"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_names(body: bytes, content_type: str, expected: str) -> None:
    assert expected == _decoded(body, content_type)
