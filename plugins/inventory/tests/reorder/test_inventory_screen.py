"""The reorder sheet on an 80x24 terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.core.records import Location
from officeops.tui.testing import Terminal
from officeops_inventory.model import Item, Level, Line, Order, Pack, Terms
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office


@pytest.fixture
def supplies(office: Office) -> Office:
    """Two vendors, four items below their reorder points, one without a vendor."""
    with office.acting("test"):
        for name in ("Main", "Exam"):
            office.add(Location(name=name))
        acme = office.add(
            Vendor(name="Acme [/b]", minimum_order=20_000, free_freight=50_000, lead_days=3)
        )
        zeta = office.add(Vendor(name="Zeta", lead_days=2))
        for i, name in enumerate(("Gauze", "Gloves [L]", "Syringe", "Swabs")):
            item = office.add(Item(sku=f"S{i}", name=name, reorder_point=10, order_up_to=100))
            pack = office.add(Pack(item_id=item.id, name="box", size=30))
            vendor = acme if i < 3 else zeta
            office.add(
                Terms(item_id=item.id, vendor_id=vendor.id, pack_id=pack.id, price=125_000, moq=2)
            )
        office.add(Item(sku="S9", name="Orphan", reorder_point=5))
    return office


@pytest.fixture
def sheet(supplies: Office) -> Iterator[Terminal]:
    with Terminal(supplies) as terminal:
        yield terminal.press("o")


def test_lines_stand_under_their_vendor_with_what_is_short(sheet: Terminal) -> None:
    assert sheet.crumbs == "Office › Reorder sheet" + " " * 46 + "5 to order"
    hint = sheet.lines[12]
    assert sheet.lines[1:14] == [
        "    Item                     have of level  order                 cost",
        "> Acme [/b] (3 lines)                                           150.00",
        "    minimum order short 50.00, free freight short 350.00",
        "    Gauze                          0 of 10  4 boxes of 30        50.00",
        "    Gloves [L]                     0 of 10  4 boxes of 30        50.00",
        "    Syringe                        0 of 10  4 boxes of 30        50.00",
        "",
        "  Zeta (1 line)                                                  50.00",
        "    Swabs                          0 of 10  4 boxes of 30        50.00",
        "",
        "  No vendor (1 line)",
        hint,
        "    Orphan                          0 of 5  6 packs",
    ]
    assert "vendor terms" in hint


def test_a_line_is_accepted_into_a_draft(sheet: Terminal, supplies: Office) -> None:
    sheet.press("j", "j", "d")
    assert sheet.prompt == "Draft 4 boxes of 30 of Gauze?  y = yes, any other key = no"
    sheet.press("d")
    assert not list(supplies.all(Line))
    sheet.press("d", "y")
    assert sheet.prompt.startswith("1 line drafted on PO-1.")
    assert not sheet.line("Gauze")
    assert sheet.line("50.00 in draft")
    assert [(line.item_id, line.packs) for line in supplies.all(Line)] == [(1, 4)]


def test_all_of_a_vendor_is_accepted_at_once(sheet: Terminal, supplies: Office) -> None:
    sheet.press("d")
    assert sheet.prompt == "Draft all of Acme [/b], 3 lines?  y = yes, any other key = no"
    sheet.press("d")
    assert not list(supplies.all(Line))
    sheet.press("d", "y")
    assert sheet.prompt.startswith("3 lines drafted on PO-1.")
    assert sheet.current.startswith("Zeta")
    assert len(list(supplies.all(Line))) == 3
    sheet.press(*":drafts", "enter")
    assert sheet.crumbs.startswith("Office › Reorder sheet › Purchase orders › /status=draft")
    assert sheet.line("PO-1")


def test_packs_are_changed_then_accepted(sheet: Terminal, supplies: Office) -> None:
    sheet.press("j", "j", "e").type("6").press("enter")
    assert sheet.prompt == "d accepts the changed line."
    assert sheet.current.endswith("6 boxes of 30        75.00  changed")
    sheet.press("d", "y")
    line = next(supplies.all(Line))
    assert (line.packs, line.by_hand) == (6, True)


def test_packs_that_cannot_be_ordered_are_refused(sheet: Terminal) -> None:
    sheet.press("j", "j")
    for typed, words in (
        ("1", "at least 2 boxes of 30"),
        ("x", "'x' is not a number"),
        ("1.5", "whole"),
    ):
        sheet.press("e").type(typed).press("enter")
        assert words in sheet.prompt
    sheet.press("e", "escape")
    assert sheet.current.startswith("Gauze")


def test_leaving_asks_before_it_loses_changed_packs(sheet: Terminal) -> None:
    sheet.press("j", "j", "e").type("6").press("enter")
    for keys in (["escape"], ["2"], [":", *"today", "enter"], ["q"]):
        sheet.press(*keys)
        assert sheet.prompt.startswith("Leave and lose 1 changed line not accepted?")
        sheet.press("n")
    sheet.press("escape", "y")
    assert "Today" in sheet.crumbs


def test_the_reason_opens_under_the_line(sheet: Terminal) -> None:
    sheet.press("j", "j", "enter")
    assert sheet.line("reorder point 10 (typed)")
    assert sheet.line("rounded up to whole packs of 30")
    sheet.press("w")
    assert not sheet.line("reorder point 10 (typed)")


def test_an_item_is_put_off_and_shown_when_asked_for(sheet: Terminal) -> None:
    sheet.press("j", "j", "s").type("+3d").press("enter")
    assert sheet.prompt.startswith("Gauze is snoozed until 2026-03-05.")
    assert not sheet.line("    Gauze")
    sheet.press("z")
    assert sheet.line("    Gauze").endswith("snoozed")


def test_keys_say_why_they_do_nothing(sheet: Terminal) -> None:
    sheet.press("e")
    assert sheet.prompt.startswith("Change packs:")
    sheet.press("G", "e")
    assert sheet.prompt.endswith("no vendor.")
    sheet.press("d")
    assert sheet.prompt.startswith("Nothing was drafted. Orphan:")


def test_an_item_for_several_places_is_not_changed_at_once(supplies: Office) -> None:
    with supplies.acting("test"):
        for place in (1, 2):
            supplies.add(Level(item_id=1, location_id=place, reorder_point=5, order_up_to=40))
    with Terminal(supplies) as terminal:
        terminal.press("o", "j", "j", "e")
        assert terminal.prompt.startswith("Change packs: the item is ordered for several places")
        terminal.press("d")
        assert terminal.prompt.startswith("Draft Gauze for 2 places?")
        terminal.press("y")
        assert terminal.prompt.startswith("2 lines drafted on PO-1.")


def test_an_empty_sheet_says_so(office: Office) -> None:
    with Terminal(office) as terminal:
        assert terminal.press("o").line("Nothing must be ordered today.")
    assert not list(office.all(Order))
