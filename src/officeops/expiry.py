"""Expiry: a thing with an end. Its status follows from dates alone; nothing is remembered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from officeops.due import Due, Severity
from officeops.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops.office import Office
    from officeops.records import Record

Status = Literal["no end", "ok", "expiring", "in grace", "expired"]


class Expiry(Value):
    """How a kind of record ends, declared on the record as `expiry = Expiry(...)`.

    `ends` names the field with the last good day; `lead` is how many days before it people are told;
    `grace` how many days after it the thing still counts. `superseded` names the field that points to
    the record a renewal replaces: what was replaced is history and no longer due. `only` is SQL that
    further limits which records are watched.
    """

    ends: str
    lead: int = 60
    grace: int = 0
    severity: Severity = "legal"
    owner: str = "manager"
    action: str = ""
    superseded: str = ""
    only: str = ""

    def status(self, end: date | None, today: date) -> Status:
        """Return where a thing with this last good day stands today."""
        if end is None:
            return "no end"
        if today <= end:
            return "expiring" if today + timedelta(days=self.lead) >= end else "ok"
        return "in grace" if today <= end + timedelta(days=self.grace) else "expired"

    def due(self, office: Office, record: type[Record], until: date) -> Iterator[Due]:
        """Yield a due item for each live record that ends by `until` plus its lead."""
        meta = record.meta
        horizon = (until + timedelta(days=self.lead)).isoformat()
        where = f"{self.ends} <= ?"
        if self.superseded:
            where += f" AND id NOT IN (SELECT {self.superseded} FROM {meta.table} WHERE {self.superseded} IS NOT NULL AND archived_at IS NULL)"
        if self.only:
            where += f" AND ({self.only})"
        for each in office.all(record, where, horizon):
            end: date = getattr(each, self.ends)
            ended = end < office.today
            yield Due(
                key=f"{meta.key}:{each.id}:{end}",
                on=end,
                what=f"{meta.label} {office.describe(each)} {'ended' if ended else 'ends'} {end}",
                severity=self.severity if ended else "routine",
                owner=self.owner,
                action=self.action,
                record=meta.key,
                record_id=each.id,
            )
