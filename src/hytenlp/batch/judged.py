"""The verdicts on many documents, with the concerns on which there is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from hytenlp.batch import classify_items, cover_records
from hytenlp.engine import engine
from hytenlp.errors import HyteError
from hytenlp.inputs import Problems, bullets_of, is_table, outside_concerns
from hytenlp.records import Record
from hytenlp.verdicts import ConcernCoverage


@dataclass(slots=True)
class Judged:
    """What was judged.

    Attributes:
        results: the verdicts, card by card.
        unnamed: concern bullets without a known concern: a person must judge them.
        records: how many bullets were read.
        mute: whether some card names concerns of which not one was judged.
    """

    results: list[ConcernCoverage] = field(default_factory=list)
    unnamed: list[Record] = field(default_factory=list)
    records: int = 0
    mute: bool = False

    @property
    def silent(self) -> bool:
        """Whether a gate must not pass for want of verdicts."""
        return self.mute or not self.results

    def unjudged(self) -> Iterator[str]:
        """What a gate does not see, in Finnish."""
        if self.unnamed:
            yield f"huolia, joiden aihetta ei tunnistettu ja joita --fail-on ei arvioi: {len(self.unnamed)}."
        if not self.results:
            yield "yhdestäkään huolesta ei saatu tulosta, joten --fail-on ei voinut arvioida mitään ja komento päättyy koodiin 1."
        elif self.mute:
            yield "yhdestäkään jonkin kortin huolesta ei saatu tulosta, joten komento päättyy koodiin 1."


def judge(paths: Sequence[Path], problems: Problems, text_column: str | None, against: Path | None) -> Judged:
    """Classifies documents and gives the verdicts on their concerns.

    Args:
        paths: cards and tables; one that cannot be read is told about and passed over.
        problems: told about what could not be read or judged.
        text_column: the text column of tables; found by its name when None.
        against: a file of concerns to judge instead of the cards' own.

    Raises:
        InputError: the concerns from elsewhere cannot be read.
    """
    analyser = engine().analyser
    judged = Judged()
    asked: list[list[Record]] | None = None
    if against is not None:
        asked = [list(classify_items(items)) for items in outside_concerns(against, analyser, problems)]
        judged.unnamed = [record for records in asked for record in records if not record.concerns]
    for path in paths:
        try:
            records = list(classify_items(bullets_of(path, analyser, problems, text_column)))
        except HyteError as error:
            problems.error(error)
            continue
        judged.records += len(records)
        if asked is not None:
            found = _answers(records, asked)
            judged.mute = judged.mute or not found
        else:
            found = cover_records(records)
            own = [record for record in records if record.kind == "concern"]
            if not own and is_table(path):
                problems.warn(
                    str(path),
                    "taulukossa ei ole yhtään huolta. Merkitse rivien laji sarakkeeseen laji (huoli, toimi, ilo).",
                )
            unnamed = [record for record in own if not record.concerns]
            seen = {_card(one) for one in found}
            judged.unnamed += unnamed
            judged.mute = judged.mute or any(_card(one) not in seen for one in unnamed)
        judged.results += found
    return judged


def _answers(records: Sequence[Record], asked: Sequence[Sequence[Record]]) -> list[ConcernCoverage]:
    """The verdicts on what is asked, each question by itself, card by card."""
    order = {card: i for i, card in enumerate(dict.fromkeys(map(_card, records)))}
    found = [verdict for question in asked for verdict in cover_records(records, against=question)]
    return sorted(found, key=lambda verdict: order[_card(verdict)])


def _card(one: Record | ConcernCoverage) -> tuple[str, str | None, int | None]:
    return one.source, one.municipality, one.year
