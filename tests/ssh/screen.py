"""A person at a terminal of 80x24, over real ssh."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import termios
import time
from typing import TYPE_CHECKING, Self

import pyte
from tests.effort import PATIENCE
from tests.ssh.site import clean

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ssh.site import Site


class Screen:
    """The interface as somebody sees it."""

    def __init__(
        self,
        site: Site,
        login: str,
        *words: str,
        window: tuple[int, int] = (24, 80),
    ) -> None:
        self.login = login
        self._screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self._screen)
        line = [*site.client(login), "-tt", "office", *words]
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", *window, 0, 0))
            os.execvpe(line[0], line, clean())
        self.ended: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if not self.is_over():
            self.kill()
        os.close(self.fd)

    # -- looking ------------------------------------------------------------------------------------

    @property
    def lines(self) -> list[str]:
        """What stands on the screen now."""
        self.read(0.05)
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines)

    @property
    def row(self) -> str:
        """The row the cursor marks."""
        return next((line for line in self.lines if line.startswith(">")), "")

    def read(self, longest: float) -> None:
        """Take in what was written."""
        deadline = time.monotonic() + longest
        while (left := deadline - time.monotonic()) > 0:
            if select.select([self.fd], [], [], left)[0]:
                try:
                    got = os.read(self.fd, 65536)
                except OSError:
                    return
                if not got:
                    return
                # pyte does not know the private mode reports a modern program asks for, and draws what it does not know.
                self._stream.feed(got)

    def until(self, wanted: str | Callable[[], object], seconds: float = PATIENCE) -> Self:
        """Wait until something stands there."""
        deadline = time.monotonic() + seconds
        while not (wanted in self.text if isinstance(wanted, str) else wanted()):
            assert time.monotonic() < deadline, f"{self.login} waits for {wanted}:\n{self.text}"
            self.read(0.1)
        return self

    # -- doing --------------------------------------------------------------------------------------

    def send(self, keys: str) -> Self:
        """Press keys."""
        os.write(self.fd, keys.encode())
        return self

    def kill(self) -> None:
        """Drop off, as a laptop does that is thrown into a bag."""
        os.kill(self.pid, 9)
        os.waitpid(self.pid, 0)
        self.ended = -9

    def is_over(self) -> bool:
        """Return whether the client ended."""
        if self.ended is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.ended = os.waitstatus_to_exitcode(status)
        return self.ended is not None
