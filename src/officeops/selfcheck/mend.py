"""Mend what is safe to mend: modes of files, triggers and search indexes; the latter two as recorded actions."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from officeops.backup.config import BackupSettings
from officeops.selfcheck.files import open_to_others

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.office import Office
    from officeops.selfcheck.finding import Finding


def mend(office: Office, found: Iterable[Finding]) -> Iterator[str]:
    """Make the repairs that findings name, each once; yield what was done, as sentences."""
    for repair in dict.fromkeys(each.mend for each in found if each.mend):
        yield from {"modes": _modes, "triggers": _triggers, "search": _search}[repair](office)


def _modes(office: Office) -> Iterator[str]:
    """Close files to group and others, by their names: an open file of the office must not be opened once more."""
    place = office.machine.table("backup", BackupSettings).place(office.path)
    for path, mode, want in open_to_others(office.path, place):
        os.chmod(path, want)
        yield f"{path}: mode {mode:o} is now {want:o}"


def _triggers(office: Office) -> Iterator[str]:
    from officeops.store.triggers import install

    metas = [record.meta for record in office.records.values()]
    with office.acting("core.selfcheck.triggers"):
        install(office.store.db, metas)
    yield "the declared triggers are installed again"


def _search(office: Office) -> Iterator[str]:
    tables = [record.meta.table for record in office.records.values() if record.meta.searched]
    with office.acting("core.selfcheck.search"):
        for table in tables:
            office.store.db.execute(f"INSERT INTO {table}_search ({table}_search) VALUES ('rebuild')")
    yield f"{len(tables)} search indexes are built anew"
