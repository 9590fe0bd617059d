"""The patterns by which `numerals` finds figures, hours, dates and words in a text, one set for each language.

Each is linear on any text: runs are possessive, everything else is bounded. What a match means is told there.
A possessive quantifier over a group matches wrongly before Python 3.11.5, which Debian 12 has not; what must not be
given back stands in a look ahead and is then repeated, which is the same.
"""

from __future__ import annotations

import re

SPACES = "\u00a0\u202f\u2009"
_GROUPING = {"nl": f"[.{SPACES} ]", "fr": f"[{SPACES} ]", "de": f"[.'\u2019{SPACES} ]", "en": f"[,{SPACES}]"}
_DECIMAL = {"nl": ",", "fr": ",", "de": ",", "en": r"\."}
_HOUR = {
    "nl": r"(?:uur|u)(?![^\W\d_])\.?",
    "fr": r"(?:heures?|h)(?![^\W\d_])",
    "de": r"Uhr\b",
    "en": r"(?:[ap]\.?m\b\.?|o['\u2019]clock\b)",
}
DECADES = {
    "nl": (re.compile(r"\bjaren ['\u2019]?$"), None),
    "fr": (re.compile(r"\bannées ['\u2019]?$"), None),
    "de": (None, re.compile(r"er(?:n|-?jahre)?\b", re.IGNORECASE)),
    "en": (None, re.compile(r"['\u2019]?s\b")),
}
SPAN_OF_YEARS = re.compile(r"[0-9]{4}[-/\u2013]$")
WORD = re.compile(r"[^\W\d_]+")
FOLLOWING_WORD = re.compile(rf"[\s{SPACES}-]?([^\W\d_]+)")
BARE_TIME = re.compile(r"([0-9]{1,2})\.([0-5][0-9])")


def _scanner(language: str) -> re.Pattern[str]:
    """Return the pattern that cuts a text into what may hold numbers; each part of it is linear."""
    group, decimal, hour = _GROUPING[language], _DECIMAL[language], _HOUR[language]
    between = {"nl": r"(?:uur|u)", "fr": r"(?:heures?|h)", "de": "Uhr", "en": "(?!)"}[language]
    return re.compile(
        rf"""
        (?P<address> (?:https?://|www\.)\S++ | (?<![\w.+-])[\w.+-]{{1,64}}+@\S++ )
        | (?<![0-9]) (?P<iso> [0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}} ) (?![0-9])
        | (?<![0-9]) (?P<date> [0-9]{{1,2}}(?P<mark>[./-])[0-9]{{1,2}}(?P=mark)(?:[0-9]{{4}}|[0-9]{{2}}) ) (?![0-9])
        | (?P<phone> (?:\+|\b00)[1-9][0-9()\s./{SPACES}-]{{6,20}}[0-9]
              | \b0[0-9]{{1,3}}[\s./{SPACES}-][0-9\s./{SPACES}-]{{5,16}}[0-9] ) (?![0-9])
        | (?<![0-9]) (?P<hour> [0-9]{{1,2}} ) (?:
              [:.] (?P<minute> [0-5][0-9] ) (?![0-9]) [\s{SPACES}]? (?P<half>{hour})
            | : (?P<clock> [0-5][0-9] ) (?![0-9])
            | [\s{SPACES}]? {between} [\s{SPACES}]? (?P<spelled> [0-5][0-9] ) (?![0-9])
            | [\s{SPACES}]? (?P<only>{hour}) )
        | (?P<grouped> [1-9][0-9]{{0,2}}(?P<group>{group})[0-9]{{3}}
              (?=(?P<more> (?:(?P=group)[0-9]{{3}})*(?:{decimal}[0-9]+)? ))(?P=more) ) (?![.,]?[0-9])
        | (?P<plain> [0-9]++(?=(?P<decimals> (?:{decimal}[0-9]+)? ))(?P=decimals) ) (?![.,]?[0-9])
        | (?P<other> [0-9]++(?=(?P<rest> (?:[.,][0-9]+)* ))(?P=rest) )
        | (?P<word> [^\W\d_]++ )
        """,
        re.VERBOSE,
    )


SCANNERS = {language: _scanner(language) for language in _GROUPING}
