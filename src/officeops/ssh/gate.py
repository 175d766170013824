"""The gate of SSH: the parts of a client's request that are used, and the words that are run.

sshd runs us by a forced command that the administrator wrote. The other side chooses all the rest:
the environment, the command line, and the moment at which the connection drops.
"""

from __future__ import annotations

import io
import os
import re
import time
from typing import TYPE_CHECKING, Final

from officeops.model.errors import UsageProblem
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import MutableMapping

#: The longest command line that is read, in bytes.
LONGEST: Final = 8192
#: Names of terminals; anything else in TERM is no name of one.
TERMINAL: Final = re.compile(rb"[A-Za-z0-9][A-Za-z0-9.+-]{0,63}")
#: Control characters, C0 and C1: no command needs one, and a line break would make two lines of
#: one in a log.
CONTROL: Final = re.compile("[\0-\x1f\x7f-\x9f]")
_PR_SET_PDEATHSIG: Final = 1
_SIGTERM: Final = 15


class Arrival(Value):
    """The used parts of a request: the command line, the address, and the keys proved to sshd."""

    command: bytes | None
    peer: str
    proved: tuple[str, ...]


def arrive(environ: MutableMapping[bytes, bytes], home: str) -> Arrival:
    """Take the request out of the environment, and replace the environment by a fixed one.

    Libraries read settings from there, down to the module to import: nothing from a client may
    reach them.
    """
    command = environ.get(b"SSH_ORIGINAL_COMMAND")
    peer = environ.get(b"SSH_CONNECTION", b"").partition(b" ")[0].decode("ascii", "replace")[:45]
    proved = _proved(environ.get(b"SSH_USER_AUTH", b""))
    term = environ.get(b"TERM", b"")
    environ.clear()
    environ[b"PATH"], environ[b"LANG"] = b"/usr/bin:/bin", b"C.UTF-8"
    environ[b"HOME"] = os.fsencode(home)
    if TERMINAL.fullmatch(term):
        environ[b"TERM"] = term
    return Arrival(command or None, peer, proved)


def _proved(path: bytes) -> tuple[str, ...]:
    """Return the public keys in the file that sshd writes with ExposeAuthInfo; none without one."""
    if not path:
        return ()
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            lines = file.read(1 << 16).splitlines()
    except OSError:
        return ()
    keys = [line for line in lines if line.startswith("publickey ")]
    return tuple(key.removeprefix("publickey ") for key in keys)


def words(command: bytes) -> list[str]:
    """Return the words of a command line, split as a shell does, with nothing in them expanded.

    It may begin with `officeops`. Raises UsageProblem for a line that cannot be split.
    """
    if len(command) > LONGEST:
        raise UsageProblem(
            f"The command is longer than {LONGEST:,} bytes. Send long input on standard input.",
            code="too-long",
        )
    try:
        line = command.decode()
    except UnicodeDecodeError:
        raise UsageProblem(
            "The command has bytes that are not UTF-8. Nothing was run.", code="malformed"
        ) from None
    control = CONTROL.search(line)
    if control:
        raise UsageProblem(
            f"The command has a control character (U+{ord(control[0]):04X}). Nothing was run.",
            code="malformed",
        )
    import shlex

    try:
        split = shlex.split(line)
    except ValueError as error:
        raise UsageProblem(
            f"The command cannot be read: {error}. Nothing was run.", code="malformed"
        ) from None
    return split[1:] if split[:1] == ["officeops"] else split


def end_with_parent() -> None:
    """Have the kernel end this process with sshd's, so that a dropped client holds nothing.

    Without it, a command that neither reads nor writes would go on for nobody, and block others.
    """
    try:
        import ctypes

        parent = os.getppid()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, _SIGTERM, 0, 0, 0)
    except (ImportError, OSError, AttributeError):  # another system than Linux
        return
    # sshd may have ended before the kernel knew of the request.
    if os.getppid() != parent:
        os.kill(os.getpid(), _SIGTERM)


def end_after(seconds: int) -> None:
    """End this process so many seconds from now, wherever it waits; an open transaction is undone.

    A client may hold a session open by sending or reading nothing. The alarm of Python waits in
    its own code alone, and the code of plugins uses it.
    """
    import faulthandler

    # The trace that it writes before the end may have values of the office in it.
    nowhere = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
    faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)


class WholeInput(io.RawIOBase):
    """Standard input that ends only when the client ends it.

    A connection that drops in the middle of a file ends the input too, and half a file would be
    imported as all of it. But then nobody reads our output any more either: that tells the two
    apart.
    """

    def __init__(self, source: int = 0, answer: int = 1) -> None:
        super().__init__()
        self._source, self._answer = source, answer

    def readable(self) -> bool:
        """Return True."""
        return True

    def fileno(self) -> int:
        """Return the descriptor of the input."""
        return self._source

    def isatty(self) -> bool:
        """Return whether the input is a terminal."""
        return os.isatty(self._source)

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # typeshed's Buffer has no name before 3.12
        """Read bytes; at their end, end the process if the client is gone."""
        count = os.readv(self._source, [buffer])
        if not count and not self.isatty():
            # sshd closes both ways as one, but not in one instant.
            time.sleep(0.05)
            if _is_gone(self._answer):
                os.kill(os.getpid(), _SIGTERM)
        return count


def _is_gone(answer: int) -> bool:
    """Return whether the reader of a descriptor is gone."""
    import select

    poll = select.poll()
    poll.register(answer, 0)
    return any(event & (select.POLLHUP | select.POLLERR) for _, event in poll.poll(0))
