"""The command that looks at every part of the desk and says which one is broken, a line each.

The engines are asked by a process of the workers' own, since nothing in `service` opens a connection to them; they are
asked how they are, and see no word of a release.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import click
from sqlalchemy.exc import SQLAlchemyError

from service.cli.probing import ProbeError, ask_engines
from service.config import Settings, SettingsError, load_settings
from service.logs import configure_logs
from service.queries.audit import first_broken_entry
from service.queries.upkeep import backlogs, breaker_states, cleans_itself, endpoint_counts
from service.uow import Desk, open_desk
from service.web import signs
from service.web.signs import Sign

FREE_BYTES = 500_000_000
CLOCK_SECONDS = 2.0
OLD_SECONDS = 600.0


@click.command()
def doctor() -> None:
    """Look at every part of the desk; status 1 if one is broken."""
    configure_logs()
    try:
        settings = load_settings()
    except SettingsError as error:
        _tell(Sign("settings", ok=False, detail=" ".join(str(error).splitlines())))
        sys.exit(1)
    desk = open_desk(settings)
    whole = True
    try:
        for look in LOOKS:
            for sign in look(settings, desk):
                _tell(sign)
                whole = whole and sign.ok
    finally:
        desk.database.dispose()
    if not whole:
        sys.exit(1)


def _tell(sign: Sign) -> None:
    """Write one line."""
    verdict = click.style("ok    ", fg="green") if sign.ok else click.style("BROKEN", fg="red", bold=True)
    click.echo(f"{verdict}  {sign.name:<12}  {sign.detail}")


def _settings(settings: Settings, _desk: Desk) -> Iterator[Sign]:
    """Say where the desk stands, and what of its policies a careful office would want to know."""
    kind = "SQLite" if settings.database_url.startswith("sqlite") else "PostgreSQL"
    redis = "its own Redis" if settings.own_redis else "another Redis"
    eyes = "four eyes" if settings.four_eyes else "WITHOUT four eyes"
    leaves = ", texts under embargo MAY leave the office" if settings.external_engines_for_embargoed else ""
    yield Sign("settings", ok=True, detail=f"{kind}, {redis}, {eyes}{leaves}; kept in {settings.var_dir}")


def _signs(settings: Settings, desk: Desk) -> Iterator[Sign]:
    """Ask what `/readyz` asks."""
    for question in signs.SIGNS:
        yield question(settings, desk)


def _clock(_settings: Settings, desk: Desk) -> Iterator[Sign]:
    """Compare the database's clock, which decides when an embargo lifts, with this machine's."""
    try:
        with desk.read() as reading:
            apart = abs((datetime.now(UTC) - reading.now).total_seconds())
    except SQLAlchemyError:
        return  # told under "database"
    detail = f"{apart:.1f} s between the database's and this machine's"
    yield Sign("clock", apart <= CLOCK_SECONDS, detail)


def _upkeep(_settings: Settings, desk: Desk) -> Iterator[Sign]:
    """Say so if the database was told not to look after its tables."""
    try:
        with desk.read() as reading:
            well = cleans_itself(reading.session)
    except SQLAlchemyError:
        return  # told under "database"
    if not well:
        yield Sign(
            "upkeep", ok=True, detail="autovacuum is OFF: as tables grow, they get slow; switch it on in PostgreSQL"
        )


def _audit(_settings: Settings, desk: Desk) -> Iterator[Sign]:
    """Follow the chain of the audit from its first entry to its last."""
    try:
        with desk.read() as reading:
            broken = first_broken_entry(reading.session)
    except SQLAlchemyError:
        return  # told under "database" or "migrations"
    yield Sign("audit", broken is None, "its chain is whole" if broken is None else f"entry {broken} was changed")


def _disk(settings: Settings, _desk: Desk) -> Iterator[Sign]:
    """Ask whether there is room left where the desk keeps its files."""
    if not settings.var_dir.exists():
        yield Sign("disk", ok=False, detail=f"there is no {settings.var_dir}")
        return
    free = shutil.disk_usage(settings.var_dir).free
    yield Sign("disk", free >= FREE_BYTES, f"{free / 1e9:.1f} GB free")


def _work(_settings: Settings, desk: Desk) -> Iterator[Sign]:
    """Say what waits longest, what was claimed and left lying, and how engines and receivers stand."""
    try:
        with desk.read() as reading:
            waiting = backlogs(reading.session, reading.now)
            points = endpoint_counts(reading.session)
            breakers = breaker_states(reading.session)
    except SQLAlchemyError:
        return  # told under "database" or "migrations"
    ages = {it.kind: (reading.now - it.oldest).total_seconds() for it in waiting if it.oldest}
    stuck = sum(it.stuck for it in waiting)
    kind = max(ages, key=lambda name: ages[name], default="")
    oldest = f"the oldest due is {ages[kind]:.0f} s old ({kind})" if kind else "none is due"
    yield Sign("work", not stuck and ages.get(kind, 0) <= OLD_SECONDS, f"{oldest}; stuck claims: {stuck}")
    resting = [f"{name} ({gate}{': ' + reason if reason else ''})" for name, gate, reason in breakers if gate != "open"]
    yield Sign(
        "breakers", ok=True, detail=f"not asked now: {', '.join(resting)}" if resting else "every engine is asked"
    )
    told = f"{points['well']} well, {points['failing']} failing, {points['off']} off"
    yield Sign("endpoints", ok=True, detail=told)


def _engines(settings: Settings, _desk: Desk) -> Iterator[Sign]:
    """Let a process of the workers ask each engine how it is."""
    try:
        found = ask_engines(settings)
    except ProbeError as error:
        yield Sign("engines", ok=False, detail=str(error))
        return
    if not found:
        yield Sign("engines", ok=False, detail="none is configured")
    for engine in found:
        where = "in the office" if engine["runs_in_office"] else "outside"
        said = f"answers in {engine['milliseconds']} ms" if engine["ok"] else f"does not answer: {engine['reason']}"
        detail = f" ({engine['detail']})" if engine["detail"] else ""
        yield Sign(engine["name"], engine["ok"], f"engine {where}, {said}{detail}")


def _mail(settings: Settings, _desk: Desk) -> Iterator[Sign]:
    """Let a process of the workers greet the mail server and sign in; no mail is sent."""
    if settings.smtp_server is None:
        yield Sign("mail", ok=True, detail="none is sent; SMTP_URL names no server")
        return
    try:
        (found,) = ask_engines(settings, "mail")
    except (ProbeError, ValueError) as error:
        yield Sign("mail", ok=False, detail=str(error))
        return
    said = f"the server lets the desk in, in {found['milliseconds']} ms" if found["ok"] else found["reason"]
    yield Sign("mail", found["ok"], said)


LOOKS: tuple[Callable[[Settings, Desk], Iterator[Sign]], ...] = (
    _settings,
    _signs,
    _clock,
    _upkeep,
    _audit,
    _disk,
    _work,
    _engines,
    _mail,
)
