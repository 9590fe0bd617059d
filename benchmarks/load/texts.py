"""The releases of the load: a title and four sentences, no two alike, as a press office might write them."""

from __future__ import annotations

from tests.press_sentences import FAMILY, sentence

SENTENCES = 4


def text(number: int) -> str:
    """Return the text of a release; the same number gives the same text."""
    first = number * (SENTENCES + 1)
    title, *others = (sentence((first + n) * FAMILY) for n in range(SENTENCES + 1))  # the first of each family
    middle = SENTENCES // 2
    paragraphs = [" ".join(others[:middle]), " ".join(others[middle:])]
    return "\n\n".join(["Persbericht", title.rstrip("."), *paragraphs]) + "\n"
