"""Acceptance: is an engine's answer a translation of this text, or something that must never be stored?

The checks look for broken answers, not for bad style; what a reviewer should look at is for `service.domain.checks`.
"""

from __future__ import annotations

import re
from collections import Counter

from service.domain.characters import clean
from workers.drafting.masking import TOKEN, Masked, TokenFault, restore

SHORTEST_RATIO = 0.35
RATIO_FROM_CHARACTERS = 40
LONGEST_RATIO = 6
LONGEST_ALLOWANCE = 200
ECHO_WORDS = 3

# Sentences that engines and their gateways send in place of a translation. They are matched whole and as they are
# written there: a release may well tell, in its own words, of a quota that was exceeded.
_QUOTA = re.compile(
    r"MYMEMORY WARNING:|YOU USED ALL AVAILABLE FREE TRANSLATIONS"
    r"|Our systems have detected unusual traffic from your computer network"
)
_NOTICE = re.compile(
    r"QUERY LENGTH LIMIT EXCEEDED|'[\w-]*' IS AN INVALID (?:SOURCE|TARGET) LANGUAGE|INVALID LANGUAGE PAIR SPECIFIED"
    r"|PLEASE SELECT TWO DISTINCT LANGUAGES|NO QUERY SPECIFIED"
    r"|^\s*Error \d{3} \([A-Z][\w ]+\)!!|^\s*\d{3} (?:Bad Gateway|Service Unavailable|Forbidden)\s*$"
    r"|The server encountered an? (?:internal|temporary) error and (?:was unable|could not)"
)
_MARKUP = re.compile(r"</?[a-z][^<>]{0,200}>|<!|&(?:[a-z]{2,8}|#\d{2,5});", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


class Rejected(Exception):  # noqa: N818 - it names what happened to the answer
    """The answer is not taken; `reason` is a stable code."""

    def __init__(self, reason: str) -> None:
        """Keep the code."""
        super().__init__(reason)
        self.reason = reason


def accept(masked: Masked, answer: str) -> str:
    """Return the target that the answer holds, or raise `Rejected`.

    Reasons: `empty`, `notice`, `markup`, `too_short`, `too_long`, `echo`, and those of `TokenFault`.
    """
    text = clean(answer).strip()
    if not TOKEN.sub("", text).strip():
        raise Rejected("empty")
    if is_notice(masked.text, text):
        raise Rejected("notice")
    if len(_MARKUP.findall(text)) > len(_MARKUP.findall(masked.text)):
        raise Rejected("markup")
    if "\n" in text and "\n" not in masked.text:
        raise Rejected("split_lines")
    source_length, length = len(masked.text), len(text)
    if source_length > RATIO_FROM_CHARACTERS and length < SHORTEST_RATIO * source_length:
        raise Rejected("too_short")
    if length > LONGEST_RATIO * source_length + LONGEST_ALLOWANCE:
        raise Rejected("too_long")
    if is_echo(masked.text, text):
        raise Rejected("echo")
    try:
        return restore(masked, text)
    except TokenFault as fault:
        raise Rejected(fault.reason) from None


def is_quota_notice(source: str, answer: str) -> bool:
    """Does the answer say that we asked too much, and the source nothing of the kind?"""
    return bool(_QUOTA.search(answer)) and not _QUOTA.search(source)


def is_notice(source: str, answer: str) -> bool:
    """Is the answer a sentence of the engine's own, in place of a translation?"""
    return is_quota_notice(source, answer) or bool(_NOTICE.search(answer) and not _NOTICE.search(source))


def is_echo(source: str, answer: str) -> bool:
    """Is the answer the source itself, unchanged but for white space and capitals, and more than a name?"""
    words = _WORD.findall(TOKEN.sub(" ", source))
    return len(words) > ECHO_WORDS and "".join(source.split()).lower() == "".join(answer.split()).lower()


def digits(text: str) -> Counter[str]:
    """Count the digits outside tokens; marks between them and their order differ from language to language."""
    return Counter(character for character in TOKEN.sub(" ", text) if character.isdecimal())
