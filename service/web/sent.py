"""What browsers send: names, forms and cookies lose their zero characters before any page reads them.

No keyboard makes one, PostgreSQL cannot keep it, and a text loses it wherever it comes from. Programs are told instead.
"""

from __future__ import annotations

from typing import IO, TypeVar

from flask import Flask, Request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict, MultiDict
from werkzeug.formparser import FormDataParser
from werkzeug.utils import cached_property

from service.domain.characters import ZERO, without_zeros

_Sent = TypeVar("_Sent", bound=MultiDict[str, str])


def _clean(sent: _Sent) -> _Sent:
    if not any(ZERO in name or ZERO in value for name, value in sent.items(multi=True)):
        return sent
    return type(sent)((without_zeros(name), without_zeros(value)) for name, value in sent.items(multi=True))


class _Forms(FormDataParser):
    """The library's reader of forms, for pages."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        """Read a form, and leave its zeros out."""
        rest, form, files = super().parse(stream, mimetype, content_length, options)
        for file in files.values():
            file.filename = without_zeros(file.filename or "") or None
        return rest, _clean(form), files


class DeskRequest(Request):
    """A request, to a page or to the interface for programs."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """What the address asks with."""
        return super().args if self._is_of_a_program else _clean(super().args)

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        """What the browser kept."""
        return _clean(super().cookies)

    def make_form_data_parser(self) -> FormDataParser:
        """Return what reads the form."""
        if not self._is_of_a_program:
            self.form_data_parser_class = _Forms
        return super().make_form_data_parser()

    @property
    def _is_of_a_program(self) -> bool:
        return self.path.startswith("/api/")


def register(app: Flask) -> None:
    """Let every request be read so."""
    app.request_class = DeskRequest
