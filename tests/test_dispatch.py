from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing

import pytest

from service.dispatch import (
    REST_SECONDS,
    CeleryDispatcher,
    NullDispatcher,
    RecordingDispatcher,
    broker_url,
    queue_of,
)

BOUND_SECONDS = 1.5  # of some hundredths; with the library's own waits it would be six


@pytest.fixture
def nobody() -> str:
    """Return the address of a port where nobody listens."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return f"redis://127.0.0.1:{server.getsockname()[1]}/0"


class Silent:
    """A server that accepts every connection and never says a word."""

    def __init__(self) -> None:
        self.accepted: list[socket.socket] = []
        self._server = socket.create_server(("127.0.0.1", 0))
        self.url = f"redis://127.0.0.1:{self._server.getsockname()[1]}/0"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def _accept(self) -> None:
        while True:
            try:
                self.accepted.append(self._server.accept()[0])
            except OSError:
                return

    def close(self) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join()
        for connection in self.accepted:
            connection.close()


@pytest.fixture
def silent() -> Iterator[Silent]:
    with closing(Silent()) as server:
        yield server


def seconds_to_nudge(dispatcher: CeleryDispatcher) -> float:
    began = time.monotonic()
    dispatcher.nudge()
    return time.monotonic() - began


def test_a_broker_that_is_down_costs_the_caller_next_to_nothing(nobody: str) -> None:
    CeleryDispatcher(nobody).nudge()  # what Celery loads the first time is not the broker's doing

    seconds = seconds_to_nudge(CeleryDispatcher(nobody))

    assert seconds < BOUND_SECONDS


def test_a_broker_that_never_answers_costs_the_caller_next_to_nothing(nobody: str, silent: Silent) -> None:
    CeleryDispatcher(nobody).nudge()

    seconds = seconds_to_nudge(CeleryDispatcher(silent.url))

    assert seconds < BOUND_SECONDS
    assert silent.accepted


def test_after_a_failure_it_rests_and_then_tries_again(silent: Silent) -> None:
    now = [1000.0]
    dispatcher = CeleryDispatcher(silent.url, clock=lambda: now[0])

    dispatcher.nudge()
    tries_at_first = len(silent.accepted)
    dispatcher.nudge()
    tries_while_resting = len(silent.accepted)
    now[0] += REST_SECONDS
    dispatcher.nudge()

    assert tries_at_first == tries_while_resting
    assert len(silent.accepted) > tries_while_resting


def test_ids_that_cannot_be_sent_do_not_raise(nobody: str) -> None:
    dispatcher = CeleryDispatcher(nobody)

    dispatcher.send("workers.draft_version", object())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "task_name, expected",
    [
        ("workers.relay_outbox", "clock"),
        ("workers.tick", "clock"),
        ("workers.publish_due", "clock"),
        ("workers.draft_version", "drafting"),
        ("workers.deliver_one", "delivery"),
    ],
)
def test_a_task_has_its_queue_in_its_name(task_name: str, expected: str) -> None:
    assert expected == queue_of(task_name)


def test_a_unix_socket_is_written_the_way_celery_reads_it() -> None:
    assert "redis+socket:///run/redis.sock" == broker_url("unix:///run/redis.sock")
    assert "redis://127.0.0.1:6379/0" == broker_url("redis://127.0.0.1:6379/0")


def test_the_recording_dispatcher_keeps_what_was_sent_in_order() -> None:
    dispatcher = RecordingDispatcher()

    dispatcher.nudge()
    dispatcher.send("workers.draft_version", "v1")

    assert [("workers.relay_outbox",), ("workers.draft_version", "v1")] == dispatcher.sent


def test_the_null_dispatcher_tells_nobody() -> None:
    dispatcher = NullDispatcher()

    assert [None, None] == [dispatcher.nudge(), dispatcher.send("workers.tick")]
