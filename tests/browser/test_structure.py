"""What every page is made of, read from its HTML without a browser: titles, languages, tables, names, hidden words.

The numbers of the means that each test is about are in `means`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from service.web import accessibility
from tests.browser.office import BrowserOffice
from tests.browser.pages import PAGES

STATIC = Path(accessibility.__file__).parent / "static"
SHEETS = sorted(STATIC.glob("*.css"))
# What is held in a language of its own: sources, targets, suggestions, whole texts, and what differs in them.
OF_A_LANGUAGE = (
    "//textarea[@name='target'] | //*[contains(concat(' ', @class, ' '), ' source ') or self::ins or self::del]"
)
NOTHING_THERE = "nothing"  # the one page that says its sentence in four languages at once


@pytest.fixture(scope="module")
def documents(shared_office: BrowserOffice) -> dict[str, HtmlElement]:
    """Every page in English, by its name."""
    shared_office.speak("en")
    found = {}
    for row in PAGES:
        client = shared_office.app.test_client()
        if row.who is not None:
            client.set_cookie("perstolk", shared_office.cookie(row.who))
        answer = client.get(row.path.format_map(shared_office.facts))
        assert answer.status_code == row.status, row.name
        found[row.name] = html.fromstring(answer.data)
    return found


def _start(element: HtmlElement) -> str:
    return html.tostring(element, encoding="unicode", with_tail=False)[:140]


def _every(documents: dict[str, HtmlElement], path: str) -> Iterator[tuple[str, HtmlElement]]:
    for name, document in documents.items():
        for element in document.xpath(path):
            yield f"{name}: {_start(element)}", element


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_a_title_belongs_to_one_kind_of_page(documents: dict[str, HtmlElement], shared_office: BrowserOffice) -> None:
    addresses = shared_office.app.url_map.bind("127.0.0.1")
    kinds = defaultdict(set)
    for row in PAGES:
        title = _text(documents[row.name].find(".//title"))
        if row.status == 200:
            kinds[title].add(addresses.match(row.path.partition("?")[0].format_map(shared_office.facts))[0])
        assert title.removesuffix("· Perstolk").strip(), row.name

    assert {title: found for title, found in kinds.items() if len(found) > 1} == {}


def test_a_page_with_a_navigation_begins_with_a_way_past_it(documents: dict[str, HtmlElement]) -> None:
    without = []
    for name, document in documents.items():
        if not document.xpath("//header//nav"):
            continue
        first = document.xpath("//body//*[self::a or self::button or self::input]")[0]
        target = first.get("href", "").removeprefix("#")
        if first.get("class") != "skip" or document.xpath(f"//main[@id='{target}']/@tabindex") != ["-1"]:
            without.append(name)

    assert without == []


def test_every_text_is_marked_with_its_language(documents: dict[str, HtmlElement]) -> None:
    found = list(_every(documents, OF_A_LANGUAGE))
    unmarked = [where for where, element in found if element.xpath("ancestor-or-self::*[@lang][1]")[0].tag == "html"]

    assert len(found) > 100
    assert unmarked == []


def test_a_field_of_a_segment_says_its_language_and_number_and_is_described(documents: dict[str, HtmlElement]) -> None:
    fields = list(_every(documents, "//textarea[starts-with(@id, 'target-') and not(@readonly)]"))
    wrong = []
    for where, field in fields:
        page = field.getroottree()
        names = [_text(label) for label in page.xpath(f"//label[@for='{field.get('id')}']")]
        unit = field.get("id").removeprefix("target-")
        described = field.get("aria-describedby", "").split()
        if not re.fullmatch(r"\w+, segment \d+ of \d+", " ".join(names)):
            wrong.append(f"its name is {names}: {where}")
        if described != [f"source-{unit}", f"findings-{unit}"] or not all(
            page.xpath("//*[@id=$id]", id=part) for part in described
        ):
            wrong.append(f"described by {described}: {where}")

    assert len(fields) >= 6
    assert wrong == []


def test_what_differs_and_how_things_stand_is_said_in_words(documents: dict[str, HtmlElement]) -> None:
    differences = list(_every(documents, "//ins | //del"))
    states = list(_every(documents, "//*[contains(concat(' ', @class, ' '), ' status ')]"))

    assert min(len(differences), len(states)) > 10
    assert [
        where for where, each in differences if not each.xpath("./span[@class='hidden' and @lang='en']/text()")
    ] == []
    assert [where for where, each in states if not (_text(each) and each.xpath(".//*[local-name()='svg']"))] == []


def test_tables_have_captions_and_scopes_and_units_are_a_list(documents: dict[str, HtmlElement]) -> None:
    tables = list(_every(documents, "//table"))
    units = list(_every(documents, "//*[@id='units']"))

    assert len(tables) > 20
    assert [where for where, table in tables if not table.xpath("./caption[normalize-space()]")] == []
    assert [where for where, table in tables if table.xpath(".//th[not(@scope)]") or not table.xpath(".//th")] == []
    assert len(units) >= 2
    assert [where for where, _ in _every(documents, "//*[@role='grid' or @role='presentation' or @role='table']")] == []
    segments = [unit for _, unit in units if unit.xpath("./li[contains(@class, 'unit')]")]
    assert {unit.tag for unit in segments} == {"ol"}


def test_fields_about_the_person_tell_browsers_what_they_are(documents: dict[str, HtmlElement]) -> None:
    kinds = {
        (field.get("name"), field.get("autocomplete"))
        for _, field in _every(documents, "//main//input[@type='password' or @name='email']")
    }

    assert kinds >= {
        ("email", "username"),
        ("password", "current-password"),
        ("present", "current-password"),
        ("new", "new-password"),
    }
    assert [kind for kind in kinds if not kind[1]] == []


def test_approving_and_publishing_say_what_will_happen_to_whom_and_when(documents: dict[str, HtmlElement]) -> None:
    approving, publishing = _text(documents["approve"].find(".//main")), _text(documents["publish"].find(".//main"))

    for said in ("You vouch, under your name", "Nothing is published yet", "until Mon 2 Mar 2026, 15:10", "is told"):
        assert said in approving
    for said in (
        "All languages are published together",
        "To everybody",
        "One endpoint is told",
        "Wed 4 Mar 2026, 16:00",
    ):
        assert said in publishing
    for name in ("approve", "publish"):
        assert len(documents[name].xpath("//main//form[@method='post']//button")) == 1


def test_approving_and_requesting_changes_never_stand_side_by_side(documents: dict[str, HtmlElement]) -> None:
    neighbours = "//main//*[(@action or @href) and contains(concat(@action, @href), '/request-changes')]/.."
    places = list(_every(documents, neighbours))
    together = [where for where, place in places if place.xpath(".//*[contains(concat(@action, @href), '/approve')]")]

    assert len(places) > 2
    assert together == []


def test_nothing_moves_that_somebody_asked_to_stand_still() -> None:
    moving = re.compile(r"transition|animation|scroll-behavior|@keyframes")
    outside = {}
    for sheet in SHEETS:
        still = re.sub(
            r"@media \(prefers-reduced-motion: no-preference\) \{.*?\n\}", "", sheet.read_text("utf-8"), flags=re.DOTALL
        )
        outside[sheet.name] = moving.findall(still)
    smooth = [
        script.name for script in STATIC.glob("*.js") if re.search(r"smooth|\.animate\(", script.read_text("utf-8"))
    ]

    assert (outside, smooth) == ({sheet.name: [] for sheet in SHEETS}, [])


def test_what_comes_under_the_pointer_lies_over_nothing() -> None:
    """What a pointer brings forth stands in the flow of the text, so that there is nothing to put away."""
    over = []
    for sheet in SHEETS:
        for selector, body in re.findall(r"([^{}]*:hover[^{}]*)\{([^}]*)\}", sheet.read_text("utf-8")):
            if re.search(r"display|visibility|opacity|content|position:\s*(absolute|fixed|sticky)|transform", body):
                over.append(f"{sheet.name}: {selector.strip()}")

    assert over == []


def test_a_list_of_the_desk_is_cards_that_name_their_columns_on_a_narrow_screen(
    documents: dict[str, HtmlElement],
) -> None:
    for name in ("people", "endpoints", "endpoint", "deliveries", "audit"):
        tables = documents[name].xpath("//main//table[tbody/tr/td]")

        assert tables, name
        for table in tables:
            heads = [_text(head) for head in table.xpath("thead//th")][1:]
            rows = [row.xpath("td") for row in table.xpath("tbody/tr")]
            assert "cards" in table.get("class", "")
            assert all(
                cell.get("data-label") in {head, None} for row in rows for head, cell in zip(heads, row, strict=True)
            )
            assert any(cell.get("data-label") for row in rows for cell in row)
