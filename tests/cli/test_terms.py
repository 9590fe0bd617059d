from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from service.config import load_settings
from service.domain.concepts import ConceptDraft, TermDraft
from service.domain.term_files import FiledConcept
from service.operations.context import Work
from service.operations.term_import import Taken, TermImport
from service.operations.terms import add_concept
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


def hire(perstolk: Perstolk, *role: str) -> str:
    email = "a@office.example"
    perstolk(*("user", "add", email, "--name", "A", "--role", *role, "--password-stdin"), stdin="a long password 7\n")
    return email


@pytest.mark.parametrize("standing", [False, True], ids=["new", "nothing to change"])
def test_who_takes_it_in_must_keep_terms(perstolk: Perstolk, file: Path, *, standing: bool) -> None:
    author = hire(perstolk, "author")
    if standing:
        perstolk("terms", "import", file)

    done = perstolk("terms", "import", file, "--as", author)

    assert (1, "") == (done.exit_code, done.stdout)
    assert "Terms are for the reviewers of their languages, and for administrators." in done.stderr


MANY = [f"woord {number},mot {number}," for number in range(598)]  # more than are taken in at once


def test_a_list_with_lines_of_others_is_not_taken_in_at_all(perstolk: Perstolk, file: Path) -> None:
    french = hire(perstolk, "reviewer", "--locale", "fr")
    file.write_text("\n".join(["nl,fr,de", *MANY, "brandweer,pompiers,Feuerwehr", "raad,,Rat"]))

    done = perstolk("terms", "import", file, "--as", french)
    left = perstolk("terms", "export").stdout
    file.write_text("\n".join(["nl,fr,de", *MANY]))
    own = perstolk("terms", "import", file, "--as", french)

    told = "you do not answer for the terms in de. Leave the line out, or ask an administrator."
    assert (1, "", 1) == (done.exit_code, done.stdout, len(left.splitlines()))
    assert ["Error: Nothing of the list is taken in.", f"Line 600: {told}", f"Line 601: {told}"] == (
        done.stderr.splitlines()
    )
    assert (0, "598 concepts added, 0 changed, 0 left as they were.\n") == (own.exit_code, own.stdout)


def test_a_list_with_lines_that_differ_about_a_concept_is_not_taken_in_at_all(perstolk: Perstolk, file: Path) -> None:
    file.write_text("nl,fr,status\nlidstaat,État membre,\nlidstaat,,\nlidstaat,pays,admitted\n")
    perstolk("terms", "import", file)
    same = ["lidstaat,état,", ",pays,membre", ",État membre,Mitglied"]
    file.write_text("\n".join(["nl,fr,de", *MANY, *same]))

    done = perstolk("terms", "import", file)

    assert (1, "", 3) == (done.exit_code, done.stdout, len(perstolk("terms", "export").stdout.splitlines()))
    assert ["Error: Nothing of the list is taken in.", "Line 601", "Line 602"] == [
        line.split(" says something else than line 600")[0] for line in done.stderr.splitlines()
    ]


def test_a_line_is_about_the_concept_that_was_found_before_any_was_taken(
    perstolk: Perstolk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("service.cli.terms.AT_ONCE", 1)
    perstolk("terms", "import", file)
    file.write_text("nl,fr,de\nRaad,Assemblée,\n,Assemblée,Versammlung\n,Conseil,Rat\n")

    done = perstolk("terms", "import", file)

    assert 1 == done.exit_code
    assert "Line 4 says something else than line 2" in done.stderr
    file.write_text("nl,fr,de\nRaad,Assemblée,\n,Assemblée,Versammlung\n")
    assert "1 concept added, 1 changed, 0 left as they were.\n" == perstolk("terms", "import", file).stdout


def test_a_change_while_a_list_is_taken_in_is_told(
    perstolk: Perstolk, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []
    take = TermImport.take

    def take_and_be_passed(self: TermImport, work: Work, filed: Sequence[FiledConcept]) -> Taken:
        done = take(self, work, filed)
        taken.append(len(filed))
        if len(taken) == 1:
            add_concept(work, ConceptDraft((TermDraft("nl", "brug"),)))  # as if it came in between
        return done

    monkeypatch.setattr(TermImport, "take", take_and_be_passed)
    file.write_text("\n".join(["nl,fr,de", *MANY]))

    done = perstolk("terms", "import", file)
    again = perstolk("terms", "import", file)

    assert (1, [500], "500 concepts added, 0 changed, 0 left as they were.\n") == (
        done.exit_code,
        taken[:1],
        done.stdout,
    )
    assert "Error: Somebody changed the term base while the list was taken in. Take it in again: " in done.stderr
    assert "98 concepts added, 0 changed, 500 left as they were.\n" == again.stdout


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


def test_a_tbx_is_taken_without_what_has_no_place_here(perstolk: Perstolk, tbx: Path) -> None:
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


def test_nothing_is_taken_of_a_tbx_that_is_no_xml_to_its_end(perstolk: Perstolk, tbx: Path) -> None:
    tbx.write_text(TBX.replace('<conceptEntry id="c2">', "<conceptEntry></b>"))

    done = perstolk("terms", "import", tbx)

    assert (1, "", 1) == (done.exit_code, done.stdout, len(perstolk("terms", "export").stdout.splitlines()))
    assert ["Error: Line 7: from here on the file is not XML that can be read."] == done.stderr.splitlines()


def test_a_tbx_with_entries_of_others_is_not_taken_in_at_all(perstolk: Perstolk, tbx: Path) -> None:
    french = hire(perstolk, "reviewer", "--locale", "fr")
    term = "<langSec xml:lang='{1}'><termSec><term>mot {0}</term></termSec></langSec>"
    entry = f"<conceptEntry id='w{{0}}'>{term}</conceptEntry>"
    many = "\n".join(entry.format(number, "fr") for number in range(598))  # more than are taken in at once
    tbx.write_text(TBX.replace("</body>", f"{many}\n{entry.format(600, 'de')}</body>"))

    done = perstolk("terms", "import", tbx, "--as", french)

    told = "Line 609: you do not answer for the terms in de. Leave the line out, or ask an administrator."
    assert (1, "", 1) == (done.exit_code, done.stdout, len(perstolk("terms", "export").stdout.splitlines()))
    assert ["Error: Nothing of the list is taken in.", told] == done.stderr.splitlines()


def test_what_is_left_out_is_not_told_without_end(perstolk: Perstolk, tbx: Path) -> None:
    many = "<termSec><term>…</term></termSec>" * 25
    tbx.write_text(TBX.replace("<termSec><term>…</term></termSec>", many))

    told = perstolk("terms", "import", tbx).stderr.splitlines()

    assert (21, "… and 6 more.") == (len(told), told[-1])
