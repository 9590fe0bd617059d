"""The guard on XML that strangers send: its size, no document type and so no entities, nothing fetched."""

from __future__ import annotations

from lxml import etree

from service.domain.errors import N_, Invalid

LARGEST_FILE = 5_000_000  # bytes


def parsed(data: bytes) -> etree._Element:
    """Return the root of an XML document, without its comments and processing instructions.

    Raises `Invalid`: file_too_large, bad_file (not XML, or XML with a document type).
    """
    if len(data) > LARGEST_FILE:
        raise Invalid(
            "file_too_large",
            N_("The file has %(size)s MB; at most 5 MB are taken."),
            field="file",
            size=round(len(data) / 1_000_000, 1),
        )
    # Looked for in the bytes first, so that nothing of it is read; most encodings write it so, but for their zeros.
    if b"<!DOCTYPE" in data.replace(b"\0", b""):
        raise _with_document_type()
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Invalid("bad_file", N_("The file is not XML that can be read."), field="file") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _with_document_type()
    return root


def _with_document_type() -> Invalid:
    return Invalid(
        "bad_file", N_("The file has a document type or entities, which are not read; save it without."), field="file"
    )
