"""Files that somebody sent and has yet to confirm, after a look at what they would bring."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from service.storage.base import ID_LENGTH, Base


class WaitingFile(Base):
    """A file between its preview and its taking in; only who sent it sees it, and it is forgotten after a day.

    `content` is compressed, and empty once the file is taken in; `outcome` then tells what came of it. `choices` are
    what was chosen beside the file.
    """

    __tablename__ = "waiting_file"

    id: Mapped[str] = mapped_column(String(ID_LENGTH), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user_account.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    choices: Mapped[dict[str, Any]]
    outcome: Mapped[dict[str, Any] | None]
    sent_at: Mapped[datetime] = mapped_column(index=True)
