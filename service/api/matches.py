"""A match of the memory as the API gives it."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

from service.api.conditions import moment
from service.domain.matching.matches import Match


def match_out(match: Match, seen: Container[str]) -> dict[str, Any]:
    """Return a match; its release is named where it is one of those that are `seen`."""
    return {
        "id": f"mem_{match.unit_id}",
        "source": match.source.text,
        "target": match.target,
        "score": match.score,
        "kind": match.kind.value,
        "mendings": [{"before": each.before, "after": each.after} for each in match.mendings],
        "penalties": list(match.penalties),
        "warnings": list(match.warnings),
        "collection": match.collection,
        "release": match.release_id if match.release_id in seen else None,
        "approved_at": moment(match.approved_at) if match.approved_at else None,
    }
