from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from pathlib import Path

import pytest

from tests.servers.certificates import authority, issue
from tests.servers.receiver import Behaviour, Receiver
from tests.workers.outbound import BODY, LATE_SECONDS, LOOPBACK, failure, names
from workers.http import FailureReason, OutboundClient


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
