"""The memory on its page: words marked side by side, sentences looked up, and where each text came from."""

from __future__ import annotations

import pytest
from flask import Flask
from lxml import html

from service.domain.text import CodedText, CodeKind, InlineCode
from service.uow import Desk
from tests.desk_fixtures import People
from tests.operations.memory_steps import list_all, remember, remember_as, remember_many
from tests.web.conftest import CountStatements
from tests.web.offices import approved, browser, published

SENTENCE = "De brug kostte 25 miljoen euro."


def page(app: Flask, who: str = "author", **query: str) -> html.HtmlElement:
    answer = browser(app, who).get("/memory", query_string=query)
    assert 200 == answer.status_code
    return html.fromstring(answer.text)


def texts(page: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(each.text_content().split()) for each in page.xpath(path)]


def test_words_are_marked_in_every_language_beside_each_other(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    release_id = approved(lite_desk, lite_people)
    list_all(lite_desk)

    shown = page(app, q="miljoen")

    assert ["Source", "Français", "Deutsch", "English"] == texts(shown, "//thead//th")
    assert ["miljoen"] * 4 == texts(shown, "//tbody//mark")
    assert ["nl", "fr", "de", "en"] == shown.xpath("//tbody//mark/../@lang")
    assert [f"/releases/{release_id}"] == shown.xpath("//tbody/tr/th//a/@href")
    assert "/memory" == shown.xpath("//nav//a[@aria-current='page']/@href")[0]


def test_each_target_leads_to_its_entry(lite_desk: Desk, app: Flask) -> None:
    remember(lite_desk, "Een brug", fr="Un pont")

    shown = page(app, q="brug")

    assert (["/memory/1"], ["Entry of 2 Mar 2026"]) == (
        shown.xpath("//td//a/@href"),
        texts(shown, "//td//a"),
    )
    assert ["samples"] == texts(shown, "//tbody/tr/th/div")


def test_a_reader_is_led_to_the_public_page_of_what_they_do_not_see(
    lite_desk: Desk, lite_people: People, app: Flask
) -> None:
    published(lite_desk, lite_people)
    visitor = browser(app, "other_author")

    shown = html.fromstring(visitor.get("/memory?q=miljoen").text)

    links = shown.xpath("//tbody/tr/th//a/@href")
    assert ["de", "en", "fr"] == [link.split("/")[1] for link in links]
    assert [200, 200, 200] == [visitor.get(link).status_code for link in links]


def test_what_one_may_not_read_is_not_shown(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    approved(lite_desk, lite_people)

    hidden, seen = (page(app, who, q="miljoen") for who in ("other_author", "author"))

    assert (0, 1) == (len(hidden.xpath("//tbody/tr")), len(seen.xpath("//tbody/tr")))
    assert [0, 3] == [len(page(app, who).xpath("//dl[@class='facts']/div")) for who in ("other_author", "author")]


def test_a_whole_sentence_is_also_looked_up(lite_desk: Desk, lite_people: People, app: Flask) -> None:
    approved(lite_desk, lite_people)

    shown = page(app, q="De brug kostte 26 miljoen euro.", locale="fr")
    every = page(app, q="De brug kostte 26 miljoen euro.")
    words = page(app, q="brug kostte")

    (card,) = shown.xpath("//ul[@class='alike']/li")
    assert ["25", "26"] == [each.text_content().split()[1] for each in card.xpath(".//del | .//ins")]
    assert ["nl", "fr"] == card.xpath(".//p[@class='source']/@lang")
    assert ["fr"] == [told.split()[0] for told in texts(card, ".//li/p[@class='soft']") if "%" in told]
    assert ["nl", "fr", "de", "en"] == every.xpath("//ul[@class='alike']//p[@class='source']/@lang")
    assert [] == words.xpath("//ul[@class='alike']")


@pytest.mark.parametrize(
    "asked, likeness, differing",
    [
        ("Een {1}vet{/1} woord staat hier", "the same sentence", []),
        ("Een \u200b{1}vet{/1} woord staat hier", "the same sentence", []),
        ("Een {7}vet{/7} woord staat ginds", "alike", ["hier", "ginds"]),
    ],
)
def test_a_sentence_with_codes_is_looked_up_by_its_markers(
    lite_desk: Desk, app: Flask, asked: str, likeness: str, differing: list[str]
) -> None:
    source = CodedText("Een {1}vet{/1} woord staat hier", (InlineCode(1, CodeKind.BOLD),))
    remember_as(lite_desk, source, {"fr": "Un mot {1}gras{/1} est ici"}, origin="approved", public=True)

    (card,) = page(app, q=asked, locale="fr").xpath("//ul[@class='alike']/li")

    assert ["Un mot gras est ici"] == texts(card, ".//p[@lang='fr']")
    assert likeness in card.text_content()
    assert differing == [each.split()[1] for each in texts(card, ".//del | .//ins")]


def test_what_is_found_is_written_as_text(lite_desk: Desk, app: Flask) -> None:
    remember(lite_desk, "Een <b>brug</b> & een weg", fr="Un <i>pont</i>")

    shown = page(app, q="<b>brug &")

    assert ["Een <b>brug</b> & een weg"] == texts(shown, "//tbody//th/span")
    assert ["<b>brug", "&"] == texts(shown, "//mark")
    assert ["<b>brug &"] == shown.xpath("//input[@id='q']/@value")


def test_a_list_goes_on(lite_desk: Desk, app: Flask) -> None:
    remember_many(lite_desk, {f"Brug {number}": f"Pont {number}" for number in range(30)})
    client = browser(app, "author")

    first = html.fromstring(client.get("/memory?q=brug&locale=nl").text)
    second = html.fromstring(client.get(first.xpath("//a[@rel='next']/@href")[0]).text)

    assert (25, 5) == (len(first.xpath("//tbody/tr")), len(second.xpath("//tbody/tr")))
    assert ["/memory?q=brug&locale=nl"] == second.xpath("//p[@class='actions']/a/@href")


def test_an_empty_search_tells_what_the_memory_is_and_holds(lite_desk: Desk, app: Flask) -> None:
    empty = page(app)
    remember(lite_desk, "Een brug", fr="Un pont", de="Eine Brücke")
    remember(lite_desk, "Een weg", fr="Une route")

    filled = page(app)

    assert "It is still empty" in empty.text_content()
    assert ["Français", "Deutsch"] == texts(filled, "//dl[@class='facts']//dt")
    assert ["2 sentences", "1 sentence"] == texts(filled, "//dl[@class='facts']//dd")


@pytest.mark.parametrize(
    "query", ["q=brug&locale=xx", "q=brug&before=x", "q=brug&before=-1", f"q=brug&before={'9' * 40}", "q=%00"]
)
def test_an_address_that_somebody_wrote_does_no_harm(app: Flask, query: str) -> None:
    assert 200 == browser(app, "author").get(f"/memory?{query}").status_code


def test_a_page_without_finds_says_what_to_do(app: Flask) -> None:
    assert "Take fewer" in page(app, q="iets").text_content()


def test_a_full_page_costs_what_an_empty_one_costs(
    lite_desk: Desk, app: Flask, count_statements: CountStatements
) -> None:
    client = browser(app, "author")
    costs = []
    for count in (1, 24):
        remember_many(lite_desk, {f"Brug {count} {number}": f"Pont {number}" for number in range(count)})
        list_all(lite_desk)
        client.get("/memory?q=brug")
        with count_statements() as sent:
            client.get("/memory?q=brug")
        costs.append(len(sent))

    assert costs[0] == costs[1]
