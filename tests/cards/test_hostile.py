"""Documents that are damaged, locked, far too large or out for harm: one line each, in Finnish, and nothing outside is touched."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hytenlp.cards.reader import DOCUMENT_SUFFIXES, read_card
from hytenlp.errors import InputError
from tests.cards.fuzz import mutated, seeds
from tests.cards.pdfs import pdf, show
from tests.cards.test_word import p, word

HOSTILE = Path(__file__).parent / "hostile"
FIXTURES = Path(__file__).parent / "fixtures"
CARD = show([(50, 700, "Huolen aiheet"), (50, 680, "• Nuorten vapettaminen."), (50, 660, "• Yksinäisyys.")])


@pytest.fixture
def refusal(tmp_path, analyser):
    """Reads bytes as a file of a name; gives the one line with which they are refused, without the path."""

    def refused(name: str, data: bytes) -> str:
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(InputError) as caught:
            read_card(path, analyser)
        message = str(caught.value)
        assert message.startswith(f"{path}: ")
        assert "\n" not in message
        assert message.endswith(".")
        return message.removeprefix(f"{path}: ")

    return refused


def a_fixture(suffix):
    return next(path for path in sorted(FIXTURES.iterdir()) if path.suffix == suffix).read_bytes()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ((HOSTILE / "locked.pdf").read_bytes(), "PDF on suojattu salasanalla"),
        ((HOSTILE / "scanned.pdf").read_bytes(), "PDF on skannattu kuva, eikä siinä ole tekstiä. Tallenna kortti alkuperäisestä"),
        (pdf(0), "PDF:ssä ei ole yhtään sivua"),
        (pdf(1), "PDF:ssä ei ole tekstiä"),
        (pdf(1000, CARD), "PDF:ssä on liikaa sivuja (1000 sivua, enintään 200)"),
        (pdf(1, CARD, kids=10**5), "PDF:ssä on liikaa sivuja"),
        (a_fixture(".pdf")[:3000], "PDF on vioittunut tai kesken"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 50, "PDF on vioittunut tai kesken"),
        (b"<html>Huolen aiheet</html>", "tiedosto ei ole PDF"),
        (b"", "tiedosto on tyhjä"),
    ],
    ids=["locked", "scanned", "no pages", "no text", "1000 pages", "claims pages", "truncated", "junk", "no PDF", "empty"],
)  # fmt: skip
def test_pdf_is_refused_in_one_line(refusal, data, said):
    assert refusal("kortti.pdf", data).startswith(said)


def test_page_with_too_much_text(refusal, monkeypatch):
    monkeypatch.setattr("hytenlp.cards.pdf.drawing.MAX_PAGE_CHARACTERS", 20)
    assert refusal("kortti.pdf", pdf(1, CARD)).startswith("sivulla 1 on liikaa tekstiä")


def test_limits_can_be_raised(tmp_path, analyser, monkeypatch):
    path = tmp_path / "kortti.pdf"
    path.write_bytes(pdf(300, CARD))
    monkeypatch.setenv("HYTENLP_LIMITS", "2")
    assert read_card(path, analyser).concerns[-1].page == 300
    monkeypatch.setenv("HYTENLP_LIMITS", "paljon")
    with pytest.raises(InputError, match="HYTENLP_LIMITS='paljon': anna kerroin"):
        read_card(path, analyser)


def test_no_zip_and_truncated_zip(refusal):
    for suffix, form in ((".docx", "Word-asiakirja"), (".odt", "OpenDocument-teksti")):
        whole = a_fixture(suffix)
        for data in (b"Huolen aiheet", whole[: len(whole) // 2], b"PK\x03\x04" + bytes(100)):
            assert form in refusal(f"kortti{suffix}", data)


def test_old_or_locked_word_document(refusal):
    assert "vanhaa Word-muotoa (.doc)" in refusal("kortti.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def test_zip_bombs(refusal):
    bomb = word("", {"word/media/image1.bmp": bytes(120_000_000)})
    assert len(bomb) < 1_000_000
    assert refusal("pommi.docx", bomb).startswith("tiedosto purkautuu liian suureksi (121 Mt, enintään 100)")
    assert "liikaa osia" in refusal("pommi.docx", word("", {f"a{i}": b"" for i in range(5001)}))
    # One part whose size the archive's directory does not tell: it is cut off where the limit is.
    lying = bytearray(word(p("x" * 30_000_000)))
    for at in range(len(lying) - 4):
        if lying[at : at + 4] == b"PK\x01\x02" and lying[at + 46 : at + 63] == b"word/document.xml":
            lying[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    assert refusal("pommi.docx", bytes(lying))


def test_entities_and_doctypes_are_refused(refusal, tmp_path):
    secret = tmp_path / "salaisuus.txt"
    secret.write_text("SALAISUUS", "utf-8")
    laughs = "".join(f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(9))
    for declared in (f'<!ENTITY x SYSTEM "{secret.as_uri()}">', f'<!ENTITY a0 "ha">{laughs}'):
        xml = f'<!DOCTYPE w [{declared}]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>&x;&a9;</w:body></w:document>'
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("word/document.xml", xml)
        assert "SALAISUUS" not in refusal("kortti.docx", out.getvalue())


def test_paths_inside_archives_write_nothing(tmp_path, analyser):
    path = tmp_path / "kortti.docx"
    path.write_bytes(
        word(p("Huolen aiheet") + p("- Huoli."), {"../../ulos.txt": b"ulkona", "/tmp/ulos.txt": b"ulkona"})
    )
    before = sorted(tmp_path.parent.rglob("*"))
    assert [concern.text for concern in read_card(path, analyser).concerns] == ["Huoli."]
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_deep_nesting(refusal):
    assert refusal("kortti.html", b"<div>" * 5000 + b"Huolen aiheet")
    assert refusal("kortti.docx", word("<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000))


def test_scripts_and_hidden_text_are_no_text(tmp_path, analyser):
    path = tmp_path / "kortti.html"
    path.write_text(
        "<script>document.write('<h2>Ilon aiheet</h2>')</script><style>li{}</style><h2>Huolen aiheet</h2>"
        "<ul><li>Huoli.<script>x</script><li hidden>Piilo.<li style='display: none'>Piilo.</ul><iframe src='file:///etc/passwd'></iframe>",
        "utf-8",
    )
    card = read_card(path, analyser)
    assert ([b.text for b in card.concerns], card.joys, card.unplaced) == (["Huoli."], (), ())


def test_unknown_suffix_names_the_formats(tmp_path, analyser):
    from hytenlp.inputs import read_cards

    path = tmp_path / "kortti.pages"
    path.write_bytes(b"x")
    with pytest.raises(InputError) as caught:
        read_cards(path, analyser)
    assert all(suffix in str(caught.value) for suffix in DOCUMENT_SUFFIXES if suffix)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=st.integers(0, 2**32), index=st.integers(0, len(seeds()) - 1))
def test_mutated_documents_are_read_or_refused(tmp_path, analyser, number, index):
    source = seeds()[index]
    path = tmp_path / f"kortti{source.suffix}"
    path.write_bytes(mutated(source.read_bytes(), source.suffix, random.Random(number)))
    card, message = None, ""
    try:
        card = read_card(path, analyser)
    except InputError as error:
        message = str(error)
    assert "\n" not in message
    if card:
        assert all(bullet.page >= 1 and bullet.line >= 1 for bullet in (*card.joys, *card.concerns, *card.actions))
