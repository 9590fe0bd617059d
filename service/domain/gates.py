"""What must be true before a version is approved and before a release is published, each as a list of reasons.

The gates look at facts that queries gather; an empty tuple means that the gate is open. Every reason is told at once,
so that a person can mend them all.
"""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.errors import N_, Reason
from service.domain.locales import locale_name
from service.domain.workflow import VersionState


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """What the approval gate looks at: counts of units and facts, digests, revisions, and whose text it is."""

    empty: int
    errors: int
    differing_facts: int
    digest: str
    asked_digest: str
    revision: int
    current_revision: int
    wrote_current_text: bool
    four_eyes: bool


def approval_reasons(facts: ApprovalFacts) -> tuple[Reason, ...]:
    """Return everything that keeps a version from being approved by this person now."""
    reasons = []
    if facts.empty:
        reasons.append(Reason("empty_units", N_("Segments without a text: %(count)d."), count=facts.empty))
    if facts.errors:
        reasons.append(
            Reason(
                "open_findings",
                N_("Errors still open: %(count)d. Correct them, or dismiss each with a reason."),
                count=facts.errors,
            )
        )
    if facts.differing_facts:
        reasons.append(
            Reason(
                "facts_differ",
                N_(
                    "Facts that this language does not tell as the source does: %(count)d. Correct them, or waive each "
                    "with a reason."
                ),
                count=facts.differing_facts,
            )
        )
    if facts.wrote_current_text and facts.four_eyes:
        reasons.append(
            Reason(
                "four_eyes",
                N_("You wrote or last edited part of this text; another reviewer has to approve it."),
            )
        )
    if facts.revision != facts.current_revision:
        reasons.append(
            Reason(
                "wrong_revision",
                N_(
                    "The source has changed: this text belongs to revision %(revision)d, the release is at %(current)d."
                ),
                revision=facts.revision,
                current=facts.current_revision,
            )
        )
    if facts.asked_digest != facts.digest:
        reasons.append(
            Reason(
                "wrong_digest",
                N_("The text has changed since you read it; read it again before you approve it."),
            )
        )
    return tuple(reasons)


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """What the publication gate looks at in one version; `approved_digest` is None where no approval stands."""

    locale: str
    state: VersionState
    digest: str
    approved_digest: str | None
    approved_revision: int | None
    current_revision: int


def version_reasons(facts: VersionFacts) -> tuple[Reason, ...]:
    """Return everything that keeps one version from being published."""
    if facts.state is VersionState.PUBLISHED:
        return ()
    if facts.state is not VersionState.APPROVED or facts.approved_digest is None:
        return (
            Reason(
                "not_approved",
                N_("The version “%(language)s” is not approved (it is “%(state)s”)."),
                locale=facts.locale,
                language=locale_name(facts.locale),
                state=facts.state.value,
            ),
        )
    if facts.approved_revision != facts.current_revision:
        return (
            Reason(
                "wrong_revision",
                N_("The approval of “%(language)s” is for another revision of the source."),
                locale=facts.locale,
                language=locale_name(facts.locale),
            ),
        )
    if facts.approved_digest != facts.digest:
        return (
            Reason(
                "wrong_digest",
                N_("The text of “%(language)s” is not the one that was approved."),
                locale=facts.locale,
                language=locale_name(facts.locale),
            ),
        )
    return ()
