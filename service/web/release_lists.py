"""The list of releases: what it is narrowed to stands in the address, and each row tells how far its languages are."""

from __future__ import annotations

from flask import render_template, request

from service.domain.errors import N_
from service.domain.workflow import ReleaseState
from service.queries.release_lists import ONLY, ListAsk, listed_releases, questions_for
from service.queries.releases import release_row
from service.web.identity import actor, desk

PAGE_ROWS = 50
MAX_WORDS = 200

ONLY_WORDS = {
    "": N_("All"),
    "mine": N_("Mine"),
    "embargo": N_("Under embargo"),
    "questions": N_("With a question for me"),
}
NOTHING = {
    "mine": N_("You have submitted no release yet."),
    "embargo": N_("Nothing is under embargo."),
    "questions": N_("No question waits for you."),
}


def list_page() -> str:
    """Return the page of the releases that the person sees."""
    ask = _asked()
    with desk().read() as reading:
        after = None
        last = request.args.get("after")
        if last:
            release = release_row(reading.session, actor(), last).release
            after = (release.created_at, release.id)
        found = listed_releases(reading.session, actor(), ask, reading.now, after=after, limit=PAGE_ROWS + 1)
        rows = found[:PAGE_ROWS]
        questions = questions_for(reading.session, actor(), [row.release.id for row in rows])
    return render_template(
        "releases.html",
        rows=rows,
        more=rows[-1].release.id if len(found) > PAGE_ROWS else None,
        ask=ask,
        questions=questions,
        states=list(ReleaseState),
        locales=desk().office.target_locales,
        only_words=ONLY_WORDS,
        nothing=NOTHING.get(ask.only) if ask == ListAsk(only=ask.only) else None,
        now=reading.now,
    )


def _asked() -> ListAsk:
    """Return what the address asks for; what it does not know, it leaves out."""
    state, locale, only = (request.args.get(name, "") for name in ("state", "locale", "only"))
    return ListAsk(
        q=" ".join(request.args.get("q", "")[:MAX_WORDS].split()),
        state=state if state in set(ReleaseState) else "",
        locale=locale if locale in desk().office.target_locales else "",
        only=only if only in ONLY else "",
    )
