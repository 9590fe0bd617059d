"""Where the database is: one file of SQLite, or a database of PostgreSQL.

The address is read by SQLAlchemy; here it is only looked at, so that a wrong one is told when the settings are read,
and by whoever must not import a database's library.
"""

from __future__ import annotations

import re

POSTGRESQL = "postgresql+psycopg://"
_POSTGRESQL_SCHEME = re.compile(r"(?:postgres|postgresql|postgresql\+psycopg)://")
# The form that SQLAlchemy reads, but for an @ or a / behind the host: that is the rest of a password, which would be
# asked for as the name of a machine.
_POSTGRESQL_PLACE = re.compile(
    r"(?:[^:/]*(?::[^@]*)?@)?(?:\[[^/?\]]+\]|[^/:?@\s\[\]]+)?(?::(?P<port>[0-9]{0,5}))?(?:/[^?/@]*)?(?:\?.*)?"
)
_SQLITE = re.compile(r"sqlite:///(?!:memory:$)[^?]+")
_HIGHEST_PORT = 65535


def read_database_url(address: str) -> str:
    """Return the address as SQLAlchemy takes it; raise `ValueError` with a sentence that never repeats it."""
    if _SQLITE.fullmatch(address):
        return address
    scheme = _POSTGRESQL_SCHEME.match(address)
    place = _POSTGRESQL_PLACE.fullmatch(address, scheme.end()) if scheme else None
    if scheme and place and int(place["port"] or 1) in range(1, _HIGHEST_PORT + 1):
        return POSTGRESQL + address[scheme.end() :]
    message = (
        "it is sqlite:/// and the path of a file, or postgresql://user:password@host:port/database, "
        "where @ and / within the password are written as %40 and %2F"
    )
    raise ValueError(message)
