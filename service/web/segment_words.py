"""What the macros of `unit.html` say of every segment, by the names that they know the sentences under."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace

from markupsafe import Markup

from service.domain.errors import N_
from service.web.language import catalog

WORDS = {
    "accept_minor": N_("Accept the minor edit"),
    "another": N_("Another draft …"),
    "another_place": N_("Use this text there …"),
    "as_answered": N_("As the engine answered:"),
    "ask": N_("Ask for a draft"),
    "back_to_draft": N_("Back to the draft"),
    "changed_since": N_("What changed since the draft"),
    "changed_source": N_("The source has changed"),
    "comment": N_("Comment or reply …"),
    "comments": N_("Comments"),
    "confirm": N_("Confirm"),
    "copy_source": N_("Copy the source"),
    "drafted": N_("Drafted"),
    "earlier": N_("Earlier text:"),
    "engine": N_("Engine"),
    "history": N_("History"),
    "join": N_("Join with the next …"),
    "look_up": N_("Look it up in the memory"),
    "matches": N_("Matches and terms"),
    "minor": N_("Minor edit of the source: does the text still serve?"),
    "more": N_("More about this segment"),
    "no_sentence": N_("no text of this sentence yet"),
    "no_text": N_("no text yet"),
    "of_draft": N_("Source of the draft"),
    "of_segment": N_("of segment %(n)s"),
    "save": N_("Save as draft"),
    "segment": N_("segment %(n)s"),
    "split": N_("Split …"),
    "take_earlier": N_("Take the earlier text"),
    "took": N_("The request took"),
    "undo": N_("Undo the last save"),
    "warnings": N_("On the way:"),
    "where_from": N_("Where the draft came from"),
}


@cache
def words_in(language: str) -> SimpleNamespace:
    """Return the sentences in a language of the desk; their facts are still to be filled in."""
    words = catalog(language)
    return SimpleNamespace(**{name: Markup(words.gettext(message)) for name, message in WORDS.items()})  # noqa: S704 - our own
