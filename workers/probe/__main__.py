"""`python -m workers.probe`: how the engines are; with `list`, which there are; with `try`, what they say.

With `mail`: whether the mail server lets the desk in.

`try` reads JSON from standard input: `text`, `source`, `target`, `outside`, and `engines`, a list of names or none.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from service.config import Settings, SettingsError, load_settings
from service.logs import configure_logs
from workers.engines.catalogue import build_engines
from workers.probe.health import probe_all
from workers.probe.listing import list_engines
from workers.probe.mailing import probe_mail
from workers.probe.trying import Question, try_engines

ASKED_WRONGLY = 2


def main(arguments: list[str]) -> int:
    """Print the engines' answers."""
    configure_logs()
    try:
        answer = _answer(arguments, load_settings())
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return ASKED_WRONGLY
    json.dump(answer, sys.stdout)
    return 0


def _answer(arguments: list[str], settings: Settings) -> list[dict[str, Any]]:
    match arguments:
        case []:
            return probe_all(build_engines(settings))
        case ["list"]:
            return list_engines(settings)
        case ["mail"]:
            return probe_mail(settings)
        case ["try"]:
            return _tried(settings, json.load(sys.stdin))
        case _:
            raise SettingsError("There are `list`, `try` and `mail`, and no question, which asks how the engines are.")


def _tried(settings: Settings, asked: dict[str, Any]) -> list[dict[str, Any]]:
    engines = build_engines(settings)
    configured = [engine.capabilities.name for engine in engines]
    wanted = asked.get("engines") or configured
    for name in wanted:
        if name not in configured:
            raise SettingsError(f"{name} is not configured; there are {', '.join(configured) or 'no engines'}.")
    question = Question(asked["text"], asked["source"], asked["target"], outside=asked.get("outside") is True)
    return try_engines([engine for engine in engines if engine.capabilities.name in wanted], question)


if __name__ == "__main__":
    status = main(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)  # an engine that hangs is left behind, and nobody waits for its thread
