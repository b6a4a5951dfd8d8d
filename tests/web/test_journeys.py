"""What people come to the office for, from the door to the end, in a real Chromium: one of each role."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import PATIENCE
from tests.web.conftest import SLUG
from tests.web.founding import PASSWORD
from tests.web.test_accounts_browsed import with_authenticator

PageAs = Callable[..., Page]
ROOM = f"/{SLUG}/"
CLOSED = "Confidential: tenders for the Mill Lane footbridge"
YMA = "yma.journeys@larkenford.example"
MINUTES = """# Works Panel, {day} May 2019

Present: Cllr Ida Fenn, Cllr Jon Ash

## 1. {what}

**Cllr Ida Fenn:** We agreed to keep the old {what} at the weir.
"""
PAPERS = {
    f"2019-05-{day:02d}.md": MINUTES.format(day=day, what=what)
    for day, what in ((7, "pump house"), (14, "boat shed"), (21, "eel ladder"))
}
DROP = """papers => {
  const data = new DataTransfer();
  for (const [name, text] of Object.entries(papers)) data.items.add(new File([text], name));
  document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", {dataTransfer: data, cancelable: true}));
}"""


@pytest.fixture
def yma(django: None, office_directory: Path, served: str) -> Iterator[str]:
    """A member of her own, who goes again; the office by its name, as browsers make passkeys for no number."""
    from remembrancer.interfaces.web.accounts.beginning import add_account
    from remembrancer.interfaces.web.accounts.models import Account
    from remembrancer.office import Office

    with Office(office_directory) as office:
        add_account(office, YMA, "Yma", PASSWORD, ["member"])
    yield served.replace("127.0.0.1", "localhost")
    Account.objects.filter(email=YMA).delete()


def asked(page: Page, question: str) -> Locator:
    """The sentence that answers a question which is typed into the box."""
    page.get_by_role("searchbox").fill(question)
    page.keyboard.press("Enter")
    page.wait_for_url("**?q=*")
    return page.locator(".sentence")


def reached(page: Page, target: Locator, most: int = 60) -> None:
    """Go on with the Tab key until something has the focus, as who uses no mouse must."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("each => each === document.activeElement"):
            return
    raise AssertionError(f"The keyboard does not come to {target}.")


def test_the_public_asks_searches_and_follows_the_evidence_to_its_place(page_as: PageAs) -> None:
    page = page_as()
    page.goto(ROOM)
    expect(asked(page, "What was decided about a swimming pool?")).to_contain_text("The record is silent on")
    expect(page.get_by_role("heading", name="What you can try")).to_be_visible()
    expect(asked(page, "What was the vote on the floodlights?")).to_contain_text("yes 5, no 5")
    page.locator("figure.quotation figcaption a[href*='/sources/']").first.click()
    expect(page.locator("mark#mark")).to_be_in_viewport()
    page.get_by_role("navigation", name="Rooms").get_by_role("link", name="Search").click()
    page.get_by_role("combobox", name="Words to search for").press_sequentially("abutment", delay=10)
    expect(page.locator("figure.quotation mark").first).to_have_text(re.compile("abutment", re.IGNORECASE))
    expect(page).to_have_url(re.compile("q=abutment"))


def test_the_public_looks_at_the_register_subscribes_and_verifies(page_as: PageAs) -> None:
    page = page_as()
    page.goto(f"{ROOM}register/?on=2024-03-31")
    page.get_by_role("slider").press("ArrowRight")
    expect(page.locator("#standing .lead")).to_contain_text("1 April 2024")
    page.locator("#standing .rows h3 a").first.click()
    page.get_by_role("link", name="Certified extract").click()
    expect(page.locator("pre, .certified").first).to_contain_text("CERTIFIED EXTRACT FROM THE RECORD")
    page.get_by_role("link", name="Feeds and calendars").click()
    calendar = page.get_by_role("link", name="Calendar", exact=True).get_attribute("href")
    assert page.request.get(str(calendar), timeout=PATIENCE * 1000).text().startswith("BEGIN:VCALENDAR")
    page.goto(f"{ROOM}record/entries/3")
    page.get_by_role("button", name="Verify").click()
    expect(page.locator("[data-verdict]")).to_have_class(re.compile("good"))


def test_a_question_is_asked_and_its_evidence_opened_with_the_keyboard_alone(page_as: PageAs) -> None:
    page = page_as()
    page.goto(ROOM)
    reached(page, page.get_by_role("link", name="To the content"))
    page.keyboard.press("Enter")
    reached(page, page.get_by_role("searchbox"))
    page.keyboard.type("What was the vote on the floodlights?")
    page.keyboard.press("Enter")
    page.wait_for_url("**?q=*")
    reached(page, page.locator("figure.quotation figcaption a[href*='/sources/']").first)
    page.keyboard.press("Enter")
    expect(page.locator("mark#mark")).to_be_in_viewport()


def test_a_member_signs_in_makes_a_passkey_and_comes_back_with_it(page_as: PageAs, yma: str) -> None:
    page = with_authenticator(page_as())
    page.goto(f"{yma}/account/login/")
    page.get_by_label("Email").fill(YMA)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Yma").click()
    page.get_by_role("link", name="Passkeys and security keys").click()
    page.get_by_role("link", name="Add one").click()
    page.get_by_label("What you call it").fill("the telephone")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/recovery-codes/")
    page.goto(f"{yma}/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto(f"{yma}{ROOM}search?q=tenders")
    expect(page.get_by_text(CLOSED)).to_have_count(0)
    page.get_by_role("link", name="Sign in").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("link", name="Yma")).to_be_visible()
    page.goto(f"{yma}{ROOM}search?q=tenders")
    expect(page.get_by_text(CLOSED).first).to_be_visible()


def test_a_member_watches_a_question_and_lets_it_go(page_as: PageAs) -> None:
    page, question = page_as("member"), "What was decided about the eel ladder?"
    page.goto(ROOM)
    asked(page, question)
    page.get_by_role("button", name="Watch this question").click()
    page.goto(f"{ROOM}watches")
    expect(page.get_by_role("link", name=question)).to_be_visible()
    page.get_by_role("button", name="Watch it no longer").first.click()
    expect(page.get_by_role("link", name=question)).to_have_count(0)


def test_a_chair_sees_what_stands_on_a_matter_and_how_it_was_voted(page_as: PageAs) -> None:
    page = page_as("chair")
    page.goto(f"{ROOM}matters/?q=skate")
    page.locator("main ol.rows h2 a").first.click()
    expect(page.locator("ol.timeline > li").first).to_be_visible()
    page.goto(f"{ROOM}decisions/?q=2024%2F8")
    page.locator("main ol.rows h2 a").first.click()
    expect(page.locator("figure.family rect")).to_have_count(2)
    page.locator("main a[href*='/votes/']").first.click()
    expect(page.get_by_text("By the rules", exact=True)).to_be_visible()
    expect(page.locator("main dl.facts a[href*='/people/']")).to_have_count(10)
    expect(page.get_by_text("Quorum", exact=True)).to_be_visible()


def test_a_clerk_drops_papers_and_settles_what_they_ask_with_the_keyboard_alone(page_as: PageAs) -> None:
    page = page_as("clerk")
    page.goto(f"{ROOM}desk/reading")
    page.get_by_label("Who may see them").select_option("role:clerk")
    page.evaluate(DROP, PAPERS)
    expect(page.get_by_role("button", name="Read 3 documents")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 files were read")
    for name in PAPERS:
        expect(page.get_by_role("link", name=name, exact=False).first).to_be_visible()
    page.goto(f"{ROOM}desk/queue")
    first = page.locator("#case h2").first.inner_text()
    page.keyboard.press("d")
    expect(page.locator("#said")).to_contain_text("Entry")
    expect(page.locator("#case h2").first).not_to_have_text(first)
    page.keyboard.press("u")
    expect(page.locator("#said")).to_contain_text("takes back")


def test_a_clerk_answers_a_request(page_as: PageAs) -> None:
    page = page_as("clerk")
    page.goto(f"{ROOM}desk/requests/")
    page.get_by_label("Who asks").fill("Nina Wyatt")
    page.get_by_label("What is asked, in their words").fill("All on the floodlights.")
    page.get_by_role("button", name="Enter it").click()
    page.get_by_label("What a search finds").fill("floodlights")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_text("All at once").click()
    page.locator("details[open]").first.get_by_role("button", name="Release", exact=True).click()
    expect(page.get_by_text("0 left to determine")).to_be_visible()
    page.get_by_label("Although words that stay closed").check()
    page.get_by_role("button", name="Write the copy and close").click()
    with page.expect_download() as told:
        page.locator("a[href$='copy.zip']").click()
    assert Path(told.value.path()).read_bytes().startswith(b"PK")


def test_an_auditor_reads_the_log_verifies_and_sees_who_could_see_what(page_as: PageAs) -> None:
    page = page_as("auditor")
    page.goto(f"{ROOM}record/")
    page.get_by_role("button", name="Verify").click()
    expect(page.locator("[data-verdict]")).to_have_class(re.compile("good"))
    page.get_by_role("link", name="Who could see what").click()
    expect(
        page.get_by_role("cell", name="auditor").or_(page.get_by_role("rowheader", name="auditor")).first
    ).to_be_visible()
    page.goto(f"{ROOM}record/removals")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(f"{ROOM}owner/members")
    expect(page.get_by_role("heading", name="Invite somebody")).to_have_count(0)


def test_an_owner_invites_a_member_who_accepts(page_as: PageAs, yma: str) -> None:
    from remembrancer.interfaces.web.accounts.models import Account

    owner, guest = page_as("owner"), page_as()
    owner.goto(f"{ROOM}owner/members")
    owner.get_by_label("E-mail address").fill("zoe.journeys@larkenford.example")
    owner.locator("#name").fill("Zoe")
    owner.locator("#invite-role").select_option("member")
    owner.get_by_role("button", name="Invite", exact=True).click()
    link = owner.locator(".notice code").inner_text()
    guest.goto(f"{yma}/account/invitation/{link.rpartition('/')[2]}")
    expect(guest.get_by_role("heading", name="You are invited")).to_be_visible()
    guest.locator("input[type=password]").first.fill(PASSWORD)
    for each in guest.locator("input[type=password]").all()[1:]:
        each.fill(PASSWORD)
    guest.get_by_role("button", name="Make the account").click()
    expect(guest.get_by_role("link", name="Zoe")).to_be_visible()
    guest.goto(f"{yma}{ROOM}search?q=tenders")
    expect(guest.get_by_text(CLOSED).first).to_be_visible()
    Account.objects.filter(email="zoe.journeys@larkenford.example").delete()


def test_an_owner_has_the_house_checked_while_typing_and_backs_up(page_as: PageAs) -> None:
    page = page_as("owner")
    page.goto(f"{ROOM}owner/house")
    page.get_by_label("As TOML").fill('language = "en"\nx = = 1\n')
    expect(page.locator("#checked")).to_contain_text("Line 2:")
    page.get_by_label("As TOML").fill('language = "en"\n')
    expect(page.locator("#checked")).to_contain_text("Nothing is wrong")
    page.goto(f"{ROOM}owner/backup")
    with page.expect_download() as told:
        page.get_by_role("button", name="Download the copy").click()
    assert Path(told.value.path()).read_bytes().startswith(b"PK")
