"""Proofs for inspectors: expired and held stock, as far as lots are entered.

Stock without a lot has no expiry here, so nothing is claimed about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Proof
from officeops.values.wording import count
from officeops_inventory.model import Lot
from officeops_inventory.stock.unsafe_stock import SETTLED_BY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

#: The kinds of proof that stock gives: lots past their expiry, and held ones, on a shelf.
EXPIRED: Final = "expired-stock"
HELD: Final = "held-stock"
_ON_SHELF = "EXISTS (SELECT 1 FROM inventory_stock s WHERE s.lot_id = l.id AND s.quantity > 0)"
_COUNTS = f"""
SELECT count(*), count(l.expires_on) FROM inventory_lot l WHERE {_ON_SHELF}
"""
_EXPIRED = f"""
SELECT l.id FROM inventory_lot l WHERE l.expires_on < ? AND {_ON_SHELF}
ORDER BY l.expires_on, l.id
"""
_HELD = f"""
SELECT l.id FROM inventory_lot l WHERE l.status <> 'available' AND {_ON_SHELF} ORDER BY l.id
"""


def proofs(office: Office, kinds: frozenset[str]) -> Iterator[Proof]:
    """Yield each lot on a shelf that should not be there, or that there is none among the lots."""
    lots, ending = office.rows(_COUNTS)[0]
    if EXPIRED in kinds and ending:
        yield from _expired(office, ending)
    if HELD in kinds and lots:
        yield from _held(office, lots)


def _expired(office: Office, ending: int) -> Iterator[Proof]:
    expired = [office.get(Lot, lot_id) for (lot_id,) in office.rows(_EXPIRED, str(office.today))]
    for lot in expired:
        what = f"Lot {office.describe(lot)} expired {lot.expires_on}: {lot.where_it_is(office)}"
        yield _proof(EXPIRED, lot, what, "discard")
    if not expired:
        what = f"None of {count(ending, 'lot')} on a shelf with an expiry date has expired"
        yield Proof(EXPIRED, "met", what, record=Lot.meta.key)


def _held(office: Office, lots: int) -> Iterator[Proof]:
    held = [office.get(Lot, lot_id) for (lot_id,) in office.rows(_HELD)]
    for lot in held:
        reason = f" ({lot.hold_reason})" if lot.hold_reason else ""
        what = f"Lot {office.describe(lot)} is {lot.status}{reason}: {lot.where_it_is(office)}"
        yield _proof(HELD, lot, what, SETTLED_BY[lot.status])
    if not held:
        what = f"None of {count(lots, 'lot')} on a shelf is recalled, quarantined or damaged"
        yield Proof(HELD, "met", what, record=Lot.meta.key)


def _proof(
    kind: str,
    lot: Lot,
    what: str,
    action: str,
) -> Proof:
    return Proof(
        kind,
        "not met",
        what,
        on=lot.expires_on,
        action=f"lot {action}",
        record=Lot.meta.key,
        record_id=lot.id,
    )
