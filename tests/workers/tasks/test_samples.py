"""The samples of docs/webhooks.md, on what the desk really sends."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from service.operations.endpoints import add_endpoint, rotate_secret, send_test
from service.uow import Desk
from tests.desk_fixtures import People, StillClock
from tests.operations.steps import act, deliveries, relay
from tests.servers.receiver import Received, Receiver
from tests.test_webhook_docs import LANGUAGES, run, skip_without
from tests.workers.tasks.conftest import MakeParts
from workers.tasks.delivery import deliver


@dataclass(frozen=True)
class Sent:
    """Two attempts at one delivery, and the secrets that the later one was signed with, the old one first."""

    first: Received
    third: Received
    secrets: tuple[str, str]


@pytest.fixture
def sent(lite_desk: Desk, lite_people: People, make_parts: MakeParts, clock: StillClock) -> Sent:
    """What the desk really sends: three attempts at one delivery, the secret being changed after the second."""
    make_parts()
    with Receiver(behave=[500, 500, 200]) as receiver:
        made, first = act(lite_desk, lite_people.publisher, add_endpoint, lite_desk.vault, url=receiver.url)
        act(lite_desk, lite_people.publisher, send_test, made.id)
        relay(lite_desk)
        second = first
        for attempt in (1, 2, 3):
            if attempt == 3:
                _, second = act(lite_desk, lite_people.publisher, rotate_secret, lite_desk.vault, made.id)
            deliver(deliveries(lite_desk)[0].id)
            clock.forward(minutes=10)
    assert 3 == len(receiver.received)
    return Sent(receiver.received[0], receiver.received[2], (first, second))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sample_accepts_what_the_desk_sends(sent: Sent, language: str, tmp_path: Path) -> None:
    skip_without(language)
    first, second = sent.secrets

    assert 0 == run(language, tmp_path, headers=sent.first.headers, body=sent.first.body, secret=first)
    assert 1 == run(language, tmp_path, headers=sent.first.headers, body=sent.first.body, secret=second)
    for secret in sent.secrets:
        assert 0 == run(language, tmp_path, headers=sent.third.headers, body=sent.third.body, secret=secret)
