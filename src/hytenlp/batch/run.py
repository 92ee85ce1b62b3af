"""A run from inputs to a table: chunk by chunk, with as many processes as it is worth, whole at the end or able to go on."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from hytenlp.batch.chunks import Chunk, Result, Worker, chunks_of, columns_of_inputs
from hytenlp.batch.parts import Parts, fingerprint
from hytenlp.batch.progress import Progress
from hytenlp.batch.workers import Failed, Workers
from hytenlp.inputs import Problems
from hytenlp.output.files import target
from hytenlp.output.tables import table_of
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
        output: the table; standard output when None. It is replaced only by a whole one.
        options: how.
        problems: told about what could not be read or classified.
        progress: told how far the run has come.

    Returns:
        How many rows were written.

    Raises:
        InputError: an earlier run cannot be gone on with.
        OutputError: the table cannot be written.
    """
    # In JSON Lines every row has its own columns.
    columns = [] if options.form == "jsonl" else columns_of_inputs(paths, options.text_column, problems)
    table = table_of(options.form, columns, excel_fi=options.excel_fi)
    worker = Worker(table, options.kind)
    stream = chunks_of(paths, problems, options.text_column, options.kind)
    head = list(itertools.islice(stream, _SMALL + 1))
    chunks = enumerate(itertools.chain(head, stream))
    jobs = options.jobs if len(head) > _SMALL else 1
    parts = Parts(output) if output is not None else None
    with ExitStack() as stack:
        if parts is None or (len(head) <= _SMALL and not (options.resume and parts)):
            if parts is not None:
                parts.remove()  # of an earlier, longer run to the same output
            results = _results(worker, chunks, jobs, problems, progress)
            data = (result.data for _, result in results if result.rows)
            first = list(itertools.islice(data, 1))  # a head of columns alone would look like a result
            if first or not problems.errors:
                out = stack.enter_context(target(output))
                table.join(itertools.chain(first, data), out)
            return progress.rows
        with target(output, dry=True):
            pass
        settings = {
            "form": options.form,
            "excel_fi": options.excel_fi,
            "kind": options.kind,
            "column": options.text_column,
        }
        done = parts.begin(fingerprint(paths, settings), resume=options.resume)
        progress.resumed(sum(done.values()))
        todo = ((number, chunk) for number, chunk in chunks if number not in done)
        for number, result in _results(worker, todo, jobs, problems, progress):
            parts.save(number, result.rows, result.data)
        with target(output) as out:
            table.join(parts.read(), out)
        parts.remove()
    return progress.rows


def _results(
    worker: Worker, chunks: Iterable[tuple[int, Chunk]], jobs: int, problems: Problems, progress: Progress
) -> Iterator[tuple[int, Result]]:
    """The numbers of the chunks and what became of them; one that could not be done is told about and left out."""
    numbers: list[int] = []

    def numbered() -> Iterator[Chunk]:
        for number, chunk in chunks:
            numbers.append(number)
            yield chunk

    with ExitStack() as stack:
        answers: Iterable[Result | Failed[Chunk]] = map(worker, numbered())
        if jobs > 1:
            answers = stack.enter_context(Workers(worker, jobs)).map(numbered())
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
