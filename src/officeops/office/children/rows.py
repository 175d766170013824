"""The children of one record: read in order, and written in the action that writes the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.declarations import Query
from officeops.model.errors import Conflict, Problem, Refused
from officeops.model.placeholder import differing
from officeops.model.sealed_value import wrapped
from officeops.office.conflicts import caught_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from officeops.model.children import Child
    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.office.children.child_change import ChildChange


def visible(office: Office, parent: type[Record]) -> list[tuple[Child, type[Record]]]:
    """List the children that a kind of record has and the acting person may see, with their kinds."""
    pairs = []
    for child in parent.children:
        kind = office.records.get(child.record)
        # A kind of another plugin is away while that is off.
        if kind is not None and office.may_view(kind):
            pairs.append((child, kind))
    return pairs


def children_of(
    office: Office,
    parent: Record,
    child: Child,
) -> list[Record]:
    """List the live children of a record, in the order of their kind."""
    kind = office.records[child.record]
    rows = list(office.all(kind, f"{child.by} = ?", parent.id))
    if kind.meta.sort != "id" and len(rows) > 1:
        of_parent = Query(f"{child.by.removesuffix('_id')}=#{parent.id}")
        places = {row[0]: place for place, row in enumerate(office.select(kind, (), of_parent))}
        rows.sort(key=lambda row: places.get(row.id, 0))
    return rows


def write_children(
    office: Office,
    parent: Record,
    changes: Iterable[ChildChange],
) -> None:
    """Add, change and remove children inside the action that writes their parent.

    Raises Refused with every problem of the first child that is not in order, and Conflict where
    someone else changed one since it was read; its `child` says which.
    """
    changes = list(changes)
    # Removed ones go first: they make room, and free their unique values.
    changes.sort(key=lambda change: (change.record is None, not change.is_removed))
    for change in changes:
        try:
            _write_one(office, parent, change)
        except Refused as error:
            raise _of_child(change.child, error) from None
    for child in parent.children:
        if any(change.child is child and change.record is None for change in changes):
            _refuse_too_many(office, parent, child)


def _write_one(
    office: Office,
    parent: Record,
    change: ChildChange,
) -> None:
    if change.record is None:
        _add(office, parent, change)
    else:
        _change(office, change, change.record)


def _of_child(child: Child, error: Refused) -> Refused:
    """Make the refusal of a child, which its parent's form shows at the children."""
    problems = []
    for problem in error.problems:
        named = f"{problem.field.replace('_', ' ')} {problem.message}".lstrip()
        problems.append(problem.replace(message=named, field=child.option, is_whole=False))
    return Refused(problems)


def _change(
    office: Office,
    change: ChildChange,
    record: Record,
) -> None:
    values = dict(change.values)
    _allow_guarded(office, type(record), values)
    new = differing(wrapped(record.meta.sealed, values), record.__dict__)
    try:
        _write(office, change, caught_up(office, record, new), new)
    except Conflict as clash:
        clash.child = (record.meta.key, record.id)
        raise


def _write(
    office: Office,
    change: ChildChange,
    record: Record,
    new: Mapping[str, Any],
) -> None:
    if not change.is_removed:
        office.edit(record, **new)
        return
    # Nobody takes away what they have not seen.
    if change.record is not None and record.version != change.record.version:
        raise Conflict(office.about(record), {}, {}, {}, version=record.version)
    office.archive(record)


def _add(
    office: Office,
    parent: Record,
    change: ChildChange,
) -> None:
    kind = office.records[change.child.record]
    given = {name: value for name, value in change.values.items() if value is not None}
    _allow_guarded(office, kind, given)
    given[change.child.by] = parent.id
    missing = [field for field in kind.meta.fields if field.must_be_given]
    problems = [
        Problem("is needed", field.public_name, code="needed")
        for field in missing
        if field.name not in given
    ]
    if problems:
        raise Refused(problems, kind.meta.label)
    office.add(kind(**given))


def _allow_guarded(
    office: Office,
    kind: type[Record],
    names: Iterable[str],
) -> None:
    for name in names:
        if stem := kind.meta.guarded.get(name):
            office.allow(f"{stem}.edit")


def _refuse_too_many(
    office: Office,
    parent: Record,
    child: Child,
) -> None:
    kind = office.records[child.record]
    ids = _live_ids(office, kind, child, parent.id)
    # Of rows that the person may not see, no number tells.
    count = len(ids) - len(office.out_of_reach(kind, ids))
    if count > child.most:
        why = f"{count} {kind.meta.many} are more than one {parent.meta.one} may have: {child.most}"
        raise Refused([Problem(why, child.option, code="too-many", is_whole=True)])


def _live_ids(
    office: Office,
    kind: type[Record],
    child: Child,
    number: int,
) -> Sequence[int]:
    sql = f"SELECT id FROM {kind.meta.table} WHERE {child.by} = ? AND archived_at IS NULL"
    return [row[0] for row in office.rows(sql, number)]


def put_away(office: Office, parent: Record) -> list[Record]:
    """List the live children of a record, which are archived with it, at the same moment."""
    rows: list[Record] = []
    for child, kind in _kinds(office, parent):
        rows += office.all(kind, f"{child.by} = ?", parent.id)
    return rows


def brought_back(
    office: Office,
    parent: Record,
    moment: str,
) -> list[Record]:
    """List the children that were archived with a record at a moment, and come back with it.

    One that was removed before that stays removed.
    """
    rows: list[Record] = []
    for child, kind in _kinds(office, parent):
        sql = f"SELECT id FROM {kind.meta.table} WHERE {child.by} = ? AND archived_at = ?"
        rows += office.some(kind, [row[0] for row in office.rows(sql, parent.id, moment)])
    return rows


def _kinds(office: Office, parent: Record) -> list[tuple[Child, type[Record]]]:
    pairs: list[tuple[Child, Any]] = [
        (child, office.records.get(child.record)) for child in parent.children
    ]
    return [(child, kind) for child, kind in pairs if kind is not None]
