"""A count round on an 80x24 terminal: numbers alone, one item after another, and nothing booked unseen."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from officeops.core.records import Location
from officeops.tui.testing import Terminal
from officeops_inventory.model import Count, Item, Level, Lot, Move, Pack
from officeops_inventory.stock.actions import receive, use
from officeops_inventory.stock.ledger import on_hand
from officeops_inventory.stock.lots import recall

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office

ITEMS = (
    ("GZ", "Gauze", 40),
    ("GL", "Gloves [/b] M", 1200),
    ("SW", "Swabs", 7),
    ("SY", "Syringe", 0),
)


@pytest.fixture
def shop(office: Office) -> Office:
    """Two locations; at the first, three items with stock and one with a level alone."""
    with office.acting("test"):
        exam = office.add(Location(name="Exam 1", count_order=2))
        main = office.add(Location(name="Main", count_order=1))
        for sku, name, _ in ITEMS:
            office.add(Item(sku=sku, name=name))
        office.add(Item(sku="TP", name="Tape", base_unit="roll"))
        office.add(Level(item_id=4, location_id=main.id, order_up_to=5))
    for number, (_, _, there) in enumerate(ITEMS, 1):
        if there:
            office.do(receive, office.get(Item, number), quantity=there, location_id=main.id)
    assert exam.id == 1
    return office


@pytest.fixture
def terminal(shop: Office) -> Iterator[Terminal]:
    with Terminal(shop) as opened:
        yield opened.press("#")


@pytest.fixture
def sheet(terminal: Terminal) -> Terminal:
    return terminal.press("enter")


def test_locations_stand_in_the_order_one_walks_them(terminal: Terminal) -> None:
    assert terminal.crumbs == "Office › Count"
    assert terminal.lines[1:4] == [
        "  Location                                            items  last counted",
        "> Main                                                    4  never",
        "  Exam 1                                                  0  never",
    ]
    terminal.press("escape", ":").type("count").press("enter")
    assert terminal.crumbs == "Office › Count"


def test_a_sheet_takes_numbers_and_enter_goes_on(sheet: Terminal, shop: Office) -> None:
    assert sheet.crumbs.startswith("Office › Count › Main")
    sheet.type("38").press("enter").type("1200").press("enter", "enter").type("05").press("up")
    assert sheet.crumbs.endswith("3 of 4 counted")
    assert sheet.lines[1:6] == [
        "  Item                                     Expected   Counted           Differs",
        "  Gauze                                          40        38 each           -2",
        "  Gloves [/b] M                                1200      1200 each",
        "> Swabs                                           7         · each",
        "  Syringe                                         0         5 each           +5",
    ]
    assert not list(shop.all(Count))


def test_a_count_is_corrected_while_it_is_typed(sheet: Terminal) -> None:
    sheet.type("385").press("backspace")
    assert " 38 each" in sheet.current
    sheet.type("1")
    assert " 381 each" in sheet.current
    sheet.press("down", "up").type("7")
    assert " 7 each" in sheet.current
    sheet.press("backspace")
    assert " · each" in sheet.current
    sheet.type("999999")
    assert sheet.current.endswith("40    999999 each      +999959")
    sheet.type("-=%")
    assert " 999999 each" in sheet.current
    for _ in range(3):
        sheet.press("9")
        assert sheet.prompt.startswith("Over 999,999 is no count of one shelf: none of it is taken")
        assert " · each" in sheet.current
    sheet.press("enter")
    assert sheet.current.startswith("Gauze")
    assert sheet.prompt.startswith("Over 999,999 is no count")
    sheet.type("12")
    assert " 12 each" in sheet.current


def test_a_count_of_before_stays_where_what_is_typed_is_too_long(
    sheet: Terminal, shop: Office
) -> None:
    sheet.type("38").press("down", "up").type("0400021000308")
    assert " 38 each" in sheet.current
    sheet.press("enter", "enter").type("5")
    assert sheet.current.startswith("Gloves")
    assert " 5 each" in sheet.current
    assert sheet.crumbs.endswith("2 of 4 counted")
    assert not list(shop.all(Count))


def test_a_scan_goes_to_its_row_and_counts_nothing(sheet: Terminal, shop: Office) -> None:
    with shop.acting("test"):
        for item_id, barcode in ((3, "0400021000308"), (5, "0400021000315")):
            shop.add(Pack(item_id=item_id, name="box", size=10, barcode=barcode))
    for packet in ("0400021000308", "]E00400021000308", "]d20100400021000308\x1d10A7"):
        sheet.press("home").burst(*packet, "enter")
        assert sheet.current.startswith("Swabs")
        assert sheet.crumbs.endswith("0 of 4 counted")
    sheet.type("12").burst(*"0400021000308", "enter").type("7")
    assert " 7 each" in sheet.current
    sheet.burst(*"0400021000315", "enter")
    assert sheet.prompt.startswith("TP is not on this sheet;")
    sheet.burst(*"99990000", "enter")
    assert "99990000" in sheet.prompt
    assert sheet.crumbs.endswith("1 of 4 counted")


def test_what_is_expected_is_hidden(sheet: Terminal) -> None:
    sheet.type("38").press("z")
    assert (
        sheet.lines[1]
        == "  Item                                                Counted           Differs"
    )
    assert sheet.lines[2] == "> Gauze                                                    38 each"
    assert "z show expected" in sheet.keys
    sheet.press("z")
    assert sheet.current.endswith("40        38 each           -2")


def test_differences_are_reviewed_and_booked_as_one_action(sheet: Terminal, shop: Office) -> None:
    sheet.type("38").press("enter").type("1195").press("enter").type("7").press("enter").type(
        "2"
    ).press("d")
    assert (
        sheet.crumbs == "Office › Count › Main › Review" + " " * 22 + "4 counted, 2 short, 1 over"
    )
    assert sheet.lines[1:7] == [
        "  Item                             Expected   Counted   Differs  Booked as",
        "> Gauze                                  40        38        -2  use",
        "  Gloves [/b] M                        1200      1195        -5  use",
        "  Syringe                                 0         2        +2  adjust",
        "",
        "  1 counted as expected.",
    ]
    sheet.press("down", "w", "w")
    assert sheet.current.endswith("-5  expire")
    sheet.press("down", "w")
    assert "shortfall" in sheet.prompt
    sheet.press("d")
    assert sheet.prompt.startswith("Book 4 counts: 2 short, 1 over?")
    sheet.press("d")
    assert not list(shop.all(Count))
    sheet.press("d", "y")
    assert sheet.crumbs == "Office › Count"
    for fact in ("Main", "4 counted", "1 as expected", "2 short", "1 over"):
        assert fact in sheet.prompt
    assert sheet.current.endswith("2026-03-02")
    assert [(move.kind, move.quantity) for move in shop.all(Move) if move.kind != "receive"] == [
        ("use", -2),
        ("expire", -5),
        ("adjust", 2),
    ]
    assert len(list(shop.all(Count))) == 4
    assert shop.value("SELECT count(*) FROM core_action WHERE verb = 'inventory.count'") == 1


def test_one_reason_for_all(sheet: Terminal, shop: Office) -> None:
    sheet.type("38").press("enter").type("1195").press("d", "w", "*")
    assert "waste" in sheet.prompt
    assert [line.endswith("waste") for line in sheet.lines[2:4]] == [True, True]
    assert "2 of 4 not counted" in sheet.lines[5]
    sheet.press("d", "y")
    assert {move.kind for move in shop.all(Move)} == {"receive", "waste"}
    assert on_hand(shop, 3) == 7


def test_leaving_loses_no_count(sheet: Terminal) -> None:
    sheet.type("38").press("d", "escape")
    assert " 38 each" in sheet.current
    sheet.press("d", "enter")
    assert " 38 each" in sheet.current
    for keys in (["escape"], [":", *"today", "enter", "#"], ["h"]):
        sheet.press(*keys)
        assert sheet.crumbs == "Office › Count"
        sheet.press("enter")
        for fact in ("1 count", "not booked", ":discard"):
            assert fact in sheet.prompt
        assert " 38 each" in sheet.current
    sheet.press("x", "n")
    assert " 38 each" in sheet.current
    sheet.press("x", "y", "escape", "enter")
    assert " · each" in sheet.current


def test_the_program_closes_and_loses_no_count(shop: Office) -> None:
    with Terminal(shop) as terminal:
        terminal.press("#", "enter").type("38").press("q")
    with Terminal(shop) as terminal:
        assert "38 each" in terminal.press("#", "enter").current


def test_nothing_counted_is_not_reviewed(sheet: Terminal) -> None:
    sheet.press("d")
    assert sheet.prompt.startswith("Review: ")
    assert sheet.crumbs.endswith("0 of 4 counted")
    sheet.press("0", "d")
    assert sheet.line("Gauze").endswith("40         0       -40  use")


def test_items_are_found_and_the_uncounted_ones_gone_to(sheet: Terminal) -> None:
    sheet.press("/").type("swa").press("enter")
    assert sheet.current.startswith("Swabs")
    sheet.type("7").press("f")
    assert sheet.current.startswith("Syringe")
    sheet.press("f")
    assert sheet.current.startswith("Gauze")
    sheet.press("/").type("tape").press("enter")
    assert sheet.prompt.startswith("tape is not on this sheet; n adds an item")
    sheet.press("n").type("tp").press("enter")
    assert sheet.current.startswith("Tape")
    sheet.type("3").press("d")
    assert sheet.line("Tape").endswith("0         3        +3  adjust")
    sheet.press("escape", "/").type("nowhere").press("enter")
    assert sheet.prompt.startswith("There is no item 'nowhere'.")
    sheet.press(*["enter"] * 5)
    assert sheet.prompt.startswith("That was the last item; d reviews the differences")


def test_stock_that_moves_after_it_was_counted_is_shown(sheet: Terminal, shop: Office) -> None:
    sheet.type("40").press("enter").type("1200")
    with shop.twin() as other:
        other.do(use, other.get(Item, 1), quantity=4)
    sheet.press("down")
    assert (
        sheet.lines[2]
        == "  Gauze                                          36        40 each        moved"
    )
    sheet.press("d")
    assert (
        sheet.lines[2]
        == "> Gauze                                  36        40        +4  adjust (moved)"
    )
    assert sheet.line("Moved: ")
    sheet.press("enter")
    assert sheet.current.startswith("Gauze")
    sheet.type("36")
    assert sheet.current.endswith("36        36 each")


def test_stock_that_moves_between_question_and_answer_is_not_booked_unseen(
    sheet: Terminal, shop: Office
) -> None:
    sheet.type("38").press("d", "d")
    with shop.twin() as other:
        other.do(use, other.get(Item, 1), quantity=4)
    sheet.press("y")
    for fact in ("Nothing was booked", "Gauze", "36 ", "not 40"):
        assert fact in sheet.prompt
    assert sheet.line("Gauze").endswith("36        38        +2  adjust (moved)")
    assert not list(shop.all(Count))
    sheet.press("d")
    assert "Gauze" in sheet.prompt
    sheet.press("space", "d", "y")
    assert [entry.counted for entry in shop.all(Count)] == [38]


def test_a_location_with_nothing_on_it_says_so(terminal: Terminal) -> None:
    terminal.press("j", "enter")
    assert terminal.line("There is nothing to count here")
    terminal.press("3")
    assert "no item" in terminal.prompt
    terminal.press("n").type("Tape").press("enter").type("3")
    assert terminal.current.startswith("Tape")
    assert terminal.crumbs.endswith("1 of 1 counted")


def test_help_names_the_keys_and_leaves_the_jumps_of_digits_out(sheet: Terminal) -> None:
    assert sheet.keys.startswith("0-9 count  enter next  d review  ")
    assert len(sheet.lines[-1]) <= 80
    sheet.press("?")
    assert sheet.line("0-9").endswith("Type the quantity on the shelf, in the unit of the row;")
    assert not any("List items" in key.help for key in sheet.app.screen_stack[-2].all_keys())  # type: ignore[attr-defined]


def test_two_hundred_items_are_counted_as_fast_as_one_types(shop: Office) -> None:
    with shop.acting("test"):
        for i in range(200):
            item = shop.add(Item(sku=f"N{i:03}", name=f"Needle {i:03}"))
            shop.add(Level(item_id=item.id, location_id=1, order_up_to=5))
    with Terminal(shop) as terminal:
        terminal.press("#", "j", "enter")
        for i in range(200):
            terminal._send("1")
            terminal._send(str(i % 10))
            terminal._send("enter")
        terminal.settle()
        assert terminal.crumbs.endswith("200 of 200 counted")
        terminal.press("d", "d", "y")
        for fact in ("Exam 1", "200 counted", "0 as expected", "0 short", "200 over"):
            assert fact in terminal.prompt
    assert [entry.counted for entry in shop.all(Count)][:3] == [10, 11, 12]


def test_good_and_held_stock_has_a_row_for_each_lot(shop: Office) -> None:
    ends = shop.today + timedelta(days=90)
    tape = shop.get(Item, 5)
    main = shop.get(Location, 2)
    for number in ("GOOD", "BAD"):
        shop.do(receive, tape, quantity=10, location_id=main.id, lot=number, expires_on=ends)
    shop.do(recall, next(shop.all(Lot, "number = 'BAD'")))
    with Terminal(shop) as terminal:
        terminal.press("#", "enter")
        rows = [line for line in terminal.lines if "Tape" in line]
        assert [row.split("  ")[1].strip() for row in rows] == [
            "lot GOOD, Tape",
            "RECALLED lot BAD, Tape",
        ]
        terminal.press("/").type("lot bad").press("enter").type("2").press("d")
        assert any("RECALLED lot BAD, Tape" in line and "-8" in line for line in terminal.lines)
        terminal.press("d", "y")
    lots = {lot.number: on_hand(shop, tape.id, lot_id=lot.id) for lot in shop.all(Lot)}
    assert lots == {"GOOD": 10, "BAD": 2}
