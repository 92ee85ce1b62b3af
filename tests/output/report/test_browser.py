"""The page in a real browser: it opens in silence, filters, sorts, exports, prints, and is accessible."""

from __future__ import annotations

import csv
import io

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.output.report.conftest import make, neighbours, pohjala
from tests.output.report.test_page import HOSTILE, hostile


def shown(tab):
    return [
        row.query_selector(".text").inner_text()
        for row in tab.query_selector_all("table.actions tbody tr:not([hidden])")
    ]


@pytest.fixture
def region(page):
    return page(neighbours() + pohjala())


def test_filters(opened, region):
    tab = opened(region)
    assert len(shown(tab)) == 9
    tab.get_by_label("Huoli", exact=True).select_option(label="Jengiytyminen")
    assert shown(tab) == ["Poliisi jututtaa jengejä.", "Jengistä irti -valmennus."]
    tab.get_by_label("Vuosi", exact=True).select_option("2023")
    assert shown(tab) == ["Jengistä irti -valmennus."]
    assert tab.locator("[data-shown]").inner_text() == "Näkyvissä 1 / 9 toimea"
    tab.get_by_role("button", name="Tyhjennä rajaukset").click()
    assert len(shown(tab)) == 9
    tab.get_by_label("Hae tekstistä").fill("VAPE oppil")
    expect(tab.locator("[data-shown]")).to_contain_text("1 /")
    assert shown(tab) == ["Vape-tunteja oppilaille."]
    tab.get_by_role("button", name="Tyhjennä rajaukset").click()
    tab.get_by_label("Vain ne, joiden teema").check()
    assert shown(tab) == ["Palkattu nuorille kadulle ohjaaja ilkivaltaa vastaan."]


def test_sorting_by_keyboard(opened, region):
    tab = opened(region)
    button = tab.get_by_role("columnheader", name="Toimi", exact=True).get_by_role("button")
    button.focus()
    tab.keyboard.press("Enter")
    up = shown(tab)
    assert up[0] == "Jengistä irti -valmennus."
    assert button.locator("..").get_attribute("aria-sort") == "ascending"
    tab.keyboard.press("Enter")
    assert shown(tab) == up[::-1]


def test_a_number_leads_to_the_sentences_that_it_counts(opened, page):
    tab = opened(page(pohjala()))
    tab.locator(".heat").get_by_role("link", name="2", exact=True).first.click()
    assert len(shown(tab)) == 2
    tab.locator(".result a", has_text="aukkoa").click()
    assert tab.url.endswith("#k1-aukko")
    tab.get_by_role("link", name="taulukossa").last.click()  # a row that the filter hides is shown again
    assert tab.locator("tr:target").is_visible()


def test_every_number_counts_the_rows_that_it_shows(opened, region):
    tab = opened(region)
    for card in tab.query_selector_all("details"):
        card.evaluate("one => one.open = true")
    links = tab.query_selector_all("a[data-filter]")
    assert len(links) > 15
    for link in links:
        number = int("".join(filter(str.isdigit, link.inner_text())))
        link.evaluate("one => one.click()")
        assert len(shown(tab)) == number, link.get_attribute("data-filter")


def test_a_link_opens_the_closed_card_that_it_leads_into(opened, region):
    tab = opened(region)
    target = tab.locator("#k3-jengit")
    assert not target.is_visible()
    tab.locator(".matrix a[href='#k3-jengit']").click()
    assert target.is_visible()


def test_export_is_what_is_shown_and_runs_no_formula(opened, page):
    tab = opened(page([*hostile(), *pohjala()]))
    tab.get_by_label("Hae tekstistä").fill("summa")
    expect(tab.locator("[data-shown]")).to_contain_text("1 /")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Vie näkyvät toimet").click()
    data = download.value.path().read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    assert head == [
        "Kortti",
        "Toimi",
        "Teema",
        "Otsikon teema",
        "Ryhmät",
        "Huolet",
        "Mahdolliset huolet",
        "Tila",
        "Kategoria",
        "Sivu",
        "Rivi",
    ]
    assert row[1] == f"'=SUMMA(A1) {HOSTILE}"
    assert row[2:6] == ["Arjen turvallisuus", HOSTILE.strip(), "Nuoret", ""]
    assert row[8].strip() == HOSTILE.strip()


def test_a_hostile_card_does_nothing(opened, page):
    tab = opened(page(hostile()))
    assert HOSTILE.rstrip() in tab.locator("#k1-jengit").inner_text()
    assert tab.locator("img").count() == 0


def test_without_javascript_everything_but_the_filters_is_there(opened, region):
    tab = opened(region, java_script_enabled=False)
    assert not tab.locator(".filters").is_visible()
    assert tab.locator("table.actions tbody tr").count() == 9
    tab.locator("#k3 > summary").click()
    assert tab.get_by_text("Malli arvelee, että 1 toimi voi koskea tätä").is_visible()


@pytest.mark.parametrize("width", [320, 1280])  # 320 is a page of 1280 at 400 %
@pytest.mark.parametrize("several", [False, True])
def test_accessible_and_without_sideways_scrolling(opened, page, width, several):
    tab = opened(page(neighbours() + pohjala() if several else pohjala()), width)
    for card in tab.query_selector_all("details"):
        card.evaluate("one => one.open = true")
    found = Axe().run(
        tab, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found.response["violations"]] == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    small = tab.evaluate(
        "[...document.querySelectorAll('main a, button, summary, select, input')].filter(e => e.offsetHeight && e.offsetHeight < 16).length"
    )
    assert small == 0


@pytest.mark.parametrize("code", ["sv", "en"])
def test_other_languages_are_accessible_too(opened, page, code):
    tab = opened(page(neighbours() + pohjala(), code))
    assert Axe().run(tab).response["violations"] == []


def test_the_skip_link_comes_first_and_focus_is_seen(opened, page):
    tab = opened(page(pohjala()))
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    assert tab.locator(".skip").bounding_box()["x"] >= 0
    tab.keyboard.press("Tab")
    assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_motion_is_reduced_when_asked(opened, page):
    tab = opened(page(pohjala()), reduced_motion="reduce")
    assert tab.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_print_is_a_clean_a4(opened, page):
    tab = opened(page(pohjala()))
    tab.emulate_media(media="print")
    for hidden in ("nav", ".filters", ".skip", ".to"):
        assert not tab.locator(hidden).first.is_visible()
    pdf = tab.pdf(prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF")
    assert b"/MediaBox [0 0 594.95996 841.91998]" in pdf or b"/MediaBox [0 0 595" in pdf


def test_a_region_prints_actions_only_when_they_were_narrowed(opened, region):
    tab = opened(region)
    tab.emulate_media(media="print")
    assert not tab.locator("#toimet").is_visible()
    tab.emulate_media(media="screen")
    tab.get_by_label("Huoli", exact=True).select_option(label="Jengiytyminen")
    tab.emulate_media(media="print")
    assert tab.locator("#toimet").is_visible()


def test_many_cards_open_and_filter(opened, page):
    records = [
        make("action", f"Toimi {i}.", target_groups=("nuoret",), concerns=("vape",) if i % 3 else (), source=f"{i % 60}.txt", municipality=f"K{i % 60}")
        for i in range(3600)
    ]  # fmt: skip
    tab = opened(page(records))
    tab.get_by_label("Huoli", exact=True).select_option("vape")
    assert tab.locator("[data-shown]").inner_text() == "Näkyvissä 2400 / 3600 toimea"
