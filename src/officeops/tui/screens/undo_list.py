"""UndoList: the person's last actions that may be undone, in their words and the office's time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.history.done import Done
from officeops.tui.base.line_screen import LineScreen
from officeops.tui.base.undo_dialog import UndoDialog, when
from officeops.tui.terminal.cells import cut
from officeops.tui.terminal.keys import Key
from officeops.tui.widgets.lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.office.office import Office

#: The most actions that are listed.
MOST: Final = 50


class UndoList(LineScreen):
    """What the person did, the last one first; Enter undoes one."""

    # Old histories are long, and each action is put into words.
    slow = True

    def gather(self, office: Office) -> list[tuple[Done, str]]:
        """Read the actions, each with its words."""
        from officeops.history.action_words import in_words
        from officeops.history.undo import open_to_undo

        return [(done, in_words(office, done)) for done in open_to_undo(office, MOST)]

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Undo"

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return each action on a line, its time first."""
        if self.gathered is None:
            return [Line.of("Reading your actions…", "dim")]
        lines = [self._line(done, words, width) for done, words in self.gathered]
        return lines or [Line.of("There is nothing of yours to undo.", "dim")]

    def _line(
        self,
        done: Done,
        words: str,
        width: int,
    ) -> Line:
        text = cut(f"{when(self.office, done)}  {words}", width)
        return Line.of(text, target=done, key=str(done.id))

    def own_keys(self) -> Iterator[Key]:
        """Yield the key that undoes the action under the cursor."""
        yield Key(("enter",), "undo this", self.undo_chosen, "Undo the action on this line", 1)

    def undo_chosen(self) -> None:
        """Undo the action under the cursor, after a question."""
        if isinstance(self.selected, Done):
            UndoDialog(self.office, self.dialog, self.work).undo_one(self.selected)
