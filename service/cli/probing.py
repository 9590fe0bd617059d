"""Questions to the engines, for the commands that ask some: put to a process of the workers' own.

Nothing in `service` opens a connection to an engine. What is asked travels on standard input, so that no list of
processes shows it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from service.cli.settings import WrongSettings
from service.config import Settings, child_environment

PROBE_MODULE = "workers.probe"
MAKING_MODULE = "workers.engines"
PROBE_SECONDS = 60
ASKED_WRONGLY = 2


class ProbeError(Exception):
    """The engines could not be asked; the sentence says why. `asked_wrongly` if a setting or a name is to blame."""

    def __init__(self, sentence: str, *, asked_wrongly: bool = False) -> None:
        """Keep the sentence."""
        super().__init__(sentence)
        self.asked_wrongly = asked_wrongly


@contextmanager
def told_at_the_shell() -> Iterator[None]:
    """Leave the command where the engines could not be asked: status 2 if a setting or a name is to blame, else 1."""
    try:
        yield
    except ProbeError as error:
        if error.asked_wrongly:
            raise WrongSettings(str(error)) from None
        raise click.ClickException(f"The engines {error}.") from None


def ask_engines(settings: Settings, *arguments: str, given: Any = None) -> list[dict[str, Any]]:
    """Return a row for each engine; `given` goes along as JSON. Raises `ProbeError`."""
    said = _said(settings, PROBE_MODULE, *arguments, given=json.dumps(given))
    try:
        rows: list[dict[str, Any]] = json.loads(said)
    except ValueError as error:
        raise _not_asked(error) from None
    return rows


def demand_engines(settings: Settings) -> None:
    """Raise `ProbeError` where the office names engines and one of them cannot be made, with what to do about it.

    Where it names none, those that are configured are asked, and there is nothing to look at.
    """
    if settings.engines:
        _said(settings, MAKING_MODULE)


def _said(settings: Settings, module: str, *arguments: str, given: str = "") -> str:
    """Return what a module of the workers writes on standard output, in a process of its own."""
    try:
        asked = subprocess.run(  # noqa: S603 - the desk's own command
            [sys.executable, "-m", module, *arguments],
            env=child_environment(settings),
            input=given,
            capture_output=True,
            text=True,
            timeout=PROBE_SECONDS,
            check=False,
        )
        if asked.returncode == ASKED_WRONGLY:
            raise ProbeError(" ".join(asked.stderr.split()), asked_wrongly=True)
        asked.check_returncode()
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise _not_asked(error) from None
    return asked.stdout


def _not_asked(error: Exception) -> ProbeError:
    return ProbeError(f"could not be asked ({type(error).__name__})")
