"""Fixed references: the owner of a record stays the same once other records refer to the record.

A lot belongs to an item. Moves and balances name both: with another item as its owner, the lot
would take their stock along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.errors import Problem
from officeops.model.immutable import Value
from officeops.model.placeholder import same
from officeops.values.wording import listing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from officeops.model.fields import Field
    from officeops.model.meta import Meta
    from officeops.model.office import Office
    from officeops.model.records import Record

#: The words for rows out of the acting person's reach: neither their kind nor their number.
_UNSEEN: Final = "records that you may not see"


class Referrer(Value):
    """A kind of record that refers to another, and the field by which it does."""

    meta: Meta
    field: Field


def referrers(office: Office, meta: Meta) -> Iterator[Referrer]:
    """Yield the kinds of record that refer to one, and their fields.

    Derived records are left out: they follow from the others.
    """
    for record in office.records.values():
        if record.meta.derived:
            continue
        for field in record.meta.fields:
            if field.target == meta.key:
                yield Referrer(record.meta, field)


def moved(office: Office, record: Record) -> Iterator[Problem]:
    """Yield the fixed references of a record in use that a write would change."""
    meta = record.meta
    if not (record.id and meta.fixed):
        return
    columns = ", ".join(field.name for field in meta.fixed)
    label = meta.one
    # Uses count that the acting person may not see: they would lose their owner too.
    with office.lifted():
        rows = office.rows(f"SELECT {columns} FROM {meta.table} WHERE id = ?", record.id)
        before = rows[0] if rows else ()
        # No row: the record was deleted by other means, and there is nothing to compare with.
        for field, value in zip(meta.fixed, before, strict=False):
            if same(getattr(record, field.name), value):
                continue
            uses = _uses(office, meta, record.id)
            if uses:
                yield Problem(
                    f"cannot change: {_refer(uses)} to this {label}. Add another {label} in place "
                    "of this one",
                    field.public_name,
                    code="in-use",
                )


def parted(
    office: Office,
    meta: Meta,
    number: int,
    values: Mapping[str, Any],
) -> Iterator[Problem]:
    """Yield the fixed references whose undo would separate a record from those that refer to it.

    An undo that brings them together again is no problem.
    """
    for field in meta.fixed:
        if field.name not in values:
            continue
        with office.lifted():
            uses = _uses(office, meta, number, field, values[field.name])
        if uses:
            why = f"cannot be restored: {_refer(uses)} to it as another's"
            yield Problem(why, field.public_name, code="in-use")


def still_naming(office: Office, record: Record) -> str:
    """Say which live records still name one that was archived, as a sentence; blank for none.

    Records that people edit count, because they can name another one; a ledger's entries do not
    change. Records that the acting person may not see are not counted.
    """
    uses = []
    for reference in referrers(office, record.meta):
        meta, column = reference.meta, reference.field.name
        if not meta.editable or not _is_visible(office, reference):
            continue
        sql = f"SELECT count(*) FROM {meta.table} WHERE {column} = ? AND archived_at IS NULL"
        count = int(office.value(sql, record.id) or 0)
        if count:
            uses.append(_counted(count, meta))
    if not uses:
        return ""
    return f"{listing(uses)} still {'names' if _is_one(uses) else 'name'} it."


def _is_visible(office: Office, reference: Referrer) -> bool:
    kind = office.records[reference.meta.key]
    return office.may_view(kind) and reference.field.name not in office.withheld(kind)


def _is_one(uses: list[str]) -> bool:
    return len(uses) == 1 and uses[0].startswith("1 ")


def _refer(uses: list[str]) -> str:
    return f"{listing(uses)} {'refers' if _is_one(uses) else 'refer'}"


def _uses(
    office: Office,
    meta: Meta,
    number: int,
    owner: Field | None = None,
    value: object = None,
) -> list[str]:
    """Count in words the records that refer to one, those that the person may not see last.

    With its `owner`, only those count that name another owner than `value`.
    """
    uses = []
    is_unseen = False
    for reference in referrers(office, meta):
        referrer, field = reference.meta, reference.field
        seen = "0"
        if _is_visible(office, reference):
            seen = office.within_reach(office.records[referrer.key], "t.id") or "1"
        sql = f"SELECT count(*), total({seen}) FROM {referrer.table} t WHERE t.{field.name} = ?"
        values: list[object] = [number]
        if owner is not None:
            column = _column_of(referrer, owner.target)
            if not column:
                continue
            sql += f" AND t.{column} <> ?"
            values.append(value)
        [(every, within)] = office.rows(sql, *values)
        if within:
            uses.append(_counted(int(within), referrer))
        is_unseen = is_unseen or every > within
    return [*uses, _UNSEEN] if is_unseen else uses


def _column_of(meta: Meta, target: str) -> str:
    """Return the first column that refers to a kind of record; blank for none."""
    for field in meta.fields:
        if field.target == target:
            return field.name
    return ""


def _counted(count: int, meta: Meta) -> str:
    return f"{count:,} {(meta.label if count == 1 else meta.plural).lower()}"
