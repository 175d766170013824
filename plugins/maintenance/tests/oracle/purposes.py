"""Purposes: what people do with sterilizers, refrigerators and kits, now and then in a wrong order."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Final

from plugins.maintenance.tests.oracle.walk import DEGREES, GOOD, Walk

from officeops.core.records import Location
from officeops.model.errors import OfficeError
from officeops_inventory.model import Item, Lot, Move
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.laboratory.booking import book_controls
from officeops_maintenance.laboratory.control_lot import ControlLot
from officeops_maintenance.laboratory.lab_control import LabControl
from officeops_maintenance.laboratory.lab_kit import LabKit
from officeops_maintenance.laboratory.lab_test import LabTest
from officeops_maintenance.readings.booking import book_reading
from officeops_maintenance.readings.excursion import Excursion, HeldLot
from officeops_maintenance.readings.monitored_unit import MonitoredUnit
from officeops_maintenance.readings.slot import slot_of
from officeops_maintenance.readings.temperature_reading import TemperatureReading
from officeops_maintenance.sterilizer.failure import Failure
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.spore_test import SporeTest

# -- purposes of sterilizers ---------------------------------------------------------------------

CLEAN: Final = {
    "test_vial": "no_growth",
    "control_vial": "growth",
    "mechanical": "pass",
    "chemical": "pass",
}
GREW: Final = {"test_vial": "growth", "control_vial": "growth"}


def book_test(walk: Walk) -> None:
    unit, load = walk.one_of(Equipment), walk.any_of(Load, "implant")
    test = SporeTest(
        equipment_id=unit.id, run_at=walk.moment(), empty_chamber=walk.draw.random() < 0.7
    )
    if load is not None and walk.draw.random() < 0.3:
        test.load_id, test.equipment_id = load.id, load.equipment_id
        # As a form has it when nobody types another time.
        if walk.draw.random() < 0.5:
            test.run_at = walk.now
    walk.add(test)


def read_test(walk: Walk) -> None:
    test = walk.any_of(SporeTest, "state = 'sent'")
    shows = CLEAN if walk.draw.random() < 0.75 else GREW
    read_at = walk.moment() if walk.draw.random() < 0.3 else None
    walk.act(test, "read", **shows, read_at=read_at)


def pass_test(walk: Walk) -> None:
    unit = walk.one_of(Equipment)
    test = walk.add(SporeTest(equipment_id=unit.id, run_at=walk.now, empty_chamber=True))
    walk.act(test, "read", **CLEAN, read_at=None)


def file_test(walk: Walk) -> None:
    result = walk.draw.choice(("positive", "negative", "negative"))
    walk.file(
        SporeTest,
        {"equipment_id": walk.one_of(Equipment).id, "run_at": walk.moment(), "result": result},
    )


def help_failure(walk: Walk) -> None:
    failure = walk.any_of(Failure, "state = 'locked'") or walk.any_of(Failure)
    verb = walk.draw.choice(("review", "repaired", "release", "release", "reopen", "withdraw"))
    when = walk.moment() if walk.draw.random() < 0.3 else None
    walk.act(failure, verb, when=when)


def mend_failure(walk: Walk) -> None:
    """Do what a failure asks for, with now and then something left out."""
    failure = walk.any_of(Failure, "state = 'locked'")
    if failure is None:
        return
    for verb in ("review", "repaired", "test", "test", "test", "release"):
        walk.later()
        if walk.draw.random() < 0.15:
            continue
        with suppress(OfficeError):
            if verb == "test":
                unit = failure.equipment_id
                test = walk.add(SporeTest(equipment_id=unit, run_at=walk.now, empty_chamber=True))
                walk.act(test, "read", **CLEAN, read_at=None)
            else:
                walk.act(walk.office.get(Failure, failure.id), verb, when=None)


def hurry_failure(walk: Walk) -> None:
    """Have tests of before count: by a review of before, or by another time of an unread vial."""
    failure = walk.any_of(Failure, "state = 'locked'")
    if failure is None:
        return
    vial = walk.any_of(SporeTest, f"state = 'sent' AND equipment_id = {failure.equipment_id}")
    with suppress(OfficeError):
        walk.act(failure, "review", when=walk.draw.choice((None, failure.failed_at)))
    with suppress(OfficeError):
        if vial is not None:
            walk.edit(vial, "run_at", walk.now)
    with suppress(OfficeError):
        walk.act(walk.one_of(SporeTest, "state = 'sent'"), "read", **CLEAN, read_at=None)
    walk.act(walk.office.get(Failure, failure.id), "release")


def decide(walk: Walk) -> None:
    walk.act(walk.any_of(Load), "decide-recall", decided_by="Dr. Hahn")


def run_load(walk: Walk) -> None:
    shown = [walk.draw.choice(("pass", "pass", "pass", "fail", None)) for _ in range(2)]
    load = Load(
        equipment_id=walk.one_of(Equipment).id,
        run_at=walk.moment(),
        contents="sets",
        implant=walk.draw.random() < 0.4,
        mechanical=shown[0],
        chemical=shown[1],
    )
    walk.add(load)


def file_load(walk: Walk) -> None:
    """Bring a load of a list, with who released it there."""
    shown = [walk.draw.choice(("pass", "pass", "pass", "fail", None)) for _ in range(2)]
    walk.file(
        Load,
        {
            "equipment_id": walk.one_of(Equipment).id,
            "run_at": walk.moment(),
            "contents": walk.draw.choice(("sets", "screws")),
            "implant": walk.draw.random() < 0.4,
            "mechanical": shown[0],
            "chemical": shown[1],
            "released_by": "mia",
        },
    )


def release_load(walk: Walk) -> None:
    load = walk.any_of(Load, "state = 'run'")
    walk.act(load, "release", before_result=None)


STERILIZER_STEPS: Final = [
    book_test,
    read_test,
    read_test,
    pass_test,
    help_failure,
    mend_failure,
    hurry_failure,
    hurry_failure,
    file_test,
    decide,
    run_load,
    file_load,
    release_load,
]


# -- purposes of lots ----------------------------------------------------------------------------


def read_temperature(walk: Walk) -> None:
    unit, taken = walk.one_of(MonitoredUnit), walk.moment()
    degrees = walk.draw.choice(DEGREES) if walk.draw.random() < 0.5 else 400
    slot = slot_of(walk.office, taken)
    walk.note("read", unit, taken, degrees)
    if taken > walk.now:
        return
    reading = TemperatureReading(
        unit_id=unit.id, day=slot.day, slot=slot.half, taken_at=taken, current=degrees
    )
    with walk.office.acting("maintenance.temperatures.record"):
        book_reading(walk.office, unit, reading)


def receive(walk: Walk) -> None:
    number = walk.draw.choice(("A", "B", "C", "D", "K1", "K2"))
    walk.act(walk.one_of(Item), "receive", lot=number, expires_on=GOOD, no_lot=None, note=None)


def file_move(walk: Walk) -> None:
    lot = walk.draw.choice(("A", "B", "C", "D", "K1", "K2"))
    walk.file(
        Move,
        {
            "item_id": walk.one_of(Item).id,
            "kind": "receive",
            "quantity": 3,
            "location_id": walk.one_of(Location).id,
            "lot": lot,
            "expires_on": GOOD,
        },
    )


def carry(walk: Walk) -> None:
    lot = walk.one_of(Lot)
    walk.act(walk.office.get(Item, lot.item_id), "transfer", lot_id=lot.id, quantity=1, no_lot=None)


def help_excursion(walk: Walk) -> None:
    verb = walk.draw.choice(("call", "call", "close", "withdraw", "hold-lots"))
    walk.act(walk.any_of(Excursion), verb)


def mend_excursion(walk: Walk) -> None:
    """Call, and decide on most of the lots."""
    excursion = walk.any_of(Excursion, "state IN ('open', 'called')")
    walk.act(excursion, "call")
    for lot in list(walk.office.all(HeldLot, "decision = 'held'")):
        walk.later()
        with suppress(OfficeError):
            if walk.draw.random() < 0.8:
                walk.act(lot, "release", reason=None)
    if excursion is not None:
        walk.act(walk.office.get(Excursion, excursion.id), "close")


def decide_lot(walk: Walk) -> None:
    walk.act(walk.any_of(HeldLot, "decision = 'held'"), walk.draw.choice(("release", "discard")))


LOT_STEPS: Final = [
    read_temperature,
    read_temperature,
    receive,
    file_move,
    carry,
    help_excursion,
    mend_excursion,
    decide_lot,
]


# -- purposes of kits ----------------------------------------------------------------------------


def new_kit(walk: Walk) -> None:
    kit = LabKit(
        test_id=walk.one_of(LabTest).id,
        number=walk.draw.choice(("K1", "K2")),
        expires_on=GOOD,
        received_on=date(2026, 1, 1),
    )
    walk.add(kit)


def control(walk: Walk) -> None:
    kit = walk.one_of(LabKit)
    level = walk.draw.choice(("positive", "negative"))
    lot = walk.one_of(ControlLot, f"level = '{level}'")
    outcome = walk.draw.choice(("pass", "pass", "fail"))
    ran = walk.moment()
    walk.note("control", kit, level, outcome, ran)
    one = LabControl(
        kit_id=kit.id,
        day=ran.date(),
        run_at=ran,
        level=level,
        control_lot_id=lot.id,
        result=level,
        expected=level,
        outcome=outcome,
    )
    with walk.office.acting("maintenance.controls.record"):
        list(book_controls(walk.office, kit, [one]))


KIT_STEPS: Final = [new_kit, control, control, receive, file_move, carry]
