from __future__ import annotations

import pytest

from tests.api.conftest import Office


@pytest.mark.parametrize(
    "method, path, status",
    [
        ("GET", "/nothing/here", 404),
        ("GET", "/releases/rel_nothing", 404),
        ("DELETE", "/releases", 405),
        ("GET", "/releases?limit=many", 422),
    ],
)
def test_the_interface_answers_every_error_as_a_problem(office: Office, method: str, path: str, status: int) -> None:
    answer = office.call("author", method, path)

    assert (status, "application/problem+json") == (answer.status_code, answer.mimetype)
    assert {"type", "title", "status", "code", "detail"} <= set(answer.get_json(force=True))


def test_a_page_that_is_not_there_is_answered_as_a_page(office: Office) -> None:
    answer = office.client.get("/fr/nothing-here", headers={"Accept": "text/html"})

    assert (404, "text/html") == (answer.status_code, answer.mimetype)
