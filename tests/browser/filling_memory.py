"""Entries that were kept by hand, and files that wait to be taken in, for an office of the browser tests."""

from __future__ import annotations

from sqlalchemy import select

from service.domain.memory_files import FiledTarget, FiledUnit
from service.domain.permissions import Actor
from service.domain.text import CodedText, CodeKind, InlineCode
from service.operations.memory_import import MemoryImport
from service.operations.memory_keeping import edit_unit_target, retire_unit
from service.operations.waiting_files import close_file, keep_file
from service.storage.models import MemoryUnit
from tests.browser.office import BrowserOffice

SOURCE = CodedText("Inschrijven kan {1}tot en met vrijdag{/1} in het stadhuis.", (InlineCode(1, CodeKind.BOLD),))
FIRST = "On peut s’inscrire {1}jusqu’à vendredi{/1} à la mairie."
BETTER = "Les inscriptions sont ouvertes {1}jusqu’à vendredi{/1} à l’hôtel de ville."
OTHER = "Inscription {1}jusqu’à vendredi inclus{/1} à l’hôtel de ville."
GERMAN = "Anmelden kann man sich {1}bis Freitag{/1} im Rathaus."
CHOICES = {"source": "nl", "locales": ["fr", "de"]}
FILE = """<?xml version="1.0"?><tmx version="1.4"><header srclang="nl"/><body>
<tu><tuv xml:lang="nl"><seg>Het museum sluit om 18 uur.</seg></tuv>
<tuv xml:lang="fr"><seg>Le musée ferme à 18 heures.</seg></tuv>
<tuv xml:lang="de"><seg>Das Museum schließt um 18 Uhr.</seg></tuv></tu>
<tu creationid="MT!"><tuv xml:lang="nl"><seg>De ingang is achteraan.</seg></tuv>
<tuv xml:lang="fr"><seg>L’entrée est à l’arrière.</seg></tuv></tu>
<tu><tuv xml:lang="nl"><seg>Honden blijven buiten.</seg></tuv><tuv xml:lang="fr"><seg></seg></tuv></tu>
<tu><tuv xml:lang="nl"><seg>Kinderen komen gratis binnen.</seg></tuv>
<tuv xml:lang="it"><seg>I bambini entrano gratis.</seg></tuv></tu>
</body></tmx>
"""


def fill_memory_pages(office: BrowserOffice) -> None:
    """Edit one entry and take another out; keep a file, and one that was taken in; the facts name all of them."""
    desk, people, facts = office.desk, office.people, office.facts
    taking = MemoryImport("nl", "stadsarchief-2019.tmx")
    targets = FiledTarget("fr", FIRST), FiledTarget("fr", OTHER), FiledTarget("de", GERMAN)
    for _ in taking.take_all(lambda: desk.begin(people.admin), [FiledUnit(1, SOURCE, targets)]):
        pass
    with desk.read() as reading:
        wanted = select(MemoryUnit.target, MemoryUnit.id).where(MemoryUnit.target.in_((FIRST, OTHER)))
        ids = {row.target: row.id for row in reading.session.execute(wanted)}
    with desk.begin(people.second_reviewer) as work:
        edit_unit_target(work, ids[FIRST], BETTER, "Een stadhuis is in België geen mairie.", 1)
        retire_unit(work, ids[OTHER], "Dubbel.", 1)
    facts |= {"entry": str(ids[FIRST]), "retired_entry": str(ids[OTHER]), "file": _kept(office, people.reviewer)}
    facts["taken_file"] = _kept(office, people.second_reviewer)
    with desk.begin(people.second_reviewer) as work:
        close_file(work, "memory", facts["taken_file"], {"added": 28_386, "unchanged": 12, "refused": 3})


def _kept(office: BrowserOffice, actor: Actor) -> str:
    with office.desk.begin(actor) as work:
        return keep_file(work, "memory", name="museum.tmx", content=FILE.encode(), choices=CHOICES)
