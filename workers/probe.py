"""Asking the engines how they are: `python -m workers.probe` prints what each one says as JSON.

No word of a release is sent. `perstolk doctor` runs this as a process of its own.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from service.config import SettingsError, load_settings
from service.logs import configure_logs
from workers.engines.base import Deadline, Engine
from workers.engines.catalogue import build_engines

PROBE_SECONDS = 15.0


def probe_all(engines: Sequence[Engine]) -> list[dict[str, Any]]:
    """Ask all engines at once and return what each said, in their order."""
    with ThreadPoolExecutor(max_workers=max(1, len(engines))) as pool:
        return list(pool.map(_probe, engines))


def _probe(engine: Engine) -> dict[str, Any]:
    health = engine.probe(deadline=Deadline(PROBE_SECONDS))
    return {
        "name": engine.capabilities.name,
        "runs_in_office": engine.capabilities.runs_in_office is True,
        "ok": health.ok,
        "reason": health.reason,
        "detail": health.detail,
        "milliseconds": health.milliseconds,
    }


def main() -> int:
    """Print the engines' answers."""
    configure_logs()
    try:
        engines = build_engines(load_settings())
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    json.dump(probe_all(engines), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main())
