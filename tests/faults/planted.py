"""Five faults that somebody could write into the desk one day, planted in a running one.

Each takes away one thing that keeps an invariant; a test that does not notice any of them would not notice that day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import select, true

from service.domain import gates
from service.operations import approvals, claiming_drafts, drafting, outbox
from service.queries import public
from service.storage.models import OutboxRow, Publication, Release


@dataclass(frozen=True)
class Planted:
    """A fault, the invariant that it breaks, and how it gets into the desk for as long as the patch lasts."""

    name: str
    breaks: str
    plant: Callable[[pytest.MonkeyPatch], None]


def _skip_the_digest(patch: pytest.MonkeyPatch) -> None:
    usual = gates.approval_reasons
    patch.setattr(approvals, "approval_reasons", lambda facts: usual(replace(facts, asked_digest=facts.digest)))


def _forget_the_outbox_row(patch: pytest.MonkeyPatch) -> None:
    usual = outbox.emit

    def forget(work: Any, topic: str, **payload: Any) -> Any:
        return OutboxRow(topic=topic) if topic == "release.published" else usual(work, topic, **payload)

    patch.setattr(outbox, "emit", forget)


def _write_over_a_person(patch: pytest.MonkeyPatch) -> None:
    for module in (drafting, claiming_drafts):
        patch.setattr(module, "draftable", lambda _scope: true())


def _show_the_embargoed(patch: pytest.MonkeyPatch) -> None:
    usual = public.public_list

    def early(session: Any, locale: str, now: Any, **rest: Any) -> list[Publication]:
        scheduled = session.scalars(select(Release).where(Release.state == "scheduled")).all()
        shown = [Publication(title=f"[{locale}] {release.title}") for release in scheduled]
        return [*shown, *usual(session, locale, now, **rest)]

    patch.setattr(public, "public_list", early)


def _let_the_writer_approve(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(approvals, "_wrote_current_text", lambda _work, _version: False)


PLANTED = (
    Planted("the digest is not compared", "I2", _skip_the_digest),
    Planted("the outbox row is forgotten", "I4", _forget_the_outbox_row),
    Planted("a machine writes over a person", "I7", _write_over_a_person),
    Planted("the list ignores the embargo", "I3", _show_the_embargoed),
    Planted("the writer approves", "I2", _let_the_writer_approve),
)
