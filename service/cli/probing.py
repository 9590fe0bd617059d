"""Questions to the engines, for the commands that ask some: put to a process of the workers' own.

Nothing in `service` opens a connection to an engine. What is asked travels on standard input, so that no list of
processes shows it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from service.config import Settings, child_environment

PROBE_MODULE = "workers.probe"
PROBE_SECONDS = 60
ASKED_WRONGLY = 2


class ProbeError(Exception):
    """The engines could not be asked; the sentence says why. `asked_wrongly` if a setting or a name is to blame."""

    def __init__(self, sentence: str, *, asked_wrongly: bool = False) -> None:
        """Keep the sentence."""
        super().__init__(sentence)
        self.asked_wrongly = asked_wrongly


def ask_engines(settings: Settings, *arguments: str, given: Any = None) -> list[dict[str, Any]]:
    """Return a row for each engine; `given` goes along as JSON. Raises `ProbeError`."""
    try:
        asked = subprocess.run(  # noqa: S603 - the desk's own command
            [sys.executable, "-m", PROBE_MODULE, *arguments],
            env=child_environment(settings),
            input=json.dumps(given),
            capture_output=True,
            text=True,
            timeout=PROBE_SECONDS,
            check=False,
        )
        if asked.returncode == ASKED_WRONGLY:
            raise ProbeError(" ".join(asked.stderr.split()), asked_wrongly=True)
        asked.check_returncode()
        rows: list[dict[str, Any]] = json.loads(asked.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise ProbeError(f"could not be asked ({type(error).__name__})") from None
    return rows
