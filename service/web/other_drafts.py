"""Other drafts as pages show them: beside the present text, with what differs, and the engines that can be asked."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from service.domain.errors import N_
from service.domain.workflow import VersionState
from service.queries.alternatives import FAILED, THERE, WAITING, alternatives_of, engine_choices, state_of
from service.queries.secrecy import stays_in_office
from service.storage.models import Alternative, Unit
from service.uow import Reading
from service.web.drafting_words import outcome_words
from service.web.formatting import difference_sides, origin_words
from service.web.identity import desk
from service.web.language import gettext, told
from service.web.versions import VersionPage

NEXT_ENGINE = N_("the next engine in the order")
KEPT_IN = N_("%(engine)s (outside the office; this text may not leave it)")


@dataclass(frozen=True, slots=True)
class EngineOption:
    """One line of the choice of engines; `closed` where the text may not be shown to it."""

    name: str
    words: str
    closed: bool = False


@dataclass(frozen=True, slots=True)
class OtherDraft:
    """An alternative beside the unit's present text; both sides have what differs marked."""

    it: Alternative
    state: str
    title: str
    present: Markup
    other: Markup
    same: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherDrafts:
    """What a version's pages know of other drafts: may one ask, whom, and what there is for each unit."""

    askable: bool
    engines: tuple[EngineOption, ...]
    found: dict[str, list[Alternative]]

    @property
    def options(self) -> Markup:
        """The lines of the choice, the same for every unit."""
        return Markup("").join(
            Markup('<option value="{}"{}>{}</option>').format(each.name, Markup(" disabled" * each.closed), each.words)  # noqa: S704 - one of two fixed texts
            for each in self.engines
        )

    def of(self, unit: Unit) -> list[OtherDraft]:
        """Return the drafts to show beside a unit, newest first."""
        return [_shown(each, unit) for each in self.found.get(unit.id, [])]


def load_other_drafts(reading: Reading, page: VersionPage, *, unit_id: str | None = None) -> OtherDrafts:
    """Load the other drafts of a version, or of one of its units; three statements and two more for its secrecy."""
    session = reading.session
    secret = stays_in_office(session, page.release, page.version, reading.now)
    kept_in = secret and not desk().office.external_engines_for_embargoed
    options = [EngineOption("", told(NEXT_ENGINE))]
    for engine in engine_choices(session):
        closed = kept_in and not engine.runs_in_office
        words = told(KEPT_IN, {"engine": engine.name}) if closed else engine.name
        options.append(EngineOption(engine.name, words, closed))
    askable = page.reviews and page.state is VersionState.IN_REVIEW
    found = alternatives_of(session, page.version, unit_id=unit_id) if askable else {}
    return OtherDrafts(askable, tuple(options), found)


def _shown(it: Alternative, unit: Unit) -> OtherDraft:
    state = state_of(it)
    present, other = difference_sides(unit.target, it.target) if state == THERE else (Markup(), Markup())
    reasons = tuple(outcome_words(outcome) for outcome in it.outcomes) if state == FAILED else ()
    return OtherDraft(it, state, _title(it, state), present, other, it.target == unit.target, reasons)


def _title(it: Alternative, state: str) -> str:
    if state == THERE:
        return origin_words(it.origin, engine=it.answered_by, score=it.score, name=None)
    if state == WAITING:
        return str(gettext("Being drafted: %(engine)s", engine=it.engine or told(NEXT_ENGINE)))
    return str(gettext("No draft came: %(engine)s", engine=it.engine or told(NEXT_ENGINE)))


def news(drafts: list[OtherDraft], n: int) -> str:
    """Return what to say aloud of a segment's other drafts: the newest that is not waited for, or that one waits."""
    if any(draft.state == WAITING for draft in drafts):
        return str(gettext("Another draft of segment %(n)s is being made.", n=n))
    if not drafts:
        return str(gettext("Segment %(n)s has no other draft.", n=n))
    if drafts[0].state == FAILED:
        return str(gettext("No other draft of segment %(n)s came.", n=n))
    return str(gettext("Another draft of segment %(n)s is there: %(origin)s", n=n, origin=drafts[0].title))
