"""Laws of the record's pages: anybody can prove every entry, nobody sees a closed one, everything open can be taken."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from asyncio import run
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from remembrancer.model import OWNER, PUBLIC
from remembrancer.office import Office
from remembrancer.office.changing import keeping
from remembrancer.office.showing import auditing, logged
from remembrancer.record import proof
from remembrancer.record.export import verify_export
from remembrancer.record.note import open_checkpoint, parse_verifier
from tests.web import browsing
from tests.web.commons import serving
from tests.web.conftest import SLUG
from tests.web.founding import DEMO

CHECKER = DEMO.parents[1] / "docs" / "check_export.py"
LOCKS = "lock-keepers"
CLOSED = ("Tamsin", "embezzled")
MINUTES = "# Lock Keepers, {day} 2024\n\nPresent: Ivy Lark\n\n## 1. {item}\n\n**Ivy Lark:** {words}\n"
PAPERS = {
    "2024-05-06.md": MINUTES.format(day="6 May", item="Gates", words="The gates leak."),
    "2024-06-03.md": MINUTES.format(day="3 June", item="Till", words="Tamsin embezzled it."),
    "2024-07-01.md": MINUTES.format(day="1 July", item="Paint", words="Green paint."),
}


@pytest.fixture(scope="module")
def locks(django: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office of its own: one open paper, one for members alone, one redacted."""
    directory = tmp_path_factory.mktemp("locks")
    with Office.create(directory / "office", "Lock Keepers") as office:
        bureau = office.body()
        taken = []
        for name, text in PAPERS.items():
            (directory / name).write_text(text, encoding="utf-8")
            taken += list(keeping.take_in(bureau, OWNER, [keeping.File(directory / name, name)]))
        keeping.classify(bureau, OWNER, taken[1].source, "members")
        keeping.redact(bureau, OWNER, taken[2].source, "an order of the court")
    return directory / "office"


@pytest.fixture
def at_the_locks(
    locks: Path, browser_as: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Any]]:
    """The test client at that office instead of the demo's."""
    with serving(locks, monkeypatch):
        yield browser_as


def sent(answer: Any) -> bytes:
    """All that a streamed answer sends."""

    async def collected() -> bytes:
        return b"".join([piece async for piece in answer])

    data = run(collected())
    answer.close()
    return data


def without(answer: Any, number: int) -> str:
    """A page without the number of the entry that its address names."""
    text: str = answer.content.decode()
    return text.replace(f"entries/{number}/", "").replace(f"entries%2F{number}%2F", "")


@pytest.fixture
def downloaded(at_the_locks: Callable[..., Any], tmp_path: Path) -> Path:
    data = sent(at_the_locks().get(f"/{LOCKS}/record/download"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        archive.extractall(tmp_path / "download")
    return tmp_path / "download"


def test_every_entry_is_proven_by_its_bytes_and_the_head_alone(at_the_locks: Callable[..., Any], locks: Path) -> None:
    nobody = at_the_locks()
    known = [parse_verifier(line) for line in nobody.get(f"/{LOCKS}/record/keys").content.decode().splitlines()]
    head = open_checkpoint(nobody.get(f"/{LOCKS}/checkpoint").content, known)
    with Office(locks) as office:
        assert head.size == office.body().log.size()
    for number in range(head.size):
        envelope = nobody.get(f"/{LOCKS}/record/entries/{number}/envelope").content
        given = proof.parse_inclusion(nobody.get(f"/{LOCKS}/record/entries/{number}/proof").content)
        assert given.number == number
        assert proof.check_entry(given, envelope, known) == head


def test_the_record_is_shown_to_extend_every_earlier_head(at_the_locks: Callable[..., Any], locks: Path) -> None:
    from remembrancer.record.note import Checkpoint

    with Office(locks) as office:
        log = office.body().log
        known = log.verifiers
        earlier = [Checkpoint(f"remembrancer/{LOCKS}", size, log.root(size)) for size in range(1, log.size() + 1)]
    for old in earlier:
        given = proof.parse_consistency(at_the_locks().get(f"/{LOCKS}/record/extends/{old.size}").content)
        assert proof.check_heads(given, old, known)
    assert at_the_locks().get(f"/{LOCKS}/record/extends/0").status_code == 404
    assert at_the_locks().get(f"/{LOCKS}/record/extends/9999").status_code == 404


def test_a_payload_that_is_open_is_the_one_its_envelope_commits_to(at_the_locks: Callable[..., Any]) -> None:
    nobody = at_the_locks()
    envelope = json.loads(nobody.get(f"/{LOCKS}/record/entries/0/envelope").content)
    salt, _, payload = nobody.get(f"/{LOCKS}/record/entries/0/payload").content.partition(b"\n")
    assert sha256(bytes.fromhex(salt.decode()) + payload).hexdigest() == envelope["payload"]


def test_what_is_closed_or_removed_shows_its_envelope_and_nothing_more(
    at_the_locks: Callable[..., Any], locks: Path
) -> None:
    nobody = at_the_locks()
    with Office(locks) as office:
        lines = list(auditing.log_lines(office.body(), PUBLIC))
        hidden = [line.number for line in lines if line.state != "shown"]
        named = {n: logged.opened(office.body(), OWNER, n).blobs for n in hidden}
    assert {line.state for line in lines} == {"shown", "closed", "removed"}
    for number in hidden:
        page = nobody.get(f"/{LOCKS}/record/entries/{number}")
        assert page.status_code == 200
        assert not any(name in page.content.decode() for name in named[number])
        missing = nobody.get(f"/{LOCKS}/record/entries/{number}/payload")
        assert missing.status_code == 404
        nothing = nobody.get(f"/{LOCKS}/record/entries/99999/payload")
        assert without(missing, number) == without(nothing, 99999)
        for name in named[number]:
            assert nobody.get(f"/{LOCKS}/record/entries/{number}/blobs/{name}").status_code == 404


def test_no_page_of_the_record_holds_a_word_that_is_closed(at_the_locks: Callable[..., Any], locks: Path) -> None:
    with Office(locks) as office:
        size = office.body().log.size()
    pages = [f"/{LOCKS}/record/", f"/{LOCKS}/record/removals", f"/{LOCKS}/checkpoint"]
    pages += [f"/{LOCKS}/record/entries/{number}" for number in range(size)]
    for page in pages:
        text = at_the_locks().get(page).content.decode()
        assert not any(word in text for word in (*CLOSED, "2024-06-03.md", "Green paint", "2024-07-01.md"))


def test_a_blob_is_given_with_its_own_entry_alone_and_is_no_page(at_the_locks: Callable[..., Any], locks: Path) -> None:
    with Office(locks) as office:
        lines = list(auditing.log_lines(office.body(), PUBLIC))
        source = next(line for line in lines if line.kind == "source" and line.state == "shown")
        name = logged.opened(office.body(), PUBLIC, source.number).blobs[0]
    answer = at_the_locks().get(f"/{LOCKS}/record/entries/{source.number}/blobs/{name}")
    assert sha256(answer.content).hexdigest() == name
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert at_the_locks().get(f"/{LOCKS}/record/entries/0/blobs/{name}").status_code == 404


def test_a_removal_says_what_kind_of_thing_went_by_whom_and_under_what_authority(
    at_the_locks: Callable[..., Any],
) -> None:
    page = at_the_locks().get(f"/{LOCKS}/record/removals").content.decode()
    assert "an order of the court" in page
    assert "source" in page
    assert "owner" in page


def test_the_download_is_the_public_export(downloaded: Path, locks: Path, tmp_path: Path) -> None:
    with Office(locks) as office:
        keeping.export_to(office.body(), PUBLIC, tmp_path / "export", public=True)
    one, other = (
        {path.relative_to(root): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        for root in (downloaded, tmp_path / "export")
    )
    assert one == other


def test_the_download_verifies_also_without_our_code(downloaded: Path) -> None:
    assert verify_export(downloaded).holds
    checked = subprocess.run([sys.executable, CHECKER, downloaded], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stderr
    assert "all as they were recorded" in checked.stdout


def test_the_download_holds_nothing_that_is_closed(downloaded: Path) -> None:
    for path in downloaded.rglob("*"):
        assert not path.is_file() or not any(word.encode() in path.read_bytes() for word in (*CLOSED, "Green paint"))


def test_only_so_many_download_at_once(at_the_locks: Callable[..., Any]) -> None:
    from remembrancer.interfaces.web.serving import streaming

    begun = [at_the_locks().get(f"/{LOCKS}/record/download") for _ in range(streaming.AT_ONCE)]
    assert {answer.status_code for answer in begun} == {200}
    late = at_the_locks().get(f"/{LOCKS}/record/download")
    assert late.status_code == 503
    assert late.headers["Retry-After"]
    for answer in begun:
        answer.close()
    again = at_the_locks().get(f"/{LOCKS}/record/download")
    assert again.status_code == 200
    again.close()


def test_the_log_comes_by_pages_newest_first_and_by_kind(browser_as: Callable[..., Any]) -> None:
    first = browser_as().get(f"/{SLUG}/record/").content.decode()
    numbers = [int(part.partition('"')[0]) for part in first.split(f"/{SLUG}/record/entries/")[1:]]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == logged.SIZE
    only = browser_as().get(f"/{SLUG}/record/?kind=decree-step").content.decode()
    assert f"/{SLUG}/record/entries/" not in only
    only = browser_as().get(f"/{SLUG}/record/?kind=body").content.decode()
    assert only.count(f"/{SLUG}/record/entries/") == 1
    for query in ("?page=9999", "?page=x", "?kind=nothing", "?kind=%00"):
        assert browser_as().get(f"/{SLUG}/record/{query}").status_code == 200


def test_who_could_see_what_is_for_auditors(browser_as: Callable[..., Any]) -> None:
    assert "auditor" in browser_as("auditor").get(f"/{SLUG}/record/roles").content.decode()
    assert browser_as("member").get(f"/{SLUG}/record/roles").status_code == 403
    assert browser_as().get(f"/{SLUG}/record/roles").status_code == 302
    assert browser_as("auditor").get(f"/{SLUG}/record/roles?on=yesterday").status_code == 400
    before = browser_as("auditor").get(f"/{SLUG}/record/roles?on=1999-01-01")
    assert before.status_code == 200


# In a browser.


def verified(page: Any, address: str) -> dict[str, str]:
    """Press the button; what came of each step."""
    page.goto(address)
    page.click("[data-begin]")
    page.wait_for_selector("[data-verdict]:not([hidden])")
    steps = page.locator("[data-step]:not([hidden])")
    return {each.get_attribute("data-step"): each.get_attribute("data-state") for each in steps.all()}


def altered(change: Callable[[bytes], bytes]) -> Callable[[Any], None]:
    """A server that answers with other bytes than it should."""

    def answer(route: Any) -> None:
        given = route.fetch(timeout=browsing.PATIENCE * 1000)
        route.fulfill(response=given, body=change(given.body()))

    return answer


def flipped(data: bytes) -> bytes:
    """The same with one letter of its third line otherwise."""
    lines = data.split(b"\n")
    lines[2] = (b"B" if lines[2][:1] == b"A" else b"A") + lines[2][1:]
    return b"\n".join(lines)


ENTRY = f"/{SLUG}/record/entries/3"


def test_a_browser_proves_an_entry_that_is_in_the_record(page_as: Callable[..., Any]) -> None:
    page = page_as()
    told = verified(page, ENTRY)
    assert {told[name] for name in ("envelope", "payload", "inclusion")} == {"holds"}
    assert told["signature"] in ("holds", "cannot")
    assert told["kept"] == "cannot"
    assert "good" in page.get_attribute("[data-verdict]", "class")


@pytest.mark.parametrize(
    ("where", "change", "step"),
    [
        ("envelope", lambda data: data.replace(b'"open"', b'"OPEN"'), "envelope"),
        ("envelope", lambda data: data.replace(b'"v":1', b'"v":2'), "inclusion"),
        ("payload", lambda data: data[:-2] + b"!}", "payload"),
        ("proof", flipped, "inclusion"),
        ("proof", lambda data: data.replace(b"index 3", b"index 4"), "inclusion"),
        ("proof", lambda data: data.replace(b"remembrancer/", b"remembrances/", 1), "signature"),
        ("proof", lambda data: b"", "inclusion"),
    ],
)
def test_a_browser_says_that_what_was_altered_does_not_hold(
    page_as: Callable[..., Any], where: str, change: Callable[[bytes], bytes], step: str
) -> None:
    page = page_as()
    page.route(f"**/{where}", altered(change))
    assert verified(page, ENTRY)[step] == "fails"
    assert "bad" in page.get_attribute("[data-verdict]", "class")


def test_a_head_is_kept_only_where_that_is_pressed_and_is_then_compared(page_as: Callable[..., Any]) -> None:
    page = page_as()
    assert verified(page, f"/{SLUG}/record/")["kept"] == "cannot"
    assert page.evaluate("localStorage.length") == 0
    page.click("[data-remember]")
    assert page.evaluate("localStorage.length") == 1
    assert verified(page, ENTRY)["kept"] == "holds"
    page.evaluate(
        """() => { const name = localStorage.key(0), head = JSON.parse(localStorage.getItem(name));
        head.note = head.note.replace(/\\n[^\\n]{43}=\\n/, "\\n" + "A".repeat(43) + "=\\n");
        localStorage.setItem(name, JSON.stringify(head)); }"""
    )
    assert verified(page, ENTRY)["kept"] == "fails"
    page.click("[data-forget]")
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("address", [f"/{SLUG}/record/", ENTRY])
def test_no_button_is_shown_that_can_do_nothing_yet(page_as: Callable[..., Any], address: str, scripts: bool) -> None:
    page = page_as(java_script_enabled=scripts)
    page.goto(address)
    if scripts:
        page.wait_for_selector("[data-begin]", state="visible")
    shown = page.locator("[data-verify] button").filter(visible=True)
    assert shown.all_text_contents() == ["Verify"] * scripts


@pytest.mark.parametrize("address", ["record/", "record/entries/3", "record/removals", "record/roles"])
def test_the_pages_of_the_record_are_faultless(page_as: Callable[..., Any], address: str) -> None:
    page = page_as("auditor")
    page.goto(f"/{SLUG}/{address}")
    browsing.faultless(page)
