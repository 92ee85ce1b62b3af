"""Word documents: what only they have, written as XML."""

from __future__ import annotations

import io
import zipfile

import pytest

from hytenlp.cards.word import read

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
)
STYLES = (
    '<w:style w:type="paragraph" w:styleId="O1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Oma"><w:name w:val="Oma"/><w:basedOn w:val="O1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Luettelo"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
)


def run(text, look=""):
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs, style="", properties=""):
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{''.join(r if r.startswith('<') else run(r) for r in runs)}</w:p>"


def item(text, number=1, level=0):
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def word(body, extra=None):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, root, content in (
            ("document", "document", f"<w:body>{body}</w:body>"),
            ("numbering", "numbering", NUMBERING),
            ("styles", "styles", STYLES),
        ):
            archive.writestr(
                f"word/{name}.xml",
                f'<w:{root} xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{content}</w:{root}>',
            )
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def lines(body):
    return [(line.glyph, line.level, line.text) for line in read(word(body), "kortti.docx").lines]


def test_headings_by_style_outline_and_look():
    text = p("Tavallista tekstiä, jota on asiakirjassa eniten ja joka kertoo, miltä leipäteksti näyttää.")
    body = (
        text
        + p("A", style="O1")
        + p("B", style="Oma")
        + p("C", properties='<w:outlineLvl w:val="1"/>')
        + p(run("D", "<w:b/>"))
    )
    body += (
        p(run("E", '<w:color w:val="1F4E79"/>'))
        + p(run("F", '<w:sz w:val="40"/>'))
        + p(run("G", '<w:b w:val="0"/>'))
        + p(run("H", '<w:color w:val="333333"/>'))
    )
    assert [level for _, level, _ in lines(body)[1:]] == [1, 1, 2, 6, 6, 3, 0, 0]


def test_lists_by_style_and_number():
    body = (
        item("yksi")
        + item("kaksi", level=1)
        + p("kolme", style="Luettelo")
        + item("a", 2)
        + item("b", 2)
        + p("o\tneljä")
        + p("–\tviisi")
    )
    assert [(glyph, text) for glyph, _, text in lines(body)] == [
        ("•", "yksi"), ("•", "kaksi"), ("•", "kolme"), ("1.", "a"), ("1.", "b"), ("o", "neljä"), ("–", "viisi"),
    ]  # fmt: skip


def test_accepted_text_of_tracked_changes():
    body = p(
        "Lisätty ",
        f"<w:del>{run('vanha')}</w:del>",
        f"<w:ins>{run('uusi')}</w:ins>",
        run(" neuvonta"),
        run(" salattu", "<w:vanish/>"),
    )
    body += p("Alku", properties='<w:rPr><w:del w:id="1"/></w:rPr>') + p(" ja loppu")
    body += f"<w:ins>{p('Kokonaan uusi')}</w:ins>"
    assert [text for *_, text in lines(body)] == ["Lisätty uusi neuvonta", "Alku ja loppu", "Kokonaan uusi"]


def test_footnotes_fields_and_contents_are_left_out():
    body = p("Ilon aiheet\t2", style="TOC1") + p(
        "Toimi", '<w:r><w:footnoteReference w:id="1"/></w:r>', "<w:r><w:instrText>DATE</w:instrText></w:r>"
    )
    assert [text for *_, text in lines(body)] == ["Toimi"]


def test_text_box_is_read_once():
    box = f"<w:txbxContent>{p('Kunnan omat nostot:')}{p('- Nosto')}</w:txbxContent>"
    choice = f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    read_ = read(word(p("Ennen", f"<w:r>{choice}</w:r>") + p("Jälkeen")), "kortti.docx").lines
    assert [(line.text, line.box) for line in read_] == [
        ("Ennen", 0),
        ("Kunnan omat nostot:", 1),
        ("Nosto", 1),
        ("Jälkeen", 0),
    ]


def test_cells_know_their_row_and_column():
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc>{p(text)}</w:tc>' for text in row)}</w:tr>" for row in (("A", "B"), ("C", "D"))
    )
    cells = [(line.text, *line.cell[1:]) for line in read(word(f"<w:tbl>{rows}</w:tbl>"), "k.docx").lines]
    assert cells == [("A", 0, 0), ("B", 0, 1), ("C", 1, 0), ("D", 1, 1)]


def test_pages_are_counted():
    body = p("Yksi") + p('<w:r><w:br w:type="page"/></w:r>', "Kaksi") + p("Kolme")
    assert [line.page for line in read(word(body), "k.docx").lines] == [1, 2, 2]


@pytest.mark.parametrize("dash", ["<w:noBreakHyphen/>", "<w:t>-</w:t>"])
def test_hyphens(dash):
    assert (
        lines(p("Wilma", f"<w:r>{dash}</w:r>", "viesti pyö", "<w:r><w:softHyphen/></w:r>", "räily"))[0][2]
        == "Wilma-viesti pyöräily"
    )


@pytest.mark.parametrize(
    ("kind", "page"), [("", 2), ('<w:type w:val="nextPage"/>', 2), ('<w:type w:val="continuous"/>', 1)]
)
def test_section_begins_a_new_page_unless_it_is_continuous(kind, page):
    body = p("Yksi", properties="<w:sectPr/>") + p("Kaksi") + f"<w:sectPr>{kind}</w:sectPr>"
    assert [(line.text, line.page) for line in read(word(body), "kortti.docx").lines] == [("Yksi", 1), ("Kaksi", page)]
