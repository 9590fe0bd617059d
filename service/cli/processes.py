"""The commands that run until they are stopped: a whole desk, or one of its processes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from service.cli.probing import demand_engines, told_at_the_shell
from service.cli.settings import read_settings
from service.config import child_environment
from service.dispatch import QUEUES
from service.logs import configure_logs
from service.supervisor.commands import beat_command, worker_command
from service.supervisor.listening import CannotListen
from service.supervisor.lock import AlreadyRunning
from service.supervisor.redis import NoRedis


@click.command()
def run() -> None:
    """Run a whole desk on this machine: web, workers, clock, database and Redis.

    Settings are read from PERSTOLK_… names in the environment and from perstolk.env in the variable
    directory.
    """
    from service.supervisor import desk, preparing  # noqa: PLC0415 - brings the database in, which no other command needs

    settings = read_settings(embedded=True)
    configure_logs()
    with told_at_the_shell():
        demand_engines(settings)
    try:
        status = desk.run(settings, prepare=preparing.prepare, terminal=sys.stdout)
    except (AlreadyRunning, CannotListen, NoRedis) as error:
        raise click.ClickException(str(error)) from None
    sys.exit(status)


@click.command()
@click.option("--listen-fd", type=int, hidden=True, help="An open socket to answer on, from the supervisor.")
def web(listen_fd: int | None) -> None:
    """Run the web server alone, on PERSTOLK_HOST and PERSTOLK_PORT."""
    from service.cli.webserver import serve  # noqa: PLC0415 - brings the whole web application in

    settings = read_settings()
    serve(settings, listen_fd=listen_fd)


@click.command()
@click.option(
    "--queues",
    default=",".join(QUEUES),
    show_default=True,
    help="The queues to work on, with commas between them.",
)
@click.option("--concurrency", type=click.IntRange(min=1), help="Tasks at once.  [default: PERSTOLK_WORKERS]")
@click.option("--pool", type=click.Choice(["prefork", "threads", "solo"]), default="prefork", show_default=True)
def worker(queues: str, concurrency: int | None, pool: str) -> None:
    """Run a worker alone; start as many as there is work for."""
    chosen = tuple(queue.strip() for queue in queues.split(",") if queue.strip())
    unknown = sorted(set(chosen) - set(QUEUES))
    if unknown or not chosen:
        message = f"there is no queue {', '.join(unknown) or 'named'}; choose among {', '.join(QUEUES)}"
        raise click.BadParameter(message, param_hint="--queues")
    settings = read_settings()
    with told_at_the_shell():
        demand_engines(settings)
    name = "-".join(chosen) if len(chosen) < len(QUEUES) else "worker"
    command = worker_command(
        name=f"{name}-{os.getpid()}", queues=chosen, concurrency=concurrency or settings.workers, pool=pool
    )
    _become(command, child_environment(settings))


@click.command()
def beat() -> None:
    """Run the clock alone; a second one does no harm."""
    settings = read_settings()
    settings.var_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    _become(beat_command(settings.var_dir), child_environment(settings))


def _become(command: Sequence[str], environment: dict[str, str]) -> None:
    """Put the command in the place of this process, so that signals reach it directly."""
    sys.stdout.flush()
    os.execve(command[0], list(command), environment)  # noqa: S606 - the desk's own command, without a shell
