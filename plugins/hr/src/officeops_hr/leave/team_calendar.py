"""The calendar of a team: who is off on which days, by week; it says nothing of why."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops.exchange import Grid, Lines, Printout
from officeops_hr.leave.amounts import hours
from officeops_hr.leave.off_days import asked_days, off, usual_minutes
from officeops_hr.leave.policy import LeavePolicy
from officeops_hr.leave.request import LeaveRequest
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from officeops import Office

_DAY: Final = timedelta(days=1)
_WAITING: Final = "state = 'submitted' AND first_day <= ? AND ifnull(last_day, first_day) >= ?"


class Absence(Value):
    """Minutes that somebody is off on a day, or asks to be."""

    day: date
    person_id: int
    request_id: int
    minutes: int
    is_pending: bool = False


class Week(Value):
    """A week of the calendar: its days, and a line of cells for each person who is off."""

    days: Sequence[date]
    rows: Sequence[tuple[str, Sequence[str]]]


def absences(
    office: Office,
    first: date,
    last: date,
    *,
    pending: bool = False,
) -> list[Absence]:
    """Return who is off on some days, and with `pending` who asks to be, as far as within reach."""
    rows = []
    for row in off(office, first, last):
        absence = Absence(row.day, row.person_id, row.request_id, row.minutes)
        rows.append(absence)
    if pending:
        rows += _waiting(office, first, last)
    return sorted(rows, key=lambda row: (row.day, row.person_id, row.request_id))


def _waiting(
    office: Office,
    first: date,
    last: date,
) -> Iterator[Absence]:
    """Yield the days of requests that nobody has decided on."""
    days = (last.isoformat(), first.isoformat())
    for request in list(office.all(LeaveRequest, _WAITING, *days)):
        for day, minutes in asked_days(office, request):
            # A request may begin before the days that are shown, and end after them.
            if first <= day <= last:
                yield Absence(
                    day,
                    request.person_id,
                    request.id,
                    minutes,
                    is_pending=True,
                )


def weeks(
    office: Office,
    first: date,
    last: date,
    *,
    pending: bool = False,
) -> Iterator[Week]:
    """Yield the weeks of some days, each from its Monday or the first day on."""
    rows = absences(office, first, last, pending=pending)
    day = first
    while day <= last:
        end = min(day + (6 - day.weekday()) * _DAY, last)
        days = [day + n * _DAY for n in range((end - day).days + 1)]
        yield Week(days, _lines(office, days, rows))
        day = end + _DAY


def _lines(
    office: Office,
    days: Sequence[date],
    rows: Sequence[Absence],
) -> list[tuple[str, list[str]]]:
    by_day: dict[tuple[int, date], list[Absence]] = defaultdict(list)
    people: dict[int, str] = {}
    for row in rows:
        if days[0] <= row.day <= days[-1]:
            by_day[row.person_id, row.day].append(row)
            people[row.person_id] = office.label(Person, row.person_id)
    lines = []
    for person_id, name in people.items():
        usual = usual_minutes(office, person_id)
        cells = []
        for day in days:
            own = by_day[person_id, day]
            cells.append(_cell(own, usual(day)))
        lines.append((name, cells))
    # By name, so that each week has the same order.
    lines.sort()
    return lines


def _cell(rows: Sequence[Absence], usual: int) -> str:
    """Return what the calendar says of a person's day: off, for how long, or asked for."""
    if not rows:
        return ""
    minutes = 0
    mark = ""
    for row in rows:
        minutes += row.minutes
        if row.is_pending:
            mark = "?"
    word = "off" if minutes >= usual else hours(minutes)
    return f"{word}{mark}"


def calendar_page(
    office: Office,
    first: date,
    last: date,
    *,
    pending: bool = False,
) -> Printout:
    """Return the calendar as a page, a table for each week."""
    blocks: list[Grid | Lines] = []
    for week in weeks(office, first, last, pending=pending):
        heading = f"Week of {week.days[0]}"
        if not week.rows:
            blocks.append(Lines([f"{heading}: nobody is off."]))
            continue
        labels = [heading]
        labels += [f"{day:%a} {day.day}" for day in week.days]
        rows = [[name, *cells] for name, cells in week.rows]
        blocks.append(Grid(labels, rows))
    if pending:
        blocks.append(Lines(["? asked for, and nobody has decided"]))
    return Printout(f"Who is off, {first} to {last}", blocks, under=(office.facts.name,))


def off_rows(
    office: Office,
    first: date,
    last: date,
    *,
    pending: bool = False,
) -> Iterator[tuple[object, ...]]:
    """Yield the days for programs: day, person, policy, minutes, request and its state."""
    for row in absences(office, first, last, pending=pending):
        request = office.get(LeaveRequest, row.request_id)
        who = office.label(Person, row.person_id)
        policy = office.label(LeavePolicy, request.policy_id)
        yield (str(row.day), who, policy, row.minutes, request.human_key, request.state)
