"""The language of a text that names none is told by its words, or not at all."""

from __future__ import annotations

import pytest

from remembrancer.model import Fault
from remembrancer.read.house import DEFAULT, parse
from remembrancer.register import vocabulary
from remembrancer.register.document import read_document
from remembrancer.register.vocabulary import language_of

TEXTS = {
    "en": (
        "The harbour board met on the quay and it was agreed that the buoys of the outer channel would be painted "
        "by the keeper, who has been asked to report to them when the work is done, and that the bill for this be "
        "paid."
    ),
    "de": (
        "Der Hafenrat trat auf der Mole zusammen und es wurde beschlossen, dass die Bojen der äußeren Rinne von "
        "dem Wärter zu streichen sind, der über die Arbeit an den Rat berichten wird, und dass die Rechnung für "
        "das Jahr aus der Kasse bezahlt werden soll, auch wenn sie nicht im Plan ist."
    ),
    "fr": (
        "Le conseil du port est réuni sur le quai et il est décidé que les bouées de la passe seront peintes par "
        "le gardien, qui rendra compte au conseil avec une facture, et que cette dépense ne sera pas payée sur le "
        "budget des travaux mais dans la limite de ce qui a été inscrit pour les bouées."
    ),
    "pt": (
        "A junta do porto reuniu no cais e foi decidido que as boias do canal não serão pintadas pelo guarda, que "
        "está muito ocupado com uma obra da ponte, mas por uma empresa que já fez isso em outros portos, e a conta"
        " será paga pela junta com o dinheiro que há nas contas do ano."
    ),
    "es": (
        "La junta del puerto se reunió en el muelle y se acordó que las boyas del canal no las pinte el guarda, "
        "que está muy ocupado con una obra en el puente, sino una empresa que lo ha hecho en los otros puertos, y "
        "la cuenta la pagará la junta con el dinero que hay en las cuentas del año."
    ),
    "gl": (
        "A xunta do porto reuniuse no peirao e acordouse que as boias da canle non as pinte o garda, que está moi "
        "ocupado cunha obra na ponte, senón unha empresa que xa o fixo nos outros portos, e a conta pagaraa a "
        "xunta con cartos que hai nas contas do ano, máis ao final con axuda da vila."
    ),
    "ru": (
        "Совет порта собрался на причале и решил, что буи на фарватере будет красить не смотритель, который занят "
        "на мосту, а артель, которая уже делала это для других портов, и что счёт за работу по решению совета был "
        "включён в план на год, как и все другие."
    ),
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_language_is_told_by_its_words(language: str) -> None:
    assert language_of(TEXTS[language]) == language


@pytest.mark.parametrize("text", ["", "SF: 3\nF: 2\nN: 0", "a b c d e f g h i j k " * 20, "the of and"])
def test_where_little_tells_nothing_is_guessed(text: str) -> None:
    assert language_of(text) == ""


def test_a_document_whose_house_names_its_language_is_not_guessed_at() -> None:
    assert read_document(TEXTS["fr"].encode(), "notes.txt", DEFAULT).language == "fr"
    assert read_document(TEXTS["fr"].encode(), "notes.txt", parse('language = "en-GB"')).language == "en"


def test_words_for_a_list_that_there_is_not_are_refused_with_those_there_are() -> None:
    """A slip in a house must not silently change nothing."""
    vocabulary.check(parse('[words.relations]\nrepeals = ["strikes out"]'))
    with pytest.raises(Fault, match="no list 'repeal'") as raised:
        vocabulary.check(parse('[words.relations]\nrepeal = ["strikes out"]'))
    assert "repeals" in raised.value.advice
    with pytest.raises(Fault, match="no topic 'relation'"):
        vocabulary.check(parse('[words.relation]\nrepeals = ["strikes out"]'))
