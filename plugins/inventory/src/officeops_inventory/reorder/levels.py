"""Levels in force: safety stock, reorder point and order-up-to level, typed or computed."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from officeops import Value
from officeops_inventory.reorder.rounding import ceil
from officeops_inventory.reorder.types import (
    CAPPED,
    COMPUTED,
    NOT_STOCKED,
    ONE_ABOVE,
    ONE_BELOW,
    TYPED,
)

if TYPE_CHECKING:
    from officeops_inventory.reorder.types import Demand, Levels, Policy


class Targets(Value):
    """The levels in force, in base units, and where each came from."""

    safety_stock: int | None
    safety_from: str
    reorder_point: int | None
    reorder_from: str
    order_up_to: int | None
    order_up_to_from: str


def targets(
    levels: Levels,
    use: Demand | None,
    lead_days: int,
    policy: Policy,
) -> Targets:
    """Return the levels in force: the typed ones, else those that follow from known use."""
    # Before all else: use of an item that nobody stocks any more must not order it again.
    if levels.none_kept:
        return Targets(None, "", None, NOT_STOCKED, None, "")
    safety, safety_from = _safety(levels, use, lead_days, policy)
    point, point_from = _reorder_point(levels, use, lead_days, safety or 0)
    if point is None:
        return Targets(safety, safety_from, None, "", None, "")
    cover_days = lead_days + policy.review_days
    top, top_from = _order_up_to(levels, point, use, cover_days, safety or 0)
    return Targets(safety, safety_from, point, point_from, top, top_from)


def safety_stock(
    demand: Demand,
    lead_days: int,
    review_days: int,
    lead_deviation: float,
    service_level: float,
) -> int:
    """Return the units kept against uneven use and late deliveries, rounded up.

    z * sqrt((L + R) * sd^2 + d^2 * sL^2). `lead_deviation` is in days. `service_level` is the
    wished chance (above 0, below 1) of not running out in a cycle; at one half or below nothing is
    added. Raises ValueError outside these bounds.
    Source: the textbook formula for a periodic review with independent daily use and lead time.
    """
    use_variance = (lead_days + review_days) * demand.deviation**2
    lead_variance = (demand.mean * lead_deviation) ** 2
    return ceil(_z(service_level) * math.sqrt(use_variance + lead_variance))


def _safety(
    levels: Levels,
    use: Demand | None,
    lead_days: int,
    policy: Policy,
) -> tuple[int | None, str]:
    if levels.safety_stock is not None:
        return levels.safety_stock, TYPED
    if not use:
        return None, ""
    units = safety_stock(
        use, lead_days, policy.review_days, policy.lead_deviation, policy.service_level
    )
    return units, COMPUTED


def _reorder_point(
    levels: Levels,
    use: Demand | None,
    lead_days: int,
    safety: int,
) -> tuple[int | None, str]:
    typed_top = levels.order_up_to
    if levels.reorder_point is not None:
        return levels.reorder_point, TYPED
    if use:
        point = _cover(use, lead_days, safety)
        # A full shelf is full: computed use never makes a typed level order above itself.
        if typed_top is not None and typed_top > 0 and point >= typed_top:
            return typed_top - 1, CAPPED
        return point, COMPUTED
    if typed_top is not None:
        return typed_top - 1, ONE_BELOW
    return None, ""


def _order_up_to(
    levels: Levels,
    point: int,
    use: Demand | None,
    cover_days: int,
    safety: int,
) -> tuple[int, str]:
    if levels.order_up_to is not None:
        wished, wished_from = levels.order_up_to, TYPED
    else:
        wished, wished_from = _cover(use, cover_days, safety), COMPUTED
    # A level at or below the reorder point would fire again on the next run, so one above it is
    # the least. A typed level that equals the least stays the person's.
    least = point + 1
    if wished > least or (wished == least and wished_from == TYPED):
        return wished, wished_from
    return least, ONE_ABOVE


def _cover(use: Demand | None, days: int, safety: int) -> int:
    """Return the units for `days` days of mean use on top of the safety stock; 0 without use."""
    return ceil(use.mean * days + safety) if use else 0


@cache
def _z(service_level: float) -> float:
    """Return the standard deviations that cover a service level."""
    if not 0 < service_level < 1:
        raise ValueError(
            f"The service level must be between 0 and 1, for example 0.95; it is {service_level}."
        )
    from statistics import NormalDist  # 10 ms at import, wanted only when a level is computed

    return max(0.0, NormalDist().inv_cdf(service_level))
