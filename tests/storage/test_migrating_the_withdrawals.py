"""Reasons of withdrawals that were given before their language was kept."""

from __future__ import annotations

from sqlalchemy import select

from service.dispatch import RecordingDispatcher
from service.storage.models import Publication, Release
from tests.desk_fixtures import StillClock, make_desk
from tests.storage.old_desks import OldDesk, upgrade

BEFORE = "0016"


def test_a_reason_of_before_is_in_the_language_of_its_release(old_url: str) -> None:
    old = OldDesk(old_url)
    old.put("release", id="rel_gone", author_id="usr_reviewer", source_locale="de", revision=1, withdrawn_reason="Weg.")
    old.put("approval", id="app_gone", version_id="ver_1_fr", approved_by="usr_reviewer")
    publication = {"version_id": "ver_1_fr", "approval_id": "app_gone", "locale": "fr", "slug": "weg"}
    old.put("publication", id="pub_gone", release_id="rel_gone", withdrawn_reason="Weg.", **publication)
    old.database.dispose()

    upgrade(old_url, "head")

    desk = make_desk(old_url, RecordingDispatcher(), StillClock())
    with desk.read() as reading:
        releases = {each.id: each.withdrawn_reason_locale for each in reading.session.scalars(select(Release))}
        publications = reading.session.scalars(select(Publication.withdrawn_reason_locale)).all()
    desk.database.dispose()
    assert {"rel_1": None, "rel_2": None, "rel_gone": "de"} == releases
    assert ["de"] == publications
