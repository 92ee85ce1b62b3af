"""Web pages: what is no part of a card's text."""

from __future__ import annotations

from hytenlp.cards import web


def test_running_header_and_footer_of_an_exported_page_are_left_out():
    page = (
        "<div title='header'><p>Kuusilan kunta</p></div><h1>Huolen aiheet</h1><div title='footer'><p>Sivu 1</p></div>"
    )
    assert [line.text for line in web.read(page.encode(), "kortti.html").lines] == ["Huolen aiheet"]
