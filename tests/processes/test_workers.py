"""Processes that share tasks: order, death, errors, an end."""

from __future__ import annotations

import os
import time

import pytest

from hytenlp.processes.server import start_ahead
from hytenlp.processes.workers import Failed, Workers


def square(number: int) -> int:
    time.sleep(0.02 if number % 3 == 0 else 0)
    return number * number


def dies_once(task: tuple[int, str]) -> int:
    number, folder = task
    mark = os.path.join(folder, str(number))
    if number % 5 == 2 and not os.path.exists(mark):
        open(mark, "w").close()
        os._exit(9)
    return number


def dies_or_fails(number: int) -> int:
    if number == 3:
        os._exit(9)
    if number == 5:
        raise ValueError("viisi")
    return number


def own_process(_: int) -> int:
    return os.getpid()


def test_answers_come_in_the_order_of_the_tasks():
    with Workers(square, 2) as workers:
        assert list(workers.map(range(40))) == [n * n for n in range(40)]


def test_no_tasks():
    with Workers(square, 2) as workers:
        assert list(workers.map([])) == []


def test_tasks_are_read_only_a_little_ahead():
    read = []

    def tasks():
        for number in range(100):
            read.append(number)
            yield number

    with Workers(square, 2) as workers:
        answers = workers.map(tasks())
        next(answers)
        assert len(read) < 15


def test_a_process_that_dies_is_replaced_and_its_task_done_again(tmp_path):
    with Workers(dies_once, 2) as workers:
        assert list(workers.map((n, str(tmp_path)) for n in range(20))) == list(range(20))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["12", "17", "2", "7"]


def test_what_cannot_be_done_is_named_and_the_rest_goes_on():
    with Workers(dies_or_fails, 2) as workers:
        answers = list(workers.map(range(8)))
    assert answers[3] == Failed(3)
    assert answers[5] == Failed(5, "ValueError: viisi")
    assert [a for a in answers if not isinstance(a, Failed)] == [0, 1, 2, 4, 6, 7]


def test_no_process_is_left_when_the_caller_gives_up():
    pids = set()

    def give_up():
        with Workers(own_process, 2) as workers:
            answers = workers.map(range(1000))
            pids.update(next(answers) for _ in range(10))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        give_up()
    assert pids
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_a_server_that_was_started_ahead_serves():
    start_ahead()
    with Workers(own_process, 2) as workers:
        assert os.getpid() not in workers.map(range(4))
