"""Mutated documents: every reader must answer each with a card or with one clear line, within ten seconds (`make fuzz`).

Mutations are seeded, so that a failure can be made again: `python tests/cards/fuzz.py --only NAME:SEED`.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

FIXTURES = Path(__file__).resolve().parent / "fixtures"
CARDS = FIXTURES.parent.parent.parent / "corpus" / "cards"
SECONDS = 10.0
_TOKENS = (
    b"0",
    b"-1",
    b"99999999999",
    b"/",
    b"<<",
    b">>",
    b"[",
    b"]",
    b"(",
    b"<",
    b"&x;",
    b"\x00",
    b"\xff\xfe",
    b"obj",
    b"endstream",
)
_OPENED = (
    b"<w:p>",
    b"<w:tbl>",
    b"</w:tc>",
    b"<text:list>",
    b"<td colspan=9999>",
    b"<ul>" * 50,
    b"<!DOCTYPE a [<!ENTITY x 'y'>]>",
    b"\x0c",
    b"#",
)


def seeds() -> list[Path]:
    """The documents that are mutated: all fixtures and the texts that they were made from."""
    return sorted([*FIXTURES.iterdir(), *(p for p in CARDS.iterdir() if p.suffix in (".txt", ".md"))])


def mutated(data: bytes, suffix: str, random_: random.Random) -> bytes:
    """A document with some of its bytes changed; of an archive, often those inside its parts."""
    if suffix in (".docx", ".odt") and random_.random() < 0.8:
        try:
            return _repacked(data, random_)
        except (zipfile.BadZipFile, KeyError):
            pass
    return _changed(data, random_)


def _repacked(data: bytes, random_: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(out, "w") as made:
        names = [name for name in archive.namelist() if name.endswith(".xml")]
        chosen = random_.choice(
            [name for name in names if "document" in name or "content" in name or "numb" in name or "styles" in name]
        )
        for name in archive.namelist():
            if name == chosen or name in (
                "word/document.xml",
                "content.xml",
                "styles.xml",
                "word/styles.xml",
                "word/numbering.xml",
            ):
                part = archive.read(name)
                made.writestr(name, _changed(part, random_) if name == chosen else part)
    return out.getvalue()


def _changed(data: bytes, random_: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(random_.choice((1, 1, 2, 4, 16))):
        if not changed:
            break
        at = random_.randrange(len(changed))
        until = min(len(changed), at + random_.choice((1, 4, 40, 400, 4000)))
        match random_.randrange(7):
            case 0:
                changed[at] = random_.randrange(256)
            case 1:
                del changed[at:until]
            case 2:
                changed[at:at] = changed[at:until] * random_.choice((1, 1, 3, 20))
            case 3:
                changed[at:at] = random_.choice(_TOKENS)
            case 4:
                changed[at:until] = bytes(random_.randrange(256) for _ in range(min(until - at, 40)))
            case 5:
                changed[at:at] = random_.choice(_OPENED)
            case 6:
                del changed[at:]
    return bytes(changed[:3_000_000])


def _work(paths: list[Path], numbers: range, results: Connection) -> None:
    """Reads mutated documents one after another; tells before each which it is and after it what came of it."""
    from hytenlp.cards.reader import explain_document, read_card
    from hytenlp.errors import HyteError
    from hytenlp.finnish.words import Analyser

    analyser = Analyser()
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            source = paths[number % len(paths)]
            path = Path(folder) / f"document{source.suffix}"
            path.write_bytes(mutated(source.read_bytes(), source.suffix, random.Random(number)))
            results.send((number, None))
            try:
                read_card(path, analyser)
                if number % 10 == 0:
                    explain_document(path, analyser)
                results.send((number, "read"))
            except HyteError as error:
                results.send((number, "refused" if "\n" not in str(error) else f"two lines: {error}"))
            except Exception:
                results.send((number, traceback.format_exc()))
    results.send((-1, None))


def _watch(paths: list[Path], numbers: range) -> Iterator[tuple[int, str, float]]:
    """Yields what came of each document, and how long it took; a process that hangs or dies is replaced."""
    begin = numbers.start
    while begin < numbers.stop:
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.get_context("spawn").Process(
            target=_work, args=(paths, range(begin, numbers.stop, numbers.step), theirs), daemon=True
        )
        process.start()
        theirs.close()
        current, started = begin, time.monotonic()
        begin = numbers.stop
        while True:
            waited = ours.poll(SECONDS if current is not None and started else 60)
            try:
                message = ours.recv() if waited else None
            except EOFError:
                message = None
            if message is None:
                process.kill()
                process.join()
                yield (
                    current,
                    "hang" if waited is False else f"died (exit {process.exitcode})",
                    time.monotonic() - started,
                )
                begin = current + numbers.step
                break
            number, result = message
            if number == -1:
                process.join()
                break
            if result is None:
                current, started = number, time.monotonic()
            else:
                yield number, result, time.monotonic() - started


def _run(args: tuple[list[Path], range]) -> tuple[Counter[str], list[str], float]:
    counts: Counter[str] = Counter()
    bad: list[str] = []
    slowest = 0.0
    for number, result, seconds in _watch(*args):
        kind = args[0][number % len(args[0])].suffix
        slowest = max(slowest, seconds)
        counts[f"{kind} {result if result in ('read', 'refused') else 'FAILED'}"] += 1
        if result not in ("read", "refused"):
            bad.append(f"{args[0][number % len(args[0])].name}:{number}: {result}")
    return counts, bad, slowest


def main() -> None:
    """Prints how many documents were read and refused, format by format, and every failure."""
    from concurrent.futures import ThreadPoolExecutor

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", help="one document of a run before: NAME:SEED")
    options = parser.parse_args()
    paths = seeds()
    if options.only:
        number = int(options.only.rsplit(":", 1)[1])
        ranges = [range(number, number + 1)]
    else:
        ranges = [range(job, options.count, options.jobs) for job in range(options.jobs)]
    began = time.monotonic()
    with ThreadPoolExecutor(len(ranges)) as pool:
        results = list(pool.map(_run, [(paths, numbers) for numbers in ranges]))
    counts = sum((one[0] for one in results), Counter())
    bad = [line for one in results for line in one[1]]
    for name, count in sorted(counts.items()):
        print(f"{name:16} {count:6}")
    print(
        f"{counts.total()} documents in {time.monotonic() - began:.0f} s, slowest {max(one[2] for one in results):.1f} s, {len(bad)} failures"
    )
    print("\n".join(bad[:20]))
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
