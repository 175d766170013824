"""What the laboratory needs: controls, kits to discard, and lots that nobody entered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Due, HuddleLine
from officeops_maintenance.laboratory.due_menu import due_menu
from officeops_maintenance.laboratory.holds import lots_in_stock
from officeops_maintenance.laboratory.kits import AT_HAND, kits_where
from officeops_maintenance.laboratory.lab_kit import LabKit
from officeops_maintenance.laboratory.lab_test import LabTest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office
    from officeops_maintenance.laboratory.kits import KitNow

_KIT: Final = "maintenance.lab-kit"
_TEST: Final = "maintenance.lab-test"
#: Days ahead: controls take a morning, and a new kit has to be in the house.
_LEAD: Final = timedelta(days=3)


def due_laboratory(
    office: Office,
    until: date,
) -> Iterator[Due]:
    """Yield the due items of kits and of the menu; none for an office without a test."""
    tests = list(office.all(LabTest))
    # Today of an office without a laboratory pays one look-up.
    if not tests:
        return
    for kit in kits_where(office, AT_HAND):
        yield from _of_kit(office, kit, until)
        yield from _of_hold(office, kit)
    yield from due_menu(office, tests)
    for test in tests:
        yield from _not_entered(office, test)


def _of_kit(
    office: Office,
    now: KitNow,
    until: date,
) -> Iterator[Due]:
    """Yield what a kit needs: its controls, or to be discarded."""
    if now.use == "failed":
        what = f"DO NOT USE {now.name}: its control failed; run it again, or discard the kit"
        # A key of its own: who snoozed that a control is due has not snoozed that it failed.
        yield _kit_line(now, "failed", office.today, what, "controls", is_unsafe=True)
    elif now.use == "expired" and now.kit.expires_on:
        what = f"DO NOT USE {now.name}: it expired; discard it"
        yield _kit_line(now, "discard", now.kit.expires_on, what, "finish", is_unsafe=True)
    elif now.use == "discard" and now.discard_by:
        what = f"DO NOT USE {now.name}: its time after opening is over; discard it"
        yield _kit_line(now, "discard", now.discard_by, what, "finish", is_unsafe=True)
    elif now.is_blocked or (now.is_overdue and now.control_by is None):
        what = f"{now.name}: control due before use"
        yield _kit_line(now, "control", now.kit.received_on, what, "controls")
    elif now.control_by and now.control_by <= until + _LEAD:
        on = now.control_by
        word = "overdue since" if now.is_overdue else "due by"
        # A new key for each round, so that a snoozed one does not hide the next.
        yield _kit_line(now, f"control-{on}", on, f"{now.name}: control {word} {on}", "controls")
    # Beside the controls: a kit may need both.
    ends = now.discard_by
    if ends and office.today <= ends <= until + _LEAD and now.use not in {"expired", "discard"}:
        what = f"{now.name}: discard it after {ends}"
        yield _kit_line(now, "discard", ends, what, "finish")


def _kit_line(
    now: KitNow,
    of: str,
    on: date,
    what: str,
    action: str,
    *,
    is_unsafe: bool = False,
) -> Due:
    return Due(
        key=f"maintenance.lab-{of}:{now.kit.id}",
        on=on,
        what=what,
        severity="unsafe" if is_unsafe else "legal",
        owner="staff",
        action=action,
        record=_KIT,
        record_id=now.kit.id,
    )


def _of_hold(
    office: Office,
    now: KitNow,
) -> Iterator[Due]:
    """Yield where the stock differs: a person had not the right to hold, or the lot came in later."""
    test = office.get(LabTest, now.kit.test_id)
    is_held = bool(now.kit.holds)
    if now.is_blocked == is_held or test.item_id is None:
        return
    # A lot that the stock does not have yet cannot be held there.
    if not is_held and now.kit.number.casefold() not in lots_in_stock(office, test):
        return
    what = "is still held in the stock; release it" if is_held else "is not held in the stock"
    yield Due(
        key=f"maintenance.lab-hold:{now.kit.id}",
        on=office.today,
        what=f"{now.name} {what}",
        severity="legal",
        action="hold",
        record=_KIT,
        record_id=now.kit.id,
    )


def _not_entered(
    office: Office,
    test: LabTest,
) -> Iterator[Due]:
    """Yield a line for lots that are in the stock and that nobody entered as a kit."""
    # Finished kits count too: the rest of their lot has been tried.
    lots = lots_in_stock(office, test)
    for kit in office.all(LabKit, "test_id = ?", test.id):
        lots.pop(kit.number.casefold(), None)
    if lots:
        names = ", ".join(sorted(lot.lot for lot in lots.values()))
        yield Due(
            key=f"maintenance.lab-lot:{test.id}:{names}",
            on=office.today,
            what=f"{test.name}: lot {names} is in the stock and not entered as a kit",
            severity="legal",
            owner="staff",
            action="lab-kit add",
            record=_TEST,
            record_id=test.id,
        )


def kits_not_to_use(office: Office) -> Iterator[HuddleLine]:
    """Yield the kits that nobody may use, for the morning's page."""
    for kit in kits_where(office, AT_HAND):
        # A kit that nobody confirmed is no danger known, and Today has it.
        if kit.use in {"failed", "expired", "discard"}:
            yield HuddleLine("unsafe", f"{kit.name} ({kit.use})", _KIT, kit.kit.id)
        elif kit.use == "control_due":
            yield HuddleLine("unsafe", f"{kit.name}, until its control passes", _KIT, kit.kit.id)
