"""Suggestions: the rule applied to facts, with the answers of plugins in their places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Value, fitted
from officeops.values import amount
from officeops_inventory.reorder.adjustment import adjusted
from officeops_inventory.reorder.rule import evaluate, within_maximum
from officeops_inventory.reorder.types import Demand, Evaluation, Offer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops import Office
    from officeops_inventory.model import Item
    from officeops_inventory.reorder.query import ReorderQuery, SpotFacts
    from officeops_inventory.reorder.types import Facts


class SheetLine(Value):
    """One item to order, at one location if it has levels of its own there."""

    item: Item
    suggestion: Evaluation
    location_id: int | None
    snoozed_until: str

    @property
    def amount(self) -> int | None:
        """The line's money in minor units, None without a price."""
        offer = self.suggestion.offer
        if offer is None or offer.price is None:
            return None
        return amount(offer.price, self.suggestion.packs)


def suggestions(
    office: Office, query: ReorderQuery, spots: Iterable[SpotFacts]
) -> Iterator[SheetLine]:
    """Yield the evaluation of each spot, whether or not it fires.

    A plugin may estimate demand and rank vendors, which changes the facts, and may adjust a
    suggestion that fires. The locations of one item never exceed its hard maximum together.
    """
    # Asked once for all spots: a plugin that implements none of the hooks costs nothing a line.
    asks_demand = office.plugins.implements("estimate_demand")
    asks_ranking = office.plugins.implements("rank_vendors")
    asks_adjustment = office.plugins.implements("adjust_suggestion")
    policy = query.policy
    rooms: dict[int, int] = {}
    for spot in spots:
        facts = spot.facts
        if asks_demand:
            facts = _with_demand(office, query, spot.item, facts)
        if asks_ranking:
            facts = _with_ranking(office, spot.item, facts)
        result = evaluate(facts, policy, query.today)
        if asks_adjustment and result.fires:
            result = adjusted(office, spot.item, result)
        if spot.room is not None:
            result = _within_room(spot.item, spot.room, result, rooms)
        yield SheetLine(spot.item, result, spot.location_id, "")


def _within_room(
    item: Item,
    room: int,
    result: Evaluation,
    rooms: dict[int, int],
) -> Evaluation:
    """Cut a suggestion to the room left by the item's other locations, which `rooms` carries."""
    # Stock about to expire leaves room, as it does for an item without levels by location.
    left = rooms.get(item.id, room) + result.doomed
    result = within_maximum(result, left, item.order_up_to or 0)
    rooms[item.id] = left - result.quantity
    return result


def _with_demand(
    office: Office,
    query: ReorderQuery,
    item: Item,
    facts: Facts,
) -> Facts:
    demand = office.plugins.first(
        "estimate_demand",
        _demand_in,
        office=office,
        item=item,
        start=query.since,
        end=query.today,
    )
    return facts if demand is None else facts.replace(demand=demand)


def _with_ranking(office: Office, item: Item, facts: Facts) -> Facts:
    ranking = office.plugins.first(
        "rank_vendors", _ranking_in, office=office, item=item, offers=list(facts.offers)
    )
    if ranking is None:
        return facts
    return facts.replace(offers=[offer.replace(rank=n) for n, offer in enumerate(ranking, 1)])


# -- what plugins answer ---------------------------------------------------------------------------


def _demand_in(answer: object) -> Demand:
    """Take an estimate of a plugin. Raises TypeError or Broken for anything but a Demand."""
    if isinstance(answer, Demand):
        return fitted(answer, Demand)
    raise TypeError(f"it returns a Demand or None, not {type(answer).__name__}")


def _ranking_in(answer: object) -> list[Offer]:
    if not isinstance(answer, (list, tuple)):
        raise TypeError(f"it returns a list of offers or None, not {type(answer).__name__}")
    offers = []
    for offer in answer:
        if not isinstance(offer, Offer):
            raise TypeError(f"it returns the offers that it was given, not {type(offer).__name__}")
        offers.append(fitted(offer, Offer))
    return offers
