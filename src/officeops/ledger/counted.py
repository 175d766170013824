"""Counted: the days that the counts of an account include; an entry of those days is history.

An opening has the amount with which an account began, a count that of its day. Entries of the
days before either are in that amount; booked once more, they would count twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.meta import table_of
from officeops.model.sql_values import id_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops.model.ledger.declaration import Counts, LedgerDeclaration
    from officeops.model.office import Office
    from officeops.model.office.reader import Rows
    from officeops.model.records import Record

    #: An account by the values of its columns, in their order.
    Keys = tuple[int, ...]


class Begun:
    """The day from which the entries of an account change it: that of its opening or last count.

    The accounts of a first key are read together, when one is first asked for. Days are ISO.
    """

    def __init__(self, ledger: LedgerDeclaration, office: Rows) -> None:
        self._ledger, self._office = ledger, office
        self._read: set[int] = set()
        #: The day a first key was opened at all: its other accounts had nothing then.
        self._first: dict[int, str] = {}
        self._opened: dict[Keys, str] = {}
        self._counted: dict[Keys, str] = {}

    def read(self, firsts: Iterable[int]) -> None:
        """Read the openings and counts of the accounts that begin with some keys."""
        new = set(firsts) - self._read
        counts = self._ledger.counts
        if not new or not counts:
            return
        self._read |= new
        ids = id_list(new)
        for *keys, day in self._office.rows(_opened(self._ledger), ids, counts.opening):
            self._opened[tuple(keys)] = day
            self._first[keys[0]] = min(day, self._first.get(keys[0], day))
        for *keys, day in self._office.rows(_counted(self._ledger, counts), ids):
            self._counted[tuple(keys)] = day

    def opened(self, *keys: int) -> str:
        """Return the day of an account's opening; blank if there is none."""
        self.read(keys[:1])
        return self._opened.get(keys) or self._first.get(keys[0], "")

    def counted(self, *keys: int) -> str:
        """Return the day of an account's last count; blank if there is none."""
        self.read(keys[:1])
        return self._counted.get(keys, "")

    def begins(self, *keys: int) -> str:
        """Return the first day whose entries change an account; blank if all do."""
        return max(self.opened(*keys), self.counted(*keys))


def begins(ledger: LedgerDeclaration, office: Office, account: Mapping[str, int]) -> str:
    """Return the first day whose entries change an account; blank if all do."""
    return Begun(ledger, office).begins(*(account[key] for key in ledger.of))


def counted_since(ledger: LedgerDeclaration, office: Office, entry: Record) -> str:
    """Return the day of the last count that has seen an entry: booked after it, of no earlier day.

    It has set the balance, so taking the entry back must not change that again.
    """
    if not ledger.counts:
        return ""
    table = table_of(ledger.counts.record)
    same = " AND ".join(f"c.{key} = e.{key}" for key in ledger.of)
    sql = f"""
    SELECT max(c.day) FROM {ledger.table} e JOIN {table} c ON {same} AND c.day >= e.day
    WHERE e.id = ? AND c.archived_at IS NULL
        AND {_booked(table, "c")} > {_booked(ledger.table, "e")}"""
    return office.value(sql, entry.id) or ""


def relied_on(ledger: LedgerDeclaration, office: Office, counted: Record) -> bool:
    """Whether later entries are history because of a count, or of an opening entry.

    They changed nothing, as its amount includes them. Without it, balances would lack them.
    """
    if not ledger.counts:
        return False
    is_opening = counted.meta.key == ledger.meta.key
    if is_opening and not _opens(ledger, counted):
        return False
    # An opening outranks the days before it in every account of its first key.
    keys = ledger.of[:1] if is_opening else ledger.of
    same = " AND ".join(f"e.{key} = c.{key}" for key in keys)
    grouped = [key for key in ledger.keys if key not in keys]
    before = "e.day < c.day" if is_opening else "e.day <= c.day"
    sql = f"""
    SELECT 1 FROM {counted.meta.table} c JOIN {ledger.table} e ON {same} AND {before}
    WHERE c.id = ? AND e.history
        AND {_booked(ledger.table, "e")} > {_booked(counted.meta.table, "c")}
    GROUP BY {", ".join(f"e.{key}" for key in grouped) or "1"}
    HAVING sum(e.{ledger.amount}) <> 0"""
    return office.value(sql, counted.id) is not None


def _opens(ledger: LedgerDeclaration, entry: Record) -> bool:
    counts = ledger.counts
    kind, history = entry.__dict__["kind"], entry.__dict__["history"]
    return counts is not None and kind == counts.opening != "" and not history


def _opened(ledger: LedgerDeclaration) -> str:
    keys = ", ".join(f"e.{key}" for key in ledger.of)
    return f"""
    SELECT {keys}, min(e.day) FROM {ledger.table} e
    WHERE e.{ledger.of[0]} IN (SELECT value FROM json_each(?)) AND e.kind = ? AND NOT e.history
        AND NOT EXISTS (SELECT 1 FROM {ledger.table} r WHERE r.reverses_id = e.id)
    GROUP BY {keys}"""


def _counted(ledger: LedgerDeclaration, counts: Counts) -> str:
    keys = ", ".join(ledger.of)
    return f"""
    SELECT {keys}, max(day) FROM {table_of(counts.record)}
    WHERE {ledger.of[0]} IN (SELECT value FROM json_each(?)) AND archived_at IS NULL
    GROUP BY {keys}"""


def _booked(table: str, row: str) -> str:
    """Return SQL for when a row was booked: the number of the action that added it."""
    return (
        f"(SELECT min(action_id) FROM core_change WHERE record = '{table}' "
        f"AND record_id = {row}.id)"
    )
