"""Copy: the office of a backup, opened to be read and nothing else."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from officeops.backup.folder import SCRATCH
from officeops.office.office import Office
from officeops.sealing.keyring import path_of
from officeops.store.key import Keys
from officeops.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.settings import Machine
    from officeops.plugins.manager import Plugins


def copy_of(
    path: str,
    plugins: Plugins,
    machine: Machine,
    live: str = "",
) -> Office:
    """Open the office of a backup, without locks or an upgrade, and without changing a byte.

    The keys of its history and of sealed files are those of the `live` office: no backup holds them.
    """
    store = Store(path, still=True)
    # The backup's own path has no key beside it.
    store.keys = Keys(f"{live or path}.key")
    office = Office(path, plugins, machine, store=store)
    # Nor that of sealed files, whose bytes are verified.
    office.seals.ring.path = path_of(live or path, machine.own.seal_key)
    return office


@contextmanager
def scratch(*places: str) -> Iterator[str]:
    """Yield a private folder in the first of these places that takes one; it is removed afterwards.

    The system's own place comes last: staff data should stay out of /tmp.
    """
    folder = ""
    for place in (*places, None):
        with suppress(OSError):
            folder = tempfile.mkdtemp(prefix=SCRATCH, dir=place)
            break
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def folders_of(*files: str) -> list[str]:
    """Return the folders of files, without blank ones: the places for a scratch folder."""
    return [os.path.dirname(os.path.abspath(file)) for file in files if file]


def live_copy(plain: str, target: str) -> None:
    """Copy a plain backup, and give it a write-ahead log as a live office has."""
    plain_copy(plain, target)
    with closing(sqlite3.connect(target, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = WAL").fetchone()


def plain_copy(path: str, target: str) -> None:
    """Copy a file that is not a live office's, for its owner alone, and sync it."""
    # Opened first: of a file that may not be read, no empty copy is left.
    with open(path, "rb") as source:
        descriptor = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with open(descriptor, "wb") as out:
            shutil.copyfileobj(source, out, 1 << 20)
            out.flush()
            os.fsync(out.fileno())
