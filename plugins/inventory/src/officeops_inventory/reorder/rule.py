"""The reorder rule: what to order, how much, from which vendor, with every number on the way.

One pure function, `evaluate`, from facts to an evaluation. A position (usable stock - projected
expiry loss + on order + in draft) at or below the reorder point fires. The order goes up to a
level above that point, in whole packs, so that a second run suggests nothing.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from officeops import Value
from officeops_inventory.reorder.expiry_loss import projected_loss
from officeops_inventory.reorder.explain import why, why_line
from officeops_inventory.reorder.levels import safety_stock, targets
from officeops_inventory.reorder.rounding import floor
from officeops_inventory.reorder.types import (
    Demand,
    Evaluation,
    Facts,
    Levels,
    Lot,
    Offer,
    Policy,
    Position,
    Suggestion,
    in_packs,
)
from officeops_inventory.reorder.whole_packs import Pack, packs_to_order, within_maximum

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops_inventory.reorder.levels import Targets

__all__ = [
    "Demand",
    "Evaluation",
    "Facts",
    "Levels",
    "Lot",
    "Offer",
    "Policy",
    "Position",
    "Suggestion",
    "evaluate",
    "projected_loss",
    "ranked",
    "safety_stock",
    "why",
    "why_line",
    "within_maximum",
]


class _Order(Value):
    """The terms of an evaluation about the order itself, or the reason why nothing fits."""

    hard_maximum: int | None
    need: int
    pack_size: int
    pack: str
    packs: int
    quantity: int
    moq: int
    blocked: str


def evaluate(facts: Facts, policy: Policy, today: date) -> Evaluation:
    """Return every term of the rule for one item, also if nothing is to be ordered.

    Levels are computed with the lead time of the first offer that can be ordered on, else with the
    office's, and keep it even if a later vendor is chosen because it delivers sooner. Without
    known use only typed levels count. An evaluation with `blocked` set orders nothing.
    """
    demand = facts.demand
    # Returned use can make demand zero or negative, which says nothing about the future.
    use = demand if demand is not None and demand.mean > 0 else None
    able = ranked(facts.offers)
    lead_days = able[0].lead_days if able else policy.lead_days
    position = _position(facts, lead_days + policy.review_days, today)
    in_force = targets(facts.levels, use, lead_days, policy)
    days_left = _days_left(position, use)
    offer, late = _choose(able, days_left)
    fires = in_force.reorder_point is not None and position.total <= in_force.reorder_point
    order = _order(facts.levels, position.total, in_force, offer, fires=fires)
    return Evaluation(
        **position.as_dict(),
        position=position.total,
        demand_mean=use.mean if use else None,
        demand_deviation=use.deviation if use else None,
        lead_days=lead_days,
        review_days=policy.review_days,
        **in_force.as_dict(),
        stock_out=_stock_out(days_left, today),
        fires=fires,
        **order.as_dict(),
        offer=offer,
        late=fires and late,
        warnings=tuple(_warnings(facts, in_force, offer if order.packs else None)),
    )


def ranked(offers: Iterable[Offer]) -> list[Offer]:
    """Return the offers that can be ordered on: by rank, then price (unknown last), then vendor."""
    able = [offer for offer in offers if not offer.obstacle]
    able.sort(key=_preference)
    return able


def _preference(offer: Offer) -> tuple[int, bool, int, int, int]:
    price = offer.price or 0
    return offer.rank, offer.price is None, price, offer.vendor_id, offer.terms_id


def _position(facts: Facts, window_days: int, today: date) -> Position:
    """Return the position; `window_days` is how long an order waited for now has to last."""
    mean = facts.demand.mean if facts.demand else None
    doomed = projected_loss(facts.lots, mean, today, window_days)
    return Position(facts.usable, doomed, facts.on_order, facts.in_draft)


def _days_left(position: Position, use: Demand | None) -> int | None:
    """Return the whole days, from today on, that usable stock net of loss covers.

    Open orders do not count: they may slip.
    """
    if use is None:
        return None
    days = max(0, position.usable - position.doomed) / use.mean
    return floor(min(days, date.max.toordinal()))  # tiny use would outlast the calendar


def _stock_out(days_left: int | None, today: date) -> date | None:
    if days_left is None:
        return None
    return today + timedelta(days=min(days_left, (date.max - today).days))


def _choose(able: list[Offer], days_left: int | None) -> tuple[Offer | None, bool]:
    """Return the first offer that arrives before stock runs out, else the first one, as late."""
    # Without known use nothing says when stock runs out, so no vendor comes too late.
    for offer in able:
        if days_left is None or offer.lead_days <= days_left:
            return offer, False
    return (able[0], True) if able else (None, False)


def _order(
    levels: Levels,
    position: int,
    in_force: Targets,
    offer: Offer | None,
    *,
    fires: bool,
) -> _Order:
    pack = Pack(offer.pack_size, offer.pack, offer.moq) if offer else Pack(1, "", 0)
    limit = levels.order_up_to if levels.maximum_is_hard else None
    point, top = in_force.reorder_point, in_force.order_up_to
    need, packs, blocked = 0, 0, ""
    # An order is worked out without a vendor too, in single units: the need must show.
    if fires and point is not None and top is not None:
        need = top - position
        packs, blocked = packs_to_order(position, point, top, limit, pack)
    quantity = packs * pack.size
    return _Order(limit, need, pack.size, pack.name, packs, quantity, pack.moq, blocked)


def _warnings(facts: Facts, in_force: Targets, offer: Offer | None) -> Iterator[str]:
    """Yield the warnings, which change no quantity. `offer` is the one to order on now, if any."""
    levels = facts.levels
    point, typed = in_force.reorder_point, levels.order_up_to
    if levels.minimum is not None and facts.usable < levels.minimum:
        yield f"Usable {facts.usable} is below the minimum of {levels.minimum}."
    if point is not None and typed is not None and typed <= point:
        result = f"{in_force.order_up_to} is used"
        if levels.maximum_is_hard:
            result = "nothing can be ordered"
        yield f"The order-up-to level {typed} is not above the reorder point {point}, so {result}."
    if offer:
        yield from _offer_warnings(facts, offer)
    nobody = all(other.obstacle for other in facts.offers)
    # Not for an item without terms: it has a group of its own on the sheet.
    if point is not None and facts.offers and nobody:
        reasons = [f"{other.vendor} {other.obstacle}" for other in facts.offers]
        yield f"No vendor can be ordered from: {', '.join(reasons)}."


def _offer_warnings(facts: Facts, offer: Offer) -> Iterator[str]:
    for other in facts.offers:
        preferred = other.rank < offer.rank and other.vendor_id != offer.vendor_id
        if preferred and other.obstacle:
            yield f"{other.vendor} {other.obstacle}, so it was passed over."
    if offer.price is None:
        pack = in_packs(1, offer.pack, offer.pack_size)
        yield f"No price is known for {pack} from {offer.vendor}."
