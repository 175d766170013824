"""UndoDialog: undo and redo, after a question.

The question names the action, its record and its time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui.terminal.meanings import letters_here
from officeops.tui.widgets.office_time import office_time
from officeops.values.text import safe

if TYPE_CHECKING:
    from officeops.history.done import Done
    from officeops.office.office import Office
    from officeops.tui.base.background_work import BackgroundWork
    from officeops.tui.base.dialog import Dialog


class UndoDialog:
    """Undoes and redoes the person's last action."""

    def __init__(
        self,
        office: Office,
        dialog: Dialog,
        work: BackgroundWork,
    ) -> None:
        self._office = office
        self._dialog = dialog
        self._work = work

    def undo(self) -> None:
        """Undo the person's last action, after a `y`."""
        from officeops.history.undo import next_to_undo

        self.undo_one(next_to_undo(self._office))

    def undo_one(self, done: Done) -> None:
        """Undo an action, after a `y`."""
        from officeops.history.action_words import in_words
        from officeops.history.undo import undo

        words = in_words(self._office, done)
        message = f"Undone: {words}. {letters_here(self._office)['redo']} does it again."

        def undo_it() -> None:
            self._work.write(
                lambda office: undo(office, done.id), lambda _: self._dialog.say(message)
            )

        self._dialog.ask(f'Undo "{words}" of {when(self._office, done)}?', undo_it)

    def redo(self) -> None:
        """Redo the person's last undone action, after a `y`."""
        from officeops.history.action_words import in_words
        from officeops.history.undo import next_to_redo, redo

        number, done = next_to_redo(self._office)
        words = in_words(self._office, done)
        message = f"Redone: {words}."

        def redo_it() -> None:
            self._work.write(
                lambda office: redo(office, number), lambda _: self._dialog.say(message)
            )

        self._dialog.ask(f'Redo "{words}" of {when(self._office, done)}?', redo_it)


def when(office: Office, done: Done) -> str:
    """Return when an action was done, such as `today 09:25`, in the office's time.

    At a shared login, whose last action it is, too.
    """
    day, _, clock = office_time(office, done.at).partition(" ")
    when = f"today {clock}" if day == office.today.isoformat() else f"{day} {clock}"
    return f"{when} by {safe(done.actor)}" if office.who.is_shared else when
