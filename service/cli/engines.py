"""The commands about engines: which there are, and what they say to a sentence."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

from service.cli.probing import ask_engines, told_at_the_shell
from service.cli.settings import read_settings
from service.config import Settings
from service.domain.errors import Invalid
from service.domain.locales import parse_locale
from service.logs import configure_logs
from service.web.drafting_words import REASONS

NOT_ASKED = {
    "no_settings": "its settings are missing",
    "not_named": "PERSTOLK_ENGINES does not name it",
    "confidential": "outside the office; --outside sends the sentence there",
    "nothing_to_translate": "there is nothing to translate",
}


class Tag(click.ParamType[str]):
    """A language's tag, in its canonical form."""

    name = "locale"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the tag, or say that it is none."""
        try:
            return parse_locale(str(value))
        except Invalid as error:
            self.fail(str(error), param, ctx)


@click.group()
def engines() -> None:
    """Look at the engines and try them."""


@engines.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print what is known of each as JSON.")
def list_them(*, as_json: bool) -> None:
    """List the engines in the order in which they are asked, and those that are not asked."""
    rows = _ask(read_settings(), "list")
    if as_json:
        click.echo(json.dumps(rows))
        return
    asked = [row for row in rows if row["configured"]]
    for row in asked:
        click.echo(f"{row['order']:>2}  {row['name']:<16}{_where(row):<15}{_abilities(row)}")
    if not asked:
        click.echo("No engine is configured.")
    for row in rows:
        if not row["configured"]:
            click.echo(f" -  {row['name']:<16}not asked: {NOT_ASKED[row['reason']]}")


@engines.command("try")
@click.argument("text")
@click.option("--to", "target", required=True, type=Tag(), help="The language to translate into.")
@click.option("--from", "source", type=Tag(), help="The language of the text.  [default: the office's]")
@click.option("--engine", "names", multiple=True, help="An engine to ask; may be repeated.  [default: all]")
@click.option("--outside", is_flag=True, help="Send the text to engines outside the office as well.")
@click.option("--json", "as_json", is_flag=True, help="Print the answers as JSON.")
def try_them(
    text: str, *, target: str, source: str | None, names: tuple[str, ...], outside: bool, as_json: bool
) -> None:
    """Show what each engine makes of TEXT (- for standard input); status 1 if none has an answer.

    Answers are looked at as drafts are; the term base and the memory are not asked.
    """
    settings = read_settings()
    sentence = (sys.stdin.read() if text == "-" else text).strip()
    if not sentence:
        raise click.UsageError("There is no text.")
    question = {
        "text": sentence,
        "source": source or settings.source_locale,
        "target": target,
        "engines": list(names),
        "outside": outside,
    }
    rows = _ask(settings, "try", question)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
    else:
        for row in rows:
            click.echo(f"{row['name']:<16}{_where(row):<15}{_said(row)}")
    if not any(row["answer"] for row in rows):
        sys.exit(1)


def _ask(settings: Settings, question: str, given: Any = None) -> list[dict[str, Any]]:
    """Put a question to the engines; leave the command where they cannot be asked."""
    configure_logs()
    with told_at_the_shell():
        return ask_engines(settings, question, given=given)


def _where(row: dict[str, Any]) -> str:
    return "in the office" if row["runs_in_office"] else "outside"


def _abilities(row: dict[str, Any]) -> str:
    """Say what an engine wants and can do, in one line."""
    packs = {"list": f", {row['max_items']} texts", "lines": f", {row['max_items']} lines", "none": ", 1 text"}
    parts = [
        "no key" if row["keyless"] else "key",
        f"protected words as {row['markup']}",
        "glossary" if row["glossary"] else "no glossary",
        f"a request: {row['max_characters']} characters, {row['max_bytes']} bytes{packs[row['batch']]}",
    ]
    if row["rate"] is not None:
        parts.append(f"{row['rate']['requests']} requests in {row['rate']['seconds']:g} s")
    return "; ".join(parts)


def _said(row: dict[str, Any]) -> str:
    """Say what an engine made of the text, or why there is nothing."""
    if not row["asked"]:
        return f"not asked: {NOT_ASKED[row['reason']]}"
    took = f"{row['milliseconds']:>6} ms  "
    if row["answer"]:
        return f"{took}{row['answer']}"
    reason = REASONS.get(row["reason"], f"did not do its work ({row['reason']})")
    detail = f" ({row['detail']})" if row["detail"] else ""
    return f"{took}- {reason}{detail}"
