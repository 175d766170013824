"""Giving: the texts that put a seat into somebody's day, and take it from where it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_hr.roster.week.cell_text import write_cell
from officeops_hr.roster.week.week import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops_hr.roster.rules.shift import Shift
    from officeops_hr.roster.week.typed_week import TypedWeek
    from officeops_hr.roster.week.week import WeekLine


def given(
    week: TypedWeek,
    seat: Shift,
    person: int,
) -> dict[str, str]:
    """Return the texts of the day by line: of who takes the seat, and of the line that had it."""
    taker = week.week.line(str(person))
    if taker is None:
        return {}
    # The line that loses the seat: the open seats, or somebody who cannot come.
    before = f"{OPEN}{seat.role}" if seat.person is None else str(seat.person)
    line = week.week.line(before)
    others = week.shifts(line, seat.on) if line else []
    # A gap is no shift: nobody had it, and its break is the usual one.
    is_gap = seat not in others
    own = _text(
        week,
        taker,
        week.shifts(taker, seat.on),
    )
    new = _text(
        week,
        taker,
        [seat],
        pauses=not is_gap,
    )
    texts = {taker.id: ",".join(filter(None, [own, new]))}
    if line and not is_gap:
        others.remove(seat)
        texts[line.id] = (
            _text(
                week,
                line,
                others,
            )
            or "off"
        )
    return texts


def _text(
    week: TypedWeek,
    line: WeekLine,
    shifts: Iterable[Shift],
    *,
    pauses: bool = True,
) -> str:
    # The role of the line itself is not typed.
    roles = {role: code for role, code in week.week.codes.items() if role != line.role}
    return write_cell(
        shifts,
        roles,
        pauses=pauses,
        rooms=week.week.rooms,
    )
