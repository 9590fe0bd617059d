"""A text that was sent by somebody who was signed out meanwhile: it goes through signing in, and is offered again.

It works without a script: the form's fields travel as hidden fields of the sign-in form. Nothing is written until the
person, signed in again, sends the text themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request

MAX_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class KeptText:
    """What was to be saved, and where; `row_version` is the one that it was typed over."""

    release_id: str
    locale: str
    unit_id: str
    row_version: str
    target: str


def kept_text() -> KeptText | None:
    """Return the text that the sign-in form carries, if it carries one."""
    names = ("release_id", "locale", "unit_id", "row_version", "target")
    fields = {name: request.form.get(f"kept_{name}") for name in names}
    given = {name: value for name, value in fields.items() if value is not None}
    if len(given) < len(names) or len(given["target"]) > MAX_CHARACTERS:
        return None
    return KeptText(**given)


def keep_and_ask() -> tuple[str, int]:
    """Ask who is signed out to sign in, and carry along the text that they sent."""
    kept = KeptText(
        **{name: str((request.view_args or {}).get(name, "")) for name in ("release_id", "locale", "unit_id")},
        row_version=request.form.get("row_version", ""),
        target=request.form.get("target", "")[:MAX_CHARACTERS],
    )
    return render_template("sign_in.html", following=None, email="", error=None, kept=kept), 401


def kept_page(kept: KeptText) -> str:
    """Show the text to who has signed in again, in a form that saves it."""
    return render_template("kept_text.html", kept=kept)


def ask_new_password(kept: KeptText) -> str:
    """Ask who came with a one-time password for one of their own, and carry the text along."""
    return render_template("account/password.html", error=None, kept=kept)
