"""Tickets: a thing does not work, somebody says so, and somebody sees to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Record, choice, computed, field, ref
from officeops_maintenance.tickets.life import OPEN, SHORT, TICKET

if TYPE_CHECKING:
    from datetime import datetime

PRIORITIES = ("emergency", "high", "normal", "low")
_SHORT_SQL = " ".join(
    f"WHEN t.state IN ({', '.join(map(repr, states))}) THEN '{word}'"
    for word, states in SHORT.items()
)


class Ticket(
    Record,
    key="maintenance.ticket",
    prefix="TK",
    display="title",
    sort="-id",
    also=("repair-request", "repair", "work-order"),
    indexes=(("equipment_id", "state"),),
):
    """A report that something does not work."""

    title: str = field(
        search=True,
        list_rank=1,
        example="ECG shows flat line",
        also=("ticket", "problem", "subject", "summary"),
    )
    equipment_id: int | None = ref(
        "maintenance.equipment",
        default=None,
        indexed=False,
        list_rank=1,
        also=("asset", "device", "unit"),
    )
    location_id: int | None = ref("core.location", default=None, list_rank=6)
    details: str | None = field(
        kind="long_text", default=None, search=True, hidden=True, also=("description",)
    )
    kind: str = choice(
        "repair",
        "calibration",
        "incident",
        "recall",
        "request",
        default="repair",
        list_rank=7,
    )
    priority: str = choice(*PRIORITIES, default="normal", list_rank=3)
    unsafe: bool = field(
        default=False, list_rank=5, help="Nobody may use it: it goes out of service at once"
    )
    reported_at: datetime = field(default=lambda office: office.now(), list_rank=4)
    reported_by: str | None = field(
        default=lambda office: office.actor, list_rank=5, also=("reporter", "requested by")
    )
    assignee: str | None = field(
        default=None,
        list_rank=3,
        example="luis",
        help="A login, a role, or the name of a person without a login",
    )
    vendor_id: int | None = ref("vendors.vendor", default=None, list_rank=4)
    state: str = TICKET.field(list_rank=8)
    waiting_for: str | None = choice(
        "vendor", "parts", "approval", default=None, managed=True, list_rank=6
    )
    cause: str | None = field(default=None, managed=True, hidden=True, example="Worn seal")
    resolution: str | None = field(
        default=None, managed=True, list_rank=9, example="Replaced the door seal"
    )
    cost: int | None = field(
        kind="money", default=None, minimum=0, managed=True, list_rank=8, help="What it cost in all"
    )
    labor: int | None = field(
        kind="duration",
        default=None,
        minimum=0,
        managed=True,
        hidden=True,
        help="Time worked on it",
    )
    duplicate_of_id: int | None = ref("maintenance.ticket", default=None, managed=True, hidden=True)
    reopened_because: str | None = field(default=None, managed=True, hidden=True)
    resolved_by: str | None = field(default=None, managed=True, hidden=True)
    resolved_at: datetime | None = field(default=None, managed=True, hidden=True)
    verified_by: str | None = field(default=None, managed=True, hidden=True)
    closed_by: str | None = field(default=None, managed=True, hidden=True)
    closed_at: datetime | None = field(default=None, managed=True, hidden=True)

    life = TICKET
    bare_word = "title"
    computed = (
        computed(
            "stage",
            f"CASE {_SHORT_SQL} END",
            kind="choice",
            choices=tuple(SHORT),
            list_rank=2,
            help="Its state in one of a few words",
        ),
        computed("is_open", f"(t.{OPEN})", kind="yes_no", label="Open", hidden=True),
    )
