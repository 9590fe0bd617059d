"""The words that nobody may come upon before the hour, and an ear at the broker."""

from __future__ import annotations

import base64
import json
import re
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.journeys.steps import DeskProcesses

CANARIES = ("zilverreiger", "roerdomp", "kwartelkoning", "waterral")  # in title, address, body, and a person's edit
ENOUGH = "enough"
_BODY = re.compile(r'\\*"body\\*": \\*"([A-Za-z0-9+/=]+)\\*"')
_TASK = re.compile(r'\\*"task\\*": \\*"([\w.]+)\\*"')


def told(found: str) -> list[str]:
    """Return the words of the canary that stand in a text."""
    return [canary for canary in CANARIES if canary in found.lower()]


@dataclass
class Heard:
    """Every command that the broker was given: messages put and taken, slots, counters."""

    commands: list[str] = field(default_factory=list)

    @property
    def tasks(self) -> set[str]:
        """The names of the tasks that were put on the broker."""
        return {name for command in self.commands for name in _TASK.findall(command)}

    @property
    def arguments(self) -> list[Any]:
        """What each task was given, out of the messages' bodies; these are in base64, where no word can be seen."""
        bodies = [body for command in self.commands for body in _BODY.findall(command)]
        return [json.loads(base64.b64decode(body))[:2] for body in bodies]


@contextmanager
def listening(desk: DeskProcesses) -> Iterator[Heard]:
    """Hear everything that anybody tells the desk's Redis meanwhile."""
    heard = Heard()
    begun = threading.Event()

    def listen() -> None:
        with closing(desk.redis()) as client, client.monitor() as monitor:
            begun.set()
            for told_now in monitor.listen():
                command = str(told_now["command"])
                if command.startswith("ECHO") and command.endswith(ENOUGH):
                    return
                heard.commands.append(command)

    ear = threading.Thread(target=listen, daemon=True)
    ear.start()
    assert begun.wait(10)
    try:
        yield heard
    finally:
        with closing(desk.redis()) as client:
            client.echo(ENOUGH)
        ear.join(30)
    assert not ear.is_alive()
