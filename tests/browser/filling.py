"""What an office of the browser tests holds: releases in every state, an endpoint, and what it was told.

The texts are in `samples`; the desk and its people come from `office`.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from service.domain.drafts import DraftedUnit, DraftResult, EngineOutcome, Origin, OriginKind, OutcomeKind
from service.operations.alternatives import ask_alternative
from service.operations.check_settings import set_severity
from service.operations.claiming_alternatives import claim_alternative, save_alternative
from service.operations.comments import add_comment
from service.operations.delivering import AttemptResult, claim_delivery, fan_out, record_attempt
from service.operations.drafting import save_draft, start_draft
from service.operations.endpoints import add_endpoint
from service.operations.publishing import request_publication, withdraw_release
from service.operations.review import claim_version, edit_unit
from service.operations.upkeep import find_due
from service.storage.models import Delivery, EngineState, Unit
from service.uow import Desk
from tests.browser.filling_drafts import draft_well, drafted_well, hand_in
from tests.browser.filling_engines import fill_engines
from tests.browser.filling_matches import fill_matches
from tests.browser.filling_memory import fill_memory_pages
from tests.browser.filling_revised import fill_revised
from tests.browser.filling_terms import fill_terms
from tests.browser.office import BrowserOffice
from tests.browser.samples import BUDGET, LIBRARY, MARKET, POOL, TREES
from tests.desk_fixtures import NOON
from tests.operations.making import approve, job_of


def _draft_in_part(desk: Desk, release_id: str) -> None:
    """Leave a release while it is being drafted: French by one sentence, German not begun, English done."""
    draft_well(desk, release_id, "en")
    job_id = job_of(desk, release_id, "fr")
    with desk.begin() as work:
        drafting = start_draft(work, job_id)
    assert drafting is not None
    with desk.begin() as work:
        assert save_draft(work, job_id, drafting.token, drafted_well(drafting)[:1])


def fill(office: BrowserOffice) -> None:
    """Put releases in every state into the office, and let an endpoint hear of the published one."""
    desk, people, facts = office.desk, office.people, office.facts
    with desk.begin(people.admin) as work:
        endpoint, _ = add_endpoint(
            work,
            desk.vault,
            url="http://127.0.0.1:9/newsroom",
            events=["release.published", "release.withdrawn"],
            description="Newsroom of the city’s website",
        )
        facts["endpoint"] = endpoint.id
    facts["published"] = _published(office)
    _deliver(office)
    facts["withdrawn"] = hand_in(desk, people.author, POOL, slug="de-meeuw")
    draft_well(desk, facts["withdrawn"])
    approve(desk, people.reviewer, facts["withdrawn"])
    with desk.begin(people.publisher) as work:
        request_publication(work, facts["withdrawn"])
    with desk.begin(people.publisher) as work:
        withdraw_release(work, facts["withdrawn"], "De data waren fout; een nieuw bericht volgt.")
    facts["approved"] = hand_in(desk, people.author, TREES, embargo_at=NOON + timedelta(days=2, hours=3))
    draft_well(desk, facts["approved"])
    approve(desk, people.reviewer, facts["approved"])
    facts["drafting"] = hand_in(desk, people.author, BUDGET, embargo_at=datetime(2026, 3, 6, 8, tzinfo=UTC))
    _draft_in_part(desk, facts["drafting"])
    facts["review"] = _in_review(office)
    with desk.begin(people.admin) as work:
        set_severity(work, "facts", "default")
    fill_revised(office)
    fill_engines(office)
    fill_terms(office)
    fill_matches(office)
    fill_memory_pages(office)


def _another_draft(office: BrowserOffice, release_id: str, unit: Unit) -> None:
    """Let the workers have told of their engines, and let one of these have made another draft of a unit."""
    desk, reviewer = office.desk, office.people.reviewer
    office.facts["other"] = unit.id
    with desk.begin() as work:
        for place, name in enumerate(("libretranslate", "ctranslate2", "deepl")):
            work.session.add(
                EngineState(name=name, place=place, runs_in_office=place < 2, gate="open", checked_at=work.now)
            )
    for engine in ("deepl", "ctranslate2"):
        with desk.begin(reviewer) as work:
            alternative = ask_alternative(work, release_id, "fr", unit.id, engine=engine)
            alternative.asked_at -= timedelta(minutes=1 if engine == "deepl" else 0)
            asked = alternative.id
        with desk.begin() as work:
            claimed = claim_alternative(work, asked)
        assert claimed is not None
        with desk.begin() as work:
            assert save_alternative(work, asked, claimed.draft.token, _told(engine, unit))


def _told(engine: str, unit: Unit) -> DraftResult:
    """Return what an engine of the office answers, and the reason why one outside is not asked."""
    if engine == "deepl":
        refused = EngineOutcome(engine, OutcomeKind.NOT_ALLOWED, reason="confidential")
        return DraftResult((), (unit.id,), (refused,))
    other = unit.target.replace("L’inscription est", "S’inscrire est").replace("au guichet", "à l’accueil")
    drafted = DraftedUnit(unit.id, other, Origin(OriginKind.MT, engine=engine), milliseconds=840)
    return DraftResult((drafted,), (), (EngineOutcome(engine, OutcomeKind.ANSWERED, 1),))


def _published(office: BrowserOffice) -> str:
    release_id = hand_in(office.desk, office.people.author, MARKET, slug="zondagmarkt")
    draft_well(office.desk, release_id)
    approve(office.desk, office.people.reviewer, release_id)
    with office.desk.begin(office.people.publisher) as work:
        request_publication(work, release_id)
    return release_id


def _deliver(office: BrowserOffice) -> None:
    """Tell the endpoint of what was published: it answers 503 at first, then well."""
    desk = office.desk
    with desk.begin() as work:
        due = find_due(work)
    for row in due.outbox:
        with desk.begin() as work:
            fan_out(work, row)
    with desk.read() as reading:
        delivery_id = reading.session.scalars(select(Delivery.id)).one()
    office.facts["delivery"] = delivery_id
    results = [AttemptResult(412, status=503, answer="Service Unavailable"), AttemptResult(87, status=204)]
    for result in results:
        with desk.begin() as work:
            sending = claim_delivery(work, delivery_id, desk.vault)
        assert sending is not None
        with desk.begin() as work:
            assert record_attempt(work, sending, result, jitter=0.0)
        with desk.begin() as work:
            work.session.get_one(Delivery, delivery_id).due_at = (
                work.now if result.status == 503 else None  # as if the wait before the next attempt were over
            )


def _in_review(office: BrowserOffice) -> str:
    desk, people = office.desk, office.people
    release_id = hand_in(
        desk,
        people.author,
        LIBRARY,
        embargo_at=NOON + timedelta(hours=2, minutes=10),
        deadline_at=NOON + timedelta(hours=1),
        confidential=True,
    )
    office.facts["review"] = release_id
    draft_well(desk, release_id)
    approve(desk, people.reviewer, release_id, "de")
    with desk.begin(people.reviewer) as work:
        claim_version(work, release_id, "fr")
    units = office.units("review", "fr")
    office.facts["unit"] = units[2].id
    office.facts["person"] = str(people.second_reviewer.user_id)
    changes = (
        (0, units[0].target, "reviewed"),
        (1, units[1].target, "reviewed"),
        (2, "La salle de lecture comptera 60 places d’étude supplémentaires.", "reviewed"),
        (3, "La ville y consacrera 204 000 euros par an.", "translated"),
    )
    for place, target, state in changes:
        with desk.begin(people.reviewer) as work:
            unit = units[place]
            edit_unit(work, release_id, "fr", unit.id, row_version=unit.row_version, target=target, state=state)
    _another_draft(office, release_id, units[5])
    with desk.begin(people.author) as work:
        add_comment(work, release_id, "De schepen leest de Franse tekst om 13.30 uur nog na.", locale="fr")
    return release_id
