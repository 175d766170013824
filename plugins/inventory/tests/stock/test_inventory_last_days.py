"""A lot that comes in has its last day, or says why it has none, on every way in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from plugins.inventory.tests.stock.ways_in import LATER, WAYS_IN, about, choose_default, endless

from officeops import Refused
from officeops_inventory.model import Lot, Move
from officeops_inventory.stock.actions import receive

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

    from officeops.testing import Cli


@pytest.fixture(autouse=True)
def _started(shop: Shop) -> None:
    choose_default(shop)


#: How each way in would bring vaccine into a lot that says no last day.
INTO_A_LOT: dict[str, dict[str, Any]] = {
    "inventory.item.receive": {"lot": "OLD"},
    "inventory.order.receive": {"quantity": 1, "lot": "OLD"},
    "inventory.item.adjust": {},
    "inventory.item.transfer": {},
    "inventory.count": {"counted": 9},
}


@pytest.mark.parametrize("name", WAYS_IN)
@pytest.mark.parametrize("reason", [None, " ", "not on the label"])
def test_no_way_in_takes_a_lot_without_its_last_day(
    shop: Shop, name: str, reason: str | None
) -> None:
    lot = endless(shop, "OLD", quantity=5)
    action = next(
        each for _, each in shop.office.plugins.registered("actions") if each.name == name
    )
    those, more = about(shop, name)
    given = {**more, **WAYS_IN[name], **INTO_A_LOT[name], "no_lot": reason}
    if name in {"inventory.item.adjust", "inventory.item.transfer"}:
        given["lot_id"] = lot.id
    if name == "inventory.item.transfer":
        given["to_location_id"] = shop.exam.id
    before = list(shop.office.all(Move))
    if reason and reason.strip():
        shop.office.do(action, *those, **given)
        assert len(list(shop.office.all(Move))) > len(before)
        # A count says that what was found has no lot at all; elsewhere the lot itself keeps why it has no last day.
        assert name == "inventory.count" or shop.office.get(Lot, lot.id).no_lot == reason
        return
    with pytest.raises(Refused, match=r"expires_on|lot: is needed"):
        shop.office.do(action, *those, **given)
    assert list(shop.office.all(Move)) == before


#: Files that bring vaccine into a lot without its last day, each by its command; what `item import` opens has a test with it.
FILES_IN = {
    ("count", "Main", "--file", "-"): "item,lot,counted\nVAX,NEW,4\n",
    ("lot", "import", "-"): "item,number\nVAX,NEW\n",
    ("move", "import", "-"): "item,kind,quantity,lot\nVAX,receive,5,NEW\n",
    ("move", "import", "-", "--map", "kind="): "item,kind,quantity,lot\nVAX,x,5,NEW\n",
    ("lot", "add", "--item", "VAX", "--number", "NEW"): "",
}


@pytest.mark.officeops("inventory", "vendors")
@pytest.mark.parametrize("command", FILES_IN)
def test_no_file_and_no_form_brings_a_lot_without_its_last_day(
    shop: Shop, cli: Cli, command: tuple[str, ...]
) -> None:
    refused = cli(*command, typed=FILES_IN[command])
    assert refused.code == 1
    assert "expires_on" in refused.err
    assert "no_lot" in refused.err or "no-lot" in refused.err
    assert not list(shop.office.all(Lot))
    assert not list(shop.office.all(Move))


@pytest.mark.officeops("inventory", "vendors")
def test_the_reason_is_the_way_round_in_files_and_forms(shop: Shop, cli: Cli) -> None:
    count = ("count", "Main", "--file", "-", "--no-lot", "torn")
    assert (
        cli(
            "move", "import", "-", typed="item,kind,quantity,lot,no lot\nVAX,receive,5,C,torn\n"
        ).code
        == 0
    )
    assert cli(*count, typed="item,lot,counted\nVAX,A,4\n").code == 0
    assert cli("lot", "import", "-", typed="item,number,no lot\nVAX,B,torn\n").code == 0
    assert cli("lot", "add", "--item", "VAX", "--number", "D", "--no-lot", "torn").code == 0
    assert {lot.number: lot.no_lot for lot in shop.office.all(Lot)} == dict.fromkeys("ABCD", "torn")
    # It is said once: the lot knows from then on.
    assert (
        cli("item", "adjust", "VAX", "--quantity", "3", "--reason", "found", "--lot", "A").code == 0
    )
    assert (
        cli(
            "item", "transfer", "VAX", "--quantity", "1", "--lot", "A", "--to-location", "Exam 1"
        ).code
        == 0
    )
    assert cli("count", "Main", "VAX lot A=9").code == 0


@pytest.mark.officeops("inventory", "vendors")
def test_a_lots_last_day_is_not_blanked_and_an_old_lot_without_one_can_be_held(
    shop: Shop, cli: Cli
) -> None:
    shop.office.do(receive, shop.vaccine, quantity=2, lot="A", expires_on=LATER)
    refused = cli("lot", "edit", "A", "--expires-on", "")
    assert (refused.code, "expires_on: is needed" in refused.err) == (1, True)
    assert cli("lot", "edit", "A", "--expires-on", "", "--no-lot", "misread").code == 0
    assert cli("lot", "edit", "A", "--no-lot", "").code == 1
    endless(shop, "OLD", quantity=3)
    assert cli("lot", "recall", "OLD", "--reason", "notice 7").code == 0
    assert cli("lot", "discard", "OLD").code == 0
