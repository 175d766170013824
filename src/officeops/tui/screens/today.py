"""Today: everything that is due, late ones first. The first screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from officeops.model.due import Noted
from officeops.model.errors import NotFound
from officeops.tui.base.command_line import screen_letters, screens
from officeops.tui.base.line_screen import LineScreen
from officeops.tui.base.record_actions import office_keys, perform
from officeops.tui.base.record_forms import edit
from officeops.tui.base.record_verbs import of_action
from officeops.tui.screens.due_lines import DueLines, nothing_due, trouble_lines
from officeops.tui.terminal.cells import cut
from officeops.tui.terminal.keys import NEVER, Key
from officeops.tui.widgets.lines import Line
from officeops.values.dates import read_date
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from officeops.model.actions import Action
    from officeops.model.records import Record
    from officeops.office.office import Office


#: Cells of the settling word in the key line.
_MOST_OF_WORD: Final = 20


class Today(LineScreen):
    """The due items of all plugins: late, of today, soon."""

    slow = True
    #: Whether the list has the items alone that the acting person sees to.
    is_mine = False

    def gather(self, office: Office) -> list[Noted]:
        """Ask every plugin for its due items."""
        items = office.due_items(snoozed=True)
        return office.due.mine(items) if self.is_mine else items

    @property
    def items(self) -> list[Noted]:
        """The due items, as the plugins answered last."""
        return self.gathered or []

    def crumb(self) -> str:
        """Return the screen's name and the day."""
        whose = ", yours" if self.is_mine else ""
        return f"Today {self.office.today}{whose}"

    def status(self) -> str:
        """Return how many items are due."""
        if self.gathered is None:
            return "reading…"
        due = self._due_lines(0)
        if due.awake:
            late = f"{len(due.late)} late, " if due.late else ""
            return f"{late}{len(due.awake)} due"
        return "incomplete" if self.office.plugins.troubles else "nothing due"

    def _due_lines(self, width: int) -> DueLines:
        return DueLines(self.items, self.office.today, width)

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the due items, the snoozed ones, and the plugins that did not answer."""
        if self.gathered is None:
            return [Line.of("Reading the due items…", "dim")]
        due = self._due_lines(width)
        troubles = self.office.plugins.troubles
        nothing = nothing_due(is_mine=self.is_mine, is_complete=not troubles)
        lines = list(due.by_time()) or nothing
        return [*lines, *due.below(), *trouble_lines(troubles, width)]

    # -- keys --------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys of due items, and those of plugins' screens."""
        yield from self._item_keys()
        yield from self._screen_keys()
        yield from office_keys(self)

    def _item_keys(self) -> Iterator[Key]:
        yield Key(
            keys=("enter", "right"),
            means="open",
            label="open",
            run=self.open,
            help="Open the due item",
            rank=1,
            reason=self._why_no_item,
        )
        yield Key(
            keys=(":settle",),
            means="do",
            label=self._settling_word(),
            run=self.act,
            help="Run the action that settles it",
            rank=2,
            reason=self._why_no_item,
        )
        yield Key(
            keys=(":snooze",),
            means="snooze",
            label="snooze",
            run=self.read_snooze,
            help="Snooze it until a day, for the whole office",
            rank=2,
            reason=self._why_no_item,
        )
        yield Key(
            keys=(":seen",),
            means="seen",
            label="seen",
            run=self.see,
            help="Mark it as seen by you",
            rank=3,
            reason=self._why_no_item,
        )
        yield Key(
            keys=(":mine",),
            means="mine",
            label="mine",
            run=self.show_mine,
            help="Show what you see to alone, or all due items again",
            rank=NEVER,
        )

    def _screen_keys(self) -> Iterator[Key]:
        letters = screen_letters(self.office)
        for word, screen in screens(self.office).items():
            label = screen.title.lower()
            run = partial(self.navigator.open_screen, screen)
            has_letter = word in letters
            rank = 2 if has_letter else NEVER
            yield Key(
                keys=(f":{word}",),
                means=screen.means if has_letter else "",
                label=label,
                run=run,
                help=f"Open the screen {screen.title}",
                rank=rank,
                group="Screens",
            )

    def _why_no_item(self) -> str | None:
        return None if isinstance(self.selected, Noted) else "nothing is due on this line"

    @property
    def item(self) -> Noted:
        """The due item under the cursor. Raises NotFound."""
        if not isinstance(self.selected, Noted):
            raise NotFound("Nothing is due on this line.", code="not-found")
        return self.selected

    def open(self) -> None:
        """Open the record that is due; without one, act."""
        due = self.item.due
        record = self.office.records.get(due.record)
        if record and due.record_id:
            self.navigator.open_record(record, due.record_id)
        else:
            self.act()

    def act(self) -> None:
        """Run the action that settles the item.

        Without one, open the screen, record or list where a person can settle it.
        """
        due = self.item.due
        record = self.office.records.get(due.record)
        actions = _settling(self.office, record, due.action) if due.record_id else []
        if record and actions:
            self._act_on(record, due.record_id, actions)
        # It may be an action on the office as a whole, such as the writing of tasks.
        elif due.action and (key := self.command(due.action)):
            self.press(key)
        # The plugin may name a command, such as `reorder`, in place of an action.
        elif due.action and self._go_by(due.action, due.key):
            return
        elif record and due.record_id and due.action == "edit":
            edit(self, [self.office.get(record, due.record_id)])
        elif record and due.record_id:
            self.navigator.open_record(record, due.record_id)
        elif record:
            self.navigator.list_records(record)
        else:
            self.say("No action settles this item; once it is done, it leaves the list by itself.")

    def _go_by(self, words: str, due_key: str) -> bool:
        """Open the screen or list that a command names, at the line of the due item."""
        if not self.navigator.knows(words):
            # `reorder draft` is a command of the shell; here its first word is the screen.
            words = words.partition(" ")[0]
            if words not in screens(self.office):
                return False
        self.navigator.go(words)
        opened = self.app.screen
        if isinstance(opened, LineScreen):
            opened.seek(due_key)
        return True

    def _settling_word(self) -> str:
        """Return the word of the action that settles the item under the cursor."""
        words = self.selected.due.action if isinstance(self.selected, Noted) else ""
        return cut(safe(words), _MOST_OF_WORD) or "settle"

    def _act_on(
        self,
        record: type[Record],
        record_id: int,
        actions: Sequence[Action[..., Any]],
    ) -> None:
        """Run the one action, or ask which of several."""
        about = [self.office.get(record, record_id)]
        # First, as a narrow line has no room for the end of a long question.
        added = _added_by_plugins(self.office, about[0])
        actions = [*added, *(action for action in actions if action not in added)]

        def run(action: Action[..., Any]) -> None:
            perform(self, of_action(action), about)

        if len(actions) == 1:
            run(actions[0])
            return
        *words, last = [action.word for action in actions]
        label = f"{', '.join(words)} or {last}? "
        self.ask_for(label.capitalize(), partial(_one_of, actions), run)

    def read_snooze(self) -> None:
        """Ask until when to snooze the item."""
        self.ask_for(
            "Snooze until (+7d, 2026-01-31): ",
            partial(read_date, ways=self.office.ways),
            partial(self._snooze, self.item),
            value="+7d",
        )

    def _snooze(self, item: Noted, until: date) -> None:
        self.write(
            lambda office: office.snooze(item.due.key, until),
            lambda _: self.say(f"Snoozed until {until}."),
        )

    def show_mine(self) -> None:
        """Show the items of the acting person alone, or all of them again."""
        self.is_mine = not self.is_mine
        # The other list is no answer to this question, so it goes while the new one is read.
        self.gathered = None
        self.reload()

    def see(self) -> None:
        """Mark the item as seen."""
        key = self.item.due.key
        self.write(lambda office: office.mark_seen([key]), lambda _: self._go_past(key))

    def _go_past(self, key: str) -> None:
        """Put the cursor behind an item, whose sentence may take several lines."""
        while isinstance(self.selected, Noted) and self.selected.due.key == key:
            before = self.list.cursor
            self.list.move(1)
            if self.list.cursor == before:
                return


def _settling(
    office: Office,
    record: type[Record] | None,
    text: str,
) -> Sequence[Action[..., Any]]:
    """Return the record's actions that a due item names.

    It names one, or several as in `renew or archive`.
    """
    verbs = text.split(" or ")
    actions = office.actions(record) if record else []
    settling = [action for action in actions if {action.verb, action.word}.intersection(verbs)]
    # Where only one of several exists, the person decides on the record itself.
    is_choice = len(verbs) > 1
    return [] if is_choice and len(settling) < 2 else settling


def _added_by_plugins(office: Office, record: Record) -> Sequence[Action[..., Any]]:
    """Return the actions that plugins have for a record of another's, and that are possible now.

    They know what a task is for: to enter the calibration, or that the cleaners came.
    """
    own = record.meta.key.partition(".")[0]
    beyond = []
    for plugin, action in office.plugins.registered("actions"):
        is_of_it = plugin != own and action.record == record.meta.key
        if is_of_it and of_action(action).reason(office, record) is None:
            beyond.append(action)
    return beyond


def _one_of(
    actions: Sequence[Action[..., Any]],
    text: str,
) -> Action[..., Any]:
    """Return the action that a word, or its beginning, means. Raises ValueError."""
    word = text.strip().lower()
    matching = [action for action in actions if word and action.word.startswith(word)]
    if len(matching) != 1:
        raise ValueError(f"Write {' or '.join(action.word for action in actions)}")
    return matching[0]
