"""Laws of the register's pages: they say what the terminal says, to each as much as is theirs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from remembrancer.model import OWNER, PUBLIC, Decision, Principal
from remembrancer.office import Office
from remembrancer.office.bureau import Bureau
from remembrancer.office.registers.registered import Registered
from remembrancer.office.registers.registrar import Scope
from remembrancer.office.registers.standing import HOLDING
from remembrancer.office.showing.certified import extract
from tests.web.conftest import SLUG

ROOM = f"/{SLUG}"
DAYS = ("2023-10-15", "2024-03-25", "2025-03-31")


@pytest.fixture(scope="module")
def bureau(office_directory: Path, django: None) -> Iterator[Bureau]:
    with Office(office_directory) as office:
        yield office.body(SLUG)


@pytest.fixture
def get(browser_as: Callable[..., Any]) -> Callable[..., Any]:
    def page(address: str, role: str = "", **query: str) -> Any:
        return browser_as(role).get(f"{ROOM}/{address}", query)

    return page


def text_of_any(answer: Any) -> str:
    return unescape(answer.content.decode())


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return text_of_any(answer)


def listed(page: str) -> list[str]:
    return re.findall(r'<li id="(decision-[a-z2-7]{16})">', page)


def stated(page: str) -> set[str]:
    """The decisions of a list without those that were worked out from prose."""
    return set(listed(re.sub(r'(?s)<section aria-labelledby="inferred">.*?</section>', "", page)))


def every_page(get: Callable[..., Any], address: str, role: str = "", **query: str) -> str:
    """All pages of a list."""
    pages = [text_of(get(address, role, **query))]
    while 'rel="next"' in pages[-1]:
        pages.append(text_of(get(address, role, **query, page=str(len(pages) + 1))))
    return "".join(pages)


def by_number(bureau: Bureau, number: str, principal: Principal = OWNER) -> Decision:
    return Registered(bureau, principal).one(Decision, number)


@pytest.mark.parametrize("day", DAYS)
def test_what_stands_on_a_day_is_what_the_terminal_says(get: Callable[..., Any], bureau: Bureau, day: str) -> None:
    told = Registered(bureau, PUBLIC, Scope(as_of=day)).decisions()
    for force in {each.force for each in told if each.force}:
        same = {each.id for each in told if each.force == force}
        assert stated(every_page(get, "register/", on=day, force=force)) == same
    standing = {each.id for each in told if each.force in HOLDING}
    assert stated(every_page(get, "register/", on=day)) == standing


def test_what_a_later_sitting_tells_of_a_day_holds_on_that_day(get: Callable[..., Any], bureau: Bureau) -> None:
    """The byelaw was confirmed from 6 January 2025, which the sitting of 21 January heard first."""
    waited = [row for row in Registered(bureau, PUBLIC).register.decisions if row.turns[:1] and len(row.turns) > 1]
    byelaw = next(row.id for row in waited if row.turns[0].force == "conditional")
    assert byelaw in stated(every_page(get, "register/", on="2025-01-05", force="conditional"))
    assert byelaw in stated(every_page(get, "register/", on="2025-01-10", force="in-force"))


def test_without_a_script_the_slider_is_sent_with_the_form(get: Callable[..., Any]) -> None:
    page = text_of(get("register/", on=DAYS[1]))
    first, at = re.findall(r'data-first="([\d-]+)"', page)[0], re.findall(r'type="range".*?value="(\d+)"', page)[0]
    moved = get("register/", on=DAYS[1], was=DAYS[1], at=str(int(at) + 7), q="bridge")
    assert (moved.status_code, moved.url) == (302, f"{ROOM}/register/?on=2024-04-01&q=bridge")
    typed = get("register/", on="2024-05-01", was=DAYS[1], at=at)
    assert typed.url == f"{ROOM}/register/?on=2024-05-01"
    assert first == "2023-06-13"


def test_while_the_slider_moves_the_list_alone_is_sent(get: Callable[..., Any], browser_as: Callable[..., Any]) -> None:
    answer = browser_as().get(f"{ROOM}/register/", {"on": DAYS[0]}, headers={"HX-Request-Type": "partial"})
    assert answer.content.decode().lstrip().startswith('<div id="standing">')
    assert "HX-Request-Type" in answer["Vary"]


def test_a_day_that_is_none_is_said_to_be_none(get: Callable[..., Any]) -> None:
    assert get("register/", on="2024-13-01").status_code == 400
    assert get("register/", on="1850-01-01").status_code == 200
    assert get("register/", on="9999").status_code == 200


def test_what_was_repealed_says_since_when_and_by_what(get: Callable[..., Any], bureau: Bureau) -> None:
    gone, by = by_number(bureau, "2023/14"), by_number(bureau, "2024/8")
    page = text_of(get("register/", on="2024-04-02", force="repealed"))
    assert listed(page) == [gone.id]
    assert f'<a href="{ROOM}/id/{by.id}">2024/8</a>' in page
    assert "1 April 2024" in page


def test_a_family_has_a_node_for_each_text_and_a_tie_for_each_relation(get: Callable[..., Any], bureau: Bureau) -> None:
    for number in ("2023/14", "2024/8", "2023/23", "2024/10"):
        row = by_number(bureau, number, PUBLIC)
        page = text_of(get(f"decisions/{row.id}"))
        drawn = page[page.index("<svg") : page.index("</svg>")]
        register = Registered(bureau, PUBLIC).register
        ties = [(each.id, r.target) for each in register.decisions for r in each.relations if r.target]
        near, size = {row.id}, 0
        while len(near) > size:
            size = len(near)
            near |= {end for tie in ties if near & set(tie) for end in tie}
        assert drawn.count("<rect") == len(near)
        assert set(re.findall(r"/id/([a-z0-9-]+)", drawn)) == near - {row.id}
        assert drawn.count('class="arrow') == sum(tie[0] in near for tie in ties)


@pytest.mark.parametrize("principal", [PUBLIC, OWNER])
def test_all_that_the_json_of_a_decision_has_stands_on_its_page(
    get: Callable[..., Any], bureau: Bureau, principal: Principal
) -> None:
    registered = Registered(bureau, principal)
    for row in registered.register.decisions[::6]:
        view, role = registered.decision(row), "owner" if principal == OWNER else ""
        page = text_of(get(f"decisions/{row.id}", role))
        shown = [getattr(view, each.name) for each in fields(view) if isinstance(getattr(view, each.name), str)]
        named = (view.kind, view.decided_by, view.outcome, view.date, view.force, view.text, view.place)
        shown = [each for each in shown if each not in named]
        shown += [*view.text.splitlines(), *view.conditions, *(each.text for each in view.amounts)]
        shown += [each for turn in view.turns for each in (turn.why, turn.by)]
        shown += [each for rel in view.relations for each in (rel.target, rel.target_text, rel.provision)]
        shown += [each for part in view.provisions for each in (part.number, part.text)]
        shown += [f"{span.start}-{span.end}" for span in view.spans]
        missing = [each for each in shown if each.strip() and each.strip() not in page]
        assert not missing


def test_all_that_the_json_of_a_matter_has_stands_on_its_page(get: Callable[..., Any], bureau: Bureau) -> None:
    registered = Registered(bureau, PUBLIC)
    for row in registered.register.matters[::3]:
        view, page = registered.matter(row), text_of(get(f"matters/{row.id}"))
        shown = [view.title, view.number, view.status, view.ladder, *view.titles]
        shown += [each for d in view.debates for each in (d.title, d.sitting, d.item)]
        shown += [each for d in view.decisions for each in (d.id, d.number)]
        shown += [each for s in view.sponsorships for each in (s.person, s.role)]
        shown += [each for claim in view.reported for each in (claim.text, *claim.origins)]
        assert not [each for each in shown if each not in page]


def test_every_vote_motion_and_action_has_its_place(get: Callable[..., Any], bureau: Bureau) -> None:
    from remembrancer.interfaces.web.showing.sayings import said

    registered = Registered(bureau, PUBLIC)
    for vote in map(registered.vote, registered.register.votes[::9]):
        page = text_of(get(f"votes/{vote.id}"))
        assert said(vote.computed.why, "en") in page
        assert all(ballot.person in page for ballot in vote.ballots)
    for motion in map(registered.motion, registered.register.motions[::9]):
        page = text_of(get(f"motions/{motion.id}"))
        assert motion.mover in page and motion.seconder in page
    actions = every_page(get, "actions/")
    assert all(f'id="{row.id}"' in actions for row in registered.register.actions)


def test_an_action_is_overdue_after_its_day_and_never_before(get: Callable[..., Any], bureau: Bureau) -> None:
    row = next(each for each in Registered(bureau, PUBLIC).register.actions if each.due and not each.done)
    about = {on: text_of(get("actions/", on=on)).split(f'id="{row.id}"')[1].split("</li></ul>")[0] for on in
             (row.due, "2031-01-01")}  # fmt: skip
    assert "overdue" not in about[row.due]
    assert "overdue" in about["2031-01-01"]


def test_the_extract_is_that_of_the_terminal(get: Callable[..., Any], bureau: Bureau) -> None:
    row = by_number(bureau, "2024/8", PUBLIC)
    made = extract(bureau, PUBLIC, Registered(bureau, PUBLIC), "2024/8")
    assert made.text in text_of(get(f"decisions/{row.id}/extract"))
    answer = get(f"decisions/{row.id}/extract.txt")
    assert answer.content.decode() == made.text
    assert answer["Content-Disposition"] == 'attachment; filename="extract-larkenford-town-council-20248.txt"'
    assert get(f"decisions/{row.id}/proof.txt").content.decode() == made.proof


def test_of_what_is_closed_the_public_finds_nothing(get: Callable[..., Any], bureau: Bureau) -> None:
    """Not in a list, a count, a family or an extract; and a closed thing answers as what never was."""
    everything, open_to_all = Registered(bureau, OWNER).register, Registered(bureau, PUBLIC).register
    names = {"decisions": "decisions", "votes": "votes", "motions": "motions", "matters": "matters"}
    lists = "".join(every_page(get, each) for each in ("decisions/", "matters/", "actions/", "register/"))
    lists += every_page(get, "decisions/", told="inferred") + every_page(get, "register/", told="inferred")
    closed = 0
    for kind, room in names.items():
        shown = {row.id for row in getattr(open_to_all, kind)}
        for row in (each for each in getattr(everything, kind) if each.id not in shown):
            closed += 1
            words = getattr(row, "text", "") or getattr(row, "question", "") or getattr(row, "title", "")
            assert row.id not in lists and words not in lists
            none = f"{row.id[:-4]}aaaa"
            hidden, never = get(f"{room}/{row.id}"), get(f"{room}/{none}")
            assert (hidden.status_code, never.status_code) == (404, 404)
            assert text_of_any(hidden).replace(row.id, "") == text_of_any(never).replace(none, "")
            assert get(f"{room}/{row.id}", "owner").status_code == 200
    assert closed > 2
    secret = next(row for row in everything.decisions if row.id not in {each.id for each in open_to_all.decisions})
    for name in ("extract", "extract.txt", "evidence.zip", "proof.txt"):
        assert get(f"decisions/{secret.id}/{name}").status_code == 404


def test_the_public_is_told_how_far_it_sees(get: Callable[..., Any]) -> None:
    assert "as far as the open record shows" in text_of(get("register/"))
    assert "as far as the record is open to you" in text_of(get("register/", "member"))
    assert "as-far-as" not in text_of(get("register/", "owner"))


def test_lists_are_narrowed_to_what_was_chosen(get: Callable[..., Any], bureau: Bureau) -> None:
    rows = [row for row in Registered(bureau, PUBLIC).register.decisions if row.stated]
    chosen = {row.id for row in rows if row.date.startswith("2024") and row.kind == "allocate"}
    page = text_of(get("decisions/", year="2024", kind="allocate"))
    assert set(re.findall(r"/decisions/(decision-[a-z2-7]{16})", page)) == chosen
    assert re.findall(r"<strong>(\d+)</strong>", page)[0] == str(len(chosen))
    assert "Skate park" in text_of(get("matters/", q="skate"))
    assert "Annual return" not in text_of(get("matters/", q="skate"))
