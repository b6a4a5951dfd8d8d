"""Votes told in sentences, in languages whose packs list the formulas."""

from __future__ import annotations

import pytest

from remembrancer.read.house import parse
from remembrancer.register.document import Document, read_document
from remembrancer.register.facts import Voted
from remembrancer.register.passes import spoken

CHAIR = "# Pleno\n\n## Moción das boias\n\n{}\n"


def read(text: str, language: str) -> Document:
    return read_document(text.encode(), "minutes.md", parse(f'language = "{language}"'))


def votes(text: str, language: str) -> list[Voted]:
    return [fact for fact in spoken.find(read(text, language), ()) if isinstance(fact, Voted)]


@pytest.mark.parametrize(
    ("language", "text", "method", "declared", "counts"),
    [
        (
            "gl",
            "Efectuada a votación, deu o seguinte resultado: votos a favor, 3; en contra, 4; abstencións, ningunha.\n\n"
            "O resultado da votación é negativo.",
            "tally",
            "lost",
            (("yes", 3), ("no", 4), ("abstain", 0)),
        ),
        ("gl", "Votamos. (Asentimento da Cámara.)", "no-objection", "carried", ()),
        ("es", "El Pleno acuerda por unanimidad pintar las boyas.", "unanimous", "carried", ()),
        (
            "es",
            "La propuesta es rechazada por mayoría, con 5 votos a favor y 9 en contra.",
            "tally",
            "lost",
            (("yes", 5), ("no", 9)),
        ),
        ("fr", "Le conseil, après en avoir délibéré, approuve à l'unanimité la peinture.", "unanimous", "carried", ()),
        (
            "fr",
            "Mise aux voix, la motion est adoptée par 12 voix pour et 3 contre.",
            "tally",
            "carried",
            (("yes", 12), ("no", 3)),
        ),
        ("pt", "A Câmara deliberou por unanimidade pintar as boias.", "unanimous", "carried", ()),
        (
            "pt",
            "DELIBERADO, POR ESCRUTÍNIO SECRETO E MAIORIA, APROVAR, com sete votos a favor e quatro em branco.",
            "ballot",
            "carried",
            (("yes", 7), ("abstain", 4)),
        ),
        ("ru", "Голосовали: за – 12, против – 3. Решение принято.", "tally", "carried", (("yes", 12), ("no", 3))),
        ("ru", "Решили: покрасить буи единогласно.", "unanimous", "carried", ()),
    ],
)
def test_the_formulas_of_each_language_are_read(
    language: str, text: str, method: str, declared: str, counts: tuple[tuple[str, int], ...]
) -> None:
    (vote,) = votes(CHAIR.format(text), language)
    assert (vote.method, vote.declared, vote.counts) == (method, declared, counts)


def test_whoever_is_named_behind_a_choice_cast_it() -> None:
    (vote,) = votes(
        CHAIR.format(
            "A Câmara deliberou, por maioria, com os votos a favor do Presidente, do Vereador Rui Sá e da Vereadora "
            "Ana Dias da Costa e as abstenções dos Senhores Vereadores Eva Melo e João Pó, pintar as boias. "
            "O Vereador Ivo Luz não participou na votação por se declarar impedido."
        ),
        "pt",
    )
    assert [(ballot.label, ballot.choice) for ballot in vote.ballots] == [
        ("Presidente", "yes"),
        ("Rui Sá", "yes"),
        ("Ana Dias da Costa", "yes"),
        ("Eva Melo", "abstain"),
        ("João Pó", "abstain"),
        ("Ivo Luz", "recused"),
    ]


def test_a_name_is_marked_exactly() -> None:
    document = read(CHAIR.format("A Câmara deliberou, com o voto contra do Vereador Rui Sá, pintar as boias."), "pt")
    (vote,) = (fact for fact in spoken.find(document, ()) if isinstance(fact, Voted))
    (mark,) = vote.ballots[0].marks
    assert document.data[mark.start : mark.end].decode() == "Rui Sá"


def test_a_group_casts_no_ballot() -> None:
    (vote,) = votes(CHAIR.format("A Câmara deliberou, com os votos a favor dos eleitos pela Lista Azul, pintar."), "pt")
    assert vote.ballots == ()


@pytest.mark.parametrize(
    "text",
    [
        "Presente a proposta: “Considerando que a Câmara deliberou por unanimidade pintar as boias, propõe-se vender.”",
        "A Câmara, em reunião de 3 de maio, deliberou pintar as boias, conforme o registo.",
        "Propõe-se que a Câmara delibere pintar as boias.",
        "As boias foram pintadas por maioria de razão.",
    ],
)
def test_what_is_quoted_wished_or_of_another_day_is_no_vote(text: str) -> None:
    assert votes(CHAIR.format(text), "pt") == []


def test_what_the_minutes_say_of_all_votes_holds_for_those_without_a_way() -> None:
    found = votes(
        CHAIR.format(
            "A Câmara deliberou pintar as boias.\n\n"
            "A Câmara deliberou, com o voto contra do Vereador Rui Sá, vender o cais.\n\n"
            "As deliberações constantes da presente ata foram aprovadas por unanimidade, com exceção daquelas em que é "
            "referido outro modo de votação."
        ),
        "pt",
    )
    assert [vote.method for vote in found] == ["unanimous", "tally"]


def test_numbers_corrected_at_once_are_one_vote_on_the_first_question() -> None:
    counted = "Efectuada a votación, deu o seguinte resultado: votos a favor, {}; votos en contra, 4."
    first, second = counted.format(2), counted.format(3)
    text = f"Votación da moción das boias vermellas.\n\n{first}\n\nSon tres.\n\n{second}\n\nQueda rexeitada."
    (vote,) = votes(CHAIR.format(text), "gl")
    assert (vote.counts, vote.declared) == ((("yes", 3), ("no", 4)), "lost")
    assert vote.question == "Votación da moción das boias vermellas."


def test_votes_for_candidates_keep_their_names() -> None:
    (vote,) = votes(
        CHAIR.format("Deu o seguinte resultado: votos a favor de Ana Reis, 14; e votos a favor de Rui Sá, 19."), "gl"
    )
    assert vote.counts == (("Ana Reis", 14), ("Rui Sá", 19))


def test_the_place_and_day_that_close_a_declaration_are_not_what_was_agreed_to() -> None:
    words = "A Cámara declara o seu apoio aos fareiros do porto."
    text = f"{words}\n\nVila do Faro, 9 de maio de 2031. (Apróbase por asentimento.)"
    assert [vote.question for vote in votes(CHAIR.format(text), "gl")] == [words]
