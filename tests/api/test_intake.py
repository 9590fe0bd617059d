"""What a submission is made of: one text, each field once, and no more of it than the desk can take in."""

from __future__ import annotations

from tests.api.conftest import RELEASE, Office


def test_a_text_of_more_segments_than_the_desk_can_take_in_is_refused(office: Office) -> None:
    answer = office.call("author", "POST", "/releases", json={**RELEASE, "body": "Een zin. " * 5_001})

    assert (422, "too_many_segments") == (answer.status_code, answer.get_json()["code"])
    assert "body" == answer.get_json()["errors"][0]["field"]
