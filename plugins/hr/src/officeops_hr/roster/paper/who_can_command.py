"""`officeops roster who-can`: for each seat of a day, who could cover it, with their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from officeops.commands import example, needed_day
from officeops_hr.people.columns import column
from officeops_hr.people.contacts import Phone
from officeops_hr.people.job_role import JobRole
from officeops_hr.people.person import Person
from officeops_hr.roster.check_option import day_argument
from officeops_hr.roster.clock import span
from officeops_hr.roster.covering import answers
from officeops_hr.roster.paper.phones import phones
from officeops_hr.roster.place_option import place_of, place_option
from officeops_hr.roster.plan import Plan
from officeops_hr.roster.printed_table import PrintedTable, prints
from officeops_hr.roster.rules.cover import CANNOT
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_COLUMNS: Final = [
    column("time", "Time"),
    column("role", "Role"),
    column("works", "Works", 3),
    column("group", "Who", 2),
    column("person", "Could cover"),
    column("phone", "Phone"),
    column("reasons", "But", 2),
]


@example("tomorrow")
@click.command("who-can")
@day_argument("+1d")
@place_option
@prints(Shift, Phone)
def who_can_cover(
    office: Office,
    *,
    day: str,
    place: str | None,
) -> PrintedTable:
    """Print who could cover each seat of a day, with numbers: for the call at six."""
    on = needed_day(office, "DAY", day)
    plan = Plan(
        office,
        place_of(office, place),
        on,
        on,
    )
    return PrintedTable(
        f"Who can cover on {on:%A} {on}",
        _COLUMNS,
        list(_rows(office, plan)),
        "Nobody is planned on that day, or nobody could cover.",
        under=office.facts.name,
    )


def _rows(office: Office, plan: Plan) -> Iterator[tuple[object, ...]]:
    numbers = phones(office)
    # One list for all who have the same seat: what speaks against others is the same.
    seats: dict[tuple[int, int, int], list[Shift]] = {}
    for shift in plan.shifts:
        seats.setdefault(
            (
                shift.starts_at,
                shift.ends_at,
                shift.role_id,
            ),
            [],
        ).append(shift)
    for (starts_at, ends_at, role_id), shifts in sorted(seats.items()):
        works = ", ".join(_name(office, shift) for shift in shifts)
        times, role = (
            span(starts_at, ends_at),
            office.get(JobRole, role_id).code,
        )
        for answer in answers(office, shifts[0]):
            if answer.group == CANNOT:
                continue
            phone = next(iter(numbers.get(answer.person, [])), None)
            reasons = ", ".join(answer.reasons)
            yield (
                times,
                role,
                works,
                answer.group,
                answer.name,
                phone,
                reasons,
            )


def _name(office: Office, shift: Shift) -> str:
    return "open" if shift.person_id is None else office.get(Person, shift.person_id).name
