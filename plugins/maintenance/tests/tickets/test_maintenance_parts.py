"""Parts from stock: the ledger has their lots, an undo returns them, and so does `put-back`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.core.records import Location
from officeops.model.exit_codes import DONE, REFUSED
from officeops_inventory.model import Item, Lot, Move

if TYPE_CHECKING:
    from plugins.maintenance.tests.tickets.conftest import Clinic

    from officeops.testing import Cli


@pytest.fixture
def stocked(clinic: Clinic) -> Clinic:
    """The clinic with a ticket, and two filters of an older lot beside five of a newer one."""
    office = clinic.office
    clinic.report()
    with office.acting("test.stock"):
        place = office.add(Location(name="Closet", count_order=9))
        item = office.add(Item(sku="FLT", name="Filter", base_unit="piece"))
        for number, quantity in (("A1", 2), ("B2", 5)):
            lot = office.add(Lot(item_id=item.id, number=number))
            opening = Move(
                item_id=item.id,
                lot_id=lot.id,
                kind="opening",
                quantity=quantity,
                location_id=place.id,
                day=office.today,
            )
            office.add(opening)
    return clinic


def on_hand(clinic: Clinic) -> dict[str, int]:
    sql = (
        "SELECT l.number, s.quantity FROM inventory_stock s JOIN inventory_lot l ON l.id = s.lot_id"
    )
    return dict(clinic.office.rows(sql))


def test_a_part_has_its_lots_and_one_undo_returns_it(stocked: Clinic, cli: Cli) -> None:
    said = cli("ticket", "use-part", "TK-1", "--item", "FLT", "--quantity", "3").err
    assert "3 pieces of Filter (lot A1, B2) from Closet went into TK-1" in said
    page = cli("ticket", "show", "TK-1", "--json").json["page"]
    assert page["Parts used"] == ["3 pieces of Filter (lot A1, B2) from Closet"]
    assert on_hand(stocked) == {"A1": 0, "B2": 4}
    assert cli("undo").code == DONE
    assert on_hand(stocked) == {"A1": 2, "B2": 5}
    assert "Parts used" not in cli("ticket", "show", "TK-1", "--json").json["page"]


def test_a_part_that_was_not_needed_goes_back_to_its_lot(stocked: Clinic, cli: Cli) -> None:
    cli("ticket", "use-part", "TK-1", "--item", "FLT", "--quantity", "2", "--lot", "B2")
    assert on_hand(stocked) == {"A1": 2, "B2": 3}
    assert cli("ticket", "put-back", "TK-1", "--item", "filter").code == DONE
    assert on_hand(stocked) == {"A1": 2, "B2": 5}
    again = cli("ticket", "put-back", "TK-1", "--item", "filter")
    assert (again.code, "No filter went into TK-1" in again.err) == (REFUSED, True)


def test_more_than_is_there_is_refused_and_nothing_is_taken(stocked: Clinic, cli: Cli) -> None:
    assert cli("ticket", "use-part", "TK-1", "--item", "FLT", "--quantity", "9").code == REFUSED
    assert on_hand(stocked) == {"A1": 2, "B2": 5}


@pytest.mark.usefixtures("stocked")
def test_without_the_inventory_it_says_what_to_turn_on(cli: Cli) -> None:
    env = {"OFFICEOPS_PLUGINS": "maintenance,vendors"}
    refused = cli("ticket", "use-part", "TK-1", "--item", "FLT", env=env)
    assert "inventory" in refused.err
    assert cli("ticket", "show", "TK-1", env=env).code == DONE
