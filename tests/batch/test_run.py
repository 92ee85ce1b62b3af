"""Long runs as their users start them: the same bytes with any number of processes, and after being cut off."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

import hytenlp
import hytenlp.cli
from hytenlp.batch import chunks
from hytenlp.batch.lock import alone

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
COMMAND = [sys.executable, "-W", "ignore", "-c", "from hytenlp.cli import main; main()", "classify"]


WHOLE = bool(os.environ.get("HYTENLP_WHOLE"))  # `make test-batch`


@pytest.fixture(scope="module")
def corpus_table(tmp_path_factory):
    """A sample of the corpus as a table, or all of it."""
    path = tmp_path_factory.mktemp("corpus") / "corpus.jsonl"
    lines = [
        line for file in sorted((CORPUS / "actions").glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()
    ]
    kinds = ("action", "concern", "joy")
    rows = [{"id": f"{i}", "teksti": json.loads(line)["text"], "kind": kinds[i % 3]} for i, line in enumerate(lines)]
    chosen = rows if WHOLE else rows[::15]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in chosen), "utf-8")
    return path


@pytest.fixture(scope="module")
def table(tmp_path_factory):
    """A table of 700 rows with a column of its own."""
    path = tmp_path_factory.mktemp("input") / "toimet.jsonl"
    lines = [
        line
        for file in sorted((CORPUS / "actions").glob("*.jsonl"))[:2]
        for line in file.read_text("utf-8").splitlines()
    ]
    rows = [{"id": f"x{i}", "teksti": json.loads(line)["text"], "hinta": i} for i, line in enumerate(lines[:700])]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    assert len(rows) == 700
    return path


@pytest.fixture
def small_chunks(monkeypatch):
    monkeypatch.setattr(chunks, "ROWS", 100)
    monkeypatch.setattr(chunks, "CARDS", 2)


def interrupt_after(monkeypatch, count):
    """Ctrl-C when so many chunks are done."""
    work, done = chunks.Worker.__call__, []

    def interrupted(worker, chunk):
        if len(done) == count:
            raise KeyboardInterrupt
        done.append(chunk)
        return work(worker, chunk)

    monkeypatch.setattr(chunks.Worker, "__call__", interrupted)


@pytest.fixture
def classify():
    def invoke(*arguments, code=0):
        result = CliRunner().invoke(hytenlp.cli.app, ["classify", *map(str, arguments)])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert result.exit_code == code, result.stderr
        return result

    return invoke


def test_rows_without_a_text_stay_whoever_does_them(tmp_path, small_chunks, classify, nlp):
    texts = ["Järjestetty päihdeilta vanhemmille.", "", " \u00a0\t", None]
    rows = [{"id": f"r{i}", "text": texts[i % 4]} for i in range(400)]
    table = tmp_path / "t.jsonl"
    table.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    results = []
    for jobs in (1, 2):
        told = classify(table, "-o", tmp_path / "o.jsonl", "--jobs", jobs).stderr
        assert [line for line in told.splitlines() if line.startswith("huomaa")] == [
            f"huomaa: {table}: 300 rivillä ei ole tekstiä (ensimmäinen: rivi 2), joten ne jäivät ilman luokkia."
        ]
        results.append((tmp_path / "o.jsonl").read_text("utf-8"))
    assert results[0] == results[1]
    found = [json.loads(line) for line in results[0].splitlines()]
    assert [row["id"] for row in found] == [row["id"] for row in rows]
    for row in found[1:4]:
        assert row["theme"] is row["theme_probability"] is row["status"] is None
        assert row["further_themes"] == row["target_groups"] == row["concerns"] == row["evidence"] == []
    assert all(row["concerns"] == ["paihteet"] for row in found[::4])
    with pytest.warns(UserWarning, match="300"):
        frame = hytenlp.classify(pd.DataFrame(rows))
    assert [row | {"source": ""} for row in found] == json.loads(frame.to_json(orient="records"))
    alone = nlp(" ")._.hyte
    assert (alone.theme, alone.status, alone.target_groups) == ("", None, ())


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_processes_do_not_change_a_byte(table, tmp_path, small_chunks, classify, form):
    one, two = tmp_path / f"one.{form}", tmp_path / f"two.{form}"
    classify(table, "-o", one, "--jobs", 1)
    classify(table, "-o", two, "--jobs", 2)
    assert one.read_bytes() == two.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [one.name, two.name]


def test_chunks_in_processes_are_classified_like_rows_one_by_one(corpus_table, tmp_path, classify, monkeypatch):
    from hytenlp.batch import classify_item
    from hytenlp.finnish.words import Analyser
    from hytenlp.inputs import Problems, items_of

    monkeypatch.setattr(chunks, "ROWS", 200)
    classify(corpus_table, "-o", tmp_path / "t.jsonl", "--jobs", 2)
    rows = [json.loads(line) for line in (tmp_path / "t.jsonl").read_text("utf-8").splitlines()]
    items = items_of(corpus_table, Analyser(), Problems(pytest.fail), None, None)
    assert rows == [json.loads(json.dumps(classify_item(item).to_dict())) for item in items]


@pytest.mark.parametrize("form", ["csv", "parquet", "xlsx"])
def test_a_run_that_was_cut_off_goes_on_to_the_same_table(table, tmp_path, small_chunks, classify, monkeypatch, form):
    whole, cut = tmp_path / f"whole.{form}", tmp_path / f"cut.{form}"
    classify(table, "-o", whole, "--jobs", 1)
    work, done = chunks.Worker.__call__, []
    interrupt_after(monkeypatch, 4)
    assert "--resume" in classify(table, "-o", cut, "--jobs", 1, code=130).stderr
    assert not cut.exists()
    assert len(list((tmp_path / f"{cut.name}.osat").glob("*.part"))) == 4
    monkeypatch.setattr(chunks.Worker, "__call__", lambda worker, chunk: (done.append(chunk), work(worker, chunk))[1])
    classify(table, "-o", cut, "--jobs", 1, "--resume")
    assert len(done) == 3
    if form == "xlsx":  # a zip archive tells when it was made
        sheets = [list(openpyxl.load_workbook(path).active.iter_rows(values_only=True)) for path in (whole, cut)]
        assert sheets[0] == sheets[1]
        assert len(sheets[0]) == 701
    else:
        assert whole.read_bytes() == cut.read_bytes()
    assert not (tmp_path / f"{cut.name}.osat").exists()


@pytest.mark.parametrize("error", [StopIteration, ValueError])
def test_a_fault_in_one_chunk_is_told_and_takes_no_other_with_it(
    table, tmp_path, small_chunks, classify, monkeypatch, error
):
    work = chunks.Worker.__call__

    def faulty(worker, chunk):
        if any(item.id == "x250" for item in chunk.items):
            raise error
        return work(worker, chunk)

    monkeypatch.setattr(chunks.Worker, "__call__", faulty)
    told = classify(table, "-o", tmp_path / "t.jsonl", "--jobs", 1, code=2).stderr
    assert f"rivit x200 – x299 (100 riviä): rivejä ei voitu luokitella ({error.__name__}" in told
    rows = [json.loads(line)["id"] for line in (tmp_path / "t.jsonl").read_text("utf-8").splitlines()]
    assert rows == [f"x{i}" for i in range(700) if not 200 <= i < 300]


def test_a_changed_input_or_option_or_model_refuses_to_go_on(table, tmp_path, small_chunks, classify, monkeypatch):
    own, out = tmp_path / "own.jsonl", tmp_path / "out.csv"
    own.write_bytes(table.read_bytes())
    interrupt_after(monkeypatch, 1)
    classify(own, "-o", out, "--jobs", 1, code=130)
    shown = classify(own, "-o", out, "--resume", "--excel-fi", code=2).stderr
    assert "ajoa ei voi jatkaa, koska valinnat ovat toiset" in shown
    monkeypatch.setattr("hytenlp.classification.model.Model.digest", lambda: "x")
    assert "malli on vaihtunut" in classify(own, "-o", out, "--resume", code=2).stderr
    monkeypatch.undo()
    monkeypatch.setattr(chunks, "ROWS", 100)
    own.write_bytes(table.read_bytes() + b'{"teksti": "Uusi rivi."}\n')
    shown = classify(own, "-o", out, "--resume", code=2).stderr
    assert len(shown.splitlines()) == 1
    assert "syötetiedostot ovat muuttuneet" in shown
    classify(own, "-o", out)
    assert len(out.read_text("utf-8").splitlines()) >= 702


def test_resume_needs_a_file_and_starts_where_there_is_nothing_to_go_on_with(table, tmp_path, classify):
    assert "-o" in classify(table, "--resume", code=2).stderr
    classify(table, "-o", tmp_path / "t.csv", "--resume")


def _children(pid: int) -> list[int]:
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    own = [int(line) for line in found.stdout.split()]
    return own + [grandchild for child in own for grandchild in _children(child)]


@pytest.mark.skipif(sys.platform == "win32", reason="signals and ps")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_a_killed_run_leaves_no_process_and_can_go_on(table, tmp_path, sign):
    big, out = tmp_path / "big.jsonl", tmp_path / "big.csv"
    big.write_bytes(table.read_bytes() * 9)  # seven chunks
    process = subprocess.Popen([*COMMAND, str(big), "-o", str(out), "--jobs", "2"], stderr=subprocess.PIPE)
    deadline = time.monotonic() + 120
    while not list(tmp_path.glob("big.csv.osat/*.part")):
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    children = _children(process.pid)
    assert children
    process.send_signal(sign)
    told = process.communicate()[1]
    assert process.returncode == (130 if sign == signal.SIGINT else -9)
    assert b"Traceback" not in told
    while any(os.path.exists(f"/proc/{pid}") for pid in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert not out.exists()
    subprocess.run(
        [*COMMAND, str(big), "-o", str(out), "--jobs", "1", "--resume"], check=True, stderr=subprocess.DEVNULL
    )
    whole = tmp_path / "whole.csv"
    subprocess.run([*COMMAND, str(big), "-o", str(whole), "--jobs", "1"], check=True, stderr=subprocess.DEVNULL)
    assert out.read_bytes() == whole.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="signals and ps")
@pytest.mark.parametrize("after", [0.0, 0.3, 0.6])
def test_an_interrupt_while_processes_start_is_quiet(table, tmp_path, after):
    big, out = tmp_path / "big.jsonl", tmp_path / "big.csv"
    big.write_bytes(table.read_bytes().replace(b'"id"', b'"oma"') * 9)
    process = subprocess.Popen(
        [*COMMAND, str(big), "-o", str(out), "--jobs", "2"], stderr=subprocess.PIPE, start_new_session=True
    )
    deadline = time.monotonic() + 120
    while len(_children(process.pid)) < 2:  # what keeps account of resources, and the server
        assert process.poll() is None, process.stderr.read()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    time.sleep(after)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    told = process.communicate()[1].decode()
    assert process.returncode == 130
    left = sorted(path.name for path in tmp_path.iterdir())
    if "--resume" in told:
        assert list(tmp_path.glob("big.csv.osat/*.part"))
    else:
        assert told == "Keskeytetty.\n"
        assert left == ["big.jsonl"]


def test_resuming_is_only_spoken_of_when_rows_are_done(table, tmp_path, small_chunks, classify, monkeypatch):
    out = tmp_path / "t.csv"
    out.write_text("vanha")
    interrupt_after(monkeypatch, 0)
    assert classify(table, "-o", out, "--jobs", 1, code=130).stderr == "Keskeytetty.\n"
    assert classify(table, "--jobs", 1, code=130).stderr == "Keskeytetty.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]
    assert out.read_text() == "vanha"


def test_a_second_run_to_an_output_is_refused(table, tmp_path, small_chunks, classify):
    out, link = tmp_path / "t.csv", tmp_path / "linkki.csv"
    out.write_text("vanha")
    link.symlink_to(out)
    with alone(out):
        for name in (out, link):
            for options in ([], ["--resume"]):
                told = classify(table, "-o", name, *options, code=2).stderr
                assert "toinen ajo kirjoittaa juuri nyt" in told
                assert len(told.splitlines()) == 1
    assert out.read_text() == "vanha"
    classify(table, "-o", link, "--jobs", 1)
    assert link.is_symlink()
    assert len(out.read_text("utf-8").splitlines()) == 701
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx", "parquet"])
def test_nothing_is_written_when_nothing_could_be_read(table, tmp_path, small_chunks, classify, monkeypatch, form):
    out, new = tmp_path / f"hyvä.{form}", tmp_path / f"uusi.{form}"
    cards = tmp_path / "kortit"
    cards.mkdir()
    for i in range(7):
        (cards / f"{i}.txt").write_bytes(b"\x00\x01")
    classify(table, "-o", out, "--jobs", 1)
    good = out.read_bytes()
    for inputs in ([table, "--text-column", "xyz"], [cards], [cards / "1.txt"]):
        for path in (out, new):
            classify(*inputs, "-o", path, "--jobs", 1, code=2)
    assert classify(table, "--text-column", "xyz", code=2).stdout == ""
    assert out.read_bytes() == good
    assert not new.exists()
    interrupt_after(monkeypatch, 2)
    classify(table, "-o", out, "--jobs", 1, code=130)
    monkeypatch.undo()
    classify(table, "--text-column", "xyz", "-o", out, code=2)
    assert len(list(tmp_path.glob("*.osat/*.part"))) == 2  # what can be gone on with is kept as well


def test_a_long_run_to_a_pipe(table, tmp_path, small_chunks, classify):
    pipe, file = tmp_path / "putki", tmp_path / "t.parquet"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    classify(table, "-o", pipe, "--format", "parquet", "--jobs", 1)
    reader.join(30)
    classify(table, "-o", file, "--jobs", 1)
    assert got == [file.read_bytes()]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["putki", "t.parquet"]


def test_cards_in_chunks_and_a_bad_one_among_them(tmp_path, small_chunks, classify):
    cards = sorted((CORPUS / "cards").glob("*.txt"))[:5]
    folder = tmp_path / "kortit"
    folder.mkdir()
    for card in cards:
        (folder / card.name).write_bytes(card.read_bytes())
    (folder / "b-rikki.txt").write_bytes(b"\x00\x01")
    results = []
    for jobs in (1, 2):
        result = classify(folder, "-o", tmp_path / f"{jobs}.csv", "--jobs", jobs, code=2)
        assert [line for line in result.stderr.splitlines() if line.startswith("virhe: ") and "b-rikki.txt" in line]
        results.append((tmp_path / f"{jobs}.csv").read_bytes())
    assert results[0] == results[1]
    assert all(card.name.encode() in results[0] for card in cards)


def test_progress_is_silent_without_a_terminal_and_told_when_asked(
    table, tmp_path, small_chunks, classify, monkeypatch
):
    monkeypatch.setattr("hytenlp.batch.progress._EVERY", 0.0)
    out = tmp_path / "t.csv"
    assert classify(table, "-o", out, "--jobs", 1).stderr == f"{out}: 700 riviä\n"
    assert classify(table, "-o", out, "--jobs", 1, "--quiet").stderr == ""
    told = classify(table, "-o", out, "--jobs", 1, "--verbose").stderr.splitlines()
    assert told[0].startswith("100 riviä, ")
    assert "jäljellä noin 0:" in told[0]
    assert told[-1].startswith(f"{out}: 700 riviä, ")


def test_the_result_does_not_depend_on_the_order_of_sets(corpus_table, tmp_path):
    """Python orders sets of strings anew in every process."""
    results = []
    for seed in ("1", "2"):
        output = tmp_path / f"{seed}.jsonl"
        command = [*COMMAND, str(corpus_table), "-o", str(output), "--jobs", "1"]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True)
        results.append(output.read_bytes())
    assert results[0] == results[1]


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet", "xlsx"])
def test_a_column_that_begins_late_is_kept(tmp_path, classify, form):
    rows = [{"text": "Jaettu ruoka-apua.", "a": i} | ({"myöhä": f"m{i}"} if i > 1100 else {}) for i in range(1102)]
    table, out = tmp_path / "t.jsonl", tmp_path / f"o.{form}"
    table.write_text("".join(json.dumps(row) + "\n" for row in rows) + '{"nimi": "ei tekstiä", "turha": 1}\n', "utf-8")
    classify(table, "-o", out, code=2)
    reader = {"csv": pd.read_csv, "xlsx": pd.read_excel, "parquet": pd.read_parquet}.get(form)
    found = reader(out) if reader else pd.read_json(out, lines=True, dtype=False)
    assert found["myöhä"].isna().sum() == 1101
    assert found["myöhä"].iloc[-1] == "m1101"
    assert list(found.columns)[-2:] == ["a", "myöhä"]


def test_columns_of_a_late_sheet_are_kept(tmp_path, classify):
    book = openpyxl.Workbook()
    for sheet, name in ((book.active, "a"), (book.create_sheet("B"), "b")):
        sheet.append(["teksti", name])
        for i in range(1050):
            sheet.append(["", i])
    book.save(tmp_path / "t.xlsx")
    classify(tmp_path / "t.xlsx", "-o", tmp_path / "o.csv")
    found = pd.read_csv(tmp_path / "o.csv")
    assert list(found["b"].dropna()) == list(range(1050))


def test_too_many_columns_are_told_about(tmp_path, classify, monkeypatch):
    monkeypatch.setattr(chunks, "MAX_COLUMNS", 17)
    table = tmp_path / "t.jsonl"
    table.write_text("".join(json.dumps({"text": "", f"s{i}": i}) + "\n" for i in range(1, 9)), "utf-8")
    told = classify(table, "-o", tmp_path / "o.csv").stderr
    assert f"huomaa: {table}: rivi 3: sarakkeita on yli 17; sarake ”s3” ja myöhemmät uudet jätettiin pois." in told
    assert list(pd.read_csv(tmp_path / "o.csv").columns)[15:] == ["s1", "s2"]


def test_a_table_that_was_classified_before_loses_no_column(tmp_path, classify):
    (tmp_path / "0.csv").write_text("text,theme\nJaettu ruoka-apua.,oma\n", "utf-8")
    for i in range(3):
        classify(tmp_path / f"{i}.csv", "-o", tmp_path / f"{i + 1}.csv")
    found = pd.read_csv(tmp_path / "3.csv")
    themes = [found[f"{'input_' * i}theme"][0] for i in range(4)]
    assert themes == ["turvallisuus", "oma", "turvallisuus", "turvallisuus"]


def test_lists_of_other_columns_in_parquet(tmp_path, classify):
    row = {"text": "Jaettu ruoka-apua.", "lista": ["a|b", "ä"], "olio": {"n": None}}
    (tmp_path / "t.jsonl").write_text(json.dumps(row), "utf-8")
    classify(tmp_path / "t.jsonl", "-o", tmp_path / "o.parquet")
    found = pd.read_parquet(tmp_path / "o.parquet")
    assert json.loads(found["lista"][0]) == row["lista"]
    assert json.loads(found["olio"][0]) == row["olio"]


def test_types_of_other_columns_stay_in_parquet(tmp_path, small_chunks, classify):
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    moment = datetime(2024, 1, 31, 12, tzinfo=UTC)
    columns = {
        "byte": pa.array([1, None, 3], pa.int8()), "large": pa.array([2**63 + 5, None, 0], pa.uint64()), "float": pa.array([1.5, None, float("inf")]),
        "bool": pa.array([True, None, False]), "bytes": pa.array([b"\xff", None, b""]), "date": pa.array([moment.date(), None, None]),
        "moment": pa.array([moment, None, None], pa.timestamp("us", "Europe/Helsinki")),
        "nanoseconds": pa.array([1234567891234567891, None, 0], pa.timestamp("ns")), "span": pa.array([1, None, 0], pa.duration("us")),
        "decimal": pa.array([Decimal("1.50"), None, Decimal(0)], pa.decimal128(10, 2)), "string": pa.array(["ä", None, ""], pa.large_string()),
        "list": pa.array([[1, None], None, []], pa.list_(pa.int32())), "record": pa.array([{"a": 1, "b": ["x"]}, None, {}]),
        "map": pa.array([[("a", 1)], None, []], pa.map_(pa.string(), pa.int64())), "luokka": pa.array(["a", None, "b"]).dictionary_encode(),
        "nothing": pa.nulls(3),
    }  # fmt: skip
    given = pa.table({"id": [1, 2, 3], "text": ["Vape.", "Nuuska.", ""], "theme": [1, 2, 3], **columns})
    pq.write_table(given, tmp_path / "in.parquet")
    classify(tmp_path / "in.parquet", "-o", tmp_path / "out.parquet")
    found, expected = pq.read_table(tmp_path / "out.parquet"), pq.read_table(tmp_path / "in.parquet")
    for name in columns:
        assert found[name].type == expected[name].type, name
        assert found[name].equals(expected[name]), name
    assert found["input_theme"].type == pa.int64()
    assert (found["id"].type, found["theme"].type) == (pa.string(), pa.string())


def test_types_of_several_tables(tmp_path, classify):
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    pq.write_table(
        pa.table({"text": ["a"], "same": [1], "other": [1], "empty": pa.nulls(1), "mixed": [1]}), tmp_path / "1.parquet"
    )
    pq.write_table(
        pa.table({"text": ["b"], "same": [2], "other": [1.5], "empty": [[3]], "own": [True]}), tmp_path / "2.parquet"
    )
    (tmp_path / "3.csv").write_text("text,mixed\nc,x\n")
    inputs = [tmp_path / name for name in ("1.parquet", "2.parquet", "3.csv")]
    told = classify(*inputs, "-o", tmp_path / "out.parquet").stderr
    found = pq.read_table(tmp_path / "out.parquet").select(["same", "other", "empty", "mixed", "own"])
    assert found.to_pydict() == {
        "same": [1, 2, None],
        "other": ["1", "1.5", None],
        "empty": [None, [3], None],
        "mixed": ["1", None, "x"],
        "own": [None, True, None],
    }
    assert [line.split("”")[1] for line in told.splitlines() if "tyyppi on toinen" in line] == ["other", "mixed"]
    assert "tyyppi" not in classify(*inputs, "-o", tmp_path / "out.csv").stderr


def test_numbers_that_are_none_are_empty(tmp_path, classify):
    (tmp_path / "t.jsonl").write_text('{"text": "a", "n": NaN, "records": [{"n": NaN}]}\n')
    read = {"csv": pd.read_csv, "xlsx": pd.read_excel, "parquet": pd.read_parquet}
    for form, reader in read.items():
        classify(tmp_path / "t.jsonl", "-o", tmp_path / f"o.{form}")
        found = reader(tmp_path / f"o.{form}")
        assert pd.isna(found["n"][0])
        assert found["records"][0] == '[{"n": null}]'
    assert ",nan" not in (tmp_path / "o.csv").read_text("utf-8")


def test_bytes_are_text_in_formats_that_have_none(tmp_path, classify):
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    pq.write_table(
        pa.table({"text": ["a"], "b": ["ä".encode()], "l": [[b"x", b"\xff"]], "f": [b"=1"]}), tmp_path / "t.parquet"
    )
    classify(tmp_path / "t.parquet", "-o", tmp_path / "o.jsonl")
    found = json.loads((tmp_path / "o.jsonl").read_text("utf-8"))
    assert (found["b"], found["l"]) == ("ä", ["x", "\\xff"])
    classify(tmp_path / "t.parquet", "-o", tmp_path / "o.csv")
    row = pd.read_csv(tmp_path / "o.csv").iloc[0]
    assert (row["b"], row["l"], row["f"]) == ("ä", "x|\\xff", "'=1")


def test_a_table_without_nanoseconds_before_one_with_them_changes_nothing(tmp_path):
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    moments = pa.array([1_700_000_000_123_456_789], pa.timestamp("ns"))
    pq.write_table(pa.table({"text": ["Vapetunti pidettiin."]}), tmp_path / "1.parquet")
    pq.write_table(pa.table({"text": ["Nuuskatunti pidettiin."], "when": moments}), tmp_path / "2.parquet")
    command = [*COMMAND, "1.parquet", "2.parquet", "-o", "out.parquet", "--jobs", "1"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    when = pq.read_table(tmp_path / "out.parquet").column("when")
    assert when.cast("int64").to_pylist() == [None, 1_700_000_000_123_456_789]
