"""CoveringScreen: the part of the week's screen that shows its gaps and gives seats to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import named
from officeops.tui import SheetScreen
from officeops_hr.roster.absence.asked import asked_words
from officeops_hr.roster.absence.cover_ask import CoverAsk
from officeops_hr.roster.week.coverage_screen import CoverageScreen
from officeops_hr.roster.week.coverage_table import seat_of
from officeops_hr.roster.week.giving import given
from officeops_hr.roster.week.sheet import REASON, WeekSheet
from officeops_hr.roster.week.typed_week import COLUMNS
from officeops_hr.roster.week.who_screen import WhoScreen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from officeops import SheetRow
    from officeops_hr.roster.rules.gaps import Gap
    from officeops_hr.roster.rules.shift import Shift
    from officeops_hr.roster.week.typed_week import TypedWeek


class CoveringScreen(SheetScreen):
    """A week with the screens above it: the coverage, and who can take a seat."""

    sheet: WeekSheet

    @property
    def typed_week(self) -> TypedWeek:
        """The week with everything typed."""
        return self.sheet.cells.all_typed(self.entries.all_typed())

    def read_typed(self) -> None:
        """Read the week again, with everything typed."""
        self.entries.read(self.office)

    def open_coverage(self) -> None:
        """Open the half-days and the gaps."""
        self.keep()
        self.app.push_screen(CoverageScreen(self))

    def open_worked(self) -> None:
        """Open the day sheet of the day under the cursor."""
        self.keep()
        # Time worked is above the schedule, so it is named by text.
        screen = named("officeops_hr.worked.sheet.time_screen:DayScreen")
        self.app.push_screen(
            screen(
                self.office,
                self.sheet.week.days[self.lines.active],
            )
        )

    def who_can(self) -> None:
        """Open the people who can take the cell under the cursor, or fill the gap of its day."""
        line = self.sheet.line(self.row)
        day = self.sheet.week.days[self.lines.active]
        week = self.typed_week
        if line.person is None or week.faults(
            line,
            day,
        ):
            for shift in week.shifts(
                line,
                day,
            ):
                self._push_who(shift)
                return
        for gap in week.gaps(day):
            if seat_of(
                week,
                gap,
            ):
                self.who_can_fill(gap)
                return
        self.say(f"No seat is open on {day:%a} {day}.")

    def who_can_fill(self, gap: Gap) -> None:
        """Open the people who can fill a gap."""
        seat = seat_of(
            self.typed_week,
            gap,
        )
        if seat is None:
            self.say("The rule names no role: anybody may fill it.")
        else:
            self._push_who(seat)

    def _push_who(self, seat: Shift) -> None:
        self.keep()
        self.app.push_screen(
            WhoScreen(
                self,
                seat,
            )
        )

    def asked(self, seat: Shift) -> Mapping[int, str]:
        """Return what people said when they were asked to take a seat; nothing of a gap."""
        if not (seat.id and self.office.may_view(CoverAsk)):
            return {}
        return asked_words(
            self.office,
            seat.id,
        )

    def give(
        self,
        seat: Shift,
        person: int,
        reason: str | None,
    ) -> None:
        """Type a seat into the day of somebody, and take it from where it was."""
        texts = given(
            self.typed_week,
            seat,
            person,
        )
        for line_id, text in texts.items():
            row = self._row_of(line_id)
            self.entries.put(
                row,
                {COLUMNS[seat.on.weekday()]: text},
            )
        if reason:
            self.entries.put(
                self._row_of(str(person)),
                {REASON: reason},
            )
        self.keep()
        self.go_to_day(
            seat.on,
            str(person),
        )

    def _row_of(self, line_id: str) -> SheetRow:
        """Return the row of a line, added where the sheet has none for it."""
        if self.entries.place(line_id) is None:
            self.entries.add(line_id)
            self.entries.read(self.office)
        return self.entries.rows[self.entries.place(line_id) or 0]

    def go_to_day(
        self,
        day: date,
        line_id: str,
    ) -> None:
        """Put the cursor on a day of a line."""
        self.lay_out()
        self.go_to_row(line_id)
        self.go_to_column(day.weekday())

    def go_to_gap(self, gap: Gap) -> None:
        """Put the cursor on the day of a gap, in the first line of its role."""
        # A rule without a role has no line of its own, so the first one is as good.
        lines = self.sheet.week.lines()
        of_role = [line for line in lines if line.role == gap.rule.role]
        self.go_to_day(
            gap.on,
            (of_role or lines)[0].id,
        )
