"""Due items from every plugin, and people's notes on them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops.core.records import DueNote
from officeops.model.due import Due, Noted
from officeops.model.errors import NotFound, UsageProblem
from officeops.model.former_keys import due_key_of_today
from officeops.office.expiring_records import due_of_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from officeops.model.office import Office
    from officeops.plugins.askable import Askable
    from officeops.plugins.manager import Plugins

#: How far ahead a key is looked for that names nothing due today. Today's own horizon goes no
#: further.
_TEN_YEARS: Final = timedelta(days=3653)

_SNOOZED = """
SELECT substr(due_key, ?), max(snoozed_until) FROM core_due_note
WHERE due_key >= ? AND due_key < ? AND snoozed_until > ? AND archived_at IS NULL
GROUP BY due_key
"""


class DueItems:
    """The due items of an office. The office is given to the code of plugins."""

    def __init__(self, office: Office, askable: Askable, plugins: Plugins) -> None:
        self._office = office
        self._askable = askable
        self._plugins = plugins

    def items(self, until: date | None = None, *, snoozed: bool = False) -> list[Noted]:
        """List the items due by a day (default: today), worst first; snoozed ones on request."""
        self._office.allow("core.today.view")
        until = until or self._office.today
        by_key: dict[str, tuple[str, Due]] = {}
        with self._office.trusted():
            notes = self._notes()
            # Records that end come first: a plugin's own item of the same key replaces the general
            # one.
            for plugin, item in (*self._ending(until), *self._of_plugins(until)):
                if self._may_see(plugin, item):
                    by_key[item.key] = plugin, item
            self._drop_beyond_reach(by_key)
        today = self._office.today.isoformat()
        items = []
        for plugin, item in by_key.values():
            own_notes = notes.get(item.key, [])
            noted = _noted(plugin, item, own_notes, self._office.actor)
            if snoozed or noted.snoozed_until <= today:
                items.append(noted)
        items.sort(key=lambda noted: noted.sort_key)
        return items

    def _may_see(self, plugin: str, item: Due) -> bool:
        """Whether the acting person may see the kind of record of a due item."""
        record = self._office.records.get(item.record)
        if record is not None and record.meta.scope and not item.record_id:
            why = f"{item.key!r} names no record, so nobody knows whose it is; it is left out"
            self._plugins.note(plugin, "due", why, hook="due")
            return False
        return record is None or self._office.may_view(record)

    def _drop_beyond_reach(self, by_key: dict[str, tuple[str, Due]]) -> None:
        """Take out the items about rows that the acting person does not reach."""
        ids: dict[str, set[int]] = {}
        for _, item in by_key.values():
            if item.record_id and item.record in self._office.records:
                ids.setdefault(item.record, set()).add(item.record_id)
        beyond = {
            key: self._office.out_of_reach(self._office.records[key], ids[key]) for key in ids
        }
        for due_key, (_, item) in list(by_key.items()):
            if item.record_id in beyond.get(item.record, ()):
                del by_key[due_key]

    def _ending(self, until: date) -> Iterator[tuple[str, Due]]:
        """Yield an item for each record that expires by a day."""
        for record in self._office.records.values():
            if record.expiry is None:
                continue
            plugin, ending = record.meta.plugin, due_of_kind(self._office, record, until)
            for item in self._plugins.of_declared("due", plugin, self._askable, ending):
                yield plugin, item

    def _of_plugins(self, until: date) -> Iterator[tuple[str, Due]]:
        """Yield the items of the hook `due`, of several with one key the first."""
        owners: dict[str, str] = {}
        for plugin, item in self._plugins.collect("due", office=self._office, until=until):
            if owner := owners.get(item.key):
                # Both would be snoozed as one, and the list would lose one of them.
                why = f"the key {item.key!r} is that of another due item of {owner}"
                self._plugins.note(plugin, "due", f"{why}, so this one is left out", hook="due")
                continue
            owners[item.key] = plugin
            yield plugin, item

    def _notes(self) -> dict[str, list[DueNote]]:
        notes: dict[str, list[DueNote]] = {}
        for note in self._office.all(DueNote):
            notes.setdefault(note.due_key, []).append(note)
        return notes

    # -- snoozing --------------------------------------------------------------------------------

    def snooze(self, key: str, until: date, *, request: str | None = None) -> None:
        """Snooze a due item for the whole office. Raises NotFound, UsageProblem."""
        key = due_key_of_today(self._office.records, key)
        if until <= self._office.today:
            raise UsageProblem(f"{until} is not after today; say a later day.", code="out-of-range")
        if key not in self._keys(until):
            raise NotFound(
                f"Nothing due is called {key!r}. `officeops today` lists the keys.",
                code="not-found",
                facts={"kind": "due", "text": key},
            )
        arguments = {"key": key, "until": until.isoformat()}
        with self._office.acting("core.due.snooze", arguments, request=request):
            self.put_off(key, until)

    def put_off(self, key: str, until: date) -> None:
        """Note a snooze until a day, inside an action; `put_off_until` lists it."""
        self._write_note(key, snoozed_until=until)

    def put_off_until(self, prefix: str) -> dict[str, str]:
        """List the snoozed keys with a prefix: the rest of the key → the day it ends."""
        after_prefix = len(prefix) + 1
        beyond_prefix = prefix + "\U0010ffff"
        today = self._office.today.isoformat()
        return dict(self._office.rows(_SNOOZED, after_prefix, prefix, beyond_prefix, today))

    def wake(self, key: str, *, request: str | None = None) -> None:
        """End a snooze. Raises NotFound where nothing of that key is snoozed."""
        key = due_key_of_today(self._office.records, key)
        with self._office.acting("core.due.wake", {"key": key}, request=request):
            where = "due_key = ? AND snoozed_until IS NOT NULL"
            notes = list(self._office.all(DueNote, where, key))
            beyond = self._office.out_of_reach(DueNote, [note.id for note in notes])
            notes = [note for note in notes if note.id not in beyond]
            if not notes:
                raise NotFound(
                    f"Nothing called {key!r} is snoozed. `officeops today --snoozed` lists the "
                    "snoozed items.",
                    code="not-found",
                    facts={"kind": "due", "text": key},
                )
            for note in notes:
                self._office.edit(note, snoozed_until=None)

    def _keys(self, until: date) -> set[str]:
        """List the keys of all that is due by a day, snoozed or not."""
        return {noted.due.key for noted in self.items(until, snoozed=True)}

    # -- seeing ----------------------------------------------------------------------------------

    def check(self, keys: Iterable[str]) -> None:
        """Raise NotFound for a key of no due item, now or within ten years, and of no note."""
        missing = set(self._of_today(keys)) - self._keys(self._office.today)
        for key in list(missing):
            if self._office.first(DueNote, "due_key = ?", key):
                missing.discard(key)
        # All that is due in ten years is far more work to list, so few keys come to this.
        if missing:
            missing -= self._keys(self._office.today + _TEN_YEARS)
        if missing:
            names = ", ".join(repr(key) for key in sorted(missing))
            raise NotFound(
                f"Nothing due is called {names}. `officeops today` lists the keys. "
                "Nothing is marked.",
                code="not-found",
            )

    def mark_seen(self, keys: Iterable[str], *, request: str | None = None) -> None:
        """Note that the acting person has seen due items."""
        keys = self._of_today(keys)

        def is_same(_: int, given: Mapping[str, object]) -> bool:
            return given == {"keys": keys}

        self._office.once(request, "core.due.seen", is_same)
        fresh = [key for key in keys if not self._is_seen(key)]
        if not fresh:
            return
        arguments = {"keys": keys} if request else None
        with self._office.acting("core.due.seen", arguments, request=request):
            for key in fresh:
                self._write_note(key, seen_at=self._office.stamp())

    def _of_today(self, keys: Iterable[str]) -> list[str]:
        """Return typed keys, in which a record may have a former key, as they are now."""
        return [due_key_of_today(self._office.records, key) for key in keys]

    def _is_seen(self, key: str) -> bool:
        note = self._own_note(key)
        return note is not None and note.seen_at is not None

    def _own_note(self, key: str) -> DueNote | None:
        """Find the acting person's note on an item: there is one for each person and key."""
        where = "due_key = ? AND person = ?"
        return self._office.first(DueNote, where, key, self._office.actor)

    def _write_note(self, key: str, **values: object) -> None:
        note = self._own_note(key)
        if note is None:
            note = self._office.add(DueNote(due_key=key, person=self._office.actor))
        self._office.edit(note, managed=False, **values)


def _noted(plugin: str, item: Due, notes: list[DueNote], actor: str) -> Noted:
    """Combine an item with its notes: the latest snooze is everybody's, seen is one's own."""
    snoozed_until = ""
    snoozed_by = ""
    is_seen = False
    for note in notes:
        until = str(note.snoozed_until or "")
        if until > snoozed_until:
            snoozed_until = until
            snoozed_by = note.person
        if note.person == actor and note.seen_at:
            is_seen = True
    return Noted(item, plugin, snoozed_until, snoozed_by, is_seen)
