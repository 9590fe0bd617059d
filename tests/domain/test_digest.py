from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from service.domain.digest import source_digest, version_digest
from service.domain.text import Block, BlockKind, CodedText, CodeKind, Document, InlineCode

BOLD = InlineCode(1, CodeKind.BOLD)
LINK = InlineCode(2, CodeKind.LINK, "https://voorbeeld.be/")
TITLE = Block(BlockKind.TITLE, CodedText("Titel"))
ITEM = Block(BlockKind.LIST_ITEM, CodedText("{1}Één{/1} {2}punt{/2}", (BOLD, LINK)), 1, group=1)
BLOCKS = (TITLE, ITEM)

CHANGED = [
    pytest.param((TITLE, replace(ITEM, content=CodedText("{1}Eén{/1} {2}punt{/2}", (BOLD, LINK)))), id="a letter"),
    pytest.param((TITLE, replace(ITEM, kind=BlockKind.QUOTE)), id="a kind"),
    pytest.param((TITLE, replace(ITEM, level=2)), id="a level"),
    pytest.param((TITLE, replace(ITEM, ordered=True)), id="numbers"),
    pytest.param((TITLE, replace(ITEM, group=2)), id="a group"),
    pytest.param((TITLE, replace(ITEM, start=3)), id="the number of a list"),
    pytest.param((ITEM, TITLE), id="the order"),
    pytest.param((TITLE,), id="a block less"),
    pytest.param(
        (TITLE, replace(ITEM, content=replace(ITEM.content, codes=(BOLD, replace(LINK, href="https://elders.be/"))))),
        id="where a link leads",
    ),
    pytest.param(
        (TITLE, replace(ITEM, content=replace(ITEM.content, codes=(replace(BOLD, kind=CodeKind.ITALIC), LINK)))),
        id="what a code is",
    ),
]


def digest_of(blocks: tuple[Block, ...], *, locale: str = "fr", source: str = "0f") -> str:
    return version_digest(locale=locale, source_digest=source, blocks=blocks)


def test_a_digest_is_that_of_the_documented_text() -> None:
    written = (
        '{"blocks":[{"codes":[],"group":0,"kind":"title","level":0,"ordered":false,"text":"Titel"},'
        '{"codes":[[1,"bold",null],[2,"link","https://voorbeeld.be/"]],"group":1,"kind":"list_item","level":1,'
        '"ordered":false,"text":"{1}Één{/1} {2}punt{/2}"}],"form":1,"locale":"fr","source":"0f"}'
    )

    assert hashlib.sha256(written.encode()).hexdigest() == digest_of(BLOCKS)


def test_a_sources_digest_has_no_locale_and_no_source() -> None:
    written = '{"blocks":[{"codes":[],"group":0,"kind":"title","level":0,"ordered":false,"text":"Titel"}],"form":1}'

    assert hashlib.sha256(written.encode()).hexdigest() == source_digest(Document((TITLE,)))


@pytest.mark.parametrize("blocks", CHANGED)
def test_any_change_gives_a_version_another_digest(blocks: tuple[Block, ...]) -> None:
    assert digest_of(BLOCKS) != digest_of(blocks)


@pytest.mark.parametrize("blocks", CHANGED)
def test_any_change_gives_a_source_another_digest(blocks: tuple[Block, ...]) -> None:
    assert source_digest(Document(BLOCKS)) != source_digest(Document(blocks))


@pytest.mark.parametrize("facts", [{"locale": "de"}, {"source": "1f"}])
def test_locale_and_source_are_part_of_a_versions_digest(facts: dict[str, str]) -> None:
    assert digest_of(BLOCKS) != digest_of(BLOCKS, **facts)


def test_the_order_of_the_table_of_codes_is_no_part_of_it() -> None:
    turned = (TITLE, replace(ITEM, content=replace(ITEM.content, codes=(LINK, BOLD))))

    assert digest_of(BLOCKS) == digest_of(turned)


def test_what_intake_warned_of_is_no_part_of_it() -> None:
    assert source_digest(Document(BLOCKS)) == source_digest(Document(BLOCKS, ("language:fr",)))
