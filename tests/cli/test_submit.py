from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from service.domain.drafts import DraftResult, EngineOutcome, OutcomeKind
from service.operations.drafting import finish_draft, start_draft
from service.storage.models import DraftJob, Release
from service.uow import Desk
from tests.cli.conftest import Perstolk
from tests.desk_fixtures import RecordingDispatcher, make_desk
from tests.operations.making import TEXT, draft, job_of
from tests.watching import wait_for

AUTHOR = "an@office.example"


@pytest.fixture
def author(perstolk: Perstolk) -> str:
    added = perstolk("user", "add", AUTHOR, "--name", "An", "--role", "author")
    assert 0 == added.exit_code, added.output
    return AUTHOR


@pytest.fixture
def release_file(tmp_path: Path) -> Path:
    file = tmp_path / "bericht.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


@pytest.fixture
def desk(var_dir: Path) -> Iterator[Desk]:
    made = make_desk(f"sqlite:///{var_dir / 'perstolk.db'}", RecordingDispatcher(), None)  # type: ignore[arg-type]
    yield made
    made.database.dispose()


def release_of(desk: Desk) -> Release | None:
    with desk.read() as reading:
        return reading.session.scalars(select(Release)).one_or_none()


def leave_empty(desk: Desk, release_id: str) -> None:
    """Finish every draft as a worker does that found no engine."""
    failed = EngineOutcome("libretranslate", OutcomeKind.FAILED, reason="refused_connection")
    for locale in ("fr", "de", "en"):
        with desk.begin() as work:
            drafting = start_draft(work, job_of(desk, release_id, locale))
        assert drafting is not None
        missing = tuple(segment.unit_id for segment in drafting.segments)
        with desk.begin() as work:
            finish_draft(work, drafting.job_id, drafting.token, DraftResult((), missing, (failed,)))


def test_a_file_becomes_a_release_with_work_for_each_language(
    perstolk: Perstolk, author: str, release_file: Path, desk: Desk
) -> None:
    done = perstolk("submit", str(release_file), "--as", author, "--json")

    release = json.loads(done.stdout)
    with desk.read() as reading:
        jobs = len(reading.session.scalars(select(DraftJob.id)).all())
    assert "Nieuwe brug over de Leie opent in mei" == release["title"]
    assert {("fr", "queued"), ("de", "queued"), ("en", "queued")} == {
        (it["locale"], it["state"]) for it in release["versions"]
    }
    assert 3 == jobs


def test_what_reading_the_text_found_odd_is_told_beside_the_answer(perstolk: Perstolk, author: str) -> None:
    french = "Un nouveau pont\n\nLe gouvernement flamand ouvre un nouveau pont sur la Lys au mois de mai.\n"

    done = perstolk("submit", "-", "--as", author, "--json", stdin=french)

    assert 0 == done.exit_code
    assert ["language:fr"] == json.loads(done.stdout)["warnings"]
    assert "does not look like Nederlands, but like “Français”" in done.stderr


def test_standard_input_serves_as_a_file(perstolk: Perstolk, author: str) -> None:
    done = perstolk("submit", "-", "--as", author, "--title", "Een andere titel", "--json", stdin=TEXT)

    assert "Een andere titel" == json.loads(done.stdout)["title"]


def test_an_embargo_without_an_offset_is_in_the_offices_time(
    perstolk: Perstolk, author: str, release_file: Path
) -> None:
    options = ("--embargo", "2030-07-01T09:00", "--target", "fr")
    done = perstolk("submit", str(release_file), "--as", author, "--json", *options)

    release = json.loads(done.stdout)
    assert "2030-07-01T07:00:00.000Z" == release["embargo_at"]
    assert ["fr"] == [it["locale"] for it in release["versions"]]


@pytest.mark.parametrize(
    "name, content, options, sentence",
    [
        ("bericht.pdf", TEXT, (), "A file that ends in .pdf cannot be read"),
        ("bericht.txt", TEXT, ("--embargo", "tomorrow"), "is not a date and time"),
        ("bericht.txt", TEXT, ("--target", "sv"), "does not translate into “sv”"),
        ("bericht.txt", "Alleen een titel", (), "There is no text below the title"),
    ],
)
def test_what_cannot_be_taken_is_told_and_nothing_is_kept(
    perstolk: Perstolk,
    author: str,
    tmp_path: Path,
    desk: Desk,
    name: str,
    content: str,
    options: tuple[str, ...],
    sentence: str,
) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")

    done = perstolk("submit", str(file), "--as", author, *options)

    assert 1 == done.exit_code
    assert sentence in done.stderr
    assert release_of(desk) is None


def test_who_may_not_submit_is_told_so(perstolk: Perstolk, release_file: Path) -> None:
    perstolk("user", "add", "piet@office.example", "--name", "Piet", "--role", "reviewer")

    done = perstolk("submit", str(release_file), "--as", "piet@office.example")

    assert 1 == done.exit_code
    assert "Your role does not allow this." in done.stderr


@pytest.mark.parametrize("whole", [True, False])
def test_waiting_ends_when_the_drafts_stand_and_says_why_one_is_not_whole(
    perstolk: Perstolk, author: str, release_file: Path, desk: Desk, *, whole: bool
) -> None:
    def work() -> None:
        wait_for(lambda: release_of(desk) is not None)
        release = release_of(desk)
        assert release is not None
        (draft if whole else leave_empty)(desk, release.id)

    worker = threading.Thread(target=work)
    worker.start()
    done = perstolk("submit", str(release_file), "--as", author, "--wait", "--json")
    worker.join()

    release = json.loads(done.stdout)
    assert {"in_review"} == {it["state"] for it in release["versions"]}
    assert {f"{locale}  in_review  {7 if whole else 0}/7" for locale in ("fr", "de", "en")} <= set(
        done.stderr.splitlines()
    )
    assert (0 if whole else 1) == done.exit_code
    assert whole is ("libretranslate could not be reached" not in done.stderr)
