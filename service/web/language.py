"""Which language a page is in, and the catalogs that translate it.

English sentences are the names of the messages. The catalogs are read from their `.po` files at first use, so that
there is no step between writing a translation and seeing it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, current_app, g, request
from flask_babel import Babel, Domain, get_locale, gettext
from flask_babel import ngettext as plural
from markupsafe import Markup

from service.domain.errors import DeskError, Places, Reason
from service.domain.locales import INTERFACE_LOCALES, NAMES, locale_name
from service.web.words import VERSION_STATES

__all__ = ["REGIONS", "chosen_language", "gettext", "page_language", "plural", "register", "sentence", "told"]

CATALOGS = Path(__file__).parent / "translations"
REGIONS = {"nl": "nl_BE", "fr": "fr_BE", "de": "de_BE", "en": "en_GB"}
LANGUAGE_COOKIE = "language"


@cache
def catalog(language: str) -> NullTranslations:
    """Return the catalog of a language; English is what the messages are written in."""
    path = CATALOGS / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        messages = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)


class _Catalogs(Domain):
    """The messages of the desk, straight from their `.po` files."""

    def get_translations(self) -> NullTranslations:
        """Return the catalog of the page that is being made."""
        return catalog(page_language())


@cache
def _markup(language: str, message: str) -> Markup:
    return Markup(catalog(language).gettext(message))  # noqa: S704 - messages are written by us; what is filled in is escaped


def _gettext_in_page(message: str, /, **facts: object) -> Markup:
    """Return a message in the page's language, its facts escaped: a page has hundreds, each is looked up once."""
    text = _markup(page_language(), message)
    return text % facts if "%" in text else text


def _ngettext_in_page(one: str, many: str, num: int, /, **facts: object) -> Markup:
    """Return the form of a template's message that goes with a number, which is filled in as `num`."""
    text = Markup(catalog(page_language()).ngettext(one, many, num))  # noqa: S704 - as above
    return text % {"num": num, **facts}


class _Languages(Babel):
    """Flask-Babel with this desk's catalogs."""

    @cached_property
    def domain_instance(self) -> _Catalogs:
        """The one domain of messages."""
        return _Catalogs()


def chosen_language() -> str:
    """Return the language of this page: the person's own, else the one chosen or asked for by the browser."""
    actor = g.get("actor")
    if actor is not None and actor.user_id is not None and actor.language in INTERFACE_LOCALES:
        return str(actor.language)
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in INTERFACE_LOCALES:
        return chosen
    return request.accept_languages.best_match(INTERFACE_LOCALES) or _default()


def page_language() -> str:
    """Return the language that the page's sentences are in, for words that stand within a text of another one."""
    locale = get_locale()
    return str(locale.language) if locale else "en"


def _default() -> str:
    settings, _ = current_app.extensions["perstolk"]
    language = str(settings.source_locale).split("-", maxsplit=1)[0]
    return language if language in INTERFACE_LOCALES else "en"


def told(template: str, facts: Mapping[str, object] | None = None) -> str:
    """Return an English template in the page's language, with its facts filled in."""
    translated = str(gettext(template))
    if not facts:
        return translated
    state = facts.get("state")
    if isinstance(state, str) and state in VERSION_STATES:
        facts = {**facts, "state": gettext(VERSION_STATES[state])}
    facts = {name: _places(fact) if isinstance(fact, Places) else fact for name, fact in facts.items()}
    return translated % facts


def _places(places: Places) -> str:
    return ", ".join(gettext("segment %(n)s (%(language)s)", n=n, language=locale_name(locale)) for n, locale in places)


def sentence(error: DeskError | Reason) -> str:
    """Return what an error or a reason says, in the page's language."""
    return told(error.template, error.facts)


def register(app: Flask) -> None:
    """Let pages speak the language of who reads them."""
    settings, _ = app.extensions["perstolk"]
    _Languages(
        app,
        default_locale="en_GB",
        default_timezone=settings.timezone,
        locale_selector=lambda: REGIONS[chosen_language()],
    )
    app.jinja_env.globals.update(told=told, sentence=sentence, language_names=NAMES)
    app.jinja_env.globals.update(_=_gettext_in_page, gettext=_gettext_in_page, ngettext=_ngettext_in_page)
    app.context_processor(lambda: {"language": chosen_language()})
