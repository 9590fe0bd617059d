"""Short ways to a release in a given state, for tests of what comes after."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from service.domain.drafts import DraftedUnit, DraftResult, EngineOutcome, Origin, OriginKind, OutcomeKind
from service.domain.permissions import Actor
from service.formats import read
from service.operations.approvals import approve_version
from service.operations.drafting import DraftWork, finish_draft, save_draft, start_draft
from service.operations.releases import Submission, submit_release
from service.queries.texts import VersionText, version_text
from service.storage.models import DraftJob, Version
from service.uow import Desk

TEXT = """Persbericht

Nieuwe brug over de Leie opent in mei

De gemeente opent op 14 mei 2026 een nieuwe brug over de Leie. Wandelaars en fietsers kunnen er meteen over.

Veiliger naar school

De brug kostte 25 miljoen euro. Burgemeester An Peeters knipt het lint door.
"""


def submit(desk: Desk, author: Actor, *, text: str = TEXT, embargo_at: datetime | None = None, **rest: object) -> str:
    """Submit a text and return the release's id."""
    with desk.begin(author) as work:
        document = read(text, "text")
        release, _ = submit_release(
            work,
            Submission(document=document, body=text, format="text", embargo_at=embargo_at, **rest),  # type: ignore[arg-type]
        )
        return release.id


def job_of(desk: Desk, release_id: str, locale: str) -> str:
    """Return the id of the drafting job of a version."""
    with desk.read() as reading:
        return reading.session.scalars(
            select(DraftJob.id)
            .join(Version, Version.id == DraftJob.version_id)
            .where(Version.release_id == release_id, Version.locale == locale)
        ).one()


def locales_of(desk: Desk, release_id: str) -> tuple[str, ...]:
    """Return the locales of a release's versions."""
    with desk.read() as reading:
        found = select(Version.locale).where(Version.release_id == release_id).order_by(Version.locale)
        return tuple(reading.session.scalars(found))


def translated(work: DraftWork) -> tuple[DraftedUnit, ...]:
    """Return a plausible draft for each segment: the source behind a mark of the language."""
    return tuple(
        DraftedUnit(
            segment.unit_id,
            f"[{work.target_locale}] {segment.source.text}",
            Origin(OriginKind.MT, engine="libretranslate"),
            raw=segment.source.text,
        )
        for segment in work.segments
    )


def draft(desk: Desk, release_id: str, *locales: str) -> None:
    """Draft versions as a worker would, with an engine that answers everything."""
    for locale in locales or locales_of(desk, release_id):
        job_id = job_of(desk, release_id, locale)
        with desk.begin() as work:
            drafting = start_draft(work, job_id)
        assert drafting is not None
        units = translated(drafting)
        with desk.begin() as work:
            assert save_draft(work, job_id, drafting.token, units)
        outcome = EngineOutcome("libretranslate", OutcomeKind.ANSWERED, filled=len(units))
        with desk.begin() as work:
            assert finish_draft(work, job_id, drafting.token, DraftResult(units, (), (outcome,)))


def text_of(desk: Desk, release_id: str, locale: str) -> VersionText:
    """Return the version's present text."""
    with desk.read() as reading:
        version = reading.session.scalars(
            select(Version).where(Version.release_id == release_id, Version.locale == locale)
        ).one()
        return version_text(reading.session, version)


def approve(desk: Desk, reviewer: Actor, release_id: str, *locales: str) -> None:
    """Approve versions as they stand."""
    for locale in locales or locales_of(desk, release_id):
        digest = text_of(desk, release_id, locale).digest
        with desk.begin(reviewer) as work:
            approve_version(work, release_id, locale, digest=digest)
