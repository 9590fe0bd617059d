"""The command line: which commands there are, and in which module each one lives.

A command's module is imported when it is asked for, so that help and completion stay quick; a new command is
one line in the table and a click command in a module beside this one. A database that fails any of them is told in
one place, here.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click

COMMANDS = {
    "run": ("service.cli.processes:run", "Run a whole desk on this machine; Ctrl-C stops it."),
    "web": ("service.cli.processes:web", "Run the web server alone."),
    "worker": ("service.cli.processes:worker", "Run a worker alone."),
    "beat": ("service.cli.processes:beat", "Run the clock alone."),
    "db": ("service.cli.database:db", "Upgrade or check the database's schema."),
    "user": ("service.cli.user:user", "Add people."),
    "token": ("service.cli.token:token", "Issue tokens for programs."),
    "submit": ("service.cli.submit:submit", "Submit a release, and wait for its drafts."),
    "endpoint": ("service.cli.endpoint:endpoint", "Add receivers of webhooks, and send them again what they missed."),
    "secrets": ("service.cli.secrets:secrets", "Lock the secrets in the database with a new key."),
    "engines": ("service.cli.engines:engines", "Look at the engines and try them."),
    "terms": ("service.cli.terms:terms", "Take lists of terms in, and write the term base out."),
    "memory": ("service.cli.memory:memory", "Take translation memories in, and write the desk's own out."),
    "doctor": ("service.cli.doctor:doctor", "Say which part of the desk is broken, if any is."),
    "backup": ("service.cli.backup:backup", "Write everything in the database to a file."),
    "restore": ("service.cli.backup:restore", "Put a backup in the place of the database."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported on demand from a table of name → (place, help)."""

    def __init__(self, *args: Any, table: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        """Keep the table."""
        super().__init__(*args, **kwargs)
        self.table = table

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's own signature
        """List the commands in the table's order."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return a command."""
        if cmd_name not in self.table:
            return None
        module, _, name = self.table[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; leave it with a sentence and status 1 where the database fails it, whichever it is."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit):
            raise
        except Exception as error:
            from service.cli.database_words import database_sentence  # noqa: PLC0415 - brings the database in

            sentence = database_sentence(error)
            if sentence is None:
                raise
            raise click.ClickException(sentence) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands from the table, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in self.table.items()])


@click.command(cls=LazyGroup, table=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="perstolk")
def main() -> None:
    """Perstolk, the translation desk of a press office."""
