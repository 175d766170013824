"""Restore into a new file: whole or not at all, upgraded, with the keys of the live office."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from officeops.backup.copy import plain_copy
from officeops.backup.history import bring_keys
from officeops.backup.restore_record import record
from officeops.model.errors import Refused
from officeops.office.office import Office
from officeops.store import interruption
from officeops.store.commits import Fate
from officeops.store.safety import sync

if TYPE_CHECKING:
    from officeops.backup.manifest import Manifest
    from officeops.model.settings import Machine
    from officeops.plugins.manager import Plugins


def restore_new(
    plain: str,
    source: str,
    target: str,
    manifest: Manifest | None,
    plugins: Plugins,
    machine: Machine,
    live: str,
    fate: Fate | None = None,
) -> str:
    """Restore the backup `source`, decrypted at `plain`, into the new file `target`.

    It is upgraded to the tables of this version, and gets the keys of the `live` office. Raises
    Refused where `target` exists or cannot be written.
    """
    # Made absolute once: a path through a folder that does not exist yet may mean another file
    # after the folder is made.
    target = os.path.abspath(target)
    fate = fate or Fate()
    to_new(plain, target, fate)
    # Before the office is opened, or it would make a new key of the history.
    bring_keys(live, target)
    with Office(target, plugins, machine, fate=fate) as office:
        record(office, source, manifest)
    return target


def to_new(plain: str, target: str, fate: Fate | None = None) -> None:
    """Copy a plain backup into a new file, whole or not at all.

    Raises Refused for an existing one.
    """
    _claim(target)
    part = f"{target}.{os.getpid()}.part"
    try:
        _fill(plain, part)
        # From here on the file is there, and a signal must not hide it.
        with interruption.held():
            os.replace(part, target)
            sync(os.path.dirname(target))
            if fate is not None:
                fate.wrote(f"{target} was made.")
    # Ctrl-C too leaves no half of a file.
    except BaseException as error:
        for file in (part, f"{part}-wal", f"{part}-shm", target):
            with suppress(FileNotFoundError):
                os.unlink(file)
        if isinstance(error, OSError | sqlite3.OperationalError):
            why = getattr(error, "strerror", None) or error
            raise Refused(
                f"The backup cannot be restored to {target}: {why}. Nothing half made was left.",
                code="cannot-write",
            ) from error
        raise


def _claim(target: str) -> None:
    """Create the empty file `target`, so that no existing one is ever written to."""
    try:
        os.makedirs(os.path.dirname(target), mode=0o700, exist_ok=True)
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise Refused(
            f"{target} is there already, and nothing is restored over it. "
            "Name a new file with --to.",
            code="exists",
        ) from None
    except OSError as error:
        raise Refused(
            f"{target} cannot be made: {error.strerror}. Name another file with --to.",
            code="cannot-write",
        ) from error


def _fill(plain: str, part: str) -> None:
    """Copy a plain backup, and give it a write-ahead log as a live office has; both are synced."""
    plain_copy(plain, part)
    with closing(sqlite3.connect(part, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL").fetchone()
    sync(part)
