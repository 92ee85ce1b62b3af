"""Speed and memory against the budgets of the design, each beside a peer in the same run. `make bench`; not a test.

Times are CPU seconds of whole processes, as the operating system counts them; medians of several runs.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import cold
import texts

ROOT = Path(__file__).resolve().parents[2]
CARD = ROOT / "corpus" / "cards" / "kuusilampi-2024.txt"
COMMAND = [sys.executable, "-c", "from hytenlp.cli import main; main()"]
RUNS = 5


def cpu_seconds(arguments: list[str]) -> float:
    """CPU seconds of a process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median_cpu(arguments: list[str]) -> float:
    """The median of several runs after one that is not counted."""
    cpu_seconds(arguments)
    return statistics.median(cpu_seconds(arguments) for _ in range(RUNS))


def throughput() -> tuple[float, float, float, float]:
    """Actions per CPU second on texts that were never seen, the new words an action in them, the same texts once more, and the peer.

    The peer is simplemma, which looks up a lemma for each token and nothing else.
    """
    import simplemma

    from hytenlp.batch import classify_items
    from hytenlp.engine import engine
    from hytenlp.processes.lean import go_lean
    from hytenlp.records import Item

    cold.forget_words()
    go_lean()  # as the command line does
    shuffled = texts.corpus_texts()
    random.Random(0).shuffle(shuffled)
    items = [Item(str(i), "", None, None, "action", None, None, text, {}) for i, text in enumerate(shuffled)]
    before, fresh = items[: len(items) // 2], items[len(items) // 2 :]
    list(classify_items(before))
    known = len(engine().analyser)

    def rate(work: Callable[[], object]) -> float:
        start = time.process_time()
        work()
        return len(fresh) / (time.process_time() - start)

    first = rate(lambda: list(classify_items(fresh)))
    new_words = (len(engine().analyser) - known) / len(fresh)
    warm = rate(lambda: list(classify_items(fresh)))
    simplemma.lemmatize("kunnan", lang="fi")
    peer = rate(lambda: [[simplemma.lemmatize(word, lang="fi") for word in item.text.split()] for item in fresh])
    return first, new_words, warm, peer


def long_run(rows: int, jobs: int) -> tuple[float, float]:
    """Wall seconds and peak megabytes of the largest process when a table is classified from the command line."""
    cold.forget_words()
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "rows.jsonl"
        texts.write(table, rows)
        start = time.perf_counter()
        process = subprocess.Popen(
            [*COMMAND, "classify", str(table), "-o", str(Path(folder) / "out.csv"), "--jobs", str(jobs)],
            stderr=subprocess.DEVNULL,
        )
        _, _, usage = os.wait4(process.pid, 0)
        return time.perf_counter() - start, usage.ru_maxrss / 1024


def report_page(cards: int = 60, actions: int = 60) -> tuple[float, float]:
    """CPU seconds and megabytes of the report of many cards, once their bullets are classified."""
    from hytenlp.batch import classify_items, cover_records
    from hytenlp.engine import engine
    from hytenlp.output.report import origin_of, render
    from hytenlp.output.report.cards import cards_of
    from hytenlp.output.report.language import Language
    from hytenlp.records import Item

    source = texts.corpus_texts()
    items = [
        Item(f"{kind}{card}-{i}", f"{card}.txt", f"Kunta {card}", 2024, kind, None, "viestinta", source[(card * actions + i) % len(source)], {}, 1, i)
        for card in range(cards)
        for kind, count in (("concern", 10), ("action", actions))
        for i in range(count)
    ]  # fmt: skip
    records = list(classify_items(items))
    start = time.process_time()
    page = render(cards_of(records, cover_records), origin_of([]), Language.of("fi", engine().vocabulary))
    return time.process_time() - start, len(page.encode()) / 1e6


def main() -> None:
    """Prints one line a budget."""
    cold.use_own_cache()
    print(f"{'what':42} {'measured':>12} {'budget':>10}   peer")
    help_time = median_cpu([*COMMAND, "--help"])
    spacy_time = median_cpu([sys.executable, "-c", "import spacy; spacy.blank('fi')"])
    print(
        f"{'hytenlp --help, CPU s':42} {help_time:12.2f} {'0.35':>10}   python -c pass {median_cpu([sys.executable, '-c', 'pass']):.2f}"
    )
    card_time = median_cpu([*COMMAND, "coverage", str(CARD)])
    print(
        f"{'one card, cold start to coverage, CPU s':42} {card_time:12.2f} {'2.0':>10}   spacy.blank('fi') alone {spacy_time:.2f}"
    )
    first, new_words, warm, peer = throughput()
    print(
        f"{f'classify, {new_words:.1f} new words an action, actions/s':42} {first:12.0f} {'3000':>10}   simplemma, lemmas only {peer:.0f}"
    )
    print(f"{'classify, no new words, actions/s':42} {warm:12.0f}")
    seconds, size = report_page()
    print(f"{'report of 60 cards, 3,600 actions, CPU s':42} {seconds:12.1f} {'10':>10}")
    print(f"{'the same, MB':42} {size:12.1f} {'6':>10}")
    one, _ = long_run(20_000, 1)
    two, _ = long_run(20_000, 2)
    print(
        f"{'two processes against one, times':42} {one / two:12.2f} {'1.8':>10}   {one:.0f} s, {two:.0f} s for 20,000 rows"
    )
    rows = int(os.environ.get("BENCH_ROWS", "100000"))
    _, memory = long_run(rows, 1)
    print(f"{f'memory of a {rows:,}-row run, MB':42} {memory:12.0f} {'300':>10}")


if __name__ == "__main__":
    main()
