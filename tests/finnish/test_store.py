"""Words that are kept on disk come back whole, and the store never stands in the way."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys

import pytest

from hytenlp.finnish import words
from hytenlp.finnish.store import WordStore
from hytenlp.finnish.transducer import Transducer
from hytenlp.finnish.words import Analyser, Word

FORMS = [
    "päihteidenkäyttöön",
    "vape-tietoisuutta",
    "digi-",
    "rahapelaamisesta",
    "kiusaamista",
    "järjestetty",
    "lisätään",
    "-neuvonta",
    "vapetuksesta",
    "yksinäisten",
    "lastensuojelun",
    "chillihuoneessa",
    "tekemättä",
    "ei",
    "joka",
    "mielenterveys-päihdetyötä",
]


@pytest.fixture(scope="module")
def transducer():
    return Transducer.load()


@pytest.fixture
def analyser(transducer, tmp_path, monkeypatch):
    monkeypatch.setattr(words, "_WORTH_KEEPING", 1)
    return lambda: Analyser(transducer, ["vapettaa"], WordStore(tmp_path / "words.sqlite"))


def all_of(word: Word):
    known = (word.form, word.readings, word.guessed, word.keys, word.names, word.spans)
    return *known, word.lemmas, word.tags, word.predicates, word.tails, word.is_suspended


def kept(path) -> dict[str, str]:
    with sqlite3.connect(path) as connection:
        return dict(connection.execute("SELECT token, facts FROM words"))


def test_kept_words_are_the_analysed_ones(analyser, transducer, monkeypatch):
    first, second = analyser(), analyser()
    first.learn(FORMS)
    monkeypatch.setattr(Analyser, "_read", lambda *_: pytest.fail("analysed again"))
    second.learn(FORMS)
    assert [all_of(second(form)) for form in FORMS] == [all_of(first(form)) for form in FORMS]


def test_names_numbers_and_addresses_stay_off_the_disk(analyser, tmp_path):
    analyser().learn(["Matti", "matti@example.org", "puhelin", "0401234567", "PÄIHDE", "www.kunta.fi", "..."])
    assert list(kept(tmp_path / "words.sqlite")) == ["puhelin"]


def test_the_file_is_bounded(analyser, tmp_path, monkeypatch):
    analyser().learn(FORMS)
    monkeypatch.setattr("hytenlp.finnish.store._MOST", 0)
    analyser().learn(["uusi", "sana"])
    assert set(kept(tmp_path / "words.sqlite")) == {"uusi", "sana"}


@pytest.mark.parametrize(
    "spoilt",
    [
        "",
        "null",
        "{}\n0 1\n1\nx",
        "[false,[0],[]]\n\n\n",
        "[false,[1],[]]\n0 1\n1\nx",
        "[false,[0],[]]\n0 x\n1\nx",
        '[false,[0],[[0,[0.5],"noun",[],0,-1]]]\n0 1\n1\nx',
        "[false,[0],[[0,[0],1,[],0,-1]]]\n0 1\n1\nx",
        "[false,[0],[]]\n0 1 0 1 0 1\n1\nx",
        "[false,[0],[]]\n0 1\n1\nx",
    ],
)
def test_facts_that_are_none_are_analysed_anew(analyser, tmp_path, spoilt):
    analyser().learn(FORMS)
    with sqlite3.connect(tmp_path / "words.sqlite") as connection:
        connection.execute("UPDATE words SET facts = ?", [spoilt])
    again = analyser()
    again.learn(FORMS)
    assert "kiusaaminen" in again("kiusaamista").lemmas


def test_a_file_that_is_no_database_gives_way(analyser, tmp_path):
    path = tmp_path / "words.sqlite"
    path.write_bytes(b"no database at all, " * 100)
    analyser().learn(FORMS)
    analyser().learn(FORMS)
    assert "kiusaamista" in kept(path)


def test_a_folder_that_cannot_be_made_is_no_trouble(transducer, tmp_path):
    (tmp_path / "file").write_text("")
    analyser = Analyser(transducer, store=WordStore(tmp_path / "file" / "words.sqlite"))
    analyser.learn(FORMS)
    assert "kiusaaminen" in analyser("kiusaamista").lemmas


def test_two_processes_may_write_at_once(tmp_path):
    path = tmp_path / "words.sqlite"
    code = f"""
from pathlib import Path
from hytenlp.finnish.store import WordStore
import sys
for i in range(30):
    WordStore(Path({str(path)!r})).put((sys.argv[1] + "x" * (i * 50 + j), str(i)) for j in range(50))
"""
    writers = [subprocess.Popen([sys.executable, "-c", code, name]) for name in ("aa", "bb")]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    facts = kept(path)
    assert {token[:2] for token in facts} == {"aa", "bb"}
    assert set(facts.values()) == {str(i) for i in range(30)}


def test_stores_that_were_used_longest_ago_give_way(tmp_path, monkeypatch):
    monkeypatch.setattr("hytenlp.finnish.store.tidy", lambda _folder: None)
    old = [tmp_path / f"words-{i}.sqlite" for i in range(6)]
    for age, path in enumerate(old):
        WordStore(path).put([("sana", str(age))])
        os.utime(path, (1e9 - age, 1e9 - age))
    monkeypatch.undo()
    (tmp_path / "vocabulary-1.json").write_text("{}")
    (tmp_path / "oma.sqlite").write_text("")
    in_use = WordStore(old[5])
    assert dict(in_use.get(["sana"])) == {"sana": "5"}  # only read, and so the one used last
    os.utime(old[4])
    new = tmp_path / "words-new.sqlite"
    WordStore(new).put([("uusi", "1")])
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["oma.sqlite", "vocabulary-1.json", "words-4.sqlite", "words-5.sqlite", "words-new.sqlite"]
    )
    in_use.put([("lisää", "2")])
    assert kept(old[5]) == {"sana": "5", "lisää": "2"}


def test_a_process_goes_on_with_a_store_that_another_removed(tmp_path):
    path = tmp_path / "words-1.sqlite"
    store = WordStore(path)
    store.put([("sana", "1")])
    path.unlink()
    store.put([("toinen", "2")])
    assert dict(store.get(["sana", "toinen"])) == {"sana": "1", "toinen": "2"}
    assert not path.exists()
    WordStore(path).put([("kolmas", "3")])
    assert kept(path) == {"kolmas": "3"}
