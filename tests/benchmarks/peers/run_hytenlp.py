"""hytenlp in full: themes, groups, concerns, status, evidence, as records."""

from itertools import count

from clock import measure


def load():
    from hytenlp.processes.lean import go_lean

    go_lean()  # as the command line does
    from hytenlp.batch import classify_items
    from hytenlp.records import Item

    def work(texts):
        items = (Item(str(i), "", None, None, "action", None, None, text, {}) for i, text in zip(count(), texts))
        return sum(1 for _ in classify_items(items))

    return work


measure(load)
