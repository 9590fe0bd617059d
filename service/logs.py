"""How every process writes its log: constant event names with facts as keywords, one JSON object a line.

Modules log through `structlog.stdlib.get_logger(__name__)`. On a terminal the same events read as plain
lines. What libraries log through the standard library goes the same way. Exceptions are told by class and
place, never by message: a message may quote a release's text or a secret.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from structlog.typing import Processor

Event = MutableMapping[str, Any]

PLACES = 12  # the innermost frames of an exception that are told
QUIET_LOGGERS = {
    "alembic": logging.WARNING,
    "amqp": logging.WARNING,
    "celery.beat": logging.WARNING,  # a tick every second is no news
    "celery.worker.strategy": logging.WARNING,  # nor is its arrival
    "celery.app.trace": logging.WARNING,  # nor its success
    "httpcore": logging.WARNING,  # its debug lines quote requests
    "httpx": logging.WARNING,  # its info lines quote addresses
    "kombu": logging.WARNING,
    "urllib3": logging.WARNING,
}


def configure_logs(*, level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Send this process's log to `stream` (standard error by default), replacing what was set before."""
    stream = stream or sys.stderr
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: Any = (
        structlog.dev.ConsoleRenderer() if stream.isatty() else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, name_library_event],
            processors=[
                tell_exception_by_place,
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in ("gunicorn.error", "gunicorn.access", "celery", "celery.task", "celery.redirected"):
        logging.getLogger(name).handlers = []
        logging.getLogger(name).propagate = True
    for name, quiet in QUIET_LOGGERS.items():
        logging.getLogger(name).setLevel(max(level, quiet))
    logging.captureWarnings(capture=True)


def name_library_event(_logger: object, _method: str, event: Event) -> Event:
    """Give a library's line a constant event name, and keep its sentence as `message`.

    A task's outcome is told by the task's name and id only. A line about an exception keeps its template
    without the facts, or no sentence at all where it came without facts: some libraries write them into the
    sentence, and they are what the exception was about, such as an address or a text.
    """
    record: logging.LogRecord = event["_record"]
    task = getattr(record, "data", None)
    if record.name.startswith("celery.") and isinstance(task, dict) and "id" in task:
        return {**event, "event": "task_outcome", "task": task.get("name"), "task_id": task["id"]}
    named = {**event, "event": f"{record.name.split('.')[0]}_message", "message": event["event"]}
    if record.exc_info:
        named["message"] = record.msg if record.msg != event["event"] else None
    return named


def tell_exception_by_place(_logger: object, _method: str, event: Event) -> Event:
    """Replace an exception by the names of its class and causes, and the innermost places it passed."""
    given = event.pop("exc_info", None)
    event.pop("exc_text", None)
    event.pop("stack_info", None)
    if not given:
        return event
    error = given if isinstance(given, BaseException) else given[1] if isinstance(given, tuple) else sys.exc_info()[1]
    if error is None:
        return event
    causes: list[str] = []
    cause = error.__cause__ or error.__context__
    while cause is not None and len(causes) < PLACES:
        causes.append(type(cause).__qualname__)
        cause = cause.__cause__ or cause.__context__
    frames = traceback.extract_tb(error.__traceback__)[-PLACES:]
    event["error"] = type(error).__qualname__
    event["places"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    if causes:
        event["causes"] = causes
    return event
