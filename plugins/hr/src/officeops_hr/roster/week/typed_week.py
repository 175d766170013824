"""TypedWeek: a week as it would be if all that was typed were booked, with what speaks against it."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Final

from officeops_hr.leave.amounts import hours
from officeops_hr.roster.plan import ONE_DAY
from officeops_hr.roster.rules.cover import CAN_BUT, Candidate, answer
from officeops_hr.roster.rules.moving import who_can_or_moves
from officeops_hr.roster.rules.shift import Shift
from officeops_hr.roster.week.cell_text import Wanted, read_cell
from officeops_hr.roster.week.differences import Difference, UsualBreak, difference, usual_break

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from officeops_hr.roster.rules.cover import Answer
    from officeops_hr.roster.rules.coverage import Coverage
    from officeops_hr.roster.rules.gaps import Gap
    from officeops_hr.roster.week.week import Week, WeekLine

#: The columns of the sheet, Monday first; people name them so on the command line.
COLUMNS: Final = (
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
)
CLASHES: Final = "works already then"


class TypedWeek:
    """Answers for the cells of a week; `texts` are those typed, by line and column."""

    def __init__(
        self,
        week: Week,
        texts: Mapping[str, Mapping[str, str]],
    ) -> None:
        self.week, self.texts = week, texts
        self._breaks: dict[tuple[str, date, int], str] = {}
        # The list asks for each cell again and again while it is drawn.
        self.difference = cache(self._difference)
        self.of_person = cache(self._of_person)
        self.faults = cache(self._faults)
        self.doubts = cache(self._doubts)
        self.on_day = cache(self._on_day)
        self.gaps = cache(self._gaps)

    # -- the shifts ------------------------------------------------------------------------------

    def text(
        self,
        line_id: str,
        day: date,
    ) -> str:
        """Return the text that was typed for a day; blank for none."""
        return self.texts.get(line_id, {}).get(COLUMNS[day.weekday()], "")

    def shifts(
        self,
        line: WeekLine,
        day: date,
    ) -> list[Shift]:
        """Return the shifts of a cell, with those typed."""
        return self.difference(line, day).after

    def _difference(
        self,
        line: WeekLine,
        day: date,
    ) -> Difference:
        before, text = (
            self.week.shifts.get((line.id, day), []),
            self.text(line.id, day),
        )
        if not text:
            return Difference(
                before,
                [],
                [],
                [],
            )
        try:
            wanted = read_cell(
                text,
                self.week.templates,
                self.week.codes.values(),
                self.week.rooms.values(),
            )
        except ValueError:
            # The cell says that it cannot be read; until then the office's own shifts count.
            return Difference(
                before,
                [],
                [],
                [],
            )
        after = [
            self._shift(
                line,
                day,
                one,
                before,
            )
            for one in wanted
        ]
        return difference(before, after)

    def _shift(
        self,
        line: WeekLine,
        day: date,
        wanted: Wanted,
        before: list[Shift],
    ) -> Shift:
        unpaid = wanted.unpaid
        if unpaid is None:
            usual = self._usual_break(wanted, before)
            unpaid = usual.minutes
            # Said beside the shift: nobody typed these minutes, and they come off the pay.
            self._breaks[line.id, day, wanted.start] = usual.words
        roles = [role for role, code in self.week.codes.items() if code == wanted.role]
        rooms = [room for room, word in self.week.rooms.items() if word == wanted.room]
        return Shift(
            id=0,
            person=line.person,
            on=day,
            start=wanted.start,
            end=wanted.end,
            role=roles[0] if roles else line.role,
            place=self.week.place,
            pause=unpaid,
            kind=wanted.kind,
            room=rooms[0] if rooms else None,
        )

    def _usual_break(self, wanted: Wanted, before: list[Shift]) -> UsualBreak:
        return usual_break(
            wanted,
            before,
            self.week.templates,
            self.week.break_default,
        )

    def break_words(self, line: WeekLine, shift: Shift) -> str:
        """Return where the break of a typed shift is from, if nobody typed it; else blank."""
        return self._breaks.get((line.id, shift.on, shift.start), "")

    def _of_person(self, person: int) -> list[Shift]:
        """Return all shifts of somebody around the week, wherever they are."""
        shifts = [one for one in self.week.of_person.get(person, []) if not self.week.is_here(one)]
        line = self.week.line(str(person))
        if line is not None:
            for day in self.week.days:
                shifts += self.shifts(line, day)
        return shifts

    def changed_days(self, line: WeekLine) -> list[date]:
        """Return the days of a line that would change."""
        days = []
        for day in self.week.days:
            cell = self.difference(line, day)
            if cell.changed or cell.dropped:
                days.append(day)
        return days

    def on_call(self, day: date) -> list[str]:
        """Return the names of people who are on call from a day on."""
        calls = [shift for shift in self.on_day(day) if shift.kind == "on_call"]
        return [self.week.names.get(one.person or 0, "open") for one in calls]

    # -- what speaks against a cell --------------------------------------------------------------

    def _faults(
        self,
        line: WeekLine,
        day: date,
    ) -> list[str]:
        """Return why somebody cannot work the shifts of a day."""
        if line.person is None:
            return []
        why: list[str] = []
        for shift in self.shifts(line, day):
            why += self.week.facts.stops(line.person, shift)
            others = list(self.of_person(line.person))
            others.remove(shift)
            if any(shift.clashes(other) for other in others):
                why.append(CLASHES)
        return list(dict.fromkeys(why))

    def _doubts(
        self,
        line: WeekLine,
        day: date,
    ) -> list[str]:
        """Return what speaks against the shifts typed for a day; a reason overrides it."""
        if line.person is None:
            return []
        doubts: list[str] = []
        for shift in self.difference(line, day).changed:
            doubts += self.doubts_of(shift)
        return list(dict.fromkeys(doubts))

    def doubts_of(self, shift: Shift) -> list[str]:
        """Return what speaks against a shift that somebody has."""
        if shift.person is None:
            return []
        said = answer(
            shift,
            self._candidate(shift.person, shift),
            self.week.facts,
            self.week.limits,
        )
        return list(said.reasons) if said.group == CAN_BUT else []

    def _candidate(
        self,
        person: int,
        shift: Shift,
    ) -> Candidate:
        """Return somebody with all shifts of theirs but one."""
        others = list(self.of_person(person))
        if shift in others:
            others.remove(shift)
        return Candidate(
            person,
            self.week.names.get(person, ""),
            self.week.contract(person),
            tuple(others),
            self.week.covers.get(person, 0),
        )

    def answers(self, shift: Shift) -> list[Answer]:
        """Return everybody's answer for a shift or a gap, people who can first."""
        # Of everybody who works here, whatever their place: people help out.
        facts = self.week.facts
        here = [one for one in self.week.names if facts.is_employed(one, shift.on)]
        candidates = [self._candidate(one, shift) for one in here if one != shift.person]
        return who_can_or_moves(
            shift,
            candidates,
            facts,
            self.week.limits,
        )

    # -- what the days lack ----------------------------------------------------------------------

    def _on_day(self, day: date) -> list[Shift]:
        """Return the shifts of the place on a day."""
        shifts = []
        for line in self.lines:
            shifts += self.shifts(line, day)
        return shifts

    @cached_property
    def lines(self) -> list[WeekLine]:
        """The lines with any shift, stored or typed."""
        ids = {line_id for line_id, _ in self.week.shifts} | self.texts.keys()
        return [line for line_id in sorted(ids) if (line := self.week.line(line_id))]

    def _gaps(self, day: date) -> list[Gap]:
        """Return the gaps of a day, the worst first."""
        return self.week.plan.gaps_of(day, self._with_night(day))

    def levels(
        self,
        day: date,
        rule: Coverage,
    ) -> list[Gap]:
        """Return have and need of a rule over a day."""
        shifts = self._with_night(day)
        return self.week.plan.levels_of(
            day,
            shifts,
            rule,
        )

    def _with_night(self, day: date) -> list[Shift]:
        """Return the shifts of a day, and of the night that ends on it."""
        is_first = day == self.week.monday
        nights = self.week.night_before if is_first else self.on_day(day - ONE_DAY)
        return [*nights, *self.on_day(day)]

    # -- hours -----------------------------------------------------------------------------------

    def minutes(self, line: WeekLine) -> int:
        """Return the planned minutes of a line in the week; being on call is no work."""
        days = set(self.week.days)
        if line.person is None:
            shifts = [one for day in days for one in self.shifts(line, day)]
        else:
            shifts = [one for one in self.of_person(line.person) if one.on in days]
        return sum(shift.planned for shift in shifts if shift.is_work)

    def hours(self, line: WeekLine) -> str:
        """Return the hours of a line, with + over and - under those of the contract."""
        minutes = self.minutes(line)
        if line.person is None:
            return f"{hours(minutes)} " if minutes else ""
        # As agreed and not as usual: the usual week may be over it.
        contract = self.week.contract(line.person).minutes
        # A blank in place of a mark keeps the figures below each other.
        mark = "+" if minutes > contract else "-" if minutes < contract else " "
        return f"{hours(minutes)}{mark}"
