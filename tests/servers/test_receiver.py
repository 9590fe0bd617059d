from __future__ import annotations

import json
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from service.domain.signing import new_secret, signed_headers
from tests.servers.receiver import Receiver

ROOT = Path(__file__).parents[2]
SECRET = new_secret(bytes(32))
BODY = b'{"type":"ping"}'


def deliver(url: str, *, secret: str = SECRET, body: bytes = BODY) -> int:
    place = urlsplit(url)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=5)
    connection.request("POST", place.path, body, signed_headers([secret], "msg_1", int(time.time()), BODY))
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def test_a_script_is_followed_and_its_last_line_stays() -> None:
    with Receiver(SECRET, [500, 410, 200]) as receiver:
        statuses = [deliver(receiver.url) for _ in range(4)]

    assert [500, 410, 200, 200] == statuses


@pytest.mark.parametrize("wrong", [{"secret": new_secret(b"x" * 32)}, {"body": BODY + b" "}])
def test_a_signature_that_does_not_fit_is_answered_401(wrong: dict[str, str]) -> None:
    with Receiver(SECRET) as receiver:
        status = deliver(receiver.url, **wrong)  # type: ignore[arg-type]

    assert (401, [False]) == (status, [request.verified for request in receiver.received])


def test_waiting_for_what_does_not_come_fails() -> None:
    with Receiver() as receiver, pytest.raises(AssertionError, match="0 of 1"):
        receiver.wait_for(1, seconds=0.05)


def test_it_runs_on_its_own_and_prints_what_comes() -> None:
    command = [sys.executable, "-m", "tests.servers.receiver", "--secret", SECRET, "--behave", "202"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        url = running.stdout.readline().strip()
        status = deliver(url)
        line = running.stdout.readline()
        running.terminate()
        code = running.wait(5)

    assert (202, 0) == (status, code)
    assert ["msg_1", "signature fits", json.loads(BODY)] == [
        *line.strip().split("  ")[:2],
        json.loads(line.split("  ")[2]),
    ]
