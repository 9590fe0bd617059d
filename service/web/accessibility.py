"""The accessibility statement: what the pages are held to, what is known not to work, and who hears of the rest.

Everybody may read it, signed in or not, and in each language of the desk, whatever the language of their pages.
"""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, request
from flask_babel import force_locale, format_date

from service.domain.locales import INTERFACE_LOCALES
from service.web.identity import actor, open_to_all, settings
from service.web.language import REGIONS, chosen_language

blueprint = Blueprint("accessibility", __name__)

# Whoever looks the pages over again, and brings the list of what does not work up to date, moves this day.
LOOKED_OVER = date(2026, 11, 29)


@blueprint.get("/accessibility")
@open_to_all
def statement() -> str:
    """Show the statement in the `language` that the address asks for, else in that of the reader's pages."""
    asked = request.args.get("language", "")
    language = asked if asked in INTERFACE_LOCALES else chosen_language()
    with force_locale(REGIONS[language]):
        return render_template(
            "accessibility.html",
            layout="bare.html" if actor().user_id is None else "base.html",
            language=language,
            contact=settings().accessibility_contact,
            looked_over=format_date(LOOKED_OVER, "long"),
            day=LOOKED_OVER,
        )
