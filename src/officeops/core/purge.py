"""Purging: destroying records past their retention, and nothing that is held or still referred to.

A row is deleted, its search entries and the contents of its history go with it; digests stay in the history, so that
the chain still holds, and a `core.destruction` says what was destroyed and by which rule.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from officeops.core.records import Destruction, LegalHold
from officeops.core.retention_rules import past, rules
from officeops.model.immutable import Value
from officeops.store.chain import destroy, destroy_said
from officeops.values import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.core.retention_rules import Rule
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice

    Doomed = dict[tuple[str, int], Rule]


#: Records destroyed under one hold of the gate: a long purge lets others in between.
PIECE = 200


class Fate(Value):
    """What becomes of a record that is past its retention: destroyed, or kept for a reason."""

    record: str
    number: int
    rule: str
    kept: str = ""


def purge(
    office: StoredOffice, only: str = "", *, dry_run: bool = False, request: str | None = None
) -> list[Fate]:
    """Destroy what is past its retention, of one kind of record or of all, and return what became of each.

    It goes in pieces, an action each, so that nobody waits for all of it; `request` names the first. With `dry_run` nothing is destroyed. Raises NotFound where `only` names a kind that is kept for good.
    """
    office.allow("core.purge")
    with office.lifted():
        return _purged(office, only, dry_run=dry_run, request=request)


def _purged(office: StoredOffice, only: str, *, dry_run: bool, request: str | None) -> list[Fate]:
    said, bulk = (
        {"record": only} if only or request else None,
        "destroying records past their retention",
    )
    office.once(None if dry_run else request, "core.purge", lambda _, given: given == said)
    fates, doomed = _decided(office, only)
    if dry_run or not doomed:
        return fates
    gone: list[Fate] = []
    while doomed:
        with (
            office.acting("core.purge", said, request=request, bulk=bulk) as outcome,
            office.lifted(),
        ):
            # Decided again now that nobody else can write: a hold may have been placed meanwhile.
            fates, doomed = _decided(office, only)
            piece = _piece(office, doomed)
            _destroy(office, piece)
            outcome.append(f"{wording.count(len(piece), 'record')} destroyed.")
        gone += [Fate(key, number, str(rule)) for (key, number), rule in piece.items()]
        doomed, request = {each: rule for each, rule in doomed.items() if each not in piece}, None
    # What was destroyed is still in the write-ahead log until that is emptied; a reader in its way only puts it off.
    office.store.checkpoint(f"{office.actor}: purge")
    return [*gone, *(fate for fate in fates if fate.kept)]


def _decided(office: StoredOffice, only: str) -> tuple[list[Fate], Doomed]:
    due: Doomed = {
        (rule.record.meta.key, number): rule
        for rule in rules(office, only)
        for number in past(office, rule)
    }
    kept = {each: why for each in due if (why := _held(office, *each))}
    doomed = {each: rule for each, rule in due.items() if each not in kept}
    # Whoever stays keeps what it refers to, and that keeps what it refers to, until nothing changes any more.
    while referred := _referred(office, doomed):
        kept |= referred
        doomed = {each: rule for each, rule in doomed.items() if each not in referred}
    return [
        Fate(key, number, str(rule), kept.get((key, number), ""))
        for (key, number), rule in due.items()
    ], doomed


def _piece(office: StoredOffice, doomed: Doomed) -> Doomed:
    """Return some of the doomed, and with them all that refer to them: these are doomed too and cannot stay behind."""
    found, last = dict.fromkeys(list(doomed)[:PIECE]), 0
    while len(found) > last:
        last = len(found)
        for kind in office.plugins.kinds():
            for field in kind.meta.fields:
                ids = (
                    [number for key, number in found if key == field.target]
                    if field.kind == "reference"
                    else []
                )
                found |= dict.fromkeys(
                    (kind.meta.key, number)
                    for number, _ in _referrers(office, kind, field.name, ids)
                )
    return {each: doomed[each] for each in found}


def _held(office: StoredOffice, key: str, number: int) -> str:
    hold = office.first(LegalHold, "record = ? AND (number IS NULL OR number = ?)", key, number)
    return f"held by {hold.who} since {hold.since}: {hold.reason}" if hold else ""


def _referred(office: StoredOffice, doomed: Doomed) -> dict[tuple[str, int], str]:
    """Return which of the doomed a record that stays refers to, with the first such record."""
    found: dict[tuple[str, int], str] = {}
    for kind in office.plugins.kinds():
        for field in kind.meta.fields:
            ids = (
                [number for key, number in doomed if key == field.target]
                if field.kind == "reference"
                else []
            )
            for referrer, number in _referrers(office, kind, field.name, ids):
                if (kind.meta.key, referrer) not in doomed:
                    found.setdefault(
                        (field.target, number), f"{kind.meta.label} #{referrer} refers to it"
                    )
    return found


def _referrers(
    office: StoredOffice, kind: type[Record], column: str, ids: Sequence[int]
) -> list[tuple[int, int]]:
    if not ids or not office.value("SELECT 1 FROM sqlite_master WHERE name = ?", kind.meta.table):
        return []
    return office.rows(
        f"SELECT id, {column} FROM {kind.meta.table} WHERE {column} IN (SELECT value FROM json_each(?)) ORDER BY id",
        json.dumps(ids),
    )


def _destroy(office: StoredOffice, doomed: Doomed) -> None:
    store = office.store
    store.destroying = True
    store.db.execute("PRAGMA defer_foreign_keys = ON")  # those that refer to each other go together
    touched: list[tuple[int, str]] = []
    for (key, number), rule in doomed.items():
        table = rule.record.meta.table
        store.db.execute(f"DELETE FROM {table} WHERE id = ?", (number,))
        actions = destroy(store.db, store.keys, store.former, table, number)
        touched += ((action, key) for action in actions)
        # The last of the changes is the deletion itself, which nobody had read before.
        office.add(
            Destruction(
                record=key,
                number=number,
                day=office.today,
                rule=str(rule),
                changes=len(actions) - 1,
            )
        )
    for action in _emptied(office, touched):
        destroy_said(store.db, store.keys, action)
    for table in {rule.record.meta.table for rule in doomed.values() if rule.record.meta.searched}:
        # The index keeps deleted words in its older parts until these are merged.
        store.db.execute(f"INSERT INTO {table}_search ({table}_search) VALUES ('optimize')")


def _emptied(office: StoredOffice, touched: Sequence[tuple[int, str]]) -> Iterator[int]:
    """Yield the actions whose own words go too: those on the kind of record, and those that have no other contents left."""
    for action, key in dict.fromkeys(touched):
        if action == office.store.action_id:
            continue
        first, verb = office.rows(
            "SELECT first_change, verb FROM core_action WHERE id = ?", action
        )[0]
        until = office.value(
            "SELECT first_change FROM core_action WHERE id > ? ORDER BY id LIMIT 1", action
        )
        left = "SELECT 1 FROM core_change WHERE id >= ? AND id < ? AND destroyed IS NULL LIMIT 1"
        verb = office.store.former.verb(verb, action)
        if verb.startswith(f"{key}.") or not office.value(left, first, until):
            yield action
