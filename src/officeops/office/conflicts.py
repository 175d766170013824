"""Clash: which fields two people changed since one of them read the record, and what the record was then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from officeops.model.errors import Conflict, Refused, UsageProblem
from officeops.model.placeholder import same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

    R = TypeVar("R", bound=Record)
else:
    R = TypeVar("R")


def conflict(
    now: Record, mine: Mapping[str, object], base: Mapping[str, object], archived: str = ""
) -> Conflict:
    """Return the conflict of a change with the record as it is now: the fields that both changed, each to another value."""
    theirs = {name: getattr(now, name) for name in mine}
    names = [
        name
        for name, value in mine.items()
        if not same(theirs[name], base[name]) and not same(theirs[name], value)
    ]
    sides = ({name: side[name] for name in names} for side in (mine, theirs, base))
    return Conflict(_named(now), *sides, version=now.version, archived=archived)


def caught_up(office: Office, record: R, changes: Mapping[str, object]) -> R:
    """Return the record to make the changes to: as it was read, or as it is now where others changed other fields alone.

    That is safe inside an open action: nobody else writes before it ends, and each changed field still is what it
    was when the person read it, so this is the change they would have made a moment later. What fields must be
    together is checked again, on the record with both changes. Raises Conflict where a field was changed by both,
    or the record was put away or brought back meanwhile: of that they know nothing.
    """
    now = office.get(type(record), record.id)
    if now.version == record.version:
        return record
    moved = (
        ""
        if now.archived_at == record.archived_at
        else "archived"
        if now.archived_at
        else "brought back"
    )
    found = conflict(now, changes, {name: getattr(record, name) for name in changes}, moved)
    if found.mine or moved:
        raise found
    return now


def as_read(office: StoredOffice, record: R, version: int) -> R:
    """Return a record as it was at an earlier version, worked out from its history.

    Raises UsageProblem for a version it never had, Refused where the history no longer reaches back to it.
    """
    if not 1 <= version <= record.version:
        raise UsageProblem(
            f"{_named(record)} has no version {version}; it is at version {record.version}."
        )
    if version == record.version:
        return record
    # In one statement with the count: a change made this moment is among those walked back, or neither is.
    with office.lifted():
        former = office.store.former
        rows = office.rows(
            "SELECT c.before, c.record, c.id FROM core_change c "
            f"WHERE {former.condition(record.meta.table)} AND c.record_id = ? "
            "AND (c.before IS NOT NULL OR c.after IS NULL) "
            f"ORDER BY c.id DESC LIMIT (SELECT version - ? FROM {record.meta.table} WHERE id = ?)",
            record.id,
            version,
            record.id,
        )
    if len(rows) < record.version - version or not all(before for before, *_ in rows):
        raise Refused(
            f"its history no longer says what it was at version {version}; read it again",
            _named(record),
        )
    import json
    from copy import copy

    was = copy(record)
    away = office.withheld(type(record))
    befores = [
        former.content(table, change, json.loads(before)) or {} for before, table, change in rows
    ]
    back = _walked_back(record, befores)
    was.__dict__.update(
        {name: value for name, value in back.items() if name not in away}, version=version
    )
    return was


def _named(record: Record) -> str:
    return f"{record.meta.label} {record.human_key}"


def _walked_back(record: Record, befores: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the values that the changes took away, the last change first."""
    found: dict[str, Any] = {}
    for before in befores:
        found |= before
    converted = dict(record.meta.converted)
    return {
        name: converted[name](value) if name in converted and value is not None else value
        for name, value in found.items()
        if name in record.meta.columns  # a column that a migration took away since
    }
