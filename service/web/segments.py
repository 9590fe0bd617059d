"""The parts of one segment as the pages of a version show it.

A page has hundreds of segments, each with two dozen sentences and half as many addresses. What is the same for all of
them (the words in the page's language, the beginning of every address, the form token) is made once a page, and so is
every macro that only differs in its facts; see `skeletons`. The HTML itself is in `unit.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote

from flask import url_for
from flask_babel import get_timezone
from markupsafe import Markup

from service.queries.comments import Talk
from service.queries.review import UnitBrief, UnitRow
from service.web.formatting import kind_word, open_words, origin_words, with_markers
from service.web.fragments import fragment, token_field
from service.web.helps import Helps
from service.web.language import chosen_language, gettext
from service.web.other_drafts import OtherDraft, OtherDrafts
from service.web.segment_words import words_in
from service.web.skeletons import Skeletons, page_macro
from service.web.term_questions import TermQuestion
from service.web.unit_tools import NO_TOOLS, Tools
from service.web.versions import VersionPage

# All of a unit that its segment shows.
_OF_UNIT = attrgetter(
    *("id", "row_version", "state", "target", "origin", "engine", "engine_version", "score", "changed_from"),
    *("draft", "draft_raw", "draft_ms", "drafted_at", "change_is_minor"),
)
NEVER_CUT = frozenset({"title", "kicker", "heading"})


@dataclass
class Segments:
    """The parts of one version's segments; the macros are given it as `at`.

    `drafts`, `tools`, `talk`, `helps` and `questions` stand beside the segments; they are left out where only the text
    is shown. What is made of `whole` and `light` segments may be kept: there, `token` gives the `TOKEN` of fragments.
    """

    page: VersionPage
    all: int
    drafts: OtherDrafts | None = None
    tools: Tools = NO_TOOLS
    talk: Talk = field(default_factory=Talk)
    helps: Helps | None = None
    questions: Mapping[str, tuple[TermQuestion, ...]] = field(default_factory=dict)
    token: Callable[[], Markup] = token_field

    def __post_init__(self) -> None:
        """Make ready what is the same for every segment."""
        page = self.page
        self.editable = page.editable
        self.locale = page.version.locale
        self.source_locale = page.release.source_locale
        self.language = chosen_language()
        self.editor = url_for("review.editor", release_id=page.release.id, locale=self.locale)
        self.units = f"{self.editor}/units/"
        self.engine_options = self.drafts.options if self.drafts else Markup()
        self.w = words_in(self.language)
        self._kind = _remembered(kind_word)
        self._state = _remembered(page_macro("unit_status"))
        self._origin = _remembered(_origin)
        self._draft_origin = _remembered(_draft_origin)
        self._when = _remembered(self._drafted)
        self._shared = self.language, self.editor, self.source_locale, self.editable, self.all, str(get_timezone())
        skeletons = Skeletons("unit.html", self, kept_as=self._shared)
        self._fill, self._call = skeletons.fill, skeletons.call

    @cached_property
    def csrf(self) -> Markup:
        """The hidden field that a form of this page needs."""
        return self.token()

    @cached_property
    def memory(self) -> str:
        """The address of the search in the memory."""
        return url_for("memory.search")

    def whole(self, row: UnitRow) -> Markup:
        """Return a segment with all that lies beside it; as a `fragment` where nothing was said or found."""
        if self._has_more(row):
            return self._whole(row)
        unit, tools = row.unit, self.tools
        askable = self.drafts is not None and self.drafts.askable
        facts = _OF_UNIT(unit), row.n, row.block.kind, row.segment.source, str(row.segment.codes), row.written_by
        offered = tools.earlier_of(unit), tools.same_as(unit), tools.cut_of(unit), tools.may_undo(unit)
        return fragment(("whole", self._shared, self.engine_options, askable, facts, offered), lambda: self._whole(row))

    def _has_more(self, row: UnitRow) -> bool:
        """Is there something beside a segment that does not follow from the unit and its source alone?"""
        unit = row.unit
        return bool(
            row.findings
            or unit.warnings
            or unit.id in self.questions
            or self.talk.of(unit.id)
            or (self.drafts is not None and unit.id in self.drafts.found)
            or (self.helps is not None and self.helps.third.chosen)
        )

    def _whole(self, row: UnitRow) -> Markup:
        return self._fill(
            "whole",
            **self._place(row),
            has_error=" has-error" if row.has_error else "",
            head=self.head(row),
            source_side=self.source(row) + self.beneath_source(row),
            form_side=self.form(row) + self.beneath_form(row),
        )

    def light(self, brief: UnitBrief) -> Markup:
        """Return a segment without what lies beside it: its source, its text and its form; as a `fragment`."""
        facts = brief.id, brief.n, brief.kind, brief.state, brief.row_version, brief.source, brief.draft, brief.target
        return fragment(("light", self._shared, facts), lambda: self._light(brief))

    def _light(self, brief: UnitBrief) -> Markup:
        place = {
            "n": brief.n,
            "kind": brief.kind,
            "kind_word": self._kind(brief.kind),
            "state": brief.state,
            "state_mark": self._state(brief.state),
        }
        written = _written(brief.id, brief.row_version, brief.source, brief.draft, brief.target)
        text = brief.target or self._fill("no_text")
        return self._fill("light", csrf=self.csrf, **place, **written, source=brief.source, text=text, more_acts="")

    def head(self, row: UnitRow) -> Markup:
        """Return a segment's number, how it stands, and where its text comes from."""
        unit = row.unit
        origin = self._origin((unit.origin, unit.engine, unit.score, row.written_by))
        return self._fill("head", **self._place(row), origin=origin)

    def source(self, row: UnitRow) -> Markup:
        """Return a segment's source with its markers."""
        return self._fill("source", id=row.unit.id, source=with_markers(row.segment.source, row.segment.codes))

    def form(self, row: UnitRow) -> Markup:
        """Return where a segment is written, or its text where it may not be."""
        unit, segment = row.unit, row.segment
        if not self.editable:
            text = with_markers(unit.target, segment.codes) if unit.target else self._fill("no_text")
            return self._fill("text", text=text)
        acts = Markup() if unit.target else self._fill("act_source")
        if unit.draft and unit.draft != unit.target:
            acts += self._fill("act_draft")
        written = _written(unit.id, unit.row_version, segment.source, unit.draft, unit.target)
        return self._fill("form", csrf=self.csrf, **written, n=row.n, more_acts=acts)

    def beneath_source(self, row: UnitRow) -> Markup:
        """Return what stands beneath the source: a third language, what changed, the way to the memory."""
        shown = Markup()
        if self.helps is not None and self.helps.third.chosen:
            shown += self._call("third", row)
        if row.unit.changed_from is not None:
            shown += self._call("changed", row)
        return shown + self._fill("matches", id=row.unit.id, n=row.n, asked=quote(row.segment.source[:500]))

    def beneath_form(self, row: UnitRow) -> Markup:
        """Return what stands beneath the form: what can be done and said, the other drafts, what the checks found."""
        threads = self.talk.of(row.unit.id)
        open_threads = sum(each.open for each in threads)
        return self._fill(
            "beneath_form",
            id=row.unit.id,
            n=row.n,
            tools=self.unit_tools(row),
            questions=self.unit_questions(row),
            another=self._another(row) if self.drafts is not None and self.drafts.askable else "",
            draft=self.draft(row),
            none_open="" if open_threads else " hidden",
            open=open_words(open_threads),
            threads=self._call("threads", row) if threads else "",
            findings=self.findings(row),
        )

    def unit_tools(self, row: UnitRow) -> Markup:
        """Return what can be done to a segment beside writing it."""
        if not self.editable:
            return Markup()
        offered = self._call("tools", row) if self.tools.any_for(row.unit) else Markup()
        return offered if row.block.kind in NEVER_CUT else offered + self._fill("cuts", id=row.unit.id, n=row.n)

    def unit_questions(self, row: UnitRow) -> Markup:
        """Return what an edit of a segment leads to ask about terms."""
        return self._call("questions", row) if row.unit.id in self.questions else Markup()

    def findings(self, row: UnitRow) -> Markup:
        """Return what the checks found in a segment."""
        return self._call("findings", row) if row.findings else Markup()

    def draft(self, row: UnitRow) -> Markup:
        """Return where a segment's draft came from, and what changed since; nothing where there was none."""
        unit = row.unit
        if not unit.draft:
            return Markup()
        changed = bool(unit.target) and unit.draft != unit.target
        differs = unit.warnings or (unit.draft_raw and unit.draft_raw != unit.draft)
        return self._fill(
            "draft",
            n=row.n,
            title=self.w.changed_since if changed else self.w.where_from,
            changes=self._call("changes", row) if changed else "",
            origin=self._draft_origin((unit.engine, unit.engine_version, unit.score)),
            when=self._when((unit.drafted_at, unit.draft_ms)),
            on_the_way=self._call("on_the_way", row) if differs else "",
        )

    def parts(self, row: UnitRow) -> dict[str, Markup]:
        """Return what changes with a save, by the names of the parts of a page."""
        return {
            "head": self.head(row),
            "tools": self.unit_tools(row),
            "findings": self.findings(row),
            "draft": self.draft(row),
            "questions": self.unit_questions(row),
        }

    def beside(self, row: UnitRow) -> dict[str, Markup]:
        """Return what a light segment lacks."""
        return {
            "head": self.head(row),
            "source": self.source(row),
            "beneath_source": self.beneath_source(row),
            "beneath_form": self.beneath_form(row),
        }

    def others(self, row: UnitRow, shown: list[OtherDraft]) -> Markup:
        """Return the other drafts of a segment, each beside its text."""
        return self._call("others", row, shown) if shown else Markup()

    def ask(self, row: UnitRow) -> Markup:
        """Return the question for another draft."""
        return self._fill("ask", id=row.unit.id, n=row.n, csrf=self.csrf, engine_options=self.engine_options)

    def _another(self, row: UnitRow) -> Markup:
        shown = self.drafts.of(row.unit) if self.drafts is not None else []
        waiting = sum(each.state == "waiting" for each in shown)
        is_open = Markup(' open data-waiting="{}"').format(waiting) if shown else ""
        asked = {"csrf": self.csrf, "engine_options": self.engine_options}
        others = self.others(row, shown)
        return self._fill("another", id=row.unit.id, n=row.n, is_open=is_open, others=others, **asked)

    def _place(self, row: UnitRow) -> dict[str, object]:
        unit, kind = row.unit, row.block.kind
        return {
            "id": unit.id,
            "n": row.n,
            "kind": kind,
            "kind_word": self._kind(kind),
            "state": unit.state,
            "state_mark": self._state(unit.state),
        }

    def _drafted(self, when: tuple[object, object]) -> Markup:
        return self._call("drafted", SimpleNamespace(drafted_at=when[0], draft_ms=when[1]))


def rows_of(text: str) -> int:
    """Return how many lines a field for a text shows."""
    return max(2, 1 + len(text) // 62)


def _written(unit_id: str, row_version: int, source: str, draft: str, target: str) -> dict[str, object]:
    return {
        "id": unit_id,
        "row_version": row_version,
        "rows": rows_of(target or source),
        "plain_source": source,
        "draft": draft,
        "target": target,
    }


def _remembered(make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a function that makes each answer once a page; a page asks for few that differ."""
    made: dict[Any, Any] = {}

    def ask(about: Any) -> Any:
        if about not in made:
            made[about] = make(about)
        return made[about]

    return ask


def _origin(facts: tuple[str, str | None, int | None, str | None]) -> str:
    origin, engine, score, name = facts
    return origin_words(origin, engine=engine, score=score, name=name)


def _draft_origin(facts: tuple[str | None, str | None, int | None]) -> str:
    engine, version, score = facts
    if engine:
        return f"{engine} ({version})" if version else engine
    if score is not None:
        return str(gettext("translation memory, %(score)s %%", score=score))
    return str(gettext("no engine"))
