"""The vocabulary files: complete by the guide, refused when they hold anything unknown."""

from __future__ import annotations

import re
import shutil
from importlib import resources
from pathlib import Path

import pytest

from hytenlp.errors import VocabularyError
from hytenlp.vocabulary.check import check
from hytenlp.vocabulary.concepts import Vocabulary
from hytenlp.vocabulary.matcher import Matcher
from hytenlp.vocabulary.skos import turtle


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary.load()


@pytest.fixture
def folder(tmp_path):
    source = Path(str(resources.files("hytenlp.vocabulary")))
    shutil.copytree(source, tmp_path / "v", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "v"


def guide_rows(shared, heading):
    text = (shared / "annotation-guide.md").read_text("utf-8")
    section = text.split(f"\n## {heading}")[1].split("\n## ")[0]
    return [
        [cell.strip(" `") for cell in line.strip("|").split("|")]
        for line in section.splitlines()
        if re.match(r"\| `", line)
    ]


def test_codes_labels_and_hierarchy_are_the_guides(vocabulary, shared):
    assert [(c.code, c.broader or "", c.label.fi) for c in vocabulary.concepts("concern")] == [
        tuple(row[:3]) for row in guide_rows(shared, "Concerns")
    ]
    assert [(c.code, c.label.fi) for c in vocabulary.concepts("theme")] == [
        tuple(row[:2]) for row in guide_rows(shared, "Themes")
    ]
    assert [(c.code, c.label.fi) for c in vocabulary.concepts("group")] == [
        tuple(row[:2]) for row in guide_rows(shared, "Target groups")
    ]
    assert vocabulary.codes("status") == ["tehty", "suunniteltu", "toteutumatta"]


def test_the_guides_own_cues_are_found(vocabulary, shared, classified):
    """Every cue word of the concern table that stands there without a condition finds its code or a narrower one."""
    missed = []
    for code, _, _, cues, *_ in guide_rows(shared, "Concerns"):
        for cue in cues.split(","):
            if "*" in cue or not cue.strip():
                continue
            found = set(classified(cue.strip(), "concern").concerns)
            if not any(code == f or code in vocabulary.ancestors(f) for f in found):
                missed.append((code, cue.strip(), sorted(found)))
    # Words that stand for a concern only with company, by ruling 7 or because they are everyday words.
    assert {cue for _, cue, _ in missed} <= {"pilvi", "kama", "ero", "ihailu", "ihannoida"}


def test_links_to_yso(vocabulary, shared):
    rows = (shared / "yso-concepts.tsv").read_text("utf-8").splitlines()[1:]
    linked = {
        (c.code, relation, uri)
        for kind in ("concern", "group", "theme")
        for c in vocabulary.concepts(kind)
        for relation, uris in c.links.items()
        for uri in uris
    }
    assert {tuple(row.split("\t")[:3]) for row in rows} == linked


def test_every_concern_has_enough_entries(vocabulary):
    assert {c.code: len(c.entries) for c in vocabulary.concepts("concern") if len(c.entries) < 25} == {}


def test_narrowest_is_an_antichain(vocabulary):
    assert vocabulary.narrowest(["paihteet", "nikotiini", "vape", "uni"]) == ["vape", "uni"]
    assert vocabulary.narrowest(vocabulary.codes("concern")) == [
        c
        for c in vocabulary.codes("concern")
        if not any(c in vocabulary.ancestors(d) for d in vocabulary.codes("concern"))
    ]


def test_the_lint_is_clean():
    assert check() == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  entries:\n", "  entires:\n", "allowed: "),
        (
            "- code: vape\n  broader: nikotiini",
            "- code: vape\n  broader: nicotine",
            "broader concern 'nicotine' does not exist",
        ),
        ("- code: paihteet\n", "- code: paihteet\n  broader: vape\n", "circle"),
        ("- code: vape\n", "- code: nuuska\n", "more than one concept has the code nuuska"),
        ("- code: vape\n", "- code: [vape\n", "not valid YAML"),
    ],
)
def test_slips_are_refused_with_one_line(folder, old, new, message):
    file = next((folder / "concerns").glob("*-paihteet.yaml"))
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(VocabularyError, match=re.escape(message)) as caught:
        Vocabulary.read(folder)
    assert "\n" not in str(caught.value)


def test_lint_findings(folder):
    file = next((folder / "concerns").glob("*-uni.yaml"))
    text = file.read_text("utf-8")
    file.write_text(
        text.replace("  entries:\n", "  entries:\n    - valvominen\n    - valvominen\n    - öistä\n", 1), "utf-8"
    )
    findings = check(Vocabulary.read(folder))
    assert any("'valvominen' stands twice" in f for f in findings)
    assert any("'öistä'" in f for f in findings)


def test_unknown_word_list_is_refused(folder):
    file = next((folder / "concerns").glob("*-uni.yaml"))
    file.write_text(file.read_text("utf-8").replace("  entries:\n", "  entries:\n    - $nosuchlist\n", 1), "utf-8")
    with pytest.raises(VocabularyError, match="no word list"):
        Matcher(Vocabulary.read(folder))


def test_skos_is_turtle_with_all_concepts(vocabulary):
    text = turtle(vocabulary)
    for kind in ("concern", "group", "theme", "status"):
        for concept in vocabulary.concepts(kind):
            assert f"hyte:{kind}-{concept.code} a skos:Concept" in text
    assert "hyte:concern-vape a skos:Concept" in text
    assert "skos:broader hyte:concern-nikotiini" in text
    assert text.count('"') % 2 == 0
