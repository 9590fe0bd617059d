"""The state machine over the operations: authors, reviewers, publishers, workers, clock and crashes, in any order.

Each step is drawn from those that have something to work on, so that few are wasted on refusals. After each, all seven
invariants are asked, or one. `run` lets it take its steps; what counts as enough of them is for the tests to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from service.domain.workflow import Action
from service.operations import approvals, drafting, publishing
from service.operations.releases import revise_source
from service.operations.scheduling import Schedule, reschedule
from tests.faults.invariants import broken
from tests.faults.small_office import LOCALE, STAGES, SmallOffice
from tests.faults.standing import Standing
from tests.operations.steps import submission

One = TypeVar("One")

AT_MOST_RELEASES = 4
_HOURS = st.sampled_from([None, 1, 3])
_STAGES = st.sampled_from(STAGES[: STAGES.index("asked for")])
_MODES = st.sampled_from(["together", "as_approved"])
_ANY = st.integers(0, 3)  # which of those that can be worked on, counted around
_WHO = st.integers(0, 1)
_YES_OR_NO = st.booleans()
_DIES = st.sampled_from([False, False, False, True])
_MEANWHILE = st.sampled_from(["nothing", "confirm", "edit", "edit and confirm"])


def _where(possible: Callable[[Standing], bool]) -> Callable[[Operations], bool]:
    """Return a precondition: there is a release of which this is so."""
    return lambda state: any(possible(each) for each in state.standings)


def _may(action: Action) -> Callable[[Standing], bool]:
    return lambda each: each.may(action)


def _can_be_revised(each: Standing) -> bool:
    return not each.withdrawn


def _can_go_out(each: Standing) -> bool:
    return not each.out and not each.withdrawn


def _is_under_way(each: Standing) -> bool:
    return each.may(Action.EDIT)


def _draft_is_due(each: Standing) -> bool:
    return each.draft_due


def _is_withdrawn(each: Standing) -> bool:
    return each.withdrawn


def _is_asked_for(each: Standing) -> bool:
    return each.asked_for


def _can_be_drafted_anew(each: Standing) -> bool:
    return each.may(Action.REDRAFT) and not each.draft_due


def _can_be_confirmed(each: Standing) -> bool:
    return each.may(Action.EDIT) and each.to_confirm


def _can_be_sent_back(each: Standing) -> bool:
    return each.may(Action.REQUEST_CHANGES) and not each.sent_back


_can_be_edited = _may(Action.EDIT)
_can_be_approved = _may(Action.APPROVE)
_can_be_reopened = _may(Action.REOPEN)
_can_be_published = _may(Action.PUBLISH)
_can_be_withdrawn = _may(Action.WITHDRAW)


class Impossible(Exception):  # noqa: N818 - what it is
    """There is nothing that a step could be taken on; only steps that were drawn elsewhere come to this."""


def _drawn(among: Sequence[One], number: int) -> One:
    if not among:
        raise Impossible
    return among[number % len(among)]


class Operations(RuleBasedStateMachine):
    """What may happen in a small office, one step after another."""

    def __init__(self, office: SmallOffice, only: str | None = None) -> None:
        """Begin with an office in which nothing was handed in; after each step all invariants are asked, or one."""
        super().__init__()
        self.only = only
        self.office = office
        self.office.begin()
        self.people = office.people
        self.standings: list[Standing] = []
        self.asked_at = -1  # the number of commits that the invariants were last asked after

    def pick(self, possible: Callable[[Standing], bool], number: int) -> str:
        """Return the release that was drawn among those of which this is so."""
        return _drawn([each.id for each in self.standings if possible(each)], number)

    @initialize(stage=_STAGES, hours=_HOURS, mode=_MODES)
    def an_office_at_work(self, stage: str, hours: int | None, mode: str) -> None:
        self.office.bring(self.office.hand_in(hours, mode), stage)

    @precondition(lambda state: len(state.standings) < AT_MOST_RELEASES)
    @rule(stage=_STAGES, hours=_HOURS, mode=_MODES)
    def hand_in(self, stage: str, hours: int | None, mode: str) -> None:
        self.office.bring(self.office.hand_in(hours, mode), stage)

    @precondition(_where(_is_under_way))
    @rule(number=_ANY, stage=_STAGES)
    def get_on_with_it(self, number: int, stage: str) -> None:
        self.office.bring(self.pick(_is_under_way, number), stage)

    @precondition(_where(_can_go_out))
    @rule(number=_ANY, stage=st.sampled_from(["asked for", "out", "told"]))
    def see_it_out(self, number: int, stage: str) -> None:
        self.office.bring(self.pick(_can_go_out, number), stage)

    @precondition(_where(_draft_is_due))
    @rule(number=_ANY)
    def claim_a_draft(self, number: int) -> None:
        release_id = self.pick(_draft_is_due, number)
        self.office.claim(next(each.job_id for each in self.standings if each.id == release_id))

    @precondition(lambda state: state.office.leases)
    @rule(number=_ANY, ends=_YES_OR_NO, dies=_DIES)
    def draft(self, number: int, ends: bool, dies: bool) -> None:  # noqa: FBT001 - drawn, not chosen
        self.office.save_and_finish(_drawn(self.office.leases, number), ends=ends, dies=dies)

    @precondition(_where(_can_be_drafted_anew))
    @rule(number=_ANY, at_once=_YES_OR_NO)
    def ask_for_another_draft(self, number: int, at_once: bool) -> None:  # noqa: FBT001 - drawn, not chosen
        """Ask for what a machine may draft anew; a worker may be there for it at once."""
        release_id = self.pick(_can_be_drafted_anew, number)
        self.office.attempt(self.office.reviewers[0], drafting.redraft, release_id, LOCALE)
        if at_once:
            self.office.bring(release_id, "drafted")

    @precondition(_where(_can_be_edited))
    @rule(number=_ANY, who=_WHO, unit=st.integers(0, 1))
    def edit(self, number: int, who: int, unit: int) -> None:
        self.office.edit(self.pick(_can_be_edited, number), who=who, unit=unit)

    @precondition(_where(_can_be_confirmed))
    @rule(number=_ANY, who=_WHO)
    def confirm(self, number: int, who: int) -> None:
        self.office.confirm(self.pick(_can_be_confirmed, number), who=who)

    @precondition(_where(_can_be_approved))
    @rule(number=_ANY, who=_WHO, meanwhile=_MEANWHILE)
    def read_and_approve(self, number: int, who: int, meanwhile: str) -> None:
        """Let a reviewer open a version and approve what was read, while a colleague may work on it."""
        release_id = self.pick(_can_be_approved, number)
        self.office.read(release_id)
        if "edit" in meanwhile:
            self.office.edit(release_id, who=1 - who, unit=0)
        if "confirm" in meanwhile:
            self.office.confirm(release_id, who=1 - who)
        self.office.approve(release_id, who=who)

    @precondition(_where(_can_be_sent_back))
    @rule(number=_ANY, who=_WHO)
    def ask_for_changes(self, number: int, who: int) -> None:
        release_id = self.pick(_can_be_sent_back, number)
        self.office.attempt(self.office.reviewers[who], approvals.request_changes, release_id, LOCALE, "Anders.")

    @precondition(_where(_can_be_reopened))
    @rule(number=_ANY)
    def reopen(self, number: int) -> None:
        release_id = self.pick(_can_be_reopened, number)
        self.office.attempt(self.people.publisher, approvals.reopen_version, release_id, LOCALE, "Nog eens.")

    @precondition(_where(_can_be_revised))
    @rule(number=_ANY)
    def revise(self, number: int) -> None:
        release_id = self.pick(_can_be_revised, number)
        title = self.office.noted.accepted[release_id].partition("\n")[0]
        text = f"{title}\n\nDe brug over de Leie opent later, op dag {self.office.word()}.\n"
        self.office.attempt(self.people.author, revise_source, release_id, submission(text), row_version=None)

    @precondition(_where(_can_be_published))
    @rule(number=_ANY)
    def ask_to_publish(self, number: int) -> None:
        self.office.ask_to_publish(self.pick(_can_be_published, number))

    @precondition(_where(_is_asked_for))
    @rule(number=_ANY)
    def take_the_publication_back(self, number: int) -> None:
        release_id = self.pick(_is_asked_for, number)
        self.office.attempt(self.people.publisher, publishing.cancel_publication, release_id)

    @precondition(_where(_can_go_out))
    @rule(number=_ANY, hours=_HOURS)
    def move_the_embargo(self, number: int, hours: int | None) -> None:
        release_id = self.pick(_can_go_out, number)
        change = Schedule(embargo_at=self.office.hour(hours), clear_embargo=hours is None)
        self.office.attempt(self.people.publisher, reschedule, release_id, change)

    @precondition(lambda state: _where(_can_be_withdrawn)(state) and not _where(_is_withdrawn)(state))
    @rule(number=_ANY)
    def withdraw(self, number: int) -> None:
        release_id = self.pick(_can_be_withdrawn, number)
        self.office.attempt(self.people.publisher, publishing.withdraw_release, release_id, "Vervallen.")

    @precondition(lambda state: state.office.leases or _where(_is_asked_for)(state) or state.office.next_delivery())
    @rule(minutes=st.sampled_from([1, 30, 60, 180]))
    def time_goes_by(self, minutes: int) -> None:
        self.office.clock.forward(minutes=minutes)

    @precondition(lambda state: state.office.something_is_due())
    @rule(dies=_DIES)
    def the_clock_ticks(self, dies: bool) -> None:  # noqa: FBT001 - drawn, not chosen
        self.office.sweep(dies=dies)

    @precondition(lambda state: state.office.next_delivery())
    @rule(status=st.sampled_from([200, 500, 410]), dies=_DIES)
    def deliver(self, status: int, dies: bool) -> None:  # noqa: FBT001 - drawn, not chosen
        waiting = self.office.next_delivery()
        if waiting is None:
            raise Impossible
        self.office.deliver(waiting, status, dies=dies)

    @invariant()
    def all_seven_hold(self) -> None:
        office = self.office
        office.done["step"] += 1
        office.noted.early = sorted(office.read_too_soon())
        if office.noted.early or office.commits != self.asked_at:  # what nothing was written to is as it was
            found = broken(office.desk.database, office.noted, full=False, only=self.only, now=office.clock.moment)
            assert found == [], "; ".join(found)
        self.asked_at = office.commits
        self.standings = office.standings()


def run(office: SmallOffice, machines: int, *, steps: int, seeded: bool, only: str | None = None) -> None:
    """Let so many machines take so many steps each; `seeded`, they are the same ones each time. `only` one invariant
    is asked where it is named.

    Raises the `AssertionError` of an invariant that does not hold, with the steps that led there in its notes. They are
    not shortened here: Hypothesis may take five minutes for that; `shortening` takes seconds.
    """
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        lambda: Operations(office, only),
        settings=settings(
            max_examples=machines,
            stateful_step_count=steps,
            deadline=None,
            derandomize=seeded,
            database=None,
            report_multiple_bugs=False,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
