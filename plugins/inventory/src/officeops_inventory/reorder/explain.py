"""The reorder rule in words: every term as a line, or all of it in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_inventory.reorder.types import ONE_ABOVE, in_packs

if TYPE_CHECKING:
    from officeops_inventory.reorder.types import Evaluation


def why(evaluation: Evaluation, name: str, unit: str = "each") -> list[str]:
    """Every term as a line for people, the item's `name` first; `unit` names the base unit."""
    return [
        name,
        *_position(evaluation),
        *_use(evaluation),
        *_levels(evaluation),
        *_outcome(evaluation, unit),
        *(f"warning: {each}" for each in evaluation.warnings),
    ]


def why_line(evaluation: Evaluation, unit: str = "each") -> str:
    """The whole reason in one line, for lists."""
    e = evaluation
    if e.reorder_point is None:
        return f"position {e.position}, {e.reorder_from or 'no reorder point known'}"
    if not e.fires:
        return f"position {e.position} is above {e.reorder_point}"
    start = f"position {e.position} <= {e.reorder_point}, up to {e.order_up_to}"
    if e.order_up_to_from == ONE_ABOVE:
        start += f" ({ONE_ABOVE}: no use is known)"
    if e.blocked:
        return f"{start}: BLOCKED: {e.blocked}"
    return f"{start}: {_order(e, unit)}{', LATE' if e.late else ''}"


def _position(e: Evaluation) -> list[str]:
    return [
        f"usable {e.usable} (excludes expired and held)",
        f"projected expiry loss {e.doomed}",
        f"on order {e.on_order}, in draft {e.in_draft}",
        f"position {e.position} = {e.usable} - {e.doomed} + {e.on_order} + {e.in_draft}",
    ]


def _use(e: Evaluation) -> list[str]:
    lead = f"lead time {_days(e.lead_days)}, {_days(e.review_days)} between orders"
    if e.demand_mean is None or e.demand_deviation is None:
        return ["daily use not known", lead]
    return [
        f"daily use {_figure(e.demand_mean)}, deviation {_figure(e.demand_deviation)}",
        f"stock runs out on {e.stock_out}",
        lead,
    ]


def _levels(e: Evaluation) -> list[str]:
    lines = [] if e.safety_stock is None else [f"safety stock {e.safety_stock} ({e.safety_from})"]
    if e.reorder_point is None:
        none = "reorder point none (no level is typed and daily use is not known)"
        return [*lines, e.reorder_from or none]
    hard = "" if e.hard_maximum is None else f", hard maximum {e.hard_maximum}"
    return [
        *lines,
        f"reorder point {e.reorder_point} ({e.reorder_from})",
        f"order up to {e.order_up_to} ({e.order_up_to_from}){hard}",
    ]


def _outcome(e: Evaluation, unit: str) -> list[str]:
    if not e.fires:
        reason = "" if e.reorder_point is None else f": {e.position} is above {e.reorder_point}"
        return [f"nothing to order{reason}"]
    need = f"need {e.need} = {e.order_up_to} - {e.position}"
    if e.blocked:
        return [need, f"blocked: {e.blocked}"]
    after = f"position becomes {e.position + e.quantity}, next order at {e.reorder_point} or below"
    return [need, *_rounding(e), f"{_order(e, unit)}, {after}", *_late(e)]


def _rounding(e: Evaluation) -> list[str]:
    """Why the quantity is not simply the need."""
    if e.quantity < e.need:
        return [
            f"rounded down to whole packs of {e.pack_size} to stay within the hard maximum of {e.hard_maximum}"
        ]
    if e.packs == e.moq and e.quantity - e.need >= e.pack_size:
        return [f"raised to the minimum order of {in_packs(e.moq, e.pack, e.pack_size)}"]
    return [] if e.quantity == e.need else [f"rounded up to whole packs of {e.pack_size}"]


def _order(e: Evaluation, unit: str) -> str:
    amount = f"{e.quantity} {unit}"
    if e.offer is None:
        return f"{amount}, no vendor"
    alike = e.pack_size == 1 and e.pack in {"", unit}
    packs = "" if alike else f" = {in_packs(e.packs, e.pack, e.pack_size)}"
    return f"{amount}{packs} from {e.offer.vendor}"


def _late(e: Evaluation) -> list[str]:
    if not e.late or e.offer is None:
        return []
    return [
        f"LATE: stock runs out on {e.stock_out}, {e.offer.vendor} takes {_days(e.offer.lead_days)}"
    ]


def _days(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"


def _figure(amount: float) -> str:
    return f"{amount:.2f}".rstrip("0").rstrip(".")
