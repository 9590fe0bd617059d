"""What a page says after something was done: the address carries a code, this table its sentence.

The cookie carries no messages, and a page that is loaded again says the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request

from service.domain.errors import N_
from service.web.language import told

NOTES = {
    "act-undone": N_("It is undone; what was saved since stays as it is."),
    "all-minor-accepted": N_("The minor edits are accepted."),
    "earlier-taken": N_("The earlier text stands here now; it is still to be confirmed."),
    "minor-accepted": N_("The minor edit is accepted."),
    "nothing-done": N_("Nothing was changed."),
    "propagated": N_("The text stands in the places that you chose."),
    "replaced": N_("The words are replaced."),
    "segment-split": N_("The segment is divided in two, in every language; both parts are to be confirmed."),
    "segments-joined": N_("The segments are joined, in every language; the new one is to be confirmed."),
    "undone": N_("The last save is undone."),
    "account-closed": N_("The account is closed; its sessions and tokens have ended."),
    "account-opened": N_("The account is open again."),
    "approved": N_("The version is approved."),
    "changes-requested": N_("The version went back to its reviewers, with your reason."),
    "checks-changed": N_("What the checks weigh is changed; texts in review are checked anew."),
    "claimed": N_("The version is yours for the next four hours."),
    "comment-reopened": N_("The comment is open again."),
    "comment-resolved": N_("The comment is resolved."),
    "commented": N_("Your comment stands below."),
    "concept-added": N_("The concept is added; the next drafts follow it."),
    "concept-changed": N_("The concept is changed; the next drafts follow it."),
    "concept-removed": N_("The concept is removed."),
    "confirmed": N_("The segment is confirmed."),
    "confirmed-all": N_("Every segment that has a text and no error is confirmed."),
    "dismissed": N_("The finding is put aside, with your reason."),
    "endpoint-changed": N_("The endpoint is changed."),
    "endpoint-disabled": N_("The endpoint is switched off."),
    "endpoint-enabled": N_("The endpoint is switched on; what it missed is being sent."),
    "endpoint-replayed": N_("What it hears of in that range is being sent again."),
    "endpoint-removed": N_("The endpoint is removed; what was still to be sent to it is cancelled."),
    "endpoint-tested": N_("A ping is on its way; its delivery appears below in a moment."),
    "entry-changed": N_("The entry is changed; the release that it came from stays as it is."),
    "entry-restored": N_("The entry is in use again."),
    "entry-retired": N_("The entry is taken out; you can put it back at any time."),
    "entry-unchanged": N_("The entry stood like that already; nothing was changed."),
    "filter-kept": N_("The filter is kept under its name."),
    "filter-removed": N_("The filter is kept no longer."),
    "filter-renamed": N_("The filter has its new name."),
    "fixed": N_("The fix stands in the text now; the segment is still to be confirmed."),
    "given-back": N_("You gave the version back; it is free again."),
    "handed-over": N_("The version is handed over."),
    "imported": N_("The file is taken in; every text that it changed is saved."),
    "imported-nothing": N_("The file is taken in; it brought nothing new."),
    "language-changed": N_("Your pages are in this language from now on."),
    "mail-chosen": N_("Your choice of mail is saved."),
    "match-taken": N_("The match stands in the text now; it is still to be confirmed."),
    "memory-imported": N_("The file is taken in."),
    "password-changed": N_("Your password is changed; your other sessions have ended."),
    "published": N_("The release is published."),
    "redrafting": N_("New drafts are asked for; text that a person wrote stays as it is."),
    "reopened": N_("The version is open again; its approval no longer counts."),
    "rescheduled": N_("The schedule is changed."),
    "resent": N_("The delivery is being sent again."),
    "revised": N_("The new source is taken in; segments that changed are marked in each language."),
    "roles-changed": N_("The roles are changed."),
    "saved": N_("Saved."),
    "scheduled": N_("The publication is scheduled; the release leaves at the end of its embargo."),
    "shortcuts-off": N_("The keyboard shortcuts are off; your pages leave every key to the browser."),
    "shortcuts-on": N_("The keyboard shortcuts are on."),
    "signed-out": N_("You are signed out."),
    "submitted": N_("The release is taken in; its drafts are being made."),
    "taken": N_("The other draft stands in the text now; it is still to be confirmed."),
    "taken-up": N_("The finding is open again."),
    "terms-imported": N_("The list is taken in; the next drafts follow it."),
    "token-revoked": N_("The token is revoked."),
    "unscheduled": N_("The scheduled publication is taken back; nothing leaves until somebody publishes."),
    "waived": N_("The fact is waived in this language, with your reason."),
    "waiver-ended": N_("The waiver counts no more."),
    "withdrawn": N_("The release is withdrawn."),
}


# What was not done, against what somebody may think.
BANNERS = {
    "unsent": N_("You were signed out when you sent that form, so nothing of it was done. Send it again."),
}


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about what was just done, or was not; `kind` is the look of it."""

    kind: str
    sentence: str


def note() -> Note | None:
    """Return what there is to say about what was just done, if the address bears a code."""
    code = request.args.get("done", "")
    for kind, sentences in (("note", NOTES), ("banner", BANNERS)):
        if code in sentences:
            return Note(kind, told(sentences[code]))
    return None


def register(app: Flask) -> None:
    """Let the base template say what was done."""
    app.jinja_env.globals.update(note=note)
