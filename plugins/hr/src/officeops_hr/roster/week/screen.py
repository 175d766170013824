"""The screen of a week: its sheet, with the keys that go to other weeks and places, and publish."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final

from officeops import Location
from officeops.tui import Key, SheetScreen
from officeops.values import safe, wording
from officeops_hr.roster.lay_out import lay_out_schedule
from officeops_hr.roster.publishing import publish_schedule
from officeops_hr.roster.reasons import gap_words
from officeops_hr.roster.usual_place import usual_place
from officeops_hr.roster.week.beside import BESIDE
from officeops_hr.roster.week.copying import copied
from officeops_hr.roster.week.sheet import REASON, WeekSheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from officeops import Office

_WEEK: Final = timedelta(days=7)
GROUP: Final = "Week"


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
        """Yield the keys of the week."""
        yield from self._going()
        yield from self._planning()

    def _going(self) -> Iterator[Key]:
        yield self._key(
            ("b",),
            "before",
            partial(self._go, -_WEEK),
            "The week before",
            4,
        )
        yield self._key(
            ("f",),
            "after",
            partial(self._go, _WEEK),
            "The week after",
            4,
        )
        if self.office.value("SELECT count(*) > 1 FROM core_location WHERE archived_at IS NULL"):
            yield self._key(
                ("p",),
                "place",
                self._ask_place,
                "Go to another place",
                5,
            )
        words = "Turn the column beside the names: hours, agreed, over, rest"
        yield self._key(
            ("i",),
            "beside",
            self._turn,
            words,
            5,
        )

    def _planning(self) -> Iterator[Key]:
        yield self._key(
            ("P", ":publish"),
            "publish",
            self.publish,
            "Publish the week",
            2,
        )
        yield self._key(
            ("=", ":copy"),
            "copy",
            self._copy,
            "Copy the week before into this one",
            3,
        )
        words = "Say why this line is planned although a rule warns"
        yield self._key(
            ("w",),
            "reason",
            self._ask_reason,
            words,
            5,
        )
        words = "Add the shifts of patterns up to this week"
        yield self._key(
            ("a", ":lay-out"),
            "lay out",
            self._lay_out,
            words,
            5,
        )

    def _key(
        self,
        names: tuple[str, ...],
        label: str,
        run: Callable[[], object],
        words: str,
        rank: int,
    ) -> Key:
        return Key(
            names,
            label,
            run,
            words,
            rank,
            GROUP,
        )

    def _go(self, step: timedelta) -> None:
        self._open(self.sheet.place, self.sheet.monday + step)

    def _open(self, place: int, day: date) -> None:
        self.keep()
        self.app.switch_screen(
            WeekScreen(
                self.office,
                place,
                day,
            )
        )

    def _ask_place(self) -> None:
        self.ask_for(
            "Place: ",
            _typed,
            self._go_to_place,
        )

    def _go_to_place(self, text: str) -> None:
        self._open(self.office.find(Location, text).id, self.sheet.monday)

    def _turn(self) -> None:
        self.sheet.beside_at = (self.sheet.beside_at + 1) % len(BESIDE)
        self.lay_out()

    def _ask_reason(self) -> None:
        row = self.row
        self.ask_for(
            f"Why, {safe(row.label)}: ",
            _typed,
            partial(self._keep_reason, row.id),
        )

    def _keep_reason(self, row_id: str, text: str) -> None:
        place = self.entries.place(row_id)
        if place is not None:
            self.entries.put(self.entries.rows[place], {REASON: text})
            self.keep()
            self.lay_out()

    def _copy(self) -> None:
        copy = copied(self.sheet.week)
        for row_id, cells in copy.texts.items():
            if self.entries.place(row_id) is None:
                self.entries.add(row_id)
                self.entries.read(self.office)
            place = self.entries.place(row_id)
            if place is not None:
                self.entries.put(self.entries.rows[place], cells)
        self.keep()
        self.lay_out()
        self.show_bars()
        lines = wording.count(len(copy.texts), "line")
        words = f"{lines} copied, not booked." if copy.texts else "Nothing to copy."
        if copy.left:
            words += f" Cannot work then: {wording.listing(copy.left)}."
        self.say(safe(words))

    def booked(self, words: str) -> None:
        """Stay in the week after its lines were booked: it is published from here."""
        self.entries.forget()
        self._written(words)

    # -- writing ---------------------------------------------------------------------------------

    def publish(self) -> None:
        """Ask, then publish the week as it is booked."""
        if len(self.entries):
            self.say("What you typed is not booked yet: r reviews it, d discards it.")
            return
        week = self.sheet.week
        blocking = [gap for gap in week.plan.gaps if gap.rule.blocks]
        if blocking:
            words = gap_words(week.plan, blocking[0])
            self.ask_for(
                f"{words}. Why publish it? ",
                _typed,
                self._publish,
            )
            return
        people = {person for change in week.changes for person in change.people}
        names = wording.listing([week.names.get(person, "?") for person in sorted(people)])
        concerns = f" It concerns {names}." if names else ""
        self.ask(f"Publish the week of {week.monday}?{concerns}", partial(self._publish, None))

    def _publish(self, despite: str | None) -> None:
        self.write(partial(self._publish_in, despite=despite), self._written)

    def _publish_in(self, office: Office, despite: str | None) -> str:
        place, monday = self.sheet.place, self.sheet.monday
        return office.do(
            publish_schedule,
            week=monday,
            place_id=place,
            despite=despite,
        )

    def _lay_out(self) -> None:
        last = self.sheet.week.days[-1]
        self.write(lambda office: office.do(lay_out_schedule, until=last), self._written)

    def _written(self, words: str) -> None:
        self.reload()
        self.say(words)


def _typed(text: str) -> str | None:
    return text.strip() or None
