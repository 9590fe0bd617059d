"""The toys as folders on disk: as an argos package, and as converted OPUS-MT models are laid out."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import sentencepiece

from tests.toys import transformer
from tests.toys.sentences import taught

ROOT = Path(__file__).parents[2]
PIECES = 400
NAMES = {"nl": "Dutch", "en": "English", "fr": "French"}


@dataclass(frozen=True, slots=True)
class Toy:
    """A trained pair: its pieces' model as bytes, and its weights, to be written wherever a test wants them."""

    source: str
    target: str
    sentencepiece: bytes
    weights: transformer.Weights

    @property
    def pieces(self) -> list[str]:
        """The vocabulary, in the order of the weights."""
        read = sentencepiece.SentencePieceProcessor(model_proto=self.sentencepiece)
        return [read.id_to_piece(number) for number in range(read.get_piece_size())]

    def write_argos(self, folder: Path) -> Path:
        """Write an argos package: metadata, one model of pieces for both languages, and the model in a folder."""
        transformer.write(self.weights, self.pieces, folder / "model")
        (folder / "sentencepiece.model").write_bytes(self.sentencepiece)
        facts = {
            "package_version": "1.0",
            "argos_version": "1.9",
            "from_code": self.source,
            "from_name": NAMES[self.source],
            "to_code": self.target,
            "to_name": NAMES[self.target],
        }
        (folder / "metadata.json").write_text(json.dumps(facts))
        return folder

    def write_opus(self, folder: Path, *, add_source_eos: bool) -> Path:
        """Write what the converters make of an OPUS-MT model; from Marian it says itself that it adds the end mark."""
        transformer.write(self.weights, self.pieces, folder, add_source_eos=add_source_eos)
        for name in ("source.spm", "target.spm"):
            (folder / name).write_bytes(self.sentencepiece)
        return folder


def train_both(folder: Path) -> dict[str, Toy]:
    """Train Dutch to English and English to French, which together make a third pair; it takes seconds.

    Each is trained in a process of its own and with one thread: on a busy machine several wait for each other.
    """
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    training = {
        pair: subprocess.Popen(
            [sys.executable, "-m", "tests.toys.folders", *pair.split("-"), str(folder / pair)],
            env=environment,
            cwd=ROOT,
        )
        for pair in ("nl-en", "en-fr")
    }
    assert [0, 0] == [process.wait() for process in training.values()]
    return {pair: _trained(*pair.split("-"), folder / pair) for pair in training}


def _train(source: str, target: str, folder: Path) -> None:
    """Train a toy of that pair, and keep what it is made of."""
    lines = taught(source, target)
    pieces = _pieces([text for line in lines for text in line[:2]])
    read = sentencepiece.SentencePieceProcessor(model_proto=pieces)
    start, end = read.piece_to_id("<s>"), read.piece_to_id("</s>")
    rows = [(read.encode(asked) + [end] * marks, [start, *read.encode(answer), end]) for asked, answer, marks in lines]
    folder.mkdir()
    (folder / "pieces").write_bytes(pieces)
    np.savez(folder / "weights.npz", **transformer.learn(rows, read.get_piece_size(), end=end))


def _trained(source: str, target: str, folder: Path) -> Toy:
    with np.load(folder / "weights.npz") as weights:
        return Toy(source, target, (folder / "pieces").read_bytes(), dict(weights))


def _pieces(texts: list[str]) -> bytes:
    """Make the model that cuts those texts into pieces; it leaves every character as it is."""
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts),
        model_writer=model,
        model_type="bpe",
        vocab_size=PIECES,
        hard_vocab_limit=False,
        character_coverage=1.0,
        normalization_rule_name="identity",
        num_threads=1,
        minloglevel=2,
    )
    return model.getvalue()


if __name__ == "__main__":
    _train(*sys.argv[1:3], Path(sys.argv[3]))
