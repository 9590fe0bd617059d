from __future__ import annotations

import gc
import json
import socket
import struct
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from tests.servers.base import Behaviour
from tests.servers.google import GoogleServer
from tests.workers.engines.patience import SHORT, patience_for
from workers.engines.base import REST_SECONDS, Deadline, EngineBadAnswer, EngineRefused, EngineUnavailable
from workers.engines.clearance import cleared
from workers.engines.client import EngineClient

SECRET = "geheimwoord"
LATE_SECONDS = 3.0  # a machine may be busy; without the wall clock it would be as long as the server likes
ROUNDS = 200


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    with GoogleServer() as running:
        yield running


@pytest.fixture
def client() -> EngineClient:
    return EngineClient(in_office=True)


def ask(client: EngineClient, server: GoogleServer, *, seconds: float = 5.0) -> str:
    asked = {"sl": "nl", "tl": "fr", "q": SECRET}
    return client.request("GET", f"{server.url}/m", params=asked, deadline=Deadline(seconds)).text


def test_an_answer_is_read_whole(client: EngineClient, server: GoogleServer) -> None:
    assert "result-container" in ask(client, server)


@pytest.mark.parametrize(
    "behaviour, reason",
    [
        (Behaviour.HANG, "timeout"),
        (Behaviour.SLOW, "timeout"),
        (Behaviour.SLOW_HEAD, "timeout"),
        (Behaviour.REFUSE, "refused_connection"),
        (Behaviour.DROP, "broken_connection"),
        (Behaviour.HTTP_500, "http_500"),
        (Behaviour.RATE_LIMITED, "rate_limited"),
    ],
)
def test_an_engine_that_may_answer_later_is_unavailable(
    server: GoogleServer, behaviour: Behaviour, reason: str
) -> None:
    server.behave(behaviour)

    with pytest.raises(EngineUnavailable) as raised:
        ask(EngineClient(in_office=True, patience=patience_for(behaviour)), server)

    assert reason == raised.value.reason
    assert SECRET not in str(raised.value)


@pytest.mark.parametrize("behaviour", [Behaviour.HANG, Behaviour.SLOW, Behaviour.SLOW_HEAD])
def test_a_request_ends_by_the_wall_clock_however_its_bytes_drip(server: GoogleServer, behaviour: Behaviour) -> None:
    server.behave(behaviour)
    client = EngineClient(in_office=True, patience=SHORT)

    began = time.monotonic()
    with pytest.raises(EngineUnavailable):
        ask(client, server)
    seconds = time.monotonic() - began

    assert 0.2 < seconds < LATE_SECONDS


def test_the_deadline_cuts_a_request_short(server: GoogleServer) -> None:
    server.behave(Behaviour.SLOW)

    began = time.monotonic()
    with pytest.raises(EngineUnavailable) as raised:
        ask(EngineClient(in_office=True), server, seconds=0.3)
    seconds = time.monotonic() - began

    assert "timeout" == raised.value.reason
    assert seconds < LATE_SECONDS


def test_nothing_is_sent_when_no_time_is_left(client: EngineClient, server: GoogleServer) -> None:
    with pytest.raises(EngineUnavailable, match="timeout"):
        ask(client, server, seconds=0.0)

    assert [] == server.requests


@pytest.mark.parametrize("behaviour, reason", [(Behaviour.ENDLESS, "too_large"), (Behaviour.REDIRECT, "redirected")])
def test_what_is_no_answer_is_never_kept(server: GoogleServer, behaviour: Behaviour, reason: str) -> None:
    server.behave(behaviour)

    with pytest.raises(EngineBadAnswer) as raised:
        ask(EngineClient(in_office=True), server)

    assert reason == raised.value.reason
    assert 1 == len(server.requests)


def test_headers_and_any_json_go_along(client: EngineClient) -> None:
    received = bytearray()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(5)

        def answer() -> None:
            connection, _ = listening.accept()
            with connection:
                connection.settimeout(5)
                while not received.endswith(b"]"):
                    received.extend(connection.recv(65_536))
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

        answering = threading.Thread(target=answer)
        answering.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        client.request(
            "POST", address, json=[{"Text": "woord"}], headers={"Authorization": "Key 1"}, deadline=Deadline(5)
        )
        answering.join()
    head, _, body = bytes(received).decode().partition("\r\n\r\n")

    assert [{"Text": "woord"}] == json.loads(body)
    assert "Authorization: Key 1" in head.split("\r\n")
    assert "User-Agent: Perstolk/0.1" in head.split("\r\n")


def _in(seconds: int) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    "retry_after, least, most",
    [
        (None, REST_SECONDS, REST_SECONDS),
        ("7", 7, 7),
        (" 30 ", 30, 30),
        ("0", 1, 1),
        ("99999999", 86_400, 86_400),
        ("9" * 400, 86_400, 86_400),
        ("soon", REST_SECONDS, REST_SECONDS),
        ("-5", REST_SECONDS, REST_SECONDS),
        ("0" * 20 + "7", 7, 7),
        ("Wed, 21 Oct 2015 07:28:00 +99999999999999999", REST_SECONDS, REST_SECONDS),
        ("," * 5_000, REST_SECONDS, REST_SECONDS),
    ],
)
def test_a_rate_limit_tells_how_long_to_rest(
    client: EngineClient, server: GoogleServer, retry_after: str | None, least: float, most: float
) -> None:
    server.behave(Behaviour.RATE_LIMITED, retry_after=retry_after)

    with pytest.raises(EngineUnavailable) as raised:
        ask(client, server)

    assert raised.value.rest_seconds is not None
    assert least <= raised.value.rest_seconds <= most


@pytest.mark.parametrize("seconds, least, most", [(120, 60, 120), (-120, 1, 1)])
def test_a_rate_limit_may_name_the_moment(
    client: EngineClient, server: GoogleServer, seconds: int, least: float, most: float
) -> None:
    server.behave(Behaviour.RATE_LIMITED, retry_after=_in(seconds))

    with pytest.raises(EngineUnavailable) as raised:
        ask(client, server)

    assert raised.value.rest_seconds is not None
    assert least <= raised.value.rest_seconds <= most


def test_the_proxies_of_the_environment_are_left_alone(
    client: EngineClient, server: GoogleServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert "result-container" in ask(client, server)


def test_an_outside_engine_gets_nothing_that_is_not_cleared(server: GoogleServer) -> None:
    outside = EngineClient(in_office=False)

    with pytest.raises(EngineRefused, match="confidential"):
        ask(outside, server)

    assert [] == server.requests


def test_an_outside_engine_gets_what_is_cleared(server: GoogleServer) -> None:
    outside = EngineClient(in_office=False)

    with cleared(outside=True):
        answer = ask(outside, server)

    assert "result-container" in answer


def test_a_host_that_moved_out_of_the_office_gets_not_one_byte() -> None:
    moved = EngineClient(in_office=True, is_office_peer=lambda _: False)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(5)
        port = listening.getsockname()[1]
        with pytest.raises(EngineRefused, match="confidential"):
            moved.request("GET", f"http://127.0.0.1:{port}/?q={SECRET}", deadline=Deadline(5))
        connection, _ = listening.accept()
        with connection:
            connection.settimeout(5)
            received = connection.recv(100)

    assert b"" == received


def test_a_host_that_moved_may_still_get_what_is_cleared(server: GoogleServer) -> None:
    moved = EngineClient(in_office=True, is_office_peer=lambda _: False)

    with cleared(outside=True):
        answer = ask(moved, server)

    assert "result-container" in answer


def test_a_host_that_hangs_up_at_once_is_unavailable_and_leaves_no_socket_open(client: EngineClient) -> None:
    reset = struct.pack("ii", 1, 0)  # closing sends a reset instead of an end
    found: Counter[str] = Counter()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
        port = listening.getsockname()[1]

        def hang_up() -> None:
            for _ in range(ROUNDS):
                connection, _ = listening.accept()
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
                connection.close()

        hanging_up = threading.Thread(target=hang_up)
        hanging_up.start()
        for _ in range(ROUNDS):
            with pytest.raises(EngineUnavailable) as raised:
                client.request("GET", f"http://127.0.0.1:{port}/", deadline=Deadline(5))
            found[raised.value.reason] += 1
        hanging_up.join()
    gc.collect()

    assert ROUNDS == found["broken_connection"] + found["refused_connection"]
