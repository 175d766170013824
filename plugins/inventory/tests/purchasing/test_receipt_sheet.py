"""A delivery on one sheet: as ordered by Enter, short, over, wrong and not ordered by a key."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from officeops.tui.testing import Terminal
from officeops_inventory.model import Item, Line, Lot, Move, Order, Pack
from officeops_inventory.purchasing.orders import approve, send
from officeops_inventory.stock.ledger import on_hand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.inventory.tests.conftest import Shop

    from officeops.testing import Cli

LINES = 12
ENDS = "2027-01-31"


def gtin(number: int) -> str:
    """Return the GTIN of an item's box, with its check digit."""
    digits = f"0001234567{number:03}"
    weighed = [int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(digits)]
    return f"{digits}{-sum(weighed) % 10}"


@pytest.fixture
def twelve(shop: Shop) -> Order:
    """An order of twelve items in lots that was sent, three boxes of ten of each."""
    order = shop.draft()
    with shop.office.acting("test"):
        for number in range(LINES):
            name = f"Drug {number:02}"
            item = shop.office.add(Item(sku=f"D{number:02}", name=name, shelf_life_days=365))
            barcode = gtin(number)
            shop.office.add(Pack(item_id=item.id, name="box", size=10, barcode=barcode))
            shop.office.add(
                Line(order_id=order.id, item_id=item.id, packs=3, pack_size=10, pack="box")
            )
    shop.office.do(approve, shop.office.get(Order, order.id), without_prices=True)
    shop.office.do(send, shop.office.get(Order, order.id))
    return shop.office.get(Order, order.id)


@pytest.fixture
def terminal(shop: Shop, twelve: Order) -> Iterator[Terminal]:
    with Terminal(shop.office) as opened:
        yield opened.press(":").type(f"order {twelve}").press("enter")


class Keys:
    """Presses keys, and counts those that are no characters of a lot or a date."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal, self.pressed = terminal, 0

    def press(self, *keys: str) -> None:
        """Press keys a second apart; nobody waits for the screen in between."""
        for key in keys:
            self.terminal._send(key)
        self.pressed += len(keys)

    def type(self, text: str) -> None:
        """Type the characters of a lot or a date."""
        for letter in text:
            self.terminal._send(letter)


def test_twelve_lines_with_lots_take_forty_keys_beside_lots_and_dates(
    terminal: Terminal, shop: Shop, twelve: Order
) -> None:
    keys = Keys(terminal)
    keys.press("r")
    for number in range(LINES):
        keys.press("enter")
        keys.type(f"L{number}v")
        keys.press("enter")
        keys.type(ENDS)
        keys.press("enter")
    terminal.settle()
    assert terminal.crumbs.endswith("12 of 12 received")
    keys.press("d", "d", "y")
    terminal.settle()
    assert keys.pressed <= 40
    assert "12 lines received" in terminal.prompt
    assert shop.office.get(Order, twelve.id).status == "received"
    assert [(lot.number, str(lot.expires_on)) for lot in shop.office.all(Lot)][:2] == [
        ("L0v", ENDS),
        ("L1v", ENDS),
    ]
    actions = "SELECT count(*) FROM core_action WHERE verb = 'inventory.order.receive'"
    assert shop.office.value(actions) == 1
    # All of it was one action, and one key takes it back.
    terminal.press("u", "y")
    assert shop.office.get(Order, twelve.id).status == "sent"
    assert sum(move.quantity for move in shop.office.all(Move)) == 0


def test_short_over_wrong_and_not_ordered_are_a_key_each(
    terminal: Terminal, shop: Shop, twelve: Order
) -> None:
    terminal.press("r")
    assert "3 box" in terminal.current
    terminal.press("-", "enter").type("A1").press("enter").type("2027-06").press("enter")
    terminal.type("5").press("enter").type("B2").press("enter").type(ENDS).press("enter")
    terminal.press(*":wrong", "enter").type("glv-m").press("enter").type("40").press("enter")
    assert terminal.line("Drug 00").split()[:6] == ["Drug", "00", "3", "box", "2", "A1"]
    assert "Main" in terminal.line("Drug 00")
    terminal.press("ctrl+s")
    booked = {
        name: terminal.line(name).split("  ")[-1]
        for name in ("Drug 00", "Drug 01", "Drug 02", "Gloves M")
    }
    assert booked == {
        "Drug 00": "rest is open",
        "Drug 01": "over-delivery",
        "Drug 02": "nothing came",
        "Gloves M": "not ordered",
    }
    terminal.press("d")
    for fact in ("2 short", "1 over", "1 not ordered"):
        assert fact in terminal.prompt
    terminal.press("y")
    assert shop.office.get(Order, twelve.id).status == "partly_received"
    moves = {shop.office.label(Item, move.item_id): move for move in shop.office.all(Move)}
    assert {name: move.quantity for name, move in moves.items()} == {
        "Drug 00": 20,
        "Drug 01": 50,
        "Gloves M": 40,
    }
    assert "over-delivery" in str(moves["Drug 01"].note)
    assert "in place of Drug 02" in str(moves["Gloves M"].note)
    assert moves["Gloves M"].line_id is None
    assert shop.office.get(Lot, moves["Drug 00"].lot_id or 0).expires_on == date(2027, 6, 30)


def test_a_scan_finds_the_line_and_fills_lot_and_last_day(terminal: Terminal, shop: Shop) -> None:
    terminal.press("r")
    terminal.burst(*f"]C101{gtin(4)}1727022810ZX9", "enter")
    assert terminal.current.split()[:2] == ["Drug", "04"]
    for text in ("ZX9", "2027-02-28"):
        assert text in terminal.current
    terminal.press("enter")
    assert terminal.current.split()[:2] == ["Drug", "05"]
    terminal.press("d", "d", "y")
    assert on_hand(shop.office, shop.office.find(Item, "D04").id) == 30


def test_a_known_lot_has_its_day_and_goods_without_a_lot_a_reason(
    terminal: Terminal, shop: Shop, twelve: Order
) -> None:
    drug = shop.office.find(Item, "D00")
    with shop.office.acting("test"):
        shop.office.add(Lot(item_id=drug.id, number="KNOWN", expires_on=date(2027, 5, 1)))
    terminal.press("r", "enter").type("known").press("enter")
    assert terminal.current.split()[:2] == ["Drug", "01"]
    assert "2027-05-01" in terminal.line("Drug 00")
    terminal.press("w").type("label torn off").press("enter")
    assert terminal.current.split()[:2] == ["Drug", "02"]
    terminal.press("enter").press("escape", "d")
    assert terminal.line("Drug 02").endswith("not in order")
    terminal.press("enter")
    terminal.press("backspace", "d", "d", "y")
    assert shop.office.get(Order, twelve.id).status == "partly_received"
    notes = [str(move.note) for move in shop.office.all(Move)]
    assert "no lot: label torn off" in notes[-1]


@pytest.mark.officeops("inventory", "vendors")
def test_the_command_takes_its_options_as_before(shop: Shop, twelve: Order, cli: Cli) -> None:
    words = ("order", "receive", str(twelve), "--item", "D00", "--packs", "2")
    assert cli(*words).code == 1
    assert cli(*words, "--lot", "A1", "--expires-on", ENDS).code == 0
    assert on_hand(shop.office, shop.office.find(Item, "D00").id) == 20
