"""From a file on the command line to what a publisher is told, on both kinds of desk."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime, timedelta

from tests.journeys.steps import LOCALES, RELEASE, DeskProcesses, add_receiver, is_whole, page
from tests.servers.libretranslate import LibreTranslateServer
from tests.servers.receiver import Receiver
from tests.watching import wait_for


def test_a_release_goes_the_whole_way(office: DeskProcesses, engine: LibreTranslateServer) -> None:
    reviewer, publisher = (office.program(f"{name}@office.example") for name in ("first", "publisher"))
    with Receiver() as receiver:
        endpoint = add_receiver(office, receiver.url, "release.published", "version.drafted")
        receiver.secret = endpoint["secret"]

        submitted = office.command("submit", str(RELEASE), "--as", "author@office.example", "--wait", "--json")
        release = json.loads(submitted)
        digests = reviewer.approve_all(release["id"])
        published = publisher.call("POST", f"/releases/{release['id']}/publish")
        received = receiver.wait_for(1)
        publisher.call("DELETE", f"/endpoints/{endpoint['id']}", expected=204)

    told = received[0].event
    assert [(locale, "in_review") for locale in LOCALES] == [(it["locale"], it["state"]) for it in release["versions"]]
    assert "published" == published["state"]
    assert [("release.published", True)] == [(it.event["type"], it.verified) for it in received]
    assert digests == {it["locale"]: it["digest"] for it in told["data"]["versions"]}
    assert [200] * 3 == [page(it["url"]).status_code for it in told["data"]["versions"]]


def test_a_receiver_that_comes_back_gets_the_same_event_again(
    office: DeskProcesses, engine: LibreTranslateServer
) -> None:
    publisher = office.program("publisher@office.example")
    with Receiver(behave=[500, 200]) as receiver:
        endpoint = add_receiver(office, receiver.url, "ping")
        receiver.secret = endpoint["secret"]

        publisher.call("POST", f"/endpoints/{endpoint['id']}/test", expected=202)
        first, second = receiver.wait_for(2, seconds=20)
        delivery_of = f"/deliveries?endpoint={endpoint['id']}"
        wait_for(lambda: "delivered" == publisher.call("GET", delivery_of)["items"][0]["state"])
        delivery = publisher.call("GET", delivery_of)["items"][0]
        publisher.call("DELETE", f"/endpoints/{endpoint['id']}", expected=204)

    assert (first.id, first.body) == (second.id, second.body)
    assert [True, True] == [first.verified, second.verified]
    assert [500, 200] == [attempt["status"] for attempt in delivery["attempts"]]


def test_nothing_is_public_before_the_hour_and_everything_at_it(
    office: DeskProcesses, engine: LibreTranslateServer
) -> None:
    author, reviewer, publisher = (
        office.program(f"{name}@office.example") for name in ("author", "first", "publisher")
    )
    far = datetime.now(UTC) + timedelta(hours=1)
    release = author.submit(embargo_at=far.isoformat(), slug="onder-embargo")
    author.wait_for_versions(release["id"], is_whole)
    reviewer.approve_all(release["id"])
    publisher.call("POST", f"/releases/{release['id']}/publish", expected=202)
    with Receiver() as receiver:
        endpoint = add_receiver(office, receiver.url, "release.published")
        receiver.secret = endpoint["secret"]
        addresses = [f"{office.url}/{locale}/{release['slug']}" for locale in LOCALES]
        unknown = [page(f"{office.url}/{locale}/is-er-niet") for locale in LOCALES]

        hour = datetime.now(UTC) + timedelta(seconds=6)
        publisher.call("PATCH", f"/releases/{release['id']}", json={"embargo_at": hour.isoformat()})
        early: list[tuple[int, bytes]] = []
        while datetime.now(UTC) < hour - timedelta(seconds=1):
            early += [(answer.status_code, answer.content) for answer in map(page, addresses)]
        heard_early = len(receiver.received)
        wait_for(lambda: [200] * 3 == [page(address).status_code for address in addresses])
        late = (datetime.now(UTC) - hour).total_seconds()
        received = receiver.wait_for(1)
        publisher.call("DELETE", f"/endpoints/{endpoint['id']}", expected=204)

    assert {(404, answer.content) for answer in unknown} == set(early)
    assert 0 == heard_early
    assert 0 <= late < 5
    assert set(LOCALES) == {it["locale"] for it in received[0].event["data"]["versions"]}


def test_three_languages_are_drafted_at_the_same_time(office: DeskProcesses, engine: LibreTranslateServer) -> None:
    author = office.program("author@office.example")
    engine.latency = 0.5
    engine.most_at_once = 0

    release = author.submit()
    author.wait_for_versions(release["id"], is_whole)

    assert 3 <= engine.most_at_once


def test_a_backup_is_made_while_the_desk_works(office: DeskProcesses, engine: LibreTranslateServer) -> None:
    author = office.program("author@office.example")
    file = office.folder / "backup.zip"
    engine.latency = 0.5
    release = author.submit()

    office.command("backup", str(file))
    author.wait_for_versions(release["id"], is_whole)

    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        assert "perstolk backup" == json.loads(archive.read("manifest.json"))["kind"]


def test_the_doctor_finds_a_whole_desk(office: DeskProcesses, engine: LibreTranslateServer) -> None:
    told = office.command("doctor")

    looked_at = {line.split()[1]: line.split()[0] for line in told.splitlines()}
    parts = ("settings", "database", "migrations", "broker", "beat", "clock", "audit", "disk", "mail", "libretranslate")
    parts += ("work", "breakers", "endpoints")
    looked_at.pop("upkeep", None)  # told where the server's own upkeep is off
    assert dict.fromkeys(parts, "ok") == looked_at
