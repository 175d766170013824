"""Prepared: a restored office in a folder of its own, ready to take its place in one step.

It is upgraded and its restore is recorded before anybody sees it, so that a process that is killed
at any moment leaves either the state before or all of the state after.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from officeops.backup.copy import live_copy, scratch
from officeops.backup.history import bring_keys
from officeops.backup.restore_record import record
from officeops.model.errors import Refused
from officeops.model.immutable import Value
from officeops.office.office import Office
from officeops.store.office_files import logs_of
from officeops.store.safety import sync

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.backup.restore_record import Replaced, Source
    from officeops.model.settings import Machine
    from officeops.plugins.manager import Plugins


class Prepared(Value):
    """A restored office: its file in a scratch folder, and the action that records the restore."""

    path: str
    action: int


@contextmanager
def prepared(
    source: Source,
    target: str,
    plugins: Plugins,
    machine: Machine,
    replaced: Replaced | None = None,
    *,
    keys_of: str = "",
    actor: str = "",
    request: str | None = None,
) -> Iterator[Prepared]:
    """Yield a restored office that will be `target`, with the keys of the one at `keys_of`.

    Those of the target itself by default.

    Raises Refused where there is no room for it.
    """
    folder = os.path.dirname(target)
    try:
        with scratch(folder) as place:
            path = os.path.join(place, os.path.basename(target))
            live_copy(source.plain, path)
            # Before the office is opened, or it would make a new key of the history.
            bring_keys(keys_of or target, path)
            with Office(path, plugins, machine, actor=actor) as office:
                action = record(office, source, target, replaced, request)
            _close(path)
            yield Prepared(path, action)
    except (OSError, sqlite3.OperationalError) as error:
        why = getattr(error, "strerror", None) or error
        raise Refused(
            f"The backup cannot be restored to {target}: {why}. Nothing half made was left.",
            code="cannot-write",
        ) from error


def _close(path: str) -> None:
    """Move the rest of the log into the file, which is renamed alone, and sync it."""
    if logs_of(path):
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    sync(path)


def bring_new_keys(ready: str, target: str) -> None:
    """Move the keys of a prepared office beside its target, where it has none of that name."""
    folder, base = os.path.split(ready)
    for name in os.listdir(folder):
        if name.startswith(f"{base}.key") or name == f"{base}.seal":
            key = target + name.removeprefix(base)
            if not os.path.lexists(key):
                with suppress(FileNotFoundError):
                    shutil.move(os.path.join(folder, name), key)
