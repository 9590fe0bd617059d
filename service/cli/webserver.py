"""The web server: gunicorn with threads, set up for this desk and started inside this process.

There is no access log: it would write the addresses of releases that nobody may know of yet.
"""

from __future__ import annotations

import gc
import logging
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from service import app
from service.config import Settings
from service.logs import configure_logs

PROCESSES = 2
THREADS = 8
GARBAGE_AFTER, GARBAGE_AGES = 10_000, (20, 20)


class QuietLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's log, sent the way of all others instead of through handlers of its own."""

    def setup(self, cfg: Any) -> None:
        """Leave the handlers to `configure_logs`."""
        self.error_log.propagate = True
        self.error_log.setLevel(logging.WARNING)
        self.access_log.propagate = False
        self.access_log.setLevel(logging.CRITICAL)
        self.cfg = cfg


class WebServer(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """Gunicorn's own process model around the desk's application.

    Each of its processes makes the application for itself.
    """

    def __init__(self, options: dict[str, Any]) -> None:
        """Keep the options until gunicorn asks for them."""
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Set gunicorn's options; its command line and its environment are not read."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Make the application in the process that will serve it."""
        configure_logs()
        return app.create_app()


def look_for_garbage_less(_worker: object) -> None:
    """Leave what was made at the start out of every search for garbage, and search after ten thousand objects.

    A page makes some twenty thousand objects and lets nearly all of them go by itself: by Python's own measure, seven
    hundred, a long page is interrupted dozens of times.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE_AFTER, *GARBAGE_AGES)


OPTIONS: dict[str, Any] = {
    "worker_class": "gthread",
    "workers": PROCESSES,
    "threads": THREADS,
    "timeout": 60,
    "graceful_timeout": 4,
    "keepalive": 5,
    "limit_request_line": 8190,  # the highest bound there is: a lookup in the memory carries a sentence
    "accesslog": None,
    "logger_class": QuietLogger,
    "control_socket_disable": True,
    "proc_name": "perstolk-web",
    "post_worker_init": look_for_garbage_less,
}


def serve(settings: Settings, *, listen_fd: int | None) -> None:
    """Serve until stopped, on a socket that is already open or on the address in the settings."""
    configure_logs()
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    WebServer(OPTIONS | {"bind": [f"fd://{listen_fd}" if listen_fd is not None else f"{host}:{settings.port}"]}).run()
