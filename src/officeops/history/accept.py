"""Accepting what verify found: an owner's word, on record, that what cannot be mended is to count as it is now.

A record that is not as recorded is put on record as it is. Of anything else the marks are kept, which nothing that is
done later has. Neither can be done without an action that says who did it and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.history.verify import examine
from officeops.history.verify_accepted import VERB
from officeops.model.errors import Refused
from officeops.model.immutable import Value
from officeops.store.replay import Difference, differences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.history.finding import Finding
    from officeops.store.stored_office import StoredOffice

#: More than any file has: who accepts is told of everything.
_ALL = 2**63


class Found(Value):
    """What is found: what can be accepted, and what must be mended instead."""

    acceptable: list[Finding]
    left: list[Finding]


def look(office: StoredOffice) -> Found:
    """Return what is found, after making a key where there is none: the marks are made with it. Raises Forbidden."""
    office.allow(VERB)
    with office.lifted(), office.store.gate.held(f"{office.actor}: verifying the history"):
        office.store.keys.to_write(
            office.value("SELECT key_id FROM core_action ORDER BY id DESC LIMIT 1")
        )
        return _found(office)


def accept(
    office: StoredOffice, shown: Found, because: str = "", *, request: str | None = None
) -> None:
    """Accept what was shown. Raises Refused where anything else is found by now."""
    bulk = "accepting findings in the history"
    said = {"because": because} if because or request else {}
    with office.lifted(), office.store.gate.held(f"{office.actor}: {bulk}"):
        if _found(office) != shown:
            raise Refused(
                "something else is found by now than was shown; nothing was accepted. Look again"
            )
        acceptable = {
            (each.mark[1], each.record_id) for each in shown.acceptable if each.kind == "record"
        }
        rows = [
            (table, each.id, *each.sides)
            for table, each in _differences(office, shown.acceptable)
            if (table, each.id) in acceptable
        ]
        if rows:
            with office.acting(VERB, said, request=request, bulk=bulk), office.lifted():
                into = "INSERT INTO core_change (action_id, record, record_id, before, after) VALUES (officeops_action(), ?, ?, ?, ?)"
                office.store.db.executemany(into, rows)
            request = None
        # In an action without changes: what the law lets go one day does not take its words along.
        still = (
            {each.mark for each in _found(office).acceptable}
            if rows
            else {each.mark for each in shown.acceptable}
        )
        if marks := [each.mark for each in shown.acceptable if each.mark in still]:
            with office.acting(VERB, {**said, "found": marks}, request=request, bulk=bulk):
                pass


def _found(office: StoredOffice) -> Found:
    found = examine(office, most=_ALL).problems
    unfit = {
        (table, each.id)
        for table, each in _differences(office, found)
        if each.destroyed or each.actual == {}
    }
    tables = {row[0] for row in office.rows("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def fit(each: Finding) -> bool:
        """Whether nothing else would be covered: a table that cannot be compared could hold anything from then on."""
        if each.kind != "record":
            return bool(each.mark)
        return each.mark[1:3] not in unfit and (
            each.record_id is not None or each.mark[1] not in tables
        )

    return Found([each for each in found if fit(each)], [each for each in found if not fit(each)])


def _differences(
    office: StoredOffice, found: Iterable[Finding]
) -> Iterator[tuple[str, Difference]]:
    """Yield the records of the findings' tables that are not as recorded, with their table."""
    tables = {
        str(each.mark[1]) for each in found if each.kind == "record" and each.record_id is not None
    }
    for table in sorted(tables):
        for each in differences(office.store.db, table):
            if isinstance(each, Difference):
                yield table, each
