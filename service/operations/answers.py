"""Keeping what engines answered, so that the same text is not asked for twice."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.dialects import postgresql, sqlite

from service.operations.context import Work
from service.storage.models import EngineAnswer


def keep_answers(work: Work, answers: Mapping[str, str]) -> None:
    """Keep answers under their keys; one that is there already is as good."""
    if not answers:
        return
    insert = postgresql.insert if work.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    rows = [{"key": key, "answer": answers[key], "kept_at": work.now} for key in sorted(answers)]
    work.session.execute(insert(EngineAnswer).on_conflict_do_nothing(index_elements=[EngineAnswer.key]), rows)
