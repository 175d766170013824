"""A count makes the record say what the shelf says, and tells use from what was found."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from officeops import Refused
from officeops_inventory.counting import count, count_item
from officeops_inventory.ledger import on_hand
from officeops_inventory.model import Count, Item, Level, Lot, Move
from officeops_inventory.stock import receive

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.inventory.tests.conftest import Shop

    from officeops.office import Office
    from officeops.testing import Cli

TODAY = date(2026, 3, 2)


def moves(office: Office) -> list[tuple[str, int, date | None]]:
    return [(m.kind, m.quantity, m.since) for m in office.all(Move)]


def test_a_shortfall_is_use_since_the_day_after_the_last_count(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.office.do(receive, shop.gloves, quantity=100)
    said = shop.office.do(count, location_id=shop.main.id, item_id=shop.gloves.id, counted=90)
    assert said == "Gloves M at Main: 90 glove counted, 100 expected; 10 booked as use."
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
        shop.office.do(count, location_id=shop.main.id, item_id=shop.gloves.id, counted=8, reason="waste")
    assert [move[0] for move in moves(shop.office)] == ["receive", "waste"]
    assert [(entry.expected, entry.counted) for entry in shop.office.all(Count)] == [(10, 8), (8, 8)]


def test_a_shortfall_empties_usable_lots_first_and_a_surplus_goes_to_the_newest(shop: Shop) -> None:
    for number, ends in (("OLD", -1), ("SOON", 5), ("LATE", 50)):
        ends_on = TODAY + timedelta(days=ends)
        shop.office.do(receive, shop.vaccine, quantity=10, lot=number, expires_on=ends_on)
    shop.office.do(count, location_id=shop.main.id, item_id=shop.vaccine.id, counted=7)
    left = {lot.number: on_hand(shop.office, shop.vaccine.id, lot_id=lot.id) for lot in shop.office.all(Lot)}
    assert left == {"OLD": 7, "SOON": 0, "LATE": 0}
    shop.office.do(count, location_id=shop.main.id, item_id=shop.vaccine.id, counted=9)
    assert moves(shop.office)[-1] == ("adjust", 2, None)
    assert shop.office.label(Lot, list(shop.office.all(Move))[-1].lot_id) == "LATE"


def test_an_impossible_count_is_refused(shop: Shop) -> None:
    with pytest.raises(Refused, match="counted: -1 is too small; it must be 0 or more"):
        shop.office.do(count, location_id=shop.main.id, item_id=shop.gloves.id, counted=-1)
    with pytest.raises(Refused, match="reason: 'theft' is none of use, waste, expire, adjust"):
        shop.office.do(count, location_id=shop.main.id, item_id=shop.gloves.id, counted=1, reason="theft")


def test_found_stock_first_fills_what_stands_below_zero(shop: Shop) -> None:
    with shop.office.acting("test"):
        below = Move(item_id=shop.gloves.id, kind="opening", quantity=-3, location_id=shop.main.id, day=TODAY)
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
    assert shelf.office.value("SELECT count(*) FROM core_action WHERE verb = 'inventory.count'") == 1


@pytest.mark.officeops("inventory", "vendors")
def test_a_file_is_counted_from_and_a_dry_run_books_nothing(shelf: Shop, cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "count.csv"
    file.write_text("Item,Name,Counted\nGLV-M,Gloves M,95\nVAX,Vaccine,\n")
    tried = cli("count", "Main", "--file", str(file), "--dry-run")
    assert "1 counted: 0 as expected, 1 short, 0 over. Nothing was booked (--dry-run)." in tried.err
    assert not list(shelf.office.all(Count))
    once, twice = (cli("--request-id", "r1", "count", "Main", "--file", str(file)) for _ in range(2))
    assert (once.code, twice.code) == (0, 0)
    assert "Done before" in twice.err
    assert [entry.counted for entry in shelf.office.all(Count)] == [95]
    assert cli("count", "Main", "--file", "-", "--dry-run", typed="sku\tqty\nVAX\t3\n").code == 1
    assert cli("count", "Main", "--file", "-", "--no-lot", "none", typed="sku\tqty\nVAX\t3\n").code == 0
    nameless = cli("count", "Main", "--file", "-", typed="Thing,Counted\nGLV-M,95\n")
    assert nameless.code == 2
    assert "no column item; it has Thing, Counted" in nameless.err
    assert cli("count", "Main", "--file", str(tmp_path / "none.csv")).code == 2
