"""Due items from every plugin, and people's notes on them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops.model.due import Due, Noted
from officeops.model.errors import NotFound, UsageProblem
from officeops.model.former_keys import due_key_of_today
from officeops.office.due_notes import DueNotes
from officeops.office.expiring_records import due_of_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from officeops.core.records import DueNote
    from officeops.model.office import Office
    from officeops.plugins.askable import Askable
    from officeops.plugins.manager import Plugins

    #: Due items by their keys, each with the plugin that it is of.
    Items = dict[str, tuple[str, Due]]

#: How far ahead a key is looked for that names nothing due today. Today's own horizon goes no
#: further.
_TEN_YEARS: Final = timedelta(days=3653)


class DueItems:
    """The due items of an office. The office is given to the code of plugins."""

    def __init__(self, office: Office, askable: Askable, plugins: Plugins) -> None:
        self._office = office
        self._askable = askable
        self._plugins = plugins
        self._notes = DueNotes(office)

    def items(self, until: date | None = None, *, snoozed: bool = False) -> list[Noted]:
        """List the items due by a day (default: today), worst first; snoozed ones on request."""
        self._office.allow("core.today.view")
        with self._office.trusted():
            by_key = self._visible(until or self._office.today)
            notes = self._notes.by_key()
        today = self._office.today.isoformat()
        items = []
        for plugin, item in by_key.values():
            own_notes = notes.get(item.key, [])
            noted = _noted(plugin, item, own_notes, self._office.actor)
            if snoozed or noted.snoozed_until <= today:
                items.append(noted)
        items.sort(key=lambda noted: noted.sort_key)
        return items

    def _visible(self, until: date) -> Items:
        """Return the items due by a day that the acting person may see."""
        by_key: Items = {}
        # Records that end come first: a plugin's own item of the same key replaces the general one.
        for items in (self._ending(until), self._of_plugins(until)):
            for plugin, item in items:
                if self._may_see(plugin, item):
                    by_key[item.key] = plugin, item
        self._drop_beyond_reach(by_key)
        return by_key

    def _may_see(self, plugin: str, item: Due) -> bool:
        """Whether the acting person may see the kind of record of a due item."""
        record = self._office.records.get(item.record)
        if record is not None and record.meta.scope and not item.record_id:
            why = f"{item.key!r} names no record, so nobody knows whose it is; it is left out"
            self._plugins.note(plugin, "due", why, hook="due")
            return False
        return record is None or self._office.may_view(record)

    def _drop_beyond_reach(self, by_key: Items) -> None:
        """Take out the items about rows that the acting person does not reach."""
        records = self._office.records
        ids: dict[str, set[int]] = {}
        for _, item in by_key.values():
            if item.record_id and item.record in records:
                ids.setdefault(item.record, set()).add(item.record_id)
        for record_key, record_ids in ids.items():
            beyond = self._office.out_of_reach(records[record_key], record_ids)
            for due_key, (_, item) in list(by_key.items()):
                if item.record == record_key and item.record_id in beyond:
                    del by_key[due_key]

    def _ending(self, until: date) -> Iterator[tuple[str, Due]]:
        """Yield an item for each record that expires by a day."""
        for record in self._office.records.values():
            if record.expiry is None:
                continue
            plugin = record.meta.plugin
            ending = due_of_kind(self._office, record, until)
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

    # -- snoozing --------------------------------------------------------------------------------

    def snooze(self, key: str, until: date, *, request: str | None = None) -> None:
        """Snooze a due item for the whole office. Raises NotFound, UsageProblem."""
        key = due_key_of_today(self._office.records, key)
        if until <= self._office.today:
            raise UsageProblem(f"{until} is not after today; say a later day.", code="out-of-range")
        if key not in self._keys(until):
            why = f"Nothing due is called {key!r}."
            raise _not_found(key, why, "`officeops today` lists the keys.")
        arguments = {"key": key, "until": until.isoformat()}
        with self._office.acting("core.due.snooze", arguments, request=request):
            self.put_off(key, until)

    def put_off(self, key: str, until: date) -> None:
        """Note a snooze until a day, inside an action; `put_off_until` lists it."""
        self._notes.write(key, snoozed_until=until)

    def put_off_until(self, prefix: str) -> dict[str, str]:
        """List the snoozed keys with a prefix: the rest of the key → the day it ends."""
        return self._notes.snoozed(prefix)

    def wake(self, key: str, *, request: str | None = None) -> None:
        """End a snooze. Raises NotFound where nothing of that key is snoozed."""
        key = due_key_of_today(self._office.records, key)
        with self._office.acting("core.due.wake", {"key": key}, request=request):
            notes = list(self._notes.snoozes(key))
            if not notes:
                cure = "`officeops today --snoozed` lists the snoozed items."
                raise _not_found(key, f"Nothing called {key!r} is snoozed.", cure)
            for note in notes:
                self._office.edit(note, snoozed_until=None)

    def _keys(self, until: date) -> set[str]:
        """List the keys of all that is due by a day, snoozed or not."""
        return {noted.due.key for noted in self.items(until, snoozed=True)}

    # -- seeing ----------------------------------------------------------------------------------

    def check(self, keys: Iterable[str]) -> None:
        """Raise NotFound for a key of no due item, now or within ten years, and of no note."""
        missing = set(self._of_today(keys)) - self._keys(self._office.today)
        missing = {key for key in missing if not self._notes.exist(key)}
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
        fresh = [key for key in keys if not self._notes.is_seen(key)]
        if not fresh:
            return
        arguments = {"keys": keys} if request else None
        with self._office.acting("core.due.seen", arguments, request=request):
            for key in fresh:
                self._notes.write(key, seen_at=self._office.stamp())

    def _of_today(self, keys: Iterable[str]) -> list[str]:
        """Return typed keys, in which a record may have a former key, as they are now."""
        return [due_key_of_today(self._office.records, key) for key in keys]


def _not_found(key: str, why: str, cure: str) -> NotFound:
    """Return the refusal of a key that nothing due, or nothing snoozed, has."""
    facts = {"kind": "due", "text": key}
    return NotFound(f"{why} {cure}", code="not-found", facts=facts)


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
