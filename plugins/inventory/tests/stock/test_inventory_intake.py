"""The lot and the expiry that an item needs are demanded on every way in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from officeops import Refused
from officeops.core.records import Facts
from officeops_inventory.counts.booking import count
from officeops_inventory.model import Item, Lot, Move
from officeops_inventory.purchasing.receipts import receive as take_in
from officeops_inventory.stock.actions import receive, transfer, use
from officeops_inventory.stock.intake import Intake, comes_in_lots
from officeops_inventory.stock.ledger import on_hand
from officeops_inventory.stock.lots import quarantine
from officeops_inventory.stock.reversal import reverse

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

    from officeops.office.office import Office
    from officeops.testing import Cli

TODAY = date(2026, 3, 2)
LATER = TODAY + timedelta(days=200)

#: Every action that brings stock in: how it would bring vaccine in without a lot.
WAYS_IN: dict[str, dict[str, Any]] = {
    "inventory.item.receive": {"quantity": 3},
    "inventory.item.adjust": {"quantity": 3, "reason": "found"},
    "inventory.item.transfer": {"quantity": 1},
    "inventory.order.receive": {},
    "inventory.count": {"counted": 9},
}
#: Those that bring none in: they take it out, move papers, or put back what the record had.
BRING_NOTHING = {
    *(f"inventory.item.{verb}" for verb in ("use", "waste", "return")),
    *(f"inventory.lot.{verb}" for verb in ("quarantine", "recall", "damage", "release", "discard")),
    *(
        f"inventory.order.{verb}"
        for verb in ("add-line", "approve", "send", "close", "close-short", "cancel", "reopen")
    ),
    "inventory.line.change",
    "inventory.line.price",
    "inventory.move.reverse",
}


@pytest.fixture(autouse=True)
def _started(shop: Shop) -> None:
    """An office that can choose another default location."""
    with shop.office.acting("test"):
        shop.office.add(Facts(name="Shop", default_location_id=shop.main.id))


@pytest.fixture
def vaccine(shop: Shop) -> Item:
    """The vaccine, with one dose that came in without a lot for a reason, at Exam 1, and an order under way."""
    shop.office.do(receive, shop.vaccine, quantity=1, location_id=shop.exam.id, no_lot="loose vial")
    return shop.vaccine


def endless(shop: Shop, number: str, quantity: int = 0) -> Lot:
    """A lot of vaccine without its last day, as a file from before has it."""
    with shop.office.acting("test"):
        [lot_id] = shop.office.add_many(Lot, [{"item_id": shop.vaccine.id, "number": number}])
        row = {
            "item_id": shop.vaccine.id,
            "lot_id": lot_id,
            "kind": "opening",
            "quantity": quantity,
        }
        if quantity:
            shop.office.add_many(
                Move, [{**row, "location_id": shop.main.id, "day": TODAY.isoformat()}]
            )
    return shop.office.get(Lot, lot_id)


def about(shop: Shop, name: str) -> tuple[tuple[object, ...], dict[str, Any]]:
    """What an action is about, and what it must be told beside."""
    if name == "inventory.order.receive":
        return (shop.sent(shop.vaccine),), {}
    if name == "inventory.count":
        return (), {"location_id": shop.main.id, "item_id": shop.vaccine.id}
    more: dict[str, Any] = (
        {"to_location_id": shop.main.id} if name == "inventory.item.transfer" else {}
    )
    return (shop.vaccine,), more


def test_every_action_is_known_to_bring_stock_in_or_not(office: Office) -> None:
    names = {
        action.name
        for plugin, action in office.plugins.registered("actions")
        if plugin == "inventory"
    }
    assert names == WAYS_IN.keys() | BRING_NOTHING


@pytest.mark.parametrize("name", WAYS_IN)
@pytest.mark.parametrize("reason", [None, "", "   "])
def test_no_way_in_takes_vaccine_without_a_lot(
    shop: Shop, vaccine: Item, name: str, reason: str | None
) -> None:
    action = next(
        each for _, each in shop.office.plugins.registered("actions") if each.name == name
    )
    those, more = about(shop, name)
    before = list(shop.office.all(Move))
    with pytest.raises(Refused, match="lot"):
        shop.office.do(action, *those, **more, **WAYS_IN[name], no_lot=reason)
    assert list(shop.office.all(Move)) == before
    assert not shop.office.first(Lot, "item_id = ?", vaccine.id)


@pytest.mark.parametrize("name", WAYS_IN)
@pytest.mark.usefixtures("vaccine")
def test_a_reason_is_the_way_round_and_is_kept_with_the_move(shop: Shop, name: str) -> None:
    action = next(
        each for _, each in shop.office.plugins.registered("actions") if each.name == name
    )
    those, more = about(shop, name)
    shop.office.do(action, *those, **more, **WAYS_IN[name], no_lot="label torn off")
    booked = list(shop.office.all(Move))[-1]
    assert booked.quantity > 0
    assert "no lot: label torn off" in str(booked.note)


@pytest.mark.parametrize(
    ("label", "missing"),
    [
        ({}, {"lot", "expires_on"}),
        ({"lot": "A"}, {"expires_on"}),
        ({"lot": "  "}, {"lot", "expires_on"}),
        ({"expires_on": LATER}, {"lot"}),
    ],
)
def test_lot_and_expiry_are_both_demanded_line_by_line(
    shop: Shop, label: dict[str, Any], missing: set[str]
) -> None:
    order = shop.sent(shop.vaccine)
    for action, those in ((take_in, order), (receive, shop.vaccine)):
        with pytest.raises(Refused) as refused:
            shop.office.do(action, those, quantity=2, **label)
        assert {problem.field for problem in refused.value.problems} == missing
        assert all("--no-lot" in problem.message for problem in refused.value.problems)
    assert not list(shop.office.all(Lot))


def test_a_lot_that_is_known_brings_its_own_last_day(shop: Shop) -> None:
    shop.office.do(receive, shop.vaccine, quantity=2, lot="A1", expires_on=LATER)
    shop.office.do(receive, shop.vaccine, quantity=2, lot="a1 ")
    assert [lot.expires_on for lot in shop.office.all(Lot)] == [LATER]
    endless(shop, "B2")
    with pytest.raises(Refused, match="expires_on"):
        shop.office.do(receive, shop.vaccine, quantity=2, lot="B2")
    # Case, accents and look-alike blanks tell no lots apart.
    shop.office.do(receive, shop.vaccine, quantity=2, lot="AB 12", expires_on=LATER)
    shop.office.do(receive, shop.vaccine, quantity=2, lot="\u00c0b\u00a0\u200b12")
    assert len(list(shop.office.all(Lot))) == 3


def test_an_item_comes_in_lots_by_its_shelf_life_or_its_past(shop: Shop) -> None:
    office = shop.office
    assert comes_in_lots(office, shop.vaccine.id)
    assert not comes_in_lots(office, shop.gloves.id)
    office.do(receive, shop.gloves, quantity=5)
    office.do(receive, shop.gloves, quantity=5, lot="G1")
    assert comes_in_lots(office, shop.gloves.id)
    # Lots of it that never end demand a number, and no last day.
    with pytest.raises(Refused) as refused:
        office.do(receive, shop.gloves, quantity=5)
    assert [problem.field for problem in refused.value.problems] == ["lot"]
    office.do(receive, shop.gloves, quantity=5, lot="G2")
    office.do(receive, shop.gloves, quantity=5, lot="G3", expires_on=LATER)
    with pytest.raises(Refused, match="expires_on"):
        office.do(receive, shop.gloves, quantity=5, lot="G4")


def test_imports_ask_the_same_of_many_rows(shop: Shop) -> None:
    intake = Intake(shop.office)
    assert [problem.field for problem in intake.lacks(shop.vaccine.id, None, None)] == [
        "lot",
        "expires_on",
    ]
    assert not intake.lacks(shop.vaccine.id, "A", "2027-01-31")
    assert not intake.lacks(shop.gloves.id, None, None)
    intake.lot_made(shop.gloves.id, None)
    assert [problem.field for problem in intake.lacks(shop.gloves.id, None, None)] == ["lot"]
    intake.lot_made(shop.gloves.id, "2027-01-31")
    intake.lot_made(shop.gloves.id, None)
    assert [problem.field for problem in intake.lacks(shop.gloves.id, "", None)] == [
        "lot",
        "expires_on",
    ]


def test_what_is_expired_or_held_is_said_when_it_comes_in_or_is_put_elsewhere(shop: Shop) -> None:
    gone = TODAY - timedelta(days=1)
    assert "expired 2026-03-01" in shop.office.do(
        receive, shop.vaccine, quantity=2, lot="GONE", expires_on=gone
    )
    order = shop.sent(shop.vaccine)
    assert "expired 2026-03-01" in shop.office.do(take_in, order, quantity=1, lot="GONE")
    shop.office.do(receive, shop.vaccine, quantity=2, lot="HELD", expires_on=LATER)
    held = shop.office.first(Lot, "number = 'HELD'")
    assert held
    shop.office.do(quarantine, held)
    assert "is quarantined: keep it apart" in shop.office.do(
        receive, shop.vaccine, quantity=2, lot="HELD"
    )
    given: dict[str, Any] = {
        "lot_id": held.id,
        "to_location_id": shop.exam.id,
        "reason": "to the locked fridge",
    }
    assert "is quarantined: keep it apart" in shop.office.do(
        transfer, shop.vaccine, quantity=1, **given
    )


def test_stock_found_goes_to_the_newest_lot_there_and_fills_what_was_below_zero_first(
    shop: Shop,
) -> None:
    office = shop.office
    office.do(receive, shop.vaccine, quantity=5, lot="A", expires_on=LATER)
    office.do(receive, shop.vaccine, quantity=5, lot="B", expires_on=LATER)
    office.do(count, location_id=shop.main.id, item_id=shop.vaccine.id, counted=12)
    newest = office.first(Lot, "number = 'B'")
    assert newest
    assert on_hand(office, shop.vaccine.id, lot_id=newest.id) == 7
    with office.acting("test"):
        office.add_many(
            Move,
            [
                {
                    "item_id": shop.vaccine.id,
                    "kind": "use",
                    "quantity": -4,
                    "location_id": shop.exam.id,
                    "day": TODAY.isoformat(),
                }
            ],
        )
    office.do(count, location_id=shop.exam.id, item_id=shop.vaccine.id, counted=0)
    assert on_hand(office, shop.vaccine.id, shop.exam.id) == 0
    with pytest.raises(Refused, match=r"2 more .*at Exam 1, of no known lot"):
        office.do(count, location_id=shop.exam.id, item_id=shop.vaccine.id, counted=2)


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


def test_a_reversal_puts_back_what_had_no_lot(shop: Shop, vaccine: Item) -> None:
    shop.office.do(use, vaccine, quantity=1)
    taken = list(shop.office.all(Move))[-1]
    shop.office.do(reverse, taken)
    assert on_hand(shop.office, vaccine.id, shop.exam.id) == 1
