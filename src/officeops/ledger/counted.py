"""Counted: the days that the counts of an account include; an entry of those days is history.

An opening has the amount with which an account began, a count that of its day. Entries of the
days before either are in that amount; booked once more, they would count twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.meta import table_of
from officeops.model.sql_values import id_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.model.ledger.declaration import Counts, LedgerDeclaration
    from officeops.model.office.reader import Rows
    from officeops.model.records import Record

    #: An account by the values of its columns, in their order.
    Keys = tuple[int, ...]


class Begun:
    """The day from which the entries of an account change it: that of its opening or last count.

    The accounts of a first key are read together, when one is first asked for. Days are ISO.
    """

    def __init__(self, ledger: LedgerDeclaration, office: Rows) -> None:
        self._ledger = ledger
        self._office = office
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


class CountHistory:
    """The entries that the counts of a ledger have seen, and those that rest on them."""

    def __init__(self, ledger: LedgerDeclaration, office: Rows) -> None:
        self._ledger = ledger
        self._office = office

    def counted_since(self, entry: Record) -> str:
        """Return the day of the last count that has seen an entry; blank if none has.

        That count was booked after the entry, of no earlier day. It has set the balance, so taking
        the entry back must not change that again.
        """
        ledger = self._ledger
        if not ledger.counts:
            return ""
        counts = table_of(ledger.counts.record)
        same = " AND ".join(f"c.{key} = e.{key}" for key in ledger.of)
        sql = f"""
        SELECT max(c.day) FROM {ledger.table} e JOIN {counts} c ON {same} AND c.day >= e.day
        WHERE e.id = ? AND c.archived_at IS NULL
            AND {_booked(counts, "c")} > {_booked(ledger.table, "e")}"""
        return self._office.value(sql, entry.id) or ""

    def relied_on(self, counted: Record) -> bool:
        """Whether later entries are history because of a count, or of an opening entry.

        They changed nothing, as its amount includes them. Without it, balances would lack them.
        """
        counts = self._ledger.counts
        if not counts:
            return False
        if counted.meta.key != self._ledger.meta.key:
            sql = _history_within(self._ledger, counted.meta.table)
        elif _opens(counts, counted):
            sql = _history_before_opening(self._ledger)
        else:
            return False
        return self._office.value(sql, counted.id) is not None


def _opens(counts: Counts, entry: Record) -> bool:
    """Whether an entry is the opening of an account, and changed its balance."""
    kind, history = entry.__dict__["kind"], entry.__dict__["history"]
    return kind == counts.opening != "" and not history


def _history_within(ledger: LedgerDeclaration, counts: str) -> str:
    """Return SQL for entries of an account up to a day on which it was counted."""
    lot = f"e.{ledger.lots.by}" if ledger.lots else "1"
    return _history(ledger, counts, [*ledger.of], "e.day <= c.day", lot)


def _history_before_opening(ledger: LedgerDeclaration) -> str:
    """Return SQL for entries before an opening.

    It outranks the days before it in every account of its first key.
    """
    first, *others = ledger.keys
    grouped = ", ".join(f"e.{key}" for key in others) or "1"
    return _history(ledger, ledger.table, [first], "e.day < c.day", grouped)


def _history(
    ledger: LedgerDeclaration,
    counted: str,
    keys: list[str],
    days: str,
    grouped: str,
) -> str:
    """Return SQL for history that adds up to something, booked after the row ? of a table."""
    same = " AND ".join(f"e.{key} = c.{key}" for key in keys)
    return f"""
    SELECT 1 FROM {counted} c JOIN {ledger.table} e ON {same} AND {days}
    WHERE c.id = ? AND e.history
        AND {_booked(ledger.table, "e")} > {_booked(counted, "c")}
    GROUP BY {grouped}
    HAVING sum(e.{ledger.amount}) <> 0"""


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
