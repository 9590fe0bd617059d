"""The canary in the desk's mails: before the hour no mail of any kind says a word of a release."""

from __future__ import annotations

from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import select

from service.domain.notices import NoticeKind
from service.operations.approvals import request_changes
from service.operations.comments import add_comment
from service.operations.notices import tell_failed
from service.operations.review import edit_unit
from service.storage.models import Notice
from service.uow import Desk
from tests.desk_fixtures import NOON, People, StillClock
from tests.faults.canaries import CANARIES, told
from tests.faults.noting import Noted
from tests.faults.working import working
from tests.operations.making import approve, text_of
from tests.operations.steps import act, drafted, release_of, version_of
from tests.servers.mail import MailServer
from workers.tasks.mail import MAIL_TASK, look_at_hours, look_for_mail, mail_notice

HOUR = NOON + timedelta(hours=3)
TITLE, ADDRESS, BODY, EDIT = CANARIES
TEXT = f"De {TITLE} is terug\n\nDe {BODY} is gezien.\n\nNiemand weet nog waar.\n"


@pytest.mark.fault(22, "a canary under embargo in mails of every kind", "nowhere before its hour")
def test_no_mail_tells(desk: Desk, people: People, clock: StillClock, noted: Noted, tmp_path: Path) -> None:
    with MailServer() as server, working(desk, tmp_path, smtp_url=server.url, mail_from="desk@office.example"):
        release_id = drafted(desk, people, text=TEXT, slug=f"de-{ADDRESS}", embargo_at=HOUR, targets=("fr", "en"))
        noted.accepted[release_id] = TEXT
        _everything_there_is_to_tell(desk, people, release_id)
        _post(desk, clock)
        clock.moment = HOUR - timedelta(hours=1)
        look_at_hours()
        _post(desk, clock)
        approve(desk, people.reviewer, release_id)
        _post(desk, clock)

    assert clock.moment < HOUR
    assert set(NoticeKind) == _kinds_sent(desk)
    assert [] == told("\n".join(_all_of(mail) for mail in server.taken))
    assert not [mail for mail in server.taken if "Reviewer" in _all_of(mail)], "a mail names nobody"


def _everything_there_is_to_tell(desk: Desk, people: People, release_id: str) -> None:
    """Write the words of the canary wherever people can write, and let somebody be told of it."""
    unit = text_of(desk, release_id, "fr").units[1]
    act(desk, people.second_reviewer, edit_unit, release_id, "fr", unit.id, row_version=None, target=f"Le {EDIT}.")
    about = {"locale": "fr", "unit_id": unit.id}
    asked = act(desk, people.reviewer, add_comment, release_id, f"Is dit een {BODY}?", for_author=True, **about)
    act(desk, people.author, add_comment, release_id, f"Een {EDIT}.", reply_to=asked.id)
    named = [str(people.publisher.email)]
    act(desk, people.reviewer, add_comment, release_id, f"Zie de {TITLE}.", tell_also=named, locale="fr")
    act(desk, people.publisher, request_changes, release_id, "fr", f"De {BODY} ontbreekt.")
    release, version = release_of(desk, release_id), version_of(desk, release_id, "en").id
    for what, subject, more in (
        ("draft", version, {"release": release, "locale": "en"}),
        ("publication", release_id, {"release": release}),
        ("endpoint", "end_1", {"endpoint": "end_1"}),
        ("receipt", "rcp_1", {"release": release, "locale": "en", "state": "missing"}),
    ):
        act(desk, people.admin, tell_failed, what, subject, **more)


def _post(desk: Desk, clock: StillClock) -> None:
    """Send what is due, as the workers do."""
    clock.forward(minutes=2)
    sent = desk.dispatcher.sent  # type: ignore[attr-defined]
    del sent[:]
    look_for_mail()
    for notice_id in [ids[0] for name, *ids in sent if name == MAIL_TASK]:
        mail_notice(notice_id)


def _kinds_sent(desk: Desk) -> set[str]:
    with desk.read() as reading:
        return set(reading.session.scalars(select(Notice.kind).where(Notice.outcome == "sent")))


def _all_of(mail: EmailMessage) -> str:
    """Return every header and every part of a mail, as they read."""
    headers = [f"{name}: {value}" for name, value in mail.items()]
    return "\n".join([*headers, *(part.get_content() for part in mail.iter_parts())])
