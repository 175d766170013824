"""Kits with what follows from their rows: whether they may be used, dates, and how people call them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_maintenance.laboratory.lab_kit import LabKit
from officeops_maintenance.laboratory.use import (
    BLOCKED,
    CONTROL_BY,
    DISCARD_BY,
    OVERDUE,
    USE,
)

if TYPE_CHECKING:
    from officeops import Office

#: Kits that are on a shelf.
AT_HAND: Final = "t.finished_on IS NULL"
_SELECT: Final = f"""
SELECT t.id, m.name, {USE}, {BLOCKED}, {OVERDUE}, {DISCARD_BY}, {CONTROL_BY}
FROM maintenance_lab_kit t JOIN maintenance_lab_test m ON m.id = t.test_id
WHERE t.archived_at IS NULL AND ({{where}}) ORDER BY m.name, t.number, t.id
"""


class KitNow(Value):
    """A kit, the name of its test, and whether it may be used today.

    `is_blocked` says that its lot waits for controls, or failed them; `is_overdue` that the controls
    which the insert asks for regularly are late.
    """

    kit: LabKit
    test: str
    use: str
    is_blocked: bool
    is_overdue: bool
    discard_by: date | None
    control_by: date | None

    @property
    def name(self) -> str:
        """The kit as people say it: Strep A lot L2291 (LK-3)."""
        return f"{self.test} lot {self.kit.number} ({self.kit.human_key})"


def kits_where(office: Office, where: str, *values: object) -> list[KitNow]:
    """Return the kits `t` of tests `m` that meet an SQL condition, as they are today."""
    rows = list(office.rows(_SELECT.format(where=where), *values))
    # By their ids at once, as a row of SQL has no record.
    records = {kit.id: kit for kit in office.some(LabKit, [row[0] for row in rows])}
    kits = []
    for id_, test, use, blocked, overdue, *days in rows:
        discard_by, control_by = (date.fromisoformat(day) if day else None for day in days)
        facts = (use, bool(blocked), bool(overdue), discard_by, control_by)
        kits.append(KitNow(records[id_], test, *facts))
    return kits


def kit_now(office: Office, kit: LabKit) -> KitNow:
    """Return a kit as it is today."""
    return kits_where(office, "t.id = ?", kit.id)[0]
