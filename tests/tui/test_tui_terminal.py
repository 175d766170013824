"""The bytes to a terminal of 80x24: a remote office waits for each of them."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import sys
import termios
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest
from tests.effort import PATIENCE

if TYPE_CHECKING:
    from officeops.office.office import Office

PROGRAM = """
import sys, pathlib
from officeops.office.office import open_office
from officeops.tui import run
run(open_office(pathlib.Path(sys.argv[1])))
"""


class Line:
    """A program at the other end of a terminal line."""

    def __init__(self, path: Path, **environ: str) -> None:
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor", **environ})
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            arguments = [sys.executable, "-c", PROGRAM, str(path)]
            os.execv(sys.executable, arguments)  # noqa: S606 - this very Python

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.write(self._fd, b"q")
        deadline = time.monotonic() + PATIENCE
        while os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            self._read(0.05)
            if time.monotonic() > deadline:
                os.kill(self.pid, 9)
        os.close(self._fd)

    def _read(self, longest: float) -> bytes:
        readable, _, _ = select.select([self._fd], [], [], longest)
        try:
            return os.read(self._fd, 65536) if readable else b""
        except OSError:
            return b""

    def until(self, part: str) -> bytes:
        """Read until something has been written, and then until all is quiet."""
        got = b""
        deadline = time.monotonic() + PATIENCE
        while part.encode() not in got:
            assert time.monotonic() < deadline, got
            got += self._read(0.1)
        while more := self._read(0.25):
            got += more
        return got

    def send(self, keys: str) -> bytes:
        """Send keys and return all that is written then."""
        os.write(self._fd, keys.encode())
        return self.until("")


@pytest.fixture
def path(office: Office) -> Path:
    from officeops.core.records import Location

    with office.acting("test"):
        for i in range(40):
            office.add(Location(name=f"Room {i:02}"))
    return Path(office.path)


def test_the_line_stays_quiet_and_moves_are_cheap(path: Path) -> None:
    with Line(path) as line:
        assert len(line.until("? help")) < 25_000
        assert len(line.send(":location\r")) < 25_000
        move = line.send("j")
        assert 0 < len(move) <= 500
        # The terminal's own cursor ends on the row: line 4, below the breadcrumb and the labels.
        assert re.search(rb"\x1b\[4;1H(\x1b\[\?2026l)?$", move), move
        assert len(line.send("/")) <= 2_000
        # A letter, at most 500 bytes, and after a pause the rows that it leaves, at most 5,000.
        letter = line.send("x")
        assert len(letter) <= 5_500
        # The terminal's cursor stays where the text goes.
        assert re.search(rb"\x1b\[23;4H(\x1b\[\?2026l)?$", letter), letter
        assert line.send("\x1b") is not None
        assert line._read(0.7) == b""


def test_no_colour_means_none_and_the_cursor_still_shows(path: Path) -> None:
    with Line(path, NO_COLOR="1") as line:
        shown = line.until("? help") + line.send(":location\r") + line.send("j")
        sequences = re.findall(rb"\x1b\[([\d;]*)m", shown)
        styles = set(b";".join(sequences).split(b";"))
        assert b"7" in styles
        colors = {style for style in styles if re.fullmatch(rb"[349]\d|10\d|[34]8", style)}
        # 39 and 49 take a color back.
        assert colors <= {b"39", b"49"}


def test_a_form_opens_within_a_screen_and_a_step_in_it_is_cheap(path: Path) -> None:
    with Line(path) as line:
        line.until("? help")
        line.send(":location\r")
        assert len(line.send("n")) < 25_000
        for key in ("\t", "\t", "\x1b[Z", "2", "\t"):
            assert 0 < len(line.send(key)) <= 800
        line.send("\x1b")
        line.send("y")
