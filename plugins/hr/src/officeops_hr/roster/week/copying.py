"""Copying: the week before as the texts that make this week like it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from officeops_hr.roster.rules.cycle import DAYS
from officeops_hr.roster.week.cell_text import write_cell
from officeops_hr.roster.week.sheet import REASON
from officeops_hr.roster.week.typed_week import COLUMNS, TypedWeek
from officeops_hr.roster.week.week import Week

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops_hr.roster.rules.shift import Shift
    from officeops_hr.roster.week.week import WeekLine

_WEEK: Final = timedelta(days=DAYS)


class Copied(NamedTuple):
    """The texts of a copied week by line and column, and the days that were not copied."""

    texts: dict[str, dict[str, str]]
    left: list[str]


def copied(week: Week) -> Copied:
    """Return the texts for the days that differ from the week before.

    A day on which somebody cannot work what they worked then, and one on which the place is closed,
    is left as it is: its gap says so.
    """
    before = Week(
        week.office,
        week.place,
        week.monday - _WEEK,
    )
    texts: dict[str, dict[str, str]] = {}
    left: list[str] = []
    for line in before.lines():
        cells = dict(
            _cells(
                before,
                week,
                line,
            )
        )
        for column in list(cells):
            day = week.days[COLUMNS.index(column)]
            if TypedWeek(week, {line.id: {column: cells[column]}}).faults(line, day):
                left.append(f"{line.name} {day:%a}")
                del cells[column]
        if not cells:
            continue
        texts[line.id] = cells
        # A rule that warned last week warns again: the same reason is good for both.
        typed = TypedWeek(week, {line.id: cells})
        if any(typed.doubts(line, day) for day in week.days):
            texts[line.id] = {**cells, REASON: f"as in the week of {before.monday}"}
    return Copied(texts, left)


def _cells(
    before: Week,
    week: Week,
    line: WeekLine,
) -> Iterator[tuple[str, str]]:
    for column, day in zip(
        COLUMNS,
        week.days,
        strict=True,
    ):
        old = before.shifts.get((line.id, day - _WEEK), [])
        new = week.shifts.get((line.id, day), [])
        text = _text(
            before,
            line,
            old,
        )
        if text != _text(
            week,
            line,
            new,
        ) and week.is_open(day):
            yield column, text


def _text(
    week: Week,
    line: WeekLine,
    shifts: list[Shift],
) -> str:
    others = {role: code for role, code in week.codes.items() if role != line.role}
    return (
        write_cell(
            shifts,
            others,
            pauses=True,
        )
        or "off"
    )
