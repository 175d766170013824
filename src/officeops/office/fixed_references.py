"""Fixed references: what a record belongs to stays as it is once other records refer to it.

A lot belongs to an item. Moves and balances name both; in another item's hands the lot would take their stock along.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

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


class Referrer(Value):
    """A kind of record that refers to another, and the field by which it does."""

    meta: Meta
    field: Field


def referrers(office: Office, meta: Meta) -> Iterator[Referrer]:
    """Yield which kinds of record refer to one, by which of their fields; what triggers keep follows from those."""
    for record in office.records.values():
        for field in () if record.meta.derived else record.meta.fields:
            if field.kind == "reference" and field.target == meta.key:
                yield Referrer(record.meta, field)


def moved(office: Office, record: Record) -> Iterator[Problem]:
    """Yield which fixed references of a record that is about to be written are no longer what is on record, though it is in use."""
    meta = record.meta
    if not (record.id and meta.fixed):
        return
    columns = ", ".join(field.name for field in meta.fixed)
    with office.lifted():
        rows = office.rows(f"SELECT {columns} FROM {meta.table} WHERE id = ?", record.id)
        before = rows[0] if rows else ()
        for field, was in zip(meta.fixed, before, strict=False):
            if not same(getattr(record, field.name), was) and (
                uses := _uses(office, meta, record.id)
            ):
                cure = f"Add another {meta.label.lower()} in place of this one"
                yield Problem(
                    f"cannot change: {_refer(uses)} to this {meta.label.lower()}. {cure}",
                    field.public_name,
                )


def parted(office: Office, meta: Meta, number: int, values: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield which fixed references, put back by an undo, would part a record from those that refer to it.

    An undo that brings them together again is none of these.
    """
    for field in meta.fixed:
        if field.name not in values:
            continue
        with office.lifted():
            uses = _uses(office, meta, number, field, values[field.name])
        if uses:
            yield Problem(
                f"cannot be restored: {_refer(uses)} to it as another's", field.public_name
            )


def still_naming(office: Office, record: Record) -> str:
    """Return which live records go on naming one that was put away, as a sentence; blank for none.

    Those that people edit count, and may give another one; a ledger's entries stay as they are. Those that the acting
    person may not see are not counted.
    """
    uses = []
    for reference in referrers(office, record.meta):
        referrer, field = reference.meta, reference.field
        kind = office.records[referrer.key]
        if (
            not referrer.editable
            or field.name in office.withheld(kind)
            or not office.may_view(kind)
        ):
            continue
        sql = (
            f"SELECT count(*) FROM {referrer.table} WHERE {field.name} = ? AND archived_at IS NULL"
        )
        if count := int(office.value(sql, record.id) or 0):
            uses.append(_counted(count, referrer))
    if not uses:
        return ""
    return f"{listing(uses)} still {'names' if len(uses) == 1 and uses[0].startswith('1 ') else 'name'} it."


def _refer(uses: list[str]) -> str:
    return f"{listing(uses)} {'refers' if len(uses) == 1 and uses[0].startswith('1 ') else 'refer'}"


def _uses(
    office: Office, meta: Meta, number: int, owner: Field | None = None, value: object = None
) -> list[str]:
    """Return in words how many records refer to one; with its `owner`, those alone that name another owner than `value`."""
    uses = []
    for reference in referrers(office, meta):
        referrer, field = reference.meta, reference.field
        sql = f"SELECT count(*) FROM {referrer.table} WHERE {field.name} = ?"
        given: list[object] = [number]
        if owner is not None:
            same = next(
                (f for f in referrer.fields if f.kind == "reference" and f.target == owner.target),
                None,
            )
            if same is None:
                continue
            sql, given = f"{sql} AND {same.name} <> ?", [number, value]
        if count := int(office.value(sql, *given) or 0):
            uses.append(_counted(count, referrer))
    return uses


def _counted(count: int, meta: Meta) -> str:
    return f"{count:,} {(meta.label if count == 1 else meta.plural).lower()}"
