"""Due items: all that is due, from every plugin, and what people made of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from officeops.core.records import DueNote
from officeops.model.due import Due, Noted
from officeops.model.errors import NotFound, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from officeops.model.office import Office
    from officeops.plugins.manager import Plugins


class DueItems:
    """What is due in an office, and what people made of it. The office is handed to what plugins declare."""

    def __init__(self, office: Office, plugins: Plugins) -> None:
        self._office, self._plugins = office, plugins

    def items(self, until: date | None = None, *, snoozed: bool = False) -> list[Noted]:
        """List the items due by a day (default: today), worst first; snoozed ones on request."""
        self._office.allow("core.today.view")
        until = until or self._office.today
        with self._office.trusted():
            notes = self._notes()
            found = {
                item.key: (name, item) for name, item in self._all_due(until) if self._theirs(item)
            }
        noted = [
            _noted(name, item, notes.get(item.key, []), self._office.actor)
            for name, item in found.values()
        ]
        awake = [
            each
            for each in noted
            if snoozed or each.snoozed_until <= self._office.today.isoformat()
        ]
        return sorted(awake, key=lambda each: each.sort_key)

    def _theirs(self, item: Due) -> bool:
        """Whether the acting person may see what is due."""
        record = self._office.records.get(item.record)
        return record is None or self._office.may_view(record)

    def _all_due(self, until: date) -> Iterator[tuple[str, Due]]:
        for record in self._office.records.values():
            if record.expiry is not None:
                yield from (
                    (record.meta.plugin, item)
                    for item in record.expiry.due(self._office, record, until)
                )
        yield from self._plugins.collect("due", office=self._office, until=until)

    def _notes(self) -> dict[str, list[DueNote]]:
        notes: dict[str, list[DueNote]] = {}
        for note in self._office.all(DueNote):
            notes.setdefault(note.due_key, []).append(note)
        return notes

    def snooze(self, key: str, until: date, *, request: str | None = None) -> None:
        """Snooze a due item for the whole office. Raises NotFound, UsageProblem."""
        if until <= self._office.today:
            raise UsageProblem(f"{until} is not after today; say a later day.")
        if key not in {each.due.key for each in self.items(until, snoozed=True)}:
            raise NotFound(f"Nothing due is called {key!r}. `officeops today` lists the keys.")
        with self._office.acting(
            "core.due.snooze", {"key": key, "until": until.isoformat()}, request=request
        ):
            self.put_off(key, until)

    def put_off(self, key: str, until: date) -> None:
        """Note a snooze until a day, inside an action; `put_off_until` lists it."""
        self._note_due(key, snoozed_until=until)

    def put_off_until(self, prefix: str) -> dict[str, str]:
        """List the snoozed keys with a prefix: the rest of the key → the day it ends."""
        rows = self._office.rows(
            "SELECT substr(due_key, ?), max(snoozed_until) FROM core_due_note WHERE due_key >= ? AND due_key < ? "
            "AND snoozed_until > ? AND archived_at IS NULL GROUP BY due_key",
            len(prefix) + 1,
            prefix,
            prefix + "\U0010ffff",
            self._office.today.isoformat(),
        )
        return dict(rows)

    def wake(self, key: str, *, request: str | None = None) -> None:
        """End a snooze. Raises NotFound where nothing of that key is snoozed."""
        with self._office.acting("core.due.wake", {"key": key}, request=request):
            notes = list(
                self._office.all(DueNote, "due_key = ? AND snoozed_until IS NOT NULL", key)
            )
            if not notes:
                raise NotFound(
                    f"Nothing called {key!r} is snoozed. `officeops today --snoozed` lists the snoozed items."
                )
            for note in notes:
                self._office.edit(note, snoozed_until=None)

    def check(self, keys: Iterable[str]) -> None:
        """Raise NotFound for a key of no due item, now or within ten years, and of no note."""
        missing = set(keys) - {noted.due.key for noted in self.items(snoozed=True)}
        missing -= {key for key in missing if self._office.first(DueNote, "due_key = ?", key)}
        if missing:
            later = self._office.today + timedelta(days=3653)
            missing -= {noted.due.key for noted in self.items(later, snoozed=True)}
        if missing:
            names = ", ".join(repr(key) for key in sorted(missing))
            raise NotFound(
                f"Nothing due is called {names}. `officeops today` lists the keys. Nothing is marked."
            )

    def mark_seen(self, keys: Iterable[str], *, request: str | None = None) -> None:
        """Note that the acting person has seen due items."""
        keys = list(keys)
        self._office.once(request, "core.due.seen", lambda _, given: given == {"keys": keys})
        fresh = [
            key
            for key in keys
            if not self._office.first(
                DueNote,
                "due_key = ? AND person = ? AND seen_at IS NOT NULL",
                key,
                self._office.actor,
            )
        ]
        if fresh:
            with self._office.acting(
                "core.due.seen", {"keys": keys} if request else None, request=request
            ):
                for key in fresh:
                    self._note_due(key, seen_at=self._office.stamp())

    def _note_due(self, key: str, **values: object) -> None:
        note = self._office.first(DueNote, "due_key = ? AND person = ?", key, self._office.actor)
        if note is None:
            note = self._office.add(DueNote(due_key=key, person=self._office.actor))
        self._office.edit(note, managed=False, **values)


def _noted(plugin: str, item: Due, notes: list[DueNote], actor: str) -> Noted:
    latest = max(notes, key=lambda note: str(note.snoozed_until or ""), default=None)
    until = str(latest.snoozed_until or "") if latest else ""
    seen = any(note.person == actor and note.seen_at for note in notes)
    return Noted(item, plugin, until, latest.person if latest and until else "", seen)
