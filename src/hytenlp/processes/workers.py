"""Several processes that share the chunks: order is kept, and a process that dies costs nothing but its chunk done again.

A plain loop over pipes. Each process has at most one chunk, so it is always known which chunk a dead one had; chunks that are
read ahead wait here. The processes end when their pipe closes, whatever happened to the process at its other end.
"""

from __future__ import annotations

import contextlib
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Generic, TypeVar

from hytenlp.processes.server import context, undisturbed

Task = TypeVar("Task")
Answer = TypeVar("Answer")
_AHEAD = 2  # answers and tasks that may wait for each process
_TRIES = 2


@dataclass(frozen=True, slots=True)
class Failed(Generic[Task]):
    """A task that could not be done.

    Attributes:
        why: the error, or nothing when its process died each time.
    """

    task: Task
    why: str = ""


@dataclass(slots=True)
class _Worker(Generic[Task]):
    process: BaseProcess
    pipe: Connection
    number: int = -1
    task: Task | None = None
    tries: int = 0


class Workers(Generic[Task, Answer]):
    """Processes that do tasks; a context manager.

    Args:
        work: what is done with a task; it must be picklable.
        count: how many processes.
    """

    def __init__(self, work: Callable[[Task], Answer], count: int) -> None:
        self._work, self._count = work, count
        self._context = context()
        self._workers: list[_Worker[Task]] = []

    def __enter__(self) -> Workers[Task, Answer]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.pipe.close()
            if kind is not None:
                worker.process.terminate()
        for worker in self._workers:
            worker.process.join()

    def map(self, tasks: Iterable[Task]) -> Iterator[Answer | Failed[Task]]:
        """The answers in the order of the tasks, which are read only a little ahead."""
        source = enumerate(tasks)
        upcoming: deque[tuple[int, Task]] = deque()
        ready: dict[int, Answer | Failed[Task]] = {}
        following, read_all = 0, False
        while True:
            busy = self._hand_out(upcoming)
            if following in ready:
                yield ready.pop(following)
                following += 1
            elif not read_all and len(upcoming) + len(ready) < self._count * _AHEAD:
                if (task := next(source, None)) is None:
                    read_all = True
                else:
                    upcoming.append(task)
            elif busy:
                self._collect(busy, ready, None)
                continue
            elif read_all and not upcoming:
                return
            self._collect(busy, ready, 0)

    def _hand_out(self, upcoming: deque[tuple[int, Task]]) -> list[_Worker[Task]]:
        """Gives waiting tasks to processes without one; returns those that have one."""
        while upcoming:
            worker = next((w for w in self._workers if w.task is None), None)
            if worker is None:
                if len(self._workers) == self._count:
                    break
                worker = self._started()
                self._workers.append(worker)
            worker.number, worker.task = upcoming.popleft()
            worker.tries = 0
            self._send(worker)
        return [worker for worker in self._workers if worker.task is not None]

    def _collect(
        self, busy: list[_Worker[Task]], ready: dict[int, Answer | Failed[Task]], timeout: float | None
    ) -> None:
        finished = wait([worker.pipe for worker in busy], timeout) if busy else []
        for worker in busy:
            if worker.pipe not in finished or worker.task is None:
                continue
            try:
                ready[worker.number] = worker.pipe.recv()
            except (EOFError, OSError):
                self._replace(worker, ready)
                continue
            worker.task = None

    def _replace(self, worker: _Worker[Task], ready: dict[int, Answer | Failed[Task]]) -> None:
        """Puts a new process in the place of a dead one, and gives it the same task unless that was tried often enough."""
        worker.pipe.close()
        worker.process.join()
        fresh = self._started()
        worker.process, worker.pipe = fresh.process, fresh.pipe
        if worker.task is not None and worker.tries >= _TRIES:
            ready[worker.number] = Failed(worker.task)
            worker.task = None
        elif worker.task is not None:
            self._send(worker)

    def _send(self, worker: _Worker[Task]) -> None:
        worker.tries += 1
        with contextlib.suppress(OSError):  # a dead process is noticed when its answer is waited for
            worker.pipe.send(worker.task)

    def _started(self) -> _Worker[Task]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._work), daemon=True)
        with undisturbed():
            process.start()
        theirs.close()
        return _Worker(process, ours)


def attempt(work: Callable[[Task], Answer], task: Task) -> Answer | Failed[Task]:
    """The answer to a task; no fault in it, not even an end of iteration, ends the tasks after it."""
    try:
        return work(task)
    except Exception as error:
        return Failed(task, f"{type(error).__name__}: {error}")


def _serve(pipe: Connection, work: Callable[[Task], Answer]) -> None:
    """Does tasks until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that talks with the user
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            pipe.send(attempt(work, task))
        except OSError:
            return
