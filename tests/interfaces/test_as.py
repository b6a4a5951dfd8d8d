"""Laws of who sees what, over every command that reads: of what is closed to them nobody sees a title, a count,
a score, a suggestion or a word."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from typing import Any

import pytest

CLOSED_WORDS = ("Quillfeather", "gravedigger", "chapel")

READS = [
    ["sources"],
    ["sittings"],
    ["people"],
    ["findings"],
    ["search", "weir"],
    ["search", "Carl"],
    ["search", "Quillfeather OR weir"],
    ["search", "gravedigger"],
    ["search", "item:complaint"],
    ["search", "weir -chapel"],
    ["search", "contractor", "--from", "2024-01"],
    ["ask", "Who finished the weir?"],
    ["ask", "What is said of Quillfeather?"],
    ["ask", "What complaint is there against the gravedigger?"],
    ["house", "show"],
    ["bodies"],
    ["hold"],
    ["schedule"],
    ["decisions", "--inferred"],
    ["matters"],
    ["motions"],
    ["votes"],
    ["actions"],
    ["queue"],
    ["rules"],
    ["register", "check"],
    ["register", "export"],
    ["register", "export", "--format", "csv", "--table", "people"],
]
"""Every command that reads and names no entry of the log."""

Snapshot = dict[str, tuple[int, bytes, str]]


def everything(command: Callable[..., Any], principal: str) -> Snapshot:
    """What every reading command tells a principal, and everything that they can reach by the ids they are told."""

    def tell(*arguments: str) -> None:
        told = command(*arguments, "--as", principal)
        out = told.out.replace(b"the record is open to you", b"the open record shows")
        found[" ".join(arguments)] = (told.code, out, told.err.replace(principal, "WHO"))

    found: Snapshot = {}
    for arguments in READS:
        tell(*arguments)
        tell(*arguments, "--json")
    ids = {identity for _, out, _ in found.values() for identity in IDS.findall(out.decode())}
    for identity in sorted(ids):
        tell("show", identity, "--json")
    for kind, identity in sorted(
        {(each[1], each[0]) for _, out, _ in found.values() for each in ROWS.finditer(out.decode())}
    ):
        tell(kind, identity, "--json")
    return found


IDS = re.compile(r"\b(?:(?:sitting|item|speech|text|person|finding)-[a-z2-7]{16}|[0-9a-f]{64})\b")

ROWS = re.compile(r"\b(decision|matter|motion|vote|person)-[a-z2-7]{16}\b")


@pytest.mark.parametrize("visibility", ["members", "hidden"])
def test_a_closed_document_leaves_no_trace_for_the_public(command, office, visibility: str) -> None:
    """Before and after it was read every command tells the public the same, to the byte."""
    before = everything(command, "public")
    assert command("read", "closed.md", "--class", visibility).code == 0
    assert json.loads(command("search", "Quillfeather", "--json").out), "the owner finds it"
    assert everything(command, "public") == before


def test_a_role_that_is_not_granted_sees_what_the_public_sees(command, office) -> None:
    command("read", "closed.md", "--class", "role:audit")
    public = everything(command, "public")
    assert everything(command, "role:press") == public
    found = command("search", "Quillfeather", "--json", "--as", "role:audit")
    assert json.loads(found.out)
    assert not json.loads(command("search", "Quillfeather", "--json", "--as", "member:Ann Bell").out)


def closed_item(command: Callable[..., Any], visibility: str, *told: str) -> str:
    command("read", "closed.md")
    hit = json.loads(command("search", "Quillfeather", "--json").out)[0]
    assert command("classify", hit["item"], visibility, *told).code == 0
    return str(hit["item"])


@pytest.mark.parametrize("visibility", ["existence", "members"])
def test_no_word_of_a_closed_item_reaches_the_public(command, office, visibility: str) -> None:
    told = ["--title", "Personnel", "--ground", "Standing order 12"] if visibility == "existence" else []
    item = closed_item(command, visibility, *told)
    for name, (_, out, err) in everything(command, "public").items():
        said = out.decode() + err
        assert not [word for word in CLOSED_WORDS if word in said and word not in name], name
    shown = command("show", item, "--as", "public")
    assert (shown.code == 0) == (visibility == "existence")


def test_a_closed_item_counts_for_nothing(command, office) -> None:
    """A sitting has for the public as many items and speeches as they can read."""
    closed_item(command, "members")
    line = next(
        each
        for each in json.loads(command("sittings", "--json", "--as", "public").out)
        if "2024-05-09" in each["dates"]
    )
    assert (line["items"], line["speeches"]) == (1, 1)
    mine = next(each for each in json.loads(command("sittings", "--json").out) if "2024-05-09" in each["dates"])
    assert (mine["items"], mine["speeches"]) == (2, 3)


def test_a_closed_item_changes_no_score(command, office) -> None:
    """What is closed weighs nothing where the public's passages are ranked, in an index that never held it open."""
    command("read", "closed.md")
    item = closed_item(command, "hidden")
    shutil.rmtree(office / "derived")
    closed = {
        each["id"]: each["score"] for each in json.loads(command("search", "Carl weir", "--json", "--as", "public").out)
    }
    assert command("redact", item, "--authority", "a test").code == 0
    gone = {
        each["id"]: each["score"] for each in json.loads(command("search", "Carl weir", "--json", "--as", "public").out)
    }
    assert closed == gone


def test_an_id_of_something_closed_is_an_id_of_nothing(command, office) -> None:
    """Neither the words nor the code tell one from the other."""
    item = closed_item(command, "members")
    of_closed = command("show", item, "--as", "public")
    of_nothing = command("show", "item-aaaaaaaaaaaaaaaa", "--as", "public")
    assert of_closed.code == of_nothing.code == 3
    assert of_closed.err.replace(item, "ID") == of_nothing.err.replace("item-aaaaaaaaaaaaaaaa", "ID")


def test_blobs_are_denied_by_default(command, office) -> None:
    """The public reads the blobs of what it sees, and none that holds a closed word."""
    closed_item(command, "members")
    blobs = [path.name for path in (office / "bodies").rglob("*") if path.is_file() and len(path.name) == 64]
    assert len(blobs) > 5
    for name in blobs:
        mine, theirs = command("record", "blob", name), command("record", "blob", name, "--as", "public")
        assert mine.code == 0
        if any(word.encode() in mine.out for word in CLOSED_WORDS):
            assert (theirs.code, theirs.out) == (3, b"")
    for source in json.loads(command("sources", "--json", "--as", "public").out):
        assert command("record", "blob", source["rendition"], "--as", "public").code == 0


def test_the_log_shows_the_public_envelopes_and_open_payloads_only(command, office) -> None:
    closed_item(command, "members")
    mine = json.loads(command("record", "log", "--json").out)
    theirs = json.loads(command("record", "log", "--json", "--as", "public").out)
    assert [each["number"] for each in theirs] == [each["number"] for each in mine]
    assert {each["state"] for each in theirs} == {"shown", "closed"}
    assert all((each["payload"] is None) == (each["state"] == "closed") for each in theirs)
    assert all(each["state"] == "shown" for each in mine)


def test_a_public_export_holds_no_closed_word_and_verifies(command, office, tmp_path) -> None:
    closed_item(command, "members")
    assert command("record", "export", "open", "--public", "--as", "public").code == 0
    for path in (tmp_path / "open").rglob("*"):
        if path.is_file():
            assert not [word for word in CLOSED_WORDS if word.encode() in path.read_bytes()], path
    assert command("record", "verify", "--export", "open").code == 0


def test_a_member_reads_what_is_for_members(command, office) -> None:
    closed_item(command, "members")
    assert json.loads(command("search", "Quillfeather", "--json", "--as", "member:Ann Bell").out)
    assert json.loads(command("search", "Quillfeather", "--json", "--as", "role:chair").out)


def test_a_granted_role_counts_on_its_days_only(command, office) -> None:
    closed_item(command, "role:audit")
    command("grant", "member:Carl Dow", "audit", "--from", "2000-01-01", "--to", "2000-12-31")
    assert not json.loads(command("search", "Quillfeather", "--json", "--as", "member:Carl Dow").out)
    command("grant", "member:Carl Dow", "audit", "--from", "2000-01-01")
    assert json.loads(command("search", "Quillfeather", "--json", "--as", "member:Carl Dow").out)


def test_a_namesake_behind_closed_doors_changes_nobody(command, office, tmp_path) -> None:
    """That two people share a name counts only for those who see the list in which both stand."""
    title, words = "# Alder Parish Council, {} May 2024", "## 1. Weir\n\n**Ann Bell:** So be it.\n"
    open_list = f"{title}\n\nPresent: Ann Bell{{}}, Carl Dow\n\n{words}"
    for day, affiliation in ((20, " (Alder)"), (21, "")):
        (tmp_path / f"2024-05-{day}.md").write_text(open_list.format(day, affiliation), encoding="utf-8")
        command("read", f"2024-05-{day}.md")
    (tmp_path / "2024-06-01.md").write_text(
        "# Alder Parish Council, 1 June 2024\n\nPresent: Ann Bell (Alder), Ann Bell (Oakham)\n\n## 1. Quillfeather\n",
        encoding="utf-8",
    )
    before = everything(command, "public")
    command("read", "2024-06-01.md", "--class", "members")
    assert everything(command, "public") == before
    assert len([each for each in json.loads(command("people", "--json").out) if each["name"] == "Ann Bell"]) > 1
