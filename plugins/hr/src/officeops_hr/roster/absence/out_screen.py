"""The screen for the call at six: who works today and tomorrow, who is out, and the open seats."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops.tui import Key, Line, LineScreen, cut, pad
from officeops.values import safe, wording
from officeops_hr.people.job_role import JobRole
from officeops_hr.people.person import Person
from officeops_hr.roster.absence.call_out import CallOut
from officeops_hr.roster.absence.calling_out import call_out
from officeops_hr.roster.absence.cover_screen import cover_screen
from officeops_hr.roster.clock import span
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office

#: Cells of a name.
_NAME: Final = 28
_DAY: Final = timedelta(days=1)
#: The rows of the absent stay on the list, so that nobody takes the call twice.
_PLANNED: Final = (
    "day BETWEEN ? AND ? AND NOT dropped AND (person_id IS NOT NULL OR call_out_id IS NOT NULL)"
)


class Row(Value):
    """A shift of the plan with whose it is."""

    shift: Shift
    name: str
    what: str
    out: str

    @property
    def is_open(self) -> bool:
        """Whether nobody covers it."""
        return self.shift.person_id is None


class OutScreen(LineScreen):
    """Who calls out, and what that opens."""

    slow = True

    def gather(self, office: Office) -> list[Row]:
        """Read the shifts of today and tomorrow, those without anybody first."""
        days = (office.today.isoformat(), (office.today + _DAY).isoformat())
        shifts = list(
            office.all(
                Shift,
                _PLANNED,
                *days,
                order="day, starts_at, id",
            )
        )
        rows = [_row(office, shift) for shift in shifts]
        # Open seats first: they are why somebody looks at five past six.
        return sorted(rows, key=lambda row: (row.shift.day, not row.is_open, row.name))

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Out today"

    def status(self) -> str:
        """Return how many seats are open."""
        if self.gathered is None:
            return "reading…"
        # Counted in the title: the first glance at six is whether any is open.
        seats = [row for row in self.gathered if row.is_open]
        return f"{wording.count(len(seats), 'open shift')}"

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the people by day."""
        if self.gathered is None:
            return [Line.of("Reading the shifts…", "dim")]
        lines: list[Line] = []
        day = None
        for row in self.gathered:
            if row.shift.day != day:
                day = row.shift.day
                lines.append(Line.of(f"{day:%A} {day}", "head"))
            lines.append(_line(row, width))
        return lines or [Line.of("Nobody is planned today or tomorrow.", "dim")]

    def own_keys(self) -> Iterator[Key]:
        """Yield the one key: call out, or cover an open seat."""
        yield Key(
            ("enter", ":cover"),
            "call out or cover",
            self.enter,
            "Note that they do not come, or say who covers",
            1,
            reason=self._why_not,
            means="do",
        )

    def _why_not(self) -> str | None:
        return None if isinstance(self.selected, Row) else "nobody is under the cursor"

    def enter(self) -> None:
        """Cover an open shift, or ask whether its person calls out."""
        row = self.selected
        if not isinstance(row, Row):
            return
        # The call was taken before; the seat is left.
        if row.is_open:
            self._show_cover(row.shift)
            return
        day = row.shift.day
        question = f"{row.name} does not come on {day:%a} {day}?"
        self.ask(safe(question), partial(self._call_out, row))

    def _call_out(self, row: Row) -> None:
        person, day = row.shift.person_id, row.shift.day

        def work(office: Office) -> None:
            office.do(
                call_out,
                office.get(Person, person or 0),
                first_day=day,
            )

        # The next question is who covers, so that screen opens by itself.
        self.write(work, lambda _: self._show_cover(row.shift))

    def _show_cover(self, shift: Shift) -> None:
        # Pushed as by the key `assign`, so it closes with the permission as that one does.
        screen = cover_screen(self.office, shift)
        screen.require("hr.shift.assign")
        self.app.push_screen(screen)


def _row(office: Office, shift: Shift) -> Row:
    out = ""
    if shift.call_out_id is not None:
        absent = office.get(CallOut, shift.call_out_id)
        out = office.get(Person, absent.person_id).name
    name = office.get(Person, shift.person_id).name if shift.person_id else "open"
    return Row(
        shift,
        name,
        f"{span(shift.starts_at, shift.ends_at)} {office.get(JobRole, shift.role_id).code}",
        out,
    )


def _line(row: Row, width: int) -> Line:
    instead = f"  for {row.out}" if row.out else ""
    text = cut(safe(f"{pad(row.name, _NAME)}{row.what}{instead}"), width)
    return Line.of(
        text,
        "alarm" if row.is_open else "",
        row,
        str(row.shift.id),
    )
