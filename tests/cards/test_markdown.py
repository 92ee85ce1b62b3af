"""Texts of Markdown cards are plain, and their tables are tables."""

from __future__ import annotations

from hytenlp.cards import word
from hytenlp.cards.markdown import plain
from hytenlp.cards.reader import card_of, parse_card
from tests.cards.test_word import p
from tests.cards.test_word import word as document

CARD = """## Huolen aiheet

* Melu *yöllä* ja _ilkivalta_ kasvoi[^1]
> - Bussit [harvenivat](https://example.org/bussit)
- [x] Pihat **pimeitä**

[^1]: Lähde: kysely
"""


def test_inline_signs_are_taken_off(analyser):
    card = parse_card(CARD, "kortti.md", analyser)
    assert [c.text for c in card.concerns] == ["Melu yöllä ja ilkivalta kasvoi", "Bussit harvenivat", "Pihat pimeitä"]
    assert [c.line for c in card.concerns] == [3, 4, 5]
    assert not card.unplaced


def test_signs_of_other_texts_stay(analyser):
    card = parse_card("Huolen aiheet\n• Melu *yöllä* ja _ilkivalta_\n", "kortti.txt", analyser)
    assert [c.text for c in card.concerns] == ["Melu *yöllä* ja _ilkivalta_"]


def test_names_and_sums_stay():
    assert plain("* tiedosto_nimi_1 ja 2 * 3 * 4") == "* tiedosto_nimi_1 ja 2 * 3 * 4"


TABLES = """# Kuntakortti Pohjala 2024

| Ilon aiheet | Huolen aiheet |
| --- | :---: |
| Kirjasto | - Melu<br>- Ilkivalta |

## Toimet

Teema | Toimenpide | Vastuutaho | Tila
----|---|:-|-:
Mielen hyvinvointi | Järjestetty *kriisiapua* a\\|b | Nuorisopalvelut | tehty
| | Palkattu psykologi | Koulut | tehty |
| Arjen turvallisuus | | | |
| Arjen turvallisuus | Valaistu polku | Tekninen toimi | tehty |

Loppusanoja.
"""


def _word(analyser):
    """The same tables as a Word document."""
    tables = (
        [("Ilon aiheet", "Huolen aiheet"), ("Kirjasto", "Melu")],
        [
            ("Teema", "Toimenpide", "Vastuutaho", "Tila"),
            ("Mielen hyvinvointi", "Järjestetty kriisiapua a|b", "Nuorisopalvelut", "tehty"),
            ("", "Palkattu psykologi", "Koulut", "tehty"),
            ("Arjen turvallisuus", "", "", ""),
            ("Arjen turvallisuus", "Valaistu polku", "Tekninen toimi", "tehty"),
        ],
    )
    cells = [[[[text] for text in row] for row in rows] for rows in tables]
    cells[0][1] = [["Kirjasto"], ["- Melu", "- Ilkivalta"]]
    joys, actions = (
        "".join(
            f"<w:tr>{''.join(f'<w:tc>{chr(10).join(map(p, texts))}</w:tc>' for texts in row)}</w:tr>" for row in rows
        )
        for rows in cells
    )
    body = (
        p("Kuntakortti Pohjala 2024", style="O1") + f"<w:tbl>{joys}</w:tbl>" + p("Toimet", style="O1")
        + f"<w:tbl>{actions}</w:tbl>" + p("Loppusanoja.")
    )  # fmt: skip
    return card_of(word.read(document(body), "kortti.docx"), "kortti.docx", analyser)


def test_tables_are_read_as_in_a_word_document(analyser):
    card, same = parse_card(TABLES, "kortti.md", analyser), _word(analyser)
    assert [b.text for b in card.joys] == [b.text for b in same.joys] == ["Kirjasto"]
    assert [b.text for b in card.concerns] == [b.text for b in same.concerns] == ["Melu", "Ilkivalta"]
    found = [(a.stated_theme, a.category, a.text) for a in card.actions]
    assert found == [(a.stated_theme, a.category, a.text) for a in same.actions]
    assert found[:3] == [
        ("mieli", None, "Järjestetty kriisiapua a|b"),
        ("mieli", None, "Palkattu psykologi"),
        ("turvallisuus", None, "Valaistu polku"),
    ]
    assert [a.line for a in card.actions[:3]] == [11, 12, 14]


def test_a_table_without_a_rule_and_one_of_one_column(analyser):
    text = "## Huolen aiheet\n\n| Huoli |\n|---|\n| Melu |\n| Roskat |\n\n## Mielen hyvinvointi\n| Toimenpide | Vastuutaho |\n| Avattu ryhmä | Koulu |\n- Palkattu psykologi | a\n"
    card = parse_card(text, "kortti.md", analyser)
    assert [c.text for c in card.concerns] == ["Melu", "Roskat"]
    assert [a.text for a in card.actions] == ["Avattu ryhmä", "Palkattu psykologi | a"]


def test_bars_in_prose_and_rules_are_no_tables(analyser):
    text = "Huolen aiheet\n---\n- Melu | pöly\n---\n- Roskat ja\n  pimeys | liukkaus\n"
    card = parse_card(text, "kortti.md", analyser)
    assert [c.text for c in card.concerns] == ["Melu | pöly", "Roskat ja pimeys | liukkaus"]


def test_a_long_table_is_no_gap_and_no_furniture(analyser):
    rows = "".join(f"| Ryhmä {chr(97 + i)} avattu | tehty |\n" for i in range(12)) + "| Sama toimi | tehty |\n" * 4
    text = f"## Mielen hyvinvointi\n| Toimenpide | Tila |\n|-|-|\n{rows}\n- Vika\n"
    card = parse_card(text, "kortti.md", analyser)
    assert len(card.actions) == 17
    assert not card.unplaced


def test_joys_and_concerns_in_cells_may_have_the_words_of_headings(analyser):
    head = "| Ilon aiheet | Huolen aiheet |\n|---|---|\n"
    text = (
        head
        + "| Hyvä mieli | Roskat |\n| Talkoot | Osallisuus |\n| Satama | Viestintä |\n\n## Mielen hyvinvointi\n- Avattu ryhmä\n"
    )
    card = parse_card(text, "kortti.md", analyser)
    assert [b.text for b in card.joys] == ["Hyvä mieli", "Talkoot", "Satama"]
    assert [b.text for b in card.concerns] == ["Roskat", "Osallisuus", "Viestintä"]
    assert [(a.stated_theme, a.text) for a in card.actions] == [("mieli", "Avattu ryhmä")]
    alone = parse_card(head + "| Talkoot | Osallisuus |\n| Hyvä mieli | |\n", "kortti.md", analyser)
    assert [b.text for b in alone.joys] == ["Talkoot", "Hyvä mieli"]
    assert [b.text for b in alone.concerns] == ["Osallisuus"]


def test_a_theme_that_begins_inside_the_table_of_joys_is_one(analyser):
    text = "| Ilon aiheet | Huolen aiheet |\n|---|---|\n| Kirjasto | Roskat |\n| Mielen hyvinvointi | |\n\n- Avattu ryhmä\n"
    card = parse_card(text, "kortti.md", analyser)
    assert [b.text for b in card.joys] == ["Kirjasto"]
    assert [(a.stated_theme, a.text) for a in card.actions] == [("mieli", "Avattu ryhmä")]
