"""The words of the pages for what the domain names by codes: states, roles, kinds of blocks, acts, origins."""

from __future__ import annotations

from service.domain.errors import N_
from service.domain.permissions import Role

VERSION_STATES = {
    "queued": N_("Queued"),
    "drafting": N_("Being drafted"),
    "in_review": N_("In review"),
    "approved": N_("Approved"),
    "published": N_("Published"),
    "withdrawn": N_("Withdrawn"),
    "scheduled": N_("Scheduled"),
}

UNIT_STATES = {
    "initial": N_("Empty"),
    "translated": N_("Not confirmed"),
    "reviewed": N_("Confirmed"),
    "final": N_("Approved"),
}

ROLES = {
    Role.AUTHOR: N_("author"),
    Role.REVIEWER: N_("reviewer"),
    Role.PUBLISHER: N_("publisher"),
    Role.ADMIN: N_("administrator"),
    Role.AUDITOR: N_("auditor"),
}

SEVERITIES = {
    "error": N_("error"),
    "warning": N_("warning"),
    "info": N_("note"),
    "off": N_("switched off"),
}

BLOCK_KINDS = {
    "kicker": N_("Kicker"),
    "title": N_("Title"),
    "lead": N_("Lead"),
    "heading": N_("Heading"),
    "paragraph": N_("Paragraph"),
    "quote": N_("Quote"),
    "list_item": N_("List item"),
}

ACTIONS = {
    "approval.voided": N_("The approval no longer counts"),
    "comment.added": N_("Comment added"),
    "comment.reopened": N_("Comment opened again"),
    "comment.resolved": N_("Comment resolved"),
    "fact.waived": N_("Fact waived"),
    "fact.waiver_ended": N_("Waiver of a fact taken back"),
    "finding.dismissed": N_("Finding put aside"),
    "finding.taken_up": N_("Finding taken up again"),
    "publication.blocked": N_("Publication held back"),
    "publication.cancelled": N_("Scheduled publication taken back"),
    "publication.requested": N_("Publication requested"),
    "release.published": N_("Release published"),
    "release.rescheduled": N_("Schedule changed"),
    "release.revised": N_("Source revised"),
    "release.submitted": N_("Release submitted"),
    "release.withdrawn": N_("Release withdrawn"),
    "segments.cut_undone": N_("Segments put back as they were"),
    "segments.joined": N_("Segments joined"),
    "segments.split": N_("Segment divided"),
    "unit.minor_accepted": N_("Minor edit accepted"),
    "unit.undone": N_("Save undone"),
    "units.confirmed": N_("Segments confirmed"),
    "units.minor_accepted": N_("Minor edits accepted"),
    "units.propagated": N_("Text used for the same sentence elsewhere"),
    "units.replaced": N_("Words replaced"),
    "units.undone": N_("Act on several segments undone"),
    "version.approved": N_("Version approved"),
    "version.changes_requested": N_("Changes requested"),
    "version.claimed": N_("Version taken on"),
    "version.draft_failed": N_("Drafting given up"),
    "version.drafted": N_("Draft made"),
    "version.given_back": N_("Version given back"),
    "version.handed_over": N_("Version handed over"),
    "version.imported": N_("Texts taken from a file"),
    "version.published": N_("Version published"),
    "version.redraft_requested": N_("New draft requested"),
    "version.reopened": N_("Version reopened"),
}

ORIGINS = {
    "none": N_("no text yet"),
    "mt": N_("machine: %(engine)s"),
    "tm": N_("translation memory, %(score)s %%"),
    "terms": N_("term base"),
    "person": N_("written by %(name)s"),
    "copied": N_("copied from the source"),
}
CHOSEN_ORIGINS = frozenset({"mt", "tm", "terms"})  # a person's, where somebody took another draft

EXPORT_FORMS = {
    "xliff": N_("XLIFF 2.1, for translation tools"),
    "xliff12": N_("XLIFF 1.2, for older tools"),
    "docx": N_("Word document"),
    "odt": N_("OpenDocument text"),
    "html": "HTML",
    "markdown": "Markdown",
    "text": N_("Plain text"),
    "ninjs": N_("ninjs, for news systems"),
}
