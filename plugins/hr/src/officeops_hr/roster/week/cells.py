"""Cells: what the days of a week show, as the office has them and as one line is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops_hr.roster.week.cell_text import read_cell, write_cell
from officeops_hr.roster.week.typed_week import TypedWeek

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from officeops import Typed
    from officeops_hr.roster.rules.shift import Shift
    from officeops_hr.roster.week.week import Week, WeekLine

#: Cells of a day: the fewest from Monday to Friday, at the end of the week, and the most.
_WEEKDAY, _WEEKEND, _WIDEST = 8, 6, 9
_SATURDAY: Final = 5
#: The cell of a day without a shift, and of one on which the place is closed.
_NOTHING, _CLOSED = "·", "–"


class WeekCells:
    """The texts of the cells of one week, with their marks."""

    def __init__(self, week: Week) -> None:
        self._week, self._untouched = (
            week,
            TypedWeek(
                week,
                {},
            ),
        )
        self._whole = self._untouched
        self._by_line: dict[str, TypedWeek] = {}

    def all_typed(self, typed: Mapping[str, Typed]) -> TypedWeek:
        """Return the week with everything typed."""
        texts = {line_id: row.texts for line_id, row in typed.items()}
        # The totals and the notes ask for the gaps of the same week, again with every move.
        if self._whole.texts != texts:
            self._whole = TypedWeek(
                self._week,
                texts,
            )
        return self._whole

    def of_line(
        self,
        line: WeekLine,
        typed: Typed | None,
    ) -> TypedWeek:
        """Return the week with one line typed: hours and conflicts of somebody follow from it alone."""
        if typed is None:
            return self._untouched
        texts = {line.id: typed.texts}
        known = self._by_line.get(line.id)
        # The list asks for seven days and the hours of the same text.
        if known is None or known.texts != texts:
            known = self._by_line[line.id] = TypedWeek(
                self._week,
                texts,
            )
        return known

    def shown(
        self,
        line: WeekLine,
        day: date,
        typed: Typed | None,
    ) -> str:
        """Return a cell with its mark.

        `?` cannot be read, `!` cannot work then, `~` is typed and a rule warns, `+` is typed and not
        booked, `*` changed since the week was published.
        """
        week = self.of_line(
            line,
            typed,
        )
        text = week.text(
            line.id,
            day,
        )
        if text and self.wrong(text):
            return f"?{text}"
        shown = self._text(
            line,
            week.shifts(
                line,
                day,
            ),
        )
        if week.faults(
            line,
            day,
        ):
            return f"!{shown}"
        if text:
            # Beside the cell, so that a copied week shows at once where reasons are needed.
            mark = (
                "~"
                if week.doubts(
                    line,
                    day,
                )
                else "+"
            )
            return f"{mark}{shown or 'off'}"
        mark = "*" if (line.id, day) in self._week.changed_cells else ""
        return f"{mark}{shown or self._empty(line, day)}"

    def _text(
        self,
        line: WeekLine,
        shifts: Iterable[Shift],
    ) -> str:
        # The role of the line is beside its name.
        others = {role: code for role, code in self._week.codes.items() if role != line.role}
        return write_cell(
            shifts,
            others,
        )

    def _empty(
        self,
        line: WeekLine,
        day: date,
    ) -> str:
        if line.person is None:
            return ""
        empty = _NOTHING if self._week.is_open(day) else _CLOSED
        return self._week.away.get(
            (line.person, day),
            empty,
        )

    def wrong(self, text: str) -> str:
        """Return why a text is no shift; blank where it is one."""
        try:
            read_cell(
                text,
                self._week.templates,
                self._week.codes.values(),
                self._week.rooms.values(),
            )
        except ValueError as error:
            return str(error)
        return ""

    def widths(self, lines: Sequence[WeekLine]) -> Iterator[int]:
        """Yield the cells that each day needs: a day of short shifts leaves room for the names."""
        for day in self._week.days:
            longest = len(f"{day:%a} {day.day}")
            for line in lines:
                shifts = self._week.shifts.get(
                    (line.id, day),
                    (),
                )
                longest = max(
                    longest,
                    len(
                        self._text(
                            line,
                            shifts,
                        )
                    ),
                )
            least = _WEEKEND if day.weekday() >= _SATURDAY else _WEEKDAY
            yield min(
                max(
                    least,
                    longest + 1,
                ),
                _WIDEST,
            )
