"""Honest figures: how well the classification does on labelled texts, label by label and on whole cards.

A measure without cases is undefined (None, shown as –), never 0.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence, Set
from dataclasses import dataclass
from typing import Any

from hytenlp.classification.corpus import Corpus, LabelledAction, LabelledCard, Part
from hytenlp.records import BulletKind, Item, Record
from hytenlp.verdicts import VERDICTS, ConcernCoverage, cover
from hytenlp.vocabulary.concepts import Vocabulary

Classify = Callable[[Item], Record]


@dataclass(slots=True)
class Counts:
    """True and false positives and false negatives of a label."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @classmethod
    def of(cls, found: Set[str], gold: Set[str]) -> Counts:
        """The counts of one text's labels."""
        return cls(len(found & gold), len(found - gold), len(gold - found))

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def precision(self) -> float | None:
        """Of the given labels, the share that is right."""
        return _ratio(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float | None:
        """Of the right labels, the share that is given."""
        return _ratio(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall."""
        return _ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn)

    def to_dict(self) -> dict[str, Any]:
        """The counts and what follows from them."""
        return {
            "precision": self.precision,
            "recall": self.recall,
            "f1": self.f1,
            "tp": self.tp,
            "fp": self.fp,
            "fn": self.fn,
        }


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return _ratio(sum(known), len(known))


def evaluate(corpus: Corpus, part: Part | None, classify: Classify, vocabulary: Vocabulary) -> dict[str, Any]:
    """Measures the classification on a part of a corpus.

    Args:
        corpus: the labelled texts.
        part: the part to measure on; all of it when None.
        classify: classifies one bullet.
        vocabulary: the codes and their hierarchy.

    Returns:
        Theme, groups, concerns and status with micro, macro and per-label figures; by author and register; coverage on whole cards;
        the errors with their texts.
    """
    actions = corpus.actions(part)
    pairs = [(action, classify(_item(action, hint=False))) for action in actions]
    return {
        "part": part or "all",
        "corpus": corpus.digest(),
        "actions": len(pairs),
        "theme": _theme_figures(pairs, vocabulary.codes("theme")),
        "groups": _set_figures(pairs, "target_groups", vocabulary.codes("group")),
        "concerns": _set_figures(pairs, "concerns", vocabulary.codes("concern")),
        "status": _status_figures(pairs, vocabulary.codes("status")),
        "theme_with_heading": _heading_figures([action for action in actions if action.stated_theme], classify),
        "coverage": _coverage_figures(corpus.cards(part), classify, vocabulary),
        "by_author": _grouped(pairs, lambda action: action.author),
        "by_register": _grouped(pairs, lambda action: action.register),
        "errors": [error for pair in pairs if (error := _error(*pair))],
    }


Pairs = Sequence[tuple[LabelledAction, Record]]


def _item(action: LabelledAction, *, hint: bool) -> Item:
    stated = action.stated_theme if hint else None
    return Item(action.id, "corpus", action.municipality, None, "action", stated, None, action.text, {})


def _theme_figures(pairs: Pairs, codes: Sequence[str]) -> dict[str, Any]:
    per_label = {code: Counts() for code in codes}
    confusion: dict[str, Counter[str]] = {code: Counter() for code in codes}
    for action, record in pairs:
        confusion[action.theme][record.theme] += 1
        if action.theme == record.theme:
            per_label[action.theme].tp += 1
        else:
            per_label[action.theme].fn += 1
            per_label[record.theme].fp += 1
    right = [action.theme == record.theme for action, record in pairs]
    return {
        "accuracy": _ratio(sum(right), len(right)),
        "macro_f1": _mean(counts.f1 for counts in per_label.values()),
        "calibration_error": calibration_error(
            [(record.theme_probability, ok) for (_, record), ok in zip(pairs, right, strict=True)]
        ),
        "per_label": {code: counts.to_dict() for code, counts in per_label.items()},
        "confusion": {code: {other: row[other] for other in codes} for code, row in confusion.items()},
    }


def _heading_figures(actions: Sequence[LabelledAction], classify: Classify) -> dict[str, Any]:
    """Theme accuracy on actions of whole cards, without and with the heading that they stand under as a hint."""

    def accuracy(hint: bool) -> float | None:
        right = [classify(_item(action, hint=hint)).theme == action.theme for action in actions]
        return _ratio(sum(right), len(right))

    heading = _ratio(sum(action.stated_theme == action.theme for action in actions), len(actions))
    return {"actions": len(actions), "heading_itself": heading, "without": accuracy(False), "with": accuracy(True)}


def calibration_error(predictions: Sequence[tuple[float, bool]], bins: int = 10) -> float | None:
    """Expected calibration error: the mean gap between probability and share of right answers, over bins of probability."""
    binned: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for probability, right in predictions:
        binned[min(bins - 1, int(probability * bins))].append((probability, right))
    gaps = [abs(sum(p for p, _ in members) - sum(r for _, r in members)) for members in binned.values()]
    return _ratio(sum(gaps), len(predictions))


def _set_figures(pairs: Pairs, field: str, codes: Sequence[str]) -> dict[str, Any]:
    per_label = {code: Counts() for code in codes}
    for action, record in pairs:
        gold, found = set(getattr(action, field)), set(getattr(record, field))
        for code in gold | found:
            per_label[code] += Counts(int(code in gold & found), int(code in found - gold), int(code in gold - found))
    micro = sum(per_label.values(), Counts())
    return {
        "micro": micro.to_dict(),
        "macro_f1": _mean(counts.f1 for counts in per_label.values()),
        "exact": _ratio(sum(set(getattr(a, field)) == set(getattr(r, field)) for a, r in pairs), len(pairs)),
        "per_label": {code: counts.to_dict() for code, counts in per_label.items()},
    }


def _status_figures(pairs: Pairs, codes: Sequence[str]) -> dict[str, Any]:
    per_label = {code: Counts() for code in codes}
    for action, record in pairs:
        found = record.status or "tehty"
        if found == action.status:
            per_label[found].tp += 1
        else:
            per_label[found].fp += 1
            per_label[action.status].fn += 1
    return {
        "accuracy": _ratio(sum(a.status == r.status for a, r in pairs), len(pairs)),
        "macro_f1": _mean(counts.f1 for counts in per_label.values()),
        "per_label": {code: counts.to_dict() for code, counts in per_label.items()},
    }


def _coverage_figures(cards: Sequence[LabelledCard], classify: Classify, vocabulary: Vocabulary) -> dict[str, Any]:
    """Verdicts on whole cards against those that follow from the gold labels.

    A *missed gap* is a concern of the card that got no verdict or whose gap was covered; an *invented cover* a gap or plan shown as covered.
    """
    right = total = missed = invented = spurious = 0
    confusion: Counter[tuple[str, str]] = Counter()
    concern_counts = Counts()
    for card in cards:
        gold = {c.concern: c for c in _gold_coverage(card, vocabulary)}
        found = {c.concern: c for c in _found_coverage(card, classify, vocabulary)}
        spurious += len(found.keys() - gold.keys())
        concern_counts += Counts.of(found.keys(), gold.keys())
        for code, verdict in gold.items():
            shown = found[code].verdict if code in found else "puuttuu"
            confusion[verdict.verdict, shown] += 1
            total += 1
            right += shown == verdict.verdict
            missed += verdict.verdict == "aukko" and shown != "aukko"
            invented += shown == "katettu" and verdict.verdict in ("aukko", "suunniteltu")
    return {
        "cards": len(cards),
        "verdicts": total,
        "accuracy": _ratio(right, total),
        "missed_gaps": missed,
        "invented_covers": invented,
        "invented_share": _ratio(invented, total),
        "spurious_concerns": spurious,
        "card_concerns": concern_counts.to_dict(),
        "confusion": {v: {s: confusion[v, s] for s in (*VERDICTS, "puuttuu")} for v in VERDICTS},
    }


def _gold_coverage(card: LabelledCard, vocabulary: Vocabulary) -> list[ConcernCoverage]:
    def record(
        number: int, kind: BulletKind, text: str, groups: tuple[str, ...], concerns: tuple[str, ...], status: str | None
    ) -> Record:
        return Record(
            f"{kind}{number}",
            "gold",
            card.municipality,
            card.year,
            kind,
            None,
            None,
            text,
            "",
            0.0,
            (),
            groups,
            concerns,
            status,
            (),
            {},
        )

    concerns = [record(i, "concern", c.text, c.target_groups, c.concerns, None) for i, c in enumerate(card.concerns)]
    actions = [record(i, "action", a.text, a.target_groups, a.concerns, a.status) for i, a in enumerate(card.actions)]
    return cover(concerns, actions, vocabulary)


def _found_coverage(card: LabelledCard, classify: Classify, vocabulary: Vocabulary) -> list[ConcernCoverage]:
    def record(number: int, kind: BulletKind, text: str, stated: str | None) -> Record:
        return classify(Item(f"{kind}{number}", "card", card.municipality, card.year, kind, stated, None, text, {}))

    concerns = [record(i, "concern", c.text, None) for i, c in enumerate(card.concerns)]
    actions = [record(i, "action", a.text, a.stated_theme) for i, a in enumerate(card.actions)]
    return cover(concerns, actions, vocabulary)


def _grouped(pairs: Pairs, key: Callable[[LabelledAction], str]) -> dict[str, Any]:
    groups: dict[str, list[tuple[LabelledAction, Record]]] = defaultdict(list)
    for pair in pairs:
        groups[key(pair[0])].append(pair)
    return {
        name: {
            "actions": len(members),
            "theme_accuracy": _ratio(sum(a.theme == r.theme for a, r in members), len(members)),
            "groups_f1": _micro_f1(members, "target_groups"),
            "concerns_f1": _micro_f1(members, "concerns"),
            "status_accuracy": _ratio(sum(a.status == r.status for a, r in members), len(members)),
        }
        for name, members in sorted(groups.items())
    }


def _micro_f1(pairs: Pairs, field: str) -> float | None:
    counts = Counts()
    for action, record in pairs:
        gold, found = set(getattr(action, field)), set(getattr(record, field))
        counts += Counts.of(found, gold)
    return counts.f1


def _error(action: LabelledAction, record: Record) -> dict[str, Any] | None:
    wrong = {
        field: {"gold": gold, "found": found}
        for field, gold, found in (
            ("theme", action.theme, record.theme),
            ("target_groups", sorted(action.target_groups), sorted(record.target_groups)),
            ("concerns", sorted(action.concerns), sorted(record.concerns)),
            ("status", action.status, record.status),
        )
        if gold != found
    }
    return {"id": action.id, "text": action.text, **wrong} if wrong else None


def readable(report: dict[str, Any], *, errors: int = 0) -> str:
    """An evaluation as text.

    Args:
        report: what `evaluate` returned.
        errors: how many errors to list.
    """
    lines = [f"Part {report['part']}: {report['actions']} actions (corpus {report['corpus']})"]
    if report.get("seen"):
        lines.append("The model was trained on texts of this part: these figures say nothing about others.")
    lines.append("")
    theme, status, coverage = report["theme"], report["status"], report["coverage"]
    lines.append(
        f"theme      accuracy {_f(theme['accuracy'])}  macro-F1 {_f(theme['macro_f1'])}  calibration error {_f(theme['calibration_error'])}"
    )
    heading = report["theme_with_heading"]
    lines.append(
        f"on cards   {heading['actions']} actions: without the heading {_f(heading['without'])}, with it {_f(heading['with'])}, "
        f"the heading itself {_f(heading['heading_itself'])}"
    )
    for field in ("groups", "concerns"):
        micro = report[field]["micro"]
        lines.append(
            f"{field:10} P {_f(micro['precision'])}  R {_f(micro['recall'])}  micro-F1 {_f(micro['f1'])}  macro-F1 {_f(report[field]['macro_f1'])}"
        )
    lines.append(f"status     accuracy {_f(status['accuracy'])}  macro-F1 {_f(status['macro_f1'])}")
    lines.append(
        f"coverage   {coverage['verdicts']} verdicts on {coverage['cards']} cards: right {_f(coverage['accuracy'])}, missed gaps "
        f"{coverage['missed_gaps']}, invented covers {coverage['invented_covers']} ({_f(coverage['invented_share'])}), "
        f"concerns found P {_f(coverage['card_concerns']['precision'])} R {_f(coverage['card_concerns']['recall'])}"
    )
    for field in ("theme", "groups", "concerns", "status"):
        lines += ["", f"{field:24}    P     R    F1    tp    fp    fn"]
        for code, figures in report[field]["per_label"].items():
            shown = "  ".join(_f(figures[key]) for key in ("precision", "recall", "f1"))
            lines.append(f"  {code:22} {shown} {figures['tp']:5} {figures['fp']:5} {figures['fn']:5}")
    lines += ["", "theme confusion (row gold, column found): " + " ".join(report["theme"]["confusion"])]
    lines += [
        f"  {code:14} " + " ".join(f"{n:5}" for n in row.values()) for code, row in report["theme"]["confusion"].items()
    ]
    lines += ["", "verdict confusion (row gold, column found): " + " ".join((*VERDICTS, "puuttuu"))]
    lines += [f"  {code:14} " + " ".join(f"{n:5}" for n in row.values()) for code, row in coverage["confusion"].items()]
    for name in ("by_author", "by_register"):
        lines += ["", f"{name:18} actions theme groups concerns status"]
        for key, row in report[name].items():
            shown = "  ".join(_f(row[k]) for k in ("theme_accuracy", "groups_f1", "concerns_f1", "status_accuracy"))
            lines.append(f"  {key:18} {row['actions']:5} {shown}")
    for error in report["errors"][:errors]:
        lines += ["", f"{error['id']}: {error['text']}"]
        lines += [f"    {k}: gold {v['gold']}, found {v['found']}" for k, v in error.items() if isinstance(v, dict)]
    return "\n".join(lines)


def _f(value: float | None) -> str:
    return "  –  " if value is None else f"{value:.3f}"
