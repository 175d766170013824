"""Office files: the office's file and those beside it, which are only whole together.

SQLite keeps its log and its shared memory beside the file that it opens, and so do the gate and
the keys.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from officeops.model.error_words import RESTORE
from officeops.model.errors import Broken, NotFound, Refused
from officeops.store.filesystem import resolved

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The files of SQLite that hold saved work, or tell where it is.
LOGS: Final = ("-wal", "-shm", "-journal")
#: The endings of all that belongs to an office's file; former keys of the history have names of
#: their own.
BESIDE: Final = ("", *LOGS, ".gate", ".line", ".key", ".seal")


class Replaced(Broken):
    """The file of an open office was moved, replaced, or lost a file beside it."""

    code = "file-replaced"


def logs_of(path: str) -> list[str]:
    """Return the files of SQLite beside an office's file that are there."""
    return [path + ending for ending in LOGS if os.path.lexists(path + ending)]


def no_office(path: str) -> NotFound:
    """Make the refusal of a path without a file; where one was before, with the way back."""
    from officeops.store.moved_away import moved_away

    if words := moved_away(path):
        return NotFound(words, code="not-found")
    if was_there(path):
        return NotFound(f"There is no office at {path} any more. {RESTORE}", code="not-found")
    return NotFound(
        f"There is no office at {path}. Start one with `officeops init --name NAME`, or look at "
        "`officeops demo`.",
        code="not-found",
    )


def was_there(path: str) -> bool:
    """Return whether files beside an office's path tell that there was one."""
    beside = [*LOGS, ".gate", ".key", ".seal", ".aside-1.db", ".before-1.db"]
    return any(os.path.lexists(path + ending) for ending in beside)


def refuse_logs_alone(path: str) -> None:
    """Raise Refused for the log of a file that is gone: with it, SQLite would ruin a new file."""
    if not os.path.exists(path) and (logs := logs_of(path)):
        raise Refused(
            f"{path} is gone, and {', '.join(logs)} of it is still there. "
            "`officeops backup restore` brings the office back and sets that aside.",
            code="exists",
        )


def refuse_replaced(
    path: str,
    opened: Mapping[str, tuple[int, int, int]],
    now: Mapping[str, tuple[int, int, int]],
) -> None:
    """Raise Replaced where a file has not the number any more that it was `opened` with.

    What is written then would be lost, as nobody else opens that file. Raises Refused for a file
    with a second name, through which others would write past its log.
    """
    for ending, state in opened.items():
        if now.get(ending, (0, 0))[:2] != state[:2]:
            raise Replaced(_sentence(path + ending))
    names = now.get("", (0, 0, 1))[2]
    if names > 1:
        raise Refused(
            f"{path} has {names} names (hard links), and SQLite keeps a log for each. Nothing was "
            f"written. Remove the other name (`find / -samefile {path}` shows it), then try again.",
            code="cannot-write",
        )


def _sentence(file: str) -> str:
    what = "was replaced" if os.path.exists(file) else "was moved or removed"
    # The cure comes first: a screen of 80 columns cuts the rest.
    return f"Open the office again; nothing was written. {file} {what} while it was open."


def files_of(path: str, backups: str) -> list[str]:
    """Return the files of an office and of its backups, each once, without links."""
    path = resolved(path)
    files = [path + ending for ending in BESIDE]
    folder, name = os.path.split(path)
    files += _named(folder, (f"{name}.before-", f"{name}.aside-", f"{name}.key."))
    if os.path.isdir(backups):
        files += _named(backups, ("office-", ".officeops-backup"))
    unique = dict.fromkeys(files)
    return [file for file in unique if os.path.isfile(file) and not os.path.islink(file)]


def _named(folder: str, beginnings: tuple[str, ...]) -> list[str]:
    try:
        names = [name for name in os.listdir(folder) if name.startswith(beginnings)]
    except PermissionError:
        # `ownership.unusable` names the folder.
        return []
    return [os.path.join(folder, name) for name in names]


def folders_of(path: str, backups: str) -> list[str]:
    """Return the folders of an office and of its backups, without links."""
    folders = dict.fromkeys([os.path.dirname(os.path.abspath(path)), backups])
    return [folder for folder in folders if os.path.isdir(folder) and not os.path.islink(folder)]
