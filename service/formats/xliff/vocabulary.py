"""The names that writing and reading share: namespaces, and what the desk calls its own facts in a file."""

from __future__ import annotations

CORE_2 = "urn:oasis:names:tc:xliff:document:2.0"
CORE_22 = "urn:oasis:names:tc:xliff:document:2.2"
CORE_12 = "urn:oasis:names:tc:xliff:document:1.2"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
XML = "http://www.w3.org/XML/1998/namespace"

OWN = "perstolk"  # the category of the desk's metadata, and the authority of its own values
ROW_VERSION = "row-version"
SOURCE_HASH = "source-hash"
REVISION = "source-revision"


def own_context(name: str) -> str:
    """Return how XLIFF 1.2 names one of the desk's facts as a type of context."""
    return f"x-{OWN}-{name}"
