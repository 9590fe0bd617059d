"""Filters of the queue that people keep under a name, each for themselves; nothing here is anybody else's business."""

from __future__ import annotations

from sqlalchemy import func, select

from service.domain.errors import N_, Invalid, NotAllowed, NotFound
from service.operations.context import Work
from service.storage.models import SavedFilter, User

MAX_FILTERS = 20
MAX_NAME_CHARACTERS = 80
MAX_QUERY_CHARACTERS = 500


def keep_filter(work: Work, name: str, query: str) -> SavedFilter:
    """Keep the query string of a filter under a name of the actor's choice.

    Raises `Invalid` for a bad or a used name, and where the actor keeps as many filters as there may be.
    """
    owner = _locked_owner(work)
    if len(query) > MAX_QUERY_CHARACTERS:
        raise Invalid("too_long", N_("This filter is too long to be kept; use fewer words."), field="q")
    mine = select(func.count()).select_from(SavedFilter).where(SavedFilter.user_id == owner)
    if (work.session.scalar(mine) or 0) >= MAX_FILTERS:
        raise Invalid("too_many", N_("You keep 20 filters already; remove one first."), field="name")
    kept = SavedFilter(user_id=owner, name=_free_name(work, owner, name), query=query, created_at=work.now)
    work.session.add(kept)
    work.session.flush()
    return kept


def rename_filter(work: Work, filter_id: str, name: str) -> SavedFilter:
    """Give a filter of the actor's own another name."""
    owner = _locked_owner(work)
    kept = _own(work, owner, filter_id)
    kept.name = _free_name(work, owner, name, but=filter_id)
    return kept


def remove_filter(work: Work, filter_id: str) -> None:
    """Forget a filter of the actor's own."""
    work.session.delete(_own(work, _locked_owner(work), filter_id))


def _locked_owner(work: Work) -> str:
    """Return the actor's id, their account locked, so that two pages of one person queue."""
    owner = work.session.scalar(select(User.id).where(User.id == work.actor.user_id).with_for_update())
    if owner is None:
        raise NotAllowed("not_allowed", N_("Your role does not allow this."))
    return owner


def _own(work: Work, owner: str, filter_id: str) -> SavedFilter:
    kept = work.session.scalar(select(SavedFilter).where(SavedFilter.id == filter_id, SavedFilter.user_id == owner))
    if kept is None:
        raise NotFound
    return kept


def _free_name(work: Work, owner: str, name: str, *, but: str = "") -> str:
    text = " ".join(name.split())
    if not text or len(text) > MAX_NAME_CHARACTERS:
        raise Invalid("bad_name", N_("Give the filter a name of at most 80 characters."), field="name")
    taken = select(SavedFilter.id).where(SavedFilter.user_id == owner, SavedFilter.name == text, SavedFilter.id != but)
    if work.session.scalar(taken) is not None:
        raise Invalid("name_taken", N_("You have a filter of that name already; choose another name."), field="name")
    return text
