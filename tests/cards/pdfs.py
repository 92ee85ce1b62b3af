"""Small PDFs written by hand, for what no producer makes."""

from __future__ import annotations


def pdf(
    pages: int = 1, content: bytes = b"", kids: int | None = None, fonts: str = "/Type1 /BaseFont /Helvetica"
) -> bytes:
    """A PDF whose pages all show the same content.

    Args:
        pages: how many.
        content: operators of the page.
        kids: what the page tree claims, when it lies.
        fonts: the font's entries after its type.
    """
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {pages if kids is None else kids} /Kids [{' '.join(f'{i + 5} 0 R' for i in range(pages))}] >>".encode(),
        f"<< /Type /Font /Subtype {fonts} /Encoding /WinAnsiEncoding >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        *[
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 3 0 R >> >> >>"
        ]
        * pages,
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, xref)
    return bytes(out)


def show(lines: list[tuple[float, float, str]], size: float = 10) -> bytes:
    """Operators that draw texts at places."""
    drawn = [f"BT /F {size} Tf {x} {y} Td ({text.replace('(', '').replace(')', '')}) Tj ET" for x, y, text in lines]
    return "\n".join(drawn).encode("cp1252")
