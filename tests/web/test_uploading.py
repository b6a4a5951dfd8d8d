"""Documents handed in over the pages are read by a job, accounted for, and never lost; what is hostile does no harm."""

from __future__ import annotations

import asyncio
import io
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import expect

from remembrancer.model import OWNER
from remembrancer.office import Office, jobs
from remembrancer.office.changing import incoming, keeping
from remembrancer.office.jobs import Job, Jobs
from remembrancer.record.connection import writing
from tests.web.browsing import PATIENCE, faultless
from tests.web.conftest import SLUG

Browser = Callable[..., Any]
T = TypeVar("T")
READING = f"/{SLUG}/desk/reading"
MARKDOWN = b"# Works Panel, 7 May 2019\n\nPresent: Ida Fenn\n\n## 1. Pump house\n\n**Ida Fenn:** The pump leaks.\n"
CAPTIONS = b"WEBVTT\n\n00:00:01.000 --> 00:00:04.000\n<v Ida Fenn>The sluice was mended on the eighth of May.\n"
HTML = b"<html><body><h1>Works Panel, 9 May 2019</h1><h2>1. Weir</h2><p>The weir is sound.</p></body></html>"


@pytest.fixture(scope="module", autouse=True)
def carried_out(django: None) -> Iterator[None]:
    """When the tests end, the process that carries out the jobs has ended too, and none is begun any more."""
    yield
    from remembrancer.interfaces.web.serving.carrier import carrier

    carrier().stop()


def sent(name: str, data: bytes) -> Any:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, data)


def handed_in(browser: Any, *files: Any, **told: Any) -> Any:
    return browser.post(READING, {"files": list(files), "class": "role:clerk", **told})


def once(found: Callable[[], T | None]) -> T:
    """What is found, once there is something."""
    end = time.monotonic() + PATIENCE
    while not (told := found()):
        assert time.monotonic() < end, "It does not come."
        time.sleep(0.1)
    return told


def finished(directory: Path, number: int) -> Any:
    """The job of a number, once it goes on no more."""

    def ended() -> Job | None:
        with Office(directory) as office:
            job = office.work.jobs.job(SLUG, number)
        return None if job.pending else job

    return once(ended)


def emptied(directory: Path) -> bool:
    """Whether nothing that was handed in lies there any more, once what was read is removed."""
    return once(lambda: not list((directory / incoming.FOLDER).iterdir()))


@contextmanager
def alone_with(office: Office) -> Iterator[Jobs]:
    """The jobs of an office, of which the process that carries them out takes none meanwhile."""
    with writing(office.work.jobs._db), pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "writing", nullcontext)
        yield office.work.jobs


def number_of(answer: Any) -> int:
    assert answer.status_code == 303, answer.content[:500]
    return int(answer["Location"].rpartition("/")[2])


def test_files_of_several_formats_are_read_and_accounted_for(browser_as: Browser, office_directory: Path) -> None:
    clerk = browser_as("clerk")
    files = [sent("panel.md", MARKDOWN), sent("panel.vtt", CAPTIONS), sent("panel.html", HTML), sent("empty.md", b"")]
    number = number_of(handed_in(clerk, *files, path=["2019/panel.md", "2019/panel.vtt", "2019/panel.html", "e.md"]))
    assert finished(office_directory, number).state == "done"
    page = clerk.get(f"{READING}/{number}").content.decode()
    for words in ("2019/panel.md", "2019/panel.vtt", "2019/panel.html", "e.md", "The file holds nothing"):
        assert words in page
    assert emptied(office_directory)


@pytest.mark.parametrize("name", ["../../../../etc/cron.d/x.md", "..\\..\\boot.md", "/root/x.md", "a\u202edm.x.md"])
def test_a_hostile_name_leads_nowhere(browser_as: Browser, office_directory: Path, name: str) -> None:
    data = MARKDOWN + name.encode()
    number = number_of(handed_in(browser_as("clerk"), sent("x.md", data), path=[name]))
    job = finished(office_directory, number)
    with Office(office_directory) as office:
        source = office.body().catalog.source(job.result["files"][0]["source"])
    assert source and ".." not in source.path and not source.path.startswith("/") and source.path.isprintable()


def test_programs_and_archives_are_kept_with_a_finding(browser_as: Browser, office_directory: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("minutes.md", MARKDOWN)
    files = [sent("tool.exe", b"MZ\x90\x00" + bytes(range(256)) * 8), sent("minutes.zip", packed.getvalue())]
    clerk = browser_as("clerk")
    number = number_of(handed_in(clerk, *files))
    finished(office_directory, number)
    page = clerk.get(f"{READING}/{number}").content.decode()
    assert page.count("could not be read") == 2


def test_a_file_that_is_too_large_is_left_out_with_a_sentence(browser_as: Browser, monkeypatch: Any) -> None:
    from remembrancer.interfaces.web.pages import uploading

    monkeypatch.setattr(uploading, "MOST_BYTES", 1024 * 1024)
    clerk = browser_as("clerk")
    page = clerk.post(READING, {"files": [sent("film.md", b"a" * (2 * 1024 * 1024))]}, follow=True).content.decode()
    assert "film.md" in page and "more than 1 MB" in page


def test_what_was_left_out_is_said_on_the_page_that_a_script_goes_on_to(browser_as: Browser) -> None:
    clerk = browser_as("clerk")
    files = [sent(".DS_Store", b"x"), sent("kept.md", MARKDOWN + b"kept")]
    answer = clerk.post(READING, {"files": files, "class": "role:clerk"}, headers={"Accept": "application/json"})
    address = answer.json()["address"]
    assert address.startswith(f"{READING}/")
    assert "1 hidden file was left out." in clerk.get(address).content.decode()


def test_what_computers_keep_for_themselves_is_left_out_and_said(browser_as: Browser) -> None:
    page = browser_as("clerk").post(READING, {"files": [sent(".DS_Store", b"x")]}, follow=True).content.decode()
    assert "1 hidden file was left out." in page


def test_without_a_file_it_is_said(browser_as: Browser) -> None:
    assert "No files were handed in" in browser_as("clerk").post(READING, {}, follow=True).content.decode()


def test_more_files_than_may_be_at_once_are_refused_and_nothing_stays(
    browser_as: Browser, office_directory: Path
) -> None:
    folder = office_directory / incoming.FOLDER
    before = set(folder.iterdir()) if folder.exists() else set()
    answer = handed_in(browser_as("clerk"), *(sent(f"{at}.md", b"x") for at in range(501)))
    assert answer.status_code == 400 and "500 files" in answer.content.decode()
    assert not folder.exists() or set(folder.iterdir()) <= before


def test_two_who_hand_in_at_once_both_have_their_files_read(browser_as: Browser, office_directory: Path) -> None:
    first, second = browser_as("clerk"), browser_as("owner")
    numbers = [
        number_of(handed_in(browser, sent(f"{name}.md", MARKDOWN + name.encode())))
        for browser, name in ((first, "one"), (second, "two"))
    ]
    assert [finished(office_directory, number).state for number in numbers] == ["done", "done"]


def test_without_the_token_of_the_form_nothing_is_taken(
    django: None, browser_as: Browser, office_directory: Path
) -> None:
    browser = browser_as("clerk")
    browser.handler.enforce_csrf_checks = True
    assert handed_in(browser, sent("x.md", MARKDOWN)).status_code == 403
    assert emptied(office_directory)


@pytest.mark.parametrize("role", ["", "public", "member", "officer", "chair", "auditor"])
def test_only_a_clerk_hands_in_and_looks(browser_as: Browser, role: str) -> None:
    browser = browser_as(role)
    expected = (403,) if role else (302,)
    assert browser.get(READING).status_code in expected
    assert handed_in(browser, sent("x.md", MARKDOWN)).status_code in expected
    for path in ("1", "1/progress", "999999"):
        assert browser.get(f"{READING}/{path}").status_code in expected


def test_a_job_that_is_not_there_is_not_found(browser_as: Browser) -> None:
    assert browser_as("clerk").get(f"{READING}/999999").status_code == 404


def test_a_job_of_another_kind_is_no_reading(browser_as: Browser, office_directory: Path) -> None:
    with Office(office_directory) as office, alone_with(office) as kept:
        number = kept.add(SLUG, "owner", "verify", {})
        assert kept.take("test") and kept.end(number, "test", "failed", None, {})
    clerk = browser_as("clerk")
    assert clerk.get(f"{READING}/{number}").status_code == 404
    assert clerk.post(f"{READING}/{number}/answer", {"answer": "again"}).status_code == 403


def test_files_are_dropped_read_and_shown_in_a_browser(page_as: Browser, tmp_path: Path) -> None:
    for name, data in (("drop.md", MARKDOWN), ("drop.vtt", CAPTIONS), ("drop.html", HTML)):
        (tmp_path / name).write_bytes(data + b"\n")
    page = page_as("clerk")
    page.goto(READING)
    faultless(page)
    page.select_option("#class", "role:clerk")
    page.set_input_files("#files", [str(each) for each in sorted(tmp_path.iterdir())])
    faultless(page)
    page.get_by_role("button", name="Read 3 documents").click()
    page.wait_for_selector("h1:has-text('3 files were read')")
    expect(page.get_by_role("main")).to_contain_text("drop.vtt")
    faultless(page)


DROP = """async ({name, text}) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  document.querySelector("[data-drop]").dispatchEvent(new DragEvent("drop", {dataTransfer: data, cancelable: true}));
}"""


def test_what_is_dropped_is_sent_only_by_the_button_to_those_who_were_chosen(
    page_as: Browser, office_directory: Path
) -> None:
    page = page_as("clerk")
    page.goto(READING)
    for name in ("first.md", "dropped.md"):
        page.evaluate(DROP, {"name": name, "text": MARKDOWN.decode() + "dropped"})
    page.get_by_role("button", name="Read 2 documents").wait_for()
    page.get_by_role("button", name="Choose others").click()
    page.evaluate(DROP, {"name": "dropped.md", "text": MARKDOWN.decode() + "dropped"})
    expect(page.get_by_label("Documents to be read")).to_have_text("dropped.md")
    page.select_option("#class", "role:clerk")
    page.get_by_role("button", name="Read 1 document").press("Enter")
    page.wait_for_selector("h1:has-text('1 file was read')")
    expect(page.get_by_role("main")).to_contain_text("dropped.md")
    with Office(office_directory) as office:
        paths = {each.path: each.classes for each in office.body().catalog.sources()}
    assert paths["dropped.md"] == ("role:clerk",) and "first.md" not in paths


def test_files_are_handed_in_without_scripts(page_as: Browser, tmp_path: Path) -> None:
    (tmp_path / "plain.md").write_bytes(MARKDOWN + b"plain")
    page = page_as("clerk", java_script_enabled=False)
    page.goto(READING)
    page.select_option("#class", "role:clerk")
    page.set_input_files("#files", str(tmp_path / "plain.md"))
    page.get_by_role("button", name="Read them").click()
    page.wait_for_selector("h1:has-text('1 file was read')")
    expect(page.get_by_role("main")).to_contain_text("plain.md")


def test_more_than_a_page_takes_is_refused_before_it_is_kept(served: str) -> None:
    import http.client

    host = served.removeprefix("http://")
    for path in (f"/{SLUG}/", READING):
        connection = http.client.HTTPConnection(host, timeout=PATIENCE)
        connection.putrequest("POST", path)
        connection.putheader("Content-Length", str(200 * 1024 * 1024))
        connection.endheaders()
        assert connection.getresponse().status == 413
        connection.close()


def test_what_is_handed_in_as_hidden_is_told_to_no_clerk(browser_as: Browser, office_directory: Path) -> None:
    number = number_of(handed_in(browser_as("owner"), sent("s.md", MARKDOWN + b"secret"), **{"class": "hidden"}))
    finished(office_directory, number)
    assert "s.md" in browser_as("owner").get(f"{READING}/{number}").content.decode()
    clerk = browser_as("clerk")
    assert [clerk.get(f"{READING}/{number}{page}").status_code for page in ("", "/progress")] == [404, 404]
    assert f"{READING}/{number}" not in clerk.get(READING).content.decode()


def test_a_document_that_was_hidden_since_is_told_to_no_clerk(browser_as: Browser, office_directory: Path) -> None:
    number = number_of(handed_in(browser_as("clerk"), sent("h.md", MARKDOWN + b"since"), **{"class": "members"}))
    [line] = finished(office_directory, number).result["files"]
    with Office(office_directory) as office:
        keeping.classify(office.body(), OWNER, line["source"], "hidden")
    page = browser_as("clerk").get(f"{READING}/{number}").content.decode()
    assert "h.md" not in page and "A document that you may not see." in page


def asked(directory: Path) -> int:
    """A job that asks whether a house is to be used."""
    counts = {"sittings": 1, "items": 1, "speeches": 0, "attendance": 0, "findings": 0, "told": 10, "letters": 40}
    result = {"toml": 'language = "en"\n', "compared": 1, "without": counts, "with_it": counts | {"speeches": 7}}
    with Office(directory) as office:
        folder = incoming.new_folder(office)
        (folder / incoming.numbered(0)).write_bytes(MARKDOWN + b"asked")
        told = {"folder": folder.name, "files": [[0, "asked.md"]], "class": "role:clerk", "authority": "", "count": 1}
        with alone_with(office) as kept:
            number = kept.add(SLUG, "owner", "read", told | {"propose": True})
            assert kept.take("test") and kept.end(number, "test", "asked", result, told | {"propose": True})
    return number


def test_a_house_that_is_proposed_is_shown_with_what_it_would_change(
    browser_as: Browser, office_directory: Path
) -> None:
    number, clerk = asked(office_directory), browser_as("clerk")
    page = clerk.get(f"{READING}/{number}").content.decode()
    assert "language = &quot;en&quot;" in page and '<td class="number">7</td>' in page
    answer = clerk.post(f"{READING}/{number}/answer", {"answer": "house", "toml": "language = 3"})
    assert answer.status_code == 400
    assert clerk.post(f"{READING}/{number}/answer", {"answer": "plain"}).status_code == 303
    assert finished(office_directory, number).state == "done"
    assert clerk.post(f"{READING}/{number}/answer", {"answer": "plain"}).status_code == 403


def test_files_that_are_not_to_be_read_after_all_are_not_kept(browser_as: Browser, office_directory: Path) -> None:
    number, clerk = asked(office_directory), browser_as("clerk")
    assert (
        "are not kept" in clerk.post(f"{READING}/{number}/answer", {"answer": "discard"}, follow=True).content.decode()
    )
    assert clerk.get(f"{READING}/{number}").status_code == 404
    assert emptied(office_directory)


def test_how_far_a_reading_is_comes_as_events_until_it_ends(browser_as: Browser, office_directory: Path) -> None:
    clerk = browser_as("clerk")
    number = number_of(handed_in(clerk, sent("p.md", MARKDOWN + b"progress")))
    finished(office_directory, number)
    answer = clerk.get(f"{READING}/{number}/progress")

    async def collected() -> str:
        return b"".join([part async for part in answer.streaming_content]).decode()

    with ThreadPoolExecutor(1) as apart:  # A browser of the other tests may hold this thread's loop.
        told = apart.submit(asyncio.run, collected()).result()
    assert answer["Content-Type"] == "text/event-stream" and '"pending": false' in told


@pytest.mark.skipif(os.name == "nt", reason="there every process is ended so")
def test_a_process_that_does_not_end_is_killed(django: None) -> None:
    from remembrancer.interfaces.web.serving.carrier import end

    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True); time.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", deaf], stdout=subprocess.PIPE) as process:
        assert process.stdout and process.stdout.readline()
        end(process, 0.05)
        assert process.returncode < 0
