"""Imported once by the server that worker processes are forked from: what it loads is theirs without loading."""

import gc

from hytenlp.processes.lean import go_lean

go_lean()  # before it imports what can be left out

import hytenlp.cli  # noqa: E402, F401 - the script that began the run imports it, in every process anew
from hytenlp.batch.chunks import classify_chunk  # noqa: E402
from hytenlp.records import Item  # noqa: E402

classify_chunk([Item("", "", None, None, "action", None, None, "Lisätty vape-tietoisuutta.", {})])
gc.collect()
gc.freeze()  # the collector would write to the pages and so copy them
