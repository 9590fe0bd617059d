"""Keeping a file from its preview to the word of whoever sent it, so that exactly what was shown is taken in.

It is a row, for the next request may reach another process on another machine. A person has one file of a kind at a
time: another one takes its place. What a file brings is for the imports; nothing of it counts before.
"""

from __future__ import annotations

import re
import zlib
from typing import Any

from sqlalchemy import delete, select

from service.domain.errors import N_, NotAllowed
from service.operations.context import Work
from service.queries.waiting_files import waiting_file
from service.storage.base import new_id
from service.storage.models import WaitingFile

LONGEST_NAME = 200
_COMPRESSED = 6
_FOLDERS = re.compile(r".*[/\\]", re.DOTALL)


def keep_file(work: Work, purpose: str, *, name: str, content: bytes, choices: dict[str, Any]) -> str:
    """Keep a file under the name that it has without its folders; return the id that only the actor can use."""
    user_id = work.actor.user_id
    if user_id is None:
        raise NotAllowed("not_allowed", N_("Your role does not allow this."))
    work.session.execute(delete(WaitingFile).where(WaitingFile.user_id == user_id, WaitingFile.purpose == purpose))
    file = WaitingFile(
        id=new_id("fil"),
        user_id=user_id,
        purpose=purpose,
        name=_FOLDERS.sub("", name)[:LONGEST_NAME],
        content=zlib.compress(content, _COMPRESSED),
        choices=choices,
        outcome=None,
        sent_at=work.now,
    )
    work.session.add(file)
    work.session.flush()
    return file.id


def close_file(work: Work, purpose: str, file_id: str, outcome: dict[str, Any]) -> None:
    """Note what came of a file that was taken in, and let go of its content; the first to say so counts."""
    work.session.execute(select(WaitingFile.id).where(WaitingFile.id == file_id).with_for_update())
    file = waiting_file(work.session, work.actor, purpose, file_id).file
    if file.outcome is None:
        file.outcome = outcome
        file.content = b""
        work.session.flush()
