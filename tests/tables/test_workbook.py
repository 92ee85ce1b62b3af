"""Excel: headers below titles, several sheets, merged cells, formulas, and files made to do harm."""

from __future__ import annotations

import datetime
import io
import zipfile

import openpyxl
import pytest

from hytenlp.errors import InputError
from hytenlp.tables import archive, workbook


def saved(sheets: dict[str, list[list]], merges: dict[str, list[str]] | None = None, **properties: str) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in (merges or {}).get(name, ()):
            sheet.merge_cells(cells)
    for name, value in properties.items():
        setattr(book.properties, name, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, change) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            new.writestr(one, change(old.read(one)) if one == name else old.read(one))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_header_below_a_title_with_merged_cells(read):
    rows = [
        ["Kemin kuntakortti 2024"],
        [],
        ["Kunta", "Osio", "Teema", "Toimenpide", "Vastuu"],
        ["Kemi", "Huolet", None, "Vapettaminen.", 1],
        [None, None, None, "Rasismi.", None],
        [None, "Toimi", "Mielen hyvinvointi", "Kriisiapua.", "a"],
        [None, None, None, "Jengityötä.", "b"],
        [None, None, None, None, None],
        ["Ii", "Toimi", None, "Uintia.", None],
    ]
    found = read(saved({"Taul1": rows}, {"Taul1": ["A1:E1", "A4:A7", "B4:B5", "B6:B7", "C6:C7", "E6:E8"]}), "t.xlsx")
    assert found.texts == ["Vapettaminen.", "Rasismi.", "Kriisiapua.", "Jengityötä.", "Uintia."]
    assert [item.kind for item in found.items] == ["concern", "concern", "action", "action", "action"]
    assert [item.municipality for item in found.items] == ["Kemi"] * 4 + ["Ii"]
    assert [item.stated_theme for item in found.items] == [None, None, "mieli", "mieli", None]
    assert [item.extra["Vastuu"] for item in found.items] == [1, None, "a", "a", None]
    assert {item.year for item in found.items} == {2024}
    assert found.items[2].extra == {"Kunta": "Kemi", "Osio": "Toimi", "Teema": "Mielen hyvinvointi", "Vastuu": "a"}
    assert not found.told


def test_a_header_of_two_rows_and_cells_merged_across(read):
    rows = [["Osio", "Kuvaus", "a", None], [None, None, "b", "c"], ["Toimi", "Eka", "x", None], [None, "Toka", 1, 2]]
    found = read(saved({"S": rows}, {"S": ["A1:A2", "B1:B2", "C3:D3"]}), "t.xlsx")
    assert found.texts == ["Eka", "Toka"]
    assert found.items[0].extra == {"Osio": "Toimi", "a": "x"}  # D has no name


def test_several_sheets(read):
    sheets = {
        "Ilon aiheet": [["Kuvaus"], ["Kirjasto."]],
        "Huolet": [["Teksti", "Id"], ["Vape.", None], ["Uni.", "x"]],
        "Ohjeet": [["Täytä näin"], ["…"]],
        "Tyhjä": [],
        "Toimet": [["Toimenpide"], ["Jaettu tietoa."]],
    }
    found = read(saved(sheets, title="Kuntakortti Hyvinkää 2023"), "t.xlsx")
    assert [(item.id.split("-")[0], item.kind, item.text) for item in found.items] == [
        ("1", "joy", "Kirjasto."),
        ("1", "concern", "Vape."),
        ("x", "concern", "Uni."),
        ("1", "action", "Jaettu tietoa."),
    ]
    assert {(item.municipality, item.year) for item in found.items} == {("Hyvinkää", 2023)}
    (told,) = found.told
    assert "välilehti ”Ohjeet” ohitettiin" in told


def test_a_hidden_sheet_is_told_about(read):
    book = openpyxl.load_workbook(io.BytesIO(saved({"A": [["teksti"], ["a"]], "B": [["teksti"], ["b"]]})))
    book["B"].sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    found = read(out.getvalue(), "t.xlsx")
    assert found.texts == ["a", "b"]
    assert "välilehti ”B”: välilehti on piilotettu" in found.told[0]


def test_a_sheet_a_municipality(read):
    found = read(saved({"Heinola 2024": [["teksti"], ["a"]], "Ii 2023": [["teksti"], ["b"]]}), "t.xlsx")
    assert [(item.municipality, item.year) for item in found.items] == [("Heinola", 2024), ("Ii", 2023)]


def test_no_sheet_has_a_text_column(read):
    with pytest.raises(InputError, match=r"tekstisaraketta ei löytynyt .*sarakkeet: x, y"):
        read(saved({"A": [["x", "y"]], "B": [["z"]]}), "t.xlsx")


def test_values_of_all_kinds(read):
    rows = [
        ["id", "vuosi", "teksti", "luku"],
        [7, datetime.date(2024, 5, 1), 3.5, True],
        [8.0, 2023.0, "x", datetime.time(1)],
    ]
    found = read(saved({"S": rows}), "t.xlsm")
    assert [(item.id, item.year, item.text) for item in found.items] == [("7", 2024, "3.5"), ("8", 2023, "x")]
    assert [item.extra["luku"] for item in found.items] == [True, datetime.time(1)]


def test_formulas_are_read_by_their_stored_value(read):
    data = saved({"S": [["teksti"], ['=CONCAT("a","b")'], ["c"]]})
    assert read(data, "t.xlsx").texts == ["c"]  # never calculated, so the row is empty
    stored = with_part(
        data,
        SHEET,
        lambda xml: (
            xml.replace(b'<c r="A2"><f>', b'<c r="A2" t="str"><f>')
            .replace(b"<v/>", b"<v>ab</v>")
            .replace(b"<v />", b"<v>ab</v>")
            .replace(b"<v></v>", b"<v>ab</v>")
        ),
    )
    assert read(stored, "t.xlsx").texts == ["ab", "c"]


def test_formulas_without_values_are_told_about(read):
    found = read(saved({"S": [["id", "teksti"], [1, "=A1"]]}), "t.xlsx")
    assert found.texts == [""]
    assert "välilehti ”S”: kaavoja, joiden tulosta ei ole tallennettu; niiden solut luettiin tyhjinä." in found.told[0]
    assert "kaikki tekstit ovat tyhjiä (rivejä: 1)" in found.told[1]
    assert any("kaavoja" in line for line in read(saved({"S": [["teksti", "n"], ["a", "=1+1"]]}), "t.xlsx").told)


def test_formulas_with_values_are_not_told_about(read):
    """The value of a formula may be an empty text."""
    data = saved({"S": [["teksti", "n"], ["a", "=B9"], ["b", "c"]]})
    stored = with_part(data, SHEET, lambda xml: xml.replace(b'<c r="B2"><f>', b'<c r="B2" t="str"><f>'))
    assert stored != data
    assert not read(stored, "t.xlsx").told


def test_a_workbook_with_nothing_in_it(read):
    with pytest.raises(InputError, match="tiedosto on tyhjä"):
        read(saved({"S": []}), "t.xlsx")


def test_a_sheet_damaged_in_the_middle_gives_the_rows_before(read):
    data = saved({"A": [["teksti"], *[[f"rivi {i}"] for i in range(2000)]], "B": [["teksti"], ["toinen"]]})
    # Row 1000 is cut in the middle of a tag.
    broken = with_part(data, SHEET, lambda xml: xml.replace(b'<row r="1000">', b"<row <"))
    found = read(broken, "t.xlsx")
    assert found.texts[0] == "rivi 0"
    assert found.texts[-2:] == ["rivi 997", "toinen"]
    assert "välilehti ”A”: rivi 1000: välilehti on tästä eteenpäin vaurioitunut" in found.told[0]
    assert found.errors == 1


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"not a zip", "ei kelvollinen Excel-tiedosto"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "salasanalla suojattu tai vanhaa"),
        (b"PK\x05\x06" + b"\0" * 18, "ei kelvollinen Excel-tiedosto"),
    ],
)
def test_files_that_are_none(read, data, told):
    with pytest.raises(InputError, match=told):
        read(data, "t.xlsx")


def test_other_formats_say_what_to_do(read):
    for name in ("t.xls", "t.ods", "t.xlsb"):
        with pytest.raises(InputError, match=r"tallenna se muodossa \.xlsx"):
            read(b"x", name)


GOOD = saved({"S": [["teksti"], ["a"]]})


def test_a_bomb_is_refused(read, monkeypatch):
    bomb = with_part(GOOD, SHEET, lambda xml: xml + b" " * 60_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(InputError, match=r"on purettuna liian suuri \(5\d Mt, enintään 50\).*HYTENLP_LIMITS"):
        read(bomb, "t.xlsx")
    monkeypatch.setenv("HYTENLP_LIMITS", "2")
    assert read(bomb, "t.xlsx").texts == ["a"]


def test_an_archive_that_lies_about_its_size(read):
    data = bytearray(with_part(GOOD, SHEET, lambda xml: xml + b" " * 60_000_000))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(SHEET.encode()))
    data[at + 24 : at + 28] = (1000).to_bytes(4, "little")  # the unpacked size in the directory
    with pytest.raises(InputError, match="ei kelvollinen Excel-tiedosto"):
        read(bytes(data), "t.xlsx")


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_entities_are_refused(read, codec):
    evil = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    data = with_part(GOOD, SHEET, lambda xml: evil.encode(codec) + xml)
    with pytest.raises(InputError, match="XML-entiteettejä"):
        read(data, "t.xlsx")


def test_a_cell_far_away_is_no_harm(read):
    far = b'<row r="900000"><c r="XFD900000"><v>1</v></c></row><row r="900001"><c r="A900001" t="inlineStr"><is><t>b</t></is></c></row></sheetData>'
    assert read(with_part(GOOD, SHEET, lambda xml: xml.replace(b"</sheetData>", far)), "t.xlsx").texts == ["a", "b"]


def test_rows_without_end_are_cut(read, monkeypatch):
    monkeypatch.setattr(workbook, "_MAX_ROWS", 1000)
    far = b'<row r="9999999999"><c r="A1" t="inlineStr"><is><t>b</t></is></c></row></sheetData>'
    found = read(with_part(GOOD, SHEET, lambda xml: xml.replace(b"</sheetData>", far)), "t.xlsx")
    assert found.texts == ["a"]
    assert "liikaa rivejä" in found.told[0]


def test_merges_over_everything_are_no_harm(read):
    merges = "".join(f'<mergeCell ref="A{i % 5 + 1}:XFD1048576"/>' for i in range(50_000)).encode()
    data = with_part(
        GOOD, SHEET, lambda xml: xml.replace(b"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>")
    )
    assert not read(data, "t.xlsx").items  # the header itself is merged down to the end


def test_external_links_and_macros_are_left_alone(read):
    out = io.BytesIO(GOOD)
    with zipfile.ZipFile(out, "a") as book:
        book.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 macro")
        book.writestr("xl/externalLinks/externalLink1.xml", b'<externalLink xmlns="x"/>')
    assert read(out.getvalue(), "t.xlsm").texts == ["a"]


def test_merged_cells_are_found_across_chunks(tmp_path, monkeypatch):
    path = tmp_path / "t.xlsx"
    path.write_bytes(saved({"S": [["teksti"], ["a"], [None]]}, {"S": ["A2:A3", "C4:AB12"]}))
    monkeypatch.setattr(archive, "_CHUNK", 64)
    merges = {name: part.merges for name, part in archive.look_through(path).items() if part.merges}
    assert list(merges) == [SHEET]
    assert set(merges[SHEET]) == {archive.Merge(2, 0, 3, 0), archive.Merge(4, 2, 12, 27)}
