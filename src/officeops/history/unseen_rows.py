"""Unseen rows: what a person who does not reach every row may learn of the others.

A check counts every row, or its "all is well" would be wrong. What it finds in a row beyond the
acting person's reach is named by its code alone: not the row, not who wrote it, not how many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.history.done import newest
from officeops.history.finding import Examined, Finding
from officeops.model.errors import Forbidden

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.history.done import Done
    from officeops.model.records import Record
    from officeops.store.stored_office import StoredOffice


def is_reached(office: StoredOffice, done: Done) -> bool:
    """Whether the acting person reaches every row that an action changed. Called unguarded."""
    former = office.store.former
    for record in office.records.values():
        reached = office.within_reach(record, "c.record_id")
        # A blank condition is no limit: every row of the kind is within reach.
        if not reached:
            continue
        is_of_kind = former.condition(record.meta.table)
        sql = (
            "SELECT 1 FROM core_change c WHERE c.id BETWEEN ? AND ? "
            f"AND ({is_of_kind}) AND NOT ({reached}) LIMIT 1"
        )
        if office.value(sql, done.first, done.last):
            return False
    return True


def unseen(office: StoredOffice, record: type[Record], ids: Iterable[int]) -> set[int]:
    """Return which of some rows the acting person may not learn of."""
    if not office.may_view(record):
        return set(ids)
    return office.out_of_reach(record, ids)


def is_limited(office: StoredOffice, record: type[Record]) -> bool:
    """Whether the acting person does not see every row of a kind of record."""
    return not office.may_view(record) or bool(office.within_reach(record, "id"))


def reaches_everything(office: StoredOffice) -> bool:
    """Whether the acting person sees every row of every kind of record."""
    if office.who.everything:
        return True
    return all(_is_open(office, record) for record in office.records.values())


def _is_open(office: StoredOffice, record: type[Record]) -> bool:
    """Whether the acting person sees every row of a kind, or all that anybody does: of a lock."""
    scope = record.meta.scope
    if scope is None:
        # Rows about rows of another kind are seen where those are, which that kind says.
        return office.may_view(record)
    if scope.scope.lock:
        return office.may_view(record) and office.may(f"{record.meta.key}.view-team")
    return not is_limited(office, record)


def allow_whole_file(office: StoredOffice, deed: str) -> None:
    """Raise Forbidden where the acting person does not see every row: `deed` is about all of them.

    A permission to do it says nothing of whose rows a person sees.
    """
    if not reaches_everything(office):
        raise Forbidden(
            f"{office.actor} may not {deed}: a person has to see every record for that."
        )


def as_seen(office: StoredOffice, examined: Examined) -> Examined:
    """Return findings as the acting person may read them, each that is withheld once for its code.

    An accepted one needs nobody's care, so it is left out where it is withheld.
    """
    if office.who.everything:
        return examined
    seen = Examined([], [])
    with office.lifted():
        for finding in examined.problems:
            shown = _shown(office, finding)
            # Withheld findings are alike, and their number would tell how many rows there are.
            if not shown.is_withheld or shown not in seen.problems:
                seen.problems.append(shown)
        for finding, acceptance in examined.accepted:
            if not _shown(office, finding).is_withheld:
                seen.accepted.append((finding, acceptance))
    return seen


def _shown(office: StoredOffice, finding: Finding) -> Finding:
    if _may_see_record(office, finding) and _may_see_action(office, finding):
        # Some of the columns may be withheld from a person who sees the row.
        values = {"was", "is"}
        facts = {name: fact for name, fact in finding.facts.items() if name not in values}
        return finding.replace(facts=facts)
    return Finding(finding.code, is_withheld=True)


def _may_see_record(office: StoredOffice, finding: Finding) -> bool:
    """Whether the person may see the row of a finding; of a layout, every row of its kind."""
    is_of_kind = finding.code == "layout-altered"
    if not finding.record or (finding.record_id is None and not is_of_kind):
        return True
    record = kind_of(office, finding.record)
    if record is None:
        # Its plugin is off, so nobody knows whose it is.
        return office.who.reaches_pattern("sensitive")
    if finding.record_id is None:
        return not is_limited(office, record)
    return not unseen(office, record, {finding.record_id})


def kind_of(office: StoredOffice, name: str) -> type[Record] | None:
    """Return the kind of record of a key, or of a table's name."""
    for record in office.records.values():
        if name in {record.meta.key, record.meta.table}:
            return record
    return None


def _may_see_action(office: StoredOffice, finding: Finding) -> bool:
    """Whether the person sees all that the action of a finding changed, and so may read its name."""
    if finding.action is None or "verb" not in finding.facts:
        return True
    done = next(newest(office, "id = ?", finding.action), None)
    if done is None or not is_reached(office, done):
        return False
    sql = "SELECT record, max(id) FROM core_change WHERE id BETWEEN ? AND ? GROUP BY record"
    for recorded_table, change in office.rows(sql, done.first, done.last):
        table = office.store.former.table(recorded_table, change)
        record = kind_of(office, table)
        if record is None or not office.may_view(record):
            return False
    return True
