"""What a text is compared with: a moment of its past, by a name that stands in an address, and in words."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext

from service.domain.comparing import Comparison, Sentence, compare
from service.domain.errors import N_, NotFound
from service.queries.past_texts import (
    ApprovalRow,
    approvals_of,
    look_before,
    present_sentences,
    sentences_at,
    source_numbers,
    source_sentences,
)
from service.storage.models import Version
from service.uow import Reading
from service.web.formatting import moment_words
from service.web.identity import actor
from service.web.language import told

SINCE = {
    "draft": N_("since the draft"),
    "approval": N_("since the last approval"),
    "look": N_("since you last looked"),
}
NOTHING_BEFORE = {
    "draft": "",
    "approval": N_("Nobody has approved this version yet, so there is nothing to compare it with."),
    "look": N_("You have not read this text before, so there is nothing to compare it with."),
}


@dataclass(frozen=True, slots=True)
class Since:
    """What changed since a moment; `comparison` is None where there was nothing before, and `words` says why."""

    comparison: Comparison | None
    words: str


def changes_since(reading: Reading, version: Version, since: str) -> Since | None:
    """Return what changed since a moment that `SINCE` names; None for any other name."""
    session = reading.session
    if since == "draft":
        return Since(
            _from(reading, version, present_sentences(session, version, drafts=True)), told(N_("Since the draft:"))
        )
    if since == "approval":
        last = last_approval(reading, version)
        if last is not None:
            words = gettext(
                "Since the approval by %(name)s, %(moment)s:",
                name=last.name,
                moment=moment_words(last.approval.approved_at),
            )
            return Since(_from(reading, version, sentences_at(session, version, last.approval.approved_at)), words)
    if since == "look":
        before = look_before(session, version, actor().user_id)
        if before is not None:
            words = gettext("Since you last looked, %(moment)s:", moment=moment_words(before))
            return Since(_from(reading, version, sentences_at(session, version, before)), words)
    return Since(None, told(NOTHING_BEFORE[since])) if since in SINCE else None


def _from(reading: Reading, version: Version, old: tuple[Sentence, ...]) -> Comparison:
    return compare(old, present_sentences(reading.session, version))


def last_approval(reading: Reading, version: Version) -> ApprovalRow | None:
    """Return the approval that was given last, whether it still counts or not."""
    found = approvals_of(reading.session, [version.id]).get(version.id)
    return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class Side:
    """One text that can be compared: its name in an address, its words, and whether it is the source's."""

    name: str
    words: str
    of_source: bool = False


def sides_of(reading: Reading, version: Version) -> dict[str, Side]:
    """Return every text of a version that can be compared, in the order of time, by name; three statements."""
    sides = [Side("draft", gettext("the draft"))]
    for row in approvals_of(reading.session, [version.id]).get(version.id, []):
        words = gettext(
            "approval %(number)s (%(name)s, %(moment)s)",
            number=row.number,
            name=row.name,
            moment=moment_words(row.approval.approved_at),
        )
        sides.append(Side(f"approval-{row.number}", words))
    sides.append(Side("now", gettext("the text as it stands")))
    for number, moment in source_numbers(reading.session, version.release_id):
        words = gettext("revision %(number)s of the source (%(moment)s)", number=number, moment=moment_words(moment))
        sides.append(Side(f"source-{number}", words, of_source=True))
    return {side.name: side for side in sides}


def sentences_of(reading: Reading, version: Version, side: Side) -> tuple[Sentence, ...]:
    """Return what a side says; raise `NotFound` where it is not one of the version's."""
    session = reading.session
    kind, _, number = side.name.partition("-")
    if kind == "source":
        return source_sentences(session, version.release_id, int(number))
    if kind in {"draft", "now"}:
        return present_sentences(session, version, drafts=kind == "draft")
    for row in approvals_of(session, [version.id]).get(version.id, []):
        if row.number == int(number):
            return sentences_at(session, version, row.approval.approved_at)
    raise NotFound
