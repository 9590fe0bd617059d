"""What an office of the browser tests knows of its engines: how they stand, and what reviewers changed of their drafts.

The measured units belong to no text of the office: they stand under a source revision that nobody reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import func, select

from service.domain.drafts import DraftedUnit, DraftResult, EngineOutcome, Origin, OriginKind, OutcomeKind
from service.operations.context import Work
from service.operations.engines import SeenEngine, count_draft, record_engines
from service.storage.models import BlockRow, DraftMeasure, SegmentRow, SourceRevision, Unit, Version
from tests.browser.office import BrowserOffice

CAPABILITIES = {"keyless": True, "batch": "list", "markup": "tokens", "glossary": False, "context": False}
# The engine, the pair's target, how many units were measured, and the values of TER that take turns.
MEASURES: Sequence[tuple[str, str, int, Sequence[float]]] = (
    ("libretranslate", "fr", 264, (0.0, 12.5, 25.0, 9.1)),
    ("ctranslate2", "fr", 231, (0.0, 7.7, 14.3)),
    ("deepl", "fr", 37, (0.0, 4.2)),
    ("libretranslate", "de", 212, (0.0, 16.7, 30.8)),
    ("", "fr", 205, (0.0, 0.0, 0.0, 6.3)),
)
FAILURES = (("libretranslate", "fr", "timeout", 2), ("google", "fr", "rate_limited", 7), ("google", "de", "timeout", 1))


def fill_engines(office: BrowserOffice) -> None:
    """Let the workers have looked at four engines, and let reviewers have approved a good many of their drafts."""
    with office.desk.begin() as work:
        record_engines(
            work,
            [
                _seen("libretranslate", answered_ms=640),
                _seen("ctranslate2", answered_ms=1_870),
                _seen("deepl", runs_in_office=False, gate="off", gate_reason="bad_key"),
                _seen("google", runs_in_office=False, gate="resting", gate_reason="rate_limited", gate_seconds=1_800.0),
            ],
        )
    with office.desk.begin() as work:
        for engine, locale, count, ters in MEASURES:
            _measured(work, office.facts["withdrawn"], engine, locale, [ters[n % len(ters)] for n in range(count)])
        for engine, locale, reason, count in FAILURES:
            failed = EngineOutcome(engine, OutcomeKind.FAILED, reason=reason)
            count_draft(work, DraftResult((), (), (failed,) * count), source_locale="nl", target_locale=locale)


def _seen(name: str, **facts: object) -> SeenEngine:
    known = {"runs_in_office": True, "capabilities": CAPABILITIES, "gate": "open", **facts}
    return SeenEngine(name, **known)  # type: ignore[arg-type]


def _measured(work: Work, release_id: str, engine: str, locale: str, ters: Sequence[float]) -> None:
    version = work.session.scalars(
        select(Version).where(Version.release_id == release_id, Version.locale == locale)
    ).one()
    shown = work.session.get_one(SourceRevision, version.revision_id)
    revision = SourceRevision(
        release_id=release_id,
        number=1_000 + (work.session.scalar(select(func.count(SourceRevision.id))) or 0),
        title=shown.title,
        body=shown.body,
        format=shown.format,
        digest=shown.digest,
        created_at=work.now,
    )
    work.session.add(revision)
    work.session.flush()
    block = BlockRow(revision_id=revision.id, n=0, kind="paragraph", text="")
    work.session.add(block)
    work.session.flush()
    origin = Origin(OriginKind.MT, engine=engine) if engine else Origin(OriginKind.MEMORY, score=100)
    drafts: list[DraftedUnit] = []
    for n, ter in enumerate(ters):
        segment = SegmentRow(
            revision_id=revision.id, block_id=block.id, n=n, source="", codes=[], gap="", source_hash="0" * 64
        )
        work.session.add(segment)
        work.session.flush()
        unit = Unit(version_id=version.id, segment_id=segment.id)
        work.session.add(unit)
        work.session.flush()
        work.session.add(
            DraftMeasure(
                unit_id=unit.id,
                origin=origin.kind.value,
                engine=engine,
                source_locale="nl",
                target_locale=locale,
                unchanged=ter == 0,
                chrf=100 - ter / 2,
                ter=ter,
                approved_at=work.now - timedelta(days=n % 90),
            )
        )
        drafts.append(DraftedUnit(unit.id, "", origin))
    count_draft(work, DraftResult(tuple(drafts), (), ()), source_locale="nl", target_locale=locale)
