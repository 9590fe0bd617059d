from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.toys.folders import Toy
from workers.engines.base import Deadline, EngineRefused
from workers.engines.ctranslate2_engine import CTranslate2

LONG = 60.0  # seconds that no test comes near, however slow the machine is
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n"


def translate(engine: CTranslate2, text: str) -> str:
    return engine.translate([text], source="nl", target="en", deadline=Deadline(LONG))[0]


def hugging_face(folder: Path) -> None:
    (folder / "config.json").write_text('{"model_type": "marian"}')
    (folder / "model.safetensors").touch()


def pointer_in_place_of_a_model(folder: Path) -> None:
    for name in ("source.spm", "target.spm", "shared_vocabulary.json"):
        (folder / name).touch()
    (folder / "model.bin").write_text(POINTER)


def pointer_in_place_of_pieces(folder: Path) -> None:
    pointer_in_place_of_a_model(folder)
    (folder / "model.bin").write_bytes(b"a model")
    (folder / "target.spm").write_text(POINTER)


def cut_off(folder: Path) -> None:
    pointer_in_place_of_a_model(folder)
    (folder / "model.bin").write_bytes(b"\x06\x00\x00\x00cut off")


def only_a_model(folder: Path) -> None:
    (folder / "model.bin").write_bytes(b"a model")


def no_vocabulary(folder: Path) -> None:
    pointer_in_place_of_a_model(folder)
    (folder / "model.bin").write_bytes(b"a model")
    (folder / "shared_vocabulary.json").unlink()


def raw_marian(folder: Path) -> None:
    (folder / "opus.npz").touch()
    (folder / "decoder.yml").touch()


@pytest.mark.parametrize(
    "name, make, expected",
    [
        (
            "opus-mt-nl-en",
            raw_marian,
            (
                "opus-mt-nl-en is a raw Marian model. Convert it with: ct2-opus-mt-converter --model_dir opus-mt-nl-en "
                "--output_dir opus-mt-nl-en-ct2 --quantization int8, then copy source.spm and target.spm into "
                "opus-mt-nl-en-ct2"
            ),
        ),
        (
            "nl-en",
            hugging_face,
            (
                "nl-en is a Hugging Face model. Convert it with: ct2-transformers-converter --model nl-en --output_dir "
                "nl-en-ct2 --quantization int8 --copy_files source.spm target.spm"
            ),
        ),
        (
            "nl-en",
            pointer_in_place_of_a_model,
            "nl-en/model.bin is a pointer of Git LFS, not the file itself. Run: git lfs pull, where nl-en was cloned",
        ),
        (
            "nl-en",
            pointer_in_place_of_pieces,
            "nl-en/target.spm is a pointer of Git LFS, not the file itself. Run: git lfs pull, where nl-en was cloned",
        ),
        ("nl-en", only_a_model, "nl-en has no source.spm. Copy it from where the model came from"),
        (
            "nl-en",
            no_vocabulary,
            "nl-en has no vocabulary (shared_vocabulary.json). Copy it from where the model came from",
        ),
        (
            "nl-en",
            lambda _folder: None,
            "nl-en holds no CTranslate2 model. Put model.bin into it with its other files, or take it away",
        ),
        (
            "dutch",
            cut_off,
            "The name of dutch tells no pair of languages. Call it for example nl-en",
        ),
        (
            "nl-en",
            cut_off,
            "nl-en: the model cannot be read. It is incomplete or of another CTranslate2; fetch or convert it again",
        ),
    ],
)
def test_a_folder_that_cannot_serve_says_what_to_do(
    tmp_path: Path, name: str, make: Callable[[Path], None], expected: str
) -> None:
    (tmp_path / name).mkdir()
    make(tmp_path / name)
    engine = CTranslate2(tmp_path)

    with pytest.raises(EngineRefused) as refused:
        translate(engine, "De raad")
    health = engine.probe(deadline=Deadline(LONG))

    assert ("bad_model", expected) == (refused.value.reason, refused.value.detail)
    assert (False, "bad_model", expected) == (health.ok, health.reason, health.detail)


def test_an_empty_directory_says_what_to_put_there(tmp_path: Path) -> None:
    health = CTranslate2(tmp_path).probe(deadline=Deadline(LONG))

    assert "PERSTOLK_CTRANSLATE2_DIR is empty. Put a folder into it for each pair, such as nl-en" == health.detail


def test_a_directory_that_is_not_there_is_told(tmp_path: Path) -> None:
    health = CTranslate2(tmp_path / "nowhere").probe(deadline=Deadline(LONG))

    assert "There is no readable directory where PERSTOLK_CTRANSLATE2_DIR points" == health.detail


def test_what_a_model_was_made_from_may_lie_beside_it(toys: dict[str, Toy], tmp_path: Path) -> None:
    (tmp_path / "opus-mt-nl-en").mkdir()
    raw_marian(tmp_path / "opus-mt-nl-en")
    toys["nl-en"].write_opus(tmp_path / "opus-mt-nl-en-ct2", add_source_eos=True)

    assert "nl to en" == CTranslate2(tmp_path).probe(deadline=Deadline(LONG)).detail


def test_one_bad_folder_does_not_keep_the_others_from_serving(toys: dict[str, Toy], tmp_path: Path) -> None:
    toys["nl-en"].write_argos(tmp_path / "nl-en")
    (tmp_path / "nl-de").mkdir()
    raw_marian(tmp_path / "nl-de")
    engine = CTranslate2(tmp_path)

    assert "The council" == translate(engine, "De raad")
    assert not engine.probe(deadline=Deadline(LONG)).ok
