"""What makes two units of the memory the same one, among those of a source and a locale."""

from __future__ import annotations

import base64
import hashlib

_DIGITS = 32
_HASH_BYTES = 15  # 120 bits
_FEW_DIGITS = 16  # of few units, sixteen tell each from every other


def filed_as(source_hash: str) -> str:
    """Return what a source is called in the memory: twenty letters in place of the 64 digits of its hash.

    Hashes stand all over their index, so that the whole of it is read: this one takes less than half.
    """
    return base64.urlsafe_b64encode(bytes.fromhex(source_hash)[:_HASH_BYTES]).decode()


def context_of(before_hash: str, after_hash: str) -> str:
    """Return what stands for the sources before and after a segment ("" where there is none)."""
    return _digest(before_hash, after_hash)


def approved_identity(pair: tuple[str, str], source_hash: str, version_id: str, context: str) -> str:
    """Return the identity of a unit of an approved version: one for each place with other neighbours."""
    source_locale, target_locale = pair
    return _digest(source_locale, source_hash, target_locale, version_id, context)[:_FEW_DIGITS]


def imported_identity(pair: tuple[str, str], source_hash: str, context: str, target: str) -> str:
    """Return the identity of a unit that came from a file: the same text twice is one, wherever it stood."""
    source_locale, target_locale = pair
    return _digest(source_locale, source_hash, target_locale, "import", context, target)[:_FEW_DIGITS]


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:_DIGITS]
