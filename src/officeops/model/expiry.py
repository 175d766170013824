"""Expiry: a thing with an end. Its status follows from dates alone; nothing is remembered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from officeops.model.immutable import Value

if TYPE_CHECKING:
    from datetime import date

    from officeops.model.due import Severity

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
