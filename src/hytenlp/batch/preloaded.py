"""Imported once by the server that worker processes are forked from: what it loads is theirs without loading."""

import gc

from hytenlp.batch.chunks import classify_chunk
from hytenlp.records import Item

classify_chunk([Item("", "", None, None, "action", None, None, "Lisätty vape-tietoisuutta.", {})])
gc.collect()
gc.freeze()  # the collector would write to the pages and so copy them
gc.set_threshold(100_000, 50, 100)
