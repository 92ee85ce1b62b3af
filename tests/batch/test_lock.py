"""One run at a time to an output."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from hytenlp.batch.lock import alone
from hytenlp.errors import OutputError

HOLD = """
import subprocess, sys, time
from pathlib import Path
from hytenlp.batch.lock import alone
with alone(Path(sys.argv[1])):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], stdout=subprocess.DEVNULL)
    print(child.pid, flush=True)
    time.sleep(60)
"""
COUNT = """
import sys, time
from pathlib import Path
from hytenlp.batch.lock import alone
from hytenlp.errors import OutputError
output = Path(sys.argv[1])
done = 0
while done < 100:
    try:
        with alone(output):
            before = int(output.read_text())
            time.sleep(0.0005)
            output.write_text(str(before + 1))
            done += 1
    except OutputError:
        time.sleep(0.0005)
"""


def test_a_second_run_is_told_and_the_lock_goes_with_the_first(tmp_path):
    output = tmp_path / "t.csv"
    with alone(output):
        with alone(tmp_path / "muu.csv"):
            pass
        with pytest.raises(OutputError, match=r"t\.csv: toinen ajo kirjoittaa juuri nyt"), alone(output):
            pytest.fail("twice")
    with alone(output):
        pass
    assert not list(tmp_path.iterdir())


def test_the_system_lets_go_when_a_process_is_killed_though_its_child_lives(tmp_path):
    output = tmp_path / "t.csv"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, output], stdout=subprocess.PIPE)
    child = int(holder.stdout.readline())
    try:
        with pytest.raises(OutputError), alone(output):
            pytest.fail("twice")
        holder.kill()
        holder.wait()
        os.kill(child, 0)  # it lives
        with alone(output):
            pass
    finally:
        os.kill(child, 9)
        holder.stdout.close()
    assert not list(tmp_path.iterdir())


def test_no_two_at_once(tmp_path):
    output = tmp_path / "t.csv"
    output.write_text("0")
    runs = [subprocess.Popen([sys.executable, "-c", COUNT, output]) for _ in range(3)]
    assert [run.wait(120) for run in runs] == [0, 0, 0]
    assert output.read_text() == "300"
    assert list(tmp_path.iterdir()) == [output]


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="ei voi kirjoittaa"), alone(tmp_path / "file" / "t.csv"):
        pytest.fail("there is no folder")


def test_file_systems_without_locks_go_without(tmp_path, monkeypatch):
    def refuse(_handle: int) -> None:
        raise OSError(95, "not supported")

    monkeypatch.setattr("hytenlp.batch.lock._take", refuse)
    begun = time.monotonic()
    with alone(tmp_path / "t.csv"):
        pass
    assert time.monotonic() - begun < 5
    assert not list(tmp_path.iterdir())
