"""What a page says after something was done: the address carries a code, this table its sentence.

The cookie carries no messages, and a page that is loaded again says the same.
"""

from __future__ import annotations

from flask import Flask, request

from service.domain.errors import N_
from service.web.language import told

NOTES = {
    "approved": N_("The version is approved."),
    "changes-requested": N_("The version went back to its reviewers, with your reason."),
    "claimed": N_("The version is yours for the next four hours."),
    "commented": N_("Your comment stands below."),
    "confirmed": N_("The segment is confirmed."),
    "confirmed-all": N_("Every segment that has a text and no error is confirmed."),
    "dismissed": N_("The finding is put aside, with your reason."),
    "handed-over": N_("The version is handed over."),
    "redrafting": N_("New drafts are asked for; text that a person wrote stays as it is."),
    "reopened": N_("The version is open again; its approval no longer counts."),
    "revised": N_("The new source is taken in; segments that changed are marked in each language."),
    "saved": N_("Saved."),
    "signed-out": N_("You are signed out."),
    "submitted": N_("The release is taken in; its drafts are being made."),
}


def note() -> str | None:
    """Return the sentence about what was just done, if the address bears one."""
    template = NOTES.get(request.args.get("done", ""))
    return told(template) if template else None


def register(app: Flask) -> None:
    """Let the base template say what was done."""
    app.jinja_env.globals.update(note=note)
