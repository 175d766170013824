"""Accepting findings: an owner declares that a fault which cannot be repaired counts as it is now.

A record that is not as recorded is recorded as it is, and a version that no saves made is counted
again. Of any other finding the mark is kept, which no later alteration has. All are actions, so the
history says who accepted it and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.history.unseen_rows import allow_whole_file
from officeops.history.verify import examine
from officeops.history.verify_accepted import VERB
from officeops.history.verify_records import tables_of
from officeops.model.errors import Refused
from officeops.model.immutable import Value
from officeops.model.sql_values import quoted
from officeops.store.replay import Difference, differences

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from officeops.history.finding import Finding, Mark
    from officeops.store.stored_office import StoredOffice

#: More than any file has: an owner sees every finding before accepting any.
_ALL = 2**63
_CHANGE_SQL: Final = (
    "INSERT INTO core_change (action_id, record, record_id, before, after) "
    "VALUES (officeops_action(), ?, ?, ?, ?)"
)


class Found(Value):
    """The findings that can be accepted, and those that must be repaired instead."""

    acceptable: list[Finding]
    left: list[Finding]


def look(office: StoredOffice) -> Found:
    """Verify, after making a key if there is none: marks are made with it. Raises Forbidden."""
    office.allow(VERB)
    allow_whole_file(office, "accept findings in the history")
    office.sign_first()
    with office.lifted(), office.store.gate.held(f"{office.actor}: verifying the history"):
        office.store.keys.to_write(
            office.value("SELECT key_id FROM core_action ORDER BY id DESC LIMIT 1")
        )
        return _found(office)


def accept(
    office: StoredOffice,
    shown: Found,
    because: str = "",
    *,
    request: str | None = None,
) -> None:
    """Accept the findings that were shown. Raises Refused if there are others by now."""
    bulk = "accepting findings in the history"
    said = {"because": because} if because or request else {}
    with office.lifted(), office.store.gate.held(f"{office.actor}: {bulk}"):
        if _found(office) != shown:
            raise Refused(
                "something else is found by now than was shown; nothing was accepted. Look again",
                code="changed-since",
            )
        rows, counted = _rows_as_they_are(office, shown), _miscounted(shown)
        if rows or counted:
            with office.acting(VERB, said, request=request, bulk=bulk), office.lifted():
                office.store.db.executemany(_CHANGE_SQL, rows)
                for table, number in counted:
                    _count_again(office, table, number)
            # The first action has used the id, so the second goes without one.
            request = None
        # The marks go into an action without changes, which no later purge of a record empties.
        marks = _marks(shown)
        if rows or counted:
            remaining = _marks(_found(office))
            # Some findings may be settled now that the rows are recorded as they are.
            marks = [mark for mark in marks if mark in remaining]
        if marks:
            with office.acting(VERB, {**said, "found": marks}, request=request, bulk=bulk):
                pass


def _marks(found: Found) -> list[Mark]:
    return [finding.mark for finding in found.acceptable]


def _rows_as_they_are(office: StoredOffice, shown: Found) -> list[tuple[Any, ...]]:
    """List the changes that record the accepted records as they are: table, id, before, after."""
    acceptable: set[tuple[object, int | None]] = set()
    for finding in shown.acceptable:
        if finding.kind == "record":
            acceptable.add((finding.mark[1], finding.record_id))
    rows: list[tuple[Any, ...]] = []
    for table, difference in _differences(office, shown.acceptable):
        if (table, difference.id) in acceptable:
            rows.append((table, difference.id, *difference.sides))
    return rows


def _miscounted(shown: Found) -> list[tuple[str, int]]:
    """List the accepted records, by table and id, whose version their saves cannot have made."""
    return [
        (str(finding.mark[1]), finding.record_id)
        for finding in shown.acceptable
        if finding.code == "record-version" and finding.record_id is not None
    ]


def _count_again(
    office: StoredOffice,
    table: str,
    number: int,
) -> None:
    """Give a record the version that its saves make: accepted as it is, the next save finds it again."""
    of_table = office.store.former.condition(table)
    saves = f"SELECT count(*) FROM core_change c WHERE {of_table} AND c.record_id = ?1"
    db = office.store.db
    with db.checked(table):
        db.execute(f"UPDATE {quoted(table)} SET version = ({saves}) WHERE id = ?1", (number,))


def _found(office: StoredOffice) -> Found:
    findings = examine(office, most=_ALL).problems
    unfit: set[tuple[str, int]] = set()
    for table, difference in _differences(office, findings):
        if difference.destroyed or difference.actual == {}:
            unfit.add((table, difference.id))
    tables = tables_of(office)
    found = Found([], [])
    for finding in findings:
        if _is_acceptable(finding, unfit, tables):
            found.acceptable.append(finding)
        else:
            found.left.append(finding)
    return found


def _is_acceptable(
    finding: Finding, unfit: Collection[tuple[str, int]], tables: Collection[str]
) -> bool:
    """Tell whether accepting a finding covers nothing else.

    A table that cannot be compared could hold anything from then on.
    """
    if finding.kind != "record":
        return bool(finding.mark)
    is_one = finding.record_id is not None
    return finding.mark[1:3] not in unfit and (is_one or finding.mark[1] not in tables)


def _differences(
    office: StoredOffice, found: Iterable[Finding]
) -> Iterator[tuple[str, Difference]]:
    """Yield the records of the findings' tables that are not as recorded, with their table."""
    tables: set[str] = set()
    for finding in found:
        if finding.kind == "record" and finding.record_id is not None:
            tables.add(str(finding.mark[1]))
    for table in sorted(tables):
        for difference in differences(office.store.db, table):
            if isinstance(difference, Difference):
                yield table, difference
