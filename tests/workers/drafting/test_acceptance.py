from __future__ import annotations

import pytest

from service.domain.text import CodedText
from workers.drafting.acceptance import Rejected, accept
from workers.drafting.masking import mask

SOURCE = "De regering keurde vandaag een nieuw plan voor de gemeenten goed."


@pytest.mark.parametrize(
    "source, answer",
    [
        (SOURCE, "Le gouvernement a approuvé aujourd’hui un nouveau plan pour les communes."),
        (SOURCE, f"[fr] {SOURCE}"),
        ("Brussel", "Brussel"),
        ("Europese Commissie Brussel", "Europese Commissie Brussel"),
        ("Het quotum (quota reached) werd gehaald.", "Le quota (quota reached) a été atteint."),
        ("Het visquotum werd vorig jaar overschreden.", "The fishing quota was exceeded last year."),
        ("De dienst kreeg te veel aanvragen.", "The service received too many requests."),
        ("“Dat is een vergissing”, zegt zij.", "“That’s an error”, she says."),
        ("Gebruik <b> voor vet.", "Utilisez <b> pour le gras."),
        ("Ja", "Oui, bien sûr"),
    ],
)
def test_a_translation_is_taken(source: str, answer: str) -> None:
    assert answer == accept(mask(CodedText(source)), answer)


@pytest.mark.parametrize(
    "answer, expected",
    [
        ("", "empty"),
        (" \n", "empty"),
        (SOURCE, "echo"),
        (SOURCE.upper(), "echo"),
        ("Le plan.", "too_short"),
        ("Le plan " * 200, "too_long"),
        ("QUERY LENGTH LIMIT EXCEEDED. MAX ALLOWED QUERY: 500 CHARS", "notice"),
        ("Error 500 (Server Error)!!1 That’s an error. Please come back.", "notice"),
        ("MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY", "notice"),
        ("Le <b>gouvernement</b> a approuvé un plan pour les communes.", "markup"),
        ("Le gouvernement a approuvé &quot;un plan&quot; pour les communes.", "markup"),
        ("Le gouvernement a approuvé\nun nouveau plan pour les communes.", "split_lines"),
        ("Le gouvernement a approuvé [X0X] un plan pour les communes.", "invented_token"),
    ],
)
def test_what_is_no_translation_is_rejected(answer: str, expected: str) -> None:
    with pytest.raises(Rejected) as rejected:
        accept(mask(CodedText(SOURCE)), answer)

    assert expected == rejected.value.reason


def test_markup_of_the_source_s_own_is_no_leave_for_more() -> None:
    with pytest.raises(Rejected, match="markup"):
        accept(mask(CodedText("De <regering> komt vandaag.")), "<b>Le <gouvernement> vient</b> aujourd’hui.")
