"""The settings as a command needs them: read, or told what is wrong with them in a sentence and status 2."""

from __future__ import annotations

import click

from service.config import Settings, SettingsError, load_settings


class WrongSettings(click.ClickException):
    """The settings cannot be used; the sentences say which."""

    exit_code = 2


def read_settings(*, embedded: bool | None = None) -> Settings:
    """Return the settings, or leave the command with every fault told on standard error."""
    try:
        return load_settings(embedded=embedded)
    except SettingsError as error:
        raise WrongSettings(str(error)) from None
