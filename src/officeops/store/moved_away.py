"""Moved away: the note beside an office's place that says where it went.

Without it, the next command there would offer to restore a backup, and people would go on in two
copies of one office.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Final

_ENDING: Final = ".moved"
#: Characters of a note that are read.
_MOST: Final = 1000


def note_move(path: str, bundle: str, action: int) -> str:
    """Write beside an office's place that a bundle of it left; return the note's path."""
    # No link that the account put there is followed: root may run this.
    how = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    descriptor = os.open(path + _ENDING, how, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{bundle}, with all to action {action:,}\n")
    return path + _ENDING


def moved_away(path: str) -> str:
    """Return the sentence on an office that moved away from here; blank for any other."""
    try:
        descriptor = os.open(path + _ENDING, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(descriptor, encoding="utf-8", errors="replace") as file:
            bundle = file.read(_MOST).strip()
    except OSError:
        return ""
    return (
        f"The office moved away from {path} in the bundle {bundle}. Work where that was unpacked. "
        "If it never arrived, `officeops backup restore --anyway` goes on here."
    )


def forget_move(path: str) -> None:
    """Remove the note, once there is an office here again."""
    with suppress(FileNotFoundError):
        os.unlink(path + _ENDING)
