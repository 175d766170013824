"""Gone records: nobody uses them any more, and an inspector still asks for their logs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from officeops import Record

if TYPE_CHECKING:
    from officeops import Office

R = TypeVar("R", bound=Record)


def gone_records(
    office: Office,
    kind: type[R],
    where: str,
    *values: object,
) -> list[R]:
    """Return the records `t` of a kind, archived ones too, that meet an SQL condition, by id."""
    sql = f"SELECT t.id FROM {kind.meta.table} t WHERE {where} ORDER BY t.id"
    return list(office.some(kind, [number for (number,) in office.rows(sql, *values)]))
