"""A release whose author revised it: first its facts, when French was confirmed in part, then a typing error."""

from __future__ import annotations

from service.formats import read
from service.operations.releases import Submission, revise_source
from service.operations.review import edit_unit
from tests.browser.filling_drafts import draft_well, hand_in
from tests.browser.office import BrowserOffice
from tests.browser.samples import PLAYGROUND, PLAYGROUND_MENDED, PLAYGROUND_REVISED, Sentence, written


def fill_revised(office: BrowserOffice) -> None:
    """Hand a release in, confirm two of its segments, and revise its source twice."""
    desk, people = office.desk, office.people
    release_id = office.facts["revised"] = hand_in(desk, people.author, PLAYGROUND)
    draft_well(desk, release_id)
    for unit in office.units("revised", "fr")[:3]:
        with desk.begin(people.second_reviewer) as work:
            edit_unit(work, release_id, "fr", unit.id, row_version=None, target=unit.target, state="reviewed")
    revise(office, PLAYGROUND_REVISED)
    draft_well(desk, release_id)
    revise(office, PLAYGROUND_MENDED, minor=True)


def revise(
    office: BrowserOffice, sample: tuple[tuple[Sentence, ...], ...], *, minor: bool = False, release: str = "revised"
) -> None:
    """Let the author put another source in a release's place."""
    body = written(sample)
    submission = Submission(document=read(body, "markdown"), body=body, format="markdown", minor=minor)
    with office.desk.begin(office.people.author) as work:
        revise_source(work, office.facts[release], submission, row_version=None)
