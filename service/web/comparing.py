"""Two states of a text in one: the draft and what became of it, two approvals, two revisions of the source."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from service.domain.comparing import compare
from service.domain.errors import N_, Invalid
from service.web.identity import desk
from service.web.past_words import Side, sentences_of, sides_of
from service.web.versions import load

blueprint = Blueprint("comparing", __name__)


@blueprint.get("/releases/<release_id>/<locale>/compare")
def show(release_id: str, locale: str) -> str:
    """Compare two texts that the address names; without names, the draft with the text as it stands."""
    with desk().read() as reading:
        page = load(reading, release_id, locale)
        sides = sides_of(reading, page.version)
        old, new = (_side(sides, name, usual) for name, usual in (("old", "draft"), ("new", "now")))
        if old.of_source != new.of_source:
            raise Invalid(
                "not_comparable", N_("A text can be compared with its own past, and a source with another source.")
            )
        before, after = (sentences_of(reading, page.version, side) for side in (old, new))
    return render_template(
        "compare.html",
        page=page,
        sides=sides.values(),
        old=old,
        new=new,
        comparison=compare(before, after),
        whole=request.args.get("show") == "all",
        lang=page.release.source_locale if old.of_source else locale,
    )


def _side(sides: dict[str, Side], name: str, usual: str) -> Side:
    asked = request.args.get(name) or usual
    if asked not in sides:
        raise Invalid("no_such_text", N_("This version has no such text; choose one from the list."), field=name)
    return sides[asked]
