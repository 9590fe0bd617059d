from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from service.operations import memory_import
from tests.cli.conftest import Perstolk

PASSWORD = "a long password 7\n"
HEAD = '<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx version="1.4"><header srclang="nl"/><body>\n'


def tmx(*pairs: tuple[str, str], end: str = "</body></tmx>") -> str:
    units = (
        f'<tu><tuv xml:lang="nl"><seg>{dutch}</seg></tuv><tuv xml:lang="fr"><seg>{french}</seg></tuv></tu>'
        for dutch, french in pairs
    )
    return HEAD + "\n".join(units) + end


def ended(*_: object) -> None:
    """End the process that does this, as the system ends one that wants too much memory."""
    os.kill(os.getpid(), signal.SIGKILL)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "old.tmx"
    path.write_text(tmx(("De brug", "Le pont"), ("", "vide"), ("Welkom", "Bienvenue")), encoding="utf-16")
    return path


def test_the_same_file_twice_changes_nothing(perstolk: Perstolk, file: Path) -> None:
    first, again = (perstolk("memory", "import", file) for _ in range(2))

    assert (0, "2 texts added, 0 left as they were, 1 not taken.\n") == (first.exit_code, first.stdout)
    assert (0, "0 texts added, 2 left as they were, 1 not taken.\n") == (again.exit_code, again.stdout)
    assert "Line 5: The segment is empty.\n" == first.stderr


def test_a_long_file_whose_helper_was_ended_is_simply_taken_in_again(
    perstolk: Perstolk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(memory_import, "AT_ONCE", 1)
        patched.setattr(memory_import, "work_out", ended)
        broken = perstolk("memory", "import", file)
    again = perstolk("memory", "import", file)

    assert (1, "1 text added") == (broken.exit_code, broken.stdout[:12])
    assert "Take it in again." in broken.stderr
    assert "1 text added, 1 left as it was" == again.stdout[:30]


def test_what_is_written_out_is_taken_in_without_a_change(perstolk: Perstolk, file: Path, tmp_path: Path) -> None:
    perstolk("memory", "import", file)

    written = perstolk("memory", "export").stdout
    perstolk("memory", "export", "--output", tmp_path / "out.tmx")
    again = perstolk("memory", "import", "-", stdin=written)

    assert written == (tmp_path / "out.tmx").read_text(encoding="utf-8")
    assert 2 == written.count("<tu>")
    assert "0 texts added, 2 left as they were, 0 not taken.\n" == again.stdout


def test_of_many_lines_that_are_not_taken_the_first_are_told(perstolk: Perstolk, file: Path) -> None:
    file.write_text(tmx(*[("", "x")] * 1_500, ("De brug", "")))

    done = perstolk("memory", "import", file)

    assert (0, "0 texts added, 0 left as they were, 1501 not taken.\n") == (done.exit_code, done.stdout)
    assert [*(f"Line {line}: The segment is empty." for line in range(4, 24)), "… and 1481 more."] == (
        done.stderr.splitlines()
    )


def test_a_target_that_is_not_taken_is_told_with_its_language(perstolk: Perstolk, file: Path) -> None:
    file.write_text(tmx(("De brug", "")))

    assert "Line 4 (fr): The segment is empty.\n" == perstolk("memory", "import", file).stderr


def test_a_file_that_breaks_off_is_taken_up_to_there(perstolk: Perstolk, file: Path) -> None:
    file.write_text(tmx(*((f"Zin {number}", "x") for number in range(1_100)), end="<tu><tuv"))

    broken = perstolk("memory", "import", file)
    file.write_text(tmx(*((f"Zin {number}", "x") for number in range(1_200))))
    mended = perstolk("memory", "import", file)

    assert (1, "1100 texts added, 0 left as they were, 0 not taken.\n") == (broken.exit_code, broken.stdout)
    assert "Error: Line 1103: from here on the file is not XML that can be read.\n" == broken.stderr
    assert "100 texts added, 1100 left as they were, 0 not taken.\n" == mended.stdout


def test_a_file_without_units_brings_nothing(perstolk: Perstolk, file: Path) -> None:
    file.write_text(tmx())

    assert "0 texts added, 0 left as they were, 0 not taken.\n" == perstolk("memory", "import", file).stdout


def test_what_is_no_tmx_is_refused(perstolk: Perstolk, file: Path) -> None:
    file.write_text("<html/>")

    done = perstolk("memory", "import", file)

    assert (1, "", "Error: The file is not TMX 1.1 to 1.4; export it anew, or save it as such.\n") == (
        done.exit_code,
        done.stdout,
        done.stderr,
    )


def test_another_source_may_be_asked_for(perstolk: Perstolk, file: Path) -> None:
    file.write_text(tmx(("De brug", "Le pont")).replace('srclang="nl"', 'srclang="*all*"'))

    french = perstolk("memory", "import", file, "--source", "FR")
    wrong = perstolk("memory", "import", file, "--source", "french")
    written = perstolk("memory", "export").stdout

    assert "1 text added, 0 left as they were, 0 not taken.\n" == french.stdout
    assert (1, "Error: “french” is not a language tag such as fr or nl-BE.\n") == (wrong.exit_code, wrong.stderr)
    assert '<tu srclang="fr"><tuv xml:lang="fr"><seg>Le pont</seg></tuv><tuv xml:lang="nl"' in written


def test_who_takes_it_in_must_answer_for_its_languages(perstolk: Perstolk, file: Path) -> None:
    for role in ("author", "reviewer"):
        address = f"{role}@office.example"
        perstolk("user", "add", address, "--name", "A", "--role", role, "--password-stdin", stdin=PASSWORD)

    author = perstolk("memory", "import", file, "--as", "author@office.example")
    reviewer = perstolk("memory", "import", file, "--as", "reviewer@office.example")

    assert (1, "") == (author.exit_code, author.stdout)
    assert "for the reviewers of its languages, and for administrators" in author.stderr
    assert "2 texts added" in reviewer.stdout


@pytest.fixture
def french(perstolk: Perstolk) -> str:
    """The address of somebody who reviews French alone."""
    address = "fr@office.example"
    named = ("--name", "F", "--role", "reviewer", "--locale", "fr")
    perstolk("user", "add", address, *named, "--password-stdin", stdin=PASSWORD)
    return address


def test_what_is_for_others_to_take_in_is_left_out_with_its_reason(perstolk: Perstolk, file: Path, french: str) -> None:
    german = '<tuv xml:lang="de"><seg>Die Brücke</seg></tuv></tu>'
    file.write_text(tmx(("De brug", "Le pont"), ("Welkom", "Bienvenue")).replace("</tu>", german, 1))

    done = perstolk("memory", "import", file, "--as", french)
    written = perstolk("memory", "export").stdout

    assert (0, "2 texts added, 0 left as they were, 1 not taken.\n") == (done.exit_code, done.stdout)
    assert "Line 4 (de): Texts in this language are for its own reviewers to take in.\n" == done.stderr
    assert (2, 0) == (written.count('xml:lang="fr"'), written.count('xml:lang="de"'))


def test_a_file_that_is_all_for_others_brings_nothing(perstolk: Perstolk, file: Path, french: str) -> None:
    file.write_text(tmx(("De brug", "Die Brücke")).replace('"fr"', '"de"'))

    done = perstolk("memory", "import", file, "--as", french)

    assert (0, "0 texts added, 0 left as they were, 1 not taken.\n") == (done.exit_code, done.stdout)


def test_who_keeps_only_the_language_of_the_sources_is_refused(perstolk: Perstolk, file: Path, french: str) -> None:
    file.write_text(tmx(("De brug", "Le pont")).replace('srclang="nl"', 'srclang="*all*"'))

    done = perstolk("memory", "import", file, "--source", "fr", "--as", french)

    assert (1, "") == (done.exit_code, done.stdout)
    assert "for the reviewers of its languages, and for administrators" in done.stderr


def test_a_name_of_a_file_stays_with_its_texts(perstolk: Perstolk, file: Path) -> None:
    perstolk("memory", "import", file)

    assert '<prop type="x-perstolk-collection">old.tmx</prop>' in perstolk("memory", "export").stdout
