"""What the clock starts, and how often; what is due is decided by the tasks, from the database.

Two beats do no harm: a tick that finds nothing to do, or another one at work, ends at once.
"""

from __future__ import annotations

from typing import Any

from service.dispatch import CHECK_TASK

TICK_TASK = "workers.tick"
TICK_SECONDS = 1.0
MEASURE_SECONDS = 15.0
WATCH_SECONDS = 30.0
MEMORY_SECONDS = 10.0
CHECK_SECONDS = 5.0
MAIL_SECONDS = 5.0
HOURS_SECONDS = 60.0
TICK_EXPIRES_SECONDS = 7200  # a worker's clock may be an hour off: a shorter life would make it drop every tick


def beat_schedule() -> dict[str, dict[str, Any]]:
    """Return the schedule in Celery's form.

    What comes every few seconds expires, so that workers that were away do not come back to a queue without end; two
    hours of ticks are worked off in seconds.
    """
    return {
        "tick": {
            "task": TICK_TASK,
            "schedule": TICK_SECONDS,
            "options": {"expires": TICK_EXPIRES_SECONDS},
        },
        "measure": {
            "task": "workers.measure_drafts",
            "schedule": MEASURE_SECONDS,
            "options": {"expires": TICK_EXPIRES_SECONDS},
        },
        "watch": {
            "task": "workers.watch_engines",
            "schedule": WATCH_SECONDS,
            "options": {"expires": TICK_EXPIRES_SECONDS},
        },
        "memory": {
            "task": "workers.keep_memory",
            "schedule": MEMORY_SECONDS,
            "options": {"expires": TICK_EXPIRES_SECONDS},
        },
        "checks": {
            "task": CHECK_TASK,
            "schedule": CHECK_SECONDS,
            "options": {"expires": TICK_EXPIRES_SECONDS},
        },
        "mail": {
            "task": "workers.look_for_mail",
            "schedule": MAIL_SECONDS,
            "options": {"expires": TICK_EXPIRES_SECONDS},
        },
        "hours": {
            "task": "workers.look_at_hours",
            "schedule": HOURS_SECONDS,
            "options": {"expires": TICK_EXPIRES_SECONDS},
        },
        "forget": {"task": "workers.forget_old", "schedule": 3600.0},
    }
