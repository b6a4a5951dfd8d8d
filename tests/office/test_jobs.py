"""Jobs are carried out at least once, by one at a time, and nothing that was handed in is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import apsw
import pytest

from remembrancer.model import OWNER, PUBLIC, Exit, Fault, Principal
from remembrancer.office import Office
from remembrancer.office.changing import incoming
from remembrancer.office.jobs import LEASE, MOST_ATTEMPTS, TABLE, Jobs
from remembrancer.office.running import carrying

MINUTES = (
    b"# Alder Board, 5 March 2024\n\nPresent: Ada Quill, Ben Rook\n\n"
    b"## 1. Lamps\n\n**Ada Quill:** The towpath is dark.\n"
)
SPOKEN = (
    b"# Board 2024-03-0%d\n\nPresent: Ada Quill, Ben Rook\n\n## 1. Lamps\n\n"
    + b"Ada Quill: It is dark.\n\nBen Rook: It is.\n\n" * 9
)
CLERK = Principal("role:clerk")


class Time:
    """A time that passes when it is told to."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with Office.create(tmp_path / "office", "Alder Board", 'language = "en"\n') as made:
        yield made


def handed(office: Office, files: Mapping[str, bytes], principal: Principal = CLERK, **told: Any) -> int:
    folder = incoming.new_folder(office)
    for at, data in enumerate(files.values()):
        (folder / incoming.numbered(at)).write_bytes(data)
    named = [incoming.Handed(at, path) for at, path in enumerate(files)]
    return incoming.hand_in(office, office.body(), principal, folder.name, named, **told)


def jobs() -> tuple[Jobs, Time]:
    clock = Time()
    database = apsw.Connection(":memory:")
    database.execute(TABLE)
    return Jobs(database, clock), clock


def test_a_job_is_held_by_one_until_the_lease_ends() -> None:
    kept, clock = jobs()
    kept.add("alder", "owner", "read", {})
    taken = kept.take("one")
    assert taken and kept.take("two") is None
    clock.now += LEASE + 1
    again = kept.take("two")
    assert again and again.id == taken.id
    assert not kept.renew(taken.id, "one")
    assert not kept.end(taken.id, "one", "done", None, {})
    assert kept.end(taken.id, "two", "done", 1, {})
    assert kept.job("alder", taken.id).result == 1


def test_who_renews_keeps_a_job() -> None:
    kept, clock = jobs()
    number = kept.add("alder", "owner", "read", {})
    kept.take("one")
    for _ in range(5):
        clock.now += LEASE - 1
        assert kept.renew(number, "one") and kept.take("two") is None


def test_a_job_that_kills_whoever_takes_it_up_fails_at_last() -> None:
    kept, clock = jobs()
    number = kept.add("alder", "owner", "read", {})
    for _ in range(MOST_ATTEMPTS):
        assert kept.take("one")
        clock.now += LEASE + 1
    assert kept.take("one") is None
    assert kept.job("alder", number).state == "failed"


def test_a_job_of_another_body_is_not_there() -> None:
    kept, _ = jobs()
    number = kept.add("alder", "owner", "read", {})
    with pytest.raises(Fault) as refused:
        kept.job("birch", number)
    assert refused.value.exit_code == Exit.REFUSED


@pytest.mark.parametrize(
    ("name", "recorded"),
    [
        ("minutes.md", "minutes.md"),
        ("2024/minutes.md", "2024/minutes.md"),
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\Users\\ada\\minutes.md", "Users/ada/minutes.md"),
        ("/absolute/x.md", "absolute/x.md"),
        ("a\x00b\n\u202egnp.md", "abgnp.md"),
        ("....", "unnamed"),
        ("", "unnamed"),
        ("x" * 400 + ".pdf", "x" * 196 + ".pdf"),
        ("protokoll für Zürich.md", "protokoll für Zürich.md"),
    ],
)
def test_the_record_keeps_a_path_that_leads_nowhere_else(name: str, recorded: str) -> None:
    assert incoming.recorded_path(name) == recorded


def test_what_is_handed_in_is_read_and_its_files_are_removed(office: Office) -> None:
    number = handed(office, {"2024-03-05.md": MINUTES, "empty.md": b""}, visibility="members", authority="approved")
    assert carrying.carry_all(office) == 1
    job = office.work.jobs.job("alder-board", number)
    assert job.state == "done" and job.result["totals"]["sittings"] == 1
    first, empty = incoming.accounts(office.body(), CLERK, job, 0, 10)
    assert (first.path, first.new, first.speeches) == ("2024-03-05.md", True, 1)
    assert (
        sum(first.letters[part] for part in ("in_speech", "in_item", "other", "markup", "in_findings"))
        == (first.letters["letters"])
    )
    assert (empty.path, empty.source, empty.readable) == ("empty.md", "", False)
    source = office.body().catalog.source(first.source)
    assert source and (source.visibility, source.authority) == ("members", "approved")
    assert not list((office.directory / incoming.FOLDER).iterdir())


def test_an_account_tells_nobody_what_they_may_not_see(office: Office) -> None:
    number = handed(office, {"2024-03-05.md": MINUTES}, visibility="hidden")
    carrying.carry_all(office)
    job = office.work.jobs.job("alder-board", number)
    (seen,) = incoming.accounts(office.body(), OWNER, job, 0, 10)
    (unseen,) = incoming.accounts(office.body(), CLERK, job, 0, 10)
    assert seen.path and not (unseen.path or unseen.source or unseen.findings)
    assert b"Lamps" not in (office.directory / "work.db").read_bytes()


def test_the_authority_the_house_says_prevails(tmp_path: Path) -> None:
    with Office.create(tmp_path / "office", "Alder Board", '[authority]\n"*.md" = "draft"\n') as office:
        handed(office, {"a.md": MINUTES}, authority="signed")
        carrying.carry_all(office)
        assert [each.authority for each in office.body().catalog.sources()] == ["draft"]


def test_only_who_may_take_in_hands_in_and_what_is_no_class_is_refused(office: Office) -> None:
    for principal in (PUBLIC, Principal("role:member"), Principal("role:auditor")):
        with pytest.raises(Fault) as refused:
            handed(office, {"a.md": MINUTES}, principal)
        assert refused.value.exit_code == Exit.REFUSED
    with pytest.raises(Fault) as wrong:
        handed(office, {"a.md": MINUTES}, visibility="secret")
    assert wrong.value.exit_code == Exit.USAGE


def test_who_lost_the_role_since_has_nothing_read(office: Office) -> None:
    number = handed(office, {"a.md": MINUTES})
    job = office.work.jobs.job("alder-board", number)
    assert office.work.jobs.end(number, "", "done", None, {})
    other = office.work.jobs.add("alder-board", "account:" + "a" * 16, "read", job.told)
    carrying.carry_all(office)
    assert office.work.jobs.job("alder-board", other).state == "failed"
    assert not office.body().catalog.sources()


def test_without_a_house_one_is_proposed_and_the_files_wait(tmp_path: Path) -> None:
    with Office.create(tmp_path / "office", "Alder Board") as office:
        number = handed(office, {f"2024-03-0{day}.md": SPOKEN.replace(b"%d", b"%d" % day) for day in (1, 2, 3)})
        carrying.carry_all(office)
        job = office.work.jobs.job("alder-board", number)
        assert job.state == "asked" and job.result["toml"] and not office.body().catalog.sources()
        assert job.result["with_it"]["speeches"] >= job.result["without"]["speeches"]
        incoming.read_on(office, office.body(), CLERK, number, job.result["toml"])
        carrying.carry_all(office)
        assert office.work.jobs.job("alder-board", number).state == "done"
        assert office.body().house_toml() == job.result["toml"] and len(office.body().catalog.sources()) == 3


def test_a_file_that_went_from_the_folder_fails_the_job_with_a_sentence_and_is_tried_again(office: Office) -> None:
    number = handed(office, {"a.md": MINUTES})
    (file,) = (office.directory / incoming.FOLDER).glob("*/*")
    file.unlink()
    carrying.carry_all(office)
    assert "cannot be opened" in office.work.jobs.job("alder-board", number).result["what"]
    file.write_bytes(MINUTES)
    incoming.again(office, office.body(), CLERK, number)
    carrying.carry_all(office)
    assert office.work.jobs.job("alder-board", number).state == "done"


def test_what_is_discarded_is_gone(office: Office) -> None:
    number = handed(office, {"a.md": MINUTES})
    with pytest.raises(Fault):
        incoming.discard(office, office.body(), CLERK, number)
    job = office.work.jobs.take("one")
    assert job and office.work.jobs.end(number, "one", "failed", None, job.told)
    incoming.discard(office, office.body(), CLERK, number)
    assert not list((office.directory / incoming.FOLDER).iterdir())


HALFWAY = """
import sys, time
from remembrancer.office.changing import incoming
from remembrancer.office.running import carrying

def halfway(office, job, report):
    def told(doing, done, total):
        if done == total // 2:
            print("halfway", flush=True)
            time.sleep(600)
    return incoming.carry_out(office, job, told)

carrying.KINDS = {incoming.KIND: halfway}
carrying.main(sys.argv[1])
"""
"""Carries out a job, and stays in the middle of it."""


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_a_process_killed_in_the_middle_loses_nothing(office: Office) -> None:
    files = {f"2024-01-{day:02d}.md": MINUTES.replace(b"5 March", b"%d January" % day) for day in range(1, 29)}
    number = handed(office, files)
    command = [sys.executable, "-c", HALFWAY, str(office.directory)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stdout.readline() == "halfway\n"
        process.send_signal(signal.SIGKILL)
    assert office.work.jobs.job("alder-board", number).state == "running"
    office.work.jobs._now = lambda: time.time() + LEASE + 1
    carrying.carry_all(office)
    assert office.work.jobs.job("alder-board", number).result["totals"]["files"] == 28
    assert len(office.body().catalog.sources()) == 28
    assert office.body().verify().holds


def test_a_process_that_is_stopped_gives_its_job_back(office: Office) -> None:
    number = handed(office, {"a.md": MINUTES})

    def stopped(*_: object) -> incoming.Outcome:
        raise SystemExit(0)

    job = office.work.jobs.take("one")
    assert job
    with pytest.MonkeyPatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(carrying, "KINDS", {"read": stopped})
        carrying.carry(office, job, "one")
    kept = office.work.jobs.job("alder-board", number)
    assert (kept.state, kept.attempts) == ("waiting", 0)


def test_what_was_done_long_ago_is_forgotten_but_for_the_last_of_its_kind() -> None:
    kept, clock = jobs()
    numbers = [kept.add("board", "owner", kind, {}) for kind in ("read", "read", "verify")]
    while job := kept.take("one"):
        kept.end(job.id, "one", "done", {}, {})
    waits = kept.add("board", "owner", "read", {})
    kept.prune(30)
    assert [each.id for each in kept.jobs("board", "read")] == [waits, numbers[1], numbers[0]]
    clock.now += 31 * 86_400
    kept.prune(30)
    assert [each.id for each in kept.jobs("board", "read")] == [waits, numbers[1]]
    assert [each.id for each in kept.jobs("board", "verify")] == [numbers[2]]
