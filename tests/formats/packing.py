"""ZIP archives made for a test: a good file with some parts put in other words."""

from __future__ import annotations

import io
import zipfile


def repacked(data: bytes, **changes: bytes) -> bytes:
    """Return the archive with parts replaced or added; `__` in a name stands for a slash, `_dot_` for a dot."""
    parts = {name.replace("__", "/").replace("_dot_", "."): part for name, part in changes.items()}
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, part in parts.items():
            new.writestr(name, part)
    return written.getvalue()


def part_of(data: bytes, name: str) -> bytes:
    """Return one part of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def many_entries(count: int) -> bytes:
    """Return an archive of `count` empty entries."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.xml", b"")
    return written.getvalue()
