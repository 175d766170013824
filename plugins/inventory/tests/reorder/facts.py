"""Facts for tests of the rule: one shelf, its levels, its use and its offers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from officeops_inventory.reorder.rule import (
    Demand,
    Evaluation,
    Facts,
    Levels,
    Lot,
    Offer,
    Policy,
    evaluate,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

TODAY = date(2026, 3, 2)
POLICY = Policy(review_days=7, service_level=0.95, lead_days=5, lead_deviation=0.0)
STEADY = Demand(10.0, 0.0, 90)
OFFER = Offer(1, 1, "Acme", 100, "box", 0, 1250, 5, 1, on_hold=False, active=True, price_valid=True)
UNTYPED = Levels(None, None, maximum_is_hard=False, safety_stock=None, minimum=None)


def levels(point: int | None = None, top: int | None = None, *, hard: bool = False) -> Levels:
    return UNTYPED.replace(reorder_point=point, order_up_to=top, maximum_is_hard=hard)


def facts(
    wanted: Levels,
    usable: int = 0,
    *offers: Offer,
    on_order: int = 0,
    lots: Sequence[Lot] = (),
    demand: Demand | None = None,
) -> Facts:
    return Facts(wanted, usable, lots, on_order, 0, demand, offers)


def result(
    wanted: Levels,
    usable: int = 0,
    *offers: Offer,
    on_order: int = 0,
    lots: Sequence[Lot] = (),
    demand: Demand | None = None,
    policy: Policy = POLICY,
) -> Evaluation:
    shelf = facts(wanted, usable, *offers, on_order=on_order, lots=lots, demand=demand)
    return evaluate(shelf, policy, TODAY)
