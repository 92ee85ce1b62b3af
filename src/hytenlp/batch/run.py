"""A run from inputs to a table: chunk by chunk, with as many processes as it is worth, whole at the end or able to go on."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from hytenlp.batch.chunks import Chunk, Result, Worker, chunks_of, columns_of_inputs
from hytenlp.batch.lock import alone
from hytenlp.batch.parts import Parts, fingerprint
from hytenlp.batch.progress import Progress
from hytenlp.inputs import Problems
from hytenlp.output.files import destination, is_stream, target
from hytenlp.output.tables import table_of
from hytenlp.processes.workers import Failed, Workers, attempt
from hytenlp.records import BulletKind

_SMALL = 2  # inputs of no more chunks than this are done before other processes have started


@dataclass(frozen=True, slots=True)
class Options:
    """How a run is done.

    Attributes:
        form, excel_fi: see `table_of`.
        kind: only bullets of this kind.
        text_column: the text column of tables; found by its name when None.
        jobs: how many processes share the work.
        resume: go on with what an earlier run left.
    """

    form: str = "csv"
    excel_fi: bool = False
    kind: BulletKind | None = None
    text_column: str | None = None
    jobs: int = 1
    resume: bool = False


def run(paths: Sequence[Path], output: Path | None, options: Options, problems: Problems, progress: Progress) -> int:
    """Classifies inputs and writes the table.

    Args:
        paths: cards and tables.
        output: the table; standard output when None. It is replaced only by a whole one, and not at all when no input could be read.
        options: how.
        problems: told about what could not be read or classified.
        progress: told how far the run has come.

    Returns:
        How many rows were written.

    Raises:
        InputError: an earlier run cannot be gone on with.
        OutputError: the table cannot be written, or another run is writing it.
    """
    if output is None or is_stream(output):
        return _write_at_once(_work(paths, options, problems), output, problems, progress)
    file = destination(output)
    with alone(file):
        work = _work(paths, options, problems)
        parts = Parts(file)
        with target(file, dry=True):
            pass
        if not work.is_long and not (options.resume and parts):
            return _write_at_once(work, file, problems, progress)
        settings = {
            "form": options.form,
            "excel_fi": options.excel_fi,
            "kind": options.kind,
            "column": options.text_column,
        }
        done = parts.begin(fingerprint(paths, settings), resume=options.resume)
        progress.resumed(sum(done.values()))
        try:
            for number, result in _results(work, problems, progress, done):
                parts.save(number, result.rows, result.data)
            if progress.rows or not problems.errors:
                with target(file) as out:
                    work.worker.table.join(parts.read(), out)
                parts.remove()
        finally:
            if not parts.any_rows:
                parts.remove()
    return progress.rows


def can_go_on(output: Path | None) -> bool:
    """Whether a run to this output that was cut off left rows that `Options.resume` would go on from."""
    return output is not None and not is_stream(output) and Parts(destination(output)).any_rows


@dataclass(frozen=True, slots=True)
class _Work:
    """What there is to do.

    Attributes:
        worker: does a chunk.
        chunks: all of them, read as they are needed.
        is_long: whether they are worth other processes, and keeping what is finished.
        jobs: how many processes share them.
    """

    worker: Worker
    chunks: Iterator[Chunk]
    is_long: bool
    jobs: int


def _work(paths: Sequence[Path], options: Options, problems: Problems) -> _Work:
    typed = options.form == "parquet"
    # In JSON Lines every row has its own columns.
    columns = {} if options.form == "jsonl" else columns_of_inputs(paths, options.text_column, problems, typed=typed)
    table = table_of(options.form, columns, excel_fi=options.excel_fi)
    stream = chunks_of(paths, problems, options.text_column, options.kind)
    head = list(itertools.islice(stream, _SMALL + 1))
    is_long = len(head) > _SMALL
    jobs = options.jobs if is_long else 1
    return _Work(Worker(table, options.kind), itertools.chain(head, stream), is_long, jobs)


def _write_at_once(work: _Work, output: Path | None, problems: Problems, progress: Progress) -> int:
    """Writes the table as its rows come; nothing, and not over an earlier result, when no input could be read."""
    rows = (result.data for _, result in _results(work, problems, progress) if result.rows)
    first = list(itertools.islice(rows, 1))
    if first or not problems.errors:
        with target(output) as out:
            work.worker.table.join(itertools.chain(first, rows), out)
        if output is not None and not is_stream(output):
            Parts(output).remove()  # of an earlier, longer run to the same output
    return progress.rows


def _results(
    work: _Work, problems: Problems, progress: Progress, done: Container[int] = ()
) -> Iterator[tuple[int, Result]]:
    """The numbers of the chunks and what became of them; one that could not be done is told about and left out.

    Args:
        work: what there is to do.
        problems: told what the chunks tell, and of those that could not be done.
        progress: told how far the run has come.
        done: the chunks that need not be done again.
    """
    numbers: list[int] = []

    def numbered() -> Iterator[Chunk]:
        for number, chunk in enumerate(work.chunks):
            if number not in done:
                numbers.append(number)
                yield chunk

    with ExitStack() as stack:
        answers: Iterable[Result | Failed[Chunk]] = (attempt(work.worker, chunk) for chunk in numbered())
        if work.jobs > 1:
            answers = stack.enter_context(Workers(work.worker, work.jobs)).map(numbered())
        for answer in answers:
            number = numbers.pop(0)
            progress.clear()
            if isinstance(answer, Failed):
                why = answer.why or "laskentaprosessi päättyi kahdesti kesken; muisti saattoi loppua"
                problems.error(
                    f"{answer.task}: rivejä ei voitu luokitella ({why}). Ne puuttuvat tuloksesta; muut ovat siinä."
                )
                continue
            for line in answer.errors:
                problems.error(line)
            for source, warning in answer.warnings:
                problems.warn(source, warning)
            progress.advance(answer.rows)
            yield number, answer
