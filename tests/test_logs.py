from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from service.logs import QUIET_LOGGERS, configure_logs

SECRET_TEXT = "De minister treedt af"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = (root.handlers, root.level)
    stream = io.StringIO()
    configure_logs(stream=stream)
    yield stream
    root.handlers, root.level = before[0], before[1]
    for name in QUIET_LOGGERS:
        logging.getLogger(name).setLevel(logging.NOTSET)
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def lines(written: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written.getvalue().splitlines()]


def test_an_event_is_one_json_object_with_its_facts(written: io.StringIO) -> None:
    structlog.stdlib.get_logger("service.operations.review").info("version_approved", version_id="v1")

    (line,) = lines(written)

    assert ("version_approved", "v1", "info") == (line["event"], line["version_id"], line["level"])
    assert "service.operations.review" == line["logger"]
    assert line["timestamp"].endswith("Z")


def test_a_library_goes_the_same_way_under_a_constant_name(written: io.StringIO) -> None:
    logging.getLogger("gunicorn.error").warning("Worker %s was late", 7)

    (line,) = lines(written)

    assert ("gunicorn_message", "Worker 7 was late") == (line["event"], line["message"])


def test_an_exception_is_told_by_class_and_place_and_never_by_message(written: io.StringIO) -> None:
    def fail() -> None:
        try:
            raise KeyError(SECRET_TEXT)
        except KeyError as error:
            raise ValueError(SECRET_TEXT) from error

    try:
        fail()
    except ValueError:
        structlog.stdlib.get_logger("service").exception("task_failed")
        logging.getLogger("library").exception("Exception on %s", f"/nl/{SECRET_TEXT}")
        logging.getLogger("service.app").exception(f"Exception on /nl/{SECRET_TEXT}")  # noqa: G004 - as Flask does

    ours, library, flask = lines(written)

    assert ("ValueError", ["KeyError"]) == (ours["error"], ours["causes"])
    assert ours["places"][-1].endswith(" fail")
    assert "Exception on %s" == library["message"]
    assert ("service_message", None, "ValueError") == (flask["event"], flask["message"], flask["error"])
    assert SECRET_TEXT not in written.getvalue()


def test_a_failed_task_is_told_by_name_and_id(written: io.StringIO) -> None:
    facts = {"id": "t1", "name": "workers.draft_version", "exc": SECRET_TEXT, "args": f"['{SECRET_TEXT}']"}

    logging.getLogger("celery.app.trace").error("Task %(name)s: %(exc)s", facts, extra={"data": facts})

    (line,) = lines(written)

    assert ("task_outcome", "workers.draft_version", "t1") == (line["event"], line["task"], line["task_id"])
    assert SECRET_TEXT not in written.getvalue()


def test_what_a_task_does_every_second_is_not_told(written: io.StringIO) -> None:
    logging.getLogger("celery.app.trace").info("Task workers.tick succeeded")
    logging.getLogger("celery.beat").info("Scheduler: Sending due task tick")

    assert [] == lines(written)
