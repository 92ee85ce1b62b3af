"""Cards made of hand-written records, so that these tests hold whatever the model learns, and the browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hytenlp.batch import cover_records
from hytenlp.output.report import render
from hytenlp.output.report.cards import cards_of
from hytenlp.output.report.language import Language
from hytenlp.output.report.origin import Origin, SourceFile
from hytenlp.records import Record
from hytenlp.vocabulary.concepts import Vocabulary

#: As the environment in which the browser runs must be, to ask nothing of the network.
CHROMIUM_OPTIONS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

QUALITY = {
    "actions": 1267, "theme": {"accuracy": 0.895}, "concerns": {"micro": {"precision": 0.905, "recall": 0.848}},
    "groups": {"micro": {"f1": 0.826}}, "status": {"accuracy": 0.952},
    "coverage": {"accuracy": 0.833, "verdicts": 60, "cards": 6, "invented_covers": 1, "missed_gaps": 0},
}  # fmt: skip
ORIGIN = Origin(
    "1.2.3", "a" * 64, "b" * 64, {"corpus": "c" * 16, "samples": 13413}, QUALITY, (SourceFile("pohjala.txt", "d" * 64),)
)


def mark(text: str, word: str, label: str, kind: str = "concern", **more: Any) -> dict[str, Any]:
    """Evidence for a label: a word of the text."""
    start = text.index(word)
    return {
        "label": label,
        "kind": kind,
        "start": start,
        "end": start + len(word),
        "text": word,
        "how": "vocabulary",
    } | more


def make(kind: str, text: str, **more: Any) -> Record:
    """A classified bullet; `words` are its evidence: label -> word."""
    words = more.pop("words", {})
    number = more.pop("number", 1)
    fields: dict[str, Any] = {
        "id": f"{kind}-{text}", "source": "pohjala.txt", "municipality": "Pohjala", "year": 2024, "kind": kind, "stated_theme": None,
        "category": None, "text": text, "theme": "elintavat", "theme_probability": 0.9, "further_themes": (), "target_groups": (),
        "concerns": (), "status": "tehty" if kind == "action" else None, "extra": {}, "page": 1, "line": number,
        "evidence": tuple(mark(text, word, label) for label, word in words.items()),
    }  # fmt: skip
    return Record(**fields | more)


def pohjala() -> list[Record]:
    """One card with everything: a gap with near misses, a plan, partly covered ones, a cover, a possible one, a concern without a topic."""
    possible = "Kerrottu vanhemmille kukkarosta, joka tyhjenee ruudun ääressä."
    named = "Valvojaiset järjesti koko jengi."
    return [
        make("joy", "Tupakointi on vähentynyt.", number=3),
        make("concern", "Jengit ihannoivat väkivaltaa.", concerns=("jengit",), target_groups=("nuoret",), words={"jengit": "Jengit"}, number=6),
        make("concern", "Nettikasinot vievät palkan.", concerns=("rahapelit",), words={"rahapelit": "Nettikasinot"}, number=7),
        make("concern", "Vuokrarästit.", concerns=("asunnottomuus",), words={"asunnottomuus": "Vuokrarästit"}, number=8),
        make("concern", "Huumeet koulussa.", concerns=("huumeet",), words={"huumeet": "Huumeet"}, number=9),
        make("concern", "Vapettaminen leviää.", concerns=("vape",), target_groups=("nuoret",), words={"vape": "Vapettaminen"}, number=10),
        make("concern", "Säiden vaihtelu.", number=11),
        make(
            "action", "Palkattu nuorille kadulle ohjaaja ilkivaltaa vastaan.", concerns=("rikollisuus",), target_groups=("nuoret",),
            theme="turvallisuus", stated_theme="osallisuus", category="lahiyhteisot", words={"rikollisuus": "ilkivaltaa"}, number=20,
            status="toteutumatta",
        ),
        make("action", named, theme="turvallisuus", target_groups=("kaikki",), number=21, category="nostot", dropped=(mark(named, "jengi", "jengit", why="name"),)),
        make("action", "Nuorten turvakurssi.", theme="turvallisuus", target_groups=("nuoret",), number=22, evidence=(mark("Nuorten turvakurssi.", "Nuorten", "nuoret", "group"),)),
        make("action", "Suunnitteilla asumisneuvoja vuokrarästeihin.", concerns=("asunnottomuus",), status="suunniteltu", theme="turvallisuus", words={"asunnottomuus": "vuokrarästeihin"}, number=23, category="osaaminen"),
        make("action", "Puhuttu päihteistä.", concerns=("paihteet",), target_groups=("nuoret",), words={"paihteet": "päihteistä"}, category="viestinta", number=24),
        make("action", "Vape-tunteja oppilaille.", concerns=("vape",), target_groups=("nuoret",), words={"vape": "Vape"}, stated_theme="elintavat", number=25),
        make(
            "action", possible, target_groups=("perheet",), number=26,
            possible=(mark(possible, "kukkarosta", "rahapelit", how="model", probability=0.41),),
        ),
    ]  # fmt: skip


def neighbours() -> list[Record]:
    """Two more cards: the same municipality a year before, and another one that answers the gap."""
    before = {"year": 2023, "source": "pohjala-2023.txt"}
    other = {"municipality": "Etelälä", "source": "etelala.txt"}
    return [
        make("concern", "Jengit.", concerns=("jengit",), words={"jengit": "Jengit"}, **before),
        make("action", "Jengistä irti -valmennus.", concerns=("jengit",), words={"jengit": "Jengistä"}, **before),
        make("concern", "Huumeet.", concerns=("huumeet",), words={"huumeet": "Huumeet"}, **before),
        make("concern", "Yksinäisyys.", concerns=("yksinaisyys",), words={"yksinaisyys": "Yksinäisyys"}, **before),
        make("concern", "Vapet.", concerns=("vape",), words={"vape": "Vapet"}, **before),
        make("concern", "Jengit.", concerns=("jengit",), words={"jengit": "Jengit"}, **other),
        make("action", "Poliisi jututtaa jengejä.", concerns=("jengit",), words={"jengit": "jengejä"}, category="viestinta", theme="turvallisuus", **other),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary.load()


@pytest.fixture(scope="session")
def cards():
    """Makes the page's cards of records."""
    return lambda records: cards_of(records, cover_records)


@pytest.fixture(scope="session")
def page(cards, vocabulary):
    """Renders the page of records."""

    def rendered(records: list[Record], code: str = "fi") -> str:
        return render(cards(records), ORIGIN, Language.of(code, vocabulary))

    return rendered


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The system's chromium. Where there is none the tests are skipped; in CI they fail."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        why = "no chromium here: install it (apt-get install chromium), or run `make browser` as root"
        pytest.fail(why) if os.environ.get("CI") == "true" else pytest.skip(why)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_OPTIONS)
        yield started
        started.close()


@pytest.fixture
def opened(browser, tmp_path):
    """Opens a page from a file; fails on any error of the console, any dialog and any request but the file itself."""
    complaints: list[str] = []
    contexts = []

    def opening(html: str, width: int = 1280, **options: Any) -> Any:
        file = Path(tmp_path / "sivu.html")
        file.write_text(html, "utf-8")
        context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: complaints.append(f"console: {message.text}"))
        tab.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        tab.on("dialog", lambda dialog: (complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        tab.on("request", lambda request: request.url == file.as_uri() or complaints.append(f"request: {request.url}"))
        tab.goto(file.as_uri())
        return tab

    yield opening
    for context in contexts:
        context.close()
    assert not complaints
