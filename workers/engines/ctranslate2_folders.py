"""The models of the offline engine as they lie on disk: which pairs there are, and why a folder cannot serve.

Each folder holds one pair. It is an argos package (`metadata.json`, `sentencepiece.model`, `model/`) or a model
converted from OPUS-MT (`model.bin`, `config.json`, a vocabulary, `source.spm`, `target.spm`). Little is read here, and
nothing of the libraries is needed; loading a model is for `ctranslate2_models`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Pair = tuple[str, str]

SAMPLE_BYTES = 65_536
LONGEST_NAME = 80
_POINTER = b"version https://git-lfs"
_NAMED_PAIR = re.compile(
    r"(?:^|[-_])([a-z]{2,3})[-_]([a-z]{2,3})(?:[-_](?:ct2|ctranslate2|int8|int16|float16|float32|\d[\w.]*))*$"
)
_CONVERT_MARIAN = (
    "{0} is a raw Marian model. Convert it with: ct2-opus-mt-converter --model_dir {0} --output_dir {0}-ct2 "
    "--quantization int8, then copy source.spm and target.spm into {0}-ct2"
)
_CONVERT_TRANSFORMERS = (
    "{0} is a Hugging Face model. Convert it with: ct2-transformers-converter --model {0} --output_dir {0}-ct2 "
    "--quantization int8 --copy_files source.spm target.spm"
)
_MISSING = "{0} has no {1}. Copy it from where the model came from"
_POINTS = "{0}/{1} is a pointer of Git LFS, not the file itself. Run: git lfs pull, where {0} was cloned"


@dataclass(frozen=True, slots=True)
class Model:
    """Where one pair lies. `end_mark` is what a caller must put behind each source, where the model does not itself."""

    name: str
    pair: Pair
    folder: Path
    source_pieces: Path
    target_pieces: Path
    end_mark: str | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a directory holds: a model for each pair, and a sentence for each folder that cannot serve.

    `version` names the directory with a digest of its models.
    """

    models: Mapping[Pair, Model]
    faults: tuple[str, ...] = ()
    version: str | None = None


class Unfit(Exception):  # noqa: N818 - it names what a folder is
    """The folder cannot serve; the sentence says why, and what to do."""


def read_shelf(directory: Path) -> Shelf:
    """Look through the directory's folders, or take it for a single model's; raises nothing."""
    models: dict[Pair, Model] = {}
    unfit: list[tuple[Pair | None, str]] = []
    try:
        folders = list(_folders(directory))
    except OSError:
        return Shelf({}, ("There is no readable directory where PERSTOLK_CTRANSLATE2_DIR points",))
    if not folders:
        return Shelf({}, ("PERSTOLK_CTRANSLATE2_DIR is empty. Put a folder into it for each pair, such as nl-en",))
    for folder in folders:
        try:
            model = _read(folder)
        except Unfit as fault:
            unfit.append((_pair_of(folder), str(fault)))
        except OSError:
            unfit.append((_pair_of(folder), f"{folder.name} cannot be read. Give the desk's user the right to read it"))
        else:
            models[model.pair] = model  # of two for one pair, the last by name
    # What was converted often lies beside what it was made from.
    faults = tuple(sentence for pair, sentence in unfit if pair not in models)
    return Shelf(models, faults, _version(directory, models) if models else None)


def _folders(directory: Path) -> Iterator[Path]:
    """Return the folders with a model each, by name."""
    inside = sorted(directory.iterdir())
    if any(path.name in {"model.bin", "metadata.json"} for path in inside):
        return iter((directory,))
    return (path for path in inside if path.is_dir() and not path.name.startswith("."))


def _read(folder: Path) -> Model:
    """Return the model of one folder; raise `Unfit` where it has none that can be used."""
    packed = (folder / "metadata.json").is_file()
    inner = folder / "model" if packed else folder
    if not (inner / "model.bin").is_file():
        raise Unfit(_why_none(folder))
    if not packed and _is_hugging_face(_json(inner / "config.json")):
        raise Unfit(_CONVERT_TRANSFORMERS.format(folder.name))
    pieces = ("sentencepiece.model",) * 2 if packed else ("source.spm", "target.spm")
    for name in dict.fromkeys(pieces):
        if not (folder / name).is_file():
            raise Unfit(_MISSING.format(folder.name, name))
        if _is_pointer(folder / name):
            raise Unfit(_POINTS.format(folder.name, name))
    if _is_pointer(inner / "model.bin"):
        raise Unfit(_POINTS.format(folder.name, (inner / "model.bin").relative_to(folder)))
    if not any(inner.glob("*vocabulary*")):
        raise Unfit(_MISSING.format(folder.name, "vocabulary (shared_vocabulary.json)"))
    pair = _pair_of(folder)
    if pair is None:
        raise Unfit(f"The name of {folder.name} tells no pair of languages. Call it for example nl-en")
    config = _json(inner / "config.json")
    marked = packed or config.get("add_source_eos") is True
    end_mark = None if marked else str(config.get("eos_token", "</s>"))
    return Model(folder.name, pair, inner, folder / pieces[0], folder / pieces[1], end_mark)


def _why_none(folder: Path) -> str:
    """Say what a folder without a converted model is."""
    if any(folder.glob("*.npz")):
        return _CONVERT_MARIAN.format(folder.name)
    if any((folder / name).is_file() for name in ("pytorch_model.bin", "model.safetensors", "tf_model.h5")):
        return _CONVERT_TRANSFORMERS.format(folder.name)
    return f"{folder.name} holds no CTranslate2 model. Put model.bin into it with its other files, or take it away"


def _is_hugging_face(config: Mapping[str, Any]) -> bool:
    return "model_type" in config or "architectures" in config


def _pair_of(folder: Path) -> Pair | None:
    """Return the pair that the metadata or the folder's name tell."""
    facts = _json(folder / "metadata.json")
    source, target = facts.get("from_code"), facts.get("to_code")
    if isinstance(source, str) and isinstance(target, str):
        return source, target
    named = _NAMED_PAIR.search(folder.name.lower())
    return (named[1], named[2]) if named else None


def _json(path: Path) -> Mapping[str, Any]:
    """Read a small JSON object; what is not there or is none tells nothing."""
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return read if isinstance(read, dict) else {}


def _is_pointer(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_POINTER)) == _POINTER


def _version(directory: Path, models: Mapping[Pair, Model]) -> str | None:
    """Name the directory with a digest: of each model's name, size, first and last bytes, which training changes."""
    digest = hashlib.sha256()
    for pair, model in sorted(models.items()):
        digest.update(repr((pair, model.name, model.end_mark)).encode())
        for path in (model.folder / "model.bin", model.source_pieces, model.target_pieces):
            try:
                with path.open("rb") as file:
                    size = path.stat().st_size
                    digest.update(f"{size}\n".encode() + file.read(SAMPLE_BYTES))
                    file.seek(max(0, size - SAMPLE_BYTES))
                    digest.update(file.read(SAMPLE_BYTES))
            except OSError:
                return None
    return f"{directory.name[:LONGEST_NAME]}@{digest.hexdigest()[:12]}"
