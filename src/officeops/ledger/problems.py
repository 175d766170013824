"""Problems of a ledger: what `officeops selfcheck` lists, each with its cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.ledger.accounts import label, name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.ledger.declaration import LedgerDeclaration
    from officeops.model.office import Office

    #: A sentence and its cure.
    Found = tuple[str, str]


def problems(ledger: LedgerDeclaration, office: Office) -> Iterator[Found]:
    """Yield a sentence and its cure for each thing that is not in order."""
    yield from _sums(ledger, office)
    yield from _below_zero(ledger, office)
    yield from _reversals(ledger, office)


def _sums(ledger: LedgerDeclaration, office: Office) -> Iterator[Found]:
    """Compare each balance with the sum of its entries."""
    keys, amount = ", ".join(ledger.keys), ledger.amount
    live = " WHERE NOT history" if ledger.counts else ""
    sql = f"""
    SELECT {keys}, sum(balance), sum(entries) FROM (
        SELECT {keys}, {amount} AS balance, 0 AS entries FROM {ledger.balance_table}
        UNION ALL
        SELECT {keys}, 0, {amount} FROM {ledger.table}{live})
    GROUP BY {keys} HAVING sum(balance) <> sum(entries)"""
    for *values, balance, entries in office.rows(sql):
        what = (
            f"{_where(ledger, office, values)}: the balance is {balance}, but its entries add up to"
        )
        yield f"{what} {entries}", "Restore the newest good backup to a new file, and compare."


def _below_zero(ledger: LedgerDeclaration, office: Office) -> Iterator[Found]:
    """List lots below zero; and accounts, where no floor lets them fall."""
    only_lots = f" AND {ledger.lots.by} IS NOT NULL" if ledger.lots and ledger.floor else ""
    if ledger.floor and not ledger.lots:
        return
    sql = (
        f"SELECT {', '.join(ledger.keys)}, {ledger.amount} FROM {ledger.balance_table} "
        f"WHERE {ledger.amount} < 0{only_lots}"
    )
    cure = "Count it." if ledger.counts else "Post the missing amount."
    for *values, amount in office.rows(sql):
        yield f"{_where(ledger, office, values)}: {amount}", cure


def _reversals(ledger: LedgerDeclaration, office: Office) -> Iterator[Found]:
    """List reversals that are not the exact opposite of their entry, or not its only one."""
    differ = " OR ".join(f"r.{key} IS NOT e.{key}" for key in ledger.keys)
    sql = f"""
    SELECT r.id, e.id FROM {ledger.table} r JOIN {ledger.table} e ON e.id = r.reverses_id
    WHERE r.{ledger.amount} <> -e.{ledger.amount} OR {differ}
        OR EXISTS (SELECT 1 FROM {ledger.table} o WHERE o.reverses_id = e.id AND o.id < r.id)"""
    for reversal, entry in office.rows(sql):
        what = f"#{reversal} reverses #{entry} a second time, or not as it was"
        yield what, "Reverse it, and book the right entry."


def _where(ledger: LedgerDeclaration, office: Office, values: Sequence[int | None]) -> str:
    account = {key: value or 0 for key, value in zip(ledger.of, values, strict=False)}
    lot = values[-1] if ledger.lots else None
    of_lot = f", {label(ledger, office, ledger.lots.by, lot)}" if ledger.lots and lot else ""
    return f"{name(ledger, office, account)}{of_lot}"
