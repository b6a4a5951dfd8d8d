"""What ``make demo`` runs: the record of an invented town council, from its documents to answers.

Every command is run as a person would type it. At a terminal, or with ``--serve``, it ends by serving the office to
browsers until it is stopped. Exits with 1 where one fails, the record does not hold, a
question is not answered with the words that it should be, or one is answered that the record is silent on.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from remembrancer.model import Principal
    from remembrancer.office.asking.answering import Told
    from remembrancer.office.bureau import Bureau

HERE = Path(__file__).resolve().parent
OFFICE = Path("demo-office")
BODY = "Larkenford Town Council"
CLOSED_ITEM_ON = "2024-07-16"
PASSAGES = 3


def main() -> int:
    """Run the demo in the working directory; 0 if everything was as it should be."""
    if find_spec("remembrancer") is None:
        print("Remembrancer is not installed for this Python. Type: make demo, or: uv tool install .")
        return 1
    if not begin_anew():
        print(f"There is another {OFFICE} here. Move it away, or run the demo in another directory.")
        return 1
    for step in (make_and_verify, put_questions, look_as_the_public, show_the_register):
        wrong = list(step())
        if wrong:
            print("\nThis is not as it should be:", *wrong, sep="\n  ", flush=True)
            return 1
    say_what_next()
    return serve() if wants_to_look() else 0


def begin_anew() -> bool:
    """Remove the office that an earlier demo left; False where something else is in its place."""
    if (OFFICE / "remembrancer.toml").exists():
        print(f"Removing the {OFFICE} that an earlier demo made.", flush=True)
        shutil.rmtree(OFFICE)
    return not OFFICE.exists()


def make_and_verify() -> Iterator[str]:
    """Found the office, read two years of documents in nine formats, check every hash."""
    tell(f"{BODY}: two years of business, all of it invented. First an office for its record.")
    house, documents = written(HERE / "house.toml"), written(HERE / "documents")
    yield from run("init", str(OFFICE), "--body", BODY, "--house", house)
    mark_as_the_demo()
    yield from run("read", documents, "-o", str(OFFICE))
    yield from run("rules", "set", written(HERE / "rulebook.toml"), "-o", str(OFFICE))
    tell("Every entry, hash, signature and file is checked:")
    yield from run("record", "verify", "-o", str(OFFICE))


def mark_as_the_demo() -> None:
    """Say in the settings that this is the demo's office, whose accounts may be made with a printed password."""
    with (OFFICE / "remembrancer.toml").open("a", encoding="utf-8") as settings:
        settings.write("\n[web]\ndemo = true\n")


def put_questions() -> Iterator[str]:
    """Ask what the record answers, and what it is silent on."""
    asked = tomllib.loads((HERE / "questions.toml").read_text(encoding="utf-8"))
    tell("Questions are answered in the record's own words, or not at all. What was moved stands there beside what")
    print("was resolved, each with its place in the minutes:", flush=True)
    for each in asked["answerable"]:
        if each.get("demo"):
            yield from run("ask", each["question"], "-n", str(PASSAGES), "-o", str(OFFICE))
            yield from not_answered(each, answer(each["question"]))
    tell("And one that the council never spoke of:")
    for each in asked["unanswerable"]:
        if each.get("demo"):
            yield from run("ask", each["question"], "-o", str(OFFICE))
            if answer(each["question"]).status != "silent":
                yield f"answered, though the record is silent on it: {each['question']}"


def answer(question: str) -> Told:
    """What the record says to a question, to check what the command printed."""
    from remembrancer.model import OWNER
    from remembrancer.office.asking.answering import ask

    with the_body() as bureau:
        return ask(bureau, OWNER, question, limit=PASSAGES)


def not_answered(expected: dict[str, Any], given: Told) -> Iterator[str]:
    """What a question lacks: one quotation with all the expected words, in the expected document."""
    for hit in given.answer:
        if hit.path.endswith(expected["document"]) and all(words in hit.text for words in expected["contains"]):
            return
    yield f"not answered as it should be: {expected['question']}"


def look_as_the_public() -> Iterator[str]:
    """Show the sitting with a closed item to the public, who must not be shown that item."""
    from remembrancer.model import OWNER, PUBLIC
    from remembrancer.office.showing import shown

    with the_body() as bureau:
        sitting = next(each.id for each in shown.sittings(bureau, OWNER) if each.dates == (CLOSED_ITEM_ON,))
        open_items, all_items = items(bureau, PUBLIC, sitting), items(bureau, OWNER, sitting)
    tell("At this sitting item 5 was taken without the public, who are shown nothing of it:")
    yield from run("show", sitting, "-o", str(OFFICE), "--as", "public")
    if not open_items < all_items:
        yield f"the closed item of {CLOSED_ITEM_ON} is shown to the public, or is not there"


def items(bureau: Bureau, principal: Principal, sitting: str) -> set[str]:
    """The ids of a sitting's items that somebody is shown."""
    from remembrancer.memory.views import SittingView
    from remembrancer.office.showing import shown

    told = shown.show(bureau, principal, sitting)
    return {item.id for item in told.items} if isinstance(told, SittingView) else set()


def show_the_register() -> Iterator[str]:
    """Show what of the council's decisions is no longer in force, a byelaw that had to wait, and what is amiss."""
    tell("The register is made of the record alone: what was decided, and what is in force. No longer in force is:")
    yield from run("decisions", "--force", "repealed", "-o", str(OFFICE))
    tell("A byelaw waited for its confirmation, and was in force a month after that:")
    yield from run("decision", "2024/20", "-o", str(OFFICE))
    tell("And this does not add up, or was not done:")
    yield from run("register", "check", "-o", str(OFFICE), fine=(0, 1))
    for number, day, force in (
        ("2023/14", "2024-03", "in-force"),
        ("2023/14", "2024-04", "repealed"),
        ("2024/20", "2024-12", "conditional"),
        ("2024/20", "2025-02", "in-force"),
    ):
        if force_of(number, day) != force:
            yield f"{number} is not shown as {force} in {day}"


def force_of(number: str, day: str) -> str | None:
    """The force of a resolution on a day, to check what the commands print."""
    from remembrancer.model import OWNER, Decision
    from remembrancer.office.registers.registered import Registered
    from remembrancer.office.registers.registrar import Scope

    with the_body() as bureau:
        registered = Registered(bureau, OWNER, Scope(day))
        return registered.decision(registered.one(Decision, number)).force


@contextmanager
def the_body() -> Iterator[Bureau]:
    """The demo's only body."""
    from remembrancer.office import Office

    with Office(OFFICE) as office:
        yield office.body()


def say_what_next() -> None:
    """Commands to type next, as they must be typed here."""
    command = own_command()
    print(f"""
That was the demo; its office is {OFFICE}. Type next:

  {command} search "footbridge AND abutment" -o {OFFICE}
  {command} people -o {OFFICE}
  {command} vote floodlit -o {OFFICE}
  {command} extract 2023/14 -o {OFFICE}
  {command} ask "What did Cllr Tapsell say about the footbridge?" -o {OFFICE}

Look at it in a browser, with an account for each role to try it with:

  {command} serve --demo-accounts -o {OFFICE}

And with your own minutes, in whatever formats they are:

  {command} init my-office --body "The name of your body"
  {command} house guess FOLDER --out house.toml
  {command} house set house.toml -o my-office
  {command} read FOLDER -o my-office
""")


def wants_to_look() -> bool:
    """Whether to serve the office at the end: where that is asked for, or somebody is at a terminal."""
    at_terminal = sys.stdin.isatty() and sys.stdout.isatty() and not os.environ.get("CI")
    return "--serve" in sys.argv[1:] or at_terminal


def serve() -> int:
    """Serve the office until it is stopped."""
    tell("Here it is in a browser. Sign in at the top of the page as whom you like, or look without an account.")
    try:
        return subprocess.run(command_line(("serve", "--demo-accounts", "-o", str(OFFICE))), check=False).returncode
    except KeyboardInterrupt:
        return 0


def own_command() -> str:
    """What to type for ``remembrancer`` here: its name where the shell finds it, else where it is."""
    beside = Path(sys.executable).with_name("remembrancer.exe" if os.name == "nt" else "remembrancer")
    return "remembrancer" if shutil.which("remembrancer") or not beside.exists() else written(beside)


def written(path: Path) -> str:
    """A path as a person would write it from here."""
    try:
        return os.path.relpath(path)
    except ValueError:
        return str(path)  # On another drive of Windows.


def tell(sentence: str) -> None:
    print(f"\n{sentence}", flush=True)


def run(*arguments: str, fine: Sequence[int] = (0,)) -> Iterator[str]:
    """Show a command, then let it print; what it was if it failed. A check that finds something may end with 1."""
    shown = " ".join(map(quoted, arguments))
    print(f"\n$ remembrancer {shown}", flush=True)
    code = subprocess.run(command_line(arguments), check=False).returncode
    if code not in fine:
        yield f"exit code {code}: remembrancer {shown}"


def quoted(argument: str) -> str:
    return f'"{argument}"' if " " in argument else argument


def command_line(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "remembrancer.interfaces.cli", *arguments]


if __name__ == "__main__":
    sys.exit(main())
