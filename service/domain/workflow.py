"""The states of versions, units and releases, and the one table of moves between them.

Who may make a move is for `permissions`; what must be true besides (findings, four eyes, digests) is for the gates in
`gates`. A move that is not in the table does not exist.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from service.domain.errors import N_, WrongState


class VersionState(StrEnum):
    """Where one target-locale edition stands."""

    QUEUED = "queued"
    DRAFTING = "drafting"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class UnitState(StrEnum):
    """Where one unit stands; the states of XLIFF 2."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"


class ReleaseState(StrEnum):
    """Where a release stands as a whole; it follows from its versions and its schedule."""

    DRAFTING = "drafting"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Action(StrEnum):
    """What can be done to a version."""

    START_DRAFT = "start_draft"
    FINISH_DRAFT = "finish_draft"
    EDIT = "edit"
    REQUEST_CHANGES = "request_changes"
    APPROVE = "approve"
    REOPEN = "reopen"
    REVISE = "revise"
    REDRAFT = "redraft"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


_S = VersionState

TRANSITIONS: dict[tuple[VersionState, Action], VersionState] = {
    (_S.QUEUED, Action.START_DRAFT): _S.DRAFTING,
    (_S.QUEUED, Action.EDIT): _S.QUEUED,
    (_S.QUEUED, Action.REVISE): _S.QUEUED,
    (_S.QUEUED, Action.REDRAFT): _S.QUEUED,
    (_S.QUEUED, Action.WITHDRAW): _S.WITHDRAWN,
    (_S.DRAFTING, Action.START_DRAFT): _S.DRAFTING,
    (_S.DRAFTING, Action.FINISH_DRAFT): _S.IN_REVIEW,
    (_S.DRAFTING, Action.EDIT): _S.DRAFTING,
    (_S.DRAFTING, Action.REVISE): _S.QUEUED,
    (_S.DRAFTING, Action.REDRAFT): _S.DRAFTING,
    (_S.DRAFTING, Action.WITHDRAW): _S.WITHDRAWN,
    (_S.IN_REVIEW, Action.START_DRAFT): _S.IN_REVIEW,
    (_S.IN_REVIEW, Action.FINISH_DRAFT): _S.IN_REVIEW,
    (_S.IN_REVIEW, Action.EDIT): _S.IN_REVIEW,
    (_S.IN_REVIEW, Action.REQUEST_CHANGES): _S.IN_REVIEW,
    (_S.IN_REVIEW, Action.APPROVE): _S.APPROVED,
    (_S.IN_REVIEW, Action.REVISE): _S.IN_REVIEW,
    (_S.IN_REVIEW, Action.REDRAFT): _S.IN_REVIEW,
    (_S.IN_REVIEW, Action.WITHDRAW): _S.WITHDRAWN,
    (_S.APPROVED, Action.EDIT): _S.IN_REVIEW,
    (_S.APPROVED, Action.REQUEST_CHANGES): _S.IN_REVIEW,
    (_S.APPROVED, Action.REOPEN): _S.IN_REVIEW,
    (_S.APPROVED, Action.REVISE): _S.IN_REVIEW,
    (_S.APPROVED, Action.PUBLISH): _S.PUBLISHED,
    (_S.APPROVED, Action.WITHDRAW): _S.WITHDRAWN,
    (_S.PUBLISHED, Action.REOPEN): _S.IN_REVIEW,
    (_S.PUBLISHED, Action.REVISE): _S.IN_REVIEW,
    (_S.PUBLISHED, Action.WITHDRAW): _S.WITHDRAWN,
}


def may_move(state: VersionState, action: Action) -> bool:
    """Tell whether the action starts from the state."""
    return (state, action) in TRANSITIONS


def next_state(state: VersionState, action: Action) -> VersionState:
    """Return the state that the action leads to; raise `WrongState` where it does not start from `state`."""
    following = TRANSITIONS.get((state, action))
    if following is None:
        raise WrongState(
            "wrong_state",
            N_("This cannot be done while the version is “%(state)s”."),
            state=state.value,
            action=action.value,
        )
    return following


def release_state(versions: Collection[VersionState], *, scheduled: bool, withdrawn: bool) -> ReleaseState:
    """Return the state of a release from those of its versions and from whether its publication is scheduled."""
    if withdrawn:
        return ReleaseState.WITHDRAWN
    if versions and all(state is _S.PUBLISHED for state in versions):
        return ReleaseState.PUBLISHED
    if scheduled:
        return ReleaseState.SCHEDULED
    if versions and all(state in (_S.APPROVED, _S.PUBLISHED) for state in versions):
        return ReleaseState.APPROVED
    if any(state in (_S.IN_REVIEW, _S.APPROVED, _S.PUBLISHED) for state in versions):
        return ReleaseState.IN_REVIEW
    return ReleaseState.DRAFTING
