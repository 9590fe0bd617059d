"""Signatures of webhooks after Standard Webhooks 1.0: secrets, the header, and how a receiver verifies.

Time and chance are arguments. Which bytes are signed is decided by `events`, when they are sent by `retry`.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Sequence

PREFIX = "whsec_"
SECRET_BYTES = 32
SCHEME = "v1"
TOLERANCE_SECONDS = 300


def new_secret(random_bytes: bytes) -> str:
    """Return a secret as it is shown to the receiver; `random_bytes` are 32 bytes of good chance."""
    if len(random_bytes) != SECRET_BYTES:
        raise ValueError(f"a secret is made of {SECRET_BYTES} bytes, not of {len(random_bytes)}")
    return PREFIX + base64.b64encode(random_bytes).decode("ascii")


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return one signature, `v1,<base64>`, of `id.timestamp.body` (Standard Webhooks 1.0).

    The key is the decoded secret. `timestamp` is in seconds since 1970.
    """
    signed = b".".join((message_id.encode(), str(timestamp).encode("ascii"), body))
    digest = hmac.new(_key(secret), signed, hashlib.sha256).digest()
    return f"{SCHEME},{base64.b64encode(digest).decode('ascii')}"


def signature_header(secrets: Sequence[str], message_id: str, timestamp: int, body: bytes) -> str:
    """Return the value of `webhook-signature`: one signature per secret, for the time of a rotation."""
    return " ".join(sign(secret, message_id, timestamp, body) for secret in secrets)


def signed_headers(secrets: Sequence[str], message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers that every delivery carries."""
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature_header(secrets, message_id, timestamp, body),
    }


def verify(
    secrets: Sequence[str],
    *,
    message_id: str,
    timestamp: str,
    signature: str,
    body: bytes,
    now: int,
    tolerance_seconds: int = TOLERANCE_SECONDS,
) -> bool:
    """Tell whether one of the header's signatures was made with one of `secrets`, and not too long ago.

    `timestamp` and `signature` are the header values as received. Every pair is compared, in constant time.
    """
    if not (timestamp.isascii() and timestamp.isdigit()) or len(timestamp) > len(str(2**63)):
        return False
    if abs(now - int(timestamp)) > tolerance_seconds:
        return False
    expected = [sign(secret, message_id, int(timestamp), body).encode("ascii") for secret in secrets]
    received = [part.encode() for part in signature.split(" ") if part]
    matches = [hmac.compare_digest(one, other) for one in expected for other in received]
    return any(matches)


def _key(secret: str) -> bytes:
    """Decode a secret; raise `ValueError` for what is none."""
    if not secret.startswith(PREFIX):
        raise ValueError(f"a secret starts with {PREFIX}")
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("what follows the prefix of a secret is base64") from None
