"""The conventions that calls share: how JSON is read."""

from __future__ import annotations

import pytest

from tests.api.conftest import Office

PROBLEM = "application/problem+json"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"[" * 100_000, id="lists"),
        pytest.param(b'{"target":' * 50_000, id="objects"),
        pytest.param(b'{"target":' + b"[" * 100 + b"]" * 100 + b"}", id="whole, and deeper than anything asks for"),
        pytest.param(b'{"target":' + b"1" * 5_000 + b"}", id="a number of too many digits"),
        pytest.param(b'{"target":', id="cut off"),
        pytest.param(b'{"target": "\xff"}', id="no UTF-8"),
    ],
)
@pytest.mark.parametrize(
    "method, path",
    [
        ("POST", "/releases"),
        ("PUT", "/releases/x/source"),
        ("POST", "/releases/x/versions/fr/approve"),
        ("PATCH", "/releases/x/versions/fr/units/y"),
        ("POST", "/deliveries/x/receipt"),
    ],
)
def test_json_that_cannot_be_read_is_a_bad_request(office: Office, method: str, path: str, body: bytes) -> None:
    answer = office.call("admin", method, path, data=body, content_type="application/json", headers={"If-Match": '"1"'})

    assert (400, PROBLEM) == (answer.status_code, answer.mimetype)
