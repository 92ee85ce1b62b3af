"""The page as text: what a coordinator reads, its stable form, what a hostile card cannot do, its size."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from itertools import cycle, islice
from pathlib import Path

import pytest
from typer.testing import CliRunner

import hytenlp.cli
from hytenlp.batch import classify_item
from hytenlp.records import Item
from tests.conftest import ROOT
from tests.output.report.conftest import make, neighbours, pohjala

GOLDEN = Path(__file__).parent / "golden"


def words(html: str) -> str:
    """What is read on the page, white space in runs."""
    body = re.sub(r"<(style|script)>.*?</\1>", "", html, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", "", body).split())


def test_golden_page(page):
    """Run with UPDATE_GOLDEN=1 to accept a change; look at the difference before it is committed."""
    html = page(pohjala())
    stable = re.sub(r"(<(style|script)>).*?(</\2>)", r"\1…\3", html, flags=re.DOTALL)
    stable = re.sub(r"sha256-[\w+/=]+", "sha256-…", stable)
    path = GOLDEN / "pohjala.html"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(stable, "utf-8")
    assert stable == path.read_text("utf-8")


def test_top_of_the_page(page):
    text = words(page(pohjala()))
    assert "Pohjala 2024 5 huolta, 1 katettu, 1 osittain, 1 vain suunniteltu, 2 aukkoa" in text
    assert text.index("Jengit ihannoivat väkivaltaa.") < text.index("Vapettaminen leviää.")


def test_the_same_input_gives_the_same_page(page):
    assert page(pohjala()) == page(pohjala())


def test_what_others_have_done_is_named(page):
    text = words(page(neighbours() + pohjala()))
    assert "Etelälä 2024: Poliisi jututtaa jengejä." in text
    assert "Pohjala 2023: Jengistä irti -valmennus." in text
    assert "2 aukkoa sulkeutui, 1 huoli jäi vaille vastausta" in text


def test_every_link_inside_the_page_has_its_place_once(page):
    html = page(neighbours() + pohjala())
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', html)) <= set(ids)
    assert not re.findall(r'(?:href|src)="(?!#)', html)


def test_policy_lets_only_the_pages_own_style_and_script_in(page):
    html = page(pohjala())
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html).group(1).replace("&#39;", "'")
    assert policy.startswith("default-src 'none';")
    for part in ("style", "script"):
        (text,) = re.findall(rf"<{part}>(.*?)</{part}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{part}-src 'sha256-{digest}'" in policy
    assert " style=" not in html
    assert not re.search(r"\son\w+=", html)


HOSTILE = "<script>alert(1)</script></style>\"'><img src=x onerror=alert(2)>{{ 7*7 }}\u2028"


def hostile():
    fields = {
        "municipality": HOSTILE,
        "source": f"{HOSTILE}.csv",
        "stated_theme": HOSTILE,
        "category": HOSTILE,
        "id": HOSTILE,
    }
    return [
        make("concern", f"{HOSTILE} jengit", concerns=("jengit",), words={"jengit": "jengit"}, **fields),
        make(
            "action",
            f"=SUMMA(A1) {HOSTILE}",
            target_groups=("nuoret",),
            theme="turvallisuus",
            words={"nuoret": "alert"},
            **fields,
        ),
        make("joy", HOSTILE, **fields),
    ]


@pytest.mark.parametrize("code", ["fi", "sv", "en"])
def test_a_hostile_card_is_text(page, code):
    html = page(hostile(), code)
    assert html.count("<script>") == html.count("</script>") == html.count("<style>") == html.count("</style>") == 1
    assert "<img" not in html
    assert "{{ 7*7 }}" in html


@pytest.mark.parametrize(
    ("records", "told"),
    [
        ([make("action", "Toimi.")], "Kortissa ei ole huolia. Siinä on 1 toimi."),
        ([make("concern", "Jengit.", concerns=("jengit",))], "Kortissa ei ole toimia."),
        ([make("concern", "Säät.")], "Näistä huolista ei tunnistettu aihetta."),
        ([make("joy", "Ilo.")], "Kortissa ei ole huolia. Siinä on 0 toimea."),
    ],
)
def test_sparse_cards_still_make_sense(page, records, told):
    assert told in words(page(records))


def test_languages(page):
    swedish, english = page(pohjala(), "sv"), page(pohjala(), "en")
    assert '<html lang="sv">' in swedish
    assert "5 concerns, 1 covered, 1 partly, 1 only planned, 2 gaps" in words(english)
    assert "Gängbildning" in words(swedish)
    assert '<q lang="fi">' in english
    assert "toimi" not in re.sub(
        r'<(q|td|li)[^>]* lang="fi">.*?</\1>', "", re.sub(r"<(style|script)>.*?</\1>", "", english, flags=re.DOTALL)
    )


def test_stated_theme_of_a_table_may_be_a_name(page):
    records = [make("action", "Toimi.", stated_theme="Päihteettömyys ja terveelliset elintavat")]
    assert "otsikko:" not in page(records)


@pytest.fixture
def run():
    def invoke(*arguments, code=0):
        result = CliRunner().invoke(hytenlp.cli.app, ["report", *map(str, arguments)])
        assert result.exit_code == code, (result.stdout[:500], result.stderr)
        return result

    return invoke


def test_command_writes_a_whole_file(run, tmp_path):
    out = tmp_path / "uusi" / "report.html"
    result = run(ROOT / "corpus/cards/kuusilampi-2024.txt", "-o", out)
    assert "1 kortti" in result.stderr
    html = out.read_text("utf-8")
    assert html.rstrip().endswith("</html>")
    assert "Kuusilampi 2024" in html
    assert "kuusilampi-2024.txt" in html
    assert str(ROOT) not in html
    assert run(ROOT / "corpus/cards/kuusilampi-2024.txt").stdout == html


def test_command_takes_tables_and_tells_of_bad_files(run, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text(
        "municipality,year,kind,teksti\nA,2023,huoli,Nuorten vapettaminen.\nA,2024,huoli,Nuorten vapettaminen.\nA,2024,toimi,Vape-tunteja nuorille.\n",
        "utf-8",
    )
    (tmp_path / "bad.txt").write_bytes(b"\xff\xfe\x00")
    result = run(table, tmp_path / "bad.txt", "-o", tmp_path / "r.html", code=2)
    assert len([line for line in result.stderr.splitlines() if line.startswith("virhe: ")]) == 1
    html = (tmp_path / "r.html").read_text("utf-8")
    assert "A 2023–2024" in html
    assert "Aukko sulkeutui" in html
    assert "bad.txt" not in html


@pytest.mark.parametrize("content", ["teksti\n", "teksti\n\n \n"])
def test_no_bullets_is_one_line_and_no_file(run, tmp_path, content):
    (tmp_path / "t.csv").write_text(content, "utf-8")
    result = run(tmp_path / "t.csv", "-o", tmp_path / "r.html", code=2)
    assert [line for line in result.stderr.splitlines() if "virhe" in line] == [
        "virhe: syötteissä ei ole yhtään huolta tai toimea, joten raporttia ei tehty. Tarkista tiedostot."
    ]
    assert not (tmp_path / "r.html").exists()


def test_what_was_not_read_is_told_on_the_page(run, tmp_path):
    run(ROOT / "corpus/cards/aholampi-2021.txt", "-o", tmp_path / "r.html")
    assert "aholampi-2021.txt: rivi 54: tekstiä ei voitu sijoittaa" in (tmp_path / "r.html").read_text("utf-8")


def test_sixty_cards_make_a_page_of_less_than_six_megabytes(page):
    """60 cards of 60 actions: ten cards of the corpus, each in six years; the time is measured by `make bench`."""
    files = sorted((ROOT / "corpus/labelled").glob("*.json"))
    ten = [card for file in files for card in json.loads(file.read_text("utf-8"))][:10]
    actions = cycle([action["text"] for card in ten for action in card["actions"]])
    records = [
        classify_item(Item(f"{kind}{i}", "", card["municipality"], 0, kind, "mieli", "viestinta", text, {}, 1, i))
        for card in ten
        for kind, texts in (
            ("concern", [concern["text"] for concern in card["concerns"]]),
            ("action", islice(actions, 60)),
        )
        for i, text in enumerate(texts)
    ]
    html = page([record._replace(year=year, source=f"{year}.txt") for year in range(2019, 2025) for record in records])
    assert html.count('<tr id="k') == 3600
    assert len(html.encode()) < 6_000_000
