"""Visits: a contractor or the cleaners are expected, and came or did not come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Reason, Record, field, ref
from officeops_maintenance.equipment.not_retired import before_retirement
from officeops_maintenance.plans.visit_life import VISIT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from officeops import Office, Problem


class Visit(
    Record,
    key="maintenance.visit",
    prefix="VI",
    display="purpose",
    sort="-expected_on,-id",
    also=("appointment", "contractor visit", "cleaning"),
):
    """A visit of a contractor or the cleaners.

    It is expected on a day; then it has what they did, and what they used up.
    """

    purpose: str = field(search=True, list_rank=1, also=("visit",), example="Look at the ECG")
    vendor_id: int | None = ref(
        "vendors.vendor", default=None, list_rank=2, also=("contractor", "company")
    )
    expected_on: date = field(list_rank=1, label="Expected")
    equipment_id: int | None = ref("maintenance.equipment", default=None, list_rank=4)
    location_id: int | None = ref("core.location", default=None, list_rank=6)
    task_id: int | None = ref(
        "core.task", default=None, list_rank=7, help="The task that is done when they come"
    )
    state: str = VISIT.field(list_rank=1)
    came_at: datetime | None = field(default=None, managed=True, list_rank=3)
    done: str | None = field(
        default=None,
        kind="long_text",
        managed=True,
        list_rank=5,
        label="Work done",
        example="Filters changed",
    )
    used: str | None = field(
        default=None, kind="long_text", managed=True, list_rank=8, label="Supplies used"
    )
    reason: str | None = field(
        default=None, managed=True, list_rank=5, example="Their van broke down", help="Why not"
    )
    noted_by: str | None = field(default=None, managed=True, list_rank=8)
    note: str | None = field(default=None, kind="long_text", hidden=True)

    life = VISIT
    importer = "officeops_maintenance.plans.plan_imports:VisitImport"

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a visit of a unit that is retired by then."""
        yield from before_retirement(office, self, "expected_on")

    def keep(self, office: Office) -> str | None:  # noqa: ARG002 - the signature of every record
        """Refuse to archive a visit that says whether they came: its task rests on it."""
        if self.state not in {"came", "not_came"}:
            return None
        cure = ""
        if self.state == "came":
            cure = f"; if they did not come: officeops visit reopen {self.human_key} --reason …"
        return Reason(f"it is part of the log of visits{cure}", code="in-use")
