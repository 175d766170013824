"""Whose entry it is: the name and PIN that a command asks for on the terminal, at a shared login.

The terminal itself is read, never standard input: no script and no file answers in a person's
place.
"""

from __future__ import annotations

from getpass import getpass
from typing import Final

from officeops.model.errors import Refused
from officeops.model.sealed_value import Sealed

_TERMINAL: Final = "/dev/tty"


def ask_whose(place: str) -> tuple[str, Sealed]:
    """Ask for a name and PIN. Raises Refused where there is no terminal, or no answer."""
    name = _line(f"{place} is shared. Whose entry is it? Name: ")
    if not name:
        raise Refused("nobody signed, so nothing was written", code="needs-signing")
    return name, _pin(f"PIN of {name}: ")


def ask_witness() -> tuple[str, Sealed]:
    """Ask for the name and PIN of a witness. Raises Refused where there is no terminal, or no answer."""
    name = _line("A second person signs as the witness. Name: ")
    if not name:
        raise Refused("nobody witnessed it, so nothing was written", code="needs-signing")
    return name, _pin(f"PIN of {name}: ")


def ask_new_pin(login: str) -> Sealed:
    """Ask for a new PIN twice. Raises Refused where there is no terminal, or the two differ."""
    first = _pin(f"New PIN of {login}: ")
    if first != _pin("The same again: "):
        raise Refused("the two differ, so the PIN stays as it was", code="not-confirmed")
    return first


def _line(question: str) -> str:
    try:
        with open(_TERMINAL, "w") as out, open(_TERMINAL, errors="replace") as terminal:
            out.write(question)
            out.flush()
            return terminal.readline().strip()
    except OSError:
        raise _no_terminal() from None


def _pin(question: str) -> Sealed:
    try:
        # getpass would read standard input where there is no terminal.
        open(_TERMINAL).close()
    except OSError:
        raise _no_terminal() from None
    try:
        return Sealed(typed=getpass(question).strip())
    except EOFError:
        raise Refused("no PIN was typed", code="needs-signing") from None


def _no_terminal() -> Refused:
    return Refused(
        "a name and PIN are asked for on a terminal, and there is none here (over SSH: ssh -t). "
        "Use your own login for commands without one",
        code="needs-terminal",
    )
