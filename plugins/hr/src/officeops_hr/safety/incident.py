"""Incident: what happened, in one line, by anybody; and what the office did about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from officeops import (
    OPTIONAL,
    TODAY,
    DateOrder,
    Frozen,
    Lifecycle,
    Problem,
    Promise,
    Record,
    Transition,
    choice,
    field,
    named,
    ref,
)
from officeops_hr.safety.scope import INCIDENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from officeops import Office

KINDS: Final = (
    "near_miss",
    "sharps",
    "splash",
    "injury",
    "illness",
    "patient",
    "visitor",
    "violence",
    "privacy",
    "property",
    "other",
)
#: How long an office keeps the log of a year after it.
KEPT_YEARS: Final = 5
_SETTLED: Final = Promise(
    "officeops_hr.safety.unsettled:closed_too_early",
    rests_on={"hr.incident": "id", "hr.injury-case": "incident_id", "core.task": "about"},
)
_FOLLOWED: Final = "officeops_hr.safety.incident_dates:followed"
LIFE: Final = Lifecycle(
    ("open", "closed"),
    Transition(
        "close",
        ("open",),
        "closed",
        "Close the incident: why it happened, and what has changed since.",
        means="do",
        fields={"cause": OPTIONAL, "changed_since": OPTIONAL},
        stamp={"closed_on": TODAY},
        guard="officeops_hr.safety.unsettled:is_unsettled",
    ),
    Transition("reopen", ("closed",), "open", "Open the incident again."),
    column="state",
)

#: What the log of its year says of it.
_REPORTED: Final = (
    "what",
    "kind",
    "happened_at",
    "location_id",
    "department",
    "doing",
    "device",
    "brand",
)


class Incident(
    Record,
    key="hr.incident",
    prefix="IN",
    display="what",
    sort="-happened_at,-id",
    also=("near-miss", "accident", "event-report", "needlestick"),
    scope=INCIDENTS.by("id", team="manage"),
):
    """Something that went wrong, or nearly.

    No name belongs here: a patient is in the chart, and who of the staff was hurt is in the injury
    case. The dates that follow are tasks, written with the report.
    """

    short_options: ClassVar = {"at": "happened_at"}
    bare_word = "what"
    importer = "officeops_hr.safety.imports:IncidentImport"
    page = "officeops_hr.safety.incident_page:page"

    # One line is all that somebody writes between two patients.
    what: str = field(
        search=True,
        list_rank=1,
        example="Needlestick while recapping, room 3",
        help="In one line, without names",
    )
    kind: str = choice(*KINDS, default="near_miss", list_rank=1)
    happened_at: datetime = field(
        default=lambda office: office.now(), list_rank=2, label="Happened", also=("when", "date")
    )
    state: str = LIFE.field(list_rank=2)
    location_id: int | None = ref("core.location", default=None, indexed=False, list_rank=5)
    department: str | None = field(
        default=None, list_rank=5, example="Laboratory", help="The room or department"
    )
    doing: str | None = field(
        default=None,
        list_rank=7,
        example="Recapping",
        help="The work or procedure, and how it happened",
    )
    device: str | None = field(
        default=None,
        list_rank=6,
        example="Hypodermic needle",
        help="The type of sharp or equipment",
    )
    brand: str | None = field(default=None, list_rank=6, help="The brand and model of the device")
    # Asked for when it is closed, not when it is reported.
    cause: str | None = field(default=None, managed=True, hidden=True)
    changed_since: str | None = field(
        default=None, managed=True, hidden=True, example="Needles that retract"
    )
    closed_on: date | None = field(default=None, managed=True, hidden=True)
    # The login and no person: the reporter may be the one who was hurt.
    reporter_id: int | None = ref(
        "core.user", default=None, managed=True, indexed=False, list_rank=4, label="Reported by"
    )

    life = LIFE
    promise = _SETTLED
    frozen = (
        Frozen(_REPORTED, states=("closed",), why="the incident is closed; `reopen` it first"),
    )
    date_orders = (DateOrder(("happened_at", "closed_on")),)

    def filled(self, office: Office) -> Mapping[str, object]:
        """Return who reported it, who stays the same."""
        # Where the reporter has no login, who edits it later is not the reporter.
        return {} if self.id else {"reporter_id": office.acting_user()}

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse an incident to come."""
        if self.happened_at > office.now():
            yield Problem("is to come", "happened_at", code="out-of-range")

    def owes(self, office: Office) -> str | None:
        """Return that it is open, or in the log of its year, also where nobody was hurt.

        29 CFR 1904.33 keeps the log for five years.
        """
        if self.state == "open":
            return "it is open: close it first"
        last = office.ways.day_of(self.happened_at).year + KEPT_YEARS
        if office.today.year > last:
            return None
        return f"the log of incidents is kept until the end of {last}"

    def added(self, office: Office) -> Iterable[str]:
        """Write the tasks of the dates that follow, and say where the first hour is."""
        sentences: Iterable[str] = named(_FOLLOWED)(office, self)
        return sentences

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:
        """Move the tasks where it happened at another time, or was of another kind."""
        if {"happened_at", "kind"} & before.keys():
            yield from named(_FOLLOWED)(office, self)
