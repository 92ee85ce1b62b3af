"""Lines from how they stand: glyphs and boxes of tasks are taken off, the bullet stays."""

from __future__ import annotations

import pytest

from hytenlp.cards.lines import make_line, text_document
from hytenlp.cards.reader import parse_card


@pytest.mark.parametrize("box", ["[ ]", "[x]", "[X]", "[\u00a0]", "[]", "☐", "☑", "☒", "✔", "\uf0a8"])
@pytest.mark.parametrize("before", ["", "- ", "* ", "•\t", "    – ", "2. "])
def test_the_box_of_a_task_is_no_text(before, box):
    line = make_line(f"{before}{box} Avattu ryhmä [x] ja ☐ toinen", 1, 1)
    assert line.text == "Avattu ryhmä [x] ja ☐ toinen"
    assert line.glyph == (before.strip().replace("2.", "1.") or "☐")


@pytest.mark.parametrize("raw", ["☐Avattu", "• ☑Avattu", "☒\tAvattu"])
def test_a_box_may_touch_its_text(raw):
    assert make_line(raw, 1, 1).text == "Avattu"


@pytest.mark.parametrize("raw", ["[1] Lähde", "[xx] kohta", "[x]y on kaava"])
def test_other_brackets_are_text(raw):
    line = make_line(raw, 1, 1)
    assert (line.glyph, line.text) == ("", raw)


@pytest.mark.parametrize("source", ["kortti.txt", "kortti.md"])
def test_ticked_and_unticked_bullets_of_a_card(analyser, source):
    text = "Huolen aiheet\n\n[ ] Melu\n[x] Ilkivalta\n☐ Pimeys\n  ☒ myös pihoilla\n☑ Liikenne\n☐\nRoskat\n"
    card = parse_card(text, source, analyser)
    assert [c.text for c in card.concerns] == ["Melu", "Ilkivalta", "Pimeys myös pihoilla", "Liikenne", "Roskat"]


def test_a_tick_is_no_status(classified, analyser):
    card = parse_card("Mielen hyvinvointi\n- [x] Suunnitteilla ryhmä\n- [ ] Avattiin ryhmä\n", "kortti.md", analyser)
    assert [classified(action.text).status for action in card.actions] == ["suunniteltu", "tehty"]


@pytest.mark.parametrize("number", ["sivu 1/2", "Sivu 1 (2)", "s. 1/2"])
def test_a_footer_that_counts_pages_is_no_text_at_the_end_of_its_page(number):
    found = text_document(f"Huolen aiheet\n- Melu\n\nKuusila 2024   {number}\n\f- Pimeys\n")
    assert [line.text for line in found.lines] == ["Huolen aiheet", "Melu", "Pimeys"]
    assert [line.text for line in found.furniture] == [f"Kuusila 2024 {number}"]
    inside = text_document(f"Huolen aiheet\n- Esite on vanha, ks.\nKuusila {number}\n- Pimeys\n")
    assert not inside.furniture
