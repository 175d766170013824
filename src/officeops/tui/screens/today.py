"""Today: what needs doing, worst first. The first screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from officeops.model.due import SEVERITIES, Noted
from officeops.model.errors import NotFound, UsageProblem
from officeops.tui.base.command_line import screens
from officeops.tui.base.line_screen import LineScreen
from officeops.tui.base.record_actions import office_keys, perform
from officeops.tui.base.record_verbs import of_action
from officeops.tui.terminal.cells import pad, width_of, wrapped
from officeops.tui.terminal.keys import RESERVED, Key
from officeops.tui.widgets.lines import Line
from officeops.values.convert import safe
from officeops.values.dates import read_date
from officeops.values.plain_text import wrapped as unbroken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from officeops.model.actions import Action
    from officeops.office.office import Office
    from officeops.tui.widgets.rows import Span

#: What the severities are called over their items.
HEADINGS = {
    "unsafe": "Unsafe: people could be harmed",
    "legal": "Required by law or contract",
    "money": "Costs money",
    "routine": "Routine",
}


class Today(LineScreen):
    """What is due, from every plugin, grouped by what is at stake."""

    slow = True

    def gather(self, office: Office) -> list[Noted]:
        """Ask every plugin what is due."""
        return office.due_items(snoozed=True)

    @property
    def items(self) -> list[Noted]:
        """What is due, as last told."""
        return self.gathered or []

    def crumb(self) -> str:
        """Return the screen's name and the day."""
        return f"Today {self.office.today}"

    def status(self) -> str:
        """Return how many things are due."""
        if self.gathered is None:
            return "reading…"
        awake = sum(not self._asleep(each) for each in self.items)
        return f"{awake} due" if awake else "nothing due"

    def _asleep(self, item: Noted) -> bool:
        return item.snoozed_until > self.office.today.isoformat()

    # -- lines --------------------------------------------------------------------------------------

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the due items by severity, then what is snoozed and which plugins did not answer."""
        if self.gathered is None:
            return [Line.of("Reading the due items…", "dim")]
        awake = [each for each in self.items if not self._asleep(each)]
        found = [line for severity in SEVERITIES for line in self._group(severity, awake, width)]
        if not found:
            hint = "Press b to browse, : to go anywhere, ? for help."
            found = [
                Line.of("Nothing needs doing today.", "strong"),
                Line(),
                Line.of(hint, "dim"),
                Line(),
            ]
        return [*found, *self._snoozed(width), *self._troubles(width)]

    def _group(self, severity: str, items: list[Noted], width: int) -> Iterator[Line]:
        mine = [each for each in items if each.due.severity == severity]
        if mine:
            yield Line.of(f"{HEADINGS[severity]} ({len(mine)})", "head")
            for each in mine:
                yield from self._lines_of(each, width)
            yield Line()

    def _lines_of(self, item: Noted, width: int) -> Iterator[Line]:
        """Yield a due item's line; what could harm people goes on below it, and is never cut."""
        whole = safe(item.due.what)
        room = self._room(item, width)
        first, *more = unbroken(whole, room) if item.due.severity == "unsafe" else [whole]
        yield Line(self._spans(item, first, width), item, item.due.key)
        yield from (Line.of(f"    {part}", "", item) for part in more)

    def _room(self, item: Noted, width: int) -> int:
        return width - width_of(late(item.due.on, self.office.today)) - 6

    def _spans(self, item: Noted, what: str, width: int) -> tuple[Span, ...]:
        when = late(item.due.on, self.office.today)
        new = "" if item.seen else "new "
        return (
            (f"{new:4}", "strong"),
            (pad(what, self._room(item, width)), ""),
            ("  " + when, "alarm" if item.due.on < self.office.today else "dim"),
        )

    def _snoozed(self, width: int) -> Iterator[Line]:
        asleep = [each for each in self.items if self._asleep(each)]
        if asleep:
            yield Line.of(f"Snoozed ({len(asleep)})", "head")
            for each in asleep:
                when = f"until {each.snoozed_until} by {safe(each.snoozed_by)}"
                text = pad(safe(each.due.what), width - width_of(when) - 6)
                yield Line(((f"    {text}  {when}", "dim"),), each, each.due.key)
            yield Line()

    def _troubles(self, width: int) -> Iterator[Line]:
        troubles = self.office.plugins.troubles
        if troubles:
            yield Line.of("Not in order: this list may be incomplete", "alarm")
            for each in troubles:
                yield from (Line.of(f"  {part}") for part in wrapped(safe(str(each)), width - 2))

    # -- keys ---------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys for due items, and those of plugins' screens."""
        yield Key(("enter",), "open", self.open, "Open the due item", 1, reason=self._none)
        yield Key(("a",), "act", self.act, "Do what settles it", 2, reason=self._none)
        words = "Put it off until a day, for the whole office"
        yield Key(("s",), "snooze", self.read_snooze, words, 2, reason=self._none)
        yield Key(("v",), "seen", self.see, "Mark it as seen by you", 3, reason=self._none)
        taken = {"a", "s", "v"} | RESERVED
        for word, screen in screens(self.office).items():
            letter = (screen.key,) if screen.key and screen.key not in taken else ()
            label, run = screen.title.lower(), partial(self.desk.open_screen, screen)
            yield Key(
                (*letter, f":{word}"), label, run, f"Open {label}", 2 if letter else 9, "Screens"
            )
        yield from office_keys(self)
        yield Key(("right", "l"), "open", self.open, "Open the due item", 9, reason=self._none)

    def _none(self) -> str | None:
        return None if isinstance(self.selected, Noted) else "nothing is due on this line"

    @property
    def item(self) -> Noted:
        """The due item under the cursor."""
        if not isinstance(self.selected, Noted):
            raise NotFound("Nothing is due on this line.")
        return self.selected

    def open(self) -> None:
        """Open the record that is due."""
        due = self.item.due
        record = self.office.records.get(due.record)
        if record and due.record_id:
            self.desk.open_record(record, due.record_id)
        else:
            self.act()

    def act(self) -> None:
        """Do the action that settles it, or open the screen or list where that is done."""
        due = self.item.due
        record = self.office.records.get(due.record)
        actions = self.office.actions(record) if record else []
        action = next((each for each in actions if each.verb == due.action), None)
        several = [each for each in actions if each.verb in due.action.split(" or ")]
        if record and due.record_id and len(several) > 1:
            about = [self.office.get(record, due.record_id)]
            reader, label = partial(_one_of, several), " or ".join(each.verb for each in several)
            self.ask_for(
                f"{label.capitalize()}? ",
                reader,
                lambda chosen: perform(self, of_action(chosen), about),
            )
        elif action and record and due.record_id:
            perform(self, of_action(action), [self.office.get(record, due.record_id)])
        elif due.action and self.desk.knows(due.action):
            self.desk.go(due.action)
        elif record and due.record_id:
            self.desk.open_record(record, due.record_id)
        elif record:
            self.desk.open_kind(record)
        else:
            self.say(
                "No action is declared for this; see to it, then it goes from the list by itself."
            )

    def read_snooze(self) -> None:
        """Ask until when to put it off."""
        reader = partial(read_date, ways=self.office.ways)
        self.ask_for(
            "Snooze until (+7d, 2026-01-31): ",
            reader,
            partial(self._snooze, self.item),
            value="+7d",
        )

    def _snooze(self, item: Noted, until: date) -> None:
        self.write(
            lambda office: office.snooze(item.due.key, until),
            lambda _: self.say(f"Snoozed until {until}."),
        )

    def see(self) -> None:
        """Mark it as seen."""
        key = self.item.due.key
        self.write(lambda office: office.mark_seen([key]), lambda _: self.list.move(1))


def _one_of(actions: Sequence[Action[..., Any]], text: str) -> Action[..., Any]:
    """Return the action that a word, or its beginning, means. Raises UsageProblem."""
    word = text.strip().lower()
    meant = [each for each in actions if word and each.verb.startswith(word)]
    if len(meant) != 1:
        raise UsageProblem(f"Write {' or '.join(each.verb for each in actions)}.")
    return meant[0]


def late(on: date, today: date) -> str:
    """Return a day as people say it beside a due item."""
    days = (on - today).days
    if days == 0:
        return "today"
    if days < 0:
        return f"{-days} day{'s' if days < -1 else ''} late"
    return f"in {days} day{'s' if days > 1 else ''}" if days < 100 else str(on)
