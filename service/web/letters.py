"""The words of the desk's mails: in the reader's language, and never one of a text, a title, a comment or a name.

A mail may lie open on any telephone before an embargo ends; so it tells the kind of news, the language it is about,
counts and moments, and where to read more once signed in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime
from markupsafe import Markup

from service.domain.errors import N_
from service.domain.notices import NoticeKind
from service.domain.office import Office
from service.operations.mailing import Mail, News
from service.web.language import REGIONS, catalog


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail in words; `account` is where its reader chooses what to be told."""

    subject: str
    plain: str
    html: str
    language: str
    account: str
    at: datetime


FAILURES = {
    "draft": N_("The drafting gave up; somebody has to look at the version."),
    "publication": N_("A scheduled publication is held back: something is missing."),
    "receipt": N_("A page of a publisher is missing, or does not show what was published."),
    "gone": N_("An endpoint is switched off, because its receiver answered that it is gone."),
    "endpoint": N_("An endpoint is switched off, because its deliveries failed for too long."),
}
SENTENCES = {
    NoticeKind.READY: N_("A draft is ready for review."),
    NoticeKind.CHANGES: N_("Changes are requested."),
    NoticeKind.MENTIONED: N_("Somebody named you in a comment."),
    NoticeKind.QUESTION: N_("A reviewer has a question about your release."),
    NoticeKind.ANSWER: N_("There is an answer in a conversation of yours."),
    NoticeKind.APPROVED: N_("Every language of a release is approved; it can be published."),
}
NEAR = {
    "embargo": N_("An embargo ends on %(moment)s, and work is still open."),
    "deadline": N_("A deadline is on %(moment)s, and work is still open."),
}


def write_letter(mail: Mail, office: Office) -> Letter:
    """Put a mail into words."""
    words = _Words(mail.language, office)
    lines = [(words.line(news), words.link(news)) for news in mail.news]
    if len(lines) == 1:
        subject = f"Perstolk: {lines[0][0]}"
    else:
        count = words.plural("%(num)d piece of news for you", "%(num)d pieces of news for you", len(lines))
        subject = f"Perstolk: {count}"
    account = f"{office.public_url}/account#mail"
    why = words.told(N_("You choose on the page of your account what the desk writes to you, and when:"))
    plain = "\n\n".join(f"{line}\n{link}" for line, link in lines) + f"\n\n-- \n{why}\n{account}\n"
    items = Markup("").join(
        Markup('<p>{line}<br><a href="{link}">{link}</a></p>').format(line=line, link=link) for line, link in lines
    )
    page = Markup(
        '<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{subject}</title></head>'
        '<body>{items}<hr><p>{why} <a href="{account}">{account}</a></p></body></html>\n'
    )
    html = page.format(language=words.language, subject=subject, items=items, why=why, account=account)
    return Letter(subject, plain, str(html), words.language, account, max(news.at for news in mail.news))


class _Words:
    """Sentences in one reader's language."""

    def __init__(self, language: str, office: Office) -> None:
        self.language = language if language in REGIONS else "en"
        self._office = office
        self._catalog = catalog(self.language)

    def told(self, template: str, **facts: object) -> str:
        """Return a sentence with its facts."""
        sentence = str(self._catalog.gettext(template))
        return sentence % facts if facts else sentence

    def plural(self, one: str, many: str, num: int) -> str:
        """Return the form that goes with a number."""
        return str(self._catalog.ngettext(one, many, num)) % {"num": num}

    def line(self, news: News) -> str:
        """Return what a piece of news says, with the language that it is about."""
        sentence = LINES.get(news.kind, _Words.usual)(self, news)
        if news.locale is None:
            return sentence
        return f"{sentence} ({self.language_name(news.locale)})"

    def usual(self, news: News) -> str:
        """Return the sentence of a kind of news that needs no facts."""
        return self.told(SENTENCES[news.kind])

    def near(self, news: News) -> str:
        """Say what comes near, when, and how much is open."""
        moment = datetime.fromisoformat(news.facts["moment"])
        said = self.told(NEAR[news.facts["which"]], moment=self.moment(moment))
        if "open" in news.facts:
            open_ones = int(news.facts["open"])
            said += " " + self.plural("%(num)d language is open.", "%(num)d languages are open.", open_ones)
        return said

    def failed(self, news: News) -> str:
        """Say what does not go on by itself."""
        return self.told(FAILURES["gone" if news.facts.get("because") == "gone" else news.facts["what"]])

    def moment(self, at: datetime) -> str:
        """Return a moment in the office's time."""
        zone = ZoneInfo(self._office.timezone)
        return str(format_datetime(at, "EEE d MMM y, HH:mm", tzinfo=zone, locale=REGIONS[self.language]))

    def language_name(self, tag: str) -> str:
        """Return what a language is called in the reader's own."""
        try:
            name = Locale.parse(tag, sep="-").get_display_name(REGIONS[self.language])
        except (UnknownLocaleError, ValueError):
            name = None
        return name or tag

    def link(self, news: News) -> str:
        """Return where to read more; it names ids, never an address made of a title."""
        base = self._office.public_url
        if news.release_id is None:
            return f"{base}/endpoints/{news.facts['endpoint']}" if "endpoint" in news.facts else base
        release = f"{base}/releases/{news.release_id}"
        if news.kind in {NoticeKind.MENTIONED, NoticeKind.QUESTION, NoticeKind.ANSWER}:
            return f"{release}#comments"
        if news.kind is NoticeKind.APPROVED or news.facts.get("what") == "publication":
            return f"{release}/publish"
        if news.facts.get("what") == "receipt":
            return f"{release}#receipts"
        return f"{release}/{news.locale}" if news.locale else release


LINES: dict[NoticeKind, Callable[[_Words, News], str]] = {
    NoticeKind.NEAR: _Words.near,
    NoticeKind.FAILED: _Words.failed,
}
