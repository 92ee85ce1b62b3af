"""How fast tables of each format become bullets, and with how much memory, beside the bare library. `make bench`; not a test.

    python tests/benchmarks/tables.py [ROWS]     # default 1,500,000: 200 MB of CSV; Excel gets a thirtieth of them

Each reading is a process of its own; times are its CPU seconds, memory is its greatest resident size.
"""

from __future__ import annotations

import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

BUDGET = 100_000  # rows a second, of the formats that are streams
TEXTS = (
    "Lisätty vape-tietoisuutta oppilaille ja perheille.",
    "Järjestetty ikäihmisille liikuntaryhmiä; mukana 40 osallistujaa, kaksi ohjaajaa.",
    "Nuorten mielenterveyspalveluja vahvistettu palkkaamalla psykiatrinen sairaanhoitaja kouluille.",
)
COLUMNS = ("Tunniste", "Kunta", "Vuosi", "Osio", "Teema", "Teksti", "Vastuutaho")


def rows(count: int) -> Iterator[tuple[Any, ...]]:
    """Rows of an analyst's table."""
    for i in range(count):
        kind = ("Ilon aiheet", "Huolet", "Toimi")[i % 3]
        yield (
            f"r{i}",
            ("Heinola", "Kemi", "Ii")[i % 3],
            2020 + i % 5,
            kind,
            "Mielen hyvinvointi",
            f"{i} {TEXTS[i % 3]}",
            "sote",
        )


def write(folder: Path, count: int) -> None:
    """The same table in each format."""
    import openpyxl
    import pyarrow as pa
    import pyarrow.parquet as pq

    paths = [folder / f"t.{form}" for form in ("csv", "jsonl", "parquet", "xlsx")]
    with paths[0].open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([COLUMNS, *rows(count)])
    with paths[1].open("w", encoding="utf-8") as file:
        for row in rows(count):
            file.write(json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False) + "\n")
    columns = zip(*rows(count), strict=True)
    pq.write_table(pa.table({name: list(values) for name, values in zip(COLUMNS, columns, strict=True)}), paths[2])
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (COLUMNS, *rows(count // 30)):
        sheet.append(row)
    book.save(paths[3])


def bullets(path: Path) -> Iterator[Any]:
    """What hytenlp reads."""
    from hytenlp.finnish.words import Analyser
    from hytenlp.inputs import Problems, items_of

    return items_of(path, Analyser(), Problems(lambda line: print(line, file=sys.stderr)), None, None)


def bare(path: Path) -> Iterator[Any]:
    """The rows as the library alone gives them, as dictionaries."""
    match path.suffix:
        case ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                yield from csv.DictReader(file, delimiter=";")
        case ".jsonl":
            with path.open(encoding="utf-8") as file:
                yield from map(json.loads, file)
        case ".parquet":
            import pyarrow.parquet as pq

            for batch in pq.ParquetFile(path).iter_batches(2000):
                yield from batch.to_pylist()
        case _:
            import openpyxl

            sheet = openpyxl.load_workbook(path, read_only=True).worksheets[0]
            for row in sheet.iter_rows(min_row=2, values_only=True):
                yield dict(zip(COLUMNS, row, strict=True))


def measure(path: Path, reader: str) -> None:
    """Reads a table; prints rows, CPU seconds and MB."""
    begun = time.process_time()
    count = sum(1 for _ in (bullets if reader == "hytenlp" else bare)(path))
    seconds = time.process_time() - begun
    print(count, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def run(*arguments: str) -> str:
    """Runs this file in a process of its own: what the writing takes must not count as the memory of the readings."""
    return subprocess.run([sys.executable, __file__, *arguments], check=True, capture_output=True, text=True).stdout


def main() -> None:
    """Writes the tables and reads each with both readers."""
    match sys.argv[1:]:
        case ["write", folder, total]:
            write(Path(folder), int(total))
        case ["measure", path, reader]:
            measure(Path(path), reader)
        case arguments:
            with tempfile.TemporaryDirectory() as folder:
                run("write", folder, *(arguments or ["1500000"]))
                for path in sorted(Path(folder).iterdir()):
                    compare(path)


def compare(path: Path) -> None:
    """Reads a table with both readers and prints a line each."""
    for reader in ("hytenlp", "library"):
        count, seconds, memory = map(float, run("measure", str(path), reader).split())
        budget = f" (budget {BUDGET})" if reader == "hytenlp" and path.suffix != ".xlsx" else ""
        size = path.stat().st_size / 1e6
        print(
            f"{path.suffix:9} {size:5.0f} MB {reader:8} {count / seconds:9.0f} rows/s{budget}, {memory:4.0f} MB of memory"
        )


if __name__ == "__main__":
    main()
