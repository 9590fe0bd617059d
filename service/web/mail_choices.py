"""What the desk writes to a person, and when: a part of the page of their account."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from service.domain.errors import N_
from service.domain.notices import MailMode, NoticeKind
from service.operations.notices import choose_mail
from service.storage.models import User
from service.uow import Reading
from service.web.identity import actor, desk, settings

MODES = {
    MailMode.AT_ONCE: N_("at once"),
    MailMode.DAILY: N_("once a day, at eight in the morning; what is near comes at once"),
    MailMode.NEVER: N_("never"),
}
KINDS = {
    NoticeKind.READY: N_("a draft is ready for review"),
    NoticeKind.CHANGES: N_("changes are requested"),
    NoticeKind.MENTIONED: N_("somebody names you in a comment"),
    NoticeKind.QUESTION: N_("there is a question to you as an author"),
    NoticeKind.ANSWER: N_("there is an answer in a conversation of yours"),
    NoticeKind.NEAR: N_("an embargo or a deadline is near, and work is open"),
    NoticeKind.FAILED: N_("something does not go on by itself"),
    NoticeKind.APPROVED: N_("every language of a release is approved"),
}

blueprint = Blueprint("mail_choices", __name__)


@dataclass(frozen=True, slots=True)
class MailChoices:
    """What is chosen now, and what there is to choose; `sent` tells whether this desk sends mail at all."""

    mode: str
    without: tuple[str, ...]
    sent: bool
    modes: tuple[tuple[str, str], ...] = tuple((mode.value, words) for mode, words in MODES.items())
    kinds: tuple[tuple[str, str], ...] = tuple((kind.value, words) for kind, words in KINDS.items())


def mail_choices(reading: Reading) -> MailChoices:
    """Load what the person has chosen."""
    user = reading.session.get_one(User, actor().user_id)
    return MailChoices(user.mail, tuple(user.mail_without), settings().smtp_server is not None)


@blueprint.post("/account/mail")
def choose() -> Response:
    """Choose what one is told by mail; a kind that is not ticked is not wanted."""
    wanted = request.form.getlist("kinds")
    with desk().begin(actor()) as work:
        choose_mail(work, request.form.get("mail", ""), [kind.value for kind in KINDS if kind.value not in wanted])
    return redirect(url_for("account.page", done="mail-chosen", _anchor="mail"), 303)
