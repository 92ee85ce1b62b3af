"""Makes the documents of `tests/cards/fixtures/`: the example cards as Word, OpenDocument, HTML and PDF, several producers and looks.

Run by hand when a look is added; `make test` reads what is committed. Needs LibreOffice (`soffice`) and
`pip install weasyprint reportlab python-docx`:

    python tests/cards/make_fixtures.py [--all] [--cards FOLDER] [--out FOLDER]

Texts, themes and categories come from the readings beside the example cards, so that every document must give that reading.
"""

from __future__ import annotations

import argparse
import html
import json
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
CARDS = HERE.parent.parent / "corpus" / "cards"
THEMES = {
    "mieli": "Mielen hyvinvointi",
    "osallisuus": "Osallisuus ja yhteisöllisyys",
    "turvallisuus": "Arjen turvallisuus",
    "elintavat": "Päihteettömyys ja terveelliset elintavat",
}
CATEGORIES = {
    "lahiyhteisot": "Toimet lähiyhteisöissä:",
    "osallisuus": "Osallisuus:",
    "viestinta": "Viestintä:",
    "osaaminen": "Osaaminen:",
    "nostot": "Kunnan omat nostot:",
    None: "",
}
GOALS = ("Kuntalaiset voivat paremmin kuin edellisvuosina", "Apu löytyy läheltä ja ajoissa")
ACTIONS_HEAD = "Keskeiset hyte-toimet"
Groups = list[tuple[str | None, list[str]]]


class Card:
    """A reading, grouped as documents show it."""

    def __init__(self, path: Path) -> None:
        data = json.loads(path.read_text("utf-8"))
        self.name = path.name.removesuffix(".reading.json")
        self.title = f"Kuntakortti {data['municipality']}: Vuoden {data['year']} hyte-toiminta"
        self.footer = f"{data['municipality']} kuntakortti {data['year']}"
        self.joys = self._sections(data["joys"])
        self.concerns = self._sections(data["concerns"])
        self.themes: list[tuple[str, Groups]] = [
            (
                THEMES[theme],
                [(category, [a["text"] for a in group]) for category, group in self._by(actions, "category")],
            )
            for theme, actions in self._by(data["actions"], "stated_theme")
        ]

    @staticmethod
    def _by(rows: list[dict[str, Any]], key: str) -> Iterator[tuple[Any, list[dict[str, Any]]]]:
        for value, group in groupby(rows, key=lambda row: row[key]):
            yield value, list(group)

    def _sections(self, rows: list[dict[str, Any]]) -> Groups:
        return [(name, [row["text"] for row in group]) for name, group in self._by(rows, "section")]


# -- Word ----------------------------------------------------------------------------------------------------------------

_BOX = """<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
 xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
 xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><mc:AlternateContent><mc:Choice Requires="wps">
<w:drawing><wp:anchor distT="45720" distB="45720" distL="114300" distR="114300" simplePos="0" relativeHeight="251659264"
 behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>
<wp:positionV relativeFrom="paragraph"><wp:posOffset>60000</wp:posOffset></wp:positionV>
<wp:extent cx="{width}" cy="{height}"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="{number}" name="Text Box {number}"/>
<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">
<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="E8F1DE"/></a:solidFill>{line}</wps:spPr>
<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr><a:spAutoFit/></wps:bodyPr></wps:wsp></a:graphicData></a:graphic>
</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox></v:shape>
</w:pict></mc:Fallback></mc:AlternateContent></w:r>"""


def _word(card: Card, path: Path, build: Callable[[Any, Card], None]) -> None:
    import docx

    document = docx.Document()
    document.styles["Normal"].font.name = "Liberation Sans"
    document.styles["Normal"].font.size = docx.shared.Pt(9)
    section = document.sections[0]
    section.left_margin = section.right_margin = docx.shared.Mm(18)  # joys and concerns fit on the first page
    section.top_margin = section.bottom_margin = docx.shared.Mm(16)
    section.footer.paragraphs[0].text = f"{card.footer} – luonnos"
    document.add_paragraph(card.title, "Heading 1" if build is not word_bold else "Normal")
    build(document, card)
    document.save(str(path))


def _list(document: Any, groups: Groups, heading: Callable[[str], Any]) -> None:
    for name, texts in groups:
        if name:
            heading(name)
        for text in texts:
            document.add_paragraph(text, "List Bullet")


def word_boxes(document: Any, card: Card) -> None:
    """Two columns of a section, headings by style, own highlights in floating text boxes at the side."""
    import docx
    from docx.enum.section import WD_SECTION
    from docx.enum.text import WD_BREAK

    if card.joys:
        head = document.add_paragraph()
        head.add_run("Ilon aiheet\t\t\t\t\t\tHuolen aiheet").bold = True
        columns = document.add_section(WD_SECTION.CONTINUOUS)
        columns._sectPr.xpath("./w:cols")[0].set(docx.oxml.ns.qn("w:num"), "2")
        _list(document, card.joys, lambda name: document.add_heading(f"{name}:", 3))
        document.add_paragraph().add_run().add_break(WD_BREAK.COLUMN)
        _list(document, card.concerns, lambda name: document.add_heading(f"{name}:", 3))
        after = document.add_section(WD_SECTION.CONTINUOUS)
        after._sectPr.xpath("./w:cols")[0].set(docx.oxml.ns.qn("w:num"), "1")
    number = 0
    for theme, groups in card.themes:
        document.add_heading(theme, 1)
        for goal in GOALS if groups[0][0] else ():
            document.add_paragraph(goal)
        if groups[0][0]:
            document.add_paragraph().add_run(ACTIONS_HEAD).bold = True
        boxes = [texts for category, texts in groups if category == "nostot"]
        for category, texts in groups:
            if category == "nostot" and len(groups) > len(boxes):
                continue
            if category:
                anchor = document.add_heading(CATEGORIES[category], 2)
                if boxes:
                    number += 1
                    _text_box(anchor, boxes.pop(), number)
            for text in texts:
                document.add_paragraph(text, "List Bullet")


def _text_box(paragraph: Any, texts: list[str], number: int) -> None:
    from docx.oxml import parse_xml

    content = "".join(
        f'<w:p><w:pPr><w:spacing w:after="40"/></w:pPr><w:r><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r></w:p>'
        for text in [CATEGORIES["nostot"], *(f"▫ {text}" for text in texts)]
    )
    lines = 2 + sum(1 + len(text) // 36 for text in texts)
    edge = (
        "<a:ln w='9525'><a:solidFill><a:srgbClr val='70AD47'/></a:solidFill></a:ln>"
        if number % 2
        else "<a:ln><a:noFill/></a:ln>"
    )
    paragraph._p.append(
        parse_xml(_BOX.format(width=2300000, height=lines * 165000, number=number, content=content, line=edge))
    )


def word_table(document: Any, card: Card) -> None:
    """Tables hold everything: joys beside concerns, a row a theme."""
    if card.joys:
        table = document.add_table(2, 2, "Table Grid")
        for column, (head, groups) in enumerate((("Ilon aiheet", card.joys), ("Huolen aiheet", card.concerns))):
            table.cell(0, column).text = head
            cell = table.cell(1, column)
            _cell(cell, [(f"{name}:" if name else "", texts) for name, texts in groups])
        document.add_paragraph()
    table = document.add_table(1, 2, "Table Grid")
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Teema", "Toimenpiteet"
    for theme, groups in card.themes:
        cells = table.add_row().cells
        cells[0].text = theme
        _cell(cells[1], [(CATEGORIES[category], texts) for category, texts in groups])


def _cell(cell: Any, groups: list[tuple[str, list[str]]]) -> None:
    for name, texts in groups:
        if name:
            cell.add_paragraph().add_run(name).bold = True
        for text in texts:
            cell.add_paragraph(f"- {text}")


def word_bold(document: Any, card: Card) -> None:
    """No styles at all: bold and coloured headings, typed glyphs, soft hyphens, decomposed umlauts."""
    import unicodedata

    import docx

    def heading(text: str) -> None:
        run = document.add_paragraph().add_run(unicodedata.normalize("NFD", text))
        run.bold = True
        run.font.color.rgb = docx.shared.RGBColor(0x1F, 0x4E, 0x79)

    def bullets(texts: list[str]) -> None:
        for text in texts:
            document.add_paragraph("•\t" + unicodedata.normalize("NFD", text).replace("työ", "ty\u00adö"))

    for head, groups in (("Ilon aiheet", card.joys), ("Huolen aiheet", card.concerns)):
        if groups:
            heading(head.upper())
        for name, texts in groups:
            if name:
                document.add_paragraph().add_run(f"{name}").italic = True
            bullets(texts)
    for theme, themed in card.themes:
        heading(theme.upper())
        for category, texts in themed:
            if category:
                document.add_paragraph().add_run(CATEGORIES[category]).bold = True
            bullets(texts)


# -- HTML, and PDF from it -------------------------------------------------------------------------------------------------


def _page(card: Card, style: str, body: str) -> str:
    base = "body{font:10pt 'Liberation Sans'} @page{size:A4;margin:18mm;@bottom-right{content:'Sivu ' counter(page)}"
    base += f"@bottom-left{{content:'{card.footer}'}}}}"
    return (
        f"<!doctype html><html lang=fi><head><meta charset=utf-8><title>{html.escape(card.title)}</title>"
        f"<style>{base}{style}</style><script>alert('Huolen aiheet')</script></head><body>{body}</body></html>"
    )


def _ul(texts: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{html.escape(text)}</li>" for text in texts) + "</ul>"


def _html_groups(groups: list[tuple[str, list[str]]], level: int) -> str:
    return "".join((f"<h{level}>{html.escape(n)}</h{level}>" if n else "") + _ul(texts) for n, texts in groups)


def _html_joys(card: Card) -> list[str]:
    return [
        f"<div><h2>{head}</h2>{_html_groups([(f'{n}:' if n else '', t) for n, t in groups], 4)}</div>"
        for head, groups in (("Ilon aiheet", card.joys), ("Huolen aiheet", card.concerns))
        if groups
    ]


def html_floats(card: Card) -> str:
    """Two columns side by side; highlights float at the right, without a frame in every other theme."""
    body = f"<h1>{html.escape(card.title)}</h1><div class=two>{''.join(_html_joys(card))}</div>"
    for number, (theme, groups) in enumerate(card.themes):
        box = "".join(
            f"<aside class=b{number % 2}><b>{CATEGORIES[category]}</b>{_ul(texts)}</aside>"
            for category, texts in groups
            if category == "nostot"
        )
        rest = [(CATEGORIES[category], texts) for category, texts in groups if category != "nostot"]
        body += f"<section><h2>{theme}</h2>{box}{_html_groups(rest, 3)}</section>"
    style = (
        "h1{font-size:16pt} h2{font-size:13pt;color:#14532d} h3{font-size:10pt;margin:4pt 0} h4{font-size:10pt;margin:3pt 0}"
        ".two{display:flex} .two>div{width:50%;padding-right:6mm} ul{padding-left:6mm;margin:2pt 0} section{clear:both}"
        "aside{float:right;width:38%;margin:2mm 0 2mm 6mm;padding:2mm} .b0{border:1pt solid #888;background:#eef}"
    )
    return _page(card, style, body)


def html_table(card: Card) -> str:
    """A ruled table, theme | actions; joys beside concerns in another; justified and hyphenated."""
    body = f"<h1>{html.escape(card.title)}</h1>"
    if card.joys:
        body += f"<table><tr>{''.join(f'<td>{one}</td>' for one in _html_joys(card))}</tr></table>"
    rows = "".join(
        f"<tr><td>{theme}</td><td>{_html_groups([(CATEGORIES[c], texts) for c, texts in groups], 4)}</td></tr>"
        for theme, groups in card.themes
    )
    body += f"<table><thead><tr><th>Teema</th><th>Toimenpiteet</th></tr></thead>{rows}</table>"
    style = (
        "h1{font-size:16pt} h2{font-size:11pt} h4{font-size:10pt;margin:3pt 0} table{border-collapse:collapse;width:100%;margin:4mm 0}"
        "td,th{border:.5pt solid #444;padding:2mm;vertical-align:top} ul{padding-left:5mm;margin:2pt 0} td:first-child{width:28%}"
        "li{text-align:justify;hyphens:auto}"
    )
    return _page(card, style, body)


# -- PDF drawn by hand -----------------------------------------------------------------------------------------------------


class _Drawing:
    """A PDF drawn line by line, like a designer's programme does: footers first, boxes last on their page."""

    def __init__(self, path: Path, footer: str) -> None:
        from reportlab.lib.pagesizes import A4
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont
        from reportlab.pdfgen.canvas import Canvas

        folder = Path("/usr/share/fonts/truetype/dejavu")
        pdfmetrics.registerFont(TTFont("text", folder / "DejaVuSans.ttf"))
        pdfmetrics.registerFont(TTFont("bold", folder / "DejaVuSans-Bold.ttf"))
        self.height = A4[1]
        self.canvas = Canvas(str(path), A4, invariant=1)
        self._width = pdfmetrics.stringWidth
        self._late: list[tuple[float, float, str, str, int]] = []
        self._footer, self._page = footer, 1
        self._foot()

    def _foot(self) -> None:
        self.now(50, 30, f"{self._footer} | {self._page}", "text", 7)

    def turn(self) -> float:
        """Begins a new page; gives the height of its first line."""
        for what in self._late:
            self.now(*what)
        self._late.clear()
        self.canvas.showPage()
        self._page += 1
        self._foot()
        return self.height - 60

    def now(self, x: float, y: float, text: str, font: str, size: int) -> None:
        """Draws a text."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)

    def later(self, *what: Any) -> None:
        """Draws a text when all else of the page is drawn."""
        self._late.append(what)

    def wrap(self, text: str, room: float) -> list[str]:
        """A text in lines that fit."""
        lines, line = [], ""
        for word in text.split():
            longer = f"{line} {word}".strip()
            if self._width(longer, "text", 9) > room and line:
                lines.append(line)
                line = word
            else:
                line = longer
        return [*lines, line]

    def bullet(self, x: float, y: float, text: str, room: float, put: Callable[..., None]) -> float:
        """Draws a bullet; gives the height under it."""
        for i, line in enumerate(self.wrap(text, room - 14)):
            if not i:
                put(x, y, "▫", "text", 9)
            put(x + 14, y, line, "text", 9)
            y -= 12
        return y - 4


def drawn(card: Card, path: Path) -> None:
    """Two columns and floating boxes, drawn by hand."""
    paper = _Drawing(path, card.footer)
    y = paper.height - 60
    paper.now(50, y, card.title, "bold", 15)
    y -= 30
    for x, head, groups in ((50, "Ilon aiheet", card.joys), (310, "Huolen aiheet", card.concerns)):
        at = y - 20
        if groups:
            paper.now(x, y, head, "bold", 12)
        for name, texts in groups:
            if name:
                paper.now(x, at, f"{name}:", "bold", 9)
                at -= 14
            for text in texts:
                at = paper.bullet(x, at, text, 235, paper.now)
    y = paper.turn() if card.joys else y
    for theme, groups in card.themes:
        y = _drawn_theme(paper, y, theme, groups)
    paper.turn()
    paper.canvas.save()


def _drawn_theme(paper: _Drawing, y: float, theme: str, groups: Groups) -> float:
    boxes = [texts for category, texts in groups if category == "nostot"]
    rest = [(category, texts) for category, texts in groups if category != "nostot"] or groups
    room = 300 if boxes else 490
    lines = sum(1 + len(paper.wrap(text, room - 14)) for _, texts in rest for text in texts) + 2 * len(rest)
    tall = max([sum(1 + len(paper.wrap(text, 150)) for text in texts) * 12 + 30 for texts in boxes], default=0)
    if y - max(lines * 12 + 40, tall + 40) < 60:
        y = paper.turn()
    paper.now(50, y, theme, "bold", 13)
    y -= 20
    top = y
    for texts in boxes:
        paper.canvas.setStrokeGray(0.5)
        at = y - 14
        paper.later(376, at, CATEGORIES["nostot"], "bold", 9)
        at -= 16
        for text in texts:
            at = paper.bullet(376, at, text, 165, paper.later)
        paper.canvas.rect(368, at, 180, y - at)
        top = min(top, at)
    for category, texts in rest:
        if category:
            paper.now(50, y, CATEGORIES[category], "bold", 9)
            y -= 14
        for text in texts:
            y = paper.bullet(50, y, text, room, paper.now)
    return min(y, top) - 24


# -- all of them -----------------------------------------------------------------------------------------------------------

WORD = {"boxes": word_boxes, "table": word_table, "bold": word_bold}
PAGES = {"floats": html_floats, "table": html_table}
#: Which cards are committed in which look: every look several times, every card in several looks.
LOOKS = ("boxes.docx", "boxes.pdf", "table.docx", "table.pdf", "bold.docx", "bold.odt", "floats.html", "floats-web.pdf", "table-web.pdf", "drawn.pdf", "boxes.odt")  # fmt: skip


def _convert(source: Path, form: str, out: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", form, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True)
        out.write_bytes(next(Path(folder).glob(f"*.{form}")).read_bytes())


def make(card: Card, look: str, out: Path) -> None:
    """Writes one card in one look."""
    kind, form = look.rsplit(".", 1)
    path = out / f"{card.name}.{look}"
    if kind == "drawn":
        drawn(card, path)
    elif kind.endswith("-web"):
        import weasyprint

        weasyprint.HTML(string=PAGES[kind.removesuffix("-web")](card)).write_pdf(path)
    elif form == "html":
        path.write_text(PAGES[kind](card), "utf-8")
    else:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "card.docx"
            _word(card, source, WORD[kind])
            if form == "docx":
                path.write_bytes(source.read_bytes())
            else:
                _convert(source, form, path)


def make_hostile(out: Path) -> None:
    """Documents that are refused: one that needs a password, one that is only a picture."""
    from io import BytesIO

    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    out.mkdir(parents=True, exist_ok=True)
    locked = Canvas(str(out / "locked.pdf"), encrypt=StandardEncryption("avain", "isäntä", strength=128), invariant=1)
    locked.drawString(50, 700, "Huolen aiheet")
    locked.save()
    scanned = Canvas(str(out / "scanned.pdf"), invariant=1)
    grey = b"P5 8 8 255\n" + bytes(range(0, 256, 4))
    scanned.drawImage(ImageReader(BytesIO(grey)), 0, 0, 595, 842)
    scanned.save()


def main() -> None:
    """Writes every third look of each card, or with `--all` every look."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--cards", type=Path, default=CARDS)
    parser.add_argument("--out", type=Path, default=HERE / "fixtures")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    make_hostile(options.out.parent / "hostile")
    for i, reading in enumerate(sorted(options.cards.glob("*.reading.json"))):
        card = Card(reading)
        for j, look in enumerate(LOOKS):
            if options.all or (i + j) % 3 == 0:
                make(card, look, options.out)


if __name__ == "__main__":
    main()
