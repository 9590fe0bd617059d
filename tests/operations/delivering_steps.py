"""What the tests of receivers and deliveries share."""

from __future__ import annotations

from service.domain.events import EventType
from service.operations.endpoints import send_test
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.steps import act, deliveries, relay

EVERY = [event.value for event in EventType]


def pings(desk: Desk, people: People, endpoint_id: str, count: int = 1) -> list[str]:
    """Send test messages and return the ids of their deliveries."""
    for _ in range(count):
        act(desk, people.publisher, send_test, endpoint_id)
    relay(desk)
    return [row.id for row in deliveries(desk, endpoint_id)]
