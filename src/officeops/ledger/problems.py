"""Problems of a ledger: what `officeops selfcheck` lists, each with its cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.ledger.accounts import Accounts, exact_sum
from officeops.ledger.chain import Chains
from officeops.ledger.limits import Limits
from officeops.model.ledger.declaration import TRANSFER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from officeops.model.ledger.declaration import LedgerDeclaration
    from officeops.model.office import Office

    #: A sentence and its cure.
    Found = tuple[str, str]


class LedgerProblems:
    """Looks a ledger over: balances against entries, amounts below their least, and reversals."""

    def __init__(self, ledger: LedgerDeclaration, office: Office) -> None:
        self._ledger = ledger
        self._office = office
        self._accounts = Accounts(ledger, office)
        self._limits = Limits(ledger, office)

    def found(self) -> Iterator[Found]:
        """Yield a sentence and its cure for each thing that is not in order.

        Raises PluginFault where the plugin's floor fails.
        """
        yield from self._sums()
        yield from self._reversals()
        # Last: a floor is code of a plugin, which may fail.
        yield from self._below_floor()

    def apart(self) -> list[int]:
        """List the transfers in no group, of which the other half is not known for sure."""
        table = self._ledger.table
        sql = f"""
        SELECT e.id FROM {table} e
        WHERE e.kind = ? AND e.group_id IS NULL AND e.reverses_id IS NULL
            AND NOT EXISTS (SELECT 1 FROM {table} g WHERE g.group_id = e.id)
            AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.reverses_id = e.id)
        ORDER BY e.id"""
        return [number for (number,) in self._office.rows(sql, TRANSFER)]

    def _sums(self) -> Iterator[Found]:
        """Compare each balance with the sum of its entries."""
        ledger = self._ledger
        keys, amount = ", ".join(ledger.keys), ledger.amount
        # Entries that a count includes changed no balance.
        live = " WHERE NOT history" if ledger.counts else ""
        balance, entries = exact_sum("balance"), exact_sum("entries")
        sql = f"""
        SELECT {keys}, {balance}, {entries} FROM (
            SELECT {keys}, {amount} AS balance, 0 AS entries FROM {ledger.balance_table}
            UNION ALL
            SELECT {keys}, 0, {amount} FROM {ledger.table}{live})
        GROUP BY {keys} HAVING {balance} <> {entries}"""
        for *values, kept, booked in self._office.rows(sql):
            account = self._named(values)
            shown = self._accounts.shown
            what = f"{account}: the balance is {shown(kept)}, but its entries add up to {shown(booked)}"
            yield what, "Restore the newest good backup to a new file, and compare."

    def _below_floor(self) -> Iterator[Found]:
        """List lots below zero, and accounts below their floor: SQL of one's own takes them there.

        By day, that is on any day from today on; a floor of today says nothing of earlier ones.
        """
        ledger = self._ledger
        cure = "Count it." if ledger.counts else "Post the missing amount."
        for *values, amount in self._below_zero():
            account = dict(zip(ledger.of, values, strict=False))
            with self._office.answering(
                ledger.meta.plugin, f"floor of the ledger {ledger.meta.key}"
            ):
                floor = self._limits.floor(account, values[-1] if ledger.lots else None)
            if amount < floor:
                shown = self._accounts.shown
                account_name = self._named(values)
                yield f"{account_name}: {shown(amount)}; the least is {shown(floor)}", cure

    def _below_zero(self) -> Iterable[tuple[int, ...]]:
        """List the balances below zero, each with its keys: no floor is above that."""
        ledger = self._ledger
        keys, amount = ", ".join(ledger.keys), ledger.amount
        if not ledger.by_day:
            table = ledger.balance_table
            return self._office.rows(f"SELECT {keys}, {amount} FROM {table} WHERE {amount} < 0")
        today = self._office.today.isoformat()
        run = exact_sum(amount, f" OVER (PARTITION BY {keys} ORDER BY day)")
        sql = f"""
        SELECT {keys}, min(total) FROM (
            SELECT {keys}, day, {run} AS total
            FROM (
                SELECT {keys}, day, {amount} FROM {ledger.table}
                UNION ALL SELECT DISTINCT {keys}, ?, 0 FROM {ledger.table}))
        WHERE day >= ? GROUP BY {keys} HAVING min(total) < 0"""
        return self._office.rows(sql, today, today)

    def _reversals(self) -> Iterator[Found]:
        """List reversals that are not the exact opposite of their entry, or not its only one."""
        ledger = self._ledger
        differ = " OR ".join(f"r.{key} IS NOT e.{key}" for key in ledger.keys)
        sql = f"""
        SELECT r.id, e.id FROM {ledger.table} r JOIN {ledger.table} e ON e.id = r.reverses_id
        WHERE r.{ledger.amount} <> -e.{ledger.amount} OR {differ} OR EXISTS (
            SELECT 1 FROM {ledger.table} o WHERE o.reverses_id = e.id AND o.id < r.id)"""
        noun = ledger.meta.noun
        for reversal, entry in list(self._office.rows(sql)):
            if not self._is_in_force(reversal):
                continue
            what = f"#{reversal} reverses #{entry} a second time, or not as it was"
            # A reversal is never reversed by hand; with its action it goes.
            cure = (
                f"`officeops {noun} history '#{reversal}'` has the number of the action that wrote "
                "it: undo that action, and book the right entry."
            )
            yield what, cure

    def _is_in_force(self, entry_id: int) -> bool:
        """Whether an entry still counts as it did when it was booked."""
        entry = self._office.get(self._office.records[self._ledger.meta.key], entry_id)
        return Chains(self._ledger, self._office).of(entry).is_as_after

    def _named(self, values: Sequence[int | None]) -> str:
        """Name a balance by its account and its lot."""
        pairs = zip(self._ledger.of, values, strict=False)
        account = self._accounts.name({key: value or 0 for key, value in pairs})
        lots = self._ledger.lots
        if lots and values[-1]:
            return f"{account}, {self._accounts.label(lots.by, values[-1])}"
        return account
