"""The clerk's desk: every question is settled by an entry, and what was settled is taken back by another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from remembrancer.model import OWNER
from remembrancer.office import Office
from remembrancer.office.changing import keeping, retaining
from remembrancer.office.registers.registered import Registered
from tests.web.browsing import faultless
from tests.web.conftest import SLUG

Browser = Callable[..., Any]
DESK = f"/{SLUG}/desk/"
PAGES = (
    DESK,
    f"{DESK}queue",
    f"{DESK}findings",
    f"{DESK}requests/",
    f"{DESK}requests/1",
    f"{DESK}requests/1/copy/copy.zip",
    f"{DESK}retention",
    f"{DESK}retention/dispose",
)
FORMS = (
    "settle",
    "take-back/3",
    "classify",
    "requests/",
    "requests/1/add",
    "requests/1/determine",
    "requests/1/close",
    "requests/1/forget",
    "retention/hold",
    "retention/release/3",
    "retention/schedule",
    "retention/dispose",
)


MINUTES = """# Works Panel, {day} May 2019

Present: Cllr Ida Fenn, Cllr Jon Ash, Cllr Una Birch

## 1. {what}

**Cllr Ida Fenn:** We agreed to keep the old {what} at the weir.
"""


@pytest.fixture(scope="module")
def questioned(office_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Two documents, for clerks alone, that raise a question each."""
    folder, files = tmp_path_factory.mktemp("panel"), []
    for day, what in ((7, "pump house"), (14, "boat shed")):
        path = folder / f"2019-05-{day:02d}.md"
        path.write_text(MINUTES.format(day=day, what=what), encoding="utf-8")
        files.append(keeping.File(path, f"panel/{path.name}"))
    with Office(office_directory) as office:
        list(keeping.take_in(office.body(), OWNER, files, visibility="role:clerk"))


@pytest.fixture
def office(django: None, questioned: None, office_directory: Path) -> Iterator[Office]:
    with Office(office_directory) as opened:
        yield opened


def questions(office: Office) -> list[str]:
    return [each.id for each in Registered(office.body(), OWNER).queue()]


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.content[:800]
    return str(answer.content.decode())


def last_entry(page: str) -> int:
    found = re.search(r"Entry (\d+) of the record says so", page)
    assert found
    return int(found[1])


@pytest.mark.parametrize("role", ["", "public", "member", "officer", "chair", "auditor"])
def test_nobody_but_a_clerk_or_owner_comes_to_the_desk(browser_as: Browser, office: Office, role: str) -> None:
    browser, expected, size = browser_as(role), 403 if role else 302, office.body().log.size()
    assert {browser.get(page).status_code for page in PAGES} == {expected}
    assert {browser.post(DESK + form).status_code for form in FORMS} == {expected}
    assert office.body().log.size() == size


def test_house_and_rules_are_a_room_of_the_clerk_and_stand_within_the_owners(browser_as: Browser) -> None:
    """Nobody else is led there."""

    def led(role: str) -> bool:
        page = browser_as(role).get(f"/{SLUG}/").content.decode()
        rooms = page[page.index('<nav class="rooms"') :]
        return f'href="/{SLUG}/owner/house"' in rooms[: rooms.index("</nav>")]

    assert [role for role in ("public", "member", "auditor", "clerk", "owner") if led(role)] == ["clerk"]
    desk = browser_as("clerk").get(DESK).content.decode()
    assert f'href="/{SLUG}/owner/house"' in desk
    assert f'href="/{SLUG}/owner/rules"' in desk


def test_a_clerk_sets_no_schedule(browser_as: Browser) -> None:
    assert browser_as("clerk").post(f"{DESK}retention/schedule", {"authority": "notes"}).status_code == 403


def test_every_page_of_the_desk_is_shown(browser_as: Browser) -> None:
    browser = browser_as("clerk")
    for page in PAGES:
        if "/1" not in page:
            text(browser.get(page))
    assert browser.get(f"{DESK}requests/1").status_code == 404


@pytest.mark.parametrize("deed", ["confirm", "dismiss"])
def test_a_question_is_settled_and_taken_back(browser_as: Browser, office: Office, deed: str) -> None:
    before = questions(office)
    asked = next(each for each in before if " " not in each)
    browser, back = browser_as("clerk"), f"{DESK}queue?at=1"
    told = {"id": asked, "deed": deed, "note": "seen in the minutes", "next": back}
    entry = last_entry(text(browser.post(f"{DESK}settle", told, follow=True)))
    assert asked not in questions(office)
    page = text(browser.post(f"{DESK}take-back/{entry}", {"next": back}, follow=True))
    assert f"Entry {entry + 1} takes back entry {entry}." in page
    assert questions(office) == before
    assert office.body().log.entry(entry).kind == office.body().log.entry(entry + 1).kind == deed
    assert browser.post(f"{DESK}take-back/{entry}").status_code == 403


def test_a_correction_enters_only_what_was_changed(browser_as: Browser, office: Office) -> None:
    asked = next(each for each in questions(office) if each.startswith("decision-"))
    told = {"id": asked, "deed": "correct", "set-number": "77/9", "was-number": "", "set-title": "T", "was-title": "T"}
    entry = last_entry(text(browser_as("clerk").post(f"{DESK}settle", told, follow=True)))
    payload = office.body().log.entry(entry).payload
    assert payload and payload["fields"] == {"number": "77/9"}
    browser_as("clerk").post(f"{DESK}take-back/{entry}")


def test_nothing_chosen_is_said_and_enters_nothing(browser_as: Browser, office: Office) -> None:
    size = office.body().log.size()
    assert browser_as("clerk").post(f"{DESK}settle", {"id": "decision-x", "deed": "burn"}).status_code == 400
    assert office.body().log.size() == size


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/x", "javascript:alert(1)", ""])
def test_a_form_leads_back_to_our_own_pages_only(browser_as: Browser, office: Office, elsewhere: str) -> None:
    asked = next(each for each in questions(office) if " " not in each)
    told = {"id": asked, "deed": "confirm", "next": elsewhere}
    answer = browser_as("clerk").post(f"{DESK}settle", told)
    assert answer["Location"] == DESK
    browser_as("clerk").post(f"{DESK}take-back/{office.body().log.size() - 1}")


def test_findings_are_listed_by_code_and_document(browser_as: Browser, office: Office) -> None:
    browser = browser_as("clerk")
    page = text(browser.get(f"{DESK}findings"))
    code = re.search(r"\?code=([a-z-]+)", page)
    assert code
    of_code = text(browser.get(f"{DESK}findings", {"code": code[1]}))
    assert len(set(re.findall(r'<li><p><span class="label \w+">([^<]+)</span>', of_code))) == 1
    assert "Nothing was found amiss." in text(browser.get(f"{DESK}findings", {"code": "no-such-code"}))


def test_who_may_see_a_passage_is_entered(browser_as: Browser, office: Office) -> None:
    bureau = office.body()
    (sha, *_) = [each.sha for each in bureau.catalog.sources() if each.classes == ("open",)]
    clerk = browser_as("clerk")
    told = {"id": sha, "class": "role", "role": "clerk"}
    last_entry(text(clerk.post(f"{DESK}classify", told, follow=True)))
    source = bureau.catalog.source(sha)
    assert source and source.visibility == "role:clerk"
    clerk.post(f"{DESK}classify", {"id": sha, "class": "open"})
    assert clerk.post(f"{DESK}classify", {"id": sha, "class": "existence"}).status_code == 400


def test_a_hold_is_entered_listed_and_released(browser_as: Browser, office: Office) -> None:
    clerk = browser_as("clerk")
    told = {"reason": "The Fenn inquiry", "authority": ["draft", "notes"]}
    entry = last_entry(text(clerk.post(f"{DESK}retention/hold", told, follow=True)))
    assert "The Fenn inquiry" in text(clerk.get(f"{DESK}retention"))
    text(clerk.post(f"{DESK}retention/release/{entry}", follow=True))
    assert entry not in {each.entry for each in retaining.holds(office.body(), OWNER)}
    assert clerk.post(f"{DESK}retention/hold", {"reason": "", "everything": "yes"}).status_code == 400


def test_nothing_is_disposed_of_without_the_word_or_when_it_changed_since(browser_as: Browser, office: Office) -> None:
    clerk, size = browser_as("clerk"), office.body().log.size()
    assert clerk.post(f"{DESK}retention/dispose", {"word": "", "plan": ""}).status_code == 400
    assert clerk.post(f"{DESK}retention/dispose", {"word": "dispose", "plan": "other"}).status_code == 403
    assert office.body().log.size() == size


def test_what_is_due_is_seen_first_and_goes_with_the_word(browser_as: Browser, office: Office) -> None:
    bureau, owner = office.body(), browser_as("owner")
    held = retaining.hold(bureau, OWNER, "The other tests", authorities=("recording", "notes", "draft"))
    data = b"# Notes of a walk\n\nThe weir was looked at.\n"
    path = office.directory / "walk.txt"
    path.write_bytes(data)
    (taken,) = keeping.take_in(
        bureau, OWNER, [keeping.File(path, "walk/walk.txt")], '[authority]\n"walk/*" = "circulated"\n'
    )
    told = {"authority": "circulated", "period": "P0D", "since": "recorded"}
    text(owner.post(f"{DESK}retention/schedule", told, follow=True))
    due = {each.source for each in keeping.due(bureau, ahead=1)}
    assert taken.source in due
    page = text(owner.get(f"{DESK}retention/dispose"))
    assert "walk/walk.txt" in page
    plan = re.search(r'name="plan" value="(\w+)"', page)
    assert plan
    text(owner.post(f"{DESK}retention/dispose", {"word": "Dispose", "plan": plan[1]}, follow=True))
    assert not bureau.log.blobs.has(taken.source)
    owner.post(f"{DESK}retention/schedule", told | {"period": "permanent"})
    retaining.release(bureau, OWNER, held)


def test_a_request_goes_from_arrival_to_the_copy(browser_as: Browser, office: Office) -> None:
    clerk = browser_as("clerk")
    told = {"kind": "foi", "from": "Nina Wyatt", "text": "All on the floodlights."}
    answer = clerk.post(f"{DESK}requests/", told)
    page = answer["Location"]
    assert "Nina Wyatt" in text(clerk.get(page))
    text(clerk.post(f"{page}/add", {"search": "floodlights"}, follow=True))
    passages = re.findall(r'<li id="([\w-]+)">', text(clerk.get(page)))
    assert passages
    refused = {"id": passages[0], "action": "withhold", "reason": ""}
    assert clerk.post(f"{page}/determine", refused).status_code == 400
    withheld = refused | {"reason": "Said in confidence.", "ground": "s. 41"}
    assert "Said in confidence." in text(clerk.post(f"{page}/determine", withheld, follow=True))
    assert clerk.post(f"{page}/close", {"outcome": "partly"}).status_code == 403
    text(clerk.post(f"{page}/determine", {"id": "rest", "action": "release", "where": "only=rest"}, follow=True))
    done = text(clerk.post(f"{page}/close", {"outcome": "partly", "even-so": "yes"}, follow=True))
    assert "copy.zip" in done
    packed = clerk.get(f"{page}/copy/copy.zip")
    assert packed["Content-Disposition"].startswith("attachment") and packed.content.startswith(b"PK")
    assert clerk.get(f"{page}/copy/answer.md").content.startswith(b"# Answer to request")
    assert clerk.get(f"{page}/copy/record.db").status_code == 404
    assert clerk.post(f"{page}/forget", {"authority": ""}).status_code == 400
    assert "forgotten" in text(clerk.post(f"{page}/forget", {"authority": "schedule 7"}, follow=True))
    assert clerk.get(f"{page}/copy/copy.zip").status_code == 404
    number = page.rstrip("/").rpartition("/")[2]
    assert not list((office.directory / "answers" / SLUG / number).glob("*"))


def test_questions_are_settled_by_keys(page_as: Browser, office: Office) -> None:
    before = questions(office)
    page = page_as("clerk")
    page.goto(f"{DESK}queue")
    faultless(page)
    first = page.text_content("#case h2")
    page.keyboard.press("c")
    page.wait_for_selector("#said:has-text('Entry')")
    assert len(questions(office)) < len(before)
    assert page.evaluate("document.activeElement.closest('#case') !== null")
    page.keyboard.press("u")
    page.wait_for_selector("#said:has-text('takes back')")
    assert questions(office) == before
    page.keyboard.press("s")
    page.wait_for_function("first => document.querySelector('#case h2').textContent !== first", arg=first)
    page.fill("#note", "")
    page.press("#note", "d")
    assert page.input_value("#note") == "d" and questions(office) == before


PRESSED_AS_ANSWERED = """() => new Promise((done) => {
  const sent = [], send = window.fetch;
  window.fetch = (...told) => { sent.push(told); return send(...told); };
  const press = () => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "c", bubbles: true }));
  const seen = new MutationObserver(() => { seen.disconnect(); press(); done(sent.length); });
  seen.observe(document.getElementById("said"), { childList: true });
  press();
  press();
})"""
"""Presses before the answer, and at the moment it is shown; how often an answer was sent."""

READ = 600
"""Milliseconds after which a question was read, and another press counts as meant."""


def test_a_key_pressed_twice_settles_only_the_question_that_was_read(page_as: Browser, office: Office) -> None:
    """The second press may come before the answer, or just after it, when the next question stands there."""
    page, size = page_as("clerk"), office.body().log.size()
    page.clock.install(time=0)
    page.goto(f"{DESK}queue")
    page.clock.pause_at(24 * 60 * 60)  # From now on time passes where it is said, however busy the machine is.
    assert page.evaluate(PRESSED_AS_ANSWERED) == 1
    assert office.body().log.size() == size + 1
    for key, entries in (("c", 2), ("u", 3), ("u", 4)):
        before = page.text_content("#said")
        page.clock.fast_forward(READ)
        page.keyboard.press(key)
        page.wait_for_function("before => document.getElementById('said').textContent !== before", arg=before)
        assert office.body().log.size() == size + entries


def test_the_same_answer_sent_again_is_told_to_be_settled_already(browser_as: Browser, office: Office) -> None:
    browser, asked = browser_as("clerk"), next(each for each in questions(office) if " " not in each)
    told = {"id": asked, "deed": "confirm", "next": f"{DESK}queue"}
    entry = last_entry(text(browser.post(f"{DESK}settle", told, follow=True)))
    size = office.body().log.size()
    page = text(browser.post(f"{DESK}settle", told, follow=True))
    assert f"This was settled already: entry {entry} of the record says so." in page
    assert office.body().log.size() == size
    text(browser.post(f"{DESK}take-back/{entry}", follow=True))


def test_what_failed_to_be_sent_is_said(page_as: Browser, office: Office) -> None:
    page = page_as("clerk")
    page.goto(f"{DESK}queue")
    page.route("**/desk/settle", lambda route: route.abort())
    page.keyboard.press("c")
    page.wait_for_selector("#said:has-text('The connection was lost')")


def test_keys_can_be_switched_off(page_as: Browser, office: Office) -> None:
    before = questions(office)
    page = page_as("clerk")
    page.goto(f"{DESK}queue")
    page.keyboard.press("?")
    page.uncheck("[data-keys] input")
    page.locator("h1").click()
    page.keyboard.press("c")
    page.wait_for_timeout(500)
    assert questions(office) == before


def test_the_desk_is_without_fault(page_as: Browser) -> None:
    page = page_as("clerk")
    for address in (DESK, f"{DESK}findings", f"{DESK}requests/", f"{DESK}retention"):
        page.goto(address)
        faultless(page)
