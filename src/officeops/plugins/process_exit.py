"""`os._exit` in a plugin's code is an error with the plugin's name, like `sys.exit`.

It ends a process at once: the action is lost without a sentence, and the command ends with a code
of the plugin's choice, such as 0, which a script takes for success.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final, NoReturn

if TYPE_CHECKING:
    from types import FrameType

_end: Final = os._exit
#: The packages of the plugins whose code is watched.
_packages: Final[set[str]] = set()
#: The process that is watched. A process that a plugin forks ends itself as it likes.
_watched: Final = [0]


def watch(package: str) -> None:
    """Watch the code of a package from here on.

    Code in C, a signal to oneself, and a crash still end the process; the shell names those.
    """
    _packages.add(package)
    _watched[0] = os.getpid()
    os._exit = _exit


def _exit(status: int) -> NoReturn:
    """End the process, or raise SystemExit, which the caller of the plugin's code reports."""
    if os.getpid() == _watched[0] and _leads_here(sys._getframe(1)):  # noqa: SLF001 - who calls it
        raise SystemExit(f"os._exit({status})")
    _end(status)


def _leads_here(frame: FrameType | None) -> bool:
    """Whether code of a watched package leads to a frame."""
    while frame is not None:
        if str(frame.f_globals.get("__name__")).partition(".")[0] in _packages:
            return True
        frame = frame.f_back
    return False
