"""What the tests of the editor's helps share."""

from __future__ import annotations

from service.storage.models import Unit

JSON = {"Accept": "application/json"}
COST = 5  # the sixth unit: “De brug kostte 25 miljoen euro.”


def place_of(release_id: str, unit: Unit) -> str:
    return f"/releases/{release_id}/fr/units/{unit.id}/matches"
