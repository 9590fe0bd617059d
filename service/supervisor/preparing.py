"""What must stand before the processes start: the database's schema and the first account.

It is apart from `desk`, so that the supervisor itself knows no database.
"""

from __future__ import annotations

from collections.abc import Sequence

from service.config import Settings
from service.dispatch import NullDispatcher
from service.operations.accounts import bootstrap_administrator
from service.storage.migrate import upgrade
from service.uow import open_desk


def prepare(settings: Settings) -> Sequence[str]:
    """Bring the schema up to date, and on the first start make the administrator.

    Returns the lines to tell at the terminal. The one-time password is told once and kept nowhere.
    """
    upgrade(settings.database_url)
    desk = open_desk(settings, dispatcher=NullDispatcher())
    try:
        with desk.begin() as work:
            made = bootstrap_administrator(work)
    finally:
        desk.database.dispose()
    if made is None:
        return ()
    email, password = made
    return (
        "",
        "This is the first start, so there is an administrator's account now:",
        f"  e-mail             {email}",
        f"  one-time password  {password}",
        "It is shown only here, and you choose another when you sign in.",
        "",
    )
