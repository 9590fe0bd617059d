"""What helps beside every segment of the editor: another language to compare with, and signs for what nobody sees.

The language is asked for in the address (`?with=de`) and kept by the browser until it is closed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import Response, after_this_request, request

from service.queries.third_language import OtherLanguages, other_languages
from service.uow import Reading
from service.web.replacements import signs
from service.web.versions import VersionPage

COOKIE = "third-language"
NONE = "none"
MAX_LOCALE_CHARACTERS = 12


@dataclass(frozen=True, slots=True)
class Helps:
    """The languages that may stand beneath the sources, and the editor's signs: a JSON object of sign, name, width."""

    third: OtherLanguages
    signs: str


def load_helps(reading: Reading, page: VersionPage) -> Helps:
    """Return what helps on the page of a version; what the address asks for is kept for the next."""
    asked = request.args.get("with", "")[:MAX_LOCALE_CHARACTERS]
    third = other_languages(reading.session, page.version, asked or request.cookies.get(COOKIE, ""))
    if asked and (asked == NONE or third.chosen):
        _keep(asked)
    return Helps(third, json.dumps(signs()))


def _keep(locale: str) -> None:
    @after_this_request
    def keep(answer: Response) -> Response:
        answer.set_cookie(COOKIE, locale, httponly=True, samesite="Lax", secure=request.is_secure)
        return answer
