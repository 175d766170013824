"""What an excursion holds: all that was in the unit since it was well, and all that comes in after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_inventory.model import Lot

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_maintenance.readings.monitored_unit import MonitoredUnit

VAX = ("item", "receive", "VAX", "--quantity", "5", "--expires-on", "2027-06-30")


def held(office: Office) -> set[str]:
    return {lot.number for lot in office.all(Lot) if lot.status == "quarantined"}


def test_what_left_before_the_reading_was_typed_and_what_comes_after_is_held(
    cli: Cli, fridge: MonitoredUnit, office: Office
) -> None:
    for name in ("Shelf", "Back"):
        cli("location", "add", "--name", name)
    cli("temperatures", "record", "Fridge=40/38/41")
    cli("item", "transfer", "VAX", "--quantity", "5", "--to-location", "Shelf", "--lot", "A")
    cli("monitored-unit", "edit", fridge.name, "--location", "Shelf")
    cli(*VAX, "--lot", "D", "--location", "Back")
    assert "DO NOT USE" in cli("temperatures", "record", "Fridge=48").err
    assert held(office) == {"A", "B"}, "the unit was at its former place, too"
    assert "lot C is held for EX-1" in cli(*VAX, "--lot", "C", "--location", "Shelf").err
    carried = ("item", "transfer", "VAX", "--quantity", "5", "--to-location", "Shelf")
    assert "lot D is held" in cli(*carried, "--lot", "D").err
    moves = "sku,kind,quantity,location,lot,expires on\nVAX,receive,4,Shelf,F,2027-06-30\n"
    assert "item receive" in cli("stock-move", "import", "-", typed=moves).err
    assert held(office) == {"A", "B", "C", "D"}


def test_a_held_lot_keeps_its_number_and_its_goods_until_the_decision(
    cli: Cli, fridge: MonitoredUnit, office: Office
) -> None:
    cli("temperatures", "record", f"{fridge.name}=48/40/50")
    assert cli("lot", "edit", "A", "--number", "AA").code == 1
    for way in (
        ("lot", "discard", "A"),
        ("item", "waste", "VAX", "--quantity", "1", "--lot", "A", "--reason", "warm"),
        ("item", "return", "VAX", "--quantity", "1", "--lot", "A", "--reason", "warm"),
        ("monitored-unit", "archive", fridge.name),
    ):
        assert "EX-1" in cli(*way).err, way
    cli("excursion", "call", "EX-1", "--case-number", "9")
    cli("held-lot", "discard", "#1")
    assert cli("lot", "discard", "A").code == 0
    assert "EX-1" in cli("lot", "archive", "A").err
    assert held(office) == {"A", "B"}


def test_a_unit_that_gets_a_place_holds_what_is_there(
    cli: Cli, fridge: MonitoredUnit, office: Office
) -> None:
    cli("monitored-unit", "edit", fridge.name, "--location", "")
    with office.acting("test.setup"):
        office.edit(office.get(type(fridge), fridge.id), managed=True, was_at=None)
    cli("temperatures", "record", "Fridge=48/40/50")
    assert not held(office)
    cli("monitored-unit", "edit", fridge.name, "--location", "Vaccine fridge")
    assert held(office) == {"A", "B"}


def decided(cli: Cli, *lots: str) -> None:
    """Open an excursion, and release some lots after the call."""
    cli("temperatures", "record", "Fridge=48/40/50")
    cli("excursion", "call", "EX-1", "--case-number", "9")
    for lot in lots:
        assert cli("held-lot", "release", lot).code == 0


def test_the_place_of_an_open_excursion_is_not_merged(
    cli: Cli, fridge: MonitoredUnit, office: Office
) -> None:
    cli("location", "add", "--name", "Shelf")
    decided(cli, "#1")
    cli("item", "transfer", "VAX", "--quantity", "2", "--to-location", "Shelf", "--lot", "A")
    merge = ("location", "merge", "Vaccine fridge", "--into", "Shelf")
    assert "EX-1 is open" in cli(*merge).err
    # What comes into it by a merge of the other place is held.
    assert cli("location", "merge", "Shelf", "--into", "Vaccine fridge").code == 0
    assert held(office) == {"A", "B"}, fridge.name


def test_an_excursion_is_not_opened_again_beside_what_came_since(
    cli: Cli, fridge: MonitoredUnit, office: Office
) -> None:
    decided(cli, "#1", "#2", "#3")
    assert cli("excursion", "close", "EX-1", "--reason", "it is empty").code == 0
    number = str(office.value("SELECT max(id) FROM core_action"))
    assert cli("undo", number).code == 0, "nothing came since"
    cli("redo")
    cli(*VAX, "--lot", "A", "--location", "Vaccine fridge")
    assert "carry it away first" in cli("undo", number).err, fridge.name
    assert not held(office)


def test_each_kind_that_keeps_goods_back_promises_that_they_are_held(office: Office) -> None:
    rests = {
        key for kind in office.records.values() if kind.promise for key in kind.promise.rests_on
    }
    keepers = {key for key, kind in office.records.items() if hasattr(kind, "kept_back")}
    assert keepers, "nothing keeps goods back"
    assert keepers <= rests


def test_no_excursion_is_opened_again_for_a_unit_that_is_archived(
    cli: Cli, fridge: MonitoredUnit, office: Office
) -> None:
    decided(cli, "#1", "#2", "#3")
    cli("excursion", "close", "EX-1", "--reason", "it is empty")
    number = str(office.value("SELECT max(id) FROM core_action"))
    assert cli("monitored-unit", "archive", fridge.name).code == 0
    assert "Fridge is archived" in cli("undo", number).err
