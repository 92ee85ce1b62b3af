"""Results take the place of files only: links are followed, pipes and devices written to."""

from __future__ import annotations

import os
import socket
import stat
import threading
from pathlib import Path

import pytest

from hytenlp.errors import OutputError
from hytenlp.output import files
from hytenlp.output.files import is_stream, target

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names")


def write(path: Path, data: bytes = b"uusi") -> None:
    with target(path) as out:
        out.write(data)


def test_a_pipe_stays_one_and_gets_the_result(tmp_path):
    pipe = tmp_path / "putki"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    write(pipe)
    reader.join(30)
    assert got == [b"uusi"]
    assert is_stream(pipe)
    assert [one.name for one in tmp_path.iterdir()] == ["putki"]


@pytest.mark.parametrize(("kind", "told"), [(stat.S_IFBLK, "laite"), (stat.S_IFCHR, None)])
def test_devices(tmp_path, monkeypatch, kind, told):
    """No device is touched: a file in the folder is said to be one."""
    path = tmp_path / "laite"
    path.write_bytes(b"vanha")
    before = path.stat().st_ino
    monkeypatch.setattr(files, "_mode", lambda one: kind if one == path else 0)
    if told:
        with pytest.raises(OutputError, match=told):
            write(path)
    else:
        write(path)
    assert path.stat().st_ino == before  # it was not replaced
    assert path.read_bytes() == (b"vanha" if told else b"uusi")


def test_a_socket_is_refused(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the names of sockets are short
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("pistoke")
        with pytest.raises(OutputError, match="ei ole tiedosto"):
            write(Path("pistoke"))
        assert stat.S_ISSOCK(os.stat("pistoke").st_mode)


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_one_and_its_file_gets_the_result(tmp_path, there):
    (tmp_path / "kansio").mkdir()
    file, link = tmp_path / "kansio" / "oma.csv", tmp_path / "linkki.csv"
    if there:
        file.write_bytes(b"vanha")
    link.symlink_to(file)
    write(link)
    assert link.is_symlink()
    assert file.read_bytes() == b"uusi"


def test_a_link_to_a_pipe(tmp_path):
    pipe, link = tmp_path / "putki", tmp_path / "linkki"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    handle = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write(link)
    assert os.read(handle, 100) == b"uusi"
    os.close(handle)
    assert link.is_symlink()
    assert is_stream(pipe)


def test_a_failure_leaves_the_earlier_result(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes(b"vanha")

    def fails():
        with target(path) as out:
            out.write(b"uusi")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fails()
    with target(path, dry=True):
        pass
    assert path.read_bytes() == b"vanha"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", [".", "/"])
def test_folders_without_a_name(name):
    with pytest.raises(OutputError, match="on kansio"):
        write(Path(name))
