"""Conflicts: the fields that two people changed since one of them read the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar

from officeops.model.errors import Conflict, Problem, Refused, UsageProblem
from officeops.model.placeholder import same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

    R = TypeVar("R", bound=Record)
else:
    R = TypeVar("R")

#: A record's changes, the last first. The count comes from the same statement: a change made at
#: this moment is both counted and read, or neither.
_BEFORES: Final = """
SELECT c.before, c.record, c.id FROM core_change c
WHERE {is_of_record} AND c.record_id = ? AND (c.before IS NOT NULL OR c.after IS NULL)
ORDER BY c.id DESC LIMIT (SELECT version - ? FROM {table} WHERE id = ?)
"""


def conflict(
    now: Record,
    mine: Mapping[str, object],
    base: Mapping[str, object],
    archived: str = "",
) -> Conflict:
    """Make the conflict of a change with the record as it is now.

    `base` are the values that the change began from. It names the fields that both changed, each to
    another value.
    """
    theirs = {name: getattr(now, name) for name in mine}
    of_me: dict[str, object] = {}
    of_them: dict[str, object] = {}
    at_first: dict[str, object] = {}
    for name, value in mine.items():
        # A field that both changed to one value is agreement, and not shown.
        if same(theirs[name], base[name]) or same(theirs[name], value):
            continue
        of_me[name] = value
        of_them[name] = theirs[name]
        at_first[name] = base[name]
    return Conflict(_named(now), of_me, of_them, at_first, version=now.version, archived=archived)


def caught_up(
    office: Office,
    record: R,
    changes: Mapping[str, object],
) -> R:
    """Return the record to make the changes to: as it was read, or as others have changed it.

    They may have changed other fields alone. That is safe inside an open action: nobody else writes
    before it ends, and each changed field still is as the person read it, so this is the change
    they would have made a moment later. Rules between fields are checked again, on the record with
    both changes. Raises Conflict where both changed a field, or where the record was archived or
    restored since then, which the person does not know.
    """
    now = office.get(type(record), record.id)
    if now.version == record.version:
        return record
    moved = ""
    if now.archived_at != record.archived_at:
        moved = "archived" if now.archived_at else "brought back"
    base = {name: getattr(record, name) for name in changes}
    clash = conflict(now, changes, base, moved)
    if clash.mine or moved:
        raise clash
    return now


def as_read(
    office: StoredOffice,
    record: R,
    version: int,
) -> R:
    """Work out a record as it was at an earlier version, from its history.

    Raises UsageProblem for a version it never had, Refused where the history no longer reaches back
    to it.
    """
    if fault := unknown_version(record, version):
        raise fault
    if version == record.version:
        return record
    table, former = record.meta.table, office.store.former
    with office.lifted():
        sql = _BEFORES.format(is_of_record=former.condition(table), table=table)
        rows = office.rows(sql, record.id, version, record.id)
    if len(rows) < record.version - version or not all(before for before, *_ in rows):
        why = f"its history no longer shows version {version}; read it again"
        raise Refused(why, _named(record), code="changed-since")
    import json
    from copy import copy

    befores = []
    for before, earlier_table, change in rows:
        # A column that was renamed since then is read by its name of today.
        befores.append(former.content(earlier_table, change, json.loads(before)) or {})
    earlier = copy(record)
    withheld = office.withheld(type(record))
    for name, value in _walked_back(record, befores).items():
        if name not in withheld:
            earlier.__dict__[name] = value
    earlier.__dict__["version"] = version
    return earlier


def unknown_version(record: Record, version: int) -> UsageProblem | None:
    """Return the refusal of a version that a record never had; None for one that it had."""
    if 1 <= version <= record.version:
        return None
    why = f"{_named(record)} has no version {version}; it is at version {record.version}."
    problem = Problem(why, "version", code="out-of-range", is_whole=True)
    return UsageProblem(why, [problem])


def _named(record: Record) -> str:
    return f"{record.meta.label} {record.human_key}"


def _walked_back(record: Record, befores: list[dict[str, Any]]) -> dict[str, Any]:
    """Collect the values that the changes replaced, the last change first."""
    replaced: dict[str, Any] = {}
    for before in befores:
        replaced |= before
    converted = dict(record.meta.converted)
    values = {}
    for name, value in replaced.items():
        if name not in record.meta.columns:
            continue  # a migration dropped the column since then
        values[name] = value
        if name in converted and value is not None:
            values[name] = converted[name](value)
    return values
