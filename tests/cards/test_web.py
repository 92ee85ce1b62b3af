"""Web pages: what is no part of a card's text."""

from __future__ import annotations

from hytenlp.cards import web


def test_running_header_and_footer_of_an_exported_page_are_left_out():
    page = (
        "<div title='header'><p>Kuusilan kunta</p></div><h1>Huolen aiheet</h1><div title='footer'><p>Sivu 1</p></div>"
    )
    assert [line.text for line in web.read(page.encode(), "kortti.html").lines] == ["Huolen aiheet"]


def test_the_foot_of_a_page_is_no_text_unless_it_holds_bullets():
    read = web.read(
        b"<main><h1>Huolen aiheet</h1><p>Melu</p></main><footer><p>Kuusilan kunta, Raitti 1</p></footer>", "kortti.html"
    )
    assert [line.text for line in read.lines] == ["Huolen aiheet", "Melu"]
    assert [line.text for line in read.furniture] == ["Kuusilan kunta, Raitti 1"]
    read = web.read(b"<h1>Huolen aiheet</h1><footer><ul><li>Melu</li></ul></footer>", "kortti.html")
    assert [line.text for line in read.lines] == ["Huolen aiheet", "Melu"]
    assert not read.furniture
