"""Laws of the register's commands: each tells what the record holds, in text and in its published JSON; a question
that cannot be answered gets a sentence and what to do."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from remembrancer.interfaces.cli import run

FIXTURES = Path(__file__).parents[1] / "commands" / "fixtures" / "council"
SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"

Command = Callable[..., Any]


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an office of Brackwater Parish Council; its closed minutes are not yet read."""
    place = tmp_path_factory.mktemp("council") / "place"
    shutil.copytree(FIXTURES, place)
    office = ["-o", str(place / "office")]
    init = ["init", office[1], "--body", "Brackwater Parish Council", "--house", str(place / "house.toml")]
    assert run(init) == 0
    assert run(["read", str(place / "minutes"), str(place / "drafts"), *office]) == 0
    assert run(["rules", "set", str(place / "rulebook.toml"), *office]) == 0
    return place


@pytest.fixture
def council(command: Command, founded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """The command line in a copy of that folder."""
    shutil.copytree(founded, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("REMEMBRANCER_OFFICE", "office")
    return command


def told(command: Command, name: str, *arguments: str) -> Any:
    """The JSON of a command, held against the schema of a name."""
    out = command(*arguments, "--json")
    assert (out.code, out.err) == (0, ""), out.err
    value = json.loads(out.out)
    jsonschema.validate(value, json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")))
    return value


LISTS = ("decisions", "matters", "motions", "votes", "actions", "queue")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_tells_in_text_every_id_that_it_tells_in_json(council: Command, name: str) -> None:
    rows = told(council, name, name)
    assert rows
    text = council(name).text
    assert all(row["id"] in text for row in rows)


@pytest.mark.parametrize("kind", ["decision", "matter", "motion", "vote", "person"])
def test_whatever_is_listed_is_shown_by_its_id(council: Command, kind: str) -> None:
    name = {"person": "people"}.get(kind, f"{kind}s")
    for row in json.loads(council(name, "--json").out):
        assert told(council, kind, kind, row["id"])["id"] == row["id"]
        assert row["id"] in council(kind, row["id"]).text


def test_a_decision_says_all_that_was_promised(council: Command) -> None:
    value = told(council, "decision", "decision", "2021/1")
    promised = {
        "id", "sitting", "date", "item", "matter", "kind", "decided_by", "outcome", "status_to", "text", "stated",
        "rule", "vote", "provisions", "relations", "force", "spans",
    }  # fmt: skip
    assert promised <= value.keys()
    assert value["matter"]["title"] == "Ferry steps"
    assert (value["kind"], value["outcome"], value["force"], value["stated"]) == (
        "allocate",
        "carried",
        "repealed",
        True,
    )
    later = told(council, "decision", "decision", "2021/2")
    assert [(each["kind"], each["target"]) for each in later["relations"]] == [("repeals", value["id"])]


def test_a_vote_says_all_that_was_promised(council: Command) -> None:
    vote = told(council, "vote", "vote", told(council, "decision", "decision", "2021/1")["vote"])
    assert {"id", "motion", "method", "declared", "computed", "counts", "ballots", "spans"} <= vote.keys()
    assert vote["counts"] == {"yes": 3, "no": 1}
    assert [each["choice"] for each in vote["ballots"]] == ["yes", "yes", "yes", "no"]
    assert vote["computed"] == {"outcome": "carried", "why": vote["computed"]["why"]}
    motion = told(council, "motion", "motion", vote["motion"])
    assert {"id", "text", "mover", "seconder", "amends", "outcome", "spans"} <= motion.keys()
    assert (motion["mover"], motion["seconder"]) == ("Bo Baker", "Cy Cole")


def test_decisions_are_chosen_by_matter_person_kind_and_force(council: Command) -> None:
    def numbers(*options: str) -> list[str]:
        return [row["number"] for row in told(council, "decisions", "decisions", *options)]

    assert numbers() == ["2021/1", "2021/2"]
    assert numbers("--inferred") == ["2021/1", None, "2021/2"]
    assert numbers("--matter", "Ferry steps") == ["2021/1", "2021/2"]
    assert numbers("--matter", "Noticeboard") == []
    assert numbers("--person", "Ann Archer") == ["2021/1"]
    assert numbers("--kind", "repeal") == ["2021/2"]
    assert numbers("--force", "repealed") == ["2021/1"]
    assert numbers("--as-of", "2021-03") == ["2021/1"]
    assert council("decisions", "--matter", "Noticeboard").text == "The record shows no such decision.\n"


def test_a_row_is_found_by_its_words_where_only_one_has_them(council: Command) -> None:
    assert told(council, "decision", "decision", "RESOLUTION 2021/1 is repealed")["number"] == "2021/2"
    assert told(council, "motion", "motion", "to substitute")["mover"] == "Dee Dunn"
    several = council("motion", "that")
    assert several.code == 2
    assert several.err.count("motion-") == 2


def test_actions_are_chosen_by_owner_and_whether_they_are_open(council: Command) -> None:
    (action,) = told(council, "actions", "actions", "--open", "--owner", "Bo Baker")
    assert (action["owner"], action["due"], action["done"]) == ("Bo Baker", "2021-04-01", False)
    assert told(council, "actions", "actions", "--owner", "Cy Cole") == []
    council("correct", action["id"], "--set", "done=yes")
    assert told(council, "actions", "actions", "--open") == []


def test_the_queue_is_worked_off(council: Command) -> None:
    (asked,) = told(council, "queue", "queue")
    assert asked["spans"][0]["quote"] in council("queue").text
    told(council, "entered", "confirm", asked["id"])
    assert council("queue").text == "Nothing waits to be confirmed.\n"
    assert told(council, "decision", "decision", asked["id"])["confirmed"].startswith("owner ")


def test_what_was_settled_wrongly_is_taken_back_by_its_entry(council: Command) -> None:
    (asked,) = told(council, "queue", "queue")
    entry = told(council, "entered", "dismiss", asked["id"])["entry"]
    assert told(council, "queue", "queue") == []
    told(council, "entered", "take-back", str(entry))
    assert [each["id"] for each in told(council, "queue", "queue")] == [asked["id"]]
    assert council("take-back", str(entry)).code == 3
    assert council("take-back", "1").code == 3


def test_a_check_that_fails_is_1_and_shows_what_is_wrong(council: Command) -> None:
    checked = council("register", "check")
    assert checked.code == 1
    assert "Bo Baker is recorded as voting 'no'" in checked.text
    found = json.loads(council("register", "check", "--json").out)
    order = ["error", "warning", "note"]
    assert [each["severity"] for each in found] == sorted((each["severity"] for each in found), key=order.index)


def test_what_is_dismissed_is_no_longer_checked(council: Command) -> None:
    (wrong,) = [each for each in json.loads(council("register", "check", "--json").out) if each["severity"] == "error"]
    vote = next(each for each in wrong["about"] if each.startswith("vote-"))
    assert council("dismiss", vote).code == 0
    assert council("register", "check").code == 0


def test_people_are_merged_and_split_by_name(council: Command) -> None:
    told(council, "entered", "people", "merge", "Cy Cole", "Dee Dunn")
    assert told(council, "person", "person", "Dee Dunn")["name"] == "Cy Cole"
    told(council, "entered", "people", "split", "Cy Cole")
    assert told(council, "person", "person", "Dee Dunn")["name"] == "Dee Dunn"


def test_rules_are_listed_shown_checked_and_explained(council: Command) -> None:
    (own, *others) = told(council, "rules-list", "rules")
    assert (own["name"], own["in_force"]) == ("Brackwater Parish Council", True)
    assert others
    assert all(each["shipped"] for each in others)
    for each in (own, *others):
        assert told(council, "rules-show", "rules", "show", each["name"])["sentences"]
    assert told(council, "rules-check", "rules", "check", "rulebook.toml") == []
    vote = told(council, "decision", "decision", "2021/1")["vote"]
    (explained,) = told(council, "rules-explain", "rules", "explain", vote)["votes"]
    assert explained["computed"]["outcome"] == "carried"
    sitting = told(council, "decision", "decision", "2021/1")["sitting"]
    quorum = told(council, "rules-explain", "rules", "explain", sitting)["quorum"]
    assert (quorum["present"], quorum["required"]) == (4, 3)


def test_a_rulebook_with_a_mistake_is_told_by_line_and_not_put_in_force(council: Command, tmp_path: Path) -> None:
    wrong = (tmp_path / "rulebook.toml").read_text(encoding="utf-8").replace('needs = "one-third"', 'needs = "many"')
    (tmp_path / "wrong.toml").write_text(wrong, encoding="utf-8")
    checked = council("rules", "check", "wrong.toml")
    assert checked.code == 1
    assert f"line {wrong[: wrong.index('many')].count(chr(10)) + 1}" in checked.text
    refused = council("rules", "set", "wrong.toml")
    assert refused.code == 2
    assert "wrong.toml: line " in refused.err
    assert [each["name"] for each in told(council, "rules-list", "rules") if each["in_force"]] == [
        "Brackwater Parish Council"
    ]


def test_words_of_several_lines_are_shown_without_signs_that_are_not_theirs(council: Command) -> None:
    council("correct", "2021/1", "--set", "title=Repair\nof the steps")
    for arguments in (["decisions"], ["decision", "2021/1"]):
        shown = council(*arguments).text
        assert "Repair of the steps" in shown
        assert "\ufffd" not in shown


def test_what_a_clerk_corrected_says_so(council: Command) -> None:
    council("correct", "2021/1", "--set", "title=Repair of the steps")
    shown = council("decision", "2021/1").text
    assert "2021/1  Repair of the steps" in shown
    assert "corrected by owner 20" in shown
    vote = told(council, "decision", "decision", "2021/1")["vote"]
    council("correct", vote, "--set", "declared=lost")
    assert "Declared: lost" in council("vote", vote).text
    assert "corrected by owner 20" in council("vote", vote).text


def test_an_extract_is_printed_whole(council: Command) -> None:
    value = told(council, "extract", "extract", "2021/1")
    assert (value["mover"], value["quorum"]["present"], value["vote"]["declared"]) == (
        "Bo Baker",
        4,
        value["vote"]["declared"],
    )
    printed = council("extract", "2021/1").text
    assert "That £900 be allocated" in printed
    assert "c2sp.org/tlog-proof@v1" in printed


def test_the_register_is_exported_as_popolo_and_as_tables(council: Command) -> None:
    popolo = json.loads(council("register", "export").out)
    assert {each["name"] for each in popolo["persons"]} >= {"Ann Archer", "Bo Baker"}
    table = council("register", "export", "--format", "csv", "--table", "ballots").out.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(table)))) == 7


MISTAKES = [
    (["decision", "nothing"], 3, "There is no decision 'nothing'"),
    (["matter", "vicarage"], 3, "There is no matter 'vicarage'"),
    (["person", "A"], 2, "fits more than one person"),
    (["decisions", "--as-of", "yesterday"], 2, "'yesterday' is no date"),
    (["decisions", "--as-of", "2021-13-01"], 2, "'2021-13-01' is no date"),
    (["decisions", "--as-known", "soon"], 2, "'soon' is no date"),
    (["decisions", "--kind", "wish"], 2, "there is no 'wish'"),
    (["decisions", "--force", "strong"], 2, "there is no 'strong'"),
    (["decisions", "--matter", "vicarage"], 3, "There is no matter 'vicarage'"),
    (["confirm", "nothing"], 3, "There is no decision, vote, motion or action 'nothing'"),
    (["correct", "2021/1"], 2, "Nothing is to be corrected"),
    (["correct", "2021/1", "--set", "kind"], 2, "'kind' sets nothing"),
    (["correct", "2021/1", "--set", "colour=red"], 2, "'colour' cannot be corrected"),
    (["correct", "2021/1", "--set", "kind=wish"], 2, "'wish' is no kind"),
    (["correct", "2021/1", "--set", "date=2021-02-30"], 2, "'2021-02-30' is no date"),
    (["correct", "2021/1", "--set", "matter=vicarage"], 3, "There is no matter 'vicarage'"),
    (["people", "merge", "Cy Cole", "Cy Cole"], 3, "are one person already"),
    (["people", "split", "Nobody"], 3, "There is no person 'Nobody'"),
    (["rules", "set", "nothing"], 2, "No rulebook 'nothing'"),
    (["rules", "set", "nothing.toml"], 4, "nothing.toml cannot be opened"),
    (["rules", "set", "rulebook.toml", "--since", "soon"], 2, "'soon' is no date"),
    (["rules", "show", "nothing"], 2, "No rulebook 'nothing'"),
    (["rules", "explain", "nothing"], 3, "There is no vote or sitting"),
    (["register", "export", "--format", "csv", "--table", "hats"], 2, "There is no table 'hats'"),
    (["register", "export", "--format", "csv", "--json"], 2, "A table is no JSON"),
    (["dismiss", "2021/1", "--as", "public"], 3, "public may not dismiss facts"),
    (["people", "merge", "Cy Cole", "Dee Dunn", "--as", "public"], 3, "public may not merge people"),
    (["rules", "set", "rulebook.toml", "--as", "public"], 3, "public may not set the rules"),
]


@pytest.mark.parametrize(("arguments", "code", "what"), MISTAKES, ids=[" ".join(each[0]) for each in MISTAKES])
def test_a_mistake_gets_a_sentence_and_what_to_do_and_changes_nothing(
    council: Command, arguments: list[str], code: int, what: str
) -> None:
    size = len(json.loads(council("record", "log", "--json").out))
    out = council(*arguments)
    assert (out.code, out.text) == (code, "")
    assert what in out.err
    assert out.err.count("\n") == 2 or '"advice": "' in out.err, "it says what to do"
    assert len(json.loads(council("record", "log", "--json").out)) == size


@pytest.mark.parametrize("name", ["decisions", "matters", "motions", "votes", "actions", "queue", "register check"])
def test_a_body_without_papers_is_told_so(command: Command, tmp_path: Path, name: str) -> None:
    command("init", "office", "--body", "Brackwater Parish Council")
    out = command(*name.split(), "-o", "office")
    assert (out.code, out.err) == (0, "")
    assert out.text.count("\n") == 1
    assert json.loads(command(*name.split(), "-o", "office", "--json").out) == []


def test_whoever_may_not_see_everything_is_told_that_there_may_be_more(council: Command) -> None:
    assert council("decisions", "--as", "public").text.endswith("\nThis is as far as the open record shows.\n")
    assert council("decisions", "--as", "member:Ann Archer").text.endswith(
        "\nThis is as far as the record is open to you.\n"
    )
    assert "as far as" not in council("decisions").text


def test_the_second_answer_is_made_of_nothing_new(council: Command, tmp_path: Path) -> None:
    council("decisions")
    derived = tmp_path / "office" / "derived" / "brackwater-parish-council" / "register.db"
    kept = derived.read_bytes()
    council("decisions")
    council("matters")
    assert derived.read_bytes() == kept
