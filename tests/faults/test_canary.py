"""The canary: the words of a release under embargo are nowhere but with those who may know of it.

The pages and the interface are crawled in tests/web/test_public_embargo.py; this is what a whole desk leaves behind:
its logs, its broker and all that goes over it, its rows about work, what it sends to publishers. Its mails are looked
at in test_canary_mails.py.
"""

from __future__ import annotations

import re
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import inspect, text

from service.storage.session import Database
from tests.faults.canaries import CANARIES, listening, told
from tests.faults.noting import Noted
from tests.journeys.steps import RELEASE, DeskProcesses, fresh, is_whole
from tests.servers.libretranslate import LibreTranslateServer
from tests.servers.receiver import Receiver
from tests.watching import wait_for

# Where the text itself is kept, for those who may read it.
TEXTS = {
    *("release", "source_revision", "block", "segment", "unit", "unit_revision", "publication", "finding"),
    *("memory_source", "memory_unit", "memory_posting", "memory_change", "memory_ranking", "engine_answer"),
    *("alternative", "comment", "waiting_file", "event", "term_count"),
}
AN_ID = re.compile(r"[a-z]{3}_[0-9a-hjkmnp-tv-z]+")
PLACES = (
    "/",
    "/{l}/",
    "/{l}/feed.atom",
    "/sitemap.xml",
    "/{l}/{s}",
    "/{l}/{s}.json",
    "/metrics",
    "/readyz",
    "/healthz",
)


def are_ids(given: tuple[list[Any], dict[str, Any]]) -> bool:
    """Were only ids handed over, none of them by name?"""
    return not given[1] and all(isinstance(each, str) and AN_ID.fullmatch(each) for each in given[0])


def rows_that_tell(database: Database) -> list[str]:
    """Return the tables, apart from those of texts, in which a canary stands."""
    with database.reading() as session:
        tables = set(inspect(session.connection()).get_table_names()) - TEXTS
        return [
            table
            for table in sorted(tables)
            if told(repr(session.execute(text(f'SELECT * FROM "{table}"')).all()))  # noqa: S608 - names of tables
        ]


@pytest.mark.fault(
    22, "a canary under embargo in logs, broker, messages, rows, webhooks, pages", "nowhere before its hour"
)
def test_a_canary_is_nowhere(office: DeskProcesses, engine: LibreTranslateServer, noted: Noted) -> None:
    author, first = office.program("author@office.example"), office.program("first@office.example")
    publisher = office.program("publisher@office.example")
    title, address, body, edit = CANARIES
    hour = datetime.now(UTC) + timedelta(hours=2)
    beneath = fresh(RELEASE.read_text(encoding="utf-8")) + f"\n\nDe {body} is terug.\n"
    with Receiver() as receiver, listening(office) as broker_heard:
        heard = ["release.published", "version.published"]
        made = publisher.call("POST", "/endpoints", json={"url": receiver.url, "events": heard}, expected=201)
        release = author.call(
            "POST",
            "/releases",
            expected=201,
            json={
                "title": f"De {title} is terug",
                "body": beneath,
                "format": "text",
                "slug": f"de-{address}",
                "embargo_at": hour.isoformat(),
            },
        )
        noted.accepted[release["id"]] = None
        author.wait_for_versions(release["id"], is_whole)
        unit = first.units(release["id"], "fr")[-1]
        first.write(release["id"], "fr", unit, target=f"{unit['target']} {edit}")
        refused = first._client.post(f"/releases/{release['id']}/versions/fr/approve", json={"digest": edit})
        publisher._client.post(f"/releases/{release['id']}/publish")
        httpx.post(f"{office.url}/api/v1/releases", json={"title": title}, timeout=30)
        database = Database(office.database_url)
        wait_for(lambda: _at_rest(database))
        with closing(office.redis()) as broker:
            kept = [(key, broker.dump(key)) for key in broker.scan_iter()]
        pages = {
            place: httpx.get(office.url + place.format(l="fr", s=release["slug"]), timeout=30).text for place in PLACES
        }
        telling = rows_that_tell(database)
        database.dispose()
        publisher.call("DELETE", f"/endpoints/{made['id']}", expected=204)

    assert refused.status_code in {409, 422}
    assert [] == told(office.log.read_text())
    assert [] == told(repr(kept))
    assert [] == told("\n".join(broker_heard.commands))
    assert {"workers.relay_outbox", "workers.draft_version"} <= broker_heard.tasks
    assert [] == [given for given in broker_heard.arguments if not are_ids(given)]
    assert [] == telling
    assert [] == receiver.received
    assert {} == {place: told(page) for place, page in pages.items() if told(re.sub(r"<form.*?</form>", "", page))}
    assert pages["/{l}/{s}"] == httpx.get(f"{office.url}/fr/is-er-niet", timeout=30).text


def _at_rest(database: Database) -> bool:
    with database.reading() as session:
        waiting = session.scalar(text("SELECT count(*) FROM outbox WHERE done_at IS NULL"))
    time.sleep(0.1)
    return not waiting
