from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from service.domain.signing import new_secret, sign, signature_header, signed_headers, verify

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = new_secret(bytes(range(32)))
MESSAGE = "msg_p5jXN8AQM9LWM0D4loKWxJek"
TIME = 1_614_265_330
BODY = b'{"test": 2432232314}'
PUBLISHED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def by_hand(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """HMAC (RFC 2104) written out, so that nothing is shared with what is tested."""
    key = base64.b64decode(secret.split("_", 1)[1])
    key = hashlib.sha256(key).digest() if len(key) > 64 else key
    key = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in key))
    inner.update(message_id.encode() + b"." + str(timestamp).encode() + b"." + body)
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in key) + inner.digest())
    return "v1," + base64.b64encode(outer.digest()).decode()


def accepted(**changed: object) -> bool:
    usual = {
        "secrets": [SECRET],
        "message_id": MESSAGE,
        "timestamp": str(TIME),
        "signature": PUBLISHED,
        "body": BODY,
        "now": TIME,
    }
    return verify(**(usual | changed))  # type: ignore[arg-type]


def test_the_published_vector_is_met() -> None:
    assert PUBLISHED == sign(SECRET, MESSAGE, TIME, BODY)


@given(st.binary(min_size=32, max_size=32), st.text("abc_123", min_size=1), st.integers(0, 2**40), st.binary())
def test_a_signature_is_what_the_specification_says(
    chance: bytes, message_id: str, timestamp: int, body: bytes
) -> None:
    secret = new_secret(chance)

    assert by_hand(secret, message_id, timestamp, body) == sign(secret, message_id, timestamp, body)


def test_the_reference_library_accepts_every_secret_of_a_rotation() -> None:
    now = int(datetime.now(UTC).timestamp())

    headers = signed_headers([SECRET, OTHER], MESSAGE, now, BODY)

    assert [{"test": 2432232314}] * 2 == [Webhook(secret).verify(BODY, headers) for secret in (SECRET, OTHER)]


def test_a_signature_of_the_reference_library_is_accepted() -> None:
    signature = Webhook(OTHER).sign(MESSAGE, datetime.fromtimestamp(TIME, UTC), BODY.decode())

    assert accepted(secrets=[SECRET, OTHER], signature=signature)


def test_a_later_attempt_has_another_signature_for_the_same_bytes() -> None:
    first, third = (signature_header([SECRET], MESSAGE, TIME + wait, BODY) for wait in (0, 305))

    assert first != third
    assert accepted(signature=third, timestamp=str(TIME + 305), now=TIME + 305)


@pytest.mark.parametrize("now", [TIME - 300, TIME, TIME + 300])
def test_five_minutes_either_way_are_tolerated(now: int) -> None:
    assert accepted(now=now)


@pytest.mark.parametrize(
    "changed",
    [
        {"body": BODY + b" "},
        {"message_id": "msg_other"},
        {"timestamp": str(TIME + 1)},
        {"timestamp": ""},
        {"timestamp": "-1"},
        {"timestamp": "1614265330.0"},
        {"timestamp": "١٦١٤٢٦٥٣٣٠"},
        {"timestamp": "9" * 5000},
        {"now": TIME + 301},
        {"now": TIME - 301},
        {"secrets": []},
        {"secrets": [OTHER]},
        {"signature": ""},
        {"signature": PUBLISHED.replace("v1,", "v1a,")},
        {"signature": PUBLISHED[:-1]},
        {"signature": PUBLISHED.replace("g", "é", 1)},
    ],
)
def test_what_does_not_fit_is_refused(changed: dict[str, object]) -> None:
    assert not accepted(**changed)


def test_one_good_signature_among_others_is_enough() -> None:
    assert accepted(signature=f"v2,abc {PUBLISHED} v1,AAAA")


def test_a_secret_holds_its_32_bytes() -> None:
    secret = new_secret(b"\xff" * 32)

    assert ("whsec_", b"\xff" * 32) == (secret[:6], base64.b64decode(secret[6:]))


def test_a_secret_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        new_secret(b"short")


@pytest.mark.parametrize("secret", ["MfKQ9r8G", "whsec_!!!!", "whsec_abc"])
def test_what_is_no_secret_signs_nothing(secret: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        sign(secret, MESSAGE, TIME, BODY)
