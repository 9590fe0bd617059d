"""The OpenAPI document against the interface, explored by schemathesis as each of four people."""

from __future__ import annotations

import pytest

from tests.api.conftest import Office
from tests.api.exploring import explore

MOST_STEPS = 8
LEAST_SUCCEEDED = 20  # so that a desk which refuses everything is no desk that answers as the document says


@pytest.mark.parametrize("who", ["author", "reviewer", "publisher", "admin"])
def test_every_call_answers_as_the_document_says(office: Office, who: str) -> None:
    explored = explore(office, who, stateful={"max-steps": MOST_STEPS})

    assert not explored.faults, "\n\n".join(f"{fault}: {how}" for fault, how in explored.faults.items())
    assert len(explored.succeeded) >= LEAST_SUCCEEDED, explored.statuses
