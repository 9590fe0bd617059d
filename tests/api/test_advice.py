"""Advice about a source through the interface."""

from __future__ import annotations

from tests.api.conftest import Office
from tests.operations.making import submit

TEXT = "De markt is open\n\nOp maandag 25 januari 2024 opent de markt op het plein (aan de kade.\n"


def test_what_strikes_the_eye_is_listed_with_its_place(office: Office) -> None:
    release_id = submit(office.desk, office.people.author, targets=("fr",), text=TEXT)

    told = office.call("author", "GET", f"/releases/{release_id}/advice").get_json()

    sentence = TEXT.strip().splitlines()[-1]
    assert [
        (2, "weekday", "warning", "maandag 25 januari 2024"),
        (2, "brackets", "info", "("),
    ] == [(each["n"], each["code"], each["severity"], sentence[slice(*each["span"])]) for each in told["items"]]
    assert "“25 januari 2024” is not a maandag but a donderdag." == told["items"][0]["message"]
    assert told["next"] is None
