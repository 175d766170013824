"""The inventory's own hooks: a plugin may replace parts of the reorder rule.

Implement them in a module that `PLUGIN = Plugin(..., bridges={"inventory": "..."})` names, so that
your plugin works where the inventory is off. A failure is noted, and the built-in answer is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import hookspec

if TYPE_CHECKING:
    from datetime import date

    from officeops import Office
    from officeops_inventory.model import Item
    from officeops_inventory.reorder.rule import Demand, Offer, Suggestion


@hookspec
def estimate_demand(
    office: Office,
    item: Item,
    start: date,
    end: date,
) -> Demand | None:
    """Return an item's use per day over a window, both days included; None leaves it to others."""


@hookspec
def rank_vendors(
    office: Office,
    item: Item,
    offers: list[Offer],
) -> list[Offer] | None:
    """Return the vendors' terms, the preferred one first; None leaves it to the next."""


@hookspec
def adjust_suggestion(
    office: Office,
    item: Item,
    suggestion: Suggestion,
) -> Suggestion | None:
    """Return a suggestion in place of the rule's, in whole packs; None leaves it to the next."""
