"""The program at the other end of a real terminal line.

It reports after each packet what its screen shows.
"""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import struct
import sys
import termios
import time
from typing import TYPE_CHECKING, Any, Self

from tests.effort import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

#: What keys send over the line.
BYTES = {
    "enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "escape": "\x1b",
    "space": " ", "backspace": "\x7f",
    "up": "\x1b[A", "down": "\x1b[B", "left": "\x1b[D", "right": "\x1b[C",
    "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "delete": "\x1b[3~", "f1": "\x1bOP", "f2": "\x1bOQ",
    "ctrl+a": "\x01", "ctrl+c": "\x03", "ctrl+e": "\x05", "ctrl+k": "\x0b",
    "ctrl+s": "\x13", "ctrl+u": "\x15", "ctrl+w": "\x17",
}  # fmt: skip
#: What the terminal sends when it gets the focus: the program answers with a report, in the order
#: of the keys.
ASK = "\x1b[I"

PROGRAM = """
import asyncio, json, os, pathlib, sys
from officeops.office.office import open_office
from officeops.tui.terminal.terminal_setup import CALM_THEME, prepare
prepare(CALM_THEME, os.environ)
from officeops.tui.app import OfficeApp
path, out = map(pathlib.Path, sys.argv[1:3])
{extra}
class Watched(OfficeApp):
    reports = 0
    def on_app_focus(self):
        asyncio.create_task(self.report())
    def is_busy(self):
        if self.typed.busy or not self.receiver.is_ready(None):
            return True
        return any(not worker.is_finished for worker in self.workers)
    async def report(self):
        quiet = 0
        while quiet < 3:
            quiet = 0 if self.is_busy() else quiet + 1
            await asyncio.sleep(0.002)
        self.screen._on_timer_update()
        strips = self.screen._compositor.render_strips()
        lines = ["".join(part.text for part in strip).rstrip() for strip in strips]
        Watched.reports += 1
        report = {{"number": Watched.reports, "lines": lines, "screen": type(self.screen).__name__}}
        (out.parent / "new").write_text(json.dumps(report))
        os.replace(out.parent / "new", out)
Watched(open_office(path)).run(mouse=False)
"""
#: What differs between two runs of the same keys: times of day.
_CLOCK = re.compile(r"\d\d:\d\d(:\d\d(\.\d+)?)?(\+\d\d:\d\d|Z)?")


class Line:
    """A program at the other end of a terminal line of 80x24. `extra` is run before it starts."""

    def __init__(self, path: Path, folder: Path, extra: str = "") -> None:
        self.path, self._out = path, folder / "screen.json"
        folder.mkdir(exist_ok=True)
        self._number = 0
        program = PROGRAM.format(extra=extra)
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.environ.update({"TERM": "xterm-256color", "COLORTERM": "truecolor"})
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            arguments = [sys.executable, "-c", program, str(path), str(self._out)]
            os.execv(sys.executable, arguments)  # noqa: S606 - this very Python
        self.until("help")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def until(self, part: str) -> None:
        """Read until something has been written."""
        got = b""
        deadline = time.monotonic() + PATIENCE
        while part.encode() not in got:
            assert time.monotonic() < deadline, got[-2000:]
            got += self._read(0.1)

    def _read(self, longest: float) -> bytes:
        readable, _, _ = select.select([self._fd], [], [], longest)
        try:
            return os.read(self._fd, 65536) if readable else b""
        except OSError:
            return b""

    def write(self, text: str) -> None:
        """Write one packet."""
        os.write(self._fd, text.encode())

    def send(self, text: str) -> dict[str, Any]:
        """Write one packet and return what the screen shows once all of it is done."""
        self.write(text + ASK)
        deadline = time.monotonic() + PATIENCE
        while True:
            self._read(0.003)
            if self._out.exists():
                report: dict[str, Any] = json.loads(self._out.read_text())
                if report["number"] > self._number:
                    self._number = report["number"]
                    return report
            assert time.monotonic() < deadline, f"no report after {text!r}"

    def slowly(self, keys: Sequence[str]) -> dict[str, Any]:
        """Press keys one after another, each once the work of the one before has ended."""
        report = {}
        for key in keys:
            report = self.send(sent(key))
        return report

    def at_once(self, keys: Sequence[str]) -> dict[str, Any]:
        """Send keys in one packet."""
        return self.send("".join(map(sent, keys)))


def sent(key: str) -> str:
    """Return what a key, or several characters, send over the line."""
    return BYTES.get(key, key)


def timeless(value: object) -> str:
    """Return a text or a row without its times of day."""
    return _CLOCK.sub("--:--", str(value))
