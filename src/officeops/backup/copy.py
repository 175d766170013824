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


def copy_of(path: str, plugins: Plugins, machine: Machine, live: str = "") -> Office:
    """Open a backup's office: read without locks, not upgraded, not changed by a byte. Its history's keys are the live one's."""
    store = Store(path, still=True)
    store.keys = Keys(f"{live or path}.key")
    return Office(path, plugins, machine, store=store)


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
    with (
        open(path, "rb") as source,
        open(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as out,
    ):
        shutil.copyfileobj(source, out, 1 << 20)
        out.flush()
        os.fsync(out.fileno())
