"""The laboratory of the made-up practice: three waived tests, their kits, and months of controls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import NotFound
from officeops.demo import Demo, demo_rows, working_before
from officeops.services import Stock
from officeops_maintenance.laboratory.control_lot import ControlLot
from officeops_maintenance.laboratory.lab_control import LabControl
from officeops_maintenance.laboratory.lab_kit import LabKit
from officeops_maintenance.laboratory.lab_test import LabTest
from officeops_maintenance.laboratory.levels import BY_EYE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops import Office

#: Days from today: the menu, the receipt of the kits, and the controls in between.
_MENU: Final = -150
_CAME: Final = -84
_BETWEEN: Final = range(_CAME, 0, 27)
_GOOD: Final = 240
#: The range of each level, in hundredths.
_RANGES: Final = {"1": (80, 120), "2": (250, 350)}


def build_laboratory(
    office: Office,
    seed: int,
) -> None:
    """Write the menu, and a kit of each lot in the stock with the controls that let it be used."""
    demo = Demo(office, seed, "laboratory")
    # No hook runs on these rows, so each kit has the controls that set its lot free.
    rows = demo_rows(__package__, "lab_tests.csv")
    with demo.at(demo.day(_MENU), "ann"), demo.writing():
        ids = office.add_many(LabTest, [_test(demo, row) for row in rows])
    with demo.at(demo.day(_CAME), "mia"), demo.writing():
        for test_id, row in zip(ids, rows, strict=True):
            levels = row["controls"].split()
            lots = office.add_many(ControlLot, [_control(demo, test_id, word) for word in levels])
            controls = dict(zip(levels, lots, strict=True))
            kits = office.add_many(LabKit, list(_kits(demo, test_id, row["sku"])))
            runs = [run for kit in kits for run in _runs(demo, kit, controls)]
            office.add_many(LabControl, runs)


def _test(
    demo: Demo,
    row: dict[str, str],
) -> dict[str, Any]:
    item = demo.office.record("inventory.item") if demo.office.service(Stock) else None
    return {
        "name": row["name"],
        "kit": row["kit"],
        "complexity": row["complexity"],
        "cpt": row["cpt"],
        "item_id": _named(demo.office, item, row["sku"]) if item else None,
        "controls": row["controls"],
        "new_lot": True,
        "new_shipment": True,
        "every_days": int(row["every"]) if row["every"] else None,
        "open_days": int(row["open"]) if row["open"] else None,
        "until_expiry": not row["open"],
        "insert_version": "Rev. 3",
        "performers": "mia, luis",
        "confirmed_on": demo.day(_MENU).isoformat(),
        "confirmed_by": "ann",
    }


def _named(
    office: Office,
    kind: type[Any],
    name: str,
) -> int | None:
    try:
        return int(office.find(kind, name).id) if name else None
    except NotFound:
        return None


def _control(
    demo: Demo,
    test_id: int,
    level: str,
) -> dict[str, Any]:
    # Levels that are read by eye have no range.
    low, high = _RANGES.get(level, (None, None))
    return {
        "test_id": test_id,
        "level": level,
        "number": f"C{test_id}{level[:1].upper()}",
        "expires_on": demo.day(_GOOD).isoformat(),
        "low": low,
        "high": high,
    }


def _kits(
    demo: Demo,
    test_id: int,
    sku: str,
) -> Iterator[dict[str, Any]]:
    """Yield a kit of each lot on hand; without a stock, one of a lot of its own."""
    stock = demo.office.service(Stock)
    lots = (
        [(lot.lot, lot.expires_on) for lot in stock.lots(demo.office, sku)] if stock and sku else []
    )
    for number, expires_on in lots or [(f"T{test_id}417", demo.day(_GOOD).isoformat())]:
        yield {
            "test_id": test_id,
            "number": number,
            "expires_on": expires_on or demo.day(_GOOD).isoformat(),
            "received_on": demo.day(_CAME).isoformat(),
            "opened_on": working_before(demo.day(_CAME + 1)).isoformat(),
            "insert_version": "Rev. 3",
        }


def _runs(
    demo: Demo,
    kit_id: int,
    controls: dict[str, int],
) -> Iterator[dict[str, Any]]:
    """Yield the rounds of a kit; the second shows a failure first, and the repeat that passed."""
    for number, days in enumerate(_BETWEEN):
        day = working_before(demo.day(days + 1))
        for level, lot in controls.items():
            # One bad round, so that the log shows how a repeat looks.
            if number == 1 and level in {"negative", "2"}:
                yield _run(demo, kit_id, level, lot, day, 0)
            yield _run(demo, kit_id, level, lot, day, 1)


def _run(
    demo: Demo,
    kit_id: int,
    level: str,
    lot: int,
    day: date,
    number: int,
) -> dict[str, Any]:
    """Return a control; the one numbered 0 failed."""
    by_eye = level in BY_EYE
    passed = level if by_eye else _middle(level)
    failed = "invalid" if by_eye else "4.6"
    minute = 7 * 60 + 40 + 6 * number
    moment = demo.office.ways.moment(day, minute)
    # The same seed gives the same person on the same day.
    chance = demo.random(f"control {kit_id} {day}")
    return {
        "kit_id": kit_id,
        "day": day.isoformat(),
        "run_at": moment.isoformat(),
        "level": level,
        "control_lot_id": lot,
        "result": passed if number else failed,
        "expected": level if by_eye else " to ".join(map(_shown, _RANGES[level])),
        "outcome": "pass" if number else "fail",
        "run_by": chance.choice(("mia", "luis")),
    }


def _middle(level: str) -> str:
    return _shown(sum(_RANGES[level]) // 2)


def _shown(hundredths: int) -> str:
    return f"{hundredths / 100:g}"
