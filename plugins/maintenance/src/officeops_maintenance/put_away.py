"""Put away: records that nobody uses any more, and of which an inspector still asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from officeops import Record

if TYPE_CHECKING:
    from officeops import Office

R = TypeVar("R", bound=Record)


def put_away(
    office: Office,
    kind: type[R],
    where: str,
    *values: object,
) -> list[R]:
    """Return the records `t` of a kind, archived ones too, that meet an SQL condition, by id."""
    sql = f"SELECT t.id FROM {kind.meta.table} t WHERE {where} ORDER BY t.id"
    return list(office.some(kind, [number for (number,) in office.rows(sql, *values)]))
