"""The waste of the made-up practice: a manifest for each visit, the last copy still to come back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops_maintenance.plans.visit import Visit
from officeops_maintenance.waste.pickup import WasteContainer, WastePickup

if TYPE_CHECKING:
    from datetime import date

    from officeops.demo import Demo

#: The signer's trainings, days from today, and the days until a signed copy is back.
_TRAINED: Final = (-1400, -400)
_BACK: Final = timedelta(days=12)
#: Pickups as new as this have no copy yet.
_ON_THE_WAY: Final = timedelta(days=30)
_CAME: Final = "state = 'came' AND purpose = 'Medical waste pickup'"


def build_waste(demo: Demo) -> None:
    """Write a pickup for each visit that took waste, on its day."""
    visits = list(demo.office.all(Visit, _CAME, order="expected_on"))
    for number, visit in enumerate(visits, 1):
        day = demo.office.ways.day_of(visit.came_at) if visit.came_at else visit.expected_on
        pickup = _pick_up(
            demo,
            visit,
            day,
            f"MW-{2040 + number}",
        )
        if demo.today - day > _ON_THE_WAY:
            _copy_is_back(demo, pickup, day + _BACK)


def _pick_up(
    demo: Demo,
    visit: Visit,
    day: date,
    manifest: str,
) -> WastePickup:
    office = demo.office
    with demo.at(day, "ann"), office.acting("maintenance.waste-pickup.add"):
        pickup = office.add(
            WastePickup(
                manifest=manifest,
                vendor_id=visit.vendor_id,
                signer="ann",
                trained_on=_trained(demo, day),
                visit_id=visit.id,
            )
        )
        # In hundredths of a pound; nobody weighs the other box.
        sharps = demo.random(manifest).randrange(900, 2200, 10)
        for kind, containers, weight in (("sharps", 2, sharps), ("regulated medical", 1, None)):
            office.add(
                WasteContainer(
                    pickup_id=pickup.id,
                    kind=kind,
                    containers=containers,
                    weight=weight,
                )
            )
    return pickup


def _trained(demo: Demo, day: date) -> date:
    """Return the signer's last training by a day."""
    days = [demo.day(number) for number in _TRAINED]
    return max(training for training in days if training <= day)


def _copy_is_back(
    demo: Demo,
    pickup: WastePickup,
    day: date,
) -> None:
    """Note that the copy came back; it is in the binder, as the demo keeps its file small."""
    office = demo.office
    with demo.at(day, "ann"), office.acting("maintenance.waste-pickup.signed-copy"):
        current = office.get(WastePickup, pickup.id)
        office.edit(current, managed=True, returned_on=day)
