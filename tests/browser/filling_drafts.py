"""Releases handed in from the samples, and drafts of them as an engine would make that makes no mistakes."""

from __future__ import annotations

from service.domain.drafts import DraftedUnit, DraftResult, EngineOutcome, Origin, OriginKind, OutcomeKind
from service.domain.permissions import Actor
from service.formats import read
from service.operations.drafting import DraftWork, finish_draft, save_draft, start_draft
from service.operations.releases import Submission, submit_release
from service.uow import Desk
from tests.browser.samples import Sentence, target_of, written
from tests.operations.making import job_of

LOCALES = ("fr", "de", "en")


def hand_in(desk: Desk, author: Actor, sample: tuple[tuple[Sentence, ...], ...], **rest: object) -> str:
    """Submit a sample and return the release's id."""
    body = written(sample)
    with desk.begin(author) as work:
        submission = Submission(document=read(body, "markdown"), body=body, format="markdown", **rest)  # type: ignore[arg-type]
        release, _ = submit_release(work, submission)
        return release.id


def drafted_well(drafting: DraftWork) -> tuple[DraftedUnit, ...]:
    return tuple(
        DraftedUnit(
            segment.unit_id,
            target_of(segment.source.text, drafting.target_locale),
            Origin(OriginKind.MT, engine="libretranslate"),
        )
        for segment in drafting.segments
    )


def draft_well(desk: Desk, release_id: str, *locales: str) -> None:
    """Draft versions as an engine would that makes no mistakes."""
    for locale in locales or LOCALES:
        job_id = job_of(desk, release_id, locale)
        with desk.begin() as work:
            drafting = start_draft(work, job_id)
        assert drafting is not None
        units = drafted_well(drafting)
        with desk.begin() as work:
            assert save_draft(work, job_id, drafting.token, units)
        outcome = EngineOutcome("libretranslate", OutcomeKind.ANSWERED, filled=len(units))
        with desk.begin() as work:
            assert finish_draft(work, job_id, drafting.token, DraftResult(units, (), (outcome,)))
