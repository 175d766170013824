"""The screen of a week: its sheet, with the keys that go to other weeks and places, and publish."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from officeops import Location
from officeops.values import safe, wording
from officeops_hr.roster.lay_out import lay_out_schedule
from officeops_hr.roster.publishing import publish_schedule
from officeops_hr.roster.reasons import gap_words
from officeops_hr.roster.usual_place import usual_place
from officeops_hr.roster.week.beside import BESIDE
from officeops_hr.roster.week.copying import copied
from officeops_hr.roster.week.covering_screen import CoveringScreen
from officeops_hr.roster.week.sheet import REASON, WeekSheet
from officeops_hr.roster.week.week_keys import week_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from officeops import Office
    from officeops.tui import Key

_WEEK: Final = timedelta(days=7)


class WeekScreen(CoveringScreen):
    """The week of a place."""

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
        if copy.asks:
            self._ask_once(copy.asks, safe(words))
        else:
            self.say(safe(words))

    def _ask_once(self, asks: Mapping[str, str], words: str) -> None:
        """Ask why for all copied lines of which a rule warns as it did not last week."""
        first, *others = asks.values()
        more = f" and {len(others)} more" if others else ""
        self.ask_for(
            f"Why ({safe(first)}{more}): ",
            _typed,
            partial(self._keep_reasons, list(asks), words),
        )

    def _keep_reasons(
        self,
        row_ids: Iterable[str],
        words: str,
        text: str,
    ) -> None:
        for row_id in row_ids:
            self._keep_reason(row_id, text)
        # Only now: the question was where the sentence would have been.
        self.say(words)

    def booked(self, words: str) -> None:
        """Stay in the week after its lines were booked: it is published from here."""
        self.entries.forget()
        self._written(words)

    # -- writing ---------------------------------------------------------------------------------

    def publish(self) -> None:
        """Ask, then publish the week as it is booked."""
        # A draft is nobody's news: only booked shifts are published.
        if len(self.entries):
            self.say("What you typed is not booked yet: ctrl+s reviews it, :discard discards it.")
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
