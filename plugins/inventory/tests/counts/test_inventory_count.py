"""A count makes the record say what the shelf says, and tells use from what was found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from officeops import Refused
from officeops_inventory.counts.booking import count, count_item
from officeops_inventory.model import Count, Item, Level, Lot, Move
from officeops_inventory.stock.actions import receive
from officeops_inventory.stock.ledger import on_hand
from officeops_inventory.stock.lots import recall

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.inventory.tests.conftest import Shop

    from officeops.office.office import Office
    from officeops.testing import Cli

TODAY = date(2026, 3, 2)


def moves(office: Office) -> list[tuple[str, int, date | None]]:
    return [(m.kind, m.quantity, m.since) for m in office.all(Move)]


def test_a_shortfall_is_use_since_the_day_after_the_last_count(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.office.do(receive, shop.gloves, quantity=100)
    said = shop.office.do(count, location_id=shop.main.id, item_id=shop.gloves.id, counted=90)
    for fact in ("Gloves M", "Main", "90 ", "100 ", "10 ", "use"):
        assert fact in said
    monkeypatch.setenv("OFFICEOPS_TODAY", "2026-03-09")
    with shop.office.acting("test"):
        result = count_item(shop.office, shop.gloves.id, shop.main.id, 70)
    assert (result.expected, result.counted, result.difference, result.kind) == (90, 70, -20, "use")
    assert moves(shop.office)[1:] == [("use", -10, None), ("use", -20, date(2026, 3, 3))]
    assert last_day(shop) == date(2026, 3, 9)


def last_day(shop: Shop) -> date:
    return list(shop.office.all(Move))[-1].day


def test_counting_twice_books_nothing_more_and_keeps_both_entries(shop: Shop) -> None:
    shop.office.do(receive, shop.gloves, quantity=10)
    for _ in range(2):
        shop.office.do(
            count, location_id=shop.main.id, item_id=shop.gloves.id, counted=8, reason="waste"
        )
    assert [move[0] for move in moves(shop.office)] == ["receive", "waste"]
    assert [(entry.expected, entry.counted) for entry in shop.office.all(Count)] == [
        (10, 8),
        (8, 8),
    ]


def test_a_shortfall_empties_usable_lots_first_and_a_surplus_goes_to_the_newest(shop: Shop) -> None:
    for number, ends in (("SOON", 5), ("LATE", 50)):
        ends_on = TODAY + timedelta(days=ends)
        shop.office.do(receive, shop.vaccine, quantity=10, lot=number, expires_on=ends_on)
    told = shop.office.do(count, location_id=shop.main.id, item_id=shop.vaccine.id, counted=7)
    assert "13 booked as use (10 of lot SOON, 3 of lot LATE)" in told
    assert left(shop) == {"SOON": 0, "LATE": 7}
    told = shop.office.do(count, location_id=shop.main.id, item_id=shop.vaccine.id, counted=9)
    assert "2 booked as adjust (2 of lot LATE)" in told
    assert moves(shop.office)[-1] == ("adjust", 2, None)
    assert shop.office.label(Lot, list(shop.office.all(Move))[-1].lot_id) == "LATE"


def left(shop: Shop) -> dict[str, int]:
    """What there is of the vaccine, by lot."""
    return {
        lot.number: on_hand(shop.office, shop.vaccine.id, lot_id=lot.id)
        for lot in shop.office.all(Lot)
    }


@pytest.fixture
def mixed(shop: Shop) -> Shop:
    """Ten doses of a good lot and ten of a recalled one, on one shelf."""
    for number in ("GOOD", "BAD"):
        shop.office.do(
            receive, shop.vaccine, quantity=10, lot=number, expires_on=TODAY + timedelta(days=50)
        )
    bad = shop.office.first(Lot, "number = 'BAD'")
    assert bad
    shop.office.do(recall, bad)
    return shop


@pytest.mark.officeops("inventory", "vendors")
@pytest.mark.parametrize("words", [("VAX=12",), ("VAX=25",), ("VAX=12", "--dry-run")])
def test_which_of_good_and_held_stock_is_missing_is_asked(
    mixed: Shop, cli: Cli, words: tuple[str, ...]
) -> None:
    refused = cli("count", "Main", *words)
    assert refused.code == 1
    assert "10 of lot GOOD and 10 of lot BAD, recalled" in refused.err
    assert '"VAX lot NUMBER=QUANTITY"' in refused.err
    assert left(mixed) == {"GOOD": 10, "BAD": 10}


@pytest.mark.officeops("inventory", "vendors")
def test_good_and_held_stock_is_counted_by_lot(mixed: Shop, cli: Cli) -> None:
    assert cli("count", "Main", "VAX=20").code == 0
    rows = cli("count", "Main", "--json").json
    assert [(row["item"], row["lot"], row["expected"]) for row in rows] == [
        ("VAX", "GOOD", 10),
        ("VAX", "BAD", 10),
    ]
    counted = cli("count", "Main", "VAX lot bad=2", "VAX lot GOOD=10")
    assert counted.code == 0
    assert "8 of lot BAD, recalled, booked as use; find out where it went" in counted.err
    assert left(mixed) == {"GOOD": 10, "BAD": 2}
    # Where none is left, nobody has to guess.
    emptied = cli("count", "Main", "VAX=0")
    assert emptied.code == 0
    assert "10 of lot GOOD, 2 of lot BAD, recalled booked as use" in emptied.err


@pytest.mark.officeops("inventory", "vendors")
def test_a_lot_in_an_items_name_is_no_lot(shop: Shop, cli: Cli) -> None:
    with shop.office.acting("test"):
        sign = shop.office.add(Item(sku="S", name="Parking lot sign"))
    assert cli("count", "Main", "parking lot sign=3").code == 0
    assert on_hand(shop.office, sign.id) == 3


def test_an_impossible_count_is_refused(shop: Shop) -> None:
    with pytest.raises(Refused, match="counted: -1 is too small; it must be 0 or more"):
        shop.office.do(count, location_id=shop.main.id, item_id=shop.gloves.id, counted=-1)
    with pytest.raises(Refused, match="reason: 'theft' is none of use, waste, expire, adjust"):
        shop.office.do(
            count, location_id=shop.main.id, item_id=shop.gloves.id, counted=1, reason="theft"
        )


def test_found_stock_first_fills_what_stands_below_zero(shop: Shop) -> None:
    with shop.office.acting("test"):
        below = Move(
            item_id=shop.gloves.id, kind="opening", quantity=-3, location_id=shop.main.id, day=TODAY
        )
        shop.office.add(below)
    shop.office.do(count, location_id=shop.main.id, item_id=shop.gloves.id, counted=2)
    assert on_hand(shop.office, shop.gloves.id) == 2


# -- the command ------------------------------------------------------------------------------------


@pytest.fixture
def shelf(shop: Shop) -> Shop:
    shop.office.do(receive, shop.gloves, quantity=100)
    with shop.office.acting("test"):
        shop.office.add(Level(item_id=shop.vaccine.id, location_id=shop.main.id, order_up_to=5))
        shop.office.add(Item(sku="OTHER", name="Not here"))
    return shop


@pytest.mark.officeops("inventory", "vendors")
def test_the_sheet_has_what_is_or_should_be_there(shelf: Shop, cli: Cli) -> None:
    assert cli("count", "Main", "--json").json == [
        {"item": "GLV-M", "name": "Gloves M", "expected": 100, "unit": "glove"},
        {"item": "VAX", "name": "Vaccine", "expected": 0, "unit": "dose"},
    ]
    blind = cli("count", "Main", "--blind", "--csv").out
    assert blind.splitlines() == ["item,name,unit", "GLV-M,Gloves M,glove", "VAX,Vaccine,dose"]
    empty = cli("count", "Exam 1")
    assert (empty.code, empty.out) == (0, "")
    assert "nothing to count at Exam 1" in empty.err
    assert not list(shelf.office.all(Count))


@pytest.mark.officeops("inventory", "vendors")
def test_counts_are_booked_together_or_not_at_all(shelf: Shop, cli: Cli) -> None:
    wrong = cli("count", "Main", "GLV-M=90", "NONE=3", "VAX=many")
    assert wrong.code == 1
    assert "Nothing was booked: NONE: There is no item 'NONE'" in wrong.err
    assert "VAX: 'many' is not a number" in wrong.err
    assert cli("count", "Main", "GLV-M").code == 2
    # The second is the same item by the barcode of its box.
    assert "Gloves M is counted twice" in cli("count", "Main", "GLV-M=90", "012345678905=90").err
    assert not list(shelf.office.all(Count))
    unlotted = cli("count", "Main", "GLV-M=90", "VAX=2", "--reason", "waste", "--json")
    assert (unlotted.code, unlotted.out) == (1, "")
    assert "--lot NUMBER --expires-on DAY" in unlotted.err
    assert not list(shelf.office.all(Count))
    said = ("--no-lot", "loose vials, no box")
    booked = cli("count", "Main", "GLV-M=90", "VAX=2", "--reason", "waste", *said, "--json").json
    assert "no lot: loose vials, no box" in str(list(shelf.office.all(Move))[-1].note)
    assert [(row["item"], row["difference"], row["booked"]) for row in booked] == [
        ("GLV-M", -10, "waste"),
        ("VAX", 2, "adjust"),
    ]
    assert (
        shelf.office.value("SELECT count(*) FROM core_action WHERE verb = 'inventory.count'") == 1
    )


@pytest.mark.officeops("inventory", "vendors")
def test_a_file_is_counted_from_and_a_dry_run_books_nothing(
    shelf: Shop, cli: Cli, tmp_path: Path
) -> None:
    file = tmp_path / "count.csv"
    file.write_text("Item,Name,Counted\nGLV-M,Gloves M,95\nVAX,Vaccine,\n")
    tried = cli("count", "Main", "--file", str(file), "--dry-run")
    assert "0 as expected, 1 short, 0 over. Nothing was booked" in tried.err
    assert not list(shelf.office.all(Count))
    once, twice = (
        cli("--request-id", "r1", "count", "Main", "--file", str(file)) for _ in range(2)
    )
    assert (once.code, twice.code) == (0, 0)
    assert "already carried out" in twice.err
    assert [entry.counted for entry in shelf.office.all(Count)] == [95]
    assert cli("count", "Main", "--file", "-", "--dry-run", typed="sku\tqty\nVAX\t3\n").code == 1
    assert (
        cli("count", "Main", "--file", "-", "--no-lot", "none", typed="sku\tqty\nVAX\t3\n").code
        == 0
    )
    nameless = cli("count", "Main", "--file", "-", typed="Thing,Counted\nGLV-M,95\n")
    assert nameless.code == 2
    assert "no column item; it has Thing, Counted" in nameless.err
    assert cli("count", "Main", "--file", str(tmp_path / "none.csv")).code == 2
