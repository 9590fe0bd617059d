"""DeepL's own library, bounded: it builds the requests and reads the answers, and asks through the desk's client.

The library's way to ask is replaced whole: it keeps a session, obeys proxies, tries again by itself, and writes each
text to its log. Its errors quote the server, so none of them leaves this module.
"""

from __future__ import annotations

import json as jsonlib
from collections.abc import Callable
from typing import Any, TypeVar

from deepl import DeepLClient, DeepLException

from workers.engines.base import Deadline, EngineBadAnswer, EngineError, EngineRefused
from workers.engines.client import EngineClient

Answer = TypeVar("Answer")

BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, TOO_LARGE, ADDRESS_TOO_LONG = 400, 401, 403, 413, 414


class BoundedLibrary(DeepLClient):
    """The library, for what is asked within one deadline."""

    def __init__(self, address: str, key: str, *, client: EngineClient, deadline: Deadline) -> None:
        """Take DeepL's base address and key, and what asks in the library's place."""
        super().__init__(key, server_url=address)
        self._client.close()  # type: ignore[no-untyped-call] # the library is typed in part only
        del self._client  # what does not go through `_api_call` fails
        self._bounded = client
        self._deadline = deadline

    def _api_call(
        self,
        url: str,
        *,
        method: str = "POST",
        data: dict[str, Any] | None = None,
        json: dict[str, Any] | None = None,
        stream: bool = False,  # noqa: ARG002 - for documents, which the desk does not send
        headers: dict[str, str] | None = None,
        **_ignored: Any,
    ) -> tuple[int, str, Any]:
        """Ask once and return the status, the body and, where it is JSON, its value; `data` travels in the address."""
        reply = self._bounded.request(
            method,
            f"{self.server_url}/{url}",
            deadline=self._deadline,
            params=data or None,
            json=json,
            headers={**self.headers, **(headers or {})},
        )
        try:
            value = jsonlib.loads(reply.text)
        except ValueError:
            value = None
        return reply.status, reply.text, value


def asked(ask: Callable[[], Answer]) -> Answer:
    """Return what one call of the library brings; what goes wrong is an `EngineError` without the server's words."""
    try:
        return ask()
    except EngineError:
        raise
    except DeepLException as error:
        raise _told(error) from None
    except Exception as error:  # noqa: BLE001 - the library stumbles over what it does not expect
        raise EngineBadAnswer("garbage", type(error).__name__) from None


def _told(error: DeepLException) -> EngineError:
    """Tell the kinds of refusal apart; the server's own sentence is read but never repeated."""
    status = error.http_status_code
    if status is None:
        return EngineBadAnswer("garbage", type(error).__name__)
    detail = f"HTTP {status}"
    if status in {UNAUTHORIZED, FORBIDDEN}:
        return EngineRefused("bad_key", detail)
    if status in {TOO_LARGE, ADDRESS_TOO_LONG}:
        return EngineBadAnswer("too_long", detail, singly=True)
    if status == BAD_REQUEST and "_lang' not supported" in str(error):
        return EngineRefused("no_such_language", detail)
    return EngineBadAnswer(f"http_{status}", detail, singly=True)
