"""Reviewing one version: the editor, and the acts on the whole of it, from taking it on to approving it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from service.domain import permissions
from service.domain.errors import N_, DeskError, NotAllowed
from service.operations import approvals, drafting, review
from service.operations.acts import new_act
from service.operations.checking import check_now
from service.operations.looks import note_look
from service.queries.accounts import actor_for, people
from service.queries.review import UnitBrief
from service.queries.segment_tools import act_note
from service.web.approval_page import approval_page
from service.web.drafting_words import drafting_words
from service.web.engine_words import drafters_words
from service.web.identity import actor, desk
from service.web.segment_list import load_segments
from service.web.versions import load

blueprint = Blueprint("review", __name__)

PLACE = "/releases/<release_id>/<locale>"
NOT_YOURS = N_("Your role does not allow this.")


@blueprint.get(PLACE)
def editor(release_id: str, locale: str) -> str:
    """Show the version's units side by side, each with its own form."""
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        loaded = load_segments(reading, page, request.args.get("from", ""))
        act = request.args.get("act")
        act_done = act_note(reading.session, page.version, act) if act else None
    return render_template(
        "editor.html",
        page=page,
        segments=loaded.html(),
        drafts=loaded.parts.drafts,
        helps=loaded.parts.helps,
        act_done=act_done,
        changed=loaded.changed,
        drafted=drafting_words(
            page.version.outcomes,
            drafted=page.row.tally.drafted,
            segments=page.row.tally.segments,
            release=page.release,
        ),
        drafters=drafters_words(page.version.outcomes, {brief.engine for brief in loaded.briefs if brief.engine}),
        next_open=next_open(loaded.briefs),
    )


@blueprint.get(f"{PLACE}/units")
def some_units(release_id: str, locale: str) -> Response:
    """Give the editor's script what lies beside some segments, from the number in the address on."""
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        loaded = load_segments(reading, page, request.args.get("from", ""))
    units = [{"unit": row.unit.id, "row_version": row.unit.row_version, **loaded.beside(row)} for row in loaded.rows]
    return jsonify(units=units)


def next_open(briefs: list[UnitBrief], after: str | None = None) -> str | None:
    """Return the id of the next unit that nobody has confirmed, after a unit and around to the beginning."""
    ids = [brief.id for brief in briefs]
    start = ids.index(after) + 1 if after in ids else 0
    return next((brief.id for brief in briefs[start:] + briefs[:start] if brief.is_open), None)


def _back(release_id: str, locale: str, done: str, *, act: str | None = None) -> Response:
    view = "texts.show" if request.form.get("view") == "text" else "review.editor"
    return redirect(url_for(view, release_id=release_id, locale=locale, done=done, act=act), 303)


@blueprint.post(f"{PLACE}/confirm")
def confirm_all(release_id: str, locale: str) -> Response:
    """Confirm every unit that has a text and no error; go back to the view that it was asked from."""
    act = new_act()
    with desk().begin(actor()) as work:
        review.confirm_all(work, release_id, locale, act=act)
    return _back(release_id, locale, "confirmed-all", act=act)


@blueprint.post(f"{PLACE}/redraft")
def redraft(release_id: str, locale: str) -> Response:
    """Ask the engines again, for what is empty or for all that no person touched, one engine before all others."""
    with desk().begin(actor()) as work:
        drafting.redraft(
            work,
            release_id,
            locale,
            engine=request.form.get("engine"),
            only_empty=request.form.get("only") == "empty",
        )
    if "from_release" in request.form:
        return redirect(url_for("releases.show", release_id=release_id, done="redrafting"), 303)
    return _back(release_id, locale, "redrafting")


@blueprint.get(f"{PLACE}/hand-over")
def hand_over_form(release_id: str, locale: str) -> Any:
    """Ask whom the version goes to."""
    return _hand_over_page(release_id, locale, None)


def _hand_over_page(release_id: str, locale: str, error: DeskError | None) -> tuple[str, int]:
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        _demand(page.reviews)
        reviewers = [
            user
            for user in people(reading.session)
            if user.disabled_at is None and permissions.may_review(actor_for(user, via="web"), locale)
        ]
    shown = render_template("hand_over.html", page=page, reviewers=reviewers, error=error)
    return shown, error.status if error else 200


@blueprint.post(f"{PLACE}/hand-over")
def hand_over(release_id: str, locale: str) -> Any:
    """Give the version to another reviewer, or to nobody."""
    try:
        with desk().begin(actor()) as work:
            review.hand_over(work, release_id, locale, to_email=request.form.get("to") or None)
    except DeskError as error:
        if error.status != 422:  # noqa: PLR2004 - what the form can show
            raise
        return _hand_over_page(release_id, locale, error)
    return _back(release_id, locale, "handed-over")


def _demand(allowed: bool) -> None:  # noqa: FBT001 - reads as a sentence
    if not allowed:
        raise NotAllowed("not_allowed", NOT_YOURS)


@blueprint.get(f"{PLACE}/request-changes")
def request_changes_form(release_id: str, locale: str) -> Any:
    """Ask for the reason that the reviewers will read."""
    return _reason_page(release_id, locale, "request-changes", None)


@blueprint.post(f"{PLACE}/request-changes")
def request_changes(release_id: str, locale: str) -> Any:
    """Send the version back."""
    return _with_reason(release_id, locale, "request-changes", approvals.request_changes, "changes-requested")


@blueprint.get(f"{PLACE}/reopen")
def reopen_form(release_id: str, locale: str) -> Any:
    """Ask for the reason, and say what reopening does."""
    return _reason_page(release_id, locale, "reopen", None)


@blueprint.post(f"{PLACE}/reopen")
def reopen(release_id: str, locale: str) -> Any:
    """Take the approval back."""
    return _with_reason(release_id, locale, "reopen", approvals.reopen_version, "reopened")


def _reason_page(release_id: str, locale: str, act: str, error: DeskError | None) -> tuple[str, int]:
    with desk().read() as reading:
        page = load(reading, release_id, locale)
    _demand(permissions.may_send_back(actor(), locale))
    shown = render_template("reason.html", page=page, act=act, error=error, reason=request.form.get("reason", ""))
    return shown, error.status if error else 200


def _with_reason(release_id: str, locale: str, act: str, operation: Callable[..., Any], done: str) -> Any:
    try:
        with desk().begin(actor()) as work:
            operation(work, release_id, locale, request.form.get("reason", ""))
    except DeskError as error:
        if error.status in {403, 404}:
            raise
        return _reason_page(release_id, locale, act, error)
    return _back(release_id, locale, done)


@blueprint.get(f"{PLACE}/approve")
def approve_form(release_id: str, locale: str) -> Any:
    """Show the whole text, what is open, and what approving will do."""
    if request.method == "GET":
        with desk().begin(actor()) as work:
            note_look(work, release_id, locale)
    return approval_page(release_id, locale, None)


@blueprint.post(f"{PLACE}/approve")
def approve(release_id: str, locale: str) -> Any:
    """Approve exactly the text that the page showed."""
    try:
        with desk().begin(actor()) as work:
            check_now(work, release_id, locale)  # kept when the approval is refused, so that the page can show it
        with desk().begin(actor()) as work:
            approvals.approve_version(
                work,
                release_id,
                locale,
                digest=request.form.get("digest", ""),
                exception_reason=request.form.get("exception_reason") or None,
            )
    except DeskError as error:
        if error.status in {403, 404}:
            raise
        return approval_page(release_id, locale, error)
    return redirect(url_for("releases.show", release_id=release_id, done="approved"), 303)
