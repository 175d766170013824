"""UndoDialog: undo and redo, after a question.

The question names the action, its record and its time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui.widgets.office_time import office_time
from officeops.values.convert import safe

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
        from officeops.history.undo import next_to_undo, undo

        done = next_to_undo(self._office)
        words = action_words(self._office, done)
        message = f"{words[:1].upper()}{words[1:]} is undone. U does it again."

        def undo_it() -> None:
            self._work.write(
                lambda office: undo(office, done.id), lambda _: self._dialog.say(message)
            )

        self._dialog.ask(f"Undo {words}?", undo_it)

    def redo(self) -> None:
        """Redo the person's last undone action, after a `y`."""
        from officeops.history.undo import next_to_redo, redo

        number, done = next_to_redo(self._office)
        words = action_words(self._office, done)
        message = f"{words[:1].upper()}{words[1:]} is done again."

        def redo_it() -> None:
            self._work.write(
                lambda office: redo(office, number), lambda _: self._dialog.say(message)
            )

        self._dialog.ask(f"Redo {words}?", redo_it)


def action_words(office: Office, done: Done) -> str:
    """Return an action as people know it.

    For example `send order PO-12 of 2026-03-02 15:34`, in the office's time.
    """
    owner, _, verb = done.verb.rpartition(".")
    noun = owner.rpartition(".")[2]
    words = f"{verb.replace('-', ' ')} {noun}".strip()
    subject = _subject(office, done, owner)
    return safe(f"{words} {subject}".strip()) + f" of {office_time(office, done.at)}"


def _subject(office: Office, done: Done, owner: str) -> str:
    """Return the record an action changed, and the number of others.

    The text is blank if no table of a record changed.
    """
    tables = {record.meta.table: record for record in office.records.values()}
    # A table or a record may have another name now than when the action ran.
    former = office.store.former
    owner = former.key(owner, done.id)
    sql = "SELECT DISTINCT record, record_id FROM core_change WHERE id BETWEEN ? AND ?"
    with office.lifted():
        rows = list(office.rows(sql, done.first, done.last))
    named_now = [(former.table(table, done.last), record_id) for table, record_id in rows]
    changed = [row for row in named_now if row[0] in tables]
    if not changed:
        return ""
    of_owner = [row for row in changed if tables[row[0]].meta.key == owner]
    table, record_id = (of_owner or changed)[0]
    record = tables[table]
    noun = "" if of_owner else f"{record.meta.label.lower()} "
    others = len(changed) - 1
    more = f" and {others} more" if others else ""
    return f"{noun}{office.label(record, record_id)}{more}"
