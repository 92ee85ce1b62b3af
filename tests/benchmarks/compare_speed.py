"""hytenlp beside its peers on the same generated texts, and its cost against size. `make bench`; minutes, not a test.

Each peer has an environment of its own under `out/bench/`, made when it is missing; one that cannot be installed or run is named in the
table. All run in turn, several times; figures are medians. They are CPU seconds of one process, so other work on the machine disturbs
them little. The results go into README.md beside this file and into size.svg.
"""

from __future__ import annotations

import csv
import datetime
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path

import cold
import texts

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BENCH = ROOT / "out" / "bench"
ROWS = int(os.environ.get("BENCH_TEXTS", "20000"))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "3"))
SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "1000 10000 100000").split()]
AGAIN = 100_000  # rows up to which a table is classified once more, with its words on disk
MARK = "<!-- measured -->"


@dataclass(frozen=True)
class Peer:
    """What is measured.

    Attributes:
        requirement: what pip installs; nothing for what is in our own environment.
        script: what runs in its environment.
        what: what it does with a text.
        most: how many texts a slow one is given; its rate does not depend on them.
        sources: hytenlp's, where they are not those of this checkout.
    """

    name: str
    requirement: str
    script: str
    what: str
    most: int | None = None
    sources: Path = ROOT / "src"


PEERS = [
    Peer("hytenlp", "", "run_hytenlp.py", "themes, groups, concerns, status, evidence"),
    Peer("hytenlp, not compiled", "", "run_hytenlp.py", "the same", sources=BENCH / "plain" / "src"),
    Peer(
        "spacy-fi-experimental-web-md",
        "spacy-fi-experimental-web-md==0.15.0",
        "run_spacy_fi.py",
        "tags, parse, lemmas, names",
        1_000,
    ),
    Peer("EDS-NLP, eds.matcher", "edsnlp", "run_edsnlp.py", "our vocabulary's words as they stand, no inflection"),
    Peer("Annif, SVC with Voikko", "annif[voikko]", "run_annif.py", "themes; start-up holds the training"),
    Peer("scikit-learn, TF-IDF and linear", "", "run_sklearn.py", "themes; start-up holds the training"),
]


def environment(peer: Peer) -> Path | str:
    """The interpreter of a peer's environment, or why there is none."""
    if peer.sources.parent != ROOT:
        copy_plainly(peer.sources)
    if not peer.requirement:
        return Path(sys.executable)
    folder = BENCH / peer.script.removesuffix(".py")
    python = folder / "bin" / "python"
    if not (folder / "ready").is_file():
        venv.create(folder, with_pip=True, clear=True)
        made = subprocess.run(
            [python, "-m", "pip", "install", "--quiet", peer.requirement], capture_output=True, text=True, check=False
        )
        if made.returncode:
            return "cannot be installed: " + _last_line(made.stderr)
        (folder / "ready").touch()
    return python


def copy_plainly(sources: Path) -> None:
    """Copies hytenlp's sources to another place, without what was compiled from them."""
    shutil.rmtree(sources.parent, ignore_errors=True)
    shutil.copytree(ROOT / "src", sources, ignore=shutil.ignore_patterns("*.so", "__pycache__"))
    shutil.copytree(ROOT / "models", sources.parent / "models")


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if any(map(str.isalpha, line))]
    told = [line for line in lines if "Error: " in line or "not found" in line] or lines or ["no message"]
    return told[-1][:160].replace("|", "/")


def run_peer(peer: Peer, python: Path, inputs: list[Path]) -> dict[str, float] | str:
    """One run of a peer, or why it failed."""
    process = subprocess.run(
        [python, "-W", "ignore", HERE / "peers" / peer.script, *inputs], capture_output=True, text=True, check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(peer.sources)},
    )  # fmt: skip
    if process.returncode:
        return "fails: " + _last_line(process.stderr)
    figures: dict[str, float] = json.loads(process.stdout.splitlines()[-1])
    return figures


def _first(table: Path, fewer: Path, most: int | None) -> Path:
    if most is None:
        return table
    with table.open(encoding="utf-8") as source:
        fewer.write_text("".join(line for _, line in zip(range(most), source, strict=False)), "utf-8")
    return fewer


def compare(folder: Path) -> str:
    """The table of all peers."""
    from hytenlp.vocabulary.concepts import KINDS, Vocabulary

    inputs = [folder / name for name in ("texts.jsonl", "terms.json", "pairs.json")]
    texts.write(inputs[0], ROWS)
    fewer = folder / "fewer.jsonl"
    vocabulary = Vocabulary.load()
    terms = {
        rule.code: [e.match.replace("=", "") for e in rule.entries if not set("|$") & set(e.match)]
        for kind in KINDS
        for rule in vocabulary.rules(kind)
    }
    inputs[1].write_text(json.dumps({code: words for code, words in terms.items() if words}), "utf-8")
    labelled = [
        json.loads(line)
        for file in sorted((ROOT / "corpus" / "actions").glob("*.jsonl"))
        for line in file.open(encoding="utf-8")
    ]
    inputs[2].write_text(json.dumps([[one["text"], one["theme"]] for one in labelled]), "utf-8")

    found: dict[str, list[dict[str, float]]] = {peer.name: [] for peer in PEERS}
    failed: dict[str, str] = {}
    pythons = {peer.name: environment(peer) for peer in PEERS}
    for _ in range(ROUNDS):
        for peer in PEERS:
            python = pythons[peer.name]
            cold.forget_words()
            got = (
                python
                if isinstance(python, str)
                else run_peer(peer, python, [_first(inputs[0], fewer, peer.most), *inputs[1:]])
            )
            if isinstance(got, str):
                failed[peer.name] = got
            else:
                found[peer.name].append(got)
                print(f"{peer.name}: {got}", flush=True)
    lines = [
        "| what | does | start-up, s | cold, texts/s | warm, texts/s | peak memory, MB |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for peer in PEERS:
        runs = found[peer.name]
        if not runs:
            lines.append(f"| {peer.name} | {peer.what} | {failed[peer.name]} | | | |")
            continue
        middle = {key: statistics.median(run[key] for run in runs) for key in runs[0]}
        lines.append(
            f"| {peer.name} | {peer.what} | {middle['startup']:.1f} | {middle['cold']:,.0f} | {middle['warm']:,.0f} | {middle['mb']:.0f} |"
        )
    return "\n".join(lines)


def command_line(table: Path, jobs: int) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak megabytes of the largest process when a table is classified from the command line."""
    import resource
    import time

    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from hytenlp.cli import main; main()",
            "classify",
            table,
            "-o",
            table.with_suffix(".csv"),
            "--jobs",
            str(jobs),
            "--quiet",
        ]
    )
    _, _, usage = os.wait4(process.pid, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = (
        usage.ru_utime + usage.ru_stime
        if jobs == 1
        else after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    )
    return time.perf_counter() - begin, cpu, usage.ru_maxrss / 1024


def against_size(folder: Path) -> tuple[str, list[tuple[int, float, float]]]:
    """Cost against the number of rows, and what a second process wins."""
    lines = [
        "| rows | CPU, s | rows/CPU s | peak memory, MB | once more, rows/CPU s |",
        "| --- | --- | --- | --- | --- |",
    ]
    points = []
    for size in SIZES:
        table = folder / f"rows{size}.jsonl"
        texts.write(table, size)
        cold.forget_words()
        _, cpu, memory = command_line(table, 1)
        again = command_line(table, 1)[1] if size <= AGAIN else None
        with table.with_suffix(".csv").open(encoding="utf-8-sig", newline="") as result:
            rows = sum(1 for _ in csv.reader(result)) - 1
        if rows != size:
            sys.exit(f"{rows:,} rows came of {size:,}: nothing was measured")
        points.append((size, cpu, memory))
        once_more = f"{size / again:,.0f}" if again else "not run"
        lines.append(f"| {size:,} | {cpu:.1f} | {size / cpu:,.0f} | {memory:.0f} | {once_more} |")
        print(lines[-1], flush=True)
    size = min(max(SIZES), 20_000)
    table = folder / "two.jsonl"
    texts.write(table, size)
    ratios = []
    for _ in range(ROUNDS):
        seconds = {}
        for jobs in (1, 2):
            cold.forget_words()
            seconds[jobs] = command_line(table, jobs)[0]
        one, two = seconds[1], seconds[2]
        ratios.append(one / two)
    lines.append(
        f"\nTwo processes against one, {size:,} rows, wall time: {statistics.median(ratios):.2f} times (load average {os.getloadavg()[0]:.1f})."
    )
    return "\n".join(lines), points


def picture(points: list[tuple[int, float, float]]) -> str:
    """CPU seconds and memory against rows, both axes logarithmic, as SVG."""
    import math

    width, height, left, bottom = 560, 300, 60, 40
    top = max(cpu for _, cpu, _ in points) * 2
    low = min(cpu for _, cpu, _ in points) / 2
    first, last = math.log10(points[0][0]), math.log10(points[-1][0])

    def place(rows: float, seconds: float) -> tuple[float, float]:
        x = left + (width - left - 90) * ((math.log10(rows) - first) / ((last - first) or 1))
        y = (height - bottom) * (1 - math.log(seconds / low) / math.log(top / low))
        return round(x, 1), round(y, 1)

    spots = [(place(rows, cpu), rows, cpu, memory) for rows, cpu, memory in points]
    line = " ".join(f"{x},{y}" for (x, y), *_ in spots)
    marks = "".join(
        f'<circle cx="{x}" cy="{y}" r="4" fill="#1d5fa8"/>'
        f'<text x="{x + 8}" y="{y + 14}">{cpu:.1f} s, {memory:.0f} MB</text>'
        f'<text x="{x}" y="{height - bottom + 20}" text-anchor="middle">{rows:,}</text>'
        for (x, y), rows, cpu, memory in spots
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">'
        f"<title>CPU seconds and peak memory of hytenlp classify against rows</title>"
        f'<rect width="{width}" height="{height}" fill="white"/>'
        f'<path d="M{left - 20} 10V{height - bottom}H{width - 20}" fill="none" stroke="#555"/>'
        f'<polyline points="{line}" fill="none" stroke="#1d5fa8" stroke-width="2"/>{marks}'
        f'<text x="{width / 2}" y="{height - 4}" text-anchor="middle">rows</text>'
        f'<text x="14" y="{height / 2}" transform="rotate(-90 14 {height / 2})" text-anchor="middle">CPU seconds</text></svg>\n'
    )


def main() -> None:
    """Measures, and writes the results."""
    cold.use_own_cache()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peers = compare(folder)
        sizes, points = against_size(folder)
    day = datetime.datetime.now(datetime.UTC).date()
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, {day}"
    readme = HERE / "README.md"
    head = readme.read_text("utf-8").split(MARK)[0]
    measured = (
        f"{MARK}\n\nMeasured on {machine}; {ROWS:,} texts, medians of {ROUNDS} rounds; CPU seconds of one process.\n\n{peers}\n\n"
        f"`hytenlp classify table.jsonl -o out.csv --jobs 1`, start-up, reading and writing included:\n\n{sizes}\n\n![cost against size](size.svg)\n"
    )
    readme.write_text(head + measured, "utf-8")
    (HERE / "size.svg").write_text(picture(points), "utf-8")
    print(measured)


if __name__ == "__main__":
    main()
