"""Accounts: what an account comes to, what may be taken of it, and what it may not fall below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.declarations import named
from officeops.model.errors import Problem, Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from officeops.model.ledger.declaration import LedgerDeclaration
    from officeops.model.office import Office

    #: An account by its columns, and some of its amount: of a lot, or of None.
    Account = Mapping[str, int]
    Portion = tuple[int | None, int]
    #: What an entry changes: account, lot, day and amount.
    Change = tuple[Account, int | None, date, int]


def balance(
    ledger: LedgerDeclaration,
    office: Office,
    keys: Mapping[str, int | None],
    *,
    on: date | None,
    usable: bool,
) -> int:
    """Add up some accounts, of the balances or of the entries up to a day."""
    # By `=` wherever there is a value: by `IS` alone SQLite does not read the index of accounts.
    conditions = [f"e.{key} {'IS' if value is None else '='} ?" for key, value in keys.items()]
    values: list[object] = [*keys.values()]
    table, lots = ledger.balance_table, ""
    if on is not None:
        table = ledger.table
        conditions.append(f"e.day <= ?{_live(ledger)}")
        values.append(on.isoformat())
    if ledger.lots and usable:
        lots = _lots(ledger)
        conditions.append(_good(ledger))
        values += _day_of_good(ledger, on or office.today)
    where = " AND ".join(conditions) or "1"
    sql = f"SELECT ifnull(sum(e.{ledger.amount}), 0) FROM {table} e{lots} WHERE {where}"
    return int(office.value(sql, *values))


def portions(
    ledger: LedgerDeclaration, office: Office, account: Account, day: date, *, usable: bool
) -> list[Portion]:
    """List what may be taken of an account on a day, by lot, the first to end first.

    By day, that is the least that a lot comes to on that day or any later one.
    """
    where = " AND ".join(f"{key} = ?" for key in account)
    values = [*account.values()]
    if not ledger.lots:
        total = _least(ledger, office, account, None, day)
        return [(None, total)] if usable and total > 0 else []
    source, given = ledger.balance_table, values
    of_account = " AND ".join(f"e.{key} = ?" for key in account)
    amount = ledger.amount
    if ledger.by_day:
        # A row of nothing on the day itself, so that each lot has a sum of that day.
        lot, iso = ledger.lots.by, day.isoformat()
        source = f"""(WITH booked (lot, day, amount) AS (
            SELECT {lot}, day, {amount} FROM {ledger.table} WHERE {where}
            UNION ALL SELECT DISTINCT {lot}, ?, 0 FROM {ledger.table} WHERE {where}),
        run (lot, day, total) AS (
            SELECT lot, day, sum(amount) OVER (PARTITION BY lot ORDER BY day) FROM booked)
        SELECT lot AS {lot}, min(total) AS {amount} FROM run WHERE day >= ? GROUP BY lot)"""
        given, of_account = [*values, iso, *values, iso], "1"  # type: ignore[list-item]
    good = _good(ledger) if usable else f"NOT {_good(ledger)}"
    sql = (
        f"SELECT e.{ledger.lots.by}, e.{amount} FROM {source} e{_lots(ledger)} "
        f"WHERE e.{amount} > 0 AND {of_account} AND {good} ORDER BY {_first_to_end(ledger)}"
    )
    return office.rows(sql, *given, *_day_of_good(ledger, day))


def must_hold(
    ledger: LedgerDeclaration,
    office: Office,
    changes: Iterable[Change],
    *,
    booked: bool,
) -> None:
    """Raise Refused where a lot is below zero, or an account outside its lots below its floor.

    By day every day from the change's own on is looked at. `booked` says whether the changes are
    in the ledger already.
    """
    for account, lot, day, amount in changes:
        floor = ledger.floor(office, account) if ledger.floor and lot is None else 0
        least = _least(ledger, office, account, lot, day) + (0 if booked else amount)
        if least < floor:
            change = account, lot, day, amount
            raise _too_low(ledger, office, change, least, floor, back=booked)


def _least(
    ledger: LedgerDeclaration, office: Office, account: Account, lot: int | None, day: date
) -> int:
    """Return the least that one balance comes to from a day on; by the end, if not by day."""
    keys = [*account, *((ledger.lots.by,) if ledger.lots else ())]
    values: list[object] = [*account.values(), *((lot,) if ledger.lots else ())]
    where = " AND ".join(f"{key} IS ?" for key in keys)
    if not ledger.by_day:
        sql = f"SELECT {ledger.amount} FROM {ledger.balance_table} WHERE {where}"
        return int(office.value(sql, *values) or 0)
    run = f"sum({ledger.amount}) OVER (ORDER BY day)"
    iso = day.isoformat()
    sql = f"""
    SELECT ifnull(min(total), 0) FROM (
        SELECT day, {run} AS total FROM (
            SELECT day, {ledger.amount} FROM {ledger.table} WHERE {where}
            UNION ALL SELECT ?, 0))
    WHERE day >= ?"""
    return int(office.value(sql, *values, iso, iso))


def _too_low(
    ledger: LedgerDeclaration,
    office: Office,
    change: Change,
    least: int,
    floor: int,
    *,
    back: bool,
) -> Exception:
    account, lot, _, amount = change
    if ledger.shortage:
        shortage = ledger.shortage
        ask = named(shortage) if isinstance(shortage, str) else shortage
        refusal: Exception = ask(office, account, lot, -amount, least - amount, back)
        return refusal
    of_lot = ""
    if lot is not None and ledger.lots:
        of_lot = f" of {label(ledger, office, ledger.lots.by, lot)}"
    problem = Problem(
        f"would leave {least}{of_lot}; the least is {floor}",
        ledger.amount,
        code="below-floor",
        facts={"balance": least, "minimum": floor},
    )
    return Refused([problem], name(ledger, office, account))


def name(ledger: LedgerDeclaration, office: Office, account: Account) -> str:
    """Name an account by the records that it is of."""
    return ", ".join(label(ledger, office, key, value) for key, value in account.items())


def label(ledger: LedgerDeclaration, office: Office, key: str, value: int | None) -> str:
    """Name the record that a column of the ledger refers to."""
    target = office.target(ledger.meta.by_name[key])
    return office.label(target, value) if target else f"#{value}"


# -- SQL ---------------------------------------------------------------------------------------


def _live(ledger: LedgerDeclaration) -> str:
    return " AND NOT e.history" if ledger.counts else ""


def _lots(ledger: LedgerDeclaration) -> str:
    by = ledger.lots.by if ledger.lots else ""
    return f" LEFT JOIN {ledger.lot_table} l ON l.id = e.{by}"


def _good(ledger: LedgerDeclaration) -> str:
    """Return SQL for a lot `l` that may be taken from on day ?, or no lot at all."""
    lots = ledger.lots
    usable, ends = (lots.usable, lots.ends) if lots else ("1", "")
    until = f" AND (l.{ends} IS NULL OR l.{ends} >= ?)" if ends else ""
    return f"(l.id IS NULL OR (({usable}){until}))"


def _day_of_good(ledger: LedgerDeclaration, day: date) -> list[object]:
    return [day.isoformat()] if ledger.lots and ledger.lots.ends else []


def _first_to_end(ledger: LedgerDeclaration) -> str:
    ends = ledger.lots.ends if ledger.lots else ""
    by_end = f"l.{ends} IS NULL, l.{ends}, " if ends else ""
    return f"{by_end}l.id IS NULL, l.id"
