"""Booking a week: every typed cell becomes its shifts, in one action, all or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Problem, Refused
from officeops.values import wording
from officeops_hr.roster.rules.shift import DAY
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from officeops import Office
    from officeops_hr.roster.rules.shift import Shift as PlannedShift
    from officeops_hr.roster.week.differences import Difference
    from officeops_hr.roster.week.typed_week import TypedWeek
    from officeops_hr.roster.week.week import WeekLine


def book_week(
    office: Office,
    typed: TypedWeek,
    lines: Sequence[WeekLine],
    reasons: Mapping[str, str],
) -> str:
    """Write the typed shifts, and return the sentence to say.

    `reasons` are why shifts are planned although a rule warns, by line. Raises Refused with every
    cell that nobody can work, and every one that needs a reason.
    """
    problems = [
        problem
        for line in lines
        for problem in _problems(
            typed,
            line,
            reasons,
        )
    ]
    if problems:
        raise Refused(problems, "Nothing was booked")
    # By line and day, so that the history reads as the screen does.
    cells = [(line, day) for line in lines for day in typed.week.days]
    differences = [(line, day, typed.difference(line, day)) for line, day in cells]
    # All that goes first: somebody may take over what another one had.
    for _, _, cell in differences:
        for shift in cell.dropped:
            office.edit(
                office.get(Shift, shift.id),
                managed=True,
                dropped=True,
            )
    count = 0
    for line, day, cell in differences:
        # Without a doubt no reason is kept: it would read as if a rule had warned.
        despite = reasons.get(line.id) if typed.doubts(line, day) else None
        _write(
            office,
            cell,
            despite,
        )
        count += len(cell.changed) + len(cell.dropped)
    shifts = wording.count(count, "shift")
    people = wording.count(len(lines), "line")
    return f"{shifts} of {people} changed in the week of {typed.week.monday}."


def _problems(
    typed: TypedWeek,
    line: WeekLine,
    reasons: Mapping[str, str],
) -> Iterator[Problem]:
    for day in typed.week.days:
        # A shift that the office has already is a gap of its day, and no fault of the booking.
        if not typed.difference(line, day).changed:
            continue
        # A hard stop has no reason that overrides it.
        if faults := typed.faults(line, day):
            yield _problem(
                line,
                day,
                f"cannot work then: {', '.join(faults)}",
                "not-allowed-here",
            )
        elif (doubts := typed.doubts(line, day)) and not reasons.get(line.id):
            yield _problem(
                line,
                day,
                f"needs a reason (w): {', '.join(doubts)}",
                "needed",
            )


def _problem(
    line: WeekLine,
    day: date,
    words: str,
    code: str,
) -> Problem:
    return Problem(f"{line.name}, {day:%a} {words}", code=code)


def _write(
    office: Office,
    cell: Difference,
    despite: str | None,
) -> None:
    for old, new in cell.edited:
        office.edit(
            office.get(Shift, old.id),
            managed=True,
            despite=despite,
            **_columns(new),
        )
    for new in cell.added:
        office.add(
            Shift(
                **_place(new),
                **_columns(new),
                despite=despite,
            )
        )


def _columns(shift: PlannedShift) -> dict[str, Any]:
    return {
        "starts_at": shift.start,
        "ends_at": shift.end % DAY,
        "unpaid": shift.pause,
        "role_id": shift.role,
        "kind": shift.kind,
        "room_id": shift.room,
    }


def _place(shift: PlannedShift) -> dict[str, Any]:
    return {
        "day": shift.on,
        "person_id": shift.person,
        "location_id": shift.place,
    }
