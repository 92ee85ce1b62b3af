"""The commands as their users run them: output, exit status, one clear line for bad input, whole files."""

from __future__ import annotations

import csv
import io
import json
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pandas as pd
import pytest
from typer.testing import CliRunner

import hytenlp.cli
from hytenlp.records import COLUMNS

CARD = """Kuntakortti Pohjala 2024

Ilon aiheet
- Yhdistykset toimivat.

Huolen aiheet
- Nuorten vapettaminen.
- Rasismi kouluissa.
- Säiden vaihtelu.

Mielen hyvinvointi

Viestintä:
- =SUMMA(A1) kerrottu kriisiavusta.

Päihteettömyys ja terveelliset elintavat

Toimet lähiyhteisöissä:
- Pidetty oppilaille tunteja vapettamisesta.
"""


@pytest.fixture
def run():
    runner = CliRunner()

    def invoke(*arguments, code=0):
        result = runner.invoke(hytenlp.cli.app, [str(a) for a in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert result.exit_code == code, (result.stdout, result.stderr)
        assert "Traceback" not in result.stderr
        return result

    return invoke


@pytest.fixture
def card(tmp_path):
    path = tmp_path / "pohjala.txt"
    path.write_text(CARD, "utf-8")
    return path


def test_read(run, card):
    read = json.loads(run("read", card).stdout)
    assert (read["municipality"], read["year"]) == ("Pohjala", 2024)
    assert [len(read[k]) for k in ("joys", "concerns", "actions")] == [1, 3, 2]
    assert read["actions"][0] == {
        "stated_theme": "mieli", "category": "viestinta", "text": "=SUMMA(A1) kerrottu kriisiavusta.", "page": 1, "line": 14,
    }  # fmt: skip
    assert "ä" in run("read", card).stdout
    assert isinstance(json.loads(run("read", card, card).stdout), dict)  # the same card twice is one card


def test_read_explains_each_line(run, card, tmp_path):
    shown = run("read", "--explain", card).stdout
    assert "huolen aihe" in shown
    assert "luokka: Viestintä" in shown
    broken = tmp_path / "rikki.pdf"
    broken.write_bytes(b"%PDF-1.7 rikki")
    both = run("read", "--explain", broken, card, code=2)
    assert both.stderr.startswith(f"virhe: {broken}: PDF on vioittunut")
    assert "huolen aihe" in both.stdout


def test_classify_csv(run, card):
    rows = list(csv.DictReader(io.StringIO(run("classify", card).stdout)))
    assert tuple(rows[0]) == COLUMNS
    assert [row["kind"] for row in rows] == ["joy", "concern", "concern", "concern", "action", "action"]
    assert rows[4]["text"].startswith("'=SUMMA")
    assert rows[5]["concerns"] == "vape"
    assert {e["label"] for e in json.loads(rows[5]["evidence"])} >= {"vape", "lapset"}
    assert len(list(csv.DictReader(io.StringIO(run("classify", card, "--kind", "action").stdout)))) == 2


def test_ids_are_stable(run, card, tmp_path):
    other = tmp_path / "elsewhere" / "copy.txt"
    other.parent.mkdir()
    other.write_bytes(card.read_bytes())
    ids = [[row["id"] for row in csv.DictReader(io.StringIO(run("classify", path).stdout))] for path in (card, other)]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 6


def test_classify_jsonl_xlsx_parquet(run, card, tmp_path):
    rows = [json.loads(line) for line in run("classify", card, "--format", "jsonl").stdout.splitlines()]
    assert rows[5]["concerns"] == ["vape"]
    run("classify", card, "-o", tmp_path / "t.xlsx")
    import openpyxl

    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    values = list(sheet.iter_rows(values_only=True))
    assert values[0] == COLUMNS
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    pq = pytest.importorskip("pyarrow.parquet")
    run("classify", card, "-o", tmp_path / "t.parquet")
    assert pq.read_table(tmp_path / "t.parquet").to_pylist()[5]["concerns"] == ["vape"]


def test_excel_fi(run, card):
    result = run("classify", card, "--excel-fi")
    assert result.stdout_bytes.startswith(b"\xef\xbb\xbf")
    assert ";" in result.stdout.splitlines()[0]
    row = next(csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff")), delimiter=";"))
    assert "," in row["theme_probability"]


def test_tables_keep_ids_order_and_other_columns(run, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text(
        "id;teksti;kunta;kind;theme\nx1;Vapettaminen huolettaa.;A;concern;oma\nx2;;B;;\nx3;Ruoka-apua jaettu.;C;action;\n",
        "utf-8",
    )
    rows = list(csv.DictReader(io.StringIO(run("classify", table).stdout)))
    assert [row["id"] for row in rows] == ["x1", "x2", "x3"]
    assert [row["kunta"] for row in rows] == ["A", "B", "C"]
    assert rows[0]["input_theme"] == "oma"
    assert (rows[0]["kind"], rows[0]["status"], rows[0]["concerns"]) == ("concern", "", "vape")
    assert rows[2]["concerns"] == "toimeentulo"


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx", "parquet"])
def test_columns_of_any_type_are_passed_on(run, tmp_path, form):
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    moment = datetime(2024, 1, 31, tzinfo=UTC)
    row = {
        "text": "Vape.", "date": moment.date(), "moment": moment, "span": timedelta(1), "decimal": Decimal("1.50"), "bytes": b"\xff",
        "record": {"a": moment}, "records": [{"a": Decimal("1.5")}], "dates": [moment.date()], "nan": float("nan"), "inf": float("inf"),
        "formula": "=1+1", "none": None,
    }  # fmt: skip
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "in.parquet")
    out = tmp_path / f"out.{form}"
    run("classify", tmp_path / "in.parquet", "-o", out)
    if form == "jsonl":
        found = json.loads(out.read_text("utf-8"), parse_constant=pytest.fail)
        assert (found["date"], found["nan"], found["decimal"]) == ("2024-01-31", None, "1.50")
    elif form == "csv":
        (found,) = csv.DictReader(io.StringIO(out.read_text("utf-8")))
        assert (found["date"], found["formula"], found["records"]) == ("2024-01-31", "'=1+1", '[{"a": "1.5"}]')
    else:
        read_back = {"xlsx": pd.read_excel, "parquet": pd.read_parquet}[form](out)
        assert list(read_back.columns) == [*COLUMNS, *(column for column in row if column != "text")]
        assert len(read_back) == 1


def test_coverage_json(run, card):
    found = {c["concern"]: c for c in json.loads(run("coverage", card, "--format", "json").stdout)}
    assert {code: c["verdict"] for code, c in found.items()} == {"vape": "katettu", "rasismi": "aukko"}
    assert list(found["vape"]) == [
        "source", "municipality", "year", "concern", "label", "verdict", "reasons", "groups", "concern_texts", "actions", "planned", "possible",
    ]  # fmt: skip
    assert list(found["vape"]["actions"][0]) == ["id", "text", "how", "status", "evidence"]


def test_coverage_table_is_for_people(run, card):
    shown = run("coverage", card).stdout
    assert shown.index("AUKKO") < shown.index("Katettu")
    assert "2 huolta: 1 katettu, 0 osittain, 1 aukko" in shown
    assert "Rasismi ja ennakkoluulot" in shown
    assert "Säiden vaihtelu." in shown  # a concern without a code is shown, not dropped


@pytest.mark.parametrize(("level", "code"), [("aukko", 1), ("suunniteltu", 1), ("osittain", 1)])
def test_fail_on(run, card, level, code):
    run("coverage", card, "--fail-on", level, code=code)
    run("coverage", card)


def test_fail_on_passes_without_gaps(run, tmp_path):
    path = tmp_path / "k.txt"
    path.write_text(CARD.replace("- Rasismi kouluissa.\n", ""), "utf-8")
    run("coverage", path, "--fail-on", "aukko")


def test_against(run, card, tmp_path):
    concerns = tmp_path / "huolet.txt"
    concerns.write_text("Unettomuus\nSähkötupakka\n", "utf-8")
    found = json.loads(run("coverage", card, "--against", concerns, "--format", "json").stdout)
    assert {c["concern"]: c["verdict"] for c in found} == {"vape": "katettu", "uni": "aukko"}
    assert {c["source"] for c in found} == {str(card)}


def test_cards_written_by_read_can_be_classified(run, card, tmp_path):
    run("read", card, "-o", tmp_path / "k.json")
    assert (
        run("coverage", tmp_path / "k.json", "--format", "json").stdout
        == run("coverage", card, "--format", "json").stdout
    )


def test_markdown_and_csv_coverage(run, card):
    assert "## AUKKO: Rasismi ja ennakkoluulot" in run("coverage", card, "--format", "markdown").stdout
    rows = list(csv.DictReader(io.StringIO(run("coverage", card, "--format", "csv").stdout)))
    assert [row["verdict"] for row in rows] == ["katettu", "aukko"]


def test_explain(run):
    shown = run("explain", "Koulutus ei koskenut huumeita, vaan unta.").stdout
    assert "Ei laskettu: Huumeet [huumeet], vaikka tekstissä on ”huumeita”; syy: lause kieltää sen" in shown
    assert "Teema:" in shown


def test_explain_knows_the_themes_that_a_text_can_stand_under(run):
    assert "Teema: " in run("explain", "Vape.", "--stated-theme", "elintavat").stdout
    refused = run("explain", "Vape.", "--stated-theme", "foo", code=2).stderr
    assert refused == "virhe: tuntematon teema 'foo'. Vaihtoehdot: mieli, osallisuus, turvallisuus, elintavat.\n"


def test_against_answers_each_line_by_itself(run, card, tmp_path):
    concerns = tmp_path / "huolet.txt"
    concerns.write_text("# kysely 2024\nlasten vapettaminen\nvanhusten vapettaminen\n#lopuksi\n", "utf-8")
    found = json.loads(run("coverage", card, card, "--against", concerns, "--format", "json").stdout)
    assert [(c["concern_texts"], c["groups"], c["verdict"]) for c in found] == [
        (["lasten vapettaminen"], ["lapset"], "katettu"),
        (["vanhusten vapettaminen"], ["ikaantyneet"], "osittain"),
    ]
    concerns.write_text("# kysely 2024\n", "utf-8")
    assert "tiedostossa ei ole huolia" in run("coverage", card, "--against", concerns, code=2).stderr


def test_against_takes_the_concerns_of_a_card_together(run, card, tmp_path):
    other = tmp_path / "muu.txt"
    other.write_text("Huolen aiheet\n- Lasten vapettaminen.\n- Vanhusten vapettaminen.\n", "utf-8")
    (found,) = json.loads(run("coverage", card, "--against", other, "--format", "json").stdout)
    assert found["groups"] == ["lapset", "ikaantyneet"]


def test_pipes_can_be_read(card):
    found = shell(f"{TOOL} coverage <(cat {card}) --against <(echo unettomuus) --format csv")
    assert found.returncode == 0, found.stderr
    assert [row["concern"] for row in csv.DictReader(io.StringIO(found.stdout))] == ["uni"]


def test_a_file_without_end_is_refused(run):
    if not os.path.exists("/dev/zero"):
        pytest.skip("this system has no /dev/zero")
    assert "tiedosto on liian suuri" in run("read", "/dev/zero", code=2).stderr


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_no_table_is_written_when_nothing_could_be_read(run, tmp_path, form):
    bad, out = tmp_path / "rikki.xlsx", tmp_path / f"out.{form}"
    bad.write_bytes(b"rikki")
    run("classify", bad, tmp_path / "puuttuu.txt", "-o", out, code=2)
    assert not out.exists()
    if form != "xlsx":
        assert not run("classify", bad, "--format", form, code=2).stdout


def test_a_table_without_the_wanted_kind_has_its_head(run, card):
    kept = run("classify", card, "--kind", "joy").stdout.splitlines()
    assert len(kept) == 2
    card.write_text(CARD.replace("Ilon aiheet\n- Yhdistykset toimivat.\n", ""), "utf-8")
    assert run("classify", card, "--kind", "joy").stdout.splitlines() == [",".join(COLUMNS)]


def test_a_report_does_not_fill_the_terminal(run, card, monkeypatch):
    monkeypatch.setattr(hytenlp.cli, "_is_terminal", lambda: True)
    told = run("report", card, code=2)
    assert not told.stdout
    assert "Anna tiedosto: -o raportti.html" in told.stderr


def test_vocabulary_commands(run, tmp_path):
    assert "vape\tnikotiini\tSähkötupakka (vape)" in run("vocabulary", "list").stdout
    run("vocabulary", "check")
    run("vocabulary", "export", "-o", tmp_path / "v.ttl")
    assert "skos:Concept" in (tmp_path / "v.ttl").read_text("utf-8")


BAD = {
    "empty.txt": b"",
    "binary.txt": b"\x00\x01\x02\xff" * 50,
    "latin1.txt": "Huolen aiheet\n- Päihteet.\n".encode("latin-1"),
    "nothing.txt": b"Kokous avattiin.\n",
    "card.docx": b"PK\x03\x04",
    "notext.csv": b"a,b\n1,2\n",
    "empty.csv": b"",
    "bad.jsonl": b'{"text": "x"}\n{oops\n',
    "list.jsonl": b"[1, 2]\n",
    "bad.xlsx": b"not a zip",
    "bad.json": b"{",
    "other.json": b'{"a": 1}',
    "dos.csv": "teksti\nPäihteet\n".encode("cp850"),
    "old.xls": b"\xd0\xcf\x11\xe0",
    "open.ods": b"PK\x03\x04",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_clear_line(run, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(BAD[name])
    result = run("classify", path, code=2)
    lines = [line for line in result.stderr.splitlines() if line.startswith("virhe: ")]
    assert len(lines) == 1
    assert name in lines[0]


def test_a_very_long_line(run, tmp_path):
    path = tmp_path / "long.txt"
    path.write_bytes(b"Huolen aiheet\n- " + b"a" * 50_000_000)
    assert "long.txt" in run("read", path, code=2).stderr
    path.write_bytes(b"Huolen aiheet\n- " + b"a" * 1_000_000)
    assert "rivi on liian pitkä" in run("read", path, code=2).stderr


def test_missing_file_and_empty_folder(run, tmp_path):
    assert "tiedostoa ei löydy" in run("classify", tmp_path / "missing.txt", code=2).stderr
    (tmp_path / "empty").mkdir()
    assert "kansiossa ei ole" in run("classify", tmp_path / "empty", code=2).stderr
    assert "mikään tiedosto ei vastaa" in run("read", tmp_path / "*.nothing", code=2).stderr


def test_good_files_are_processed_beside_bad_ones(run, card, tmp_path):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"\xff\xfe\x00")
    out = tmp_path / "out.csv"
    result = run("classify", bad, card, tmp_path / "missing.txt", "-o", out, code=2)
    assert len([line for line in result.stderr.splitlines() if line.startswith("virhe: ")]) == 2
    assert len(list(csv.DictReader(io.StringIO(out.read_text("utf-8"))))) == 6
    assert json.loads(run("coverage", bad, card, "--format", "json", code=2).stdout)


def test_output_is_whole_or_absent(run, card, tmp_path):
    assert "on kansio" in run("classify", card, "-o", tmp_path, code=2).stderr
    blocked = tmp_path / "file"
    blocked.write_text("x")
    assert "ei voi kirjoittaa" in run("classify", card, "-o", blocked / "out.csv", code=2).stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["file", "pohjala.txt"]


@pytest.mark.parametrize("command", ["read", "classify", "coverage", "report"])
def test_output_never_takes_the_place_of_an_input(run, card, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "linkki.txt").symlink_to(card)
    (tmp_path / "kova.txt").hardlink_to(card)
    before = card.read_bytes()
    for given in (card, tmp_path, tmp_path / "*.txt"):
        for output in (card, "./pohjala.txt", "linkki.txt", "kova.txt"):
            result = run(command, given, "-o", output, code=2)
            assert "tulos korvaisi syötetiedoston" in result.stderr
            assert len(result.stderr.splitlines()) == 1
            assert not result.stdout
    assert card.read_bytes() == before
    assert (tmp_path / "linkki.txt").is_symlink()


def test_output_never_takes_the_place_of_concerns_or_of_the_corpus(run, card, tmp_path):
    concerns = tmp_path / "huolet.csv"
    concerns.write_text("teksti\nUnettomuus\n", "utf-8")
    assert "korvaisi" in run("coverage", card, "--against", concerns, "-o", concerns, code=2).stderr
    assert "korvaisi" in run("evaluate", "--corpus", tmp_path, "-o", concerns, code=2).stderr
    assert concerns.read_text("utf-8") == "teksti\nUnettomuus\n"


def test_wrong_usage_exits_with_2(run):
    run("classify", code=2)
    run("classify", "x", "--format", "exe", code=2)
    run("coverage", "x", "--fail-on", "katettu", code=2)


def test_nothing_touches_the_network(run, card, monkeypatch):
    def refuse(*_arguments, **_options):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    run("coverage", card)
    run("classify", card)


def test_jobs_give_the_same_rows(card):
    command = [sys.executable, "-c", "from hytenlp.cli import main; main()", "classify", str(card), "--format", "jsonl"]
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    one = subprocess.run(command, capture_output=True, check=True, env=environment)
    two = subprocess.run([*command, "--jobs", "2"], capture_output=True, check=True, env=environment)
    assert one.stdout == two.stdout


def test_help_imports_nothing_heavy():
    script = (
        "import sys; sys.argv = ['hytenlp', '--help']\n"
        "from hytenlp.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    names = shown.stderr.split()
    assert not set(names) & {"numpy", "spacy", "pandas", "scipy", "sklearn", "openpyxl", "pyarrow", "dask", "pydantic"}
    assert len(names) < 260  # start-up time is imports; counted, for CI machines differ in speed


def test_help_answers_and_a_closed_pipe_is_quiet(card):
    command = f"{sys.executable} -c 'from hytenlp.cli import main; main()'"
    shown = subprocess.run(f"{command} --help", shell=True, capture_output=True, check=True)
    assert b"coverage" in shown.stdout
    closed = subprocess.run(f"{command} classify {card} | head -1", shell=True, capture_output=True, check=True)
    assert b"Traceback" not in closed.stderr


TOOL = f"{sys.executable} -c 'from hytenlp.cli import main; main()'"
WRITING = ["read {card}", "classify {card}", "coverage {card}", "coverage {card} --format csv", "report {card}",
           "explain Vape.", "vocabulary list", "vocabulary export"]  # fmt: skip


def shell(command):
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("redirection", ["> /dev/full", ">&-"])
@pytest.mark.parametrize("command", WRITING)
def test_output_that_cannot_be_written_is_one_line(card, command, redirection):
    if "full" in redirection and not os.path.exists("/dev/full"):
        pytest.skip("this system has no /dev/full")
    done = shell(f"{TOOL} {command.format(card=card)} {redirection}")
    assert done.returncode == 2, done.stderr
    (line,) = [line for line in done.stderr.splitlines() if not line.startswith("huomaa: ")]
    assert line.startswith("virhe: tulostetta ei voi kirjoittaa (")


@pytest.mark.parametrize("command", WRITING)
def test_a_closed_pipe_ends_quietly(card, command):
    done = shell(f"{TOOL} {command.format(card=card)} | true; exit ${{PIPESTATUS[0]}}")
    assert done.returncode == 0, done.stderr
    assert all(line.startswith("huomaa: ") for line in done.stderr.splitlines())


def test_a_closed_standard_output_does_no_harm_to_files(card, tmp_path):
    out = tmp_path / "out.csv"
    assert shell(f"{TOOL} classify {card} -o {out} >&- 2>&-").returncode == 0
    assert len(out.read_text("utf-8").splitlines()) == 7


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("luokittele x", "tuntematon komento. Komennot: read, classify"),
        ("vocabulary lis", "tuntematon komento. Komennot: list, check, export"),
        ("classify", "pakollinen INPUT… puuttuu. Ohje: hytenlp classify --help"),
        ("train x", "pakollinen -o/--output puuttuu."),
        ("classify x --formaatti csv", "tuntematon valitsin --formaatti. Tarkoititko: --format?"),
        ("classify x --format exe", "valitsimen --format arvo ei kelpaa. Vaihtoehdot: csv, jsonl, parquet, xlsx."),
        ("coverage x --fail-on katettu", "Vaihtoehdot: aukko, suunniteltu, osittain."),
        ("classify x --jobs monta", "valitsimen --jobs arvo ei kelpaa. Anna kokonaisluku väliltä 1–64."),
        ("classify x --jobs 0", "Anna kokonaisluku väliltä 1–64."),
        ("evaluate --errors=-1", "Anna kokonaisluku, vähintään 0."),
        ("classify x -o", "valitsimelta -o puuttuu arvo."),
        ("classify x --quiet=1", "valitsimelle --quiet ei anneta arvoa."),
        ("explain '- Vape'", 'kirjoita sen eteen kaksi: hytenlp explain -- "- teksti".'),
        ("explain a b", "komennolle annettiin liikaa tietoja."),
    ],
)
def test_wrong_usage_is_one_finnish_line(arguments, said):
    done = shell(f"{TOOL} {arguments}")
    assert done.returncode == 2
    assert not done.stdout
    (line,) = done.stderr.splitlines()
    assert line.startswith("virhe: ")
    assert said in line


def test_the_command_alone_shows_its_help():
    done = shell(TOOL)
    assert done.returncode == 2
    assert "coverage" in done.stdout + done.stderr


def test_what_the_system_says_is_told_in_finnish(run, card, tmp_path):
    blocked = tmp_path / "tiedosto"
    blocked.write_text("x")
    told = run("classify", card, "-o", blocked / "out.csv", code=2).stderr
    assert "(samanniminen on jo olemassa)" in told or "(polun osa ei ole kansio)" in told


def test_nothing_is_said_of_cards_that_could_not_be_read(run, tmp_path):
    bad = tmp_path / "rikki.txt"
    bad.write_bytes(b"\x00\x01" * 50)
    for form in ("table", "json", "csv", "markdown"):
        assert not run("coverage", bad, "--format", form, code=2).stdout


def test_coverage_csv_has_the_same_columns_without_a_verdict(run, card, tmp_path):
    path = tmp_path / "k.txt"
    path.write_text("Huolen aiheet\n- Säiden vaihtelu.\n", "utf-8")
    header = run("coverage", card, "--format", "csv").stdout.splitlines()[0]
    assert run("coverage", path, "--format", "csv").stdout.splitlines() == [header]


def test_fail_on_is_not_content_with_a_card_that_nobody_understood(run, card, tmp_path):
    path = tmp_path / "k.txt"
    path.write_text("Huolen aiheet\n- Säiden vaihtelu.\n", "utf-8")
    assert (
        "ei tunnistettu ja joita --fail-on ei arvioi: 1." in run("coverage", path, "--fail-on", "aukko", code=1).stderr
    )
    run("coverage", path)
    run("coverage", card, "--against", path, "--fail-on", "aukko", code=1)


def test_fail_on_does_not_pass_where_nothing_was_judged(run, card, tmp_path):
    path, table = tmp_path / "k.txt", tmp_path / "t.csv"
    path.write_text("Mielen hyvinvointi\n- Vape-tunti.\n", "utf-8")
    table.write_text("teksti\nVape-tunti.\n", "utf-8")
    for given in (path, table):
        told = run("coverage", given, "--fail-on", "aukko", code=1).stderr
        assert "--fail-on ei voinut arvioida mitään" in told
        assert f"{given}: " in told
        run("coverage", given)
    gap = CARD.replace("- Rasismi kouluissa.\n", "")
    card.write_text(gap, "utf-8")
    assert f"{path}: asiakirjasta ei löytynyt yhtään huolta" in run("coverage", card, path, "--fail-on", "aukko").stderr


def test_empty_evidence_is_json(run, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("teksti;kind\nKatua.;joy\n", "utf-8")
    (row,) = csv.DictReader(io.StringIO(run("classify", path).stdout))
    assert json.loads(row["evidence"]) == []
    run("classify", path, "-o", tmp_path / "t.xlsx")
    assert json.loads(pd.read_excel(tmp_path / "t.xlsx")["evidence"][0]) == []


def test_unknown_suffix_of_the_output_is_refused(run, card, tmp_path):
    out = tmp_path / "a.xyz"
    assert (
        "Päätä nimi .csv, .jsonl, .parquet, .xlsx tai anna --format." in run("classify", card, "-o", out, code=2).stderr
    )
    assert not out.exists()
    run("classify", card, "-o", out, "--format", "csv")


def test_locks_and_hidden_files_of_folders_are_passed_over(run, card, tmp_path):
    for name in ("~$pohjala.txt", ".pohjala.txt", ".git/k.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"\x00")
    for given in (tmp_path, tmp_path / "*.txt"):
        assert isinstance(json.loads(run("read", given).stdout), dict)


@pytest.mark.parametrize("text", ["", "  \t", "\u200b"])
def test_nothing_to_explain(run, text):
    told = run("explain", text, code=2)
    assert told.stdout == ""
    assert told.stderr.startswith("virhe: selitettävä teksti on tyhjä")
    assert told.stderr.count("\n") == 1


def test_rows_without_a_text_say_nothing_of_a_card(run, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text(
        "Osio;teksti\nHuoli;Nuorten vapettaminen.\nHuoli;\nToimi; \nToimi;Pidetty vape-tunteja.\n", "utf-8"
    )
    shown = run("coverage", table, "--format", "json")
    assert [c["concern"] for c in json.loads(shown.stdout)] == ["vape"]
    assert "2 rivillä ei ole tekstiä" in shown.stderr
    assert "ei tunnistettu aihetta" not in shown.stderr
    page = run("report", table).stdout
    assert "<mark>vape</mark>-tunteja." in page


def test_empty_lists_in_flat_formats(run, tmp_path):
    """Lists joined by | are empty cells; evidence is JSON, also when there is none."""
    import openpyxl

    table = tmp_path / "t.csv"
    table.write_text("kind,text\nconcern,Säiden vaihtelu.\n,\n", "utf-8")
    rows = list(csv.DictReader(io.StringIO(run("classify", table).stdout)))
    assert {(row["concerns"], row["further_themes"], row["evidence"]) for row in rows} == {("", "", "[]")}
    run("classify", table, "-o", tmp_path / "t.xlsx")
    names, *cells = openpyxl.load_workbook(tmp_path / "t.xlsx").active.iter_rows(values_only=True)
    found = [dict(zip(names, row, strict=True)) for row in cells]
    assert {(row["concerns"], row["further_themes"], row["evidence"]) for row in found} == {(None, None, "[]")}


def test_litter_among_documents_is_passed_over(run, card, tmp_path):
    folder = tmp_path / "kortit"
    (folder / "__MACOSX").mkdir(parents=True)
    for name in (
        "~$pohjala.docx", "~$t.xlsx", ".DS_Store", "Thumbs.db", "desktop.ini", "._pohjala.txt", ".piilo.txt", ".~lock.p.odt#",
        "__MACOSX/._x.txt", "__MACOSX/x.txt",
    ):  # fmt: skip
        (folder / name).write_text("roskaa", "utf-8")
    (folder / "pohjala.txt").write_text(CARD, "utf-8")
    named = [path for path in sorted(folder.iterdir()) if path.name != ".piilo.txt"]  # as a shell names them
    for inputs in ([folder], [f"{folder}/*"], [f"{folder}/**/*"], named):
        found = run("classify", *inputs)
        assert not found.stderr
        assert {row["source"] for row in csv.DictReader(io.StringIO(found.stdout))} == {str(folder / "pohjala.txt")}
    assert "~$t.xlsx" in run("classify", folder / "~$t.xlsx", code=2).stderr


BULLET = {"text": "Nuorten vapettaminen.", "section": None}
JSON_CARD = {"municipality": "Ii", "year": 2024, "source": "x", "joys": [], "concerns": [BULLET], "actions": []}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (json.dumps(JSON_CARD | {"year": "kaksi"}), "JSON ei ole kortti"),
        (json.dumps(JSON_CARD | {"year": 10**30}), "JSON ei ole kortti"),
        (json.dumps(JSON_CARD).replace("2024", "1e400"), "JSON ei ole kortti"),
        (json.dumps(JSON_CARD).replace("2024", "9" * 5000), "liian suuri luku"),
        (json.dumps(JSON_CARD | {"concerns": [{"text": None}]}), "JSON ei ole kortti"),
        (json.dumps(JSON_CARD | {"municipality": ["Ii"]}), "JSON ei ole kortti"),
        ('["Ii"]', "JSON ei ole kortti"),
        (json.dumps(JSON_CARD | {"joys": ["ilo"]}), "JSON ei ole kortti"),
        ('{"a":' * 100_000, "liian syvä"),
    ],
)
def test_json_that_is_no_card(run, tmp_path, text, told):
    path = tmp_path / "k.json"
    path.write_text(text, "utf-8")
    found = run("classify", path, code=2)
    assert told in found.stderr
    assert found.stderr.count("\n") == 1


@pytest.mark.parametrize(
    "command",
    [
        ["coverage"], ["coverage", "--format", "json"], ["coverage", "--format", "markdown"], ["coverage", "--format", "csv"],
        ["classify", "--format", "jsonl"], ["classify", "--format", "xlsx"], ["classify", "--format", "parquet"], ["report"], ["read"],
    ],
)  # fmt: skip
def test_what_is_no_unicode_is_replaced(run, card, tmp_path, command):
    """Halves of surrogate pairs in JSON, and bytes of a file's name that are no UTF-8."""
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(JSON_CARD | {"concerns": [{"text": "Vape \udcff"}], "municipality": "\ud800"}), "utf-8")
    named = tmp_path / os.fsdecode(b"k\xff.txt")
    named.write_bytes(card.read_bytes())
    table = tmp_path / os.fsdecode(b"t\xff.csv")
    table.write_text("teksti,Osio\nVape.,huoli\n", "utf-8")
    run(*command, bad, named, table, "-o", tmp_path / "o")
    assert (tmp_path / "o").stat().st_size


def test_texts_to_explain_as_shells_give_them(run):
    assert "Teksti: Lis?tty vape." in run("explain", os.fsdecode(b"Lis\xe4tty vape.")).stdout
    assert "Teksti: - Vape" in run("explain", "--", "- Vape").stdout
