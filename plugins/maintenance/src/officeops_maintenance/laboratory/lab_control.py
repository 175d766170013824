"""Lab controls: a control that a person ran on a kit, what it showed, and whether it passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Record, Upheld, choice, field, ref
from officeops_maintenance.laboratory.levels import LEVELS

if TYPE_CHECKING:
    from datetime import date, datetime


class LabControl(
    Record,
    key="maintenance.lab-control",
    display="day",
    sort="-run_at,-id",
    actions_only=True,
    also=("quality-control", "qc"),
    indexes=(("kit_id", "level"),),
):
    """A control, never a patient's result, run on a kit."""

    added_by = "officeops controls"

    kit_id: int = ref(
        "maintenance.lab-kit",
        indexed=False,
        list_rank=1,
    )
    # The day at the office, by which logs and intervals count; the moment is in UTC.
    day: date = field(list_rank=1)
    run_at: datetime = field(list_rank=5)
    level: str = choice(*LEVELS, list_rank=1)
    control_lot_id: int = ref(
        "maintenance.control-lot",
        indexed=False,
        list_rank=4,
    )
    # As it was typed and read: 2.50 says more of the device than 2.5.
    result: str = field(
        list_rank=2,
        help="The result that the person saw or read",
    )
    expected: str = field(
        list_rank=3,
        help="The result expected, by the lot of the control on that day",
    )
    outcome: str = choice("pass", "fail", list_rank=2)
    run_by: str = field(
        default=lambda office: office.actor,
        list_rank=4,
    )
    note: str | None = field(default=None, list_rank=6)
    ticket_id: int | None = ref("maintenance.ticket", default=None, indexed=False, list_rank=7)
    void_because: str | None = field(
        default=None,
        managed=True,
        list_rank=7,
        help="Why it does not count; it stays in the log",
    )

    upheld = Upheld("outcome", ("fail",), needs="maintenance.lab-control.void")
