"""How long the pages of a reviewer's day take, as ratios to an empty page of the same server in the same run.

The desk's own web server answers, in a process of its own, over one connection that is kept open as a browser keeps it.
The empty page is the list of terms of an office that has none, seen by the same person: the whole frame with its
session, its navigation and one short sentence. Pages are asked for in rounds, so that whatever else the machine does
falls on all of them alike, and each round in another order: what a page pushes out of the processor's caches, the next
one pays for. Each ratio is one of two medians, or of two 95th percentiles.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import insert, select, update

from benchmarks.rows import Row
from benchmarks.web import Browser, web_server
from service.config import Settings
from service.storage.base import Base, new_id
from service.storage.models import BlockRow, Release, SegmentRow, SourceRevision, Unit, Version
from service.uow import Desk
from tests.desk_fixtures import PASSWORD, People
from tests.operations.making import draft, submit

ROUNDS = 200
WARM = 3
RELEASES = 10_000
WAITING = 200  # the rest are published: what a desk looks like after years
SENTENCE = "De raad keurde maatregel {} goed op {} mei 2026."


@dataclass(frozen=True, slots=True)
class Spread:
    """The median and the 95th percentile of how long something took, in milliseconds."""

    p50: float
    p95: float


def run(desk: Desk, people: People, settings: Settings) -> list[Row]:
    """Measure the editor, the queue and a save against the empty page."""
    short, long = (_drafted(desk, people, segments) for segments in (31, 500))
    _fill(desk, short)
    with web_server(settings) as port, Browser(port) as browser:
        browser.sign_in("reviewer@office.example", PASSWORD)
        acts: dict[str, Callable[[], object]] = {
            "empty": lambda: browser.get("/terms"),
            "editor page, 31 segments": lambda: browser.get(f"/releases/{short}/fr"),
            "editor page, 500 segments": lambda: browser.get(f"/releases/{long}/fr"),
            f"queue page, {RELEASES} releases, {WAITING} of them open": lambda: browser.get("/"),
            "save of one unit": _saves(browser, f"/releases/{short}/fr", 0, _another_word),
            "save of one unit in which a number is wrong, and another one each time": _saves(
                browser, f"/releases/{short}/fr", 1, _another_number
            ),
        }
        spreads = _measure(acts)
    empty = spreads.pop("empty")
    targets: dict[str, float | None] = dict(zip(spreads, (3, 6, 3, 2, None), strict=True))
    rows = [Row("empty page (the list of terms, without a term), p50", round(empty.p50, 2), "ms")]
    for name, spread in spreads.items():
        rows.append(Row(f"{name}, p50", spread.p50 / empty.p50, "empty pages", targets[name]))
        rows.append(Row(f"{name}, p95", spread.p95 / empty.p95, "empty pages", targets[name]))
    return rows


def _drafted(desk: Desk, people: People, segments: int) -> str:
    body = "\n\n".join(SENTENCE.format(n, n % 28 + 1) for n in range(segments - 1))
    made = submit(
        desk, people.author, text=f"Bericht van {segments} zinnen over maatregelen\n\n{body}", targets=("fr",)
    )
    draft(desk, made)
    return made


def _measure(acts: dict[str, Callable[[], object]]) -> dict[str, Spread]:
    took: dict[str, list[float]] = {name: [] for name in acts}
    names, order = [*acts], Random(1)  # noqa: S311 - an order, no secret
    for turn in range(WARM + ROUNDS):
        order.shuffle(names)
        for name in names:
            begun = time.perf_counter()
            acts[name]()
            if turn >= WARM:
                took[name].append((time.perf_counter() - begun) * 1000)
    return {name: _spread(sorted(times)) for name, times in took.items()}


def _spread(times: Sequence[float]) -> Spread:
    return Spread(times[len(times) // 2], times[int(len(times) * 0.95)])


def _another_word(number: int) -> str:
    """Return a translation in which a word is another one, as most of what a reviewer changes is."""
    return "Communiqué de 31 phrases sur des mesures " + "".join("abcdefghij"[int(digit)] for digit in str(number))


def _another_number(number: int) -> str:
    """Return a text with a number that the source has not: the finding about the one before goes, and one comes."""
    return f"[fr] De raad keurde maatregel {number} goed op 1 mei 2026."


def _saves(browser: Browser, path: str, place: int, text: Callable[[int], str]) -> Callable[[], None]:
    """Return an act that saves another text in one unit, each time at the row version that the last save told."""
    page = browser.get(path)
    token = re.search(r'data-csrf="([^"]+)"', page)
    assert token
    unit = re.findall(r'data-unit="([^"]+)"', page)[place]
    at = [int(re.findall(r'name="row_version" value="(\d+)"', page)[place])]
    numbers = count(1_000)

    def save() -> None:
        form = {"csrf_token": token[1], "target": text(next(numbers)), "row_version": at[0], "act": "save"}
        at[0] = json.loads(browser.post(f"{path}/units/{unit}/save", form, accept="application/json"))["row_version"]

    return save


def _fill(desk: Desk, pattern: str) -> None:
    """Copy a drafted release until there are enough, in three languages; only the first ones stay open."""
    with desk.begin() as work:
        release = _of(work.session, Release, Release.id == pattern)[0]
        revision = _of(work.session, SourceRevision, SourceRevision.release_id == pattern)[0]
        version = _of(work.session, Version, Version.release_id == pattern)[0]
        blocks = _of(work.session, BlockRow, BlockRow.revision_id == revision["id"])
        segments = _of(work.session, SegmentRow, SegmentRow.revision_id == revision["id"])
        units = {each["segment_id"]: each for each in _of(work.session, Unit, Unit.version_id == version["id"])}
        rows: dict[type[Base], list[dict[str, Any]]] = {
            each: [] for each in (Release, SourceRevision, BlockRow, SegmentRow, Version, Unit)
        }
        for n in range(RELEASES):
            is_open = n < WAITING
            ids = {"rel": new_id("rel"), "rev": new_id("rev")}
            state = "in_review" if is_open else "published"
            hour = work.now + timedelta(hours=n + 1) if is_open else work.now - timedelta(hours=n)
            about = {"slug": f"bericht-{n}", "title": f"Bericht {n}", "state": state, "embargo_at": hour}
            rows[Release].append({**release, "id": ids["rel"], **about})
            rows[SourceRevision].append({**revision, "id": ids["rev"], "release_id": ids["rel"]})
            # A published text needs no more than its beginning to be in the way of the queries.
            kept = segments if is_open else segments[:2]
            used = {each["block_id"] for each in kept}
            new_blocks = {each["id"]: new_id("blk") for each in blocks if each["id"] in used}
            rows[BlockRow] += [
                {**each, "id": new_blocks[each["id"]], "revision_id": ids["rev"]}
                for each in blocks
                if each["id"] in used
            ]
            new_segments = {each["id"]: new_id("seg") for each in kept}
            rows[SegmentRow] += [
                {
                    **each,
                    "id": new_segments[each["id"]],
                    "revision_id": ids["rev"],
                    "block_id": new_blocks[each["block_id"]],
                }
                for each in kept
            ]
            for locale in ("fr", "de", "en"):
                made = new_id("ver")
                placed = {"release_id": ids["rel"], "revision_id": ids["rev"], "locale": locale, "state": state}
                rows[Version].append({**version, "id": made, **placed})
                rows[Unit] += [
                    {**units[old], "id": new_id("unt"), "version_id": made, "segment_id": new}
                    for old, new in new_segments.items()
                ]
            if len(rows[Unit]) >= 10_000:  # noqa: PLR2004
                _insert(work.session, rows)
        _insert(work.session, rows)
        work.session.execute(update(Release).where(Release.id == pattern).values(embargo_at=None))


def _of(session: Any, model: Any, condition: Any) -> list[dict[str, Any]]:
    """Return stored rows as what would be inserted, by the names of the columns' attributes."""
    keys = [attribute.key for attribute in model.__mapper__.column_attrs]
    return [{key: getattr(each, key) for key in keys} for each in session.scalars(select(model).where(condition))]


def _insert(session: Any, rows: dict[type[Base], list[dict[str, Any]]]) -> None:
    for model, made in rows.items():
        if made:
            session.execute(insert(model), made)
            made.clear()
