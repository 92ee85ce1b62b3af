"""What a page of a PDF draws: characters with their looks, lines and frames, read through PDFium."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from hytenlp.cards.pdf.page import Page, Rect, Run
from hytenlp.limits import MAX_PAGE_CHARACTERS, check

_MAX_SHAPES = 20_000  # path segments looked at on a page
_NESTING = 5  # forms inside forms
_SYMBOL_FONT = re.compile(r"symbol|dingbat|wingding|webding", re.IGNORECASE)
_BOLD_FONT = re.compile(r"bold|black|heavy|semib|demi", re.IGNORECASE)
# Ligatures, as Unicode has them and as exports of Word spell Calibri's ("Ɵ" for ti, …): no Finnish word has these letters.
_LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "Ɵ": "ti",
        "Ʃ": "tt",
        "Ō": "ft",
        "Ʀ": "tti",
    }
)


@dataclass(slots=True)
class Drawing:
    """What a page shows, and how many pictures are on it."""

    page: Page
    pictures: int = 0


@dataclass(slots=True)
class _Look:
    """How the characters of one text object look."""

    size: float
    bold: bool
    colour: int
    symbol: bool
    upright: bool
    artifact: bool


@dataclass(slots=True)
class _Turn:
    """From a page's own coordinates to those of the page as it is seen."""

    left: float
    bottom: float
    width: float
    height: float
    quarter: int

    def __call__(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, y - self.bottom
        return ((x, y), (y, self.width - x), (self.width - x, self.height - y), (self.height - y, x))[self.quarter]


def draw(document: Any, number: int, source: str) -> Drawing | None:
    """What one page shows; None when PDFium cannot load it."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return None
    try:
        left, bottom, right, top = page.get_mediabox()
        quarter = (page.get_rotation() // 90) % 4
        width, height = abs(right - left), abs(top - bottom)
        turn = _Turn(min(left, right), min(bottom, top), width, height, quarter)
        shown = (height, width) if quarter % 2 else (width, height)
        drawn = Drawing(Page(number + 1, *shown))
        text = raw.FPDFText_LoadPage(page)
        if text:
            try:
                count = raw.FPDFText_CountChars(text)
                check(count, MAX_PAGE_CHARACTERS, source, f"sivulla {number + 1} on liikaa tekstiä", "merkkiä")
                tagged = bool(raw.FPDFCatalog_IsTagged(document))
                drawn.page.runs = _runs(_characters(raw, text, count, turn, tagged))
            finally:
                raw.FPDFText_ClosePage(text)
        _Shapes(raw, drawn, turn).add_page(page)
        drawn.page.rects = _different(drawn.page.rects)
        return drawn
    finally:
        page.close()


@dataclass(slots=True)
class _Character:
    text: str
    x0: float
    x1: float
    base: float
    look: _Look


def _characters(raw: Any, text: Any, count: int, turn: _Turn, tagged: bool) -> Iterator[_Character]:
    """The characters that are drawn, in the order of the file; not those that PDFium adds between them."""
    looks: dict[int, _Look] = {}
    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    for i in range(count):
        if raw.FPDFText_IsGenerated(text, i) == 1:
            continue
        code = raw.FPDFText_GetUnicode(text, i)
        raw.FPDFText_GetCharOrigin(text, i, x, y)
        raw.FPDFText_GetLooseCharBox(text, i, box)
        if not all(map(math.isfinite, (x.value, y.value, box.left, box.right, box.top, box.bottom))):
            continue
        owner = raw.FPDFText_GetTextObject(text, i)
        key = ctypes.addressof(owner.contents) if owner else 0
        if key not in looks:
            looks[key] = _look(raw, text, i, owner, turn, tagged)
        look = looks[key]
        char = _as_text(raw, text, i, code, look)
        base_x, base = turn(x.value, y.value)
        corner, other = turn(box.left, box.bottom), turn(box.right, box.top)
        x0, x1 = min(corner[0], other[0]), max(corner[0], other[0])
        if char:
            yield _Character(char, min(x0, base_x) if look.upright else x0, x1, base, look)


def _as_text(raw: Any, text: Any, i: int, code: int, look: _Look) -> str:
    if raw.FPDFText_IsHyphen(text, i) == 1 or code in (0x02, 0xFFFE):
        return "-" if code != 0xAD else "\u00ad"
    if raw.FPDFText_HasUnicodeMapError(text, i) == 1 or code == 0xFFFD:
        return "•" if look.symbol else "\ufffd"
    if code == 0xA0:
        return " "
    char = chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else ""
    if char and ord(char) < 0x20:
        return " " if char in "\t\n\r\x0b" else ""
    if look.symbol and char.strip():
        return "•"  # "§", "Ø", "ü" are bullets in Wingdings
    return char.translate(_LIGATURES)


def _look(raw: Any, text: Any, i: int, owner: Any, turn: _Turn, tagged: bool) -> _Look:
    matrix = raw.FS_MATRIX()
    size = raw.FPDFText_GetFontSize(text, i) or 1.0
    upright = True
    if raw.FPDFText_GetMatrix(text, i, matrix):
        a, b = ((matrix.a, matrix.b), (matrix.b, -matrix.a), (-matrix.a, -matrix.b), (-matrix.b, matrix.a))[
            turn.quarter
        ]
        size *= math.hypot(matrix.c, matrix.d) or 1.0
        upright = a > 0 and abs(b) < 0.2 * abs(a)
    flags = ctypes.c_int()
    buffer = ctypes.create_string_buffer(200)
    raw.FPDFText_GetFontInfo(text, i, buffer, 200, flags)
    name = buffer.value.decode("utf-8", "replace")
    weight = raw.FPDFText_GetFontWeight(text, i)
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFText_GetFillColor(text, i, red, green, blue, alpha)
    size = size if math.isfinite(size) and 0.5 <= abs(size) <= 500 else 10.0
    return _Look(
        round(abs(size), 1),
        weight >= 600 or bool(_BOLD_FONT.search(name)),
        red.value << 16 | green.value << 8 | blue.value,
        bool(_SYMBOL_FONT.search(name)),
        upright,
        tagged and _is_artifact(raw, owner),
    )


def _is_artifact(raw: Any, owner: Any) -> bool:
    """Whether a tagged PDF says that a text is page furniture."""
    if not owner:
        return False
    buffer, length = (ctypes.c_ushort * 32)(), ctypes.c_ulong()
    for i in range(min(raw.FPDFPageObj_CountMarks(owner), 20)):
        mark = raw.FPDFPageObj_GetMark(owner, i)
        if raw.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), length):
            name = bytes(buffer)[: max(length.value - 2, 0)].decode("utf-16-le", "replace")
            if name == "Artifact":
                return True
    return False


def _runs(characters: Iterator[_Character]) -> list[Run]:
    """Characters that follow each other on one baseline without a gap that could be a column's."""
    runs: list[Run] = []
    run: Run | None = None
    upright_before = True
    for c in characters:
        size = c.look.size
        combining = "\u0300" <= c.text <= "\u036f"
        if run and combining and abs(c.base - run.base) < size:
            run.text = run.text.rstrip(" ") + c.text  # a decomposed umlaut
            continue
        same = (
            run is not None
            and c.look.upright
            and upright_before
            and abs(c.base - run.base) < 0.25 * size
            and -0.6 * size < c.x0 - run.x1 < 0.9 * size
            and run.bold == c.look.bold
            and abs(run.size - size) < 0.3 * size
            and (run.symbol == c.look.symbol or not c.text.strip())
        )
        if run and same:
            if _drawn_twice(run, c):
                continue
            if c.x0 - run.x1 > 0.22 * size and not run.text.endswith(" ") and c.text != " ":
                run.text += " "
            run.text += c.text
            run.x1 = max(run.x1, c.x1)
        elif c.text.strip() or c.text == "\u00ad":
            look = c.look
            run = Run(
                c.text,
                c.x0,
                c.x1,
                c.base,
                size,
                look.bold,
                look.colour,
                len(runs),
                look.symbol,
                look.upright,
                look.artifact,
            )
            runs.append(run)
        upright_before = c.look.upright
    return runs


def _drawn_twice(run: Run, c: _Character) -> bool:
    """Whether a character is the one before it again, moved a little: a printer's bold."""
    return run.text[-1:] == c.text != " " and c.x1 - run.x1 < 0.12 * c.look.size and c.x0 < run.x1 - 0.3 * (c.x1 - c.x0)


@dataclass(slots=True)
class _Shapes:
    """Collects the rectangles, lines and dots of a page."""

    raw: Any
    drawn: Drawing
    turn: _Turn
    left: int = field(default=_MAX_SHAPES)

    def add_page(self, page: Any) -> None:
        """Adds what a page holds, through its forms."""
        for i in range(min(self.raw.FPDFPage_CountObjects(page), _MAX_SHAPES)):
            self._add(self.raw.FPDFPage_GetObject(page, i), (1, 0, 0, 1, 0, 0), 0)

    def _add(self, item: Any, outer: tuple[float, ...], depth: int) -> None:
        raw = self.raw
        kind = raw.FPDFPageObj_GetType(item)
        if self.left <= 0 or not item:
            return
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _NESTING:
            matrix = self._matrix(item, outer)
            for i in range(min(raw.FPDFFormObj_CountObjects(item), self.left)):
                self._add(raw.FPDFFormObj_GetObject(item, i), matrix, depth + 1)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            self.left -= 1
            self.drawn.pictures += 1
            x0, y0, x1, y1 = (ctypes.c_float() for _ in range(4))
            if raw.FPDFPageObj_GetBounds(item, x0, y0, x1, y1):
                self._keep([(x0.value, y0.value), (x1.value, y1.value)], outer, stroked=False)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(item, self._matrix(item, outer))

    def _matrix(self, item: Any, outer: tuple[float, ...]) -> tuple[float, ...]:
        m = self.raw.FS_MATRIX()
        if not self.raw.FPDFPageObj_GetMatrix(item, m):
            return outer
        a, b, c, d, e, f = outer
        return (
            a * m.a + c * m.b,
            b * m.a + d * m.b,
            a * m.c + c * m.d,
            b * m.c + d * m.d,
            a * m.e + c * m.f + e,
            b * m.e + d * m.f + f,
        )

    def _path(self, item: Any, matrix: tuple[float, ...]) -> None:
        raw = self.raw
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, fill, stroke)
        if not stroke.value and (not fill.value or self._is_white(item)):
            return
        points: list[tuple[float, float]] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        for i in range(max(raw.FPDFPath_CountSegments(item), 0)):
            self.left -= 1
            if self.left <= 0:
                return
            segment = raw.FPDFPath_GetPathSegment(item, i)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
                self._keep(points, matrix, bool(stroke.value))
                points = []
            points.append((x.value, y.value))
        self._keep(points, matrix, bool(stroke.value))

    def _is_white(self, item: Any) -> bool:
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        if not self.raw.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
            return False
        return alpha.value < 8 or min(red.value, green.value, blue.value) > 250

    def _keep(self, points: list[tuple[float, float]], matrix: tuple[float, ...], stroked: bool) -> None:
        if len(points) < 2:
            return
        a, b, c, d, e, f = matrix
        seen = [self.turn(a * x + c * y + e, b * x + d * y + f) for x, y in points]
        if not all(math.isfinite(v) for point in seen for v in point):
            return
        xs, ys = [x for x, _ in seen], [y for _, y in seen]
        self.drawn.page.rects.append(Rect(min(xs), min(ys), max(xs), max(ys), stroked))


def _different(rects: list[Rect]) -> list[Rect]:
    """Rectangles without those that are drawn over each other again."""
    kept: dict[tuple[int, int, int, int], Rect] = {}
    for r in rects:
        key = (round(r.x0), round(r.y0), round(r.x1), round(r.y1))
        if key not in kept or r.stroked:
            kept[key] = r
    return list(kept.values())
