"""The commands: they parse arguments, call the library and print. No logic of their own."""

from __future__ import annotations

import gc
import io
import json
import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, cast

import typer

from hytenlp.processes.lean import go_lean

# Everything heavier than typer is imported by the command that needs it, so that `--help` answers at once.
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hytenlp.classification.corpus import Part
    from hytenlp.finnish.words import Analyser
    from hytenlp.inputs import Problems
    from hytenlp.records import BulletKind

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
vocabulary_app = typer.Typer(no_args_is_help=True, help="The concepts: list them, check them, export them.")
app.add_typer(vocabulary_app, name="vocabulary")

FINE, FINDINGS, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


class TableFormat(StrEnum):
    """Formats of `classify`."""

    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"
    xlsx = "xlsx"


class CoverageFormat(StrEnum):
    """Formats of `coverage`."""

    table = "table"
    json = "json"
    csv = "csv"
    markdown = "markdown"


class Kind(StrEnum):
    """Kinds of bullets."""

    action = "action"
    concern = "concern"
    joy = "joy"
    all = "all"


class FailOn(StrEnum):
    """Verdicts at which `coverage` fails: this one or a worse one."""

    aukko = "aukko"
    suunniteltu = "suunniteltu"
    osittain = "osittain"


class PageLanguage(StrEnum):
    """Languages of `report`."""

    fi = "fi"
    sv = "sv"
    en = "en"


Inputs = Annotated[list[str], typer.Argument(metavar="INPUT…", help="Files, folders or globs.", show_default=False)]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write here instead of to standard output.")
]


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.", is_eager=True)] = False,
) -> None:
    """Reads Finnish municipal wellbeing cards, classifies their actions and shows which concerns nothing answers."""
    if version:
        from hytenlp import __version__

        typer.echo(f"hytenlp {__version__}")
        raise typer.Exit


@app.command()
def read(
    inputs: Inputs,
    output: Output = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show instead what each line of the documents was taken for.")
    ] = False,
) -> None:
    """Read cards: JSON with joys, concerns and actions; one object for one card, a list for several."""
    from hytenlp.errors import HyteError
    from hytenlp.finnish.words import Analyser
    from hytenlp.inputs import read_cards
    from hytenlp.output.files import target

    problems = _problems()
    analyser = Analyser()
    cards = []
    paths = _expand(inputs, problems, output)
    if explain:
        _explain_reading(paths, analyser, output, problems)
    for path in paths:
        try:
            for card in read_cards(path, analyser, problems):
                cards.append(card)
                for warning in card.warnings():
                    problems.warn(card.source, warning)
        except HyteError as error:
            problems.error(error)
    if cards:
        records: Any = [card.to_dict() for card in cards]
        data = json.dumps(
            records[0] if len(records) == 1 and len(paths) == 1 else records, ensure_ascii=False, indent=1
        )
        with target(output) as out:
            out.write(data.encode() + b"\n")
    _exit(problems)


def _explain_reading(paths: list[Path], analyser: Analyser, output: Path | None, problems: Problems) -> None:
    from hytenlp.errors import HyteError
    from hytenlp.inputs import lines_taken
    from hytenlp.output.files import target
    from hytenlp.output.reading_view import reading_text

    texts = []
    for path in paths:
        try:
            texts.append(reading_text(str(path), lines_taken(path, analyser)))
        except HyteError as error:
            problems.error(error)
    if texts:
        with target(output) as out:
            out.write("\n".join(texts).encode("utf-8", "replace"))
    _exit(problems)


@app.command()
def classify(
    inputs: Inputs,
    output: Output = None,
    form: Annotated[
        TableFormat | None,
        typer.Option("--format", help="Default: by the output's name, else csv.", show_default=False),
    ] = None,
    kind: Annotated[Kind, typer.Option(help="Only bullets of this kind.")] = Kind.all,
    text_column: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="The text column of tables. Default: found by its name (teksti, kuvaus, toimenpide …)."
        ),
    ] = None,
    excel_fi: Annotated[
        bool, typer.Option("--excel-fi", help="CSV for a Finnish Excel: semicolons, BOM, decimal commas.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, max=64, help="Processes to share the work. Default: as many as cores.", show_default=False),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a run to this output that was cut off.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Tell how far the run is even where there is no terminal.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Tell errors only.")] = False,
) -> None:
    """Classify the bullets of cards or the rows of tables: one row each with themes, groups, concerns, status and evidence."""
    from hytenlp.errors import HyteError
    from hytenlp.inputs import are_long
    from hytenlp.processes.server import start_ahead

    chosen = (
        form.value
        if form
        else (output.suffix[1:].lower() if output and output.suffix[1:].lower() in set(TableFormat) else "csv")
    )
    if output is None and chosen in ("xlsx", "parquet"):
        _fail(f"muotoa {chosen} ei voi tulostaa näytölle. Anna tiedosto: -o tulos.{chosen}")
    if output is None and resume:
        _fail("näytölle tulostettua ajoa ei voi jatkaa. Anna tiedosto: -o tulos.csv")
    problems = _problems(warn=not quiet)
    paths = _expand(inputs, problems, output)
    if (
        form is None
        and output is not None
        and not output.is_dir()
        and output.suffix[1:].lower() not in set(TableFormat)
    ):
        _fail(f"{output}: muotoa ei tunneta nimestä. Päätä nimi .{', .'.join(TableFormat)} tai anna --format.")
    if not paths:
        _exit(problems)
    jobs = jobs or _cores()
    if jobs > 1 and are_long(paths):
        start_ahead()
    # Only now, for they take half a second, in which the server loads.
    from hytenlp.batch.progress import Progress
    from hytenlp.batch.run import Options, can_go_on, run

    options = Options(chosen, excel_fi, _bullet_kind(kind), text_column, jobs, resume)
    try:
        with Progress(paths, lambda: len(problems.warnings), quiet=quiet, verbose=verbose) as progress:
            run(paths, output, options, problems, progress)
    except HyteError as error:
        problems.error(error)
    except KeyboardInterrupt:
        hint = " Sama komento valitsimella --resume jatkaa valmiista riveistä." if can_go_on(output) else ""
        typer.echo(f"Keskeytetty.{hint}", err=True)
        raise typer.Exit(INTERRUPTED) from None
    else:
        if output and not quiet and not problems.errors:
            typer.echo(f"{output}: {progress if verbose else f'{progress.rows} riviä'}", err=True)
    _exit(problems)


@app.command()
def coverage(
    inputs: Inputs,
    output: Output = None,
    form: Annotated[CoverageFormat, typer.Option("--format", help="How to show it.")] = CoverageFormat.table,
    fail_on: Annotated[
        FailOn | None, typer.Option(help="Exit with 1 when a verdict is this or worse.", show_default=False)
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Concerns from elsewhere: a line each (# begins a comment), a card, or a table."
        ),
    ] = None,
    text_column: Annotated[str | None, typer.Option(metavar="NAME", help="The text column of tables.")] = None,
) -> None:
    """Show, for each concern of each card, whether an action answers it, and which."""
    from hytenlp.batch.judged import judge
    from hytenlp.errors import HyteError
    from hytenlp.verdicts import VERDICTS, worst

    problems = _problems()
    paths = _expand(inputs, problems, output, against)
    try:
        judged = judge(paths, problems, text_column, against)
    except HyteError as error:
        problems.error(error)
        _exit(problems)
    if judged.records or not problems.errors:
        _write_coverage(judged.results, judged.unnamed, output, form, problems)
    if fail_on is None:
        _exit(problems)
    for note in judged.unjudged():
        typer.echo(f"huomaa: {note}", err=True)
    bad = worst(judged.results)
    failed = judged.silent or (bad and VERDICTS.index(bad) >= VERDICTS.index(fail_on.value))
    _exit(problems, FINDINGS if failed else FINE)


@app.command()
def report(
    inputs: Inputs,
    output: Output = None,
    lang: Annotated[PageLanguage, typer.Option(help="The page's language.")] = PageLanguage.fi,
    text_column: Annotated[str | None, typer.Option(metavar="NAME", help="The text column of tables.")] = None,
) -> None:
    """Write the coordinator's page: gaps, verdicts and actions of all cards as one HTML file that needs no network."""
    from hytenlp.batch import classify_items, cover_records
    from hytenlp.engine import engine
    from hytenlp.errors import HyteError
    from hytenlp.output.report import origin_of, write_report

    if output is None and _is_terminal():
        _fail("raporttia ei tulosteta näytölle. Anna tiedosto: -o raportti.html")
    problems = _problems()
    read: list[Path] = []
    items = _items(_expand(inputs, problems, output), problems, text_column, read)
    try:
        records = list(classify_items(items))
        if records or not problems.errors:
            origin = origin_of(read, problems.warnings)
            count = write_report(records, output, lang.value, origin, engine().vocabulary, cover_records)
            if output:
                typer.echo(f"{output}: {count} {'kortti' if count == 1 else 'korttia'}", err=True)
    except HyteError as error:
        problems.error(error)
    _exit(problems)


@app.command()
def explain(
    text: Annotated[str, typer.Argument(help="One bullet's text.")],
    kind: Annotated[Kind, typer.Option(help="What the bullet is.")] = Kind.action,
    stated_theme: Annotated[str | None, typer.Option(help="The theme that it stands under.")] = None,
) -> None:
    """Explain a text: its words, lemmas and parts, mentions, status and theme, and what did not count and why."""
    from hytenlp.engine import engine
    from hytenlp.errors import shown
    from hytenlp.output.explanation import explain_text
    from hytenlp.records import says_nothing

    if says_nothing(text):
        _fail('selitettävä teksti on tyhjä. Anna se lainausmerkeissä: hytenlp explain "Järjestetty liikuntaa."')
    themes = engine().vocabulary.codes("theme")
    if stated_theme not in (None, *themes):
        _fail(f"tuntematon teema {stated_theme!r}. Vaihtoehdot: {', '.join(themes)}.")
    typer.echo(explain_text(shown(text), _bullet_kind(kind) or "action", stated_theme))


@app.command()
def train(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="The labelled corpus.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="MODELS", help="Folder for the model.")],
) -> None:
    """Train the model on a labelled corpus; written only when everything succeeded, with the figures beside it."""
    from hytenlp.classification.corpus import Corpus
    from hytenlp.classification.store import train_and_save

    typer.echo(train_and_save(Corpus(corpus), output))


class PartName(StrEnum):
    """Parts of the corpus."""

    train = "train"
    dev = "dev"
    test = "test"
    all = "all"


@app.command()
def evaluate(
    corpus: Annotated[Path, typer.Option(metavar="FOLDER", help="The labelled corpus.")] = Path("corpus"),
    part: Annotated[PartName, typer.Option(help="The part to measure on.")] = PartName.test,
    as_json: Annotated[
        bool, typer.Option("--json", help="The whole report as JSON, errors with their texts included.")
    ] = False,
    errors: Annotated[
        int, typer.Option(min=0, help="How many errors to list below the figures; JSON has them all.")
    ] = 0,
    output: Output = None,
) -> None:
    """Measure the classification on labelled texts: figures per label, on whole cards, by author and register."""
    from hytenlp.batch import classify_item
    from hytenlp.classification.corpus import Corpus
    from hytenlp.classification.evaluation import evaluate as measure
    from hytenlp.classification.evaluation import readable
    from hytenlp.engine import engine
    from hytenlp.output.files import target

    _spare(output, corpus.rglob("*"))
    wanted = None if part is PartName.all else part.value
    report = measure(Corpus(corpus), cast("Part | None", wanted), classify_item, engine().vocabulary)
    model = engine().model
    report["seen"] = model is not None and wanted in (None, *model.origin["parts"])
    text = json.dumps(report, ensure_ascii=False, indent=1) if as_json else readable(report, errors=errors)
    with target(output) as out:
        out.write(text.encode() + b"\n")


@vocabulary_app.command("list")
def vocabulary_list(kind: Annotated[str, typer.Option(help="concern, group, theme or status.")] = "concern") -> None:
    """List the concepts of a kind: code, broader code, label, number of entries."""
    from hytenlp.vocabulary.concepts import Vocabulary

    if kind not in ("concern", "group", "theme", "status"):
        _fail(f"tuntematon laji {kind!r}. Vaihtoehdot: concern, group, theme, status.")
    for concept in Vocabulary.load().concepts(kind):  # type: ignore[arg-type]
        typer.echo(f"{concept.code}\t{concept.broader or ''}\t{concept.label.fi}\t{len(concept.entries)}")


@vocabulary_app.command("check")
def vocabulary_check() -> None:
    """Check the vocabulary: duplicates, cycles, unreadable and self-blocking entries, empty concepts. Exit 1 on findings."""
    from hytenlp.errors import HyteError
    from hytenlp.vocabulary.check import check

    try:
        findings = check()
    except HyteError as error:
        typer.echo(str(error))
        raise typer.Exit(FINDINGS) from None
    for finding in findings:
        typer.echo(finding)
    raise typer.Exit(FINDINGS if findings else FINE)


class ExportFormat(StrEnum):
    """Formats of `vocabulary export`."""

    skos = "skos"


@vocabulary_app.command("export")
def vocabulary_export(
    _form: Annotated[ExportFormat, typer.Option("--format")] = ExportFormat.skos, output: Output = None
) -> None:
    """Export the concepts as a SKOS concept scheme in Turtle, with their links to YSO."""
    from hytenlp.output.files import target
    from hytenlp.vocabulary.concepts import Vocabulary
    from hytenlp.vocabulary.skos import turtle

    with target(output) as out:
        out.write(turtle(Vocabulary.load()).encode())


def _expand(inputs: list[str], problems: Problems, output: Path | None, beside: Path | None = None) -> list[Path]:
    """The files that a command reads, none of which (nor the one beside them) is the one that it writes."""
    from hytenlp.inputs import expand

    paths = expand(inputs, problems)
    _spare(output, [*paths, beside] if beside else paths)
    return paths


def _spare(output: Path | None, inputs: Iterable[Path]) -> None:
    from hytenlp.errors import OutputError
    from hytenlp.output.files import spare_inputs

    try:
        spare_inputs(output, inputs)
    except OutputError as error:
        _fail(str(error))


def _bullet_kind(kind: Kind) -> BulletKind | None:
    return None if kind is Kind.all else cast("BulletKind", kind.value)


def _is_terminal() -> bool:
    """Whether a person looks at standard output."""
    return sys.stdout.isatty()


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _items(paths: list[Path], problems: Problems, text_column: str | None, read: list[Path]) -> Any:
    """The bullets of all files; a file that cannot be read is told about and passed over, the others are noted as read."""
    from hytenlp.errors import HyteError
    from hytenlp.finnish.words import Analyser
    from hytenlp.inputs import bullets_of

    analyser = Analyser()
    for path in paths:
        try:
            yield from bullets_of(path, analyser, problems, text_column)
            read.append(path)
        except HyteError as error:
            problems.error(error)


def _write_coverage(results: Any, unnamed: Any, output: Path | None, form: CoverageFormat, problems: Problems) -> None:
    from hytenlp.engine import engine
    from hytenlp.errors import HyteError
    from hytenlp.output import coverage_view
    from hytenlp.output.files import target
    from hytenlp.output.tables import write_rows

    vocabulary = engine().vocabulary
    if form in (CoverageFormat.json, CoverageFormat.csv):
        for record in unnamed:
            problems.warn(
                record.source, f"huolesta ei tunnistettu aihetta, joten se puuttuu tuloksesta: ”{record.text}”"
            )
    try:
        if form is CoverageFormat.csv:
            write_rows(coverage_view.flat_rows(results), coverage_view.CSV_COLUMNS, output)
            return
        with target(output) as out:
            if form is CoverageFormat.json:
                out.write(
                    json.dumps([result.to_dict() for result in results], ensure_ascii=False, indent=1).encode() + b"\n"
                )
            elif form is CoverageFormat.markdown:
                out.write(coverage_view.markdown(results, unnamed, vocabulary).encode())
            else:
                out.write(
                    coverage_view.table(
                        results, unnamed, vocabulary, to_terminal=output is None and _is_terminal()
                    ).encode()
                )
    except HyteError as error:
        problems.error(error)


def _problems(warn: bool = True) -> Problems:
    from hytenlp.inputs import Problems

    def tell(line: str) -> None:
        if warn or line.startswith("virhe"):
            typer.echo(line, err=True)

    return Problems(tell)


def _fail(message: str) -> NoReturn:
    typer.echo(f"virhe: {message}", err=True)
    raise typer.Exit(BAD_INPUT)


def _exit(problems: Problems, code: int = FINE) -> NoReturn:
    raise typer.Exit(BAD_INPUT if problems.errors else code)


def main() -> None:
    """Entry point: every error that is ours and Ctrl-C are one line; a closed pipe ends quietly."""
    go_lean()
    _open_streams()
    code = _guarded(_run) or _guarded(sys.stdout.flush)
    gc.freeze()  # at its end the interpreter would look for cycles in all the words that are held, which takes seconds
    sys.exit(code)


def _open_streams() -> None:
    """Gives both streams UTF-8. Where the caller has closed one, results cannot be written, and messages are dropped."""
    sys.stdout = sys.stdout or os.fdopen(os.open(os.devnull, os.O_RDONLY), "w")
    sys.stderr = sys.stderr or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _run() -> None:
    # Not `app()`: that ends with 1, our "findings", when a pipe is closed.
    command = typer.main.get_command(app)
    usage_error: Any = next(
        base for base in typer.BadParameter.__mro__ if base.__name__ == "UsageError"
    )  # click's or its copy
    try:
        with command.make_context("hytenlp", sys.argv[1:]) as context:
            command.invoke(context)
    except usage_error as error:
        from hytenlp.usage import usage_line

        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(str(error), err=True)
            raise typer.Exit(BAD_INPUT) from None
        _fail(usage_line(error))


def _guarded(work: Callable[[], None]) -> int:
    """Does some work; its exit status."""
    from hytenlp.errors import HyteError, reason

    try:
        work()
    except typer.Exit as done:
        return done.exit_code
    except HyteError as error:
        typer.echo(f"virhe: {error}", err=True)
    except BrokenPipeError:
        _drop_output()
        return FINE
    except OSError as error:
        what = f"{error.filename}: tiedostoa ei voi käyttää" if error.filename else "tulostetta ei voi kirjoittaa"
        typer.echo(f"virhe: {what} ({reason(error)}).", err=True)
        _drop_output()
    except KeyboardInterrupt:
        typer.echo("Keskeytetty.", err=True)
        return INTERRUPTED
    else:
        return FINE
    return BAD_INPUT


def _drop_output() -> None:
    """Gives up what standard output still holds, or the interpreter would try to write it once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
