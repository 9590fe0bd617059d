"""Writing the mails: look for news that is due, and send one person's in a task of its own."""

from __future__ import annotations

import random

import structlog
from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded

from service.operations import leases
from service.operations.mailing import (
    Mail,
    claim_mail,
    record_failed,
    record_refused,
    record_sent,
    settle_without_mail,
)
from service.operations.nearing import tell_of_what_nears
from service.storage.models import Notice
from service.web.letters import write_letter
from workers.composition import Parts, parts
from workers.mail import Outcome, Result, compose, send

MAIL_TASK = "workers.mail_notice"
MAILS_AT_ONCE = 200

log = structlog.stdlib.get_logger(__name__)


@shared_task(name="workers.look_for_mail")
def look_for_mail() -> None:
    """Hint at every notice that is due; where the desk sends no mail, settle all of them."""
    here = parts()
    if here.settings.smtp_server is None:
        with here.desk.begin() as work:
            settle_without_mail(work)
        return
    with here.desk.begin() as work:
        due = leases.due_unhinted(work, Notice, limit=MAILS_AT_ONCE)
    for notice_id in due:
        here.desk.dispatcher.send(MAIL_TASK, notice_id)


@shared_task(name="workers.look_at_hours")
def look_at_hours() -> None:
    """Have people told of embargoes and deadlines that come near."""
    here = parts()
    if here.settings.smtp_server is not None:
        with here.desk.begin() as work:
            tell_of_what_nears(work)


@shared_task(name=MAIL_TASK)
def mail_notice(notice_id: str) -> None:
    """Send the mail that a notice goes into, if it is due and nobody else has it."""
    here = parts()
    with here.desk.begin() as work:
        mail = claim_mail(work, notice_id)
    if mail is None:
        return
    result = _sent(here, mail)
    log.info("mail", mail=mail.id, attempt=mail.attempt, outcome=result.outcome, reason=result.reason, code=result.code)
    with here.desk.begin() as work:
        if result.outcome is Outcome.SENT:
            record_sent(work, mail)
        elif result.outcome is Outcome.REFUSED:
            record_refused(work, mail)
        else:
            record_failed(work, mail, jitter=random.uniform(-1, 1))  # noqa: S311 - spreads retries, no more


def _sent(here: Parts, mail: Mail) -> Result:
    """Write the mail and send it, with no transaction open."""
    server, sender = here.settings.smtp_server, here.settings.mail_from
    if server is None or sender is None:
        return Result(Outcome.FAILED, "no mail here")
    letter = write_letter(mail, here.desk.office)
    try:
        message = compose(letter, sender=sender, recipient=mail.address, mail_id=mail.id)
    except ValueError:
        return Result(Outcome.REFUSED, "address")
    try:
        return send(server, message)
    except SoftTimeLimitExceeded:
        return Result(Outcome.FAILED, "slow")
