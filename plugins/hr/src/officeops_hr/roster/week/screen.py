"""The screen of a week: its sheet, with the keys that go to other weeks and places, and publish."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from officeops import Location, named
from officeops.tui import SheetScreen
from officeops.values import safe, wording
from officeops_hr.roster.absence.asked import asked_words
from officeops_hr.roster.absence.cover_ask import CoverAsk
from officeops_hr.roster.lay_out import lay_out_schedule
from officeops_hr.roster.publishing import publish_schedule
from officeops_hr.roster.reasons import gap_words
from officeops_hr.roster.usual_place import usual_place
from officeops_hr.roster.week.beside import BESIDE
from officeops_hr.roster.week.copying import copied
from officeops_hr.roster.week.coverage_screen import CoverageScreen
from officeops_hr.roster.week.coverage_table import seat_of
from officeops_hr.roster.week.giving import given
from officeops_hr.roster.week.sheet import REASON, WeekSheet
from officeops_hr.roster.week.typed_week import COLUMNS
from officeops_hr.roster.week.week_keys import week_keys
from officeops_hr.roster.week.who_screen import WhoScreen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from officeops import Office, SheetRow
    from officeops.tui import Key
    from officeops_hr.roster.rules.gaps import Gap
    from officeops_hr.roster.rules.shift import Shift
    from officeops_hr.roster.week.typed_week import TypedWeek

_WEEK: Final = timedelta(days=7)


class WeekScreen(SheetScreen):
    """The week of a place."""

    sheet: WeekSheet

    def __init__(
        self,
        office: Office,
        place: int | None = None,
        day: date | None = None,
    ) -> None:
        """Open this week at the usual place, or another one."""
        here = place or usual_place(office) or 0
        super().__init__(
            office,
            WeekSheet(
                office,
                here,
                day or office.today,
            ),
        )

    def status(self) -> str:
        """Return how much is typed; otherwise what of the week is published."""
        if len(self.entries):
            return super().status()
        revision = self.sheet.week.revision
        if revision is None:
            return "not published"
        changes = self.sheet.week.changes
        since = f", {wording.count(len(changes), 'change')} since" if changes else ""
        return f"revision {revision.number}{since}"

    # -- keys ------------------------------------------------------------------------------------

    def sheet_keys(self) -> Iterable[Key]:
        """Return the keys of the week."""
        return week_keys(self)

    def go_by(self, weeks: int) -> None:
        """Go to a week before or after."""
        self._open(
            self.sheet.place,
            self.sheet.monday + weeks * _WEEK,
        )

    def _open(
        self,
        place: int,
        day: date,
    ) -> None:
        self.keep()
        self.app.switch_screen(
            WeekScreen(
                self.office,
                place,
                day,
            )
        )

    def ask_place(self) -> None:
        """Ask for another place."""
        self.ask_for(
            "Place: ",
            _typed,
            self._go_to_place,
        )

    def _go_to_place(self, text: str) -> None:
        self._open(
            self.office.find(
                Location,
                text,
            ).id,
            self.sheet.monday,
        )

    def turn_beside(self) -> None:
        """Turn the column beside the names."""
        self.sheet.beside_at = (self.sheet.beside_at + 1) % len(BESIDE)
        self.lay_out()

    def ask_reason(self) -> None:
        """Ask why the line is planned although a rule warns."""
        row = self.row
        self.ask_for(
            f"Why, {safe(row.label)}: ",
            _typed,
            partial(
                self._keep_reason,
                row.id,
            ),
        )

    def _keep_reason(
        self,
        row_id: str,
        text: str,
    ) -> None:
        place = self.entries.place(row_id)
        if place is not None:
            self.entries.put(
                self.entries.rows[place],
                {REASON: text},
            )
            self.keep()
            self.lay_out()

    def copy_week(self) -> None:
        """Type the shifts of the week before."""
        copy = copied(self.sheet.week)
        for row_id, cells in copy.texts.items():
            self.entries.put(
                self._row_of(row_id),
                cells,
            )
        self.keep()
        self.lay_out()
        self.show_bars()
        lines = wording.count(
            len(copy.texts),
            "line",
        )
        words = f"{lines} copied, not booked." if copy.texts else "Nothing to copy."
        if copy.left:
            words += f" Cannot work then: {wording.listing(copy.left)}."
        self.say(safe(words))

    def booked(self, words: str) -> None:
        """Stay in the week after its lines were booked: it is published from here."""
        self.entries.forget()
        self._written(words)

    # -- coverage --------------------------------------------------------------------------------

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

    # -- writing ---------------------------------------------------------------------------------

    def publish(self) -> None:
        """Ask, then publish the week as it is booked."""
        # A draft is nobody's news: only booked shifts are published.
        if len(self.entries):
            self.say("What you typed is not booked yet: r reviews it, d discards it.")
            return
        week = self.sheet.week
        # A gap that must not be wants its reason, which everybody can read in the revision.
        blocking = [gap for gap in week.plan.gaps if gap.rule.blocks]
        if blocking:
            words = gap_words(
                week.plan,
                blocking[0],
            )
            self.ask_for(
                f"{words}. Why publish it? ",
                _typed,
                self._publish,
            )
            return
        # Old and new: who lost a shift has to hear it as well.
        people = {person for change in week.changes for person in change.people}
        names = wording.listing(
            [
                week.names.get(
                    person,
                    "?",
                )
                for person in sorted(people)
            ]
        )
        concerns = f" It concerns {names}." if names else ""
        self.ask(
            f"Publish the week of {week.monday}?{concerns}",
            partial(
                self._publish,
                None,
            ),
        )

    def _publish(self, despite: str | None) -> None:
        self.write(
            partial(
                self._publish_in,
                despite=despite,
            ),
            self._written,
        )

    def _publish_in(
        self,
        office: Office,
        despite: str | None,
    ) -> str:
        place, monday = self.sheet.place, self.sheet.monday
        return office.do(
            publish_schedule,
            week=monday,
            place_id=place,
            despite=despite,
        )

    def lay_out_patterns(self) -> None:
        """Add the shifts of patterns up to this week."""
        last = self.sheet.week.days[-1]
        self.write(
            lambda office: office.do(
                lay_out_schedule,
                until=last,
            ),
            self._written,
        )

    def _written(self, words: str) -> None:
        self.reload()
        self.say(words)


def _typed(text: str) -> str | None:
    return text.strip() or None
