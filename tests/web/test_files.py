"""Laws of the office's own files: an address with the hash of a file never changes what it gives."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient


def test_a_page_names_files_by_their_hash_and_browsers_keep_those_for_a_year(django: None) -> None:
    from django.templatetags.static import static
    from starlette.applications import Starlette
    from starlette.routing import Mount

    from remembrancer.interfaces.web.serving.files import A_YEAR, AN_HOUR, files

    client: Any = TestClient(Starlette(routes=[Mount("/static", files())]))
    address = static("web/office.css")
    assert "?v=" in address
    named, bare, wrong = (client.get(each) for each in (address, address.partition("?")[0], f"{address}0"))
    assert named.headers["Cache-Control"] == A_YEAR
    assert bare.headers["Cache-Control"] == wrong.headers["Cache-Control"] == AN_HOUR
    assert named.headers["Content-Encoding"] == "gzip"
    assert named.content == bare.content


def test_a_file_that_there_is_not_has_no_hash(django: None) -> None:
    from django.templatetags.static import static

    assert static("web/nothing.css") == "/static/web/nothing.css"
