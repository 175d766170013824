"""Copy: an office opened as it lies in a backup, to be looked at and nothing else."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from officeops.backup.folder import SCRATCH
from officeops.office.office import Office
from officeops.store.key import Keys
from officeops.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.settings import Machine
    from officeops.plugins.manager import Plugins


class Copy(Office):
    """A backup's office: read without locks, not migrated, not changed by a byte. Its history's keys are the live one's."""

    def __init__(self, path: str, plugins: Plugins, machine: Machine, live: str = "") -> None:
        self._live = live
        super().__init__(path, plugins, machine)

    def _open_store(self, *, create: bool) -> Store:  # noqa: ARG002 - a copy is there already
        store = Store(self.path, still=True)
        store.keys = Keys(f"{self._live or self.path}.key")
        return store

    def _upgrade(self, *, create: bool = False) -> None:
        """Leave the tables as they are."""


@contextmanager
def scratch(*places: str) -> Iterator[str]:
    """Yield a folder of one's own, in the first of these places that takes one, and remove it afterwards.

    Staff data stays out of /tmp wherever that can be helped.
    """
    made = ""
    for place in (*places, None):
        with suppress(OSError):
            made = tempfile.mkdtemp(prefix=SCRATCH, dir=place)
            break
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def plain_copy(path: str, target: str) -> None:
    """Copy a file that is not a live office's, for its owner alone."""
    with open(path, "rb") as source, open(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out:
        shutil.copyfileobj(source, out, 1 << 20)
        out.flush()
        os.fsync(out.fileno())
