"""A one-file plugin replaces parts of the reorder formula through the hooks that inventory publishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory
    from officeops_inventory.reorder.rule import Suggestion

    Shop = Callable[[str, str], Office]

HOOK = "adjust_suggestion(office, item, suggestion)"
PLUGIN = """
from __future__ import annotations

from officeops import Plugin, hookimpl

PLUGIN = Plugin("formula", "Orders as this office likes", api=2, after=("inventory",))


@hookimpl
def {hook}:
    {body}
"""


@pytest.fixture
def shop(office_factory: OfficeFactory) -> Shop:
    """Open an office with one item and two vendors, and the plugin given."""

    def with_plugin(hook: str, body: str) -> Office:
        text = PLUGIN.format(hook=hook, body=body)
        office = office_factory("inventory", "vendors", files={"formula": text})
        item, terms, vendor, location = (
            office.record(noun) for noun in ("item", "terms", "vendor", "location")
        )
        with office.acting("test"):
            office.add(location(name="Main"))
            first, second = (office.add(vendor(name=name)) for name in ("Ajax", "Bolt"))
            typed = office.add(item(sku="T", name="Typed", reorder_point=10, order_up_to=20))
            office.add(item(sku="U", name="Untyped"))
            office.add(terms(item_id=typed.id, vendor_id=first.id, rank=1))
            office.add(terms(item_id=typed.id, vendor_id=second.id, rank=2))
        return office

    return with_plugin


def lines(office: Office) -> dict[str, Suggestion]:
    from officeops_inventory.reorder.sheet import sheet

    return {line.item.sku: line.suggestion for line in sheet(office).lines}


def test_without_it_the_rule_stands(shop: Shop) -> None:
    office = shop("estimate_demand(office, item, start, end)", "return None")
    found = lines(office)
    assert set(found) == {"T"}
    assert (found["T"].packs, found["T"].offer and found["T"].offer.vendor) == (20, "Ajax")


def test_demand_is_estimated_by_the_plugin(shop: Shop) -> None:
    body = "from officeops_inventory.reorder.rule import Demand\n    return Demand(2.0, 0.0, 30) if item.sku == 'U' else None"
    office = shop("estimate_demand(office, item, start, end)", body)
    found = lines(office)
    # Two a day, five days of lead and seven between orders, nothing there.
    assert (found["U"].reorder_point, found["U"].order_up_to) == (10, 24)


def test_vendors_are_ranked_by_the_plugin(shop: Shop) -> None:
    office = shop(
        "rank_vendors(office, item, offers)",
        "return sorted(offers, key=lambda each: each.vendor, reverse=True)",
    )
    offer = lines(office)["T"].offer
    assert offer
    assert (offer.vendor, offer.rank) == ("Bolt", 1)


def test_a_suggestion_is_adjusted_by_the_plugin(shop: Shop) -> None:
    office = shop(
        "adjust_suggestion(office, item, suggestion)",
        "return suggestion.replace(packs=1, quantity=1)",
    )
    assert lines(office)["T"].packs == 1


def test_the_reason_names_the_plugin_and_the_order_that_it_changed(shop: Shop) -> None:
    from officeops_inventory.reorder.rule import why

    office = shop(HOOK, "return suggestion.ordering(30)")
    said = "the plugin formula orders 30 each from Ajax; the rule, 20 each from Ajax"
    assert said in why(lines(office)["T"], "Typed")


def test_a_plugin_that_orders_none_blocks_the_item_by_its_name(shop: Shop) -> None:
    none = lines(shop(HOOK, "return suggestion.ordering(0)"))["T"]
    assert (none.packs, none.blocked) == (0, "the plugin formula orders none")


def test_the_same_suggestion_is_no_adjustment(shop: Shop) -> None:
    assert not lines(shop(HOOK, "return suggestion"))["T"].adjusted


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("replace(quantity=37)", "20 packs of 1 are not the 37 that it gives"),
        ("ordering(-3)", "T: -3 packs cannot be ordered"),
        ("replace(packs=2.5)", "has as its packs 2.5, which is no whole number"),
        ("replace(pack_size=2, quantity=40)", "its pack has 2, and Ajax sells packs of 1"),
        ("replace(moq=21)", "20 packs are below the minimum order of 21"),
        ("replace(usable=5)", "it changes usable, from 0 to 5"),
        ("replace(pakcs=5)", "Evaluation has no pakcs"),
    ],
)
def test_an_order_that_nobody_can_place_leaves_the_rule_and_is_named(
    shop: Shop, answer: str, why: str
) -> None:
    office = shop(HOOK, f"return suggestion.{answer}")
    assert lines(office)["T"].quantity == 20
    [trouble] = office.plugins.troubles
    assert why in trouble.why
    # Of a suggestion with thirty terms, the one at fault.
    assert len(trouble.why) < 500


def test_no_plugin_orders_more_than_a_hard_maximum(shop: Shop) -> None:
    office = shop(HOOK, "return suggestion.ordering(21)")
    with office.acting("test"):
        office.edit(office.find(office.record("item"), "T"), maximum_is_hard=True)
    assert lines(office)["T"].quantity == 20
    assert "over the hard maximum of 20" in office.plugins.troubles[0].why


def test_what_is_not_to_be_ordered_is_not_adjusted(shop: Shop) -> None:
    from officeops_inventory.model import Item
    from officeops_inventory.reorder.sheet import explain

    office = shop(
        "adjust_suggestion(office, item, suggestion)",
        "return suggestion.replace(packs=1, quantity=1)",
    )
    [untyped] = office.all(Item, "sku = 'U'")
    [line] = explain(office, untyped)
    assert (line.suggestion.fires, line.suggestion.packs) == (False, 0)


def test_a_plugin_that_fails_leaves_the_rule_and_is_named(shop: Shop) -> None:
    office = shop("estimate_demand(office, item, start, end)", "raise RuntimeError('no')")
    assert set(lines(office)) == {"T"}
    assert [trouble.plugin for trouble in office.plugins.troubles] == ["formula"]


def test_a_vendor_whose_plugin_is_off_is_a_group_by_the_name_its_offer_has(
    shop: Shop, office_factory: OfficeFactory
) -> None:
    from officeops_inventory.reorder.sheet import sheet

    shop("estimate_demand(office, item, start, end)", "return None").close()
    [group] = sheet(office_factory("inventory")).groups
    [line] = group.lines
    assert group.vendor
    assert line.suggestion.offer
    assert group.vendor.name == line.suggestion.offer.vendor
    assert group.vendor.name
