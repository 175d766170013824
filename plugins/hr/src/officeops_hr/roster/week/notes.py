"""Notes: the lines below the week on the cell under the cursor, and on what its day lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Location
from officeops_hr.roster.clock import span
from officeops_hr.roster.reasons import gap_words, reasons

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops_hr.roster.rules.shift import Shift
    from officeops_hr.roster.week.typed_week import TypedWeek
    from officeops_hr.roster.week.week import WeekLine

_KINDS: Final = {"on_call": "on call"}


def notes(
    typed: TypedWeek,
    line: WeekLine,
    day: date,
) -> list[str]:
    """Return a sentence on the cell, and one on the worst gap of its day."""
    return [
        _of_cell(
            typed,
            line,
            day,
        ),
        *_of_day(typed, day),
    ]


def _of_cell(
    typed: TypedWeek,
    line: WeekLine,
    day: date,
) -> str:
    shifts = [_words(typed, line, shift) for shift in typed.shifts(line, day)]
    planned = ", ".join(shifts) or "no shift"
    words = f"{day:%a} {day} {line.name}: {planned}"
    if line.person is not None and (away := typed.week.away.get((line.person, day))):
        words += " · off" if away == "off" else f" · off ({away})"
    # What cannot be comes first: a doubt does not matter then.
    if faults := typed.faults(line, day):
        return f"{words} · cannot work then: {', '.join(faults)}"
    if doubts := typed.doubts(line, day):
        return f"{words} · but: {', '.join(doubts)}"
    return words


def _words(
    typed: TypedWeek,
    line: WeekLine,
    shift: Shift,
) -> str:
    role = _KINDS.get(shift.kind) or typed.week.codes.get(shift.role, "")
    origin = typed.break_words(line, shift)
    why = f", {origin}" if origin else ""
    pause = f", {shift.pause} min unpaid{why}" if shift.pause else ""
    room = f", {typed.week.office.label(Location, shift.room)}" if shift.room else ""
    return f"{span(shift.start, shift.end)} {role}{room}{pause}"


def _of_day(typed: TypedWeek, day: date) -> Iterator[str]:
    gaps = typed.gaps(day)
    if not gaps:
        return
    # The worst one: three lines have no room for all, and `v` has them.
    gap, plan = gaps[0], typed.week.plan
    names = typed.week.names
    why = " · ".join(
        reasons(
            gap,
            typed.on_day(day),
            plan.facts,
            names,
        )
    )
    more = f" (and {len(gaps) - 1} more: v)" if len(gaps) > 1 else ""
    yield f"{gap_words(plan, gap)}{more}{': ' if why else ''}{why}"
