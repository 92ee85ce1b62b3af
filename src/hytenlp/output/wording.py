"""What verdicts, reasons and the like are called when people read them: plain Finnish, the same in every output.

The Finnish texts are the keys of the report's catalogues, so that a translation is looked up by the words that stand here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from hytenlp.verdicts import VERDICTS, ConcernCoverage, Reason, Verdict


def marked(text: str) -> str:
    """Marks a text for the catalogues; it is translated where it is shown."""
    return text


VERDICT_WORDS: dict[Verdict, str] = {
    "katettu": marked("Katettu"),
    "osittain": marked("Osittain"),
    "suunniteltu": marked("Vain suunniteltu"),
    "aukko": marked("Aukko"),
}
VERDICT_MEANINGS: dict[Verdict, str] = {
    "katettu": marked("Ainakin yksi tehty toimi koskee juuri tätä huolta ja sopivaa ryhmää."),
    "osittain": marked("Tehty toimi koskee laajempaa tai suppeampaa aihetta tai toista ryhmää."),
    "suunniteltu": marked("Toimia on vasta suunnitteilla."),
    "aukko": marked("Mikään kortin toimi ei vastaa tähän huoleen."),
}
_UNSURE_GAP = marked("Varmaa vastausta ei löytynyt.")
#: Said wherever actions are shown as possible.
POSSIBLE_MEANING = "Mahdollinen: mallin arvio, joka ei kata huolta, ennen kuin ihminen on tarkistanut sen."
REASON_WORDS: dict[Reason, str] = {
    "yleisesti": "toimi koskee aihetta vain yleisesti",
    "osa_alue": "toimi koskee vain huolen osa-aluetta",
    "eri_ryhma": "toimi on suunnattu toiselle ryhmälle",
}
CATEGORY_WORDS = {
    "lahiyhteisot": marked("Toimet lähiyhteisöissä"),
    "osallisuus": marked("Osallisuus"),
    "viestinta": marked("Viestintä"),
    "osaaminen": marked("Osaaminen"),
    "nostot": marked("Kunnan omat nostot"),
}
#: Why a mention of a concern does not count; completes "ei lasketa: …".
DROPPED_WORDS = {
    "actor": marked("nimeää vastuutahon"),
    "resource": marked("kertoo resursseista tai ajasta"),
    "name": marked("on nimi"),
    "called": marked("on nimi"),
    "other sense": marked("tarkoittaa tässä muuta"),
    "offered": marked("toimi tarjoaa sitä, ei ehkäise"),
    "service": marked("nimeää palvelun"),
    "denied": marked("lause kieltää sen"),
    "metric": marked("on mittari"),
    "reason": marked("on syy, miksi toimi ei toteutunut"),
    "means": marked("on keino muuhun huoleen"),
    "model": marked("malli pitää epätodennäköisenä"),
    "status suunniteltu": marked("on vasta suunnitteilla"),
    "status toteutumatta": marked("jäi toteutumatta"),
    "status tehty": marked("lauseen tila on tehty"),
}


def gaps_first(coverages: Iterable[ConcernCoverage]) -> list[ConcernCoverage]:
    """The worst verdicts first, else in the guide's order."""
    return sorted(coverages, key=lambda c: -VERDICTS.index(c.verdict))


def counts(coverages: Sequence[ConcernCoverage]) -> dict[Verdict, int]:
    """How many concerns have each verdict, from the best to the worst."""
    return {verdict: sum(c.verdict == verdict for c in coverages) for verdict in VERDICTS}


def meaning(coverage: ConcernCoverage) -> str:
    """What a verdict means; of a gap that nothing answers, or that a person must look at what may."""
    unsure = coverage.verdict == "aukko" and coverage.possible
    return _UNSURE_GAP if unsure else VERDICT_MEANINGS[coverage.verdict]


def finnish_count(one: str, many: str, number: int) -> str:
    """A text with a number: one or many; the page has the same in its language."""
    return (one if number == 1 else many) % {"num": number}


def to_judge(
    coverages: Iterable[ConcernCoverage], unnamed: int, count: Callable[[str, str, int], str] = finnish_count
) -> list[str]:
    """Sentences that go with the counts of verdicts: bullets are not concerns, and some of both a person must judge.

    Args:
        coverages: the verdicts.
        unnamed: how many more bullets name no known concern.
        count: makes a text with a number.
    """
    found = list(coverages)
    bullets = {(c.source, c.municipality, c.year, text) for c in found for text in c.concern_texts}
    possible = sum(c.verdict == "aukko" and bool(c.possible) for c in found)
    sentences = []
    if unnamed or len(bullets) != len(found):
        number = len(bullets) + unnamed
        sentences.append(count("Huolia luettiin %(num)s kohdasta.", "Huolia luettiin %(num)s kohdasta.", number))
    if unnamed:
        sentences.append(
            count(
                "%(num)s kohdan aihetta ei tunnistettu: arvioi se itse.",
                "%(num)s kohdan aihetta ei tunnistettu: arvioi ne itse.",
                unnamed,
            )
        )
    if possible:
        sentences.append(
            count(
                "%(num)s aukkoon on mahdollinen vastaus: tarkista se.",
                "%(num)s aukkoon on mahdollinen vastaus: tarkista ne.",
                possible,
            )
        )
    return sentences


def summary(coverages: Sequence[ConcernCoverage]) -> str:
    """One line: "9 huolta: 2 katettu, 2 osittain, 5 aukkoa"."""
    found = counts(coverages)
    words = {
        "katettu": "katettu",
        "osittain": "osittain",
        "suunniteltu": "vain suunniteltu",
        "aukko": "aukko" if found["aukko"] == 1 else "aukkoa",
    }
    parts = [f"{count} {words[verdict]}" for verdict, count in found.items() if count or verdict != "suunniteltu"]
    total = f"{len(coverages)} {'huoli' if len(coverages) == 1 else 'huolta'}"
    return f"{total}: {', '.join(parts)}"
