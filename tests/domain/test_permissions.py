from __future__ import annotations

from collections.abc import Callable

import pytest

from service.domain import permissions
from service.domain.permissions import DESK, NOBODY, Actor, Grant, Role, Scope


def actor(*grants: Grant, user_id: str | None = "usr_1", scopes: frozenset[Scope] | None = None) -> Actor:
    return Actor(user_id=user_id, name="Somebody", grants=frozenset(grants), scopes=scopes)


ACTORS = {
    "author": actor(Grant(Role.AUTHOR)),
    "stranger": actor(Grant(Role.AUTHOR), user_id="usr_2"),
    "reviewer": actor(Grant(Role.REVIEWER)),
    "reviewer_fr": actor(Grant(Role.REVIEWER, "fr")),
    "reviewer_de": actor(Grant(Role.REVIEWER, "de"), Grant(Role.REVIEWER, "en")),
    "publisher": actor(Grant(Role.PUBLISHER)),
    "admin": actor(Grant(Role.ADMIN)),
    "auditor": actor(Grant(Role.AUDITOR)),
    "desk": DESK,
    "nobody": NOBODY,
}
RULES: dict[str, tuple[Callable[[Actor], bool], Scope | None]] = {
    "sees_everything": (permissions.sees_everything, None),
    "submit": (permissions.may_submit, Scope.SUBMIT),
    "revise": (lambda who: permissions.may_revise(who, "usr_1"), Scope.SUBMIT),
    "review_fr": (lambda who: permissions.may_review(who, "fr"), Scope.REVIEW),
    "send_back_fr": (lambda who: permissions.may_send_back(who, "fr"), Scope.REVIEW),
    "publish": (permissions.may_publish, Scope.PUBLISH),
    "endpoints": (permissions.may_manage_endpoints, Scope.ENDPOINTS),
    "administer": (permissions.may_administer, Scope.ADMIN),
    "audit": (permissions.may_audit, Scope.AUDIT),
    "memory_fr": (lambda who: permissions.may_keep_memory(who, {"fr"}), Scope.REVIEW),
    "memory_fr_de": (lambda who: permissions.may_keep_memory(who, {"fr", "de"}), Scope.REVIEW),
    "memory_of_none": (lambda who: permissions.may_keep_memory(who, ()), Scope.REVIEW),
}
# The release is usr_1's own, which all but the stranger and the desk are here.
TABLE = """
rule            author stranger reviewer reviewer_fr reviewer_de publisher admin auditor desk nobody
sees_everything no     no       no       no          no          yes       yes   yes     yes  no
submit          yes    yes      no       no          no          no        no    no      no   no
revise          yes    no       no       no          no          yes       no    no      no   no
review_fr       no     no       yes      yes         no          no        no    no      no   no
send_back_fr    no     no       yes      yes         no          yes       no    no      yes  no
publish         no     no       no       no          no          yes       no    no      yes  no
endpoints       no     no       no       no          no          yes       yes   no      no   no
administer      no     no       no       no          no          no        yes   no      yes  no
audit           no     no       no       no          no          no        yes   yes     no   no
memory_fr       no     no       yes      yes         no          no        yes   no      yes  no
memory_fr_de    no     no       yes      no          no          no        yes   no      yes  no
memory_of_none  no     no       no       no          no          no        yes   no      yes  no
"""
HEAD, *ROWS = [line.split() for line in TABLE.strip().splitlines()]
CELLS = [(row[0], who, cell == "yes") for row in ROWS for who, cell in zip(HEAD[1:], row[1:], strict=True)]


@pytest.mark.parametrize("rule, who, allowed", CELLS)
def test_each_role_may_do_its_own_part(rule: str, who: str, allowed: bool) -> None:  # noqa: FBT001 - a column
    question, _ = RULES[rule]

    assert allowed is question(ACTORS[who])


def test_the_table_has_every_rule_and_every_actor() -> None:
    assert {(rule, who) for rule in RULES for who in ACTORS} == {(rule, who) for rule, who, _ in CELLS}


OWN_SCOPES = {
    ("send_back_fr", "publisher"): Scope.PUBLISH,
    **{(rule, "admin"): Scope.ADMIN for rule in ("memory_fr", "memory_fr_de", "memory_of_none")},
}
ALLOWED = [(rule, who) for rule, who, allowed in CELLS if allowed and RULES[rule][1] and who not in {"desk", "nobody"}]


@pytest.mark.parametrize("rule, who", ALLOWED)
def test_a_token_gives_no_more_than_its_scopes(rule: str, who: str) -> None:
    question, scope = RULES[rule]
    assert scope is not None
    # A publisher sends back as a publisher, not as a reviewer; an administrator keeps the memory as one.
    enough = OWN_SCOPES.get((rule, who), scope)
    person = ACTORS[who]

    given = {one: question(Actor(person.user_id, person.name, person.grants, scopes=frozenset({one}))) for one in Scope}

    assert {one: one is enough for one in Scope} == given


@pytest.mark.parametrize(
    "who, expected",
    [("reviewer", {"*"}), ("reviewer_fr", {"fr"}), ("reviewer_de", {"de", "en"}), ("publisher", set())],
)
def test_a_reviewer_has_locales(who: str, expected: set[str]) -> None:
    assert expected == permissions.review_locales(ACTORS[who])


def test_one_without_an_id_is_not_the_desk() -> None:
    assert (True, False) == (DESK.is_desk, NOBODY.is_desk)


def test_an_author_with_no_id_owns_no_release_of_nobody() -> None:
    assert not permissions.may_revise(NOBODY, None)
