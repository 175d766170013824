"""Accounts: the amounts of a ledger, and how much of them may be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.ledger.lots import day_of_use, first_to_end, is_usable, joined_lot

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from officeops.model.ledger.declaration import LedgerDeclaration, Lots
    from officeops.model.office import Office

    #: An account by its columns.
    Account = Mapping[str, int]
    #: Some of an account's amount: of a lot, or of None.
    Portion = tuple[int | None, int]

#: Amounts are added up in two halves of so much.
_HALF: Final = 2**32


class Accounts:
    """The accounts of a ledger: what each comes to, what may be taken of it, and its name."""

    def __init__(self, ledger: LedgerDeclaration, office: Office) -> None:
        self._ledger = ledger
        self._office = office

    def balance(
        self,
        keys: Mapping[str, int | None],
        *,
        on: date | None,
        usable: bool,
    ) -> int:
        """Add up some accounts: their balances, or their entries up to a day.

        Raises TypeError for a column that is none of the account or the lot.
        """
        ledger = self._ledger
        self._must_know(keys)
        values: list[object] = [*keys.values()]
        conditions = [_equals(key, value) for key, value in keys.items()]
        table = ledger.balance_table
        if on is not None:
            table = ledger.table
            conditions.append("e.day <= ?")
            values.append(on.isoformat())
            if ledger.counts:
                conditions.append("NOT e.history")
        lot = ""
        if ledger.lots and usable:
            lot = joined_lot(ledger.lots, ledger.lot_table)
            conditions.append(is_usable(ledger.lots))
            values += day_of_use(ledger.lots, on or self._office.today)
        where = " AND ".join(conditions) or "1"
        sums = ", ".join(_halves(f"e.{ledger.amount}"))
        [(high, low)] = self._office.rows(
            f"SELECT {sums} FROM {table} e{lot} WHERE {where}", *values
        )
        return int(high or 0) * _HALF + int(low or 0)

    def portions(
        self,
        account: Account,
        day: date,
        *,
        usable: bool,
    ) -> list[Portion]:
        """List what may be taken of an account on a day, by lot, the first to end first.

        By day, that is the least that a lot comes to on that day or any later one.
        """
        self._must_know(account)
        lots = self._ledger.lots
        if lots is None:
            return self._undivided(account, day) if usable else []
        condition = is_usable(lots)
        if not usable:
            condition = f"NOT {condition}"
        return self._by_lot(lots, account, day, condition)

    def _must_know(self, keys: Iterable[str]) -> None:
        ledger = self._ledger
        known = (*ledger.of, ledger.lots.by) if ledger.lots else ledger.of
        if unknown := set(keys).difference(known):
            raise TypeError(
                f"an account of {ledger.meta.key} has no {', '.join(sorted(unknown))}; "
                f"it goes by {', '.join(known)}"
            )

    def least(
        self,
        account: Account,
        lot: int | None,
        day: date,
    ) -> int:
        """Return the least that one balance comes to from a day on; the balance, if not by day."""
        ledger = self._ledger
        keys = [*account]
        values: list[object] = [*account.values()]
        if ledger.lots:
            keys.append(ledger.lots.by)
            values.append(lot)
        where = " AND ".join(f"{key} IS ?" for key in keys)
        if not ledger.by_day:
            sql = f"SELECT {ledger.amount} FROM {ledger.balance_table} WHERE {where}"
            return int(self._office.value(sql, *values) or 0)
        iso = day.isoformat()
        return int(self._office.value(_least_by_day(ledger, where), *values, iso, iso))

    def name(self, account: Account) -> str:
        """Name an account by the records that it is of."""
        return ", ".join(self.label(key, value) for key, value in account.items())

    def shown(self, amount: int) -> str:
        """Write an amount as people read it, with its unit: 12.50 of money, 1:30 of hours."""
        from officeops.values.convert import show  # only refusals and checks need it

        field = self._ledger.meta.by_name[self._ledger.amount]
        return f"{show(field, amount, self._office.ways)} {field.unit}".rstrip()

    def label(self, key: str, value: int | None) -> str:
        """Name the record that a column of the ledger refers to."""
        target = self._office.target(self._ledger.meta.by_name[key])
        return self._office.label(target, value) if target else f"#{value}"

    # -- inside -----------------------------------------------------------------------------------

    def _undivided(self, account: Account, day: date) -> list[Portion]:
        """Return the portion of an account without lots, if it has any."""
        total = self.least(account, None, day)
        return [(None, total)] if total > 0 else []

    def _by_lot(
        self,
        lots: Lots,
        account: Account,
        day: date,
        condition: str,
    ) -> list[Portion]:
        """List the portions of the lots that a condition holds for on a day."""
        ledger = self._ledger
        if ledger.by_day:
            source, values = _lots_by_day(ledger, account, day)
            where = "1"
        else:
            source, values = ledger.balance_table, [*account.values()]
            where = " AND ".join(f"e.{key} = ?" for key in account)
        lot = joined_lot(lots, ledger.lot_table)
        sql = f"""
        SELECT e.{lots.by}, e.{ledger.amount} FROM {source} e{lot}
        WHERE e.{ledger.amount} > 0 AND {where} AND {condition}
        ORDER BY {first_to_end(lots)}"""
        return self._office.rows(sql, *values, *day_of_use(lots, day))


def exact_sum(column: str, over: str = "") -> str:
    """Write SQL that adds integers up and may pass SQLite's greatest on the way.

    Its own `sum` fails there. A sum that ends beyond the greatest is a float.
    """
    high, low = _halves(column, over)
    return f"({high} * {_HALF} + {low})"


def _halves(column: str, over: str = "") -> tuple[str, str]:
    """Write the sums of the upper and the lower half of integers: neither comes to the greatest."""
    return f"sum({column} / {_HALF}){over}", f"sum({column} % {_HALF}){over}"


def _equals(key: str, value: int | None) -> str:
    # By `=` wherever there is a value: by `IS` alone SQLite does not read the index of accounts.
    operator = "IS" if value is None else "="
    return f"e.{key} {operator} ?"


def _lots_by_day(
    ledger: LedgerDeclaration, account: Account, day: date
) -> tuple[str, list[object]]:
    """Return SQL for the least that each lot comes to from a day on, and its values."""
    lot, amount = ledger.keys[-1], ledger.amount
    where = " AND ".join(f"{key} = ?" for key in account)
    # A row of nothing on the day itself, so that each lot has a sum of that day.
    source = f"""(
        WITH booked (lot, day, amount) AS (
            SELECT {lot}, day, {amount} FROM {ledger.table} WHERE {where}
            UNION ALL SELECT DISTINCT {lot}, ?, 0 FROM {ledger.table} WHERE {where}),
        run (lot, day, total) AS (
            SELECT lot, day, {exact_sum("amount", " OVER (PARTITION BY lot ORDER BY day)")}
            FROM booked)
        SELECT lot AS {lot}, min(total) AS {amount} FROM run WHERE day >= ? GROUP BY lot)"""
    keys = [*account.values()]
    iso = day.isoformat()
    return source, [*keys, iso, *keys, iso]


def _least_by_day(ledger: LedgerDeclaration, where: str) -> str:
    run = exact_sum(ledger.amount, " OVER (ORDER BY day)")
    return f"""
    SELECT ifnull(min(total), 0) FROM (
        SELECT day, {run} AS total FROM (
            SELECT day, {ledger.amount} FROM {ledger.table} WHERE {where}
            UNION ALL SELECT ?, 0))
    WHERE day >= ?"""
