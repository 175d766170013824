"""Dependents: the reasons why an action can no longer be undone, because later work depends on it.

A line must not vanish from an order that was approved since, nor an item go that a later order
names. Where nothing later remains, none of this is asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.history.action_words import name_in_words
from officeops.history.later_changes import references
from officeops.history.recorded_changes import about
from officeops.model.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from officeops.history.later_changes import LaterChanges, Records
    from officeops.history.recorded_changes import RecordedChange
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

    #: From some records to the next: their parts, or the wholes that they belong to.
    Step = Callable[[type[Record], Collection[int]], Iterator[Records]]
    Entries = Mapping[type[Record], Sequence[int]]
    #: One record.
    Subject = tuple[type[Record], int]
    #: Records by their type.
    Ids = dict[type[Record], set[int]]


class Dependents:
    """Asks what depends on one action's records.

    `entries` are those of ledgers, by type; `changes` those of other records.
    """

    def __init__(
        self,
        office: StoredOffice,
        later: LaterChanges,
        entries: Entries,
        changes: Sequence[RecordedChange],
    ) -> None:
        self._office, self._later = office, later
        self._entries, self._changes = entries, changes
        #: Records, by their type, that something later may depend on.
        self._suspects: Ids = {}
        #: Records whose parts, and records whose wholes, were looked at.
        self._seen_parts: set[Subject] = set()
        self._seen_wholes: set[Subject] = set()

    def _refuse(self, why: str, record: type[Record], record_id: int) -> None:
        if not self._office.in_reach(record, record_id):
            # Neither which record, nor what became of it.
            why = "it depends on a record that you may not see, which was changed since"
            raise Refused(why, code="changed-since")
        raise Refused(why, about(self._office, record, record_id), code="changed-since")

    def _words(self, verb: str) -> str:
        return name_in_words(self._office, verb)

    def _named(self, subject: Subject, verb: str) -> tuple[str, str]:
        """Name a record, and in brackets the action that wrote it; neither where it is out of reach."""
        if not self._office.in_reach(*subject):
            return "a record that you may not see", ""
        return about(self._office, *subject), f" ({self._words(verb)})"

    # -- lives -------------------------------------------------------------------------------------

    def refuse_moved_lives(self) -> None:
        """Raise Refused if later work changed a record's parts, or the state of its wholes."""
        if not self._has_moved_life():
            return
        for change in self._changes:
            subject = change.record, change.id
            if change.moved_life:
                self._refuse_touched_parts(subject, subject)
            self._refuse_moved_wholes(subject)
        for record, ids in self._entries.items():
            for record_id in ids:
                self._refuse_moved_wholes((record, record_id))

    def _has_moved_life(self) -> bool:
        """Ask about all records at once: an import has thousands, and few have moved."""
        lives: Ids = {}
        every = self._ids_of_entries()
        for change in self._changes:
            every.setdefault(change.record, set()).add(change.id)
            if change.moved_life:
                lives.setdefault(change.record, set()).add(change.id)
        for part, ids in _reached(lives, self._later.parts).items():
            if self._later.touched(part, ids):
                return True
        for whole, ids in _reached(every, self._later.wholes).items():
            if self._later.moved(whole, ids):
                return True
        return False

    def _ids_of_entries(self) -> Ids:
        return {record: set(ids) for record, ids in self._entries.items()}

    def _refuse_touched_parts(self, whole: Subject, subject: Subject) -> None:
        """Raise Refused for a whole of which a part, or a part of one, was written since."""
        record, record_id = subject
        for part_type, ids in self._later.parts(record, [record_id]):
            for part_id in sorted(ids):
                part = part_type, part_id
                if part in self._seen_parts:
                    continue
                self._seen_parts.add(part)
                verb = self._later.touched(part_type, [part_id]).get(part_id)
                if verb:
                    named, by = self._named(part, verb)
                    self._refuse(f"{named} of it was written since{by}", *whole)
                self._refuse_touched_parts(whole, part)

    def _refuse_moved_wholes(self, subject: Subject) -> None:
        """Raise Refused for a whole of a record, or a whole of one, that has another state since."""
        if subject in self._seen_wholes:
            return
        self._seen_wholes.add(subject)
        record, record_id = subject
        for whole_type, ids in self._later.wholes(record, [record_id]):
            for whole_id in ids:
                whole = whole_type, whole_id
                if whole in self._seen_wholes:
                    continue
                moved = self._later.moved(whole_type, [whole_id])
                if moved:
                    self._refuse(moved[whole_id], *whole)
                self._refuse_moved_wholes(whole)

    # -- archiving ---------------------------------------------------------------------------------

    def find_suspects(self) -> None:
        """Find the records that may have to stay.

        What refers to one may itself go, or come back, in the same undo: only `refuse_needed`,
        asked on the way, decides.
        """
        going: dict[type[Record], list[int]] = {}
        for change in self._changes:
            old = {"archived_at": True} if change.before is None else change.before
            if old.get("archived_at"):
                going.setdefault(change.record, []).append(change.id)
            for field in references(change.record):
                whole = self._office.target(field)
                if whole and old.get(field.name):
                    self._suspects.setdefault(whole, set()).add(old[field.name])
        for record, ids in going.items():
            suspects = self._suspects.setdefault(record, set())
            suspects.update(self._later.touched(record, ids))
            referrers = self._later.referrers(record, ids, archived=True)
            suspects.update(referrer.target_id for referrer in referrers)

    def refuse_needed(self, record: type[Record], record_id: int) -> None:
        """Raise Refused for a record that later work changed, or that a later live record names."""
        if record_id not in self._suspects.get(record, ()):
            return
        verb = self._later.touched(record, [record_id]).get(record_id)
        if verb:
            self._refuse(f"was changed since ({self._words(verb)})", record, record_id)
        for referrer in self._later.referrers(record, [record_id]):
            named, by = self._named((referrer.record, referrer.id), referrer.verb)
            self._refuse(f"{named} depends on it{by}", record, record_id)

    def refuse_without_wholes(self) -> None:
        """Raise Refused if a record comes back whose whole was archived later and stays so."""
        back = self._ids_of_entries()
        for change in self._changes:
            if change.before is not None and change.after.get("archived_at"):
                back.setdefault(change.record, set()).add(change.id)
        for record, ids in list(back.items()):
            for whole, whole_ids in self._later.wholes(record, ids):
                archived = self._later.archived(whole, whole_ids)
                still_archived = archived - back.get(whole, set())
                for whole_id, verb in self._later.touched(whole, still_archived).items():
                    self._refuse(f"was archived since ({self._words(verb)})", whole, whole_id)


def _reached(level: Mapping[type[Record], Collection[int]], step: Step) -> Ids:
    """Find all that is reached from some records step by step."""
    reached: Ids = {}
    while level:
        beyond: Ids = {}
        for record, ids in level.items():
            for other, other_ids in step(record, ids):
                known = reached.setdefault(other, set())
                fresh = other_ids - known
                if fresh:
                    known |= fresh
                    beyond.setdefault(other, set()).update(fresh)
        level = beyond
    return reached
