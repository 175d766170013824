"""TimeSheet: the hours of a day or of a person, typed as exceptions and confirmed for the rest."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops import EntrySheet, SheetRow, field, sheet_column
from officeops.values import wording
from officeops_hr.people.person import Person
from officeops_hr.worked.name_order import by_name
from officeops_hr.worked.sheet import day_text
from officeops_hr.worked.sheet.day_booking import book_day
from officeops_hr.worked.sheet.typed_day import TypedDay
from officeops_hr.worked.sheet.worked_day import worked_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from officeops import Office, Typed
    from officeops_hr.worked.sheet.worked_day import PersonDay, WorkedDay

WORKED: Final = "worked"
NOTE: Final = "note"
_COLUMNS: Final = (
    sheet_column(
        WORKED,
        field(),
        width=14,
        begins=day_text.BEGINS,
        heading="Worked",
    ),
    sheet_column(
        NOTE,
        field(default=None),
        width=16,
        heading="Note",
    ),
)


class TimeSheet(EntrySheet):
    """Days of people as rostered, entered, absent or missing. Enter takes a day as rostered."""

    key = "hr.time"
    verb = "hr.confirm-time"
    noun = "day"
    done = "typed"
    expects = "rostered"
    differing = "Hours"
    types = "times"
    typing = "Type 7:30-6, with /30 an unpaid break, = as rostered, or x for absent"
    untouched = "they stay as they are"
    nothing = "Nobody was rostered, and nobody entered time: n adds somebody."
    label_width = 18
    note_lines = 2
    columns = _COLUMNS

    def __init__(
        self,
        first: date,
        last: date,
        person: int | None = None,
    ) -> None:
        """Make the sheet of some days, of one person or of everybody within reach."""
        self.first = first
        self.last = last
        self._person = person
        self._days: dict[str, WorkedDay] = {}

    @property
    def subject(self) -> str:
        """The person, or the day."""
        return f"{self.first}" if self._person is None else f"of {self._person}"

    def label(self, worked: WorkedDay) -> str:
        """Return the first cell of a row."""
        raise NotImplementedError

    def order(self, worked: WorkedDay) -> tuple[str, str]:
        """Return the place of a row."""
        return by_name(self.label(worked))

    # -- rows ------------------------------------------------------------------------------------

    def rows(
        self,
        office: Office,
        also: Iterable[str],
    ) -> Sequence[SheetRow]:
        """Return a row for each day with a shift or an entry, and for each one that was added."""
        # Replaced whole: the booking reads in a thread of its own.
        self._days, self._moment = self._read(office, also), office.ways.moment
        return [self._row(row_id, worked) for row_id, worked in self._days.items()]

    def _read(
        self,
        office: Office,
        also: Iterable[str],
    ) -> dict[str, WorkedDay]:
        """Return the days by their rows."""
        days = worked_days(
            office,
            self.first,
            self.last,
            self._person,
            [_person_day(row_id) for row_id in also],
        )
        by_row = {}
        for worked in sorted(days, key=self.order):
            by_row[row_id(worked.person_id, worked.day)] = worked
        return by_row

    def _row(
        self,
        row_id: str,
        worked: WorkedDay,
    ) -> SheetRow:
        # Nobody is confirmed by Enter who was off, or of whom something is known already.
        is_missing = worked.rostered and not worked.entries and not worked.is_off
        return SheetRow(
            row_id,
            self.label(worked),
            # With a gap before the cell beside it.
            f"{day_text.times_of(worked.rostered)} ",
            offered={WORKED: day_text.SAME} if is_missing else {},
            needs=() if worked.entries else (WORKED,),
            seen=_seen(worked),
            of=((Person.meta.key, worked.person_id),),
        )

    def is_missing(self, row: SheetRow) -> bool:
        """Whether nobody has said anything of a day on which somebody was to work."""
        return bool(row.offered)

    # -- what the screen shows -------------------------------------------------------------------

    def _typed(
        self,
        row: SheetRow,
        typed: Typed | None,
    ) -> TypedDay:
        text = typed.text(WORKED) if typed else ""
        return TypedDay(self._days[row.id], text, self._moment)

    def cell(
        self,
        row: SheetRow,
        column: str,
        typed: Typed | None,
    ) -> str:
        """Return the typed text, else the office's own."""
        if column == WORKED:
            return self._typed(row, typed).cell()
        text = typed.text(column) if typed else ""
        notes = [entry.note for entry in self._days[row.id].entries if entry.note]
        return text or " ".join(notes)

    def wrong(
        self,
        column: str,
        text: str,
    ) -> str:
        """Return why a text says nothing of a day."""
        return day_text.wrong(text) if column == WORKED else ""

    def beside(
        self,
        row: SheetRow,
        typed: Typed | None,
    ) -> str:
        """Return the hours of a day."""
        return self._typed(row, typed).hours()

    def notes(
        self,
        row: SheetRow,
        column: str,  # noqa: ARG002 - of the whole row
        typed: Mapping[str, Typed],
    ) -> Sequence[str]:
        """Return the times with the unpaid break, and what speaks against a change."""
        return list(self._typed(row, typed.get(row.id)).sentences())

    # -- reviewing and booking -------------------------------------------------------------------

    def differs(
        self,
        row: SheetRow,
        typed: Typed,
    ) -> str:
        """Return how much more or less than rostered somebody worked."""
        return self._typed(row, typed).more()

    def booked_as(
        self,
        row: SheetRow,
        typed: Typed,
    ) -> str:
        """Return what becomes of the day."""
        return self._typed(row, typed).booked_as()

    def summary(
        self,
        rows: Sequence[SheetRow],
        typed: Mapping[str, Typed],
    ) -> str:
        """Return how many days are not as rostered, and how many stay missing."""
        left = 0
        for row in rows:
            left += self.is_missing(row) and row.id not in typed
        others = len(typed) - _confirmed(typed)
        return f"{wording.count(others, 'exception')}, {left} still missing"

    def book(
        self,
        office: Office,
        typed: Mapping[str, Typed],
    ) -> str:
        """Write the entries of each day."""
        # Read again in the action's office: it has what others booked since.
        days = self._read(office, typed)
        for row_id, row in typed.items():
            book_day(
                office,
                days[row_id],
                row.text(WORKED),
                row.text(NOTE) or None,
            )
        same = _confirmed(typed)
        entered = wording.count(len(typed) - same, "day")
        return f"{wording.count(same, 'day')} confirmed as rostered, {entered} entered."


def _confirmed(typed: Mapping[str, Typed]) -> int:
    """Return how many days are confirmed as rostered."""
    texts = [row.text(WORKED) for row in typed.values()]
    return texts.count(day_text.SAME)


def row_id(person: int, day: date) -> str:
    """Return the row of somebody's day."""
    return f"{person}:{day}"


def _person_day(row_id: str) -> PersonDay:
    person, _, day = row_id.partition(":")
    return int(person), date.fromisoformat(day)


def _seen(worked: WorkedDay) -> str:
    """Return the state of the office that a person types against."""
    kept = [(entry.id, entry.version) for entry in worked.entries]
    return f"{day_text.times_of(worked.rostered)} {kept} {worked.is_off}"
