"""The command lines of the desk's processes, the same ones for the embedded and the scaled set-up.

The workers are named, never imported: `service` does not stand on them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

_CELERY = (sys.executable, "-m", "celery", "--quiet", "-A", "workers.main:celery")


def web_command(*, listen_fd: int) -> list[str]:
    """Return the command of the web server on a socket that is already open."""
    return [sys.executable, "-m", "service", "web", "--listen-fd", str(listen_fd)]


def worker_command(*, name: str, queues: Sequence[str], concurrency: int, pool: str = "prefork") -> list[str]:
    """Return the command of a worker for some queues.

    The chatter between workers is off: nothing here needs it, and it costs a second at the start.
    """
    return [
        *_CELERY,
        "worker",
        f"--hostname={name}@%h",
        f"--queues={','.join(queues)}",
        f"--concurrency={concurrency}",
        f"--pool={pool}",
        "--loglevel=INFO",
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
    ]


def beat_command(var_dir: Path) -> list[str]:
    """Return the command of the clock, which keeps its last ticks in the variable directory."""
    return [*_CELERY, "beat", f"--schedule={var_dir / 'beat-schedule'}", "--pidfile=", "--loglevel=INFO"]
