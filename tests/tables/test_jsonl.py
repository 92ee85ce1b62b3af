"""JSON Lines: a line that cannot be read costs no other."""

from __future__ import annotations

import pytest

from hytenlp.errors import InputError


def test_rows_and_other_columns(read):
    found = read('{"text": "a", "id": 5, "x": [1, {"y": null}]}\n\n{"x": 1, "text": "b", "kind": "huoli"}\n', "t.jsonl")
    assert [(item.id.split("-")[0], item.text, item.kind) for item in found.items] == [
        ("5", "a", "action"),
        ("2", "b", "concern"),
    ]
    assert found.items[0].extra == {"x": [1, {"y": None}]}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{oops", "ei kelvollista JSONia"),
        ('{"text": "katke', "ei kelvollista JSONia (merkki"),
        ("[1, 2]", "JSON-olio"),
        ('{"muu": "x"}', "tekstisaraketta ei löytynyt"),
        ("[" * 100_000, "liian syvä"),
        ('{"text": "a", "x": ' + "[" * 400 + r'"\u00e4"' + "]" * 400 + "}", "liian syvä"),
        ('{"text": 1' + "0" * 5000 + "}", "liian syvä tai suuri"),
    ],
)
def test_a_bad_line_costs_no_other(read, line, told):
    found = read(f'{{"text": "a"}}\n{line}\n{{"text": "b"}}\n', "t.jsonl")
    assert found.texts == ["a", "b"]
    assert found.errors == 1
    assert "rivi 2: " in found.told[0]
    assert told in found.told[0]


def test_texts_that_are_none(read):
    found = read('{"text": 5}\n{"text": ["a", "b"]}\n{"text": {"a": 1}}\n{"text": "c"}\n', "t.jsonl")
    assert found.texts == ["5", "c"]
    assert found.errors == 2
    assert "rivi 2: teksti on lista tai olio" in found.told[0]
    assert "muita samoista syistä ohitettuja rivejä: 1" in found.told[1]


def test_halves_of_characters_are_replaced(read):
    found = read(r'{"text": "a\ud800b", "x\udc00": ["\udbff"], "ok": "\ud83d\ude42 \u00e4"}' + "\n", "t.jsonl")
    assert found.texts == ["a\ufffdb"]
    assert found.items[0].extra == {"x\ufffd": ["\ufffd"], "ok": "🙂 ä"}
    str(found.items).encode()


NO_TEXT = (
    "rivi ohitettiin: tekstisaraketta ei löytynyt (etsittiin esimerkiksi: text, teksti, kuvaus, toimenpide, toimenpiteet; sarakkeet: {}). "
    "Nimeä se valitsimella --text-column."
)


def test_encodings(read):
    line = '{"text": "Päihteet, yöllä"}\n'
    for codec in ("utf-8-sig", "utf-16", "cp1252"):
        assert read(line.encode(codec), "t.jsonl").texts == ["Päihteet, yöllä"]


def test_a_binary_file(read):
    with pytest.raises(InputError, match="binääritiedosto"):
        read(b"\0\1\2\3" * 100, "t.jsonl")


def test_rows_without_a_text_column_are_told_about_once(read):
    found = read('{"a": 1}\n' * 50 + '{"b": 1}\n{"text": "x"}\n', "t.ndjson")
    assert found.texts == ["x"]
    assert [line.split(": ", 2)[2] for line in found.told][:2] == [
        f"rivi 1: {NO_TEXT.format('a')}", f"rivi 51: {NO_TEXT.format('b')}",
    ]  # fmt: skip
    assert found.told[2:] == [
        line for line in found.told if line.endswith("muita samoista syistä ohitettuja rivejä: 49.")
    ]
