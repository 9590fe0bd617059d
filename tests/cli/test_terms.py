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


TBX = """<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca" xml:lang="nl"><text><body>
<conceptEntry id="c1">
<langSec xml:lang="fr"><termSec><term>État membre</term><termNote type="grammaticalGender">masculine</termNote>
</termSec><termSec><term>pays</term><note>perstolk:status=forbidden</note></termSec></langSec>
<langSec xml:lang="nl"><termSec><term>lidstaat</term><note>perstolk:form=lidstaatje</note></termSec></langSec>
</conceptEntry>
<conceptEntry id="c2">
<langSec xml:lang="nl"><termSec><term>Raad</term><termNote type="partOfSpeech">noun</termNote></termSec></langSec>
<langSec xml:lang="fr"><termSec><term>…</term></termSec></langSec>
</conceptEntry>
</body></text></tbx>
"""


@pytest.fixture
def tbx(tmp_path: Path) -> Path:
    path = tmp_path / "terms.csv"  # what is in it counts, not its name
    path.write_text(TBX)
    return path


def test_a_tbx_is_taken_as_far_as_it_can_be(perstolk: Perstolk, tbx: Path) -> None:
    first, again = (perstolk("terms", "import", tbx) for _ in range(2))

    assert "2 concepts added, 0 changed, 0 left as they were.\n" == first.stdout
    assert "0 concepts added, 0 changed, 2 left as they were.\n" == again.stdout
    assert [
        "Line 9 (fr): A term needs a word: “…” has none.",
        "Line 8: “partOfSpeech” has no place in the term base; this and all others (1) are left out.",
    ] == first.stderr.splitlines()


@pytest.mark.parametrize("form", ["csv", "tbx"])
def test_both_forms_bring_everything_back(perstolk: Perstolk, tbx: Path, form: str) -> None:
    perstolk("terms", "import", tbx)

    written = perstolk("terms", "export", "--format", form).stdout
    again = perstolk("terms", "import", "-", stdin=written)
    both = [perstolk("terms", "export", "--format", other).stdout for other in ("csv", "tbx")]

    assert ("", "0 concepts added, 0 changed, 2 left as they were.\n") == (again.stderr, again.stdout)
    assert all(text in both[0] and text in both[1] for text in ("lidstaatje", "masculine", "forbidden"))


def test_languages_that_came_by_another_program_s_file_come_back_in_a_list(perstolk: Perstolk, tbx: Path) -> None:
    tbx.write_text(TBX.replace('xml:lang="fr"', 'xml:lang="it"'))
    perstolk("terms", "import", tbx)

    written = perstolk("terms", "export").stdout
    again = perstolk("terms", "import", "-", stdin=written)

    assert "it" in written.splitlines()[0].split(",")
    assert "0 concepts added, 0 changed, 2 left as they were.\n" == again.stdout


def test_a_detail_has_a_column_only_where_a_term_has_it(perstolk: Perstolk, tbx: Path) -> None:
    perstolk("terms", "import", tbx)

    columns = perstolk("terms", "export").stdout.splitlines()[0].split(",")

    assert {"fr_gender", "nl_forms"} == {name for name in columns if name.startswith(("nl_", "fr_", "de_", "en_"))}


def test_what_stands_before_bad_xml_is_taken_and_told(perstolk: Perstolk, tbx: Path) -> None:
    tbx.write_text(TBX.replace('<conceptEntry id="c2">', "<conceptEntry></b>"))

    done = perstolk("terms", "import", tbx)

    assert (1, "1 concepts added, 0 changed, 0 left as they were.\n") == (done.exit_code, done.stdout)
    assert ["Error: Line 7: from here on the file is not XML that can be read."] == done.stderr.splitlines()


def test_what_is_left_out_is_not_told_without_end(perstolk: Perstolk, tbx: Path) -> None:
    many = "<termSec><term>…</term></termSec>" * 25
    tbx.write_text(TBX.replace("<termSec><term>…</term></termSec>", many))

    told = perstolk("terms", "import", tbx).stderr.splitlines()

    assert (21, "… and 6 more.") == (len(told), told[-1])
