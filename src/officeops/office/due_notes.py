"""Notes on due items: who has seen one, and until when it is snoozed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.core.records import DueNote

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.office import Office

_SNOOZED: Final = """
SELECT substr(due_key, ?), max(snoozed_until) FROM core_due_note
WHERE due_key >= ? AND due_key < ? AND snoozed_until > ? AND archived_at IS NULL
GROUP BY due_key
"""


class DueNotes:
    """The notes of an office on its due items: one for each person and key."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def by_key(self) -> dict[str, list[DueNote]]:
        """Return the notes of everybody by the key of their item."""
        notes: dict[str, list[DueNote]] = {}
        for note in self._office.all(DueNote):
            notes.setdefault(note.due_key, []).append(note)
        return notes

    def snoozed(self, prefix: str) -> dict[str, str]:
        """List the snoozed keys with a prefix: the rest of the key → the day the snooze ends."""
        after_prefix = len(prefix) + 1
        beyond_prefix = prefix + "\U0010ffff"
        today = self._office.today.isoformat()
        rows = self._office.rows(_SNOOZED, after_prefix, prefix, beyond_prefix, today)
        return dict(rows)

    def snoozes(self, key: str) -> Iterator[DueNote]:
        """Yield the snoozes of a key that the acting person reaches."""
        where = "due_key = ? AND snoozed_until IS NOT NULL"
        notes = list(self._office.all(DueNote, where, key))
        ids = [note.id for note in notes]
        beyond = self._office.out_of_reach(DueNote, ids)
        for note in notes:
            if note.id not in beyond:
                yield note

    def exist(self, key: str) -> bool:
        """Whether anybody has a note on a key."""
        return self._office.first(DueNote, "due_key = ?", key) is not None

    def is_seen(self, key: str) -> bool:
        """Whether the acting person has seen an item."""
        note = self._own(key)
        return note is not None and note.seen_at is not None

    def write(self, key: str, **values: object) -> None:
        """Write values into the acting person's note on an item, inside an action."""
        note = self._own(key)
        if note is None:
            note = DueNote(due_key=key, person=self._office.actor)
            note = self._office.add(note)
        self._office.edit(note, managed=False, **values)

    def _own(self, key: str) -> DueNote | None:
        where = "due_key = ? AND person = ?"
        return self._office.first(DueNote, where, key, self._office.actor)
