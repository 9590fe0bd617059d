"""What is approved fills the next draft: through real workers, on both kinds of desk."""

from __future__ import annotations

from typing import Any

from tests.journeys.steps import LOCALES, DeskProcesses, Program, is_whole
from tests.servers.libretranslate import LibreTranslateServer

DRAFT_SECONDS = 30.0
COST = "De herstelling van de oude veersteiger kostte 2841 euro per meter oever."
BODY = f"""De veersteiger van Belzele is hersteld

{COST} Wie wil, vaart er morgen gratis mee naar de overkant.
"""


def drafted(author: Program, body: str) -> tuple[str, dict[str, dict[str, Any]]]:
    """Hand a text in, wait until it is drafted, and return its id and its units by locale and source."""
    release_id = author.submit(body=body)["id"]
    author.wait_for_versions(release_id, is_whole, seconds=DRAFT_SECONDS)
    units = {locale: {unit["source"]: unit for unit in author.units(release_id, locale)} for locale in LOCALES}
    return release_id, units


def test_what_is_approved_fills_the_next_draft_with_its_number_mended(
    office: DeskProcesses, engine: LibreTranslateServer
) -> None:
    author, reviewer = (office.program(f"{name}@office.example") for name in ("author", "first"))
    release_id, first = drafted(author, BODY)
    reviewer.approve_all(release_id)
    asked = len(engine.translations)

    _, second = drafted(author, BODY.replace("2841", "2953"))

    changed = COST.replace("2841", "2953")
    for locale in LOCALES:
        before, after = first[locale], second[locale]
        mended = after[changed]
        assert {"tm"} == {unit["origin"]["kind"] for unit in after.values()}
        assert before[COST]["target"].replace("2841", "2953") == mended["target"] != before[COST]["target"]
        assert 95 <= mended["origin"]["score"] <= 99
        assert [unit["target"] for source, unit in before.items() if source != COST] == [
            unit["target"] for source, unit in after.items() if source != changed
        ]
    assert asked == len(engine.translations)
