"""Verdicts by the guide, on labels alone."""

from __future__ import annotations

import pytest

from hytenlp.records import Record
from hytenlp.verdicts import cover, fits, worst
from hytenlp.vocabulary.concepts import Vocabulary

BARE = Record("", "k", "Kunta", 2024, "action", None, None, "", "mieli", 1.0, (), ("kaikki",), (), "tehty", (), {})


def concern(*codes, groups=()):
    return BARE._replace(
        id="c" + "".join(codes),
        kind="concern",
        text=f"Huoli {codes}",
        concerns=codes,
        target_groups=groups,
        status=None,
    )


def action(*codes, groups=("kaikki",), status="tehty"):
    evidence = tuple(
        {"label": c, "kind": "concern", "start": 0, "end": 1, "text": "x", "how": "vocabulary"} for c in codes
    )
    return BARE._replace(
        id=f"a{codes}{groups}{status}",
        text=f"Toimi {codes}",
        concerns=codes,
        target_groups=groups,
        status=status,
        evidence=evidence,
    )


def verdict(concerns, actions):
    (found,) = cover(concerns, actions, Vocabulary.load())
    return found.verdict, found.reasons


@pytest.mark.parametrize(
    ("concerns", "actions", "wanted"),
    [
        ([concern("vape")], [action("vape")], ("katettu", ())),
        ([concern("vape")], [action("nikotiini")], ("osittain", ("yleisesti",))),
        ([concern("vape")], [action("paihteet")], ("osittain", ("yleisesti",))),
        ([concern("paihteet")], [action("vape")], ("osittain", ("osa_alue",))),
        (
            [concern("vape", groups=("nuoret",))],
            [action("vape", groups=("ikaantyneet",))],
            ("osittain", ("eri_ryhma",)),
        ),
        ([concern("vape", groups=("nuoret",))], [action("vape", groups=("perheet",))], ("katettu", ())),
        ([concern("vape", groups=("nuoret",))], [action("vape", groups=("ammattilaiset",))], ("katettu", ())),
        (
            [concern("vape", groups=("nuoret",)), concern("vape")],
            [action("vape", groups=("ikaantyneet",))],
            ("katettu", ()),
        ),
        ([concern("vape")], [action("vape", status="suunniteltu")], ("suunniteltu", ())),
        ([concern("vape")], [action("nikotiini", status="suunniteltu")], ("suunniteltu", ())),
        ([concern("vape")], [action("vape", status="toteutumatta")], ("aukko", ())),
        ([concern("vape")], [action("nuuska")], ("aukko", ())),
        ([concern("vape")], [], ("aukko", ())),
        ([concern("vape")], [action("nikotiini"), action("vape", status="suunniteltu")], ("osittain", ("yleisesti",))),
        ([concern("nikotiini")], [action("paihteet"), action("vape")], ("osittain", ("yleisesti", "osa_alue"))),
    ],
)
def test_verdicts(concerns, actions, wanted):
    assert verdict(concerns, actions) == wanted


def test_supporting_and_planned_actions_are_named_with_evidence():
    found = cover(
        [concern("vape")], [action("vape"), action("vape", status="suunniteltu"), action("nuuska")], Vocabulary.load()
    )[0]
    assert [a.text for a in found.actions] == ["Toimi ('vape',)"]
    assert found.actions[0].evidence[0]["label"] == "vape"
    assert [a.status for a in found.planned] == ["suunniteltu"]


def test_every_verdict_but_a_gap_names_its_actions():
    vocabulary = Vocabulary.load()
    for one in ([action("vape")], [action("paihteet")], [action("vape", status="suunniteltu")], []):
        found = cover([concern("vape")], one, vocabulary)[0]
        assert bool(found.actions or found.planned) == (found.verdict != "aukko")


@pytest.mark.parametrize(
    ("status", "wanted", "shown"),
    [("tehty", "aukko", 1), ("suunniteltu", "aukko", 1), ("toteutumatta", "aukko", 0)],
)
def test_what_is_only_possible_makes_no_gap_vanish(status, wanted, shown):
    unsure = action(status=status)._replace(possible=({"label": "vape", "how": "model"},))
    found = cover([concern("vape")], [unsure], Vocabulary.load())[0]
    assert (found.verdict, len(found.possible)) == (wanted, shown)


def test_a_joy_never_covers(analyser):
    from hytenlp.batch import cover_card
    from hytenlp.cards.reader import parse_card

    card = parse_card("Ilon aiheet\n- Vapetukseen puututtu.\n\nHuolen aiheet\n- Vapettaminen.\n", "k.txt", analyser)
    assert [(c.concern, c.verdict) for c in cover_card(card)] == [("vape", "aukko")]


def test_fitting_groups():
    assert fits((), ("ikaantyneet",))
    assert fits(("jarjestot",), ("ikaantyneet",))
    assert fits(("nuoret",), ("kaikki",))
    assert fits(("nuoret", "ikaantyneet"), ("ikaantyneet",))
    assert not fits(("nuoret",), ("ikaantyneet", "tyottomat"))


def test_worst():
    vocabulary = Vocabulary.load()
    assert worst([]) is None
    assert worst(cover([concern("vape", "uni")], [action("vape")], vocabulary)) == "aukko"
