"""What was done is said in plain words: a verb, its record and the quantity, never a dotted name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.access.permissions import permissions
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
