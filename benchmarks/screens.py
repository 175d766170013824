"""The screens: until the first frame, until Today has its rows, and the first rows of a long list.

The programs run at the other end of a terminal line of 80 by 24; `q` ends them once they show what is waited for.
"""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.imports import one_office
from benchmarks.measure import Figure, environment, figure, python

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FLOORS = Path(__file__).parent / "floors"
OFFICEOPS = str(Path(sys.executable).with_name("officeops"))
#: Items of a long list, and with --full.
LONG, LONGEST = 100_000, 1_000_000


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of the screens."""
    home = {name: str(folder) for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")}
    env = environment(TERM="xterm-256color", COLORTERM="truecolor", **home)
    empty, demo = folder / "empty.db", folder / "demo.db"
    for words in (
        ["--db", str(empty), "init", "--name", "Benchmark"],
        ["demo", "--keep", str(demo)],
    ):
        subprocess.run([OFFICEOPS, *words], env=env, check=True, stdout=subprocess.DEVNULL)
    for what, path, mark, limit, aim in (
        ("the first frame", empty, b"Today", 1.4, 1.2),
        ("Today with the rows of the demo", demo, b" due", 1.8, 1.5),
    ):
        yield figure(
            f"{what}, CPU",
            "Textual imported, one label painted",
            lambda path=path, mark=mark: shown([OFFICEOPS, "--db", str(path)], env, mark),  # type: ignore[misc]
            lambda: shown(python(FLOORS / "label.py"), env, b"Today"),
            limit=limit,
            aim=aim,
            rounds=9,
        )
    count = LONGEST if "--full" in sys.argv else LONG
    few, many = folder / "few", folder / "many"
    for path, items in ((few, 1_000), (many, count)):
        one_office(path, items).close()
    yield figure(
        f"first rows of {count:,} items, CPU",
        "the same of 1,000",
        lambda: opened([OFFICEOPS, "--db", str(many / "office.db")], env),
        lambda: opened([OFFICEOPS, "--db", str(few / "office.db")], env),
        limit=1.3,
        aim=1.1,
        rounds=9,
    )


class Line:
    """A program at the other end of a terminal line."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self.pid, self._line = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
            os.execve(command[0], list(command), dict(env))  # noqa: S606 - the measured program
        self._seen = b""

    def until(self, mark: bytes) -> None:
        """Read until something was written since the last keys. Raises OSError where it ends before."""
        while mark not in self._seen:
            self._seen += os.read(self._line, 65536)

    def type(self, keys: bytes) -> None:
        """Type keys."""
        self._seen = b""
        os.write(self._line, keys)

    def cpu(self) -> float:
        """Return the CPU time that the program has taken, in seconds."""
        threads = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9

    def leave(self) -> None:
        """Press q, and wait for the end of the program."""
        self.type(b"q")
        with suppress(OSError):
            while os.read(self._line, 65536):
                pass
        os.waitpid(self.pid, 0)
        os.close(self._line)


def shown(command: Sequence[str], env: Mapping[str, str], mark: bytes) -> float:
    """Run a program until it shows something, and return its CPU time in seconds."""
    line = Line(command, env)
    line.until(mark)
    taken = line.cpu()
    line.leave()
    return taken


def opened(command: Sequence[str], env: Mapping[str, str]) -> float:
    """Return the CPU time from the command that opens the list of items to its first rows."""
    line = Line(command, env)
    line.until(b" due")
    before = line.cpu()
    line.type(b":item\r")
    line.until(b"Latex")
    taken = line.cpu() - before
    line.leave()
    return taken
