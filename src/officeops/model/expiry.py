"""Expiry: a thing with an end. Its status follows from dates alone; nothing is remembered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from officeops.model.due import Due, Severity
from officeops.model.immutable import Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops.model.office import Office
    from officeops.model.records import Record

Status = Literal["no end", "ok", "expiring", "in grace", "expired"]


class Expiry(Value):
    """How a kind of record ends, declared on the record as `expiry = Expiry(...)`.

    `ends` names the field with the last good day; `lead` is how many days before it people are
    told; `grace` how many days after it the thing still counts. `superseded` names the field that
    points to the record a renewal replaces: a replaced one is history and no longer due. `only`
    is SQL that further limits which records are watched, over the row `t`. `action` settles one
    that is about to end, `ended_action` one that has ended, where that is another: goods that are
    still good are not thrown away.
    """

    ends: str
    lead: int = 60
    grace: int = 0
    severity: Severity = "legal"
    owner: str = "manager"
    action: str = ""
    ended_action: str = ""
    superseded: str = ""
    only: str = ""

    def status(self, end: date | None, today: date) -> Status:
        """Return the status today of a record with this last good day."""
        if end is None:
            return "no end"
        if today <= end:
            return "expiring" if today + timedelta(days=self.lead) >= end else "ok"
        return "in grace" if today <= end + timedelta(days=self.grace) else "expired"

    def watched(self, table: str) -> str:
        """Write the SQL condition that row `t` of a table is watched: it was not replaced."""
        conditions = [f"t.{self.ends} IS NOT NULL"]
        if self.superseded:
            is_newer = f"n.{self.superseded} = t.id AND n.archived_at IS NULL"
            conditions.append(f"NOT EXISTS (SELECT 1 FROM {table} n WHERE {is_newer})")
        if self.only:
            conditions.append(f"({self.only})")
        return " AND ".join(conditions)

    def due(self, office: Office, record: type[Record], until: date) -> Iterator[Due]:
        """Yield a due item for each live record that ends by `until` plus its lead."""
        meta = record.meta
        horizon = (until + timedelta(days=self.lead)).isoformat()
        watched = f"t.{self.ends} <= ? AND {self.watched(meta.table)}"
        where = f"id IN (SELECT t.id FROM {meta.table} t WHERE {watched})"
        for ending in office.all(record, where, horizon):
            end: date = getattr(ending, self.ends)
            # On its last good day a thing still is good.
            ended = end < office.today
            detail = ending.due_detail(office)
            name = f"{meta.label} {office.describe(ending)}"
            yield Due(
                key=f"{meta.key}:{ending.id}:{end}",
                on=end,
                what=f"{name} {'expired' if ended else 'expires'} {end}{detail and ': '}{detail}",
                severity=self.severity if ended else "routine",
                owner=self.owner,
                action=(self.ended_action if ended else "") or self.action,
                record=meta.key,
                record_id=ending.id,
            )
