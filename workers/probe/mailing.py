"""Does the mail server let the desk in? It is greeted and signed in to; nothing is sent."""

from __future__ import annotations

import smtplib
from typing import Any

from service.config import Settings
from workers.mail import probe


def probe_mail(settings: Settings) -> list[dict[str, Any]]:
    """Return one row on the mail server, or none where no mail is sent."""
    server = settings.smtp_server
    if server is None:
        return []
    try:
        milliseconds = probe(server)
    except smtplib.SMTPAuthenticationError as error:
        return [_broken(f"the mail server refuses the user or the password ({error.smtp_code})")]
    except smtplib.SMTPNotSupportedError:
        return [
            _broken("the mail server offers no encryption, or no sign-in; ?tls=no at the end of SMTP_URL does without")
        ]
    except smtplib.SMTPResponseException as error:
        return [_broken(f"the mail server answers {error.smtp_code}")]
    except (smtplib.SMTPException, OSError) as error:
        return [_broken(f"the mail server cannot be reached ({type(error).__name__})")]
    return [{"ok": True, "reason": "", "milliseconds": milliseconds}]


def _broken(reason: str) -> dict[str, Any]:
    return {"ok": False, "reason": reason, "milliseconds": None}
