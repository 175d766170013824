"""WeekSheet: the shifts of a week, people in lines and days in columns, typed and booked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from officeops import EntrySheet, Refused, SheetRow, SheetTotal, field, sheet_column
from officeops.values import wording
from officeops_hr.people.job_role import JobRole
from officeops_hr.people.person import Person
from officeops_hr.roster.rules.cycle import monday_of
from officeops_hr.roster.usual_place import usual_place
from officeops_hr.roster.week.beside import BESIDE
from officeops_hr.roster.week.booking import book_week
from officeops_hr.roster.week.cell_text import BEGINS
from officeops_hr.roster.week.cells import WeekCells
from officeops_hr.roster.week.notes import notes
from officeops_hr.roster.week.typed_week import COLUMNS, TypedWeek
from officeops_hr.roster.week.week import OPEN, Week

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from officeops import Office, SheetColumn, Typed
    from officeops_hr.roster.week.week import WeekLine

#: The hidden column with why a line is planned although a rule warns.
REASON: Final = "reason"
#: Cells of a day before the shifts are read.
_WIDTH: Final = 8


class WeekSheet(EntrySheet):
    """The week of one place. Each line is somebody, or the open seats of a role."""

    key: ClassVar[str] = "hr.week"
    verb: ClassVar[str] = "hr.plan-week"
    noun: ClassVar[str] = "line"
    done: ClassVar[str] = "changed"
    heading: ClassVar[str] = "Person"
    expects: ClassVar[str] = ""
    differing: ClassVar[str] = "Changed"
    types: ClassVar[str] = "shift"
    typing: ClassVar[str] = "Type 7-3 or 7:30-15:30, a digit for a usual shift, or off"
    untouched: ClassVar[str] = "they stay as they are"
    adds: ClassVar[str] = "Person, or open and a role"
    nothing: ClassVar[str] = "Nobody works here yet: n adds somebody."
    goes_right: ClassVar[bool] = True
    note_lines: ClassVar[int] = 3
    label_width: ClassVar[int] = 12
    beside_width: ClassVar[int] = 8

    def __init__(
        self,
        office: Office,
        place: int,
        day: date,
    ) -> None:
        """Make the sheet of the week that a day is in."""
        self._office, self.place, self.monday = office, place, monday_of(day)
        self._show(
            Week(
                office,
                place,
                day,
            )
        )
        self._widths: dict[str, int] = {}
        # Read now: the booking asks for the name in a thread of its own.
        is_usual = place == usual_place(office)
        elsewhere = "" if is_usual else f", {self.week.place_name}"
        self._title = f"Week of {self.monday}{elsewhere}"
        #: The column beside the names, by its place among those to choose from.
        self.beside_at = 0

    def _show(self, week: Week) -> None:
        self.week, self.cells = week, WeekCells(week)

    @property
    def subject(self) -> str:
        """The place and the week."""
        return f"{self.place}:{self.monday}"

    @property
    def title(self) -> str:
        """The week, and the place unless it is the usual one."""
        return self._title

    # -- columns and rows ------------------------------------------------------------------------

    def columns_of(self, office: Office) -> Sequence[SheetColumn]:  # noqa: ARG002 - of any office
        """Return the days, and the reason of a line."""
        columns = [self._column(name) for name in COLUMNS]
        return [
            *columns,
            sheet_column(
                REASON,
                field(default=None),
                hidden=True,
            ),
        ]

    def _column(self, name: str) -> SheetColumn:
        day = self.day_of(name)
        return sheet_column(
            name,
            field(),
            width=self._widths.get(name, _WIDTH),
            begins=BEGINS,
            heading=f"{day:%a} {day.day}",
        )

    def day_of(self, column: str) -> date:
        """Return the day of a column."""
        return self.week.days[COLUMNS.index(column)]

    def rows(self, office: Office, also: Iterable[str]) -> Sequence[SheetRow]:
        """Return the lines of the week as the office has it now."""
        week = Week(
            office,
            self.place,
            self.monday,
        )
        lines = week.lines(also)
        # The booking reads in a thread of its own: its week is not for the screen.
        if office is self._office:
            self._show(week)
            widths = self.cells.widths(lines)
            self._widths = dict(
                zip(
                    COLUMNS,
                    widths,
                    strict=True,
                )
            )
        return [_row(week, line) for line in lines]

    def find(self, office: Office, text: str) -> str | None:
        """Return the line of a person, or that of the open seats of a role: `open MA`.

        Raises Refused for somebody of whom no role is known: nobody could say what they work as.
        """
        word, _, code = text.strip().partition(" ")
        if word.lower() == "open" and code:
            return f"{OPEN}{office.find(JobRole, code).id}"
        line_id = str(office.find(Person, text).id)
        # The sheet would drop such a line without a word.
        if Week(office, self.place, self.monday).line(line_id) is None:
            raise Refused(f"No role of {text} is known in that week.", code="needed")
        return line_id

    def add(self, office: Office, text: str) -> str:
        """Return the line of a person who has none here, or of the open seats of a role."""
        return self.find(office, text) or ""

    # -- what the screen shows -------------------------------------------------------------------

    def line(self, row: SheetRow) -> WeekLine:
        """Return the line of a row."""
        line = self.week.line(row.id)
        if line is None:
            raise LookupError(row.id)
        return line

    def cell(
        self,
        row: SheetRow,
        column: str,
        typed: Typed | None,
    ) -> str:
        """Return a day with its mark."""
        return self.cells.shown(
            self.line(row),
            self.day_of(column),
            typed,
        )

    def wrong(self, column: str, text: str) -> str:
        """Return why a text is no shift."""
        return "" if column == REASON else self.cells.wrong(text)

    def beside_heading(self) -> str:
        """Return the heading of the column beside the names."""
        return BESIDE[self.beside_at].heading

    def beside(self, row: SheetRow, typed: Typed | None) -> str:
        """Return the hours of a line, or what else was chosen."""
        line = self.line(row)
        return BESIDE[self.beside_at].text(self.cells.of_line(line, typed), line)

    def totals(
        self,
        rows: Sequence[SheetRow],  # noqa: ARG002 - of the whole week
        typed: Mapping[str, Typed],
    ) -> Sequence[SheetTotal]:
        """Return who is on call, and the gaps of each day."""
        week = self.cells.all_typed(typed)
        calls, gaps = {}, {}
        for name, day in zip(
            COLUMNS,
            week.week.days,
            strict=True,
        ):
            calls[name] = ", ".join(week.on_call(day))
            gaps[name] = str(len(week.gaps(day)) or "–")
        is_short = set(gaps.values()) != {"–"}
        lines = [SheetTotal("On call", calls)] if any(calls.values()) else []
        return [
            *lines,
            SheetTotal(
                "Gaps",
                gaps,
                alarm=is_short,
            ),
        ]

    def notes(
        self,
        row: SheetRow,
        column: str,
        typed: Mapping[str, Typed],
    ) -> Sequence[str]:
        """Return the shifts of the cell, the reasons against them, and the gap of its day."""
        week = self.cells.all_typed(typed)
        return notes(
            week,
            self.line(row),
            self.day_of(column),
        )

    # -- reviewing and booking -------------------------------------------------------------------

    def differs(self, row: SheetRow, typed: Typed) -> str:
        """Return the days that change."""
        line = self.line(row)
        days = self.cells.of_line(line, typed).changed_days(line)
        return " ".join(f"{day:%a}"[:2] for day in days)

    def booked_as(self, row: SheetRow, typed: Typed) -> str:
        """Return what keeps a line from being booked, else its hours."""
        line = self.line(row)
        week = self.cells.of_line(line, typed)
        days = week.changed_days(line)
        if any(week.faults(line, day) for day in days):
            return "cannot work"
        has_doubts = any(week.doubts(line, day) for day in days)
        return "needs a reason" if has_doubts and not typed.text(REASON) else week.hours(line)

    def summary(self, rows: Sequence[SheetRow], typed: Mapping[str, Typed]) -> str:
        """Return how many days change, and the gaps that are left."""
        days = 0
        for row in rows:
            if row.id in typed:
                days += len(self.differs(row, typed[row.id]).split())
        week = self.cells.all_typed(typed)
        gaps = sum(len(week.gaps(day)) for day in self.week.days)
        return f"{wording.count(days, 'day')}, {wording.count(gaps, 'gap')} left"

    def book(self, office: Office, typed: Mapping[str, Typed]) -> str:
        """Write the shifts."""
        # Read again in the action's office: it has what others booked since.
        week = Week(
            office,
            self.place,
            self.monday,
        )
        texts = {row_id: row.texts for row_id, row in typed.items()}
        reasons = {row_id: row.text(REASON) for row_id, row in typed.items()}
        lines = [line for row_id in typed if (line := week.line(row_id))]
        return book_week(
            office,
            TypedWeek(week, texts),
            lines,
            reasons,
        )


def _row(week: Week, line: WeekLine) -> SheetRow:
    stored = [week.shifts.get((line.id, day), []) for day in week.days]
    of = () if line.person is None else ((Person.meta.key, line.person),)
    return SheetRow(
        line.id,
        f"{line.code} {line.name}",
        seen=repr(stored),
        of=of,
    )
