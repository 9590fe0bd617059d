"""News on its way to people: joined, sent, tried again, settled; against a mail server that misbehaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from service.domain.notices import NoticeKind
from service.operations.accounts import disable_user
from service.operations.mailing import Mail, News
from service.operations.notices import choose_mail, tell, tell_failed
from service.storage.models import Notice, Release, User
from service.uow import Desk
from service.web.letters import write_letter
from tests.desk_fixtures import NOON, People, StillClock
from tests.operations.making import approve
from tests.operations.steps import act, drafted
from tests.servers.mail import MailFault, MailServer
from tests.workers.tasks.conftest import MakeParts
from workers.tasks.mail import look_at_hours, look_for_mail, mail_notice

SENDER = "Press office <desk@office.example>"


@pytest.fixture
def server() -> Iterator[MailServer]:
    """The office's mail server."""
    with MailServer() as made:
        yield made


@pytest.fixture
def post(lite_desk: Desk, make_parts: MakeParts, server: MailServer) -> Callable[[], int]:
    """Send everything that is due as the workers would; return how many hints there were."""
    make_parts(smtp_url=server.url, mail_from=SENDER)

    def send() -> int:
        sent = lite_desk.dispatcher.sent  # type: ignore[attr-defined]
        del sent[:]
        look_for_mail()
        hints = [ids[0] for name, *ids in sent if name == "workers.mail_notice"]
        for notice_id in hints:
            mail_notice(notice_id)
        return len(hints)

    return send


def notices(desk: Desk) -> list[Notice]:
    with desk.read() as reading:
        return list(reading.session.scalars(select(Notice).order_by(Notice.at, Notice.id)))


def outcomes(desk: Desk) -> set[str | None]:
    return {notice.outcome for notice in notices(desk) if notice.settled_at is not None}


def news(desk: Desk, who: str | None, *subjects: str, kind: NoticeKind = NoticeKind.MENTIONED, **rest: Any) -> None:
    with desk.begin() as work:
        for subject in subjects:
            tell(work, kind, [who], subject, **rest)


def test_news_of_a_minute_comes_in_one_mail_to_each_person(
    lite_desk: Desk, lite_people: People, clock: StillClock, server: MailServer, post: Callable[[], int]
) -> None:
    news(lite_desk, lite_people.publisher.user_id, "one")
    clock.forward(seconds=40)
    news(lite_desk, lite_people.publisher.user_id, "one", "two")
    news(lite_desk, lite_people.admin.user_id, "one")
    assert 0 == post()

    clock.forward(seconds=25)
    post()
    clock.forward(minutes=5)
    post()

    sent = {mail["To"]: mail for mail in server.taken}
    assert (2, {"publisher@office.example", "admin@office.example"}) == (len(server.taken), set(sent))
    assert "Perstolk: 2 pieces of news for you" == sent["publisher@office.example"]["Subject"]
    assert {"sent"} == outcomes(lite_desk)


def test_a_mail_says_what_it_is_and_how_to_be_rid_of_it(
    lite_desk: Desk, lite_people: People, clock: StillClock, server: MailServer, post: Callable[[], int]
) -> None:
    news(lite_desk, lite_people.publisher.user_id, "one")
    clock.forward(minutes=1)
    post()

    (mail,) = server.taken
    assert ("Press office <desk@office.example>", "auto-generated") == (mail["From"], mail["Auto-Submitted"])
    assert "<http://127.0.0.1:8000/account#mail>" == mail["List-Unsubscribe"]
    assert re.fullmatch(r"<ntc_\w+@office\.example>", mail["Message-ID"])
    assert NOON == mail["Date"].datetime
    assert ["text/plain", "text/html"] == [part.get_content_type() for part in mail.iter_parts()]


@pytest.mark.parametrize("fault", [MailFault.LATER, MailFault.BUSY, MailFault.DROP, MailFault.GREYLIST, MailFault.LOST])
def test_what_fails_is_sent_again_later_as_it_was(
    lite_desk: Desk,
    lite_people: People,
    clock: StillClock,
    server: MailServer,
    post: Callable[[], int],
    fault: MailFault,
) -> None:
    server.faults = [fault]
    news(lite_desk, lite_people.publisher.user_id, "one", "two")
    clock.forward(minutes=1)
    post()
    clock.forward(seconds=30)
    news(lite_desk, lite_people.publisher.user_id, "three")
    assert set() == outcomes(lite_desk)

    clock.forward(seconds=72)
    post()
    clock.forward(minutes=2)
    post()

    ids = [mail["Message-ID"] for mail in server.taken]
    assert (3 if fault is MailFault.LOST else 2, 2) == (len(ids), len(set(ids)))
    assert ["Perstolk: 2 pieces of news for you", "Perstolk: Somebody named you in a comment."] == sorted(
        {mail["Subject"] for mail in server.taken}
    )
    assert {"sent"} == outcomes(lite_desk)


@pytest.mark.parametrize("fault", [MailFault.NEVER, MailFault.NO_SUCH])
def test_what_is_refused_for_good_is_not_sent_again_and_holds_up_nobody(
    lite_desk: Desk,
    lite_people: People,
    clock: StillClock,
    server: MailServer,
    post: Callable[[], int],
    fault: MailFault,
) -> None:
    if fault is MailFault.NO_SUCH:
        server.refused = {"publisher@office.example"}
    else:
        server.faults = [fault]
    news(lite_desk, lite_people.publisher.user_id, "one")
    clock.forward(seconds=1)
    news(lite_desk, lite_people.admin.user_id, "one")
    clock.forward(minutes=1)
    post()
    clock.forward(days=2)
    post()

    assert (["admin@office.example"], {"refused", "sent"}) == (server.recipients, outcomes(lite_desk))


def test_a_server_that_stays_away_is_given_up_by_the_schedule(
    lite_desk: Desk, lite_people: People, clock: StillClock, server: MailServer, post: Callable[[], int]
) -> None:
    server.faults = [MailFault.BUSY] * 20
    news(lite_desk, lite_people.publisher.user_id, "one")
    for _ in range(12):
        clock.forward(days=2)
        post()

    assert (8, {"given up"}) == (server.connections, outcomes(lite_desk))


def test_a_digest_comes_at_eight_in_the_office_s_time(
    lite_desk: Desk, lite_people: People, clock: StillClock, server: MailServer, post: Callable[[], int]
) -> None:
    act(lite_desk, lite_people.publisher, choose_mail, "daily", ["failed"])
    news(lite_desk, lite_people.publisher.user_id, "one", "two")
    with lite_desk.begin() as work:
        tell_failed(work, "endpoint", "end_1", endpoint="end_1")
    clock.moment = datetime(2026, 3, 3, 6, 59, tzinfo=UTC)
    post()
    assert [] == [to for to in server.recipients if to == "publisher@office.example"]

    clock.forward(minutes=1)
    post()

    (mail,) = [mail for mail in server.taken if mail["To"] == "publisher@office.example"]
    assert "Perstolk: 2 pieces of news for you" == mail["Subject"]


def test_whoever_left_or_wants_none_or_may_no_longer_see_it_gets_nothing(
    lite_desk: Desk, lite_people: People, clock: StillClock, server: MailServer, post: Callable[[], int]
) -> None:
    release_id = drafted(lite_desk, lite_people, targets=("fr",))
    with lite_desk.read() as reading:
        release = reading.session.get_one(Release, release_id)
    for person in (lite_people.publisher, lite_people.reviewer, lite_people.other_author):
        news(lite_desk, person.user_id, "one", release=release)
    act(lite_desk, lite_people.reviewer, choose_mail, "never", [])
    act(lite_desk, lite_people.second_reviewer, choose_mail, "at_once", ["ready"])
    act(lite_desk, lite_people.admin, disable_user, lite_people.publisher.user_id)
    clock.forward(minutes=2)
    post()

    assert {"french_reviewer@office.example"} == set(server.recipients)
    assert {"sent", "not theirs", "not wanted"} == outcomes(lite_desk)


def test_a_desk_without_a_mail_server_piles_nothing_up(
    lite_desk: Desk, lite_people: People, clock: StillClock, make_parts: MakeParts
) -> None:
    make_parts()
    drafted(lite_desk, lite_people)
    clock.forward(minutes=2)
    look_for_mail()

    assert {"no mail here"} == {notice.outcome for notice in notices(lite_desk)}


def test_an_address_that_would_forge_a_header_is_refused(
    lite_desk: Desk, lite_people: People, clock: StillClock, server: MailServer, post: Callable[[], int]
) -> None:
    with lite_desk.begin() as work:
        work.session.get_one(User, lite_people.publisher.user_id).email = "a@b.example\r\nBcc: c@d.example"
    news(lite_desk, lite_people.publisher.user_id, "one")
    clock.forward(minutes=1)
    post()

    assert ([], {"refused"}) == (server.taken, outcomes(lite_desk))


def test_what_is_near_is_told_once_for_each_hour_to_those_whose_work_is_open(
    lite_desk: Desk, lite_people: People, clock: StillClock, post: Callable[[], int]
) -> None:
    release_id = drafted(lite_desk, lite_people, embargo_at=NOON + timedelta(hours=30), targets=("fr", "de"))
    approve(lite_desk, lite_people.reviewer, release_id, "de")
    for _ in range(4):
        clock.forward(hours=7)
        look_at_hours()
        look_at_hours()

    near = [notice for notice in notices(lite_desk) if notice.kind == "near"]
    hours = {notice.subject.split(":")[2] for notice in near}
    people = {"reviewer", "second_reviewer", "french_reviewer", "publisher"}
    assert ({"24", "2"}, 8) == (hours, len(near))
    assert {getattr(lite_people, name).user_id for name in people} == {notice.user_id for notice in near}


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_a_letter_is_in_the_language_of_its_reader(lite_desk: Desk, language: str) -> None:
    facts = {"which": "embargo", "moment": NOON.isoformat(), "open": 2}
    item = News(NoticeKind.NEAR, NOON, "rel_1", None, facts)
    letter = write_letter(Mail("ntc_1", "lea_1", 1, "a@b.example", language, (item,)), lite_desk.office)

    assert language == letter.language
    assert f'<html lang="{language}">' in letter.html
    assert "13:00" in letter.plain
