"""Room on the disk: backups stay within it, and the oldest go where the next one has no place."""

from __future__ import annotations

import errno
import os
import sqlite3
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from officeops.backup.folder import megabytes
from officeops.backup.manifest import Damaged
from officeops.backup.retention import spare
from officeops.model.error_words import RESTORE
from officeops.model.errors import Refused
from officeops.model.immutable import Value
from officeops.store.file_refusals import is_error

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Self

    from officeops.backup.folder import Folder
    from officeops.backup.listed import Backup
    from officeops.office.office import Office


class Taken(Value):
    """The room of a folder's backups: their number and bytes, and the bytes that are free beside."""

    count: int
    size: int
    free: int


def taken(folder: str, backups: Sequence[Backup]) -> Taken:
    """Return the room that some backups of a folder take, and the bytes that are free on its disk."""
    return Taken(len(backups), sum(map(_size, backups)), _free(folder))


def needed(office: Office) -> int:
    """Return the bytes that the next backup takes at most."""
    sql = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    return int(office.value(sql))


def cleared(
    folder: Folder,
    backups: Sequence[Backup],
    size: int,
) -> list[str]:
    """Remove the oldest backups until the disk has room for `size` bytes; return their names.

    The newest, the newest good one and those of the last hour stay. Nothing goes where all that
    may go would not be enough.
    """
    free = _free(folder.path)
    going: list[Backup] = []
    for backup in spare(backups, lambda one: one.good(), datetime.now(UTC)):
        if free >= size:
            break
        free += _size(backup)
        going.append(backup)
    if free < size:
        return []
    for backup in going:
        folder.remove(backup)
    return [backup.name for backup in going]


class Room:
    """Raises Refused, with a sentence, for a full disk and for a folder that cannot be written."""

    def __init__(
        self,
        folder: str,
        backups: Sequence[Backup],
        size: int,
    ) -> None:
        self._folder = folder
        self._backups = backups
        self._size = size

    def __enter__(self) -> Self:
        # Checked first, since a copy that fills the disk stops everyone who writes.
        if _free(self._folder) < self._size:
            raise self._no_room()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: object,
    ) -> None:
        if error is not None and is_error(error, "SQLITE_FULL"):
            # A damaged file asks for more pages than any disk has.
            self.__enter__()
            why = f"The copy of the office could not be made: {error}. {RESTORE}"
            raise Damaged(why) from error
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise self._no_room() from error
        if isinstance(error, OSError | sqlite3.OperationalError):
            reason = getattr(error, "strerror", None) or error
            raise Refused(
                f"The backup cannot be written to {self._folder}: {reason}. "
                "Nothing half made was left. Name another folder with --to.",
                code="cannot-write",
            ) from error

    def _no_room(self) -> Refused:
        room = taken(self._folder, self._backups)
        return Refused(
            f"There is no room for the backup in {self._folder}: it takes about "
            f"{megabytes(self._size)}, and {megabytes(room.free)} are free beside "
            f"{megabytes(room.size)} of backups that stay. Nothing half made was left. "
            "Make room, or name another folder with --to.",
            code="no-room",
        )


def _free(folder: str) -> int:
    """Return the bytes that an ordinary account may still write, without root's reserve."""
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize


def _size(backup: Backup) -> int:
    try:
        return os.path.getsize(backup.path)
    except OSError:
        return 0
