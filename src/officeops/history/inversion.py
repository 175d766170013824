"""Inversion: the changes of one recorded action reversed, all of them or none.

Without later work that is always right: the office has been in each state on the way back. With
later work it is refused, with the reason, as soon as something depends on what would go.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.history.action_words import name_in_words
from officeops.history.dependents import Dependents
from officeops.history.later_changes import LaterChanges
from officeops.history.recorded_changes import about, recorded_changes
from officeops.model.declarations import named
from officeops.model.errors import Forbidden, Problem, Refused, problem_of
from officeops.model.sql_values import id_list
from officeops.plugins.blame import Blame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from officeops.history.done import Done
    from officeops.history.recorded_changes import RecordedChange
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

    #: The ids of a ledger's entries, the latest first.
    Entries = dict[type[Record], list[int]]

#: The kind of the notes on merges, one of which each merge writes.
_MERGES: Final = "core.duplicate"
#: The office is above the history, so that it asks by name.
_WHY_HELD: Final = "officeops.core.legal_holds:why_held"
_REFUSE_OWING: Final = "officeops.office.owing_records:refuse_owing_record"


class Inversion:
    """Takes back the changes of one action inside another that is open.

    `again` says that the action was itself an undo, which is to be done again.
    """

    def __init__(self, office: StoredOffice, done: Done, *, again: bool) -> None:
        self._office = office
        self._done = done
        self._again = again
        self._later = LaterChanges(office, done, undos=again)
        self._stamp = office.stamp()
        self._is_merge = False

    def run(self) -> None:
        """Take all of it back. Raises Refused with the reason."""
        entries, changes = self._recorded()
        self._is_merge = any(change.record.meta.key == _MERGES for change in changes)
        for change in changes:
            self._refuse_release(change)
            self._refuse_transition(change)
            self._refuse_put_away(change, changes)
        if not entries and not changes:
            raise Refused(f"action {self._done.id} changed nothing", code="nothing-to-do")
        dependents = Dependents(self._office, self._later, entries, changes)
        if self._later:
            dependents.refuse_moved_lives()
            dependents.find_suspects()
            if self._again:
                dependents.refuse_without_wholes()
        for record, ids in entries.items():
            self._balance_out(record, ids)
        for alike in self._alike(changes):
            if len(alike) > 1 and self._are_moved_back(alike):
                continue
            for change in alike:
                if change.before is None:
                    self._archive(change, dependents)
                else:
                    self._put_back(change, change.before, dependents)

    def _alike(self, changes: Sequence[RecordedChange]) -> Iterator[list[RecordedChange]]:
        """Yield the changes in their order: together those by which a merge moved rows alike."""
        run: list[RecordedChange] = []
        for change in changes:
            is_alike = bool(run) and self._is_merge and _are_alike(run[-1], change)
            if run and not is_alike:
                yield run
                run = []
            run.append(change)
        if run:
            yield run

    def _are_moved_back(self, alike: Sequence[RecordedChange]) -> bool:
        """Have rows that a merge moved name what they named before, in one statement.

        False, and nothing is written, where one of them says something else by now.
        """
        first, ids = alike[0], [change.id for change in alike]
        meta = first.record.meta
        same = " AND ".join(f"{name} IS ?" for name in first.after)
        sql = f"SELECT count(*) FROM {meta.table} WHERE id IN (SELECT value FROM json_each(?))"
        present = self._office.value(f"{sql} AND {same}", id_list(ids), *first.after.values())
        if present != len(ids):
            return False
        self._office.move_back(meta, ids, first.after, first.before or {})
        return True

    def _recorded(self) -> tuple[Entries, list[RecordedChange]]:
        """Return the entries of ledgers that the action wrote, and its other changes."""
        entries: Entries = {}
        changes: list[RecordedChange] = []
        for change in recorded_changes(self._office, self._done):
            if change.record.meta.append_only:
                entries.setdefault(change.record, []).append(change.id)
            else:
                changes.append(change)
        return entries, changes

    def _refuse_transition(self, change: RecordedChange) -> None:
        """Raise Refused for a transition that others followed, or that this person may not take."""
        states = change.states(again=self._again)
        life = change.record.life
        if states is None or life is None:
            return
        [record] = self._office.some(change.record, [change.id])
        verb = self._done.verb.rpartition(".")[2]
        barred = life.barred(self._office, record, *states, verb)
        if barred:
            self._refuse(change.record, change.id, [problem_of(barred)])
        if not self._later:
            return
        # A later way back to the same state is a life of its own: its events follow this one.
        later = self._later.restated(change.record, change.id)
        if later:
            words = name_in_words(self._office, later)
            why = f"its state was changed again since ({words})"
            self._refuse(change.record, change.id, [Problem(why, code="changed-since")])
        # A device that failed its check since is released by no road.
        ends = states if self._again else states[::-1]
        if why_not := life.refused_again(self._office, record, *ends):
            self._refuse(change.record, change.id, [problem_of(why_not)])

    def _refuse_release(self, change: RecordedChange) -> None:
        """Raise Forbidden for a value that only people with another permission may end."""
        upheld = change.record.upheld
        # To do again what a release did takes the permission of the release.
        if upheld is None or self._again:
            return
        # The changes of a new record have none of its values.
        after = change.after or self._row(change.record, change.id)
        if not upheld.is_ended(change.before, after):
            return
        try:
            self._office.allow(upheld.needs)
        except Forbidden as why:
            subject = about(self._office, change.record, change.id)
            cure = f"a person who may do that takes it back: officeops undo {self._done.id}"
            raise Forbidden(f"{why} This undo would release {subject}; {cure}") from why

    def _refuse_put_away(
        self,
        change: RecordedChange,
        changes: Sequence[RecordedChange],
    ) -> None:
        """Raise Refused for a change of a record that somebody archived since.

        It would be open again where nobody sees it, such as a report that a device is unsafe.
        """
        is_open = change.record.meta.editable or change.states(again=self._again) is not None
        if not self._later or change.before is None or not is_open:
            return
        own = [one for one in changes if (one.record, one.id) == (change.record, change.id)]
        if any(one.before is None or "archived_at" in one.after for one in own):
            return
        [record] = self._office.some(change.record, [change.id])
        if record.archived_at is not None:
            self._refuse(
                change.record,
                change.id,
                [Problem("is archived; unarchive it first", code="archived")],
            )

    def _balance_out(self, record: type[Record], ids: list[int]) -> None:
        """Have a ledger write the entries that balance others."""
        found = self._office.some(record, ids)
        by_id = {entry.id: entry for entry in found}
        # Like the changes, the latest first.
        entries = [by_id[entry_id] for entry_id in ids]
        with Blame(record.meta.plugin, f"balance_out() of the record {record.meta.key}"):
            record.balance_out(self._office, entries)

    def _archive(self, change: RecordedChange, dependents: Dependents) -> None:
        """Archive a record that the action added."""
        record, record_id = change.record, change.id
        row = self._row(record, record_id)
        if row["archived_at"] is not None:
            subject = about(self._office, record, record_id)
            raise Refused("was archived since", subject, code="archived")
        if self._later:
            dependents.refuse_needed(record, record_id)
            self._refuse_needed(record, record_id)
            self._refuse_held(record, record_id)
            if not self._again:
                [added] = self._office.some(record, [record_id])
                named(_REFUSE_OWING)(self._office, added)
        values = {"archived_at": self._stamp}
        self._office.put_back(record, record_id, values, {"archived_at": None})

    def _refuse_held(self, record: type[Record], record_id: int) -> None:
        """Raise Refused for a record that a legal hold keeps from being archived."""
        [held] = self._office.some(record, [record_id])
        if why := named(_WHY_HELD)(self._office, held):
            raise Refused(why, about(self._office, record, record_id), code="on-hold")

    def _refuse_needed(self, record: type[Record], record_id: int) -> None:
        """Raise Refused for a record that its plugin says is still needed."""
        [added] = self._office.some(record, [record_id])
        with Blame(record.meta.plugin, f"still_needed() of the record {record.meta.key}"):
            why = added.still_needed(self._office)
        if why:
            subject = about(self._office, record, record_id)
            raise Refused(why, subject, code="changed-since")

    def _put_back(
        self,
        change: RecordedChange,
        before: dict[str, Any],
        dependents: Dependents,
    ) -> None:
        """Restore the values that a record had before the action."""
        record, record_id = change.record, change.id
        row = self._row(record, record_id)
        self._refuse(record, record_id, self._changed_since(change, row))
        if self._later:
            if before.get("archived_at"):
                dependents.refuse_needed(record, record_id)
                self._refuse_held(record, record_id)
            row_before = row | before
            # The columns of a row are in the record's own order.
            restored = record.from_row([*row_before.values()])
            # A merge moved references without asking, of a received order too.
            if not (self._is_merge and _is_reference(change)):
                self._refuse(record, record_id, restored.check(self._office))
        self._office.put_back(record, record_id, before, change.after)

    def _refuse(
        self,
        record: type[Record],
        record_id: int,
        problems: Iterable[Problem],
    ) -> None:
        """Raise Refused for a record, if there is any problem."""
        listed = [record.meta.by_public_name(problem) for problem in problems]
        if listed:
            raise Refused(listed, about(self._office, record, record_id))

    def _changed_since(self, change: RecordedChange, row: dict[str, Any]) -> Iterator[Problem]:
        """Yield a problem for each field that no longer has the value that the action gave it."""
        meta = change.record.meta
        sealed: set[str] = set()
        digests: set[str] = set()
        for field in meta.sealed:
            sealed.add(field.name)
            digests.add(field.index_column)
        for name, value in change.after.items():
            if row[name] == value or name in digests:
                continue
            # A value that was only sealed again, with another key, is the same.
            if name in sealed and self._office.same(meta, change.id, name, row[name], value):
                continue
            yield Problem("was changed again since", name, code="changed-since")

    def _row(self, record: type[Record], record_id: int) -> dict[str, Any]:
        columns = record.meta.columns
        listed = ", ".join(columns)
        sql = f"SELECT {listed} FROM {record.meta.table} WHERE id = ?"
        rows = self._office.rows(sql, record_id)
        if not rows:
            name = f"{record.meta.label} #{record_id}"
            raise Refused(f"{name} is gone", code="destroyed")
        [row] = rows
        return dict(zip(columns, row, strict=True))


def _is_reference(change: RecordedChange) -> bool:
    """Whether a change is of what a record refers to, and of nothing else."""
    meta = change.record.meta
    references = {field.name for field in meta.fields if field.target} | {*meta.about}
    return references.issuperset(change.after)


def _are_alike(one: RecordedChange, other: RecordedChange) -> bool:
    """Whether two changes moved two rows from one record to another one, in the same columns."""
    if one.record is not other.record or one.id == other.id or one.record.meta.fixed:
        return False
    is_same = (one.before, one.after) == (other.before, other.after)
    return is_same and one.before is not None and _is_reference(one)
