"""The segments of one version as its editor lists them: whole where somebody works, light everywhere else.

Only `WINDOW` segments, from the one that is asked for, stand there whole. Of the rest there is the source, the text and
the form; what lies beside them is fetched when somebody comes near, or shown by an address that begins there.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from service.domain.whole_numbers import whole_number
from service.queries.comments import talk_of, threads_of_version
from service.queries.review import UnitBrief, UnitRow, unit_briefs, unit_rows
from service.uow import Reading
from service.web.fragments import TOKEN, with_token
from service.web.helps import load_helps
from service.web.other_drafts import load_other_drafts
from service.web.segments import Segments
from service.web.term_questions import load_term_questions
from service.web.unit_tools import load_tools
from service.web.versions import VersionPage

WINDOW = 40


@dataclass(frozen=True, slots=True)
class SegmentList:
    """The segments of a version: briefly all of them, and whole those of the window."""

    briefs: list[UnitBrief]
    rows: list[UnitRow]
    parts: Segments

    def html(self) -> Markup:
        """Return the items of the editor's list."""
        whole = {row.unit.id: row for row in self.rows}
        lines = (
            self.parts.whole(whole[brief.id]) if brief.id in whole else self.parts.light(brief) for brief in self.briefs
        )
        return with_token(Markup("\n".join(lines)))  # noqa: S704 - each of them is HTML

    def beside(self, row: UnitRow) -> dict[str, Markup]:
        """Return what a light segment lacks, by the names of the parts of a page."""
        return {name: with_token(part) for name, part in self.parts.beside(row).items()}

    @property
    def changed(self) -> list[UnitBrief]:
        """The segments whose source has changed since they were written."""
        return [brief for brief in self.briefs if brief.changed]


def load_segments(reading: Reading, page: VersionPage, asked: str) -> SegmentList:
    """Load a version's segments, whole from the number that is asked for; as many statements however many there are."""
    session = reading.session
    briefs = unit_briefs(session, page.version)
    rows = unit_rows(session, page.version, between=window(len(briefs), asked))
    parts = Segments(
        page,
        len(briefs),
        drafts=load_other_drafts(reading, page),
        tools=load_tools(reading, page, rows, briefs),
        talk=talk_of(threads_of_version(session, page.version)),
        helps=load_helps(reading, page),
        questions=load_term_questions(reading, page, briefs),
        token=lambda: TOKEN,
    )
    return SegmentList(briefs, rows, parts)


def window(count: int, asked: str) -> tuple[int, int]:
    """Return the numbers of the first and the last segment that stand whole, given the first that is asked for."""
    first = max(1, min(whole_number(asked) or 1, count))
    return first, first + WINDOW - 1
