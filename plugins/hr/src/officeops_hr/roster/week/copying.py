"""Copying: the week before as the texts that make this week like it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from officeops_hr.roster.rules.cycle import DAYS
from officeops_hr.roster.shift import Shift as ShiftRecord
from officeops_hr.roster.week.cell_text import write_cell
from officeops_hr.roster.week.sheet import REASON
from officeops_hr.roster.week.typed_week import COLUMNS, TypedWeek
from officeops_hr.roster.week.week import Week

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from officeops_hr.roster.rules.shift import Shift
    from officeops_hr.roster.week.week import WeekLine

_WEEK: Final = timedelta(days=DAYS)


class Copied(NamedTuple):
    """The texts of a copied week by line and column, and the days that were not copied.

    `asks` are the lines that need a reason of their own: why a rule warns of them, by line.
    """

    texts: dict[str, dict[str, str]]
    left: list[str]
    asks: dict[str, str]


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
    asks: dict[str, str] = {}
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
        warned = _Warned(before, week, line, cells)
        if warned.reason:
            texts[line.id] = {**cells, REASON: warned.reason}
        elif warned.doubts:
            asks[line.id] = f"{line.name}: {warned.doubts[0]}"
    return Copied(texts, left, asks)


class _Warned:
    """What rules say of a copied line, and the reason that was given for the same last week."""

    def __init__(
        self,
        before: Week,
        week: Week,
        line: WeekLine,
        cells: dict[str, str],
    ) -> None:
        self._before, self._line = TypedWeek(before, {}), line
        typed = TypedWeek(week, {line.id: cells})
        by_day = {day: typed.doubts(line, day) for day in week.days}
        self.doubts = [doubt for doubts in by_day.values() for doubt in doubts]
        self.reason = self._reason(by_day) if self.doubts else ""

    def _reason(self, by_day: Mapping[date, list[str]]) -> str:
        """Return the reasons of last week; blank where one of the doubts is another than then."""
        given = self._given()
        # In the order of the days, each reason once.
        reasons: dict[str, None] = {}
        for day, doubts in by_day.items():
            known = {one for shift in self._shifts(day - _WEEK) for one in self._doubts(shift)}
            for doubt in doubts:
                # Another doubt is another decision: nobody has made it yet.
                if doubt not in known or doubt not in given:
                    return ""
                reasons[given[doubt]] = None
        return "; ".join(reasons)

    def _given(self) -> dict[str, str]:
        """Return the reasons of the line's shifts by doubt: too many hours are of all of them."""
        week, given = self._before.week, dict[str, str]()
        for day in week.days:
            for shift in self._shifts(day):
                reason = week.office.get(ShiftRecord, shift.id).despite
                # Without one nobody decided on the doubt: the pattern brought the shift.
                if reason:
                    given |= dict.fromkeys(self._doubts(shift), reason)
        return given

    def _shifts(self, day: date) -> list[Shift]:
        return self._before.week.shifts.get((self._line.id, day), [])

    def _doubts(self, shift: Shift) -> list[str]:
        return self._before.doubts_of(shift)


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
            rooms=week.rooms,
        )
        or "off"
    )
