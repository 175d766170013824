"""Repeats: whether a command that comes again under a request id asks for what was done then, or for something else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.model.errors import Refused
from officeops.model.records import Record
from officeops.model.sealed_value import Sealed, wrapped
from officeops.model.sql_values import to_sql
from officeops.model.text_folding import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from officeops.model.meta import Meta
    from officeops.store.stored_office import StoredOffice

#: The last part of actions that put a reading on record. They write nothing that could be done twice.
READINGS: Final = (".reveal", ".look-up")


def other_request(request: str) -> Refused:
    """Return the refusal of a request id that was given to something else."""
    return Refused(
        f"the request id {request} was given to something else before; take another. Nothing was done"
    )


def argument(value: object) -> object:
    """Return what an action was given as it is kept: a record by its key and id, a sealed value masked."""
    if isinstance(value, Sealed):
        return str(value)
    if isinstance(value, Record):
        return f"{value.meta.key}:{value.id}"
    return to_sql(value) if not isinstance(value, (list, tuple, dict)) else value


def arguments(
    meta: Meta, values: Mapping[str, Any], record: Record | None = None
) -> dict[str, object]:
    """Return what adding a record, or changing one, is given: the record, and the fields' values."""
    given = {name: argument(value) for name, value in wrapped(meta.sealed, values).items()}
    return given if record is None else {"of": [argument(record)], **given}


def as_text(given: Mapping[str, object]) -> str:
    """Return what an action was given as the history keeps it."""
    import json

    return json.dumps(given, ensure_ascii=False)


def is_of(
    office: StoredOffice,
    record: type[Record],
    word: str,
    values: Mapping[str, object] | None = None,
) -> Callable[[int, Mapping[str, Any]], bool]:
    """Return what tells whether an action was about the record that a word means, or meant then, and given these values.

    Without `values` it is asked for the record alone.
    """

    def is_same(action: int, given: Mapping[str, Any]) -> bool:
        told = dict(given)
        about = told.pop("of", None)
        kind, _, number = str(about[0] if about else "").rpartition(":")
        if kind != record.meta.key or (values is not None and told != values):
            return False
        if ids := office.find_ids(record, word):
            return int(number) in ids
        return folded(word) in _names_then(office, record, action, int(number))

    return is_same


def _names_then(office: StoredOffice, record: type[Record], action: int, number: int) -> set[str]:
    """Return the texts of a record before and after an action, folded."""
    from officeops.store.row_format import Layouts, kept

    sql = (
        "SELECT before, after FROM core_change WHERE action_id = ? AND record = ? AND record_id = ?"
    )
    with office.lifted():
        rows = office.rows(sql, action, record.meta.table, number)
        layouts = Layouts(office.store.db, kept(record.meta.columns))
        sides = [layouts.read(side) or {} for row in rows for side in row]
    return {folded(value) for side in sides for value in side.values() if isinstance(value, str)}
