"""A place that a unit had is a place of it still, also where it was merged into another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_inventory.model import Lot

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_maintenance.readings.monitored_unit import MonitoredUnit


def test_what_was_at_a_former_place_is_held_once_that_is_merged_and_renamed(
    cli: Cli, fridge: MonitoredUnit, office: Office
) -> None:
    for name in ("Shelf", "Back"):
        cli("location", "add", "--name", name)
    assert cli("monitored-unit", "edit", fridge.name, "--location", "Back").code == 0
    assert cli("location", "merge", "Vaccine fridge", "--into", "Shelf").code == 0
    assert cli("location", "edit", "Shelf", "--name", "Top shelf").code == 0
    ran = cli("temperatures", "record", f"{fridge.name}=48/40/50")
    assert "DO NOT USE" in ran.err
    assert {lot.number for lot in office.all(Lot) if lot.status == "quarantined"} == {"A", "B"}
