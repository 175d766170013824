"""Whatever somebody does, in any order, nothing may be used that was said to be unsafe."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any, Final

import pytest
from plugins.maintenance.tests.oracle.may_be_used import Oracle
from plugins.maintenance.tests.oracle.purposes import KIT_STEPS, LOT_STEPS, STERILIZER_STEPS
from plugins.maintenance.tests.oracle.tried import Tried
from plugins.maintenance.tests.oracle.walk import GOOD, KIT_KINDS, LOT_KINDS, STERILIZER_KINDS, Walk
from tests.effort import TIMES, examples, seed

from officeops.core.records import Location
from officeops_inventory.model import Item, Lot
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.laboratory.control_lot import ControlLot
from officeops_maintenance.laboratory.lab_test import LabTest
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.sterilizer.failure import open_failure
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.suspects import IS_SUSPECT

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

STEPS: Final = 40
ON_A_SHELF: Final = "id IN (SELECT lot_id FROM inventory_stock WHERE quantity > 0)"


def sterilizers(office: Office) -> None:
    for name, procedure in (("Autoclave", "cdc_2003"), ("Kettle", "cdc_2008")):
        office.add(Equipment(name=name, spore_procedure=procedure))


def check_sterilizers(office: Office) -> int:
    oracle, checked = Oracle(office), 0
    in_use = "status IN ('in_service', 'on_loan') AND spore_procedure IS NOT NULL"
    for unit in office.all(Equipment, in_use):
        if open_failure(office, unit.id) is None:
            assert not (why := oracle.why_locked(unit.id)), f"{unit.human_key}: {why}"
            checked += bool(oracle.steps(unit.id, "release"))
    for load in office.all(Load, "state = 'released'"):
        if not _is_suspect(office, load) or load.recall == "none":
            assert not (why := oracle.why_not_released(load.id)), f"{load.human_key}: {why}"
            checked += 1
    return checked


def _is_suspect(office: Office, load: Load) -> bool:
    sql = f"SELECT {IS_SUSPECT} FROM maintenance_sterilizer_load t WHERE t.id = ?"
    return bool(office.value(sql, load.id))


def refrigerators(office: Office) -> None:
    for sku in ("VAX", "SERUM"):
        office.add(Item(sku=sku, name=sku))
    for name in ("Fridge 1", "Fridge 2", "Shelf"):
        place = office.add(Location(name=name))
        if name != "Shelf":
            office.add(MonitoredUnit(name=name, location_id=place.id, shows_range=False))


def check_lots(office: Office) -> int:
    oracle, checked = Oracle(office), 0
    numbers = oracle.held_numbers()
    for lot in office.all(Lot, f"status = 'available' AND {ON_A_SHELF}"):
        why = oracle.why_held(lot.id)
        assert not why, f"lot {lot.number} (#{lot.id}): {why}"
        assert (lot.item_id, lot.number.casefold()) not in numbers, lot.number
        checked += 1
    return checked


def kits(office: Office) -> None:
    office.add(Location(name="Lab"))
    item = office.add(Item(sku="STREP", name="Strep kit"))
    test = LabTest(
        name="Strep A", item_id=item.id, controls="positive negative", new_lot=True, open_days=30
    )
    kept = office.add(test)
    for level in ("positive", "negative"):
        office.add(ControlLot(test_id=kept.id, level=level, number=level, expires_on=GOOD))


def check_kits(office: Office) -> int:
    tried, checked = Tried(office), 0
    for lot in office.all(Lot, f"status = 'available' AND {ON_A_SHELF}"):
        assert not (why := tried.why_untried(lot.id)), f"lot {lot.number} (#{lot.id}): {why}"
        checked += 1
    return checked


WALKS: Final[dict[str, tuple[Any, ...]]] = {
    "sterilizers": (sterilizers, check_sterilizers, STERILIZER_STEPS, STERILIZER_KINDS),
    "lots": (refrigerators, check_lots, LOT_STEPS, LOT_KINDS),
    "kits": (kits, check_kits, KIT_STEPS, KIT_KINDS),
}


@pytest.mark.parametrize("name", WALKS)
def test_nothing_is_used_that_was_said_to_be_unsafe(
    name: str, office_factory: OfficeFactory, tmp_path: Path
) -> None:
    begin, check, purposes, kinds = WALKS[name]
    # One walk a run is the same each time; a soak looks for what nobody found yet.
    number = seed() if TIMES > 1 else 1
    checked = 0
    for turn in range(examples(20)):
        office = office_factory("maintenance", "vendors", "inventory", file=f"{turn}.db")
        walk = Walk(office, random.Random(number + turn), tmp_path)  # noqa: S311 - no secret
        with office.acting("test.setup"):
            begin(office)
        for _ in range(STEPS):
            try:
                walk.step(purposes, kinds)
                checked += check(office)
            except Exception as wrong:
                lines = "\n".join([f"OFFICEOPS_SEED={number + turn}: {wrong!r}", *walk.taken])
                raise AssertionError(lines) from wrong
        # Hundreds of open offices would fill the memory of a soak.
        office.close()
    # One short walk may well have nothing that is usable.
    assert checked or TIMES == 1, "nothing was ever usable, so nothing was shown"
