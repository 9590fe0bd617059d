from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from service.domain.events import (
    INTERNAL_EVENTS,
    PUBLIC_EVENTS,
    EventType,
    ReleaseFacts,
    VersionFacts,
    endpoint_data,
    event_body,
    is_heard,
    release_data,
)

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
RELEASE = ReleaseFacts(id="rel_1", slug="nieuwe-brug", revision=2, title="Nieuwe brug")
FRENCH = VersionFacts("fr", "Nouveau pont – à Gand", "https://example.org/fr/pont", "sha256:ab", AT)
ALL = [event.value for event in EventType]


def test_the_events_are_those_that_are_promised() -> None:
    promised = """release.submitted release.revised version.drafted version.approved version.reopened
    release.published version.published release.corrected release.withdrawn endpoint.disabled ping"""

    assert promised.split() == ALL


def test_a_body_is_compact_json_in_utf_8() -> None:
    body = event_body(EventType.RELEASE_PUBLISHED, AT, release_data(RELEASE, [FRENCH], sequence=7))

    expected = (
        '{"type":"release.published","timestamp":"2026-03-01T09:00:00.000Z","data":{"release":{"id":"rel_1",'
        '"slug":"nieuwe-brug","revision":2,"title":"Nieuwe brug"},"versions":[{"locale":"fr",'
        '"title":"Nouveau pont – à Gand","url":"https://example.org/fr/pont","digest":"sha256:ab",'
        '"approved_at":"2026-03-01T09:00:00.000Z"}],"sequence":7}}'
    )
    assert expected.encode() == body


def test_the_same_event_has_the_same_bytes() -> None:
    bodies = {event_body(EventType.PING, AT, endpoint_data("ep_1", "https://example.org/")) for _ in range(2)}

    assert 1 == len(bodies)


def test_a_reason_stands_only_where_there_is_one() -> None:
    without, given = (release_data(RELEASE, [], sequence=1, reason=reason) for reason in (None, "wrong figure"))

    assert ("reason" not in without, "wrong figure") == (True, given["reason"])


def test_what_a_version_does_not_have_yet_is_null() -> None:
    body = event_body(EventType.VERSION_DRAFTED, AT, release_data(RELEASE, [VersionFacts("de", "Brücke")], sequence=1))

    expected = [{"locale": "de", "title": "Brücke", "url": None, "digest": None, "approved_at": None}]
    assert expected == json.loads(body)["data"]["versions"]


def test_a_number_that_json_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        event_body(EventType.PING, AT, {"share": float("nan")})


@pytest.mark.parametrize("event", EventType)
def test_every_event_is_either_public_or_internal(event: EventType) -> None:
    assert (event in PUBLIC_EVENTS) != (event in INTERNAL_EVENTS)


@pytest.mark.parametrize("event", sorted(set(EventType) - {EventType.PING}))
def test_a_public_endpoint_hears_nothing_of_a_release_before_its_publication(event: EventType) -> None:
    assert not is_heard(event, chosen=ALL, public_endpoint=True, release_published=False)


@pytest.mark.parametrize("event", EventType)
def test_a_public_endpoint_hears_public_events_afterwards(event: EventType) -> None:
    heard = is_heard(event, chosen=ALL, public_endpoint=True, release_published=True)

    assert (event in PUBLIC_EVENTS) == heard


@pytest.mark.parametrize("event", EventType)
def test_an_endpoint_of_the_office_hears_what_it_chose_at_any_time(event: EventType) -> None:
    heard = [
        is_heard(event, chosen=chosen, public_endpoint=False, release_published=False)
        for chosen in (ALL, [event.value], [])
    ]

    assert [True, True, event is EventType.PING] == heard
