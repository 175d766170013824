"""The copy made before an upgrade."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from officeops.model.errors import Broken
from officeops.store.connection import look
from officeops.store.migration import applied

if TYPE_CHECKING:
    from officeops.store.connection import Connection

#: Copies made before upgrades that are kept.
KEPT: Final = 3


def copy_before_upgrade(db: Connection, path: str) -> str:
    """Copy the office to `PATH.before-N.db` and return that name. The caller holds the gate.

    The newest such copy is taken as it is while the office has had no action since. Raises Broken
    where there is no room.
    """
    earlier = copies(path)
    number, newest = earlier[-1] if earlier else (0, "")
    if newest and _state_of(newest) == _state(db):
        return newest
    name = f"{path}.before-{number + 1}.db"
    try:
        vacuum_into(db, name)
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or error
        raise Broken(
            f"The office needs an upgrade, but the copy to be made first, {name}, cannot be written: "
            f"{why}. Nothing was changed. Make room for it and try again."
        ) from error
    for _, old in copies(path)[:-KEPT]:
        os.unlink(old)
    return name


def copies(path: str) -> list[tuple[int, str]]:
    """Return the copies made before upgrades of a file, oldest first, each with its number."""
    folder, base = os.path.split(os.path.abspath(path))
    head = f"{base}.before-"
    numbered: list[tuple[int, str]] = []
    for name in os.listdir(folder):
        if not (name.startswith(head) and name.endswith(".db")):
            continue
        number = name.removeprefix(head).removesuffix(".db")
        if number.isdecimal():
            numbered.append((int(number), os.path.join(folder, name)))
    return sorted(numbered)


def vacuum_into(db: Connection, name: str) -> None:
    """Write a compact copy of an open office (mode 0600), whole or not at all, and sync it.

    Raises sqlite3.Error or OSError; then nothing is left of it.
    """
    part = f"{name}.{os.getpid()}.part"
    try:
        # A process of the same number may have left one when it was killed.
        with suppress(FileNotFoundError):
            os.unlink(part)
        # Created first with its mode, since SQLite would let others of the machine read it.
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with db.writable():
            db.unlooked("VACUUM INTO ?", (part,))
        sync(part)
        os.rename(part, name)
        # The folder too, or a power cut could lose the new name.
        sync(os.path.dirname(os.path.abspath(name)))
    except BaseException:
        # A copy that a full disk ended may leave SQLite's journal of it.
        for file in (part, f"{part}-journal"):
            with suppress(OSError):
                os.unlink(file)
        raise


def sync(path: str) -> None:
    """Bring a file, or a folder's names, down to the disk.

    Never the live file: closing it would drop SQLite's locks.
    """
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)


def _state(db: sqlite3.Connection) -> tuple[frozenset[tuple[str, str]], int]:
    last = db.execute("SELECT ifnull(max(id), 0) FROM core_action").fetchone()[0]
    return frozenset(applied(db)), int(last)


def _state_of(path: str) -> tuple[frozenset[tuple[str, str]], int] | None:
    try:
        db = look(path)
    except Broken:
        return None
    try:
        return _state(db)
    except sqlite3.Error:
        return None
    finally:
        db.close()
