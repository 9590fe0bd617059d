"""The page before an approval: the whole text, everything that is open or was put aside, and what approving will do."""

from __future__ import annotations

from flask import render_template, request

from service.domain.comparing import compare
from service.domain.drafts import OriginKind
from service.domain.errors import DeskError, Reason, Refused
from service.domain.gates import ApprovalFacts, approval_reasons
from service.operations.loading import demand
from service.queries.before_approval import differing_of, threads_to_settle
from service.queries.cuts import writers_of
from service.queries.past_texts import present_sentences, sentences_at
from service.queries.receivers import hearing_of_approval
from service.queries.review import unit_rows
from service.queries.rules import office_rules
from service.queries.texts import VersionText, version_text
from service.web.facts import STATE_WORDS, kind_word
from service.web.identity import actor, desk
from service.web.past_words import last_approval
from service.web.versions import VersionPage, load


def approval_page(release_id: str, locale: str, error: DeskError | None) -> tuple[str, int]:
    """Return the page with its status; `error` is what kept the version from being approved, if anything did."""
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        demand(page.reviews)
        session, release, version = reading.session, page.release, page.version
        text = version_text(session, version)
        rows = unit_rows(session, version)
        rules = office_rules(session, desk().office, release.source_locale, locale)
        facts = differing_of(session, release, version, rules)
        threads = threads_to_settle(session, release, version)
        hearing = hearing_of_approval(session, release)
        earlier = last_approval(reading, version)
        before = sentences_at(session, version, earlier.approval.approved_at) if earlier else ()
        own = any(actor().user_id in writers for writers in writers_of(session, version).values())
        comparison = compare(before, present_sentences(session, version)) if earlier else None
    differing = sum(fact.blocks for fact in facts)
    found = [(row, finding) for row in rows for finding in row.findings]
    shown = render_template(
        "approve.html",
        page=page,
        text=text,
        rows=rows,
        findings=[(row, finding) for row, finding in found if finding.dismissed_at is None],
        dismissed=[(row, finding) for row, finding in found if finding.dismissed_at is not None],
        unconfirmed=[row for row in rows if row.unit.state not in {"reviewed", "final"}],
        facts=facts,
        kind_word=kind_word,
        state_words=STATE_WORDS,
        threads=threads,
        hearing=hearing,
        earlier=earlier,
        comparison=comparison,
        reasons=() if isinstance(error, Refused) else _reasons(page, text, differing, own=own),
        own=own,
        four_eyes=desk().office.four_eyes,
        machine=sum(1 for unit in text.units if unit.origin == OriginKind.MT),
        error=error,
        current=version.checked_with == rules.revision,
        exception_reason=request.form.get("exception_reason", ""),
    )
    return shown, error.status if error else 200


def _reasons(page: VersionPage, text: VersionText, differing: int, *, own: bool) -> tuple[Reason, ...]:
    return approval_reasons(
        ApprovalFacts(
            empty=page.row.tally.empty,
            errors=page.row.tally.errors,
            differing_facts=differing,
            digest=text.digest,
            asked_digest=text.digest,
            revision=text.revision,
            current_revision=page.release.revision,
            wrote_current_text=own,
            four_eyes=desk().office.four_eyes,
        )
    )
