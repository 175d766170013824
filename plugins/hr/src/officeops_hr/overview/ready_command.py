"""`officeops person ready --on wed`: who may work on a day, as what, and why others may not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops import Value
from officeops.commands import entitle, example, needed_day, office_of, output_options, print_rows
from officeops_hr.credentials.credential import Credential
from officeops_hr.credentials.readiness import Readiness
from officeops_hr.leave.morning import not_ready as on_leave
from officeops_hr.leave.off_days import usual_minutes
from officeops_hr.overview.directory import Directory
from officeops_hr.people.columns import column
from officeops_hr.people.employment import Employment
from officeops_hr.people.person import Person
from officeops_hr.people.status import status_on
from officeops_hr.people.work_pattern import WorkPattern

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office
    from officeops.services import PersonFacts

FIELDS: Final = [
    column("number", "Number", 4),
    column("person", "Person"),
    column("day", "Day", 2),
    column("may_work", "May work", 1, kind="yes_no"),
    column("roles", "As", 1),
    column("why", "Why not"),
]
#: How somebody's day is shown, by whether they work on it.
_OFF: Final = ("off", "on leave")


#: How somebody's day is of whose week nobody entered the hours.
UNKNOWN_HOURS: Final = "hours unknown"


class DayOf(Value):
    """One person on one day: how they are there, in which roles they may work, and why not in others."""

    id: int
    person: str
    day: str
    may_work: bool
    roles: str
    why: str

    @property
    def number(self) -> str:
        """The person's number, P-4."""
        return f"{Person.meta.prefix}-{self.id}"

    @property
    def is_gap(self) -> bool:
        """Whether they should work and may not."""
        return self.day not in _OFF and not self.may_work

    @property
    def rank(self) -> tuple[bool, bool]:
        """Where the list has them: gaps first, people who are off last."""
        return (not self.is_gap, self.day in _OFF)


def days_of(office: Office, day: date) -> list[DayOf]:
    """Return everybody within reach who is employed on a day."""
    directory = Directory()
    people = directory.people(office, on=day)
    return sorted((_day_of(office, person, day) for person in people), key=lambda one: one.rank)


def _day_of(
    office: Office,
    person: PersonFacts,
    day: date,
) -> DayOf:
    readiness = Readiness(office, person.id, day)
    seats = readiness.seats()
    away = list(on_leave(office, person.id, day))
    # Leave is how their day is, and no fault of it.
    why = [reason for reason in Directory().ready(office, person.id, day).why if reason not in away]
    may_work = not why
    # Who may not work at all may not work as anything.
    roles = [seat.role for seat in seats if not seat.why] if may_work else []
    if may_work:
        why = [f"not as {seat.role}: {', '.join(seat.why)}" for seat in seats if seat.why]
        why += readiness.limits()
    # A long leave of absence is in the employment, days off are requests.
    is_away = bool(away) or _is_absent(office, person.id, day)
    shown = "on leave" if is_away else _hours(office, person.id, day)
    return DayOf(person.id, person.name, shown, may_work, ", ".join(roles), "; ".join(why))


def _is_absent(
    office: Office,
    person_id: int,
    day: date,
) -> bool:
    return status_on(office.all(Employment, "person_id = ?", person_id), day) == "on_leave"


def _hours(
    office: Office,
    person_id: int,
    day: date,
) -> str:
    """Return the hours of somebody's day; nobody knows them without a work pattern."""
    if office.first(WorkPattern, "person_id = ?", person_id) is None:
        is_closed = day in office.calendar.closed
        return "off" if is_closed else UNKNOWN_HOURS
    minutes = usual_minutes(office, person_id)(day)
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02}" if minutes else "off"


def _rows(days: list[DayOf]) -> Iterator[tuple[object, ...]]:
    for one in days:
        yield one.number, one.person, one.day, one.may_work, one.roles, one.why


@example("--on wed")
@click.command()
@click.option("--on", "day", default="today", show_default=True, metavar="DAY")
@output_options
@click.pass_context
def ready(
    ctx: click.Context,
    day: str,
    *,
    as_json: bool,
    as_csv: bool,
) -> int:
    """Say who may work on a day, and as what.

    Licenses, certificates and the other parts of a person's file count as they are now. It ends
    with exit code 3 if somebody who should work that day may not.
    """
    office = office_of(ctx)
    office.allow_view(Person)
    # Without credentials the list would call people ready who are not.
    office.allow_view(Credential)
    on = needed_day(office, "--on", day)
    entitle(f"Who may work on {on}")
    days = days_of(office, on)
    nothing = f"Nobody within your reach works here on {on}."
    print_rows(
        FIELDS, list(_rows(days)), office.ways, as_json=as_json, as_csv=as_csv, nothing=nothing
    )
    # Cron tells the manager by it.
    return 3 if any(one.is_gap for one in days) else 0
