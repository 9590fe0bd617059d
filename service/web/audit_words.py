"""The words of the audit for what its entries name by codes: acts, ways in, and the facts of each.

An act of a release is called as on the release's own time line. What an entry of long ago is called, and no table
knows any more, stands as its code.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from service.domain.errors import N_
from service.domain.locales import locale_name
from service.domain.refusals import RefusedAct
from service.queries.audit import AuditRow
from service.web.language import gettext, told
from service.web.words import ACTIONS

AUDITED = ACTIONS | {
    "alternative.asked": N_("Another draft asked for"),
    "alternative.left": N_("Other draft left"),
    "alternative.taken": N_("Other draft taken"),
    "check.set": N_("Weight of a check changed"),
    "concept.added": N_("Concept added"),
    "concept.changed": N_("Concept changed"),
    "concept.removed": N_("Concept removed"),
    "delivery.resent": N_("Delivery sent again"),
    "endpoint.added": N_("Endpoint added"),
    "endpoint.changed": N_("Endpoint changed"),
    "endpoint.disabled": N_("Endpoint switched off"),
    "endpoint.removed": N_("Endpoint removed"),
    "endpoint.replayed": N_("What an endpoint missed sent again"),
    "endpoint.rotated": N_("Secret of an endpoint changed"),
    "endpoint.tested": N_("Endpoint tried"),
    "finding.fixed": N_("Finding corrected by its fix"),
    "match.taken": N_("Match taken from the memory"),
    "memory.edited": N_("Entry of the memory changed"),
    "memory.imported": N_("File taken into the memory"),
    "memory.restored": N_("Entry of the memory put back"),
    "memory.retired": N_("Entry of the memory taken out"),
    RefusedAct.CANCELLATION: N_("Taking a publication back refused"),
    RefusedAct.PUBLICATION: N_("Publication refused"),
    RefusedAct.SCHEDULE: N_("Change of the schedule refused"),
    RefusedAct.WITHDRAWAL: N_("Withdrawal refused"),
    RefusedAct.APPROVAL: N_("Approval refused"),
    "receipt.awaited": N_("Receipt awaited"),
    "receipt.differs": N_("The page of the publisher shows another text"),
    "receipt.kept": N_("The page of the publisher shows the text"),
    "receipt.missing": N_("The page of the publisher does not show the text"),
    "receipt.over": N_("Receipt no longer awaited"),
    "receipt.said": N_("Receipt given"),
    "secrets.renewed": N_("Secrets locked with a new key"),
    "sign_in.closed": N_("Signed out"),
    "sign_in.opened": N_("Signed in"),
    "sign_in.refused": N_("Signing in refused"),
    "terms.imported": N_("List of terms taken in"),
    "token.issued": N_("Token issued"),
    "token.revoked": N_("Token revoked"),
    "unit.saved": N_("Segment saved"),
    "user.added": N_("Person added"),
    "user.disabled": N_("Account closed"),
    "user.enabled": N_("Account opened again"),
    "user.password_changed": N_("Password changed"),
    "user.password_reset": N_("One-time password given"),
    "user.roles_changed": N_("Roles changed"),
}

WAYS = {
    "api": N_("interface"),
    "cli": N_("command line"),
    "desk": N_("the desk"),
    "receiver": N_("receiver"),
    "web": N_("pages"),
}
REASONS = {
    "four_eyes": N_("they wrote or last edited part of that text themselves"),
    "not_allowed": N_("their role does not allow it"),
    "scheduled": N_("only a publisher lets what is scheduled leave sooner"),
}
_REFUSED = frozenset(RefusedAct)
_NAMELESS = {
    "cli": N_("the command line"),
    "desk": N_("the desk itself"),
    "receiver": N_("a receiver"),
}


def act_words(action: str) -> str:
    """Return what an entry says was done."""
    return told(AUDITED.get(action, action))


def acts_in_words(actions: Iterable[str]) -> list[tuple[str, str]]:
    """Return each kind of act with its words, in the order of the words."""
    return sorted(((action, act_words(action)) for action in actions), key=lambda each: each[1].casefold())


def who_words(row: AuditRow) -> str:
    """Return who acted, by name; or what it was that has none."""
    return row.name or told(_NAMELESS.get(row.entry.via, N_("nobody who was signed in")))


def way_words(via: str) -> str:
    """Return by which way in somebody acted."""
    return told(WAYS.get(via, via))


def where_words(row: AuditRow) -> str:
    """Return the language that an act was about, where it was about one."""
    locale = row.entry.facts.get("locale")
    return locale_name(locale) if isinstance(locale, str) else ""


def why_words(row: AuditRow) -> str:
    """Return why an act was refused, where it was."""
    if row.entry.action not in _REFUSED:
        return ""
    return told(REASONS.get(row.entry.facts.get("reason", ""), REASONS["not_allowed"]))


def fact_words(value: Any) -> str:
    """Return a fact as it is read: ids, codes and numbers stay what they are."""
    if value is None or value in ("", []):
        return str(gettext("none"))
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    return ", ".join(str(each) for each in value) if isinstance(value, list) else str(value)
