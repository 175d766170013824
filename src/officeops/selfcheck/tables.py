"""Tables: the ones in the office's file, and how sentences name their records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.store.folded_identities import table_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.model.dataset import Dataset
    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.office.office import Office


def table_names(office: Office) -> set[str]:
    """Return the names of the tables in the file; a damaged or old file may lack some."""
    rows = office.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name for (name,) in rows}


def metas_of(office: Office) -> list[Meta]:
    """Return the declarations of every kind of record that is on."""
    return [record.meta for record in office.records.values()]


def tables_of(records: Iterable[type[Record]]) -> set[str]:
    """Return the tables that hold values of some kinds of record, their indexes of words too."""
    names: set[str] = set()
    for record in records:
        names |= {record.meta.table, f"{record.meta.table}_search", table_of(record.meta)}
    return names


def searched_datasets(office: Office) -> Iterator[Dataset]:
    """Yield the datasets that search columns, which have an index of words since a load."""
    for _, dataset in office.plugins.registered("datasets"):
        if dataset.search:
            yield dataset


def plurals(metas: Iterable[Meta]) -> str:
    """Return the kinds of record in a sentence: items, vendors."""
    return ", ".join(meta.many for meta in metas)
