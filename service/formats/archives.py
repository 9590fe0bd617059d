"""The guard on files that are ZIP archives (DOCX, ODT): what is let through to the libraries that read them.

Everything is counted while it is unpacked as a stream, whatever the archive says of itself; nothing is written to a
disk. What a file means is for the formats.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import replace
from typing import NoReturn

from service.domain.errors import N_, Invalid
from service.domain.text import Document

LARGEST_FILE = 10_000_000  # bytes
MOST_ENTRIES = 2_000
LARGEST_UNPACKED = 50_000_000
LARGEST_XML = 8_000_000  # of one part; a tree of it takes many times as much memory
HIGHEST_RATIO = 100

_CHUNK = 65_536
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # the older binary formats, and every file with a password
_CENTRAL_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_MACRO_NAMES = re.compile(r"(?:^|/)vba(?:Project|Data)|^(?:Basic|Scripts)/.", re.IGNORECASE)
_XML_NAMES = (".xml", ".rels", ".rdf")
_XML_START = re.compile(rb"\s*<")
_DECLARED = re.compile(rb"\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
_ENCODINGS = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii"}
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


def check_size(data: bytes) -> None:
    """Raise `Invalid` (file_too_large) for a file above 10 MB."""
    if len(data) > LARGEST_FILE:
        raise Invalid(
            "file_too_large",
            N_("The file has %(size)s MB; at most 10 MB are taken. Take pictures out, or paste the text."),
            field="file",
            size=round(len(data) / 1_000_000, 1),
        )


def unpack(data: bytes) -> Mapping[str, bytes]:
    """Return the XML parts, and the mimetype, of an archive that is safe to read.

    Raises `Invalid`: file_too_large, bad_file (no such archive, a broken or encrypted one, XML with a document
    type), archive_bomb, macros.
    """
    check_size(data)
    if data.startswith(_OLD_OFFICE):
        raise Invalid(
            "bad_file",
            N_("The file has a password or an older format; save it as .docx or .odt without a password."),
            field="file",
        )
    if not data.startswith(_ZIP):
        _refuse()
    if data.count(_CENTRAL_ENTRY) > MOST_ENTRIES:  # counted before the directory is read
        _refuse_bomb()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _parts(archive, len(data))
    except _BROKEN as error:
        raise _unreadable() from error


def _parts(archive: zipfile.ZipFile, packed: int) -> dict[str, bytes]:
    entries = archive.infolist()
    if any(_MACRO_NAMES.search(entry.filename) for entry in entries):
        refuse_macros()
    if len({entry.filename for entry in entries}) < len(entries):  # readers differ about which of two counts
        _refuse()
    parts: dict[str, bytes] = {}
    left = min(LARGEST_UNPACKED, packed * HIGHEST_RATIO)
    for entry in entries:
        if entry.flag_bits & _ENCRYPTED or entry.compress_type not in _METHODS:
            _refuse()
        is_xml = entry.filename.lower().endswith(_XML_NAMES)
        wanted = is_xml or entry.filename == "mimetype"
        length, part = _unpacked(archive, entry, left, keep=wanted)
        left -= length
        if is_xml:
            _check_xml(part)
        if wanted:
            parts[entry.filename] = part
    return parts


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, *, keep: bool) -> tuple[int, bytes]:
    """Return how long an entry really is, and its bytes if they are wanted."""
    length = 0
    kept = bytearray()
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            length += len(chunk)
            if length > (min(left, LARGEST_XML) if keep else left):
                _refuse_bomb()
            if keep:
                kept += chunk
    return length, bytes(kept)


def _check_xml(part: bytes) -> None:
    """Refuse XML with a document type, which is where entities come from, in whatever encoding it hides."""
    narrow = part.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\0", b"")
    declared = _DECLARED.match(narrow)
    if (
        (narrow and not _XML_START.match(narrow))
        or (declared and declared[1].lower() not in _ENCODINGS)
        or b"<!DOCTYPE" in narrow
        or b"<!ENTITY" in narrow
    ):
        _refuse()


def refuse_macros() -> NoReturn:
    """Raise the `Invalid` for a file that can run programs."""
    raise Invalid("macros", N_("The file contains macros; save it without them, as .docx or .odt."), field="file")


def _refuse_bomb() -> NoReturn:
    raise Invalid(
        "archive_bomb", N_("The file unpacks to far more than a text needs, so it was not read."), field="file"
    )


def _unreadable() -> Invalid:
    return Invalid(
        "bad_file",
        N_("The file is damaged or is not what its name says; save it again as .docx or .odt."),
        field="file",
    )


def _refuse() -> NoReturn:
    raise _unreadable()


def unreadable(error: Exception) -> NoReturn:
    """Raise the `Invalid` for a file that passed the guard and that its reader could still not make out."""
    raise _unreadable() from error


def without_notes(document: Document, *, has_notes: bool) -> Document:
    """Return the document, with the warning `notes` where the file had footnotes or endnotes, which are left out."""
    return replace(document, warnings=(*document.warnings, "notes")) if has_notes else document
