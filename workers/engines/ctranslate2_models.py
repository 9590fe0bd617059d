"""A loaded model of the offline engine: texts in, texts out, of any length, with their tokens kept.

What belongs to CTranslate2 and SentencePiece is known here alone. Both are imported when a model is first loaded: they
are an extra that an office may do without, and CTranslate2's threads do not outlive a fork, so the process that
forks must not have them.
"""

from __future__ import annotations

import ctypes
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from weakref import WeakSet

from service.domain.segmentation import segment_block
from service.domain.text import BlockKind, CodedText
from workers.engines.base import Deadline, EngineRefused, EngineUnavailable
from workers.engines.ctranslate2_folders import Model

AT_ONCE = 8  # how many sentences are given at once: between two such calls the deadline is looked at
BEAMS = 2
LONGEST_PIECES = 200  # a longer text is cut; models were trained on sentences
ANSWER_PIECES = 512
TRANSLATORS, THREADS = 2, 1  # two with one thread each get through more than one with two

INSTALL = "the libraries are missing. Install them with: pip install 'perstolk[offline]'"
UNREADABLE = "{0}: the model cannot be read. It is incomplete or of another CTranslate2; fetch or convert it again"

_TOKEN = re.compile(r"\[\s?[Xx]\s?(\d{1,4})\s?[Xx]\s?\]")
_BETWEEN = re.compile(r"(\s*\[X\d{1,4}X\]\s*)")
_LINES = re.compile(r"(\s*\n\s*)")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"\S+\s*")


class LoadedModel:
    """One pair in memory; it may be asked from several threads at once."""

    def __init__(self, model: Model) -> None:
        """Load it, which takes up to seconds; raise `EngineRefused` where that cannot be."""
        try:
            import ctranslate2  # noqa: PLC0415 - an extra, and after the fork only
            import sentencepiece  # noqa: PLC0415 - as above
        except ImportError:
            raise EngineRefused("not_installed", INSTALL) from None
        self._model = model
        try:
            self.translator: Any = ctranslate2.Translator(
                str(model.folder),
                device="cpu",
                compute_type="auto",
                inter_threads=TRANSLATORS,
                intra_threads=THREADS,
            )
            self._source = sentencepiece.SentencePieceProcessor(model_file=str(model.source_pieces))
            self._target = sentencepiece.SentencePieceProcessor(model_file=str(model.target_pieces))
        except (RuntimeError, ValueError, OSError):
            raise EngineRefused("bad_model", UNREADABLE.format(model.name)) from None
        _loaded.add(self)

    def translate(self, texts: Sequence[str], deadline: Deadline) -> list[str]:
        """Return the texts in the target language, in order.

        A text goes to the model with its tokens, so that a sentence is read as a whole. Where some did not come back
        once each, the stretches between them are translated one by one and the tokens stay where they were: rougher,
        but the segment's codes are whole.
        """
        parts = [list(self._parts(text)) for text in texts]
        answers = iter(self._with_tokens([part for row in parts for part, _ in row], deadline))
        return ["".join(next(answers) + gap for _, gap in row) for row in parts]

    def _parts(self, text: str) -> Iterator[tuple[str, str]]:
        """Cut a text at its line breaks, and a line that is too long into sentences; with the gap behind each."""
        lines = _LINES.split(text)
        for line, gap in zip(lines[::2], [*lines[1::2], ""], strict=True):
            if self._length(line) <= LONGEST_PIECES:
                yield line, gap
                continue
            sentences = segment_block(CodedText(line), BlockKind.PARAGRAPH, self._model.pair[0])
            for number, (sentence, space) in enumerate(sentences, 1):
                cut = list(self._cut(sentence.text))
                yield from ((piece, " ") for piece in cut[:-1])
                yield cut[-1], gap if number == len(sentences) else space or " "

    def _cut(self, sentence: str) -> Iterator[str]:
        """Cut a sentence that is too long at spaces; a single word is never cut."""
        current, length = "", 0
        for word in _WORD.findall(sentence):
            more = self._length(word)
            if current and length + more > LONGEST_PIECES:
                yield current.rstrip()
                current, length = "", 0
            current += word
            length += more
        yield current.rstrip()

    def _length(self, text: str) -> int:
        return len(self._source.encode(text))

    def _with_tokens(self, texts: Sequence[str], deadline: Deadline) -> list[str]:
        """Translate texts, and anew in stretches those that lost a token or got one too many."""
        answers = self._ask(texts, deadline)
        broken = [number for number, text in enumerate(texts) if _tokens(text) != _tokens(answers[number])]
        rows = [_BETWEEN.split(texts[number]) for number in broken]
        again = iter(self._ask([part for row in rows for part in row[::2]], deadline))
        for number, row in zip(broken, rows, strict=True):
            answers[number] = "".join(next(again) if place % 2 == 0 else part for place, part in enumerate(row))
        return answers

    def _ask(self, texts: Sequence[str], deadline: Deadline) -> list[str]:
        """Give the texts to the model, a few at a time; what has no letter is copied."""
        answers = list(texts)
        asked = [number for number, text in enumerate(texts) if _LETTER.search(_TOKEN.sub(" ", text))]
        for start in range(0, len(asked), AT_ONCE):
            if deadline.expired:
                raise EngineUnavailable("timeout", "the time is over between two sentences")
            some = asked[start : start + AT_ONCE]
            sources = [self._source.encode(texts[number], out_type=str) + self._end for number in some]
            results = self.translator.translate_batch(
                sources, beam_size=BEAMS, max_decoding_length=ANSWER_PIECES, replace_unknowns=True
            )
            for number, result in zip(some, results, strict=True):
                answers[number] = self._target.decode_pieces(result.hypotheses[0]).strip()
        return answers

    @property
    def _end(self) -> list[str]:
        return [self._model.end_mark] if self._model.end_mark else []


def _tokens(text: str) -> Counter[str]:
    """Count the tokens in a text; those that white space came into are taken for whole by whoever undresses it."""
    return Counter(_TOKEN.findall(text))


_loaded: WeakSet[LoadedModel] = WeakSet()


def _disown() -> None:
    """Give up, in a new process, what its parent had loaded: neither use it nor take it down.

    Its threads are the parent's alone, and taking it down would wait for them for ever, even at this process's end. So
    each gets a reference that nobody gives back.
    """
    for model in list(_loaded):
        ctypes.pythonapi.Py_IncRef(ctypes.py_object(model.translator))
    _loaded.clear()


os.register_at_fork(after_in_child=_disown)
