from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.config import Settings
from service.domain.drafts import DraftSegment
from service.domain.text import CodedText, CodeKind, InlineCode
from tests.toys.folders import Toy
from tests.toys.sentences import LOSES_TOKENS, RELEASE, WITH_END_MARK
from tests.workers.drafting.runs import draft
from workers.drafting.pipeline import DraftRequest
from workers.engines.base import Deadline, EngineRefused, EngineUnavailable, Health
from workers.engines.catalogue import build_engines
from workers.engines.ctranslate2_engine import CTranslate2, build
from workers.engines.ctranslate2_models import LONGEST_PIECES, LoadedModel

DUTCH = [line.nl for line in RELEASE]
ENGLISH = [line.en for line in RELEASE]
FRENCH = [line.fr for line in RELEASE]
LONG = 60.0  # seconds that no test comes near, however slow the machine is


def translate(engine: CTranslate2, texts: list[str], source: str = "nl", target: str = "en") -> list[str]:
    return engine.translate(texts, source=source, target=target, deadline=Deadline(LONG))


@pytest.mark.parametrize(
    "source, target, texts, expected",
    [
        ("nl", "en", DUTCH, ENGLISH),
        ("en", "fr", ENGLISH, FRENCH),
        ("nl", "fr", DUTCH, FRENCH),
        ("nl-BE", "en-GB", DUTCH, ENGLISH),
        ("nl", "fr-BE", DUTCH, FRENCH),
    ],
)
def test_each_sentence_has_its_translation_in_its_place(
    shelf: Path, source: str, target: str, texts: list[str], expected: list[str]
) -> None:
    assert expected == translate(CTranslate2(shelf), texts, source, target)


def test_nothing_is_translated_to_nothing(shelf: Path) -> None:
    assert [] == translate(CTranslate2(shelf), [])


def test_a_directory_that_is_itself_a_model_serves(shelf: Path) -> None:
    assert ENGLISH == translate(CTranslate2(shelf / "nl-en"), DUTCH)


@pytest.mark.parametrize("marian", [True, False])
def test_a_converted_model_gets_its_end_mark_once(toys: dict[str, Toy], tmp_path: Path, *, marian: bool) -> None:
    toys["nl-en"].write_opus(tmp_path / "opus-mt-nl-en", add_source_eos=marian)

    answers = translate(CTranslate2(tmp_path), [line.nl for line in WITH_END_MARK])

    assert [line.en for line in WITH_END_MARK] == answers


def test_a_text_of_many_sentences_is_cut_at_their_ends_and_joined_again(shelf: Path) -> None:
    lines = [line for line in RELEASE if line.nl.endswith(".")] * 5

    answers = translate(CTranslate2(shelf), [" ".join(line.nl for line in lines)])

    assert [" ".join(line.en for line in lines)] == answers


def test_a_sentence_without_end_is_cut_at_spaces(shelf: Path) -> None:
    engine = CTranslate2(shelf)
    translate(engine, ["De raad"])  # so that the model is there
    model = engine._load(engine._way("nl", "en")[0], Deadline(LONG))
    words = ["sluizen"] * 3 * LONGEST_PIECES

    parts = list(model._parts(" ".join(words)))

    assert " ".join(words) == "".join(part + gap for part, gap in parts)
    assert LONGEST_PIECES // 2 < max(model._length(part) for part, _ in parts) <= LONGEST_PIECES


def test_lines_stay_lines(shelf: Path) -> None:
    assert ["\n".join(ENGLISH[:3])] == translate(CTranslate2(shelf), ["\n".join(DUTCH[:3])])


@pytest.mark.parametrize("text", ["12.000", "[X0X]", "…", "[X0X] – [X1X]"])
def test_what_has_no_letter_is_copied(shelf: Path, text: str) -> None:
    assert [text, ENGLISH[0]] == translate(CTranslate2(shelf), [text, DUTCH[0]])


@pytest.mark.parametrize("target, expected", [("en", LOSES_TOKENS[0].en), ("fr", LOSES_TOKENS[0].fr)])
def test_tokens_that_the_model_loses_keep_their_place(shelf: Path, target: str, expected: str) -> None:
    answers = translate(CTranslate2(shelf), [DUTCH[0], LOSES_TOKENS[0].nl, DUTCH[-1]], target=target)

    assert expected == answers[1]
    assert [getattr(RELEASE[0], target), getattr(RELEASE[-1], target)] == answers[::2]


def test_the_pipeline_takes_what_it_drafts(shelf: Path) -> None:
    bold = InlineCode(1, CodeKind.BOLD)
    segments = (
        DraftSegment("title", CodedText(RELEASE[0].nl)),
        DraftSegment("coded", CodedText("{1}De raad{/1} komt in juni opnieuw samen.", (bold,))),
        DraftSegment("contact", CodedText("Perscontact: pers@office.example")),
    )
    engines = build_engines(
        Settings(_env_file=None, secret_key="a key that is long enough", engines="ctranslate2", ctranslate2_dir=shelf)
    )

    result = draft(DraftRequest("nl", "fr", confidential=True, segments=segments), engines, seconds=LONG)

    assert {
        "title": RELEASE[0].fr,
        "coded": "{1}Le conseil{/1} se réunit à nouveau en juin.",
        "contact": "Contact presse: pers@office.example",
    } == {unit.unit_id: unit.target for unit in result.drafted}
    assert {engines[0].capabilities.version} == {unit.origin.engine_version for unit in result.drafted}


def test_a_pair_that_no_way_leads_to_is_refused(shelf: Path) -> None:
    with pytest.raises(EngineRefused) as refused:
        translate(CTranslate2(shelf), ["De raad"], target="de")

    assert "no_such_language" == refused.value.reason


def test_no_step_begins_after_the_deadline(shelf: Path) -> None:
    engine = CTranslate2(shelf)
    translate(engine, ["De raad"])
    asked: list[int] = []
    ends = iter([False, False, True])

    class Counting(Deadline):
        @property
        def expired(self) -> bool:
            asked.append(1)
            return next(ends)

    with pytest.raises(EngineUnavailable) as late:
        engine.translate(DUTCH * 4, source="nl", target="en", deadline=Counting(LONG))

    assert "timeout" == late.value.reason
    assert 3 == len(asked)


def test_who_waits_for_a_model_to_load_waits_no_longer_than_they_may(shelf: Path) -> None:
    engine = CTranslate2(shelf)

    with engine._process.lock, pytest.raises(EngineUnavailable) as late:
        engine.translate(["De raad"], source="nl", target="en", deadline=Deadline(0.05))

    assert "timeout" == late.value.reason


def test_many_threads_ask_at_once_the_models_that_were_loaded_once(shelf: Path) -> None:
    engine = CTranslate2(shelf)
    loaded: list[LoadedModel] = []

    def ask(number: int) -> bool:
        line = RELEASE[number % len(RELEASE)]
        loaded.extend(engine._process.loaded.values())
        return [line.fr, line.fr] == translate(engine, [line.nl, line.nl], target="fr")

    with ThreadPoolExecutor(8) as pool:
        right = list(pool.map(ask, range(48)))

    assert [True] * 48 == right
    assert set(engine._process.loaded.values()) >= set(loaded)


def in_a_fork(work: Callable[[], None]) -> int:
    """Run the work in a child of this process; return its status, or minus the signal's number if it never ended."""
    child = os.fork()
    if not child:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    ends = time.monotonic() + LONG
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
@pytest.mark.parametrize("dropped", [False, True])
def test_a_child_loads_models_of_its_own_and_lets_the_parents_be(shelf: Path, *, dropped: bool) -> None:
    holder = [CTranslate2(shelf)]
    assert ENGLISH == translate(holder[0], DUTCH)

    def work() -> None:
        if dropped:
            holder[0] = CTranslate2(shelf)  # what a worker's child does with what its parent had built
        assert ENGLISH == translate(holder[0], DUTCH)

    assert 0 == in_a_fork(work)
    assert ENGLISH == translate(holder[0], DUTCH)


@pytest.mark.filterwarnings("ignore:.*multi-threaded, use of fork:DeprecationWarning")
def test_a_child_does_not_wait_for_a_lock_that_stayed_with_its_parent(shelf: Path) -> None:
    engine = CTranslate2(shelf)
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with engine._process.lock:
            held.set()
            done.wait(LONG)

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(LONG)
    try:
        status = in_a_fork(lambda: translate(engine, ["De raad"]) == ["The council"] or sys.exit(3))
    finally:
        done.set()
        thread.join()

    assert 0 == status


def test_a_child_whose_parent_had_a_model_ends_when_it_is_done(shelf: Path) -> None:
    """An ordinary end, where the interpreter takes everything down."""
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from workers.engines.base import Deadline\n"
        "from workers.engines.ctranslate2_engine import CTranslate2\n"
        "def ask(engine):\n"
        "    return engine.translate(['De raad'], source='nl', target='en', deadline=Deadline(60))\n"
        "engine = CTranslate2(Path(sys.argv[1]))\n"
        "ask(engine)\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    sys.exit(0 if ask(engine) == ['The council'] else 1)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )

    done = subprocess.run([sys.executable, "-c", program, str(shelf)], check=False, timeout=LONG)

    assert 0 == done.returncode


def test_the_process_that_forks_loads_no_library(shelf: Path) -> None:
    program = (
        "import sys\n"
        "from workers.composition import parts\n"
        "import workers.main\n"
        "names = [it.capabilities.name for it in parts().engines]\n"
        "print(names, 'ctranslate2' in sys.modules, 'sentencepiece' in sys.modules)\n"
    )
    environment = {
        **os.environ,
        "PERSTOLK_VAR_DIR": str(shelf.parent / "var"),
        "PERSTOLK_CTRANSLATE2_DIR": str(shelf),
        "PERSTOLK_ENGINES": "ctranslate2",
    }

    done = subprocess.run(
        [sys.executable, "-c", program], check=True, timeout=LONG, env=environment, capture_output=True, text=True
    )

    assert "['ctranslate2'] False False\n" == done.stdout


def test_without_the_libraries_it_says_how_to_install_them(shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ctranslate2", None)

    health = CTranslate2(shelf).probe(deadline=Deadline(LONG))

    expected = "the libraries are missing. Install them with: pip install 'perstolk[offline]'"
    assert ("not_installed", expected) == (health.reason, health.detail)


def test_a_probe_tells_the_pairs(shelf: Path) -> None:
    health = CTranslate2(shelf).probe(deadline=Deadline(LONG))

    assert Health(ok=True, detail="en to fr, nl to en", milliseconds=health.milliseconds) == health


def test_it_runs_in_the_office_and_names_its_models(toys: dict[str, Toy], tmp_path: Path) -> None:
    toys["nl-en"].write_argos(tmp_path / "nl-en")
    first = CTranslate2(tmp_path).capabilities
    again = CTranslate2(tmp_path).capabilities
    model = tmp_path / "nl-en" / "model" / "model.bin"
    model.write_bytes(model.read_bytes()[:-1] + b"!")
    other = CTranslate2(tmp_path).capabilities

    assert first.runs_in_office is True
    assert first == again
    assert first.version is not None
    assert first.version.startswith(f"{tmp_path.name}@")
    assert first.version != other.version
    assert first.key != other.key


def test_it_is_built_where_its_directory_is_set(tmp_path: Path) -> None:
    key = "a key that is long enough"

    assert build(Settings(_env_file=None, secret_key=key)) is None
    assert isinstance(build(Settings(_env_file=None, secret_key=key, ctranslate2_dir=tmp_path)), CTranslate2)


def test_it_is_asked_after_the_office_s_server_and_before_all_that_is_outside(tmp_path: Path) -> None:
    settings = Settings(
        _env_file=None,
        secret_key="a key that is long enough",
        libretranslate_url="http://127.0.0.1:5000",
        ctranslate2_dir=tmp_path,
        deepl_api_key="a-key",
    )

    names = [engine.capabilities.name for engine in build_engines(settings)]

    assert ["libretranslate", "ctranslate2", "deepl", "google"] == names
