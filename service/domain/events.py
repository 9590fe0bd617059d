"""What receivers are told: the events, who may hear which, and the bytes of their bodies.

A body's bytes are made once and kept; `signing` signs them anew for every attempt, `operations` decides who
gets them.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from service.domain.embargo import format_moment


class EventType(StrEnum):
    """Everything that an endpoint can ask to be told."""

    RELEASE_SUBMITTED = "release.submitted"
    RELEASE_REVISED = "release.revised"
    VERSION_DRAFTED = "version.drafted"
    VERSION_APPROVED = "version.approved"
    VERSION_REOPENED = "version.reopened"
    RELEASE_PUBLISHED = "release.published"
    VERSION_PUBLISHED = "version.published"
    RELEASE_CORRECTED = "release.corrected"
    RELEASE_WITHDRAWN = "release.withdrawn"
    ENDPOINT_DISABLED = "endpoint.disabled"
    PING = "ping"


PUBLIC_EVENTS = frozenset(
    {
        EventType.RELEASE_PUBLISHED,
        EventType.VERSION_PUBLISHED,
        EventType.RELEASE_CORRECTED,
        EventType.RELEASE_WITHDRAWN,
        EventType.PING,
    }
)
"""What an endpoint marked public can hear; `endpoint.disabled` is not, because it names another one."""

INTERNAL_EVENTS = frozenset(EventType) - PUBLIC_EVENTS


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    """What a body says of a release."""

    id: str
    slug: str
    revision: int
    title: str


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What a body says of one version; no `url` until it is public, no digest until it is approved."""

    locale: str
    title: str
    url: str | None = None
    digest: str | None = None
    approved_at: datetime | None = None


def is_heard(event: EventType, *, chosen: Collection[str], public_endpoint: bool, release_published: bool) -> bool:
    """Tell whether an endpoint hears an event.

    It hears what it chose, and a ping always. One marked public hears of a release only from its publication
    on, so the withdrawal of a release that nobody saw stays inside.
    """
    if event is EventType.PING:
        return True
    if event.value not in chosen:
        return False
    return not public_endpoint or (event in PUBLIC_EVENTS and release_published)


def release_data(
    release: ReleaseFacts, versions: Sequence[VersionFacts], *, sequence: int, reason: str | None = None
) -> dict[str, Any]:
    """Return the `data` of an event about a release.

    `sequence` rises with each event of the same release; `reason` is left out where there is none.
    """
    said: dict[str, Any] = {
        "release": {
            "id": release.id,
            "slug": release.slug,
            "revision": release.revision,
            "title": release.title,
        },
        "versions": [_version_data(version) for version in versions],
        "sequence": sequence,
    }
    return said if reason is None else {**said, "reason": reason}


def endpoint_data(endpoint_id: str, url: str, *, reason: str | None = None) -> dict[str, Any]:
    """Return the `data` of `endpoint.disabled` and of `ping`."""
    said: dict[str, Any] = {"endpoint": {"id": endpoint_id, "url": url}}
    return said if reason is None else {**said, "reason": reason}


def event_body(event: EventType, timestamp: datetime, data: Mapping[str, Any]) -> bytes:
    """Return the bytes of a body: compact JSON in UTF-8, in the order type, timestamp, data.

    `timestamp` is when it happened, not when it is sent.
    """
    body = {"type": event.value, "timestamp": format_moment(timestamp), "data": dict(data)}
    return json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _version_data(version: VersionFacts) -> dict[str, Any]:
    """Return one entry of `data.versions`."""
    return {
        "locale": version.locale,
        "title": version.title,
        "url": version.url,
        "digest": version.digest,
        "approved_at": format_moment(version.approved_at) if version.approved_at else None,
    }
