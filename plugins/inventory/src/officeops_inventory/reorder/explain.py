"""The reorder rule in words: every term as a line, or all of it in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_inventory.reorder.types import ONE_ABOVE, in_packs

if TYPE_CHECKING:
    from officeops_inventory.reorder.types import Evaluation


def why(result: Evaluation, name: str, unit: str = "each") -> list[str]:
    """Return every term as a line, the item's `name` first; `unit` names the base unit."""
    lines = [name]
    lines += _position(result)
    lines += _use(result)
    lines += _levels(result)
    lines += _outcome(result, unit)
    lines += [f"warning: {warning}" for warning in result.warnings]
    return lines


def why_line(result: Evaluation, unit: str = "each") -> str:
    """Return the whole reason in one line, for lists."""
    position, point = result.position, result.reorder_point
    if point is None:
        return f"position {position}, {result.reorder_from or 'no reorder point known'}"
    if not result.fires:
        return f"position {position} is above {point}"
    start = f"position {position} <= {point}, up to {result.order_up_to}"
    if result.order_up_to_from == ONE_ABOVE:
        start += f" ({ONE_ABOVE}: no use is known)"
    if result.blocked:
        return f"{start}: BLOCKED: {result.blocked}"
    late = ", LATE" if result.late else ""
    return f"{start}: {order_in_words(result, unit)}{late}"


def _position(result: Evaluation) -> list[str]:
    usable, doomed = result.usable, result.doomed
    on_order, in_draft = result.on_order, result.in_draft
    return [
        f"usable {usable} (excludes expired and held)",
        f"projected expiry loss {doomed}",
        f"on order {on_order}, in draft {in_draft}",
        f"position {result.position} = {usable} - {doomed} + {on_order} + {in_draft}",
    ]


def _use(result: Evaluation) -> list[str]:
    # Both are terms of the computed levels, so they show even where no use is known.
    lead_time, review = _days(result.lead_days), _days(result.review_days)
    lead = f"lead time {lead_time}, {review} between orders"
    if result.demand_mean is None or result.demand_deviation is None:
        return ["daily use not known", lead]
    mean, deviation = _figure(result.demand_mean), _figure(result.demand_deviation)
    return [
        f"daily use {mean}, deviation {deviation}",
        f"stock runs out on {result.stock_out}",
        lead,
    ]


def _levels(result: Evaluation) -> list[str]:
    lines = []
    if result.safety_stock is not None:
        lines.append(f"safety stock {result.safety_stock} ({result.safety_from})")
    if result.reorder_point is None:
        none = "reorder point none (no level is typed and daily use is not known)"
        return [*lines, result.reorder_from or none]
    top = f"order up to {result.order_up_to} ({result.order_up_to_from})"
    if result.hard_maximum is not None:
        top += f", hard maximum {result.hard_maximum}"
    return [*lines, f"reorder point {result.reorder_point} ({result.reorder_from})", top]


def _outcome(result: Evaluation, unit: str) -> list[str]:
    position, point = result.position, result.reorder_point
    if not result.fires:
        reason = "" if point is None else f": {position} is above {point}"
        return [f"nothing to order{reason}"]
    need = f"need {result.need} = {result.order_up_to} - {position}"
    if result.blocked:
        return [need, *_adjustment(result), f"blocked: {result.blocked}"]
    after = f"position becomes {position + result.quantity}, next order at {point} or below"
    order = f"{order_in_words(result, unit)}, {after}"
    # What the rule rounded is not known once a plugin ordered another number.
    steps = _adjustment(result) or _rounding(result)
    return [need, *steps, order, *_late(result)]


def _adjustment(result: Evaluation) -> list[str]:
    return [result.adjusted] if result.adjusted else []


def _rounding(result: Evaluation) -> list[str]:
    """Return the reason why the quantity is not simply the need, or nothing."""
    size = result.pack_size
    if result.quantity < result.need:
        # Without a maximum of its own, a location was cut by that of the item (a warning says it).
        limit = "" if result.hard_maximum is None else f" of {result.hard_maximum}"
        return [f"rounded down to whole packs of {size} to stay within the hard maximum{limit}"]
    if result.packs == result.moq and result.quantity - result.need >= size:
        return [f"raised to the minimum order of {in_packs(result.moq, result.pack, size)}"]
    if result.quantity == result.need:
        return []
    return [f"rounded up to whole packs of {size}"]


def order_in_words(result: Evaluation, unit: str) -> str:
    """Return how much is ordered, and from whom: 200 each = 2 boxes of 100 from Acme."""
    amount = f"{result.quantity} {unit}"
    if result.offer is None:
        return f"{amount}, no vendor"
    if result.pack_size != 1 or result.pack not in {"", unit}:
        amount += f" = {in_packs(result.packs, result.pack, result.pack_size)}"
    return f"{amount} from {result.offer.vendor}"


def _late(result: Evaluation) -> list[str]:
    if not result.late or result.offer is None:
        return []
    takes = f"{result.offer.vendor} takes {_days(result.offer.lead_days)}"
    return [f"LATE: stock runs out on {result.stock_out}, {takes}"]


def _days(days: int) -> str:
    return f"{days} day" if days == 1 else f"{days} days"


def _figure(amount: float) -> str:
    return f"{amount:.2f}".rstrip("0").rstrip(".")
