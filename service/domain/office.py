"""What an office decided for itself, as far as the rules need to know it.

The settings are read elsewhere; this is the part of them that operations are handed.
"""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.checks.base import FrenchSpacing


@dataclass(frozen=True, slots=True)
class Office:
    """The office's languages, time zone and policies; `public_url` is where its readers and receivers find it.

    `engines_pinned` tells that the office named its engines in an order that nothing else may change, `french_spacing`
    which space its French has before ; ! and ?.
    """

    source_locale: str = "nl"
    target_locales: tuple[str, ...] = ("fr", "de", "en")
    timezone: str = "Europe/Brussels"
    four_eyes: bool = True
    external_engines_for_embargoed: bool = False
    engines_pinned: bool = False
    public_url: str = "http://127.0.0.1:8000"
    webhook_allow_networks: tuple[str, ...] = ()
    french_spacing: FrenchSpacing = FrenchSpacing.NO_BREAK
