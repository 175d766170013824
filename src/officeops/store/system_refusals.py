"""System refusals: why the system does not give a file, and what to do, as one sentence."""

from __future__ import annotations

import os
from errno import EACCES, EIO, ENOENT, ENOTDIR, EPERM, EROFS
from typing import Final

from officeops.model.error_words import text_of
from officeops.store.filesystem import read_only_disk
from officeops.store.ownership import account_name

_NOT_ALLOWED: Final = frozenset({EACCES, EPERM, EROFS})
_NOT_THERE: Final = frozenset({ENOENT, ENOTDIR})


def system_refusal(error: OSError) -> str:
    """Return a sentence with the file, the reason and the next step."""
    # Of two names, the second is the one that could not be made.
    path = text_of(error.filename2 or error.filename or "")
    if not path:
        return f"{text_of(error.strerror or error)}: the system refuses."
    if error.errno in _NOT_ALLOWED:
        return not_allowed(path)
    if error.errno == EIO:
        return (
            f"The disk could not read or write {path} (`dmesg` says why). Name a place on another "
            "disk, or see to this one."
        )
    if error.errno in _NOT_THERE:
        missing = _first_missing(path)
        if os.path.lexists(missing):
            return f"{missing} is a file, not a folder. Name another."
        return f"There is no {missing}. Correct the path, or make its folder first."
    return f"{text_of(error.strerror or error)}: {path}. Name another file or folder."


def not_allowed(path: str) -> str:
    """Return the sentence on a file or folder that this login may not use."""
    place = _kept_away(path)
    if words := read_only_disk(place):
        return words
    what = "written" if place != path or os.access(path, os.R_OK) else "read"
    owner, login = account_name(_owner(place)), account_name(os.geteuid())
    cure = (
        f"Run this as {owner}. If it belongs to the office, `officeops selfcheck` names the "
        "command for root."
    )
    if what == "written":
        cure = f"Name a file in a folder of {login}, or run this as {owner}."
    return f"{place} may not be {what} by {login}; it belongs to {owner}. {cure}"


def _kept_away(path: str) -> str:
    """Return the file itself, or the folder on the way to it that is closed or may not be written."""
    folder = os.path.dirname(os.path.abspath(path))
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    is_there = os.path.lexists(path)
    return path if is_there and os.access(folder, os.X_OK) else folder


def _first_missing(path: str) -> str:
    """Return the first folder of a path that is not there; the path where all are."""
    missing = os.path.abspath(path)
    while not os.path.isdir(os.path.dirname(missing)):
        missing = os.path.dirname(missing)
    return missing


def _owner(path: str) -> int:
    try:
        return os.stat(path).st_uid
    except OSError:
        return os.lstat(path).st_uid
