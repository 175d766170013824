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
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from officeops.history.later_changes import LaterChanges, Records
    from officeops.history.recorded_changes import RecordedChange
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

    #: From some records to the next: their parts, or the wholes that they belong to.
    Step = Callable[[type[Record], Collection[int]], Iterator[Records]]
    Entries = Mapping[type[Record], Sequence[int]]


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
        self._suspects: dict[type[Record], set[int]] = {}
        #: Records whose parts, and records whose wholes, were looked at.
        self._seen_parts: set[tuple[type[Record], int]] = set()
        self._seen_wholes: set[tuple[type[Record], int]] = set()

    def _refuse(self, why: str, record: type[Record], record_id: int) -> None:
        raise Refused(why, about(self._office, record, record_id))

    # -- lives -------------------------------------------------------------------------------------

    def refuse_moved_lives(self) -> None:
        """Raise Refused if later work changed a record's parts, or the state of its wholes."""
        lives = [(change.record, change.id) for change in self._changes if change.moved_life]
        every = [(change.record, change.id) for change in self._changes]
        for record, ids in self._entries.items():
            every += [(record, record_id) for record_id in ids]
        # First of all records at once: nearly always nothing is found, and an import has thousands.
        parts = _reached(lives, self._later.parts)
        wholes = _reached(every, self._later.wholes)
        is_touched = any(self._later.touched(record, ids) for record, ids in parts.items())
        if not is_touched and not any(self._later.moved(*whole) for whole in wholes.items()):
            return
        for change in self._changes:
            if change.moved_life:
                self._refuse_touched_parts(change.record, change.id, change.record, change.id)
            self._refuse_moved_wholes(change.record, change.id)
        for record, ids in self._entries.items():
            for record_id in ids:
                self._refuse_moved_wholes(record, record_id)

    def _refuse_touched_parts(
        self, whole: type[Record], whole_id: int, record: type[Record], record_id: int
    ) -> None:
        for part, ids in self._later.parts(record, [record_id]):
            for part_id in sorted(ids):
                if (part, part_id) in self._seen_parts:
                    continue
                self._seen_parts.add((part, part_id))
                verb = self._later.touched(part, [part_id]).get(part_id)
                if verb:
                    named = about(self._office, part, part_id)
                    self._refuse(
                        f"{named} of it was written since ({name_in_words(self._office, verb)})",
                        whole,
                        whole_id,
                    )
                self._refuse_touched_parts(whole, whole_id, part, part_id)

    def _refuse_moved_wholes(self, record: type[Record], record_id: int) -> None:
        if (record, record_id) in self._seen_wholes:
            return
        self._seen_wholes.add((record, record_id))
        for whole, ids in self._later.wholes(record, [record_id]):
            for whole_id in ids:
                if (whole, whole_id) in self._seen_wholes:
                    continue
                moved = self._later.moved(whole, [whole_id])
                if moved:
                    self._refuse(moved[whole_id], whole, whole_id)
                self._refuse_moved_wholes(whole, whole_id)

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
            self._refuse(
                f"was changed since ({name_in_words(self._office, verb)})", record, record_id
            )
        for referrer in self._later.referrers(record, [record_id]):
            named = about(self._office, referrer.record, referrer.id)
            words = name_in_words(self._office, referrer.verb)
            self._refuse(f"{named} depends on it ({words})", record, record_id)

    def refuse_without_wholes(self) -> None:
        """Raise Refused if a record comes back whose whole was archived later and stays so."""
        back = {record: set(ids) for record, ids in self._entries.items()}
        for change in self._changes:
            if change.before is not None and change.after.get("archived_at"):
                back.setdefault(change.record, set()).add(change.id)
        for record, ids in list(back.items()):
            for whole, whole_ids in self._later.wholes(record, ids):
                away = self._later.archived(whole, whole_ids) - back.get(whole, set())
                for whole_id, verb in self._later.touched(whole, away).items():
                    self._refuse(
                        f"was archived since ({name_in_words(self._office, verb)})", whole, whole_id
                    )


def _reached(start: Iterable[tuple[type[Record], int]], step: Step) -> dict[type[Record], set[int]]:
    """Find all that is reached from some records step by step."""
    level: dict[type[Record], set[int]] = {}
    for record, record_id in start:
        level.setdefault(record, set()).add(record_id)
    reached: dict[type[Record], set[int]] = {}
    while level:
        beyond: dict[type[Record], set[int]] = {}
        for record, ids in level.items():
            for other, other_ids in step(record, ids):
                known = reached.setdefault(other, set())
                fresh = other_ids - known
                if fresh:
                    known |= fresh
                    beyond.setdefault(other, set()).update(fresh)
        level = beyond
    return reached
