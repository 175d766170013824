"""A lot that got another number is held by either one, until somebody decides on what is held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_inventory.model import Lot

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_maintenance.readings.monitored_unit import MonitoredUnit

VAX = ("item", "receive", "VAX", "--quantity", "5", "--expires-on", "2027-06-30")
RENAMED = ("lot", "edit", "A", "--number", "AA")


def held(office: Office) -> set[str]:
    return {lot.number for lot in office.all(Lot) if lot.status == "quarantined"}


def test_boxes_with_the_number_that_a_held_lot_had_are_held(
    cli: Cli, fridge: MonitoredUnit, office: Office
) -> None:
    for name in ("Shelf", "Back"):
        cli("location", "add", "--name", name)
    assert cli(*RENAMED).code == 0
    assert "DO NOT USE" in cli("temperatures", "record", f"{fridge.name}=48/40/50").err
    assert held(office) == {"AA", "B"}
    came = cli(*VAX, "--lot", "A", "--location", "Shelf")
    assert "lot A is held for EX-1" in came.err
    assert "held lot AA had the number A" in came.err
    assert held(office) == {"A", "AA", "B"}
    assert cli("lot", "release", "A").code == 1
    # Decided on, it may be used and carried; what comes later is held again.
    cli("excursion", "call", "EX-1", "--case-number", "9")
    line = office.value("SELECT max(id) FROM maintenance_held_lot")
    assert cli("held-lot", "release", f"#{line}").code == 0
    assert held(office) == {"AA", "B"}
    to = ("--to-location", "Back", "--lot", "A")
    assert cli("item", "transfer", "VAX", "--quantity", "1", *to).code == 0
    assert held(office) == {"AA", "B"}
    cli(*VAX, "--lot", "A", "--location", "Shelf")
    assert held(office) == {"A", "AA", "B"}


def test_boxes_that_came_before_the_reading_are_held_too(
    cli: Cli, fridge: MonitoredUnit, office: Office
) -> None:
    cli("location", "add", "--name", "Shelf")
    cli(*RENAMED)
    cli(*VAX, "--lot", "A", "--location", "Shelf")
    assert "DO NOT USE" in cli("temperatures", "record", f"{fridge.name}=48/40/50").err
    assert held(office) == {"A", "AA", "B"}
    # By no road is one of them usable beside the other.
    cli("excursion", "call", "EX-1", "--case-number", "9")
    lines = cli("held-lot", "list", "--json").json
    assert len([line for line in lines if "lot A" in line["name"]]) == 2, lines
    for line in lines:
        assert cli("held-lot", "release", f"#{line['id']}").code == 0
    assert not held(office)


def test_a_file_and_another_number_bring_no_such_boxes(
    cli: Cli, fridge: MonitoredUnit, office: Office
) -> None:
    cli("location", "add", "--name", "Shelf")
    cli(*RENAMED)
    assert "DO NOT USE" in cli("temperatures", "record", f"{fridge.name}=48/40/50").err
    moves = "sku,kind,quantity,location,lot,expires on\nVAX,receive,4,Shelf,A,2027-06-30\n"
    assert "had the number A; enter it with" in cli("stock-move", "import", "-", typed=moves).err
    cli(*VAX, "--lot", "N", "--location", "Shelf")
    assert "had the number A" in cli("lot", "edit", "N", "--number", "A").err
    assert held(office) == {"AA", "B"}


def test_after_the_decisions_boxes_with_a_former_number_are_said_to_be_looked_at(
    cli: Cli, fridge: MonitoredUnit, office: Office
) -> None:
    cli("location", "add", "--name", "Shelf")
    cli(*RENAMED)
    assert "DO NOT USE" in cli("temperatures", "record", f"{fridge.name}=48/40/50").err
    cli("excursion", "call", "EX-1", "--case-number", "9")
    for line in cli("held-lot", "list", "--json").json:
        cli("held-lot", "discard", f"#{line['id']}")
    assert cli("excursion", "close", "EX-1", "--reason", "it is empty").code == 0
    came = cli(*VAX, "--lot", "A", "--location", "Shelf")
    assert "Look at the boxes of" in came.err
    assert "had the number A" in came.err
    assert held(office) == {"AA", "B"}
