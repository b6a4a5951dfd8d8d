"""What stands on a page many times is made quickly, as the template would have made it."""

from __future__ import annotations

from types import SimpleNamespace

HOSTILE = "<script>'\"&</script>"
"""Words of a record that would be markup if they were not escaped."""


def made(source: str, **shown: object) -> str:
    """What a template makes."""
    from django.template import Context, engines

    return str(engines["django"].engine.from_string(source).render(Context(shown)))  # type: ignore[attr-defined]


def test_an_address_is_the_one_that_django_makes_also_under_another_prefix(django: None) -> None:
    from django.urls import get_script_prefix, reverse, set_script_prefix

    tag, before = "{% url 'decision' 'alder' which %}", get_script_prefix()
    try:
        for prefix in ("/", "/office/", "/"):
            set_script_prefix(prefix)
            for which in ("d1", "d2", "d1"):
                assert made(tag, which=which) == reverse("decision", args=["alder", which])
                assert made(tag, which=which).startswith(prefix)
    finally:
        set_script_prefix(before)


def test_numbers_and_truths_that_are_equal_have_addresses_of_their_own(django: None) -> None:
    assert made("{% url 'entry' 'alder' which %}", which=1).endswith("/1")
    assert made("{% url 'decision' 'alder' which %}", which=1).endswith("/1")
    assert made("{% url 'decision' 'alder' which %}", which=True).endswith("/True")


def test_an_excerpt_holds_the_words_of_the_record_and_none_of_its_markup(django: None) -> None:
    from remembrancer.interfaces.web.showing.quoting import Excerpt, Piece

    shown = Excerpt(((Piece(HOSTILE, False), Piece("fee", True)), (Piece(HOSTILE, True),)), True, False)
    page = made("{{ shown|excerpt }}", shown=shown)
    assert "<script" not in page
    assert page.count("&lt;script&gt;") == page.count("<q>") == page.count("<mark>") == page.count("[…]") == 2
    assert page.index("[…]") < page.index("<q>") and page.endswith("</q></p>")


def test_a_passage_holds_the_words_of_the_record_and_none_of_its_markup(django: None) -> None:
    from remembrancer.interfaces.web.templatetags.reading import passages
    from remembrancer.memory.views import SpeechView, TextView

    parts = (
        SpeechView("s1", "", HOSTILE, "p1", HOSTILE, HOSTILE, HOSTILE, (SimpleNamespace(source="a" * 64),)),  # type: ignore[arg-type]
        TextView("t1", "", "text", HOSTILE, "", ()),
    )
    context = {
        "at": "t1",
        "lang": "",
        "addresses": {"link": "/id/", "source": "/sources/", "person": "/people/"},
        "followed": {"p1"},
        "chains": {"s1": (("Ann", HOSTILE),)},
    }
    page = passages(context, parts)
    assert "<script" not in page and page.count("&lt;script&gt;") == 8
    assert '<a href="/people/p1">' in page and f'href="/sources/{"a" * 64}?at=s1#mark"' in page
    assert page.count('class="here"') == page.count('class="hearsay"') == page.count('class="who"') == 1
    assert passages({**context, "followed": set()}, parts).count("/people/") == 0
