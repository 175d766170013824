"""What was done is said in plain words: a verb, its record and the quantity, never a dotted name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Location
from officeops.access.permissions import permissions
from officeops.core.hours_actions import set_hours
from officeops.history.action_words import in_words, name_in_words
from officeops.history.undo import next_to_undo
from officeops.office.crud import add_record
from officeops_inventory.model import Item
from officeops_inventory.stock.actions import receive

if TYPE_CHECKING:
    from officeops.office.office import Office


def test_no_words_of_any_action_hold_a_dotted_name(office: Office) -> None:
    registered = [action.name for _, action in office.plugins.registered("actions")]
    permitted = [
        permission.name for permission in permissions(office.plugins, office.records.values())
    ]
    others = ["core.migrate.keys", "core.init", "core.purge", "demo.build", "gone.key.edit"]
    assert registered
    for verb in [*registered, *permitted, *others]:
        words = name_in_words(office, verb)
        assert words, verb
        assert "." not in words, (verb, words)


def test_an_action_is_named_with_its_record_and_quantity(office: Office) -> None:
    gloves = add_record(office, Item, {"sku": "G-M", "name": "Nitrile gloves M"})
    assert in_words(office, next_to_undo(office)) == "add item Nitrile gloves M"
    office.do(receive, gloves, quantity=10)
    assert in_words(office, next_to_undo(office)) == "receive item Nitrile gloves M, quantity 10"


def test_an_action_of_no_kind_of_record_is_named_alone_or_with_its_references(
    office: Office,
) -> None:
    office.do(set_hours, hours="Mon-Thu 9:00-12:00; Fri 8:00-10:00")
    assert in_words(office, next_to_undo(office)) == "set opening hours"
    main = add_record(office, Location, {"name": "Main"}).id
    office.do(set_hours, hours="Mon 9:00-12:00", location_id=main)
    assert in_words(office, next_to_undo(office)) == "set opening hours, location Main"


def test_a_plugins_action_of_no_record_is_called_as_its_permission_is(office: Office) -> None:
    words = name_in_words(office, "inventory.reorder.draft")
    assert words == "draft orders from the reorder sheet"


def test_one_without_a_permission_of_its_own_is_called_as_its_help_is(office: Office) -> None:
    assert name_in_words(office, "inventory.count") == "count one item at one location"


def test_an_action_counts_the_records_of_its_own_kind_alone(office: Office) -> None:
    with office.acting("inventory.item.import"):
        for sku in ("A", "B", "C"):
            office.add(Item(sku=sku, name=f"Item {sku}"))
    assert in_words(office, next_to_undo(office)) == "import item Item A and 2 more"
