"""The reorder sheet: what must be ordered, from whom, and why, grouped by vendor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Value
from officeops.values.convert import amount
from officeops_inventory.declared.amounts import TOTAL, UNPRICED
from officeops_inventory.model import Item, Level, Line
from officeops_inventory.purchasing.totals import Total, total_of
from officeops_inventory.reorder.rule import evaluate, projected_loss, ranked, within_maximum
from officeops_inventory.reorder.stock_position import Figures, Spot, Standing
from officeops_inventory.reorder.types import (
    Demand,
    Evaluation,
    Levels,
    Lot,
    Offer,
    Policy,
    Position,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops.services import VendorFacts

#: What the key of an item that is put off begins with.
SNOOZE = "inventory.reorder.item:"


class SheetLine(Value):
    """One item to order, at one location where it has levels of its own there."""

    item: Item
    suggestion: Evaluation
    location_id: int | None
    snoozed_until: str

    @property
    def amount(self) -> int | None:
        """The line's money in minor units, None without a price."""
        offer = self.suggestion.offer
        return (
            None
            if offer is None or offer.price is None
            else amount(offer.price, self.suggestion.packs)
        )


class Group(Value):
    """What is to be ordered from one vendor (None: no vendor is known). Money is in minor units.

    `total` is the lines' own, None where no price is known; `drafted` is what draft orders for the vendor have already;
    the gaps count both. `unpriced` and `drafted_unpriced` are lines without a price, in neither.
    """

    vendor: VendorFacts | None
    lines: list[SheetLine]
    total: int | None
    drafted: int | None
    to_minimum: int
    to_free_freight: int
    unpriced: int = 0
    drafted_unpriced: int = 0


class Sheet(Value):
    """The whole sheet: vendors by name, items without a vendor last."""

    groups: list[Group]

    @property
    def lines(self) -> list[SheetLine]:
        """Every line, vendor by vendor."""
        return [line for group in self.groups for line in group.lines]


def sheet(office: Office, *, snoozed: bool = False) -> Sheet:
    """Work out what must be ordered now. Lines that are put off are left out unless asked for; nothing is written."""
    standing = Standing(office)
    asked = any(office.plugins.implements(hook) for hook in ("estimate_demand",))
    spots = standing.candidates(every=asked)
    placed = _placed(office)
    if placed:
        elsewhere = {item_id for item_id, _ in placed}
        spots = {spot: figures for spot, figures in spots.items() if spot[0] not in elsewhere}
        spots.update(standing.figures(placed))
    put_off = office.put_off_until(SNOOZE)
    lines = []
    for line in _lines(office, standing, spots, placed):
        until = put_off.get(str(line.item.id), "")
        if line.suggestion.fires and (snoozed or not until):
            lines.append(line.replace(snoozed_until=until))
    return Sheet(_grouped(office, standing, lines))


def explain(office: Office, item: Item) -> list[SheetLine]:
    """Return every term of the rule for one item, fire or not; one line for each location with levels of its own."""
    standing = Standing(office)
    placed = _placed(office, item.id)
    spots: list[Spot] = list(placed) or [(item.id, None)]
    return list(_lines(office, standing, standing.figures(spots), placed, {item.id: item}))


def _placed(office: Office, item_id: int | None = None) -> dict[Spot, Level]:
    """Return the levels kept by location, of items that may be ordered."""
    where = "item_id = ?1 OR (?1 IS NULL AND item_id IN (SELECT id FROM inventory_item WHERE archived_at IS NULL AND NOT discontinued))"
    return {
        (level.item_id, level.location_id): level for level in office.all(Level, where, item_id)
    }


def _lines(
    office: Office,
    standing: Standing,
    spots: dict[Spot, Figures],
    placed: dict[Spot, Level],
    items: dict[int, Item] | None = None,
) -> Iterable[SheetLine]:
    if items is None:
        items = {item.id: item for item in office.some(Item, {spot[0] for spot in spots})}
    offers = standing.offers(items)
    demand = standing.demand(spots)
    lots = standing.lots(spot for spot, figures in spots.items() if figures.expiring)
    if office.plugins.implements("estimate_demand"):
        demand = _asked_demand(office, standing, spots, items, demand)
    settings = standing.settings
    policy = Policy(
        settings.review_days, settings.service_level, settings.lead_days, settings.lead_deviation
    )
    hooked = (
        office.plugins.implements("rank_vendors"),
        office.plugins.implements("adjust_suggestion"),
    )
    rooms = _rooms(standing, items, placed)
    for spot, figures in spots.items():
        item = items[spot[0]]
        offered = offers.get(item.id, [])
        if hooked[0]:
            offered = _asked_ranking(office, item, offered)
        found = _evaluate(
            item,
            placed.get(spot),
            figures,
            lots.get(spot, []),
            demand.get(spot),
            offered,
            policy,
            standing,
        )
        if hooked[1] and found.fires:
            found = (
                office.plugins.first(
                    "adjust_suggestion", office=office, item=item, suggestion=found
                )
                or found
            )
        if spot in placed and item.id in rooms:
            # What is about to expire leaves room, as it does for the item as a whole.
            found = within_maximum(found, rooms[item.id] + found.doomed, item.order_up_to or 0)
            rooms[item.id] += found.doomed - found.quantity
        yield SheetLine(item, found, spot[1], "")


def _rooms(standing: Standing, items: dict[int, Item], placed: Iterable[Spot]) -> dict[int, int]:
    """Return what fits under the hard maximum of each item that is kept by location: its places together never pass it."""
    hard = {
        item_id for item_id, _ in placed if (item := items.get(item_id)) and item.maximum_is_hard
    }
    figures = standing.figures((item_id, None) for item_id in sorted(hard))
    rooms = {}
    for (item_id, _), there in figures.items():
        if (limit := items[item_id].order_up_to) is not None:
            rooms[item_id] = limit - there.usable - there.on_order - there.in_draft
    return rooms


def _evaluate(
    item: Item,
    level: Level | None,
    figures: Figures,
    lots: list[Lot],
    demand: Demand | None,
    offers: list[Offer],
    policy: Policy,
    standing: Standing,
) -> Evaluation:
    levels = _levels(item, level)
    doomed = 0
    if figures.expiring and lots:
        able = ranked(offers)
        window = (able[0].lead_days if able else policy.lead_days) + policy.review_days
        doomed = projected_loss(lots, demand.mean if demand else None, standing.today, window)
    position = Position(figures.usable, doomed, figures.on_order, figures.in_draft)
    return evaluate(levels, position, demand, offers, policy, standing.today)


def _levels(item: Item, level: Level | None) -> Levels:
    typed = level or item
    return Levels(
        typed.reorder_point,
        typed.order_up_to,
        typed.maximum_is_hard,
        item.safety_stock,
        item.minimum,
    )


def _asked_demand(
    office: Office,
    standing: Standing,
    spots: Iterable[Spot],
    items: dict[int, Item],
    known: dict[Spot, Demand],
) -> dict[Spot, Demand]:
    asked = dict(known)
    for spot in spots:
        answer = office.plugins.first(
            "estimate_demand",
            office=office,
            item=items[spot[0]],
            start=standing.since,
            end=standing.today,
        )
        if answer is not None:
            asked[spot] = answer
    return asked


def _asked_ranking(office: Office, item: Item, offers: list[Offer]) -> list[Offer]:
    answer = office.plugins.first("rank_vendors", office=office, item=item, offers=offers)
    return offers if answer is None else [each.replace(rank=n) for n, each in enumerate(answer, 1)]


def _grouped(office: Office, standing: Standing, lines: list[SheetLine]) -> list[Group]:
    by_vendor: dict[int | None, list[SheetLine]] = {}
    for line in lines:
        offer = line.suggestion.offer
        by_vendor.setdefault(offer.vendor_id if offer else None, []).append(line)
    rows = office.rows(
        f"SELECT t.vendor_id, sum({TOTAL}), sum({UNPRICED}) FROM inventory_order t "
        "WHERE t.status = 'draft' AND t.archived_at IS NULL GROUP BY t.vendor_id"
    )
    drafted = {vendor_id: Total(money, unpriced) for vendor_id, money, unpriced in rows}
    nothing = Total(0, 0)
    groups = [
        _group(standing, vendor_id, those, drafted.get(vendor_id, nothing))
        for vendor_id, those in by_vendor.items()
    ]
    return sorted(
        groups,
        key=lambda group: (
            group.vendor is None,
            group.vendor.name.casefold() if group.vendor else "",
        ),
    )


def _group(
    standing: Standing, vendor_id: int | None, lines: list[SheetLine], drafted: Total
) -> Group:
    lines.sort(key=lambda line: (line.item.name.casefold(), line.item.id, line.location_id or 0))
    vendor = _vendor(standing, vendor_id, lines)
    ordered = total_of(
        [line.amount for line in lines if line.suggestion.packs and line.suggestion.offer]
    )
    so_far = (ordered.money or 0) + (drafted.money or 0)
    to_minimum = max(0, ((vendor.minimum_order if vendor else 0) or 0) - so_far)
    to_free_freight = max(0, ((vendor.free_freight if vendor else 0) or 0) - so_far)
    return Group(
        vendor,
        lines,
        ordered.money,
        drafted.money,
        to_minimum,
        to_free_freight,
        ordered.unpriced,
        drafted.unpriced,
    )


def _vendor(
    standing: Standing, vendor_id: int | None, lines: list[SheetLine]
) -> VendorFacts | None:
    if vendor_id is None:
        return None
    if vendor_id in standing.vendors:
        return standing.vendors[vendor_id]
    from officeops.services import VendorFacts

    offer = lines[0].suggestion.offer
    return VendorFacts(
        vendor_id, offer.vendor if offer else "", "active", None, None, None, None, "", None
    )


def lines_changed_by_hand(office: Office) -> set[int]:
    """Return the items on draft orders whose line a person changed: what they decided stands."""
    sql = (
        f"SELECT l.item_id FROM {Line.meta.table} l JOIN inventory_order o ON o.id = l.order_id "
        "WHERE o.status = 'draft' AND o.archived_at IS NULL AND l.by_hand AND l.archived_at IS NULL"
    )
    return {row[0] for row in office.rows(sql)}
