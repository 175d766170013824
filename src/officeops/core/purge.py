"""Purge: destroys records past their retention, and none that is held or still referred to.

A row is deleted, and with it its search entries, the contents of its history, the rows about it,
what people typed of it and did not book, and the bytes of files that no attachment has any more. Digests stay in
the history, so that the chain still holds, and a `core.destruction` records the rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.core.purge_candidates import Candidates, rows_about
from officeops.core.purged_drafts import PurgedDrafts
from officeops.core.records import Destruction
from officeops.history.unseen_rows import allow_whole_file
from officeops.model.immutable import Value
from officeops.model.meta import table_of
from officeops.store.blobs import destroy_unused
from officeops.store.chain import destroy, destroy_said
from officeops.values import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.core.legal_holds import Subject
    from officeops.core.purge_candidates import Doomed
    from officeops.core.retention_rules import Rule
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

#: Records destroyed under one hold of the gate: a long purge lets other writers in between.
PIECE = 200


class Fate(Value):
    """The fate of a record past its retention: destroyed, or kept for a reason."""

    record: str
    number: int
    rule: str
    kept: str = ""


def purge(
    office: StoredOffice,
    only: str = "",
    *,
    dry_run: bool = False,
    request: str | None = None,
) -> list[Fate]:
    """Destroy the records past their retention, of one kind or of all, and return the fate of each.

    It goes in pieces, an action each, so that nobody waits for all of it; `request` names the
    first. With `dry_run` nothing is destroyed. Raises NotFound where `only` names a kind that is
    kept forever.
    """
    office.allow("core.purge")
    allow_whole_file(office, "destroy records past their retention")
    with office.lifted():
        return _purge(office, only, dry_run=dry_run, request=request)


def _purge(
    office: StoredOffice,
    only: str,
    *,
    dry_run: bool,
    request: str | None,
) -> list[Fate]:
    arguments = {"record": only} if only or request else None
    if not dry_run:
        # A purge of every kind was once kept without arguments.
        office.once(request, "core.purge", lambda _, given: (given or {"record": ""}) == arguments)
    candidates = Candidates(office, only)
    if dry_run or not candidates.doomed:
        return _fates(candidates)
    destroyed: list[Fate] = []
    is_left = True
    while is_left:
        with (
            office.acting(
                "core.purge",
                arguments,
                request=request,
                bulk="destroying records past their retention",
            ) as outcome,
            office.lifted(),
        ):
            # Decided again now that nobody else can write: a hold may have been placed since then.
            candidates = Candidates(office, only)
            piece = candidates.piece(PIECE)
            typed = _destroy(office, piece)
            outcome.append(f"{wording.count(len(piece), 'record')} destroyed.")
            if typed:
                rows = wording.count(typed, "row")
                outcome.append(f" {rows} that people typed of them and did not book went too.")
        destroyed += [Fate(key, number, str(rule)) for (key, number), rule in piece.items()]
        is_left = len(piece) < len(candidates.doomed)
        request = None
    # The write-ahead log still has the destroyed rows until it is emptied; an open reader only
    # delays that.
    office.store.checkpoint(f"{office.actor}: purge")
    return [*destroyed, *(fate for fate in _fates(candidates) if fate.kept)]


def _fates(candidates: Candidates) -> list[Fate]:
    """List the fates of all candidates, as they are decided now."""
    fates = []
    for (key, number), rule in candidates.due.items():
        why = candidates.kept.get((key, number), "")
        fates.append(Fate(key, number, str(rule), why))
    return fates


def _destroy(office: StoredOffice, doomed: Doomed) -> int:
    """Destroy records, and return how many rows of drafts went with them."""
    store = office.store
    store.destroying = True
    # While their names are still there.
    typed = PurgedDrafts(office, doomed).destroy()
    # Records that refer to each other are destroyed together, in any order.
    store.db.execute("PRAGMA defer_foreign_keys = ON")
    touched: list[tuple[int, str]] = []
    kinds: set[type[Record]] = set()
    for (key, number), rule in _with_rows_about(office, doomed):
        table = table_of(key)
        # The rows of a dropped kind are gone with its table; only their history is left.
        is_row = key in office.records
        if is_row:
            store.db.execute(f"DELETE FROM {table} WHERE id = ?", (number,))
            kinds.add(office.records[key])
        actions = destroy(store.db, store.keys, store.former, table, number)
        touched += [(action, key) for action in actions]
        office.add(
            Destruction(
                record=key,
                number=number,
                day=office.today,
                rule=str(rule),
                # The last change of a row is its deletion here, which nobody has read before.
                changes=len(actions) - is_row,
            )
        )
    for action in _emptied(office, touched):
        destroy_said(store.db, store.keys, action)
    # An archived attachment still has its bytes, so that redo brings the file back.
    destroy_unused(store.db)
    for table in {kind.meta.table for kind in kinds if kind.meta.searched}:
        # The index keeps deleted words in its older parts until these are merged.
        store.db.execute(f"INSERT INTO {table}_search ({table}_search) VALUES ('optimize')")
    return typed


def _with_rows_about(office: StoredOffice, doomed: Doomed) -> Iterator[tuple[Subject, Rule]]:
    """Yield the doomed records, each once, and the rows about them, such as events and files.

    Those say what became of a record, or hold its papers.
    """
    given: set[Subject] = set()
    for subject, rule in doomed.items():
        for doomed_row in (subject, *rows_about(office, subject)):
            if doomed_row not in given:
                given.add(doomed_row)
                yield doomed_row, rule


def _emptied(office: StoredOffice, touched: Sequence[tuple[int, str]]) -> Iterator[int]:
    """Yield the actions whose own arguments are destroyed too.

    They are those on the kind of record, and those that have no other contents left.
    """
    for action, key in dict.fromkeys(touched):
        if action == office.store.action_id:
            continue
        sql = "SELECT first_change, verb FROM core_action WHERE id = ?"
        first, verb = office.rows(sql, action)[0]
        sql = "SELECT first_change FROM core_action WHERE id > ? ORDER BY id LIMIT 1"
        until = office.value(sql, action)
        left = "SELECT 1 FROM core_change WHERE id >= ? AND id < ? AND destroyed IS NULL LIMIT 1"
        verb = office.store.former.verb(verb, action)
        if verb.startswith(f"{key}.") or not office.value(left, first, until):
            yield action
