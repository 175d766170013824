"""Set aside: all that is at an office's place gets another name, and nothing of it is changed."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from officeops.backup.history import bring_keys
from officeops.model.errors import Refused
from officeops.store.office_files import logs_of
from officeops.store.safety import sync

if TYPE_CHECKING:
    from collections.abc import Sequence


def set_aside(path: str) -> tuple[str, Sequence[str]]:
    """Rename the file at `path` with the files of SQLite beside it; return the name, and all moved.

    The caller holds the gate. The keys are copied beside, so that the file can be looked into.
    The name is blank where there was nothing.
    """
    name = _name(path)
    moved = []
    # The file goes first: without its log it would open, and lack the last saves.
    for file in [path, *logs_of(path)]:
        if os.path.lexists(file):
            target = name + file.removeprefix(path)
            os.rename(file, target)
            moved.append(target)
    if not moved:
        return "", ()
    sync(os.path.dirname(path))
    # A name may be free but for keys that an earlier restore left there.
    with suppress(OSError, Refused):
        bring_keys(path, name)
    return name, moved


def names_of(path: str) -> list[str]:
    """Return the names under which files of this place were set aside, the latest last."""
    names = []
    number = 1
    # A name is taken also where only the log of a file was left to be set aside.
    while os.path.lexists(_numbered(path, number)) or logs_of(_numbered(path, number)):
        names.append(_numbered(path, number))
        number += 1
    return names


def _numbered(path: str, number: int) -> str:
    return f"{path}.aside-{number}.db"


def _name(path: str) -> str:
    """Return a free name; that of the latest where a restore was killed between file and log."""
    names = names_of(path)
    is_log_alone = not os.path.lexists(path) and bool(logs_of(path))
    if is_log_alone and names and not logs_of(names[-1]):
        return names[-1]
    # A name in a gap is free too: the restore before was of another file.
    return _numbered(path, len(names) + 1)
