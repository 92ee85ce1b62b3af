"""The server that worker processes are forked from: it has the lexicon, the vocabulary and the model loaded already.

So they start at once and share its memory. Where systems cannot fork, each process loads all for itself.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
from collections.abc import Iterator
from multiprocessing import resource_tracker
from multiprocessing.context import ForkServerContext, SpawnContext

_PRELOADED = "hytenlp.processes.preloaded"


def context() -> ForkServerContext | SpawnContext:
    """What starts processes on this system."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload([_PRELOADED])
    return made


def start_ahead() -> None:
    """Starts the server, which needs a second, before there is anything to do for its processes."""
    if isinstance(context(), ForkServerContext):
        from multiprocessing import forkserver  # which not all systems have

        with undisturbed():
            forkserver.ensure_running()


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Puts Ctrl-C off until the block has ended; processes that are started in it never see one, not even before their first line."""
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # lets signals through when it starts, so not within the block
    interrupts: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: interrupts.append(number))
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # what a process inherits, unlike the handler
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGINT, before)
    if interrupts and callable(before):
        before(signal.SIGINT, None)
