"""A preview in words: what the desk would make of a text, who may read it, and what its author may want to mend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Flask
from markupsafe import Markup

from service.domain.embargo import is_confidential
from service.domain.errors import N_
from service.domain.text import Block, BlockKind, CodedText
from service.formats.html import write_html
from service.operations.releases import Submission
from service.queries.engines import engine_states
from service.queries.previews import Preview, preview_of
from service.storage.models import EngineState
from service.uow import Reading
from service.web.drafting_words import warning_words
from service.web.formatting import moment_words
from service.web.identity import actor, desk
from service.web.language import gettext, told

MAY_READ = N_("may read the text")
MAY_NOT_YET = N_("may not read the text until %(moment)s")
MAY_NOT = N_("may not read the text until it is published")
NONE_INSIDE = N_("none")
NOT_TOLD = N_("no worker has told of any yet")


@dataclass(frozen=True, slots=True)
class ShownRemark:
    """A remark in words; `n` is the segment that it is about, 0 for the whole."""

    severity: str
    sentence: str
    n: int = 0


@dataclass(frozen=True, slots=True)
class ShownPreview:
    """What the page of a preview shows; `kept_in` tells that engines outside may not read the text."""

    submission: Submission
    text: Preview
    remarks: tuple[ShownRemark, ...]
    kept_in: bool
    outside: str
    inside: str


def shown_preview(reading: Reading, submission: Submission) -> ShownPreview:
    """Return what a submission would become; nothing is stored."""
    office = desk().office
    locales = submission.targets or office.target_locales
    text = preview_of(reading.session, actor(), submission.document, office=office, locales=locales, now=reading.now)
    states = engine_states(reading.session)
    secret = is_confidential(
        embargo_at=submission.embargo_at, confidential=submission.confidential, published=False, now=reading.now
    )
    kept_in = secret and not office.external_engines_for_embargoed
    own = [state for state in states if state.runs_in_office]
    remarks = (*_of_hours(submission, reading), *_of_engines(states, own, kept_in=kept_in), *_of_text(text))
    return ShownPreview(
        submission,
        text,
        remarks,
        kept_in,
        _outside(submission, [state for state in states if not state.runs_in_office], kept_in=kept_in),
        ", ".join(state.name for state in own) or told(NONE_INSIDE if states else NOT_TOLD),
    )


def _outside(submission: Submission, others: Sequence[EngineState], *, kept_in: bool) -> str:
    if not kept_in:
        said = told(MAY_READ)
    elif submission.confidential or submission.embargo_at is None:
        said = told(MAY_NOT)
    else:
        said = told(MAY_NOT_YET, {"moment": moment_words(submission.embargo_at)})
    names = ", ".join(state.name for state in others)
    return str(gettext("%(said)s (%(names)s)", said=said, names=names)) if names else said


def _of_hours(submission: Submission, reading: Reading) -> Iterator[ShownRemark]:
    embargo, deadline = submission.embargo_at, submission.deadline_at
    if embargo is not None and embargo <= reading.now:
        yield ShownRemark("warning", told(N_("The embargo is over already: it would hold nothing back.")))
    if deadline is not None and deadline <= reading.now:
        yield ShownRemark("warning", told(N_("The hour by which you want the approval is past.")))
    if embargo is not None and deadline is not None and deadline > embargo > reading.now:
        yield ShownRemark("warning", told(N_("You want the approval only after the embargo ends.")))


def _of_engines(states: Sequence[EngineState], own: Sequence[EngineState], *, kept_in: bool) -> Iterator[ShownRemark]:
    if kept_in and states and not own:
        template = N_(
            "No engine runs on machines of the office: beyond what the memory holds, the drafts stay empty"
            " until the text may leave."
        )
        yield ShownRemark("warning", told(template))


def _of_text(text: Preview) -> Iterator[ShownRemark]:
    for warning in text.document.warnings:
        yield ShownRemark("warning", warning_words(warning, expected=desk().office.source_locale))
    for remark in text.remarks:
        yield ShownRemark("info", told(remark.template, remark.facts), remark.n)


def as_shown(content: CodedText) -> Markup:
    """Return a segment as it will look, with its bold, italics and links."""
    return Markup(write_html((Block(BlockKind.PARAGRAPH, content),)))  # noqa: S704 - written and cleaned by formats.html


def register(app: Flask) -> None:
    """Let templates show segments."""
    app.jinja_env.globals.update(as_shown=as_shown)
