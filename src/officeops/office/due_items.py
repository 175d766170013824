"""Due items from every plugin, and people's notes on them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final, cast

from officeops.model.due import Due, Noted
from officeops.model.errors import NotFound, Refused, UsageProblem
from officeops.model.former_keys import due_key_of_today
from officeops.office.due_list import DueList
from officeops.office.due_notes import DueNotes
from officeops.office.granted_access import refuse_own_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from officeops.core.records import DueNote
    from officeops.model.office import Office
    from officeops.office.due_owners import DueOwners
    from officeops.plugins.askable import Askable
    from officeops.plugins.manager import Plugins
    from officeops.store.stored_office import StoredOffice

#: How far ahead a key is looked for that names nothing due today. Today's own horizon goes no
#: further.
_TEN_YEARS: Final = timedelta(days=3653)
#: The longest snooze that nobody is asked about.
_YEAR: Final = timedelta(days=366)


class DueItems:
    """The due items of an office, and what people do with them: snooze, unsnooze, mark as seen."""

    def __init__(
        self,
        office: Office,
        askable: Askable,
        plugins: Plugins,
    ) -> None:
        self._office, self._plugins = office, plugins
        self._list = DueList(office, askable, plugins)
        self._notes = DueNotes(office)

    def items(self, until: date | None = None, *, snoozed: bool = False) -> list[Noted]:
        """List the items due by a day (default: today), worst first; snoozed ones on request."""
        self._office.allow("core.today.view")
        with self._office.trusted():
            by_key = self._list.visible(until or self._office.today)
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

    def mine(self, items: Iterable[Noted]) -> list[Noted]:
        """Return those of some items that the acting person sees to.

        In an office without users, those are all of them.
        """
        from officeops.office.due_owners import DueOwners

        owners = DueOwners(self._office)
        actor = self._office.actor
        own = []
        for item in items:
            reached = [owners.logins(owner) for owner in (item.due.owner, *item.due.others)]
            if not reached[0] or any(actor in logins for logins in reached):
                own.append(item)
        self._note_fault(owners)
        return own

    def logins(self, items: Iterable[Noted]) -> list[str]:
        """Name the logins that see to each item, with commas between them.

        A person who may not see the users learns whether it is themselves. Blank in an office
        without users.
        """
        from officeops.office.due_owners import DueOwners

        owners = DueOwners(self._office)
        shown = None if self._office.may("core.user.view") else {self._office.actor}
        named = []
        for item in items:
            reached = set(owners.logins(item.due.owner))
            for owner in item.due.others:
                reached |= owners.logins(owner)
            named.append(", ".join(sorted(reached if shown is None else reached & shown)))
        self._note_fault(owners)
        return named

    def _note_fault(self, owners: DueOwners) -> None:
        """Note that the people's directory failed, so the managers see to its people."""
        from officeops.services import PeopleDirectory

        offered = self._plugins.service(PeopleDirectory) if owners.fault else None
        if offered:
            self._plugins.note(offered[0], "its service PeopleDirectory", str(owners.fault))

    # -- snoozing --------------------------------------------------------------------------------

    def snooze(
        self,
        key: str,
        until: date,
        *,
        request: str | None = None,
        despite: bool = False,
    ) -> None:
        """Snooze a due item for the whole office. Raises NotFound, UsageProblem.

        For more than a year, `despite` has to overrule the doubt: nobody would see it again.
        """
        key = due_key_of_today(self._office.records, key)
        if until <= self._office.today:
            raise UsageProblem(f"{until} is not after today; say a later day.", code="out-of-range")
        if until > self._office.today + _YEAR and not despite:
            why = (
                f"{key} would be hidden from the whole office for more than a year, until {until}; "
                "say --despite, or a day of the next twelve months"
            )
            raise Refused(why, code="needs-consent")
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
        refuse_own_key(cast("StoredOffice", self._office), keys)
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


def _not_found(
    key: str,
    why: str,
    cure: str,
) -> NotFound:
    """Return the refusal of a key that nothing due, or nothing snoozed, has."""
    facts = {"kind": "due", "text": key}
    return NotFound(f"{why} {cure}", code="not-found", facts=facts)


def _noted(
    plugin: str,
    item: Due,
    notes: list[DueNote],
    actor: str,
) -> Noted:
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
