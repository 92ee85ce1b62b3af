"""Mutated tables of every format: each must be read, or refused in one line, within ten seconds. `make fuzz` runs it.

    python tests/fuzz_tables.py [--files 4200] [--seed 1]     # files of each format

Files are made from a seed, so that a finding can be made again; what fails is kept in the folder that is named at the end. Each batch of files
is read by a process of its own with 2 GB of memory, so that a crash or a leak of the libraries is a finding and not the end.
"""

from __future__ import annotations

import argparse
import collections
import io
import json
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from hytenlp.errors import InputError
from hytenlp.finnish.words import Analyser
from hytenlp.inputs import Problems, items_of
from hytenlp.tables.rows import MAX_CELL

HANG = 10  # seconds
MEMORY = 2_000_000_000  # bytes of address space over what the libraries map at their start
BATCH = 700
ROWS = [
    ["Kuntakortti Heinola 2024"],
    [],
    ["Tunniste", "Kunta", "Vuosi", "Osio", "Teema", "Teksti", "Vastuu"],
    ["a1", "Heinola", "2024", "Ilon aiheet", "", "Yhdistykset toimivat; väki viihtyy.", "sote"],
    ["a2", "Heinola", "2024", "Huolet", "", 'Nuorten "vapettaminen",\nmyös kouluissa.', ""],
    ["a3", "Heinola", "2023", "Toimi", "Mielen hyvinvointi", "Lisätty vape-tietoisuutta\toppilaille.", "koulu | sote"],
    ["a4", "Ii", "2023.0", "Toimi", "Tema 1", "=SUMMA(A1)", ""],
]
TOKENS = [
    b'"', b'""', b"'", b";", b",", b"\t", b"\n", b"\r", b"\r\n", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xe4", b"\xf6", b"{", b"}", b"[", b"]",
    b"\\ud800", b"1e999", b"NaN", b"-1", b"9" * 30, b"teksti", b"<", b"</row>", b"&#0;", b"&x;", b"<!DOCTYPE a>", b"<c", b'r="A1"', b'r="XFD1048576"',
    b't="s"', b't="d"', b"<mergeCell ref=\"A1:XFD9\"/>", b"\xff" * 8, b"\x00" * 8, b"a" * 1000,
]  # fmt: skip


def seeds() -> dict[str, list[bytes]]:
    """Whole files of each format."""
    import csv

    def delimited(delimiter: str, rows: list[list[str]] = ROWS) -> str:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows(rows)
        return out.getvalue()

    records = [dict(zip(ROWS[2], row, strict=True)) for row in ROWS[3:]]
    lines = "".join(json.dumps(record, ensure_ascii=i % 2 == 0) + "\n" for i, record in enumerate(records))
    nested = json.dumps({"text": "Huoli", "kind": "concern", "year": 2024, "more": {"a": [1, None, {"b": "ä"}]}}) + "\n"
    return {
        "csv": [delimited(";").encode(), delimited(",", ROWS[2:]).encode("utf-16"), delimited(";").encode("cp1252")],
        "tsv": [delimited("\t").encode("utf-8-sig"), b"teksti\nA, b; c\nToinen\n"],
        "jsonl": [lines.encode(), (nested + lines + nested).encode()],
        "xlsx": [workbook(merged=True), workbook(merged=False)],
        "parquet": [parquet(records, "snappy"), parquet(records, "zstd"), parquet(records, "none")],
    }


def workbook(*, merged: bool) -> bytes:
    """An Excel file of three sheets."""
    import datetime

    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    for row in ROWS:
        sheet.append(row)
    sheet.append(["a5", "Heinola", datetime.date(2024, 1, 1), None, None, "=1+1", 2.5])
    if merged:
        sheet.merge_cells("A1:G1")
        sheet.merge_cells("B4:B6")
    book.create_sheet("Huolet").append(["Kuvaus"])
    book["Huolet"].append(["Rasismi kouluissa."])
    book.create_sheet("Muu").append(["x", "y"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parquet(records: list[dict[str, str]], compression: str) -> bytes:
    """A Parquet file of two row groups."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    out = io.BytesIO()
    table = pa.Table.from_pylist(
        [record | {"n": i, "list": ["a", None], "b": {"c": 1.5}} for i, record in enumerate(records)]
    )
    pq.write_table(table, out, compression=compression, row_group_size=2)
    return out.getvalue()


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Data with one to eight faults."""
    result = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(result) + 1)
        to = min(len(result), at + chance.choice((1, 2, 8, 100, 1000)))
        match chance.randrange(7):
            case 0 if at < len(result):
                result[at] ^= 1 << chance.randrange(8)
            case 1 if at < len(result):
                result[at] = chance.randrange(256)
            case 2:
                result[at:at] = chance.choice(TOKENS)
            case 3:
                result[at:to] = chance.choice(TOKENS)
            case 4:
                del result[at:to]
            case 5:
                result[at:at] = result[at:to] * chance.choice((1, 2, 50))
            case _ if chance.random() < 0.3:
                del result[at:]
    return bytes(result)


def mutated_part(data: bytes, chance: random.Random) -> bytes:
    """An Excel file with faults in one or two of its parts, packed whole again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        hit = set(chance.sample(old.namelist(), chance.choice((1, 1, 2)))) | (
            {"xl/worksheets/sheet1.xml"} if chance.random() < 0.5 else set()
        )
        for name in old.namelist():
            if name in hit and chance.random() < 0.05:
                continue
            new.writestr(name, mutated(old.read(name), chance) if name in hit else old.read(name))
    return out.getvalue()


def files(form: str, seed: int, first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """The mutated files of a format, by their numbers."""
    whole = seeds()[form]
    for number in range(first, last):
        chance = random.Random(f"{seed}-{form}-{number}")
        data = chance.choice(whole)
        mutate: Callable[[bytes, random.Random], bytes] = mutated
        if form == "xlsx" and chance.random() < 0.85:
            mutate = mutated_part
        yield number, mutate(data, chance)


class Hang(BaseException):
    """A file took too long."""


def check(path: Path, analyser: Analyser, *, twice: bool = False) -> str:
    """Reads a file: `read` or `refused`.

    Raises:
        AssertionError: what was read or told is not as it must be.
        Exception: anything that is no `InputError`.
    """
    told: list[str] = []
    problems = Problems(told.append)
    items = []
    refused = False
    try:
        for item in items_of(path, analyser, problems, None, None):
            assert item.kind in ("action", "concern", "joy")
            assert len(item.text) <= MAX_CELL
            assert item.id
            items.append(item)
            if len(items) > 200_000:
                break
    except InputError as error:
        refused = True
        problems.error(error)
    assert all(line.isprintable() and len(line) < 500 for line in told), told
    assert all(path.name in line for line in told), told
    assert items or told, "neither rows nor a message"
    if twice and not refused:
        again = [
            item for item, _ in zip(items_of(path, analyser, Problems(told.append), None, None), items, strict=False)
        ]
        assert repr(again) == repr(items), "not the same items again"
    return "refused" if refused else "read"


def work(form: str, seed: int, first: int, last: int, folder: Path) -> None:
    """Reads a batch of files; prints what happened as JSON."""
    analyser = Analyser()
    assert analyser("talo").lemmas
    seeds()  # imports the libraries before the limit is set
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))

    def too_long(*_arguments: object) -> None:
        raise Hang

    signal.signal(signal.SIGALRM, too_long)
    counts: collections.Counter[str] = collections.Counter()
    findings, slowest = [], 0.0
    path = folder / f"{first}.{form}"
    for number, data in files(form, seed, first, last):
        path.write_bytes(data)
        (folder / f"{form}-{first}.now").write_text(str(number))
        begun = time.monotonic()
        signal.alarm(HANG)
        try:
            counts[check(path, analyser, twice=number % 20 == 0)] += 1
        except (Exception, Hang):
            counts["failed"] += 1
            findings.append(f"{form} {number}: {traceback.format_exc()}")
            (folder / f"failed-{number}.{form}").write_bytes(data)
        signal.alarm(0)
        slowest = max(slowest, time.monotonic() - begun)
    path.unlink()
    print(json.dumps({"counts": counts, "findings": findings, "slowest": slowest}))


def main() -> int:
    """Runs all batches, two at a time."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--files", type=int, default=4200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        form, first, last, folder = options.work
        work(form, options.seed, int(first), int(last), Path(folder))
        return 0
    folder = Path(tempfile.mkdtemp(prefix="hytenlp-fuzz-"))
    batches = [
        (form, first, min(first + BATCH, options.files)) for form in seeds() for first in range(0, options.files, BATCH)
    ]
    totals: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    slowest: dict[str, float] = collections.defaultdict(float)
    failed = False
    running: collections.deque[tuple[str, int, subprocess.Popen[str]]] = collections.deque()
    while batches or running:
        while batches and len(running) < 2:
            form, first, last = batches.pop(0)
            command = [
                sys.executable,
                "-W",
                "always::ResourceWarning",  # told on standard error, which must stay empty
                __file__,
                "--seed",
                str(options.seed),
                "--work",
                form,
                str(first),
                str(last),
                str(folder),
            ]
            running.append(
                (form, first, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
            )
        form, first, process = running.popleft()
        out, err = process.communicate()
        if process.returncode:
            now = folder / f"{form}-{first}.now"
            failed = True
            print(
                f"{form}: the process ended with {process.returncode} at file {now.read_text() if now.exists() else '?'}\n{err[-2000:]}"
            )
            continue
        result = json.loads(out)
        totals[form].update(result["counts"])
        slowest[form] = max(slowest[form], result["slowest"])
        for finding in result["findings"]:
            failed = True
            print(finding)
        if err:
            failed = True
            print(f"{form}: on standard error: {err[-2000:]}")
    for form, counts in totals.items():
        print(f"{form:8} {sum(counts.values()):6} files: {dict(counts)}; slowest {slowest[form]:.2f} s")
    print(
        f"{sum(sum(counts.values()) for counts in totals.values())} files; {'FAILED, see ' + str(folder) if failed else 'no failure'}"
    )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
