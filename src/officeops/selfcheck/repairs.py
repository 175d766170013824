"""Repairs that are safe to make: modes of files, indexes, triggers and search indexes.

Each is an action in the history, which keeps the former state.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from officeops.backup.checks import indexes_alone
from officeops.backup.config import BackupSettings
from officeops.history.verify_file import faults
from officeops.model.sql_values import quoted
from officeops.selfcheck.files import open_to_others
from officeops.selfcheck.fresh_tables import lacking
from officeops.selfcheck.tables import searched_datasets, table_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from officeops.model.meta import Meta
    from officeops.office.office import Office
    from officeops.selfcheck.finding import Finding

#: Faults of the file that are looked at for damaged indexes.
_MOST: Final = 1000


def repair(office: Office, findings: Iterable[Finding]) -> Iterator[str]:
    """Make the repairs that findings name, each once; yield a sentence with the former state."""
    names = dict.fromkeys(finding.repair for finding in findings)
    for name in filter(None, names):
        yield from _REPAIRS[name](office)


def _modes(office: Office) -> Iterator[str]:
    """Close files to group and others.

    By name: to open the office's file once more would drop its locks.
    """
    place = office.machine.table("backup", BackupSettings).place(office.path)
    files = open_to_others(office.path, place)
    former = {"modes": {path: f"{mode:o}" for path, mode, _ in files}}
    # Anyone who may check may do it: the system lets only the owner of a file close it.
    with office.acting(
        "core.selfcheck.modes",
        former,
        needs="core.selfcheck.view",
    ):
        for path, mode, right in files:
            os.chmod(path, right)
            yield f"{path}: mode {mode:o} is now {right:o}"


def _triggers(office: Office) -> Iterator[str]:
    """Install every declared trigger, and drop every other one."""
    from officeops.store import dataset_tables
    from officeops.store.triggers import guards_of, in_file, in_schema, install, of

    metas = list(_metas(office))
    # Held from the reading on, so that nobody changes a trigger in between.
    with office.store.gate.held(f"{office.actor}: selfcheck"):
        present = in_file(office.store.db)
        declared: dict[str, str] = {}
        for meta in metas:
            declared.update((*of(meta), *guards_of(meta)))
        declared.update(dataset_tables.triggers(office.store.db))
        foreign = _foreign(office, present)
        altered = [name for name in present if declared.get(name, present[name]) != present[name]]
        missing = [name for name in declared if name not in present]
        former = {name: present[name] for name in (*foreign, *altered)}
        arguments = {"was": former, "missing": missing}
        with office.acting("core.selfcheck.triggers", arguments), office.lifted():
            for name in in_schema(office.store.db).keys() & foreign:
                office.store.db.execute(f"DROP TRIGGER main.{quoted(name)}")
            install(office.store.db, metas)
    for name in foreign:
        gone = f"the trigger {name}, which is not of officeops, is taken away"
        yield f"{gone}; it was: {present[name]}"
    for name in altered:
        yield f"the trigger {name} is as declared again; it was: {present[name]}"
    for name in missing:
        yield f"the trigger {name} is there again"
    if former:
        sql = "SELECT max(id) FROM core_action WHERE verb = 'core.selfcheck.triggers'"
        number = office.value(sql)
        yield f"the removed triggers are in action {number:,} of the history, word for word"


def _foreign(office: Office, names: Iterable[str]) -> list[str]:
    """Return the triggers that `history verify` finds to be none of officeops'."""
    from officeops.history.verify_triggers import triggers

    foreign = set()
    for finding in triggers(office):
        if finding.code == "trigger-foreign":
            foreign.add(finding.facts["trigger"])
    return [name for name in names if name in foreign]


def _log(office: Office) -> Iterator[str]:
    """Give the file its write-ahead log again, which another program took away."""
    with office.store.gate.held(f"{office.actor}: selfcheck"):
        with office.store.db.writable():
            mode = office.store.db.unlooked("PRAGMA journal_mode = WAL").fetchone()[0]
        with office.acting("core.selfcheck.log", needs="core.selfcheck.search"):
            pass
    yield f"the file is saved through {'its log' if mode == 'wal' else mode} again"


def _search(office: Office) -> Iterator[str]:
    """Rebuild the search indexes; a missing one is created as its migration creates it."""
    from officeops.store.triggers import install

    metas = [meta for meta in _metas(office) if meta.searched]
    tables = table_names(office)
    indexes = [f"{meta.table}_search" for meta in metas]
    loaded = [dataset.search_table for dataset in searched_datasets(office)]
    indexes += [index for index in loaded if index in tables]
    with office.acting("core.selfcheck.search"), office.lifted():
        install(office.store.db, metas)
        for index in indexes:
            office.store.db.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")
    yield f"{len(indexes)} search indexes are rebuilt"


def _indexes(office: Office) -> Iterator[str]:
    """Make every index again from the rows, and each that is missing."""
    missing = [sql for _, sql in lacking(office) if sql]
    damaged = indexes_alone(faults(office.store.db, _MOST))
    facts = {"damaged": damaged, "missing": missing}
    action = office.acting("core.selfcheck.indexes", facts, needs="core.selfcheck.search")
    with action, office.lifted(), office.store.db.writable():
        for sql in missing:
            office.store.db.unlooked(sql)
        for index in damaged:
            office.store.db.unlooked(f"REINDEX {quoted(index)}")
    made = [*damaged, *(sql.split(" INDEX ")[1].split()[0] for sql in missing)]
    yield f"made again from the rows: {', '.join(made)}"


def _same(office: Office) -> Iterator[str]:
    """Fold again, from the records, the names by which records are found."""
    from officeops.store.folded_triggers import install

    metas = [meta for meta in _metas(office) if meta.identities or meta.searched]
    with office.acting("core.selfcheck.same", needs="core.selfcheck.search"), office.lifted():
        for meta in metas:
            install(office.store.db, meta, afresh=True)
    yield f"the names of {len(metas)} kinds of record are folded again"


def made_again(office: Office) -> None:
    """Make the search indexes again, and the names by which records are found."""
    for repaired in (_search, _same):
        for _ in repaired(office):
            continue


def _metas(office: Office) -> Iterator[Meta]:
    """Yield every kind of record that has its table, also of plugins that are off."""
    tables = table_names(office)
    for record in office.plugins.kinds():
        if record.meta.table in tables:
            yield record.meta


#: Each repair by the name that findings have for it.
_REPAIRS: Final[dict[str, Callable[[Office], Iterator[str]]]] = {
    "indexes": _indexes,
    "log": _log,
    "modes": _modes,
    "triggers": _triggers,
    "search": _search,
    "same": _same,
}
