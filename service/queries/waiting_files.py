"""Files that wait for the word of whoever sent them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.errors import N_, NotFound
from service.domain.permissions import Actor
from service.storage.models import WaitingFile


@dataclass(frozen=True, slots=True)
class Waiting:
    """A file that waits, or that was taken in."""

    file: WaitingFile

    @property
    def content(self) -> bytes:
        """The file as it was sent; empty once it is taken in."""
        return zlib.decompress(self.file.content) if self.file.content else b""


def waiting_file(session: Session, actor: Actor, purpose: str, file_id: str) -> Waiting:
    """Return a file that the actor sent for a purpose; raise `NotFound` for any other, and for what is forgotten."""
    file = session.scalar(
        select(WaitingFile).where(
            WaitingFile.id == file_id, WaitingFile.purpose == purpose, WaitingFile.user_id == actor.user_id
        )
    )
    if file is None:
        raise NotFound("no_file", N_("This file is no longer kept here. Choose it again."))
    return Waiting(file)
