"""Booking: entries in, out and across accounts; a debt is repaid first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.ledger.accounts import must_hold, name, portions
from officeops.ledger.chain import booked_for
from officeops.ledger.counted import begins
from officeops.model.about import columns_of
from officeops.model.errors import Problem, Refused
from officeops.model.ledger.declaration import REPAY, TRANSFER

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from officeops.model.about import Kept, Subject
    from officeops.model.ledger.declaration import LedgerDeclaration
    from officeops.model.office import Office

    #: An entry, which has the fields of its own class too.
    Entry = Any
    About = Kept | Subject | None


def post(
    ledger: LedgerDeclaration,
    office: Office,
    amount: int,
    day: date,
    source: str | None,
    about: About,
    fields: Mapping[str, Any],
) -> Entry:
    """Book one entry, once for its source, and repay a debt with it."""
    positive(ledger, abs(amount))
    attempt = 0
    if source is not None:
        booked = booked_for(ledger, office, source)
        if booked is not None:
            _must_agree(ledger, booked, amount, day, fields)
            return booked
        sql = f"SELECT ifnull(max(attempt) + 1, 0) FROM {ledger.table} WHERE source = ?"
        attempt = office.value(sql, source)
    once = {"source": source, "attempt": attempt}
    values = {**fields, **once}
    if amount < 0:
        _must_hold(ledger, office, [(amount, day, values)])
    entry = _add(ledger, office, amount, day, None, about, values)
    if amount > 0:
        _repay(ledger, office, entry)
    return entry


def take(
    ledger: LedgerDeclaration,
    office: Office,
    amount: int,
    day: date,
    about: About,
    fields: Mapping[str, Any],
) -> list[Entry]:
    """Book what goes out, lot by lot; what the lots lack as far as the floor allows."""
    entries: list[Entry] = []
    portions = _to_take(ledger, office, amount, day, fields)
    taken = [(-some, day, _of_lot(ledger, fields, lot)) for lot, some in portions]
    _must_hold(ledger, office, taken)
    for change, _, values in taken:
        head = entries[0].id if entries else None
        entries.append(_add(ledger, office, change, day, head, about, values))
    return entries


def transfer(
    ledger: LedgerDeclaration,
    office: Office,
    amount: int,
    day: date,
    out_of: Mapping[str, int | None],
    into: Mapping[str, int | None],
    about: About,
    fields: Mapping[str, Any],
) -> list[Entry]:
    """Book an amount out of one account and into another, lot by lot."""
    fields = {"kind": TRANSFER, **fields}
    entries: list[Entry] = []
    for lot, some in _to_take(ledger, office, amount, day, {**fields, **out_of}):
        lotted = _of_lot(ledger, fields, lot)
        _must_hold(ledger, office, [(-some, day, {**lotted, **out_of})])
        for sign, side in ((-1, out_of), (1, into)):
            head = entries[0].id if entries else None
            entries.append(_add(ledger, office, sign * some, day, head, about, {**lotted, **side}))
    return entries


def positive(ledger: LedgerDeclaration, amount: int) -> int:
    """Return an amount that must be one or more. Raises Refused for anything else."""
    if amount < 1:
        facts = {"minimum": 1}
        problem = Problem("must be 1 or more", ledger.amount, code="out-of-range", facts=facts)
        raise Refused([problem])
    return amount


def account_of(ledger: LedgerDeclaration, entry: Entry) -> dict[str, int]:
    """Return the account that an entry is of."""
    return {key: getattr(entry, key) for key in ledger.of}


# -- inside ------------------------------------------------------------------------------------


def _to_take(
    ledger: LedgerDeclaration,
    office: Office,
    amount: int,
    day: date,
    fields: Mapping[str, Any],
) -> list[tuple[int | None, int]]:
    """Return the portions to take: of the lot that is named, else as they end.

    Raises Refused where there is less, and nothing may be taken ahead.
    """
    left = positive(ledger, amount)
    if ledger.lots and ledger.lots.by in fields:
        return [(fields[ledger.lots.by], left)]
    account = {key: fields[key] for key in ledger.of}
    chosen: list[tuple[int | None, int]] = []
    for lot, some in portions(ledger, office, account, day, usable=True):
        if left:
            chosen.append((lot, min(some, left)))
            left -= chosen[-1][1]
    if left and ledger.floor is None:
        facts = {"balance": amount - left, "wanted": amount}
        why = f"only {amount - left} can be taken, not {amount}"
        problem = Problem(why, ledger.amount, code="below-floor", facts=facts)
        raise Refused([problem], name(ledger, office, account))
    if left and chosen and chosen[-1][0] is None:
        left += chosen.pop()[1]
    return [*chosen, (None, left)] if left else chosen


def _add(
    ledger: LedgerDeclaration,
    office: Office,
    amount: int,
    day: date,
    head: int | None,
    about: About,
    fields: Mapping[str, Any],
) -> Entry:
    """Write one entry; one of a day that a count includes is history."""
    values = {**fields, ledger.amount: amount, "day": day}
    values["group_id"] = head or fields.get("group_id")
    if about is not None:
        values |= columns_of(about)
    if ledger.counts:
        values["history"] = _is_history(ledger, office, day, fields)
    return office.add(office.records[ledger.meta.key](**values))


def _is_history(
    ledger: LedgerDeclaration, office: Office, day: date, fields: Mapping[str, Any]
) -> bool:
    """Whether a count includes what an entry says, so that it changes no balance."""
    if not ledger.counts:
        return False
    given: bool | None = fields.get("history")
    if given is not None:
        return given
    account = {key: fields[key] for key in ledger.of}
    return day < office.today and day.isoformat() < begins(ledger, office, account)


def _must_agree(
    ledger: LedgerDeclaration, booked: Entry, amount: int, day: date, fields: Mapping[str, Any]
) -> None:
    """Raise Refused where a source was booked as something else."""
    wanted = {ledger.amount: amount, "day": day, **{key: fields.get(key) for key in ledger.keys}}
    if all(getattr(booked, name) == value for name, value in wanted.items()):
        return
    was = f"{_amount(ledger, booked)} on {booked.day}"
    problem = Problem(
        f"{booked.source} was booked already, as entry #{booked.id}: {was}",
        "source",
        code="contradicts-record",
        facts={"id": booked.id},
    )
    raise Refused([problem])


def _repay(ledger: LedgerDeclaration, office: Office, entry: Entry) -> None:
    """Repay a debt outside the lots from an entry that came into one.

    That is on the day of the entry, or of the last entry outside the lots if that is later; a lot
    that has ended by then repays nothing.
    """
    if not (ledger.lots and ledger.floor) or getattr(entry, ledger.lots.by) is None:
        return
    account, lot = account_of(ledger, entry), getattr(entry, ledger.lots.by)
    where = " AND ".join(f"{key} = ?" for key in account)
    sql = (
        f"SELECT sum({ledger.amount}), max(day) FROM {ledger.table} "
        f"WHERE {where} AND {ledger.lots.by} IS NULL"
    )
    [(owed, last)] = office.rows(sql, *account.values())
    if not owed or owed > 0:
        return
    day = max(entry.day, type(entry.day).fromisoformat(last))
    free = dict(portions(ledger, office, account, day, usable=True)).get(lot, 0)
    amount = min(-owed, free)
    if amount > 0:
        same = {**account, "kind": REPAY}
        for sign, side in ((-1, lot), (1, None)):
            fields = _of_lot(ledger, same, side)
            _add(ledger, office, sign * amount, day, entry.group_id or entry.id, None, fields)


def _of_lot(
    ledger: LedgerDeclaration, fields: Mapping[str, Any], lot: int | None
) -> dict[str, Any]:
    return {**fields, ledger.lots.by: lot} if ledger.lots else dict(fields)


def _amount(ledger: LedgerDeclaration, entry: Entry) -> int:
    amount: int = getattr(entry, ledger.amount)
    return amount


def _must_hold(
    ledger: LedgerDeclaration, office: Office, taken: list[tuple[int, date, dict[str, Any]]]
) -> None:
    """Raise Refused for a take of more than there is, before it is booked."""
    changes = []
    for amount, day, values in taken:
        if not _is_history(ledger, office, day, values):
            account = {key: values[key] for key in ledger.of}
            lot = values.get(ledger.lots.by) if ledger.lots else None
            changes.append((account, lot, day, amount))
    must_hold(ledger, office, changes, booked=False)
