"""Holds: the lot of a kit is held in the stock exactly while the kit's controls ask for it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from officeops import Forbidden, Reason
from officeops.services import Held, KeptBack, Stock
from officeops_maintenance.laboratory.kits import KitNow, kit_now, kits_where
from officeops_maintenance.laboratory.lab_kit import LabKit
from officeops_maintenance.laboratory.lab_test import LabTest
from officeops_maintenance.laboratory.use import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from officeops import Office
    from officeops.services import StockPortion

#: The verb of running controls. A person with the right to it ends the hold by a control that passed.
RECORD: Final = "maintenance.controls.record"
_HOLD_IT: Final = "hold it first: officeops lab-kit hold, or officeops lot quarantine"
_OF_LOT: Final = (
    "t.test_id = ? AND officeops_fold(CAST(t.number AS BLOB)) = officeops_fold(CAST(? AS BLOB))"
)


def follow_new(
    office: Office,
    kit: LabKit,
) -> Iterator[str]:
    """Take the expiry of a new kit from the stock, hold its lot, and say what comes first."""
    test = office.get(LabTest, kit.test_id)
    # The date that was read off the label at receipt; one that a person typed stays.
    lot = lots_in_stock(office, test).get(kit.number.casefold())
    if kit.expires_on is None and lot is not None and lot.expires_on:
        office.edit(kit, expires_on=date.fromisoformat(lot.expires_on))
        yield f"It expires on {lot.expires_on}, by the stock."
    yield from follow_lot(office, kit.test_id, kit.number)
    now = kit_now(office, kit)
    yield f"{now.name}: {WORDS[now.use]}."


def follow_moved(
    office: Office,
    kit: LabKit,
    before: Mapping[str, Any],
) -> Iterator[str]:
    """Release the lot that a kit was said to be of, and hold the one that it is of."""
    # First of all, so that the new lot's hold is not taken for the old one's.
    yield from _release(office, kit_now(office, kit))
    test_id = before.get("test_id", kit.test_id)
    yield from follow_lot(office, test_id, before.get("number", kit.number))
    yield from follow_lot(office, kit.test_id, kit.number)


def follow_test(
    office: Office,
    test: LabTest,
    before: Mapping[str, Any],
) -> Iterator[str]:
    """Hold and release the lots of a test as its new rules ask; another item has other lots."""
    kits = kits_where(office, "t.test_id = ?", test.id)
    if "item_id" in before:
        for kit in kits:
            yield from _release(office, kit)
    for number in {kit.kit.number for kit in kits}:
        yield from follow_lot(office, test.id, number)


def follow_lot(
    office: Office,
    test_id: int,
    number: str,
) -> Iterator[str]:
    """Hold or release a lot in the stock, as the controls of each of its kits ask."""
    # All kits of the lot: a failure of one of them is a reason against the others.
    for kit in kits_where(office, _OF_LOT, test_id, number):
        if kit.is_blocked and not kit.kit.holds:
            yield from _hold(office, kit)
        elif not kit.is_blocked:
            yield from _release(office, kit)


def _hold(
    office: Office,
    now: KitNow,
) -> Iterator[str]:
    test = office.get(LabTest, now.kit.test_id)
    stock = office.service(Stock)
    # Kits that are not in the stock are held by their sign and by Today alone.
    if test.item_id is None or stock is None:
        return
    held = stock.hold_lot(
        office,
        f"#{test.item_id}",
        now.kit.number,
        reason=_why(now),
        about=now.kit,
    )
    if held.holds:
        numbers = " ".join(map(str, held.holds))
        office.edit(now.kit, managed=True, holds=numbers)
        yield f"Lot {now.kit.number} is held in the stock."
    else:
        yield f"The stock has no lot {now.kit.number} to hold."


def _why(now: KitNow) -> str:
    # True before its controls, and after one that failed.
    return f"{now.kit.human_key}: not to be used until its controls pass"


def kept_back(office: Office, item_id: int) -> Iterator[KeptBack]:
    """Yield the lots of an item whose kits wait for controls, or failed them."""
    for now in kits_where(office, "m.item_id = ?", item_id):
        if now.is_blocked:
            yield KeptBack(now.kit, _why(now), lot=now.kit.number, item_id=item_id)


def not_held(office: Office, kits: Sequence[LabKit]) -> Iterator[tuple[LabKit, str]]:
    """Yield kits whose lot is usable in the stock before their controls pass: the rule of the promise.

    A control of one kit is one of its lot, so each kit of the lot is asked about.
    """
    stock = office.service(Stock)
    if stock is None:
        return
    for kit in kits:
        item_id = office.get(LabTest, kit.test_id).item_id
        others = kits_where(office, _OF_LOT, kit.test_id, kit.number) if item_id else []
        kept = [
            KeptBack(now.kit, _why(now), lot=now.kit.number, item_id=item_id)
            for now in others
            if now.is_blocked
        ]
        if names := stock.loose(office, kept):
            why = f"keeps back {names[0]}, which is not held in the stock; {_HOLD_IT}"
            yield kit, Reason(why, code="on-hold")


def tests_not_held(office: Office, tests: Sequence[LabTest]) -> Iterator[tuple[LabTest, str]]:
    """Yield tests with such kits: another item has other lots, and other rules hold them."""
    for test in tests:
        kits = list(office.all(LabKit, "test_id = ?", test.id))
        for _, why in not_held(office, kits):
            yield test, why
            break


def _release(
    office: Office,
    now: KitNow,
) -> Iterator[str]:
    """End the holds of a kit, if it has any."""
    if not now.kit.holds:
        return
    name = f"Lot {now.kit.number}"
    stock = office.service(Stock)
    if stock is None or not office.may(RECORD):
        why = "the inventory is off" if stock is None else "you may not run controls"
        yield f"{name} stays held in the stock, because {why}."
        return
    numbers = tuple(int(number) for number in now.kit.holds.split())
    usable = stock.release(office, Held(numbers, (), ()), verb=RECORD)
    office.edit(now.kit, managed=True, holds=None)
    if usable:
        yield f"{', '.join(usable)} may be used again."
    else:
        yield f"{name} is no longer held for {now.kit.human_key}."


def lots_in_stock(
    office: Office,
    test: LabTest,
) -> dict[str, StockPortion]:
    """Return a test's lots on hand in the stock, by their numbers in lower case.

    None where the test names no item, the inventory is off, or the person may not see lots.
    """
    stock = office.service(Stock)
    if test.item_id is None or stock is None:
        return {}
    try:
        lots = stock.lots(office, f"#{test.item_id}")
    except Forbidden:
        return {}
    return {lot.lot.casefold(): lot for lot in lots}
