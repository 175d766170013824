"""The reorder rule: what to order, how much, from whom, and every number that led there.

Pure functions over plain tuples. Position (usable stock - what will expire unused + on order + in draft) at or below
the reorder point fires; the order goes up to a level above it, in whole packs, so that a second run suggests nothing.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from officeops import Value
from officeops_inventory.reorder.explain import why, why_line
from officeops_inventory.reorder.types import (
    CAPPED,
    COMPUTED,
    NOT_STOCKED,
    ONE_ABOVE,
    ONE_BELOW,
    TYPED,
    Demand,
    Evaluation,
    Levels,
    Lot,
    Offer,
    Policy,
    Position,
    Suggestion,
    in_packs,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "Demand",
    "Evaluation",
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
    "suggest",
    "why",
    "why_line",
    "within_maximum",
]


def projected_loss(
    lots: Iterable[Lot], demand_mean: float | None, today: date, window_days: int
) -> int:
    """Units that will expire unused before `today + window_days`, when the earliest-expiring are used first.

    `demand_mean` is units per day; without it all that expires inside the window counts as lost. Expected use counts
    today and each lot's last usable day, rounded down. Lots already expired are ignored.
    Source of the idea: the projected expiry summary of OpenBoxes, which nets expected use up to each expiry.
    """
    expiring = sorted(
        (lot.expires_on, lot.quantity)
        for lot in lots
        if lot.expires_on is not None and lot.quantity > 0
    )
    used = lost = 0
    for expires_on, quantity in expiring:
        days = (expires_on - today).days
        if 0 <= days < window_days:
            taken = min(quantity, _floor((demand_mean or 0) * (days + 1)) - used)
            used += taken
            lost += quantity - taken
    return lost


def safety_stock(
    demand: Demand, lead_days: int, review_days: int, lead_deviation: float, service_level: float
) -> int:
    """Units kept against uneven use and late deliveries: z * sqrt((L + R) * sd^2 + d^2 * sL^2), rounded up.

    `lead_deviation` is in days. `service_level` is the wished chance (above 0, below 1) of not running out in a cycle;
    at one half or below nothing is added. Raises ValueError outside these bounds.
    Source: the textbook formula for a periodic review with independent daily use and lead time.
    """
    variance = (lead_days + review_days) * demand.deviation**2 + (demand.mean * lead_deviation) ** 2
    return _ceil(_z(service_level) * math.sqrt(variance))


def ranked(offers: Iterable[Offer]) -> list[Offer]:
    """The offers that can be ordered on, the preferred first: by rank, then price (unknown last), then vendor."""
    able = (offer for offer in offers if not offer.obstacle)
    return sorted(
        able, key=lambda o: (o.rank, o.price is None, o.price or 0, o.vendor_id, o.terms_id)
    )


def suggest(
    levels: Levels,
    position: Position,
    demand: Demand | None,
    offers: Sequence[Offer],
    policy: Policy,
    today: date,
) -> Suggestion | None:
    """What to order now; None when the position is above the reorder point or when no level is known.

    A suggestion with `blocked` set orders nothing and says why. See `evaluate` for the rule.
    """
    found = evaluate(levels, position, demand, offers, policy, today)
    return found if found.fires else None


def evaluate(
    levels: Levels,
    position: Position,
    demand: Demand | None,
    offers: Sequence[Offer],
    policy: Policy,
    today: date,
) -> Evaluation:
    """Every term of the rule for one item, also when nothing is to be ordered.

    Levels are computed with the lead time of the first offer that can be ordered on, else with the office's, and keep
    it even when a later vendor is chosen because it delivers sooner. Without known use only typed levels count.
    """
    use = demand if demand is not None and demand.mean > 0 else None
    able = ranked(offers)
    lead = able[0].lead_days if able else policy.lead_days
    targets = _targets(levels, use, lead, policy)
    point, top = targets.reorder_point, targets.order_up_to
    fires = point is not None and position.total <= point
    left = _days_left(position, use)
    offer, late = _choose(able, left)
    pack_size, pack, moq = (offer.pack_size, offer.pack, offer.moq) if offer else (1, "", 0)
    limit = levels.order_up_to if levels.maximum_is_hard else None
    packs, blocked = 0, ""
    if fires and point is not None and top is not None:
        packs, blocked = _packs(position.total, point, top, limit, _Pack(pack_size, pack, moq))
    return Evaluation(
        **position.as_dict(),
        position=position.total,
        demand_mean=use.mean if use else None,
        demand_deviation=use.deviation if use else None,
        lead_days=lead,
        review_days=policy.review_days,
        **targets.as_dict(),
        hard_maximum=limit,
        stock_out=None
        if left is None
        else today + timedelta(days=min(left, (date.max - today).days)),
        fires=fires,
        need=top - position.total if fires and top is not None else 0,
        pack_size=pack_size,
        pack=pack,
        packs=packs,
        quantity=packs * pack_size,
        moq=moq,
        offer=offer,
        late=fires and late,
        blocked=blocked,
        warnings=_warnings(levels, position, targets, offers, offer if packs else None),
    )


def within_maximum(found: Evaluation, room: int, limit: int) -> Evaluation:
    """Return a suggestion for one of an item's places cut to what the item as a whole has room for, or blocked.

    `room` is in base units, below the item's own hard maximum `limit`.
    """
    if found.quantity <= room:
        return found
    packs = max(0, room) // found.pack_size
    if packs >= max(1, found.moq):
        asked = in_packs(found.packs, found.pack, found.pack_size)
        why = f"Its level here asks for {asked}; the item's hard maximum of {limit} leaves room for fewer."
        return found.replace(
            packs=packs, quantity=packs * found.pack_size, warnings=(*found.warnings, why)
        )
    least = in_packs(max(1, found.moq), found.pack, found.pack_size)
    blocked = f"{least} would bring all places together over the item's hard maximum of {limit}."
    return found.replace(packs=0, quantity=0, blocked=blocked)


class _Targets(Value):
    """The levels in force and where each came from."""

    safety_stock: int | None
    safety_from: str
    reorder_point: int | None
    reorder_from: str
    order_up_to: int | None
    order_up_to_from: str


class _Pack(Value):
    """How the chosen vendor sells: units in a pack, its name, and the least packs in an order."""

    size: int
    name: str
    moq: int


def _targets(levels: Levels, use: Demand | None, lead: int, policy: Policy) -> _Targets:
    if levels.none_kept:
        return _Targets(None, "", None, NOT_STOCKED, None, "")
    safety, safety_from = levels.safety_stock, TYPED if levels.safety_stock is not None else ""
    if safety is None and use:
        safety = safety_stock(
            use, lead, policy.review_days, policy.lead_deviation, policy.service_level
        )
        safety_from = COMPUTED
    point, point_from = _reorder_point(levels, use, lead, safety or 0)
    if point is None:
        return _Targets(safety, safety_from, None, "", None, "")
    top, top_from = point + 1, ONE_ABOVE
    if levels.order_up_to is not None:
        wished, wished_from = levels.order_up_to, TYPED
    else:
        wished, wished_from = _cover(use, lead + policy.review_days, safety or 0), COMPUTED
    # A level at or below the reorder point would fire again on the next run, so one above it is the floor. A typed
    # level that equals the floor stays the person's.
    if wished > top or (wished == top and wished_from == TYPED):
        top, top_from = wished, wished_from
    return _Targets(safety, safety_from, point, point_from, top, top_from)


def _reorder_point(
    levels: Levels, use: Demand | None, lead: int, safety: int
) -> tuple[int | None, str]:
    if levels.reorder_point is not None:
        return levels.reorder_point, TYPED
    if use:
        point, top = _cover(use, lead, safety), levels.order_up_to
        # A full shelf is full: what use asks for never makes a typed level order above itself.
        return (
            (top - 1, CAPPED) if top is not None and top > 0 and point >= top else (point, COMPUTED)
        )
    if levels.order_up_to is not None:
        return levels.order_up_to - 1, ONE_BELOW
    return None, ""


def _cover(use: Demand | None, days: int, safety: int) -> int:
    """Units that last `days` days of mean use with the safety stock left over; 0 without known use."""
    return _ceil(use.mean * days + safety) if use else 0


def _days_left(position: Position, use: Demand | None) -> int | None:
    """Whole days, from today on, that usable stock net of loss covers; open orders do not count, they may slip."""
    if use is None:
        return None
    left = max(0, position.usable - position.doomed) / use.mean
    return _floor(min(left, date.max.toordinal()))  # the calendar's end: tiny use lasts for ever


def _choose(able: list[Offer], left: int | None) -> tuple[Offer | None, bool]:
    """The first offer that arrives by the day stock runs out, else the first one and that it comes late."""
    if not able:
        return None, False
    in_time = (offer for offer in able if left is None or offer.lead_days <= left)
    found = next(in_time, None)
    return found or able[0], found is None


def _packs(position: int, point: int, top: int, limit: int | None, pack: _Pack) -> tuple[int, str]:
    """Packs to order and, when none fit under the hard maximum `limit`, the reason."""
    packs = -((position - top) // pack.size)
    if limit is not None:
        packs = min(packs, (limit - position) // pack.size)
    if limit is None or (packs > 0 and packs >= pack.moq and position + packs * pack.size > point):
        return max(packs, pack.moq), ""
    return 0, _reason(position, point, limit, max(packs, 0), pack)


def _reason(position: int, point: int, limit: int, fitting: int, pack: _Pack) -> str:
    """Why no number of packs is both above the reorder point and within the hard maximum; `fitting` is the most."""
    if limit <= point:
        return f"The hard maximum of {limit} is not above the reorder point of {point}. Change one of the two."

    def bring(packs: int) -> str:
        return f"{in_packs(packs, pack.name, pack.size)} would bring {position} to {position + packs * pack.size}"

    if fitting < pack.moq and position + pack.moq * pack.size > limit and pack.moq > 1:
        return f"The minimum order of {bring(pack.moq)}, over the hard maximum of {limit}."
    over = f"{bring(fitting + 1)}, over the hard maximum of {limit}."
    return (
        f"{bring(fitting)}, not above the reorder point of {point}, and {over}" if fitting else over
    )


def _warnings(
    levels: Levels,
    position: Position,
    targets: _Targets,
    offers: Sequence[Offer],
    offer: Offer | None,
) -> tuple[str, ...]:
    """What a person should know; nothing here changes a quantity. `offer` is the one to order on now, if any."""
    found: list[str] = []
    point, typed = targets.reorder_point, levels.order_up_to
    if levels.minimum is not None and position.usable < levels.minimum:
        found.append(f"Usable {position.usable} is below the minimum of {levels.minimum}.")
    if point is not None and typed is not None and typed <= point:
        so = (
            "nothing can be ordered" if levels.maximum_is_hard else f"{targets.order_up_to} is used"
        )
        found.append(
            f"The order-up-to level {typed} is not above the reorder point {point}, so {so}."
        )
    found += [
        f"{each.vendor} {each.obstacle}, so it was passed over."
        for each in offers
        if offer and each.obstacle and each.rank < offer.rank and each.vendor_id != offer.vendor_id
    ]
    if offer and offer.price is None:
        found.append(
            f"No price is known for {in_packs(1, offer.pack, offer.pack_size)} from {offer.vendor}."
        )
    if point is not None and offers and all(each.obstacle for each in offers):
        reasons = ", ".join(f"{each.vendor} {each.obstacle}" for each in offers)
        found.append(f"No vendor can be ordered from: {reasons}.")
    return tuple(found)


@cache
def _z(service_level: float) -> float:
    """Standard deviations that cover the service level."""
    if not 0 < service_level < 1:
        raise ValueError(
            f"The service level must be between 0 and 1, for example 0.95; it is {service_level}."
        )
    from statistics import NormalDist  # 10 ms at import, wanted only when a level is computed

    return max(0.0, NormalDist().inv_cdf(service_level))


def _ceil(amount: float) -> int:
    # Doubles turn 106 into 106.00000000000001; nine digits keep that from becoming a 107th unit.
    return math.ceil(round(amount, 9))


def _floor(amount: float) -> int:
    return math.floor(round(amount, 9))
