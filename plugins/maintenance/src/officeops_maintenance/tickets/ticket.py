"""Tickets: a thing does not work, somebody says so, and somebody sees to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Frozen, Record, Upheld, choice, computed, field, named, ref
from officeops_maintenance.happened import not_to_come
from officeops_maintenance.tickets.life import OPEN, SHORT, STATES, TICKET
from officeops_maintenance.tickets.ticket_words import PRIORITY_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from typing import Any

    from officeops import Failure, Office, Problem

#: What follows from a report: it reads equipment, which knows tickets.
_REPORTED = "officeops_maintenance.tickets.reported"
#: By name: its rules read tickets.
_SAFETY = "officeops_maintenance.tickets.safety"
_TARGET = "officeops_maintenance.tickets.call_back:target_of"
#: The resolution, where nobody wrote more.
FIXED = "Fixed"
PRIORITIES = ("emergency", "high", "normal", "low")
#: SQL of whether people see every state; a setting says so.
_ALL = "office_setting('maintenance', 'states') = 'all'"
_SHORT_SQL = " ".join(
    f"WHEN t.state IN ({', '.join(map(repr, states))}) THEN '{word}'"
    for word, states in SHORT.items()
)

_URGENCY_SQL = " ".join(f"WHEN '{word}' THEN {n}" for n, word in enumerate(PRIORITIES, 1))


class Ticket(
    Record,
    key="maintenance.ticket",
    prefix="TK",
    display="title",
    sort="-id",
    also=("repair-request", "repair", "work-order"),
    indexes=(("equipment_id", "state"),),
):
    """A report that something does not work, and its repair."""

    title: str = field(
        search=True,
        list_rank=1,
        example="ECG shows flat line",
        also=("ticket", "problem", "subject", "summary", "work order title", "work order"),
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
    priority: str = choice(
        *PRIORITIES,
        default="normal",
        list_rank=3,
        synonyms=PRIORITY_WORDS,
        also=("priority level", "urgency", "severity"),
    )
    unsafe: bool = field(
        default=False, list_rank=5, help="Nobody may use it: it goes out of service at once"
    )
    reported_at: datetime = field(default=lambda office: office.now(), list_rank=4)
    reported_by: str | None = field(
        default=lambda office: office.actor,
        list_rank=5,
        also=("reporter", "requested by", "requester", "created by"),
    )
    assignee: str | None = field(
        default=None,
        list_rank=3,
        example="luis",
        help="A login, a role, or the name of a person without a login",
        also=("assigned to", "assigned", "primary assignee", "technician"),
    )
    vendor_id: int | None = ref("vendors.vendor", default=None, list_rank=4)
    state: str = TICKET.field(label="State in full", hidden=True)
    waiting_for: str | None = choice(
        "vendor", "parts", "approval", default=None, managed=True, list_rank=6
    )
    cause: str | None = field(default=None, managed=True, hidden=True, example="Worn seal")
    resolution: str | None = field(
        default=None, managed=True, list_rank=9, example="Replaced the door seal"
    )
    cost: int | None = field(
        kind="money",
        default=None,
        minimum=0,
        managed=True,
        total=True,
        list_rank=8,
        help="What it cost so far",
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
    call_back_within: int | None = field(
        kind="duration",
        default=None,
        managed=True,
        hidden=True,
        help="Open minutes until somebody calls back, as set when its priority was",
    )
    called_at: datetime | None = field(
        default=None, managed=True, hidden=True, help="When somebody first called the vendor"
    )
    answered_at: datetime | None = field(
        default=None, managed=True, hidden=True, help="When the vendor came or called back"
    )
    escalated_at: datetime | None = field(default=None, managed=True, hidden=True)
    reopened_because: str | None = field(default=None, managed=True, hidden=True)
    resolved_by: str | None = field(default=None, managed=True, hidden=True)
    resolved_at: datetime | None = field(default=None, managed=True, hidden=True)
    verified_by: str | None = field(default=None, managed=True, hidden=True)
    closed_by: str | None = field(default=None, managed=True, hidden=True)
    closed_at: datetime | None = field(default=None, managed=True, hidden=True)

    life = TICKET
    upheld = Upheld("unsafe", (True,), needs="maintenance.ticket.cancel")
    frozen = (Frozen(("unsafe", "equipment_id"), rule=f"{_SAFETY}:still_said"),)
    importer = "officeops_maintenance.tickets.ticket_import:TicketImport"
    bare_word = "title"
    page = "officeops_maintenance.tickets.page:page"
    computed = (
        computed(
            "stage",
            f"CASE WHEN {_ALL} THEN t.state ELSE CASE {_SHORT_SQL} END END",
            kind="choice",
            choices=tuple(dict.fromkeys((*SHORT, *STATES))),
            list_rank=2,
            help="Its state in one of a few words, or in full where the office turned that on",
        ),
        computed(
            "urgency",
            f"CASE t.priority {_URGENCY_SQL} END",
            kind="number",
            hidden=True,
            help="1 is an emergency, 4 is low: lists sort by it",
        ),
        computed("is_open", f"(t.{OPEN})", kind="yes_no", label="Open", hidden=True),
    )

    def filled(self, office: Office) -> Mapping[str, object]:
        """Return the target of a new priority, and a resolution where none is written."""
        values: dict[str, object] = {}
        # Kept with the ticket, so that a change of the settings makes no past ticket late.
        if not self.id or office.get(Ticket, self.id).priority != self.priority:
            values["call_back_within"] = named(_TARGET)(office, self.priority)
        if self.state == "closed" and not self.resolution:
            values["resolution"] = FIXED
        return values

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a report of a moment to come, from which no promise could be counted."""
        yield from not_to_come(office, self, "reported_at")

    def added(self, office: Office) -> Iterable[str]:
        """Take the unit out of service where it is unsafe, and say whom to call."""
        sentences: Iterable[str] = named(f"{_REPORTED}:reported")(office, self)
        return sentences

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:
        """Do so where it turns out to be unsafe later."""
        sentences: Iterable[str] = named(f"{_REPORTED}:changed")(office, self, before)
        return sentences

    def keep(self, office: Office) -> str | None:  # noqa: ARG002 - the signature of every record
        """Refuse to archive a report that keeps its unit out of service."""
        why: str | None = named(f"{_SAFETY}:open_report")(self)
        return why

    @classmethod
    def open_for(cls, office: Office, failure: Failure) -> Ticket:
        """Open a ticket for a failed answer, or add to the one that is open for it."""
        ticket: Ticket = named(f"{_REPORTED}:open_for")(office, failure)
        return ticket
