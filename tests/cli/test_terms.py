from __future__ import annotations

from pathlib import Path

import pytest

from service.config import load_settings
from service.queries.terms import newest_concepts
from service.uow import open_desk
from tests.cli.conftest import Perstolk

LIST = "nl,fr,checked\nlidstaat,État membre,yes\nRaad,Conseil,no\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "terms.csv"
    path.write_text(LIST, encoding="utf-8-sig")
    return path


def test_the_same_file_twice_changes_nothing(perstolk: Perstolk, file: Path) -> None:
    told = [perstolk("terms", "import", file).stdout for _ in range(2)]

    assert [
        "2 concepts added, 0 changed, 0 left as they were.\n",
        "0 concepts added, 0 changed, 2 left as they were.\n",
    ] == told


def test_what_is_written_out_is_taken_in_without_a_change(perstolk: Perstolk, file: Path, tmp_path: Path) -> None:
    perstolk("terms", "import", file)

    written = perstolk("terms", "export").stdout
    perstolk("terms", "export", "--output", tmp_path / "out.csv")
    again = perstolk("terms", "import", "-", stdin=written)

    assert ["concept", "nl", "fr", "de", "en", "status"] == written.splitlines()[0].split(",")[:6]
    assert {"lidstaat,État membre", "Raad,Conseil"} == {
        ",".join(line.split(",")[1:3]) for line in written.splitlines()[1:]
    }
    assert written.splitlines() == (tmp_path / "out.csv").read_text().splitlines()
    assert "0 concepts added, 0 changed, 2 left as they were.\n" == again.stdout


def test_a_wrong_file_is_refused_whole_with_its_lines(perstolk: Perstolk, file: Path) -> None:
    file.write_text("nl,fr,checked\nlidstaat,État membre,yes\nRaad,Conseil,maybe\n,,no\n")

    done = perstolk("terms", "import", file)

    desk = open_desk(load_settings())
    with desk.read() as reading:
        kept = newest_concepts(reading.session)
    desk.database.dispose()
    assert (1, "", []) == (done.exit_code, done.stdout, kept)
    assert [
        "Error: Nothing of the list is taken in.",
        "Line 3: write yes or no in the column “checked”.",
        "Line 4: there is no term in any language.",
    ] == done.stderr.splitlines()


def test_who_takes_it_in_must_answer_for_its_languages(perstolk: Perstolk, file: Path) -> None:
    perstolk(
        "user",
        "add",
        "a@office.example",
        "--name",
        "A",
        "--role",
        "author",
        "--password-stdin",
        stdin="a long password 7\n",
    )

    done = perstolk("terms", "import", file, "--as", "a@office.example")

    assert 1 == done.exit_code
    assert "Terms are for the reviewers of their languages, and for administrators." in done.stderr


def test_thousands_of_concepts_come_and_go(perstolk: Perstolk, file: Path) -> None:
    lines = [f"woord {number},mot {number},no" for number in range(1_600)]
    file.write_text("\n".join(["nl,fr,checked", *lines]))

    first = perstolk("terms", "import", file).stdout
    written = perstolk("terms", "export").stdout
    again = perstolk("terms", "import", "-", stdin=written).stdout

    assert "1600 concepts added, 0 changed, 0 left as they were.\n" == first
    assert 1_601 == len(written.splitlines())
    assert "0 concepts added, 0 changed, 1600 left as they were.\n" == again
