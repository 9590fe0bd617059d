"""What an error of a database means: a text that it cannot keep is told apart from a fault of the desk."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from service.dispatch import RecordingDispatcher
from service.storage.models import Release
from service.storage.trouble import Trouble, trouble_of
from tests.desk_fixtures import StillClock, make_desk


def test_what_postgresql_cannot_keep_is_unfit(
    postgres_url: str, dispatcher: RecordingDispatcher, clock: StillClock
) -> None:
    desk = make_desk(postgres_url, dispatcher, clock)

    with pytest.raises(SQLAlchemyError) as caught, desk.read() as reading:
        reading.session.scalars(select(Release.id).where(Release.slug == "a\x00b")).all()

    desk.database.dispose()
    assert Trouble.UNFIT == trouble_of(caught.value)
