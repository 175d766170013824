"""A kit's controls speak for the lot of the stock that had its number, whatever number that has now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_inventory.model import Lot

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_maintenance.laboratory.lab_test import LabTest


def held(office: Office) -> set[str]:
    return {lot.number for lot in office.all(Lot) if lot.status == "quarantined"}


def test_a_lot_that_got_another_number_is_held_when_a_control_of_its_kit_fails(
    cli: Cli, office: Office, strep: LabTest
) -> None:
    cli("lab-test", "confirm", strep.name)
    cli("lab-kit", "add", "--test", strep.name, "--number", "L1")
    assert held(office) == {"L1"}
    assert cli("controls", "record", "LK-1/positive=positive", "LK-1/negative=negative").code == 0
    assert not held(office)
    assert cli("lot", "edit", "L1", "--number", "L9").code == 0
    cli("controls", "record", "LK-1/positive=negative")
    assert held(office) == {"L9"}
    assert cli("lot", "release", "L9").code == 1
    cli("controls", "record", "LK-1/positive=positive")
    assert not held(office)


def test_a_slip_that_was_corrected_before_the_kit_came_holds_nothing(
    cli: Cli, office: Office, strep: LabTest
) -> None:
    cli("lab-test", "confirm", strep.name)
    cli("lot", "edit", "L1", "--number", "L9")
    cli("lab-kit", "add", "--test", strep.name, "--number", "L1")
    assert not held(office)
