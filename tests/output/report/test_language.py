"""Catalogues hold every text of the sources, translated, with the same placeholders, and are compiled."""

from __future__ import annotations

import re

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from hytenlp.output.report.language import Language
from hytenlp.output.report.language import catalogue as translations
from tests.conftest import ROOT

OUTPUT = ROOT / "src/hytenlp/output"
CATALOGUES = OUTPUT / "report/translations"


def catalogue(code):
    with (CATALOGUES / code / "LC_MESSAGES/report.po").open("rb") as file:
        return read_po(file, locale=code)


def placeholders(text):
    return sorted(re.findall(r"%\(\w+\)s|\{\w+\}", text))


@pytest.fixture(scope="module")
def sources():
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "marked": None, "count": (1, 2)}
    methods = [("**.py", "python"), ("**/templates/**.j2", "jinja2")]
    found = extract_from_dir(OUTPUT, methods, {"**.py": {}, "**/templates/**.j2": {}}, keywords)
    return {message if isinstance(message, str) else tuple(message) for _, _, message, *_ in found}


@pytest.mark.parametrize("code", ["sv", "en"])
def test_catalogue_is_complete(code, sources):
    messages = [message for message in catalogue(code) if message.id]
    assert {message.id if isinstance(message.id, str) else tuple(message.id) for message in messages} == sources
    for message in messages:
        assert not message.fuzzy
        given = [message.string] if isinstance(message.id, str) else list(message.string)
        for text in given:
            assert text, message.id
            assert placeholders(text) == placeholders(message.id if isinstance(message.id, str) else message.id[1])


@pytest.mark.parametrize("code", ["sv", "en"])
def test_catalogue_is_compiled(code):
    for message in catalogue(code):
        if message.id and isinstance(message.id, str):
            assert translations(code).gettext(message.id) == message.string, "run `make translations`"
        elif message.id:
            for number in (0, 1):
                assert translations(code).ngettext(*message.id, 1 + number) == message.string[number], (
                    "run `make translations`"
                )


def test_numbers_and_labels(vocabulary):
    finnish, english = Language.of("fi", vocabulary), Language.of("en", vocabulary)
    assert (finnish.percent(0.876), english.percent(0.876)) == ("88\u00a0%", "88%")
    assert (finnish.label("group", "nuoret"), english.label("group", "nuoret")) == ("Nuoret", "Young people")
    assert finnish.label("theme", "oma teema") == "oma teema"
    assert english.count("%(num)s kortti", "%(num)s korttia", 2) == "2 cards"
