"""Who may do what: roles, scopes, and the rules that join them, as questions.

A rule looks only at the actor and at facts that are handed to it. What an actor may not even see answers as if it did
not exist; that is for the queries, which ask `sees_everything` and `review_locales`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """What a person is at the desk; one person may have several."""

    AUTHOR = "author"
    REVIEWER = "reviewer"
    PUBLISHER = "publisher"
    ADMIN = "admin"
    AUDITOR = "auditor"


class Scope(StrEnum):
    """What a token may be used for; a token never gives more than its owner's roles."""

    READ = "read"
    SUBMIT = "submit"
    REVIEW = "review"
    PUBLISH = "publish"
    ENDPOINTS = "endpoints"
    AUDIT = "audit"
    ADMIN = "admin"


WRITING = frozenset({Scope.SUBMIT, Scope.REVIEW, Scope.PUBLISH})
"""What a token may be issued for alone: to act on releases without reading them."""

ALL_LOCALES = "*"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role, and for a reviewer the locale it holds for (`*` for every one)."""

    role: Role
    locale: str = ALL_LOCALES


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person through a page, a token or the command line, or the desk itself (`user_id` None)."""

    user_id: str | None
    name: str
    grants: frozenset[Grant] = frozenset()
    scopes: frozenset[Scope] | None = None
    via: str = "web"
    language: str = "en"
    email: str = ""

    def has(self, role: Role, locale: str | None = None) -> bool:
        """Tell whether the actor has the role (for the locale, where one is given)."""
        return any(
            grant.role is role and (locale is None or grant.locale in (ALL_LOCALES, locale)) for grant in self.grants
        )

    def within(self, scope: Scope) -> bool:
        """Tell whether the token in use, if any, covers the scope."""
        return self.scopes is None or scope in self.scopes

    @property
    def is_desk(self) -> bool:
        """Tell whether the desk itself acts."""
        return self.user_id is None and self.via == "desk"


DESK = Actor(user_id=None, name="Perstolk", via="desk")
NOBODY = Actor(user_id=None, name="", via="web")


def acting(actor: Actor) -> Actor:
    """Return the actor as who finds the release that they act on, also by a token that writes and may not read.

    The act's own rule asks for its scope; until it has, nothing of the release may be told.
    """
    if actor.scopes is None or not actor.scopes & WRITING:
        return actor
    return replace(actor, scopes=actor.scopes | {Scope.READ})


def sees_everything(actor: Actor) -> bool:
    """Tell whether the actor sees every release, published or not."""
    return actor.is_desk or any(actor.has(role) for role in (Role.PUBLISHER, Role.ADMIN, Role.AUDITOR))


def review_locales(actor: Actor) -> frozenset[str]:
    """Return the locales that the actor reviews; `*` stands for every one."""
    return frozenset(grant.locale for grant in actor.grants if grant.role is Role.REVIEWER)


def may_submit(actor: Actor) -> bool:
    """Tell whether the actor may submit a release."""
    return actor.has(Role.AUTHOR) and actor.within(Scope.SUBMIT)


def may_revise(actor: Actor, author_id: str | None) -> bool:
    """Tell whether the actor may give the release a new source: its author, or a publisher."""
    own = actor.has(Role.AUTHOR) and actor.user_id == author_id
    return (own or actor.has(Role.PUBLISHER)) and actor.within(Scope.SUBMIT)


def may_review(actor: Actor, locale: str) -> bool:
    """Tell whether the actor may edit, confirm and approve in the locale."""
    return actor.has(Role.REVIEWER, locale) and actor.within(Scope.REVIEW)


def may_send_back(actor: Actor, locale: str) -> bool:
    """Tell whether the actor may request changes to a version, or reopen it."""
    return may_review(actor, locale) or may_publish(actor)


def may_publish(actor: Actor) -> bool:
    """Tell whether the actor may publish, schedule, withdraw and correct."""
    return actor.is_desk or (actor.has(Role.PUBLISHER) and actor.within(Scope.PUBLISH))


def may_manage_endpoints(actor: Actor) -> bool:
    """Tell whether the actor may add, change and resend to endpoints."""
    return (actor.has(Role.PUBLISHER) or actor.has(Role.ADMIN)) and actor.within(Scope.ENDPOINTS)


def receiver(endpoint_id: str) -> Actor:
    """Return who acts where an endpoint's secret signed a request: the receiver itself, which is no person."""
    return Actor(user_id=None, name=endpoint_id, via="receiver")


def may_give_receipt(actor: Actor, endpoint_id: str) -> bool:
    """Tell whether the actor may say where a text stands that an endpoint was sent: its receiver, or who manages it."""
    return may_manage_endpoints(actor) or (actor.via == "receiver" and actor.name == endpoint_id)


def may_administer(actor: Actor) -> bool:
    """Tell whether the actor may add people and change their roles."""
    return actor.is_desk or (actor.has(Role.ADMIN) and actor.within(Scope.ADMIN))


def may_see_engines(actor: Actor) -> bool:
    """Tell whether the actor may read how the engines stand and fare: figures without texts or people, for all."""
    return actor.user_id is not None and actor.within(Scope.READ)


def may_see_checks(actor: Actor) -> bool:
    """Tell whether the actor may read which checks there are and what they weigh, as everybody of the office may."""
    return may_read_terms(actor)


def may_read_terms(actor: Actor) -> bool:
    """Tell whether the actor may read the term base, as everybody of the office may."""
    return actor.is_desk or (actor.user_id is not None and actor.within(Scope.READ))


def may_keep_terms(actor: Actor) -> bool:
    """Tell whether the actor may change terms of any language at all."""
    return may_administer(actor) or (actor.has(Role.REVIEWER) and actor.within(Scope.REVIEW))


def may_change_terms(actor: Actor, locales: Collection[str]) -> bool:
    """Tell whether the actor answers for the terms of all these languages: their reviewer, or an administrator."""
    return may_administer(actor) or (may_keep_terms(actor) and all(may_review(actor, locale) for locale in locales))


def may_read_memory(actor: Actor) -> bool:
    """Tell whether the actor may look things up in the memory, as everybody of the office may."""
    return may_read_terms(actor)


def may_keep_memory(actor: Actor, locales: Collection[str]) -> bool:
    """Tell whether the actor answers for the memory of all these languages: their reviewer, or an administrator."""
    reviews = bool(locales) and all(may_review(actor, locale) for locale in locales)
    return reviews or may_administer(actor)


def may_audit(actor: Actor) -> bool:
    """Tell whether the actor may read the audit."""
    return (actor.has(Role.AUDITOR) or actor.has(Role.ADMIN)) and actor.within(Scope.AUDIT)
