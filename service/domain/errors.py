"""What can go wrong, as one tree; every error carries a sentence that its reader can act on.

A sentence is an English template with `%(fact)s` places, so that an entrance can translate the template first and fill
it in afterwards. Entrances (web, api, cli) translate the classes into their own answers, once each.
"""

from __future__ import annotations

from typing import Any

from service.domain.refusals import Refusal


def N_(sentence: str) -> str:  # noqa: N802 - the name that translation tools look for
    """Mark an English sentence for translation and return it unchanged."""
    return sentence


class Places(tuple[tuple[int, str], ...]):
    """Segments in languages, as a fact of an error: the number and the locale of each; entrances may say it better."""

    __slots__ = ()

    def __str__(self) -> str:
        """Name each in English."""
        return ", ".join(f"segment {n} ({locale})" for n, locale in self)


class DeskError(Exception):
    """An error that a person or a program can do something about.

    `code` is stable and made for programs; `template` with `facts` is made for people. `refusal` is what goes on
    record of it, where an act was forbidden that is worth that.
    """

    status = 400
    refusal: Refusal | None = None

    def __init__(self, code: str, template: str, **facts: Any) -> None:
        """Keep the code, the English template, and the facts that fill it."""
        super().__init__(code, template)
        self.code = code
        self.template = template
        self.facts = facts

    def __str__(self) -> str:
        """Return the English sentence with its facts filled in."""
        return self.template % self.facts if self.facts else self.template


class Invalid(DeskError):  # noqa: N818 - named as it reads where it is raised
    """The input cannot be taken as it is; `field` names the part that is wrong, where there is one."""

    status = 422

    def __init__(self, code: str, template: str, *, field: str | None = None, **facts: Any) -> None:
        """Keep the name of the field beside the sentence."""
        super().__init__(code, template, **facts)
        self.field = field


class NotAllowed(DeskError):  # noqa: N818 - named as it reads where it is raised
    """The actor may see the thing, but may not do this with it."""

    status = 403


class NotFound(DeskError):  # noqa: N818 - named as it reads where it is raised
    """There is no such thing, or the actor may not know that there is: both read the same."""

    status = 404

    def __init__(
        self, code: str = "not_found", template: str = N_("There is nothing here under that address.")
    ) -> None:
        """Say nothing of what was asked for."""
        super().__init__(code, template)


class Conflict(DeskError):  # noqa: N818 - named as it reads where it is raised
    """The thing is not in a state that allows this now."""

    status = 409


class WrongState(Conflict):
    """The action does not start from the state that the thing is in."""


class Refused(Conflict):
    """A gate is closed; `reasons` lists everything that keeps it closed, each a `Reason`."""

    def __init__(self, code: str, template: str, reasons: tuple[Reason, ...], **facts: Any) -> None:
        """Keep every reason, so that a person can mend all of them at once."""
        super().__init__(code, template, **facts)
        self.reasons = reasons

    def __str__(self) -> str:
        """Return the sentence followed by each reason's."""
        return " ".join([super().__str__(), *(str(reason) for reason in self.reasons)])


class Stale(Conflict):
    """Somebody else saved first; `mine` is what was sent, `theirs` what stands."""

    status = 412

    def __init__(self, code: str, template: str, *, mine: Any = None, theirs: Any = None, **facts: Any) -> None:
        """Keep both sides, so that the person can choose."""
        super().__init__(code, template, **facts)
        self.mine = mine
        self.theirs = theirs


class Reason:
    """One thing that keeps a gate closed: a code for programs, a template with facts for people."""

    def __init__(self, code: str, template: str, **facts: Any) -> None:
        """Keep code, template and facts as a `DeskError` does."""
        self.code = code
        self.template = template
        self.facts = facts

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.template % self.facts if self.facts else self.template

    def __repr__(self) -> str:
        """Name the code and the facts."""
        return f"Reason({self.code!r}, {self.facts!r})"

    def __eq__(self, other: object) -> bool:
        """Compare by code and facts."""
        return isinstance(other, Reason) and (self.code, self.facts) == (other.code, other.facts)

    def __hash__(self) -> int:
        """Hash by code."""
        return hash(self.code)
