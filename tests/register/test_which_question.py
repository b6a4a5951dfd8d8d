"""Which question a vote decides: the one put last before it in its item, an amendment never for the motion, and where
that is not certain none at all. Every body here is invented."""

from __future__ import annotations

import pytest

from remembrancer.read.house import House
from remembrancer.register.document import read_document
from remembrancer.register.extract import extract
from remembrancer.register.facts import Moved, Noticed, Resolved, Voted

HEADS = {
    "de": "Gemeinde Erlbrunn\nNiederschrift über die Sitzung des Gemeinderates am 11.06.2024\n\n"
    "Anwesend: Bürgermeisterin Ida Kern, Gemeinderat Emil Vogt, Gemeinderätin Lea Baum, Gemeinderat Jan Rode\n\n",
    "en": "Ashcombe Parish Council\nMinutes of the meeting held on 6 March 2024 in the Village Hall\n\n"
    "Present: Cllr Ann Reed, Cllr Tom Low, Cllr Sue Hart, Cllr Ben Park\n\n",
    "gl": "Concello de Vilaverde\nActa da sesión ordinaria do Pleno do 9 de maio de 2024\n\n"
    "Asistentes: Alcaldesa Uxía Rei, Concelleiro Brais Souto, Concelleira Noa Lago\n\n",
    "es": "Ayuntamiento de Valdehoyos\nActa de la sesión del Pleno de 6 de junio de 2024\n\n"
    "Asistentes: Alcaldesa Rosa Gil, Concejal Juan Mora, Concejala Eva Soto\n\n",
    "pt": "Câmara Municipal de Vila Serena\nAta da reunião ordinária de 4 de abril de 2024\n\n"
    "Presentes: Presidente Ana Lopes, Vereador Rui Costa, Vereadora Inês Prado\n\n",
}


class Told:
    """What minutes in a language tell."""

    def __init__(self, body: str, language: str = "de") -> None:
        document = read_document((HEADS[language] + body).encode(), "2024/minutes.txt", House(language=language))
        facts = extract(document)
        self.motions = [fact for fact in facts if isinstance(fact, Moved)]
        self.votes = [fact for fact in facts if isinstance(fact, Voted)]
        self.decisions = [fact for fact in facts if isinstance(fact, Resolved)]
        self.notices = [fact.code for fact in facts if isinstance(fact, Noticed)]
        self.words = {fact.id: fact.text for fact in self.motions}

    def questions(self) -> list[tuple[str, dict[str, int]]]:
        """The motion that each vote is on, by its words, with the numbers."""
        return [(self.words.get(vote.motion, ""), dict(vote.counts)) for vote in self.votes]

    def decided(self) -> list[tuple[str, str, dict[str, int]]]:
        """The number and outcome of each decision, and the numbers of the vote on it."""
        counts = {vote.id: dict(vote.counts) for vote in self.votes}
        return [(fact.number, fact.outcome, counts.get(fact.vote, {})) for fact in self.decisions]


MOVED = "Gemeinderat Vogt beantragt, das Bad zu sanieren.\n"
AMENDED = "Gemeinderätin Baum stellt den Änderungsantrag, nur das Dach zu sanieren.\n"
MAIN, PART = "das Bad zu sanieren.", "nur das Dach zu sanieren."


def test_a_motion_resolved_as_a_numbered_decision_is_that_one_decision_with_the_vote_below_it() -> None:
    told = Told(
        f"TOP 1 Bad\n{MOVED}{AMENDED}"
        "Der Änderungsantrag wird mit 1 Ja-Stimme gegen 3 Nein-Stimmen abgelehnt.\n"
        "Beschluss Nr. 4/2024: Der Gemeinderat beschließt, das Bad zu sanieren.\n"
        "Abstimmungsergebnis: 3 Ja-Stimmen, 1 Nein-Stimme, 0 Enthaltungen\n\n"
        "TOP 2 Steg\nBeschluss Nr. 5/2024: Der Gemeinderat beschließt den Bau des Steges.\n"
        "Abstimmungsergebnis: einstimmig\n"
    )
    assert told.questions() == [(PART, {"yes": 1, "no": 3}), (MAIN, {"yes": 3, "no": 1, "abstain": 0}), ("", {})]
    assert told.decided() == [("4/2024", "carried", {"yes": 3, "no": 1, "abstain": 0}), ("5/2024", "carried", {})]
    assert told.decisions[0].motion == told.motions[0].id
    assert [vote.declared for vote in told.votes] == ["lost", "", "carried"]


def test_the_same_in_english() -> None:
    told = Told(
        "Item 1: Rents\n"
        "Cllr Low proposed, seconded by Cllr Hart, that the rent be set at £40.\n"
        "Cllr Park moved an amendment, seconded by Cllr Hart, that the rent be set at £35.\n"
        "The amendment was lost by 1 vote to 3.\n"
        "Resolution 12/2024: That the rent be set at £40.\nFor: 3, Against: 1\n",
        "en",
    )
    assert [bool(fact.amends) for fact in told.motions] == [False, True]
    assert told.votes[0].motion == told.motions[1].id
    assert told.decided() == [("12/2024", "carried", {"yes": 3, "no": 1})]


@pytest.mark.parametrize(
    ("result", "outcome"),
    [("1 Ja-Stimme, 3 Nein-Stimmen", "lost"), ("2 Ja, 2 Nein", "tied"), ("4 Ja, 0 Nein", "carried")],
)
@pytest.mark.parametrize("moved", ["", MOVED])
def test_what_is_put_as_a_resolution_is_decided_by_the_vote_below_it(moved: str, result: str, outcome: str) -> None:
    told = Told(f"TOP 1 Bad\n{moved}Beschluss Nr. 4/2024: Das Bad wird saniert.\nAbstimmungsergebnis: {result}\n")
    assert [(fact.number, fact.outcome) for fact in told.decisions] == [("4/2024", outcome)]
    assert [fact.outcome for fact in told.motions] == ["carried" if outcome == "carried" else ""] * bool(moved)


def test_a_resolution_told_in_other_words_after_the_vote_on_a_motion_has_its_own_vote() -> None:
    told = Told(
        f"TOP 1 Haushalt\n{MOVED}Der Antrag wird mit 3 gegen 1 Stimmen angenommen.\n\n"
        "Beschluss:\nDie Haushaltssatzung 2025 wird beschlossen.\n\nAbstimmungsergebnis: 2 Ja-Stimmen, 1 Nein-Stimme\n"
    )
    assert told.decided() == [("", "carried", {"yes": 3, "no": 1}), ("", "carried", {"yes": 2, "no": 1})]


def test_a_sentence_that_only_tells_how_a_vote_ended_is_no_decision_beside_that_of_its_motion() -> None:
    told = Told(
        f"TOP 1 Bad\n{MOVED}{AMENDED}Abstimmung über den Änderungsantrag: Ja 1 Nein 3 Enthaltung 0\n"
        "Der Änderungsantrag ist damit abgelehnt.\n"
        "Abstimmung über den Hauptantrag: Ja 3 Nein 1 Enthaltung 0\nDer Antrag ist angenommen.\n"
    )
    assert told.decided() == [("", "carried", {"yes": 3, "no": 1, "abstain": 0})]


def test_an_amendment_alone_decides_nothing() -> None:
    told = Told(f"TOP 1 Bad\n{AMENDED}Der Änderungsantrag wird mit 3 Ja-Stimmen gegen 1 Nein-Stimme angenommen.\n")
    assert [vote.declared for vote in told.votes] == ["carried"]
    assert told.decisions == []


def test_a_motion_carried_as_amended_is_no_stated_decision_in_the_words_moved() -> None:
    told = Told(
        f"TOP 1 Bad\n{MOVED}{AMENDED}Der Änderungsantrag wird mit 3 Ja-Stimmen gegen 1 Nein-Stimme angenommen.\n"
        "Der so geänderte Antrag wird mit 4 Ja-Stimmen gegen 0 Nein-Stimmen angenommen.\n"
    )
    assert [fact for fact, _ in told.questions()] == [PART, MAIN]
    assert [fact.stated for fact in told.decisions] == [False]


OTHER = "Gemeinderat Rode stellt den Änderungsantrag, die Becken zu verkleinern.\n"


def test_votes_on_several_amendments_that_nothing_tells_apart_are_on_none_and_the_clerk_is_told() -> None:
    told = Told(
        f"TOP 1 Bad\n{MOVED}{AMENDED}{OTHER}"
        "Der Änderungsantrag wird mit 3 Ja-Stimmen gegen 1 Nein-Stimme angenommen.\n"
        "Der Änderungsantrag wird mit 1 Ja-Stimme gegen 3 Nein-Stimmen abgelehnt.\n"
    )
    assert [fact for fact, _ in told.questions()] == ["", ""]
    assert told.notices == ["question-unclear", "question-unclear"]
    assert told.decisions == []


def test_votes_on_several_amendments_that_name_their_movers_are_told_apart() -> None:
    told = Told(
        f"TOP 1 Bad\n{MOVED}{AMENDED}{OTHER}"
        "Der Änderungsantrag von Gemeinderätin Baum wird mit 3 Ja-Stimmen gegen 1 Nein-Stimme angenommen.\n"
        "Der Änderungsantrag von Gemeinderat Rode wird mit 1 Ja-Stimme gegen 3 Nein-Stimmen abgelehnt.\n"
    )
    assert [fact for fact, _ in told.questions()] == [PART, "die Becken zu verkleinern."]
    assert (len(told.motions), told.notices) == (3, [])


def test_of_a_vote_taken_again_the_later_one_decides() -> None:
    again = "Abstimmung: Ja: 2 Nein: 2\nDie Abstimmung wird wiederholt.\nAbstimmung: Ja: 3 Nein: 1\n"
    told = Told(f"TOP 1 Bad\nBeschluss Nr. 4/2024: Das Bad wird saniert.\n{again}")
    assert told.decided() == [("4/2024", "carried", {"yes": 3, "no": 1})]
    moved = Told(
        "Item 1: Lights\nCllr Low moved that the lamps be replaced, seconded by Cllr Hart.\n"
        "The motion was lost by 2 votes to 3.\nThe vote was repeated.\nThe motion was carried by 3 votes to 2.\n",
        "en",
    )
    assert [vote.motion for vote in moved.votes] == [moved.motions[0].id] * 2
    assert moved.decided() == [("", "carried", {"yes": 3, "no": 2})]


def test_the_points_of_a_resolution_are_its_words_though_they_read_like_results() -> None:
    told = Told(
        "TOP 1 Plan\nBeschluss:\n1. Der Schulplan wird beschlossen.\n2. Die Verwaltung wird beauftragt.\n"
        "3. Die Kosten trägt der Kreis.\nAbstimmungsergebnis: 3 Ja-Stimmen, 1 Nein-Stimme\n"
    )
    assert [fact.text.count(". Die ") for fact in told.decisions] == [2]
    assert told.decided() == [("", "carried", {"yes": 3, "no": 1})]


def test_who_moves_to_refer_a_motion_is_not_the_mover_of_that() -> None:
    told = Told(f"TOP 1 Bad\n{MOVED}Gemeinderätin Baum beantragt, den Antrag von Gemeinderat Vogt zu verweisen.\n")
    assert [fact.mover for fact in told.motions] == ["Gemeinderat Vogt", "Gemeinderätin Baum"]


def test_a_roll_of_names_and_the_sentence_that_declares_its_result_are_one_vote() -> None:
    told = Told(
        "TOP 1 Baumschutz\nNamentliche Abstimmung:\nJa: Kern, Baum\nNein: Vogt\n\n"
        "Die Baumschutzsatzung ist damit beschlossen.\n"
    )
    assert [(vote.method, vote.declared) for vote in told.votes] == [("roll-call", "carried")]
    assert [fact.vote for fact in told.decisions] == [told.votes[0].id]


def test_names_behind_a_lead_on_the_same_line_are_all_read() -> None:
    told = Told(
        "Item 1: Slipway\n\nVote: For: Reed, Low. Against: Hart. Absent: Park.\n\nThe motion was carried 2-1.\n", "en"
    )
    assert [(cast.label, cast.choice) for vote in told.votes for cast in vote.ballots] == [
        ("Reed", "yes"),
        ("Low", "yes"),
        ("Hart", "no"),
        ("Park", "absent"),
    ]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("gl", "A emenda é rexeitada por 1 voto a favor e 3 votos en contra."),
        ("es", "El Pleno rechaza la propuesta por mayoría, con 1 voto a favor y 2 en contra."),
        ("es", "La moción no fue aprobada: 1 voto a favor, 2 votos en contra."),
        ("pt", "A Câmara rejeitou a proposta por maioria, com 1 voto a favor e 2 votos contra."),
    ],
)
def test_what_a_verb_rejects_was_lost(language: str, sentence: str) -> None:
    told = Told(f"Punto 1: Ordenanza\n\n{sentence}\n", language)
    assert [vote.declared for vote in told.votes] == ["lost"]
    assert all(fact.outcome == "lost" for fact in told.decisions)
