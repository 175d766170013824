"""The lines of the reorder screen: each vendor with its gaps, its items, and opened reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.tui import Line, cut, pad, wrapped
from officeops.values import amount, money_text, safe, wording
from officeops_inventory.declared.amounts import UNKNOWN
from officeops_inventory.purchasing.totals import Total, total_of
from officeops_inventory.reorder.explain import why
from officeops_inventory.reorder.types import in_packs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from officeops.tui import Span
    from officeops_inventory.reorder.sheet import Group
    from officeops_inventory.reorder.suggestions import SheetLine

#: Cells of the columns after the name: position and level, packs, money, and the mark.
PLACES, PACKS, MONEY, MARK = 13, 16, 10, 7
#: Cells of all columns but the name, with the gaps between them.
_BESIDE_NAME: Final = PLACES + PACKS + MONEY + MARK + 6


class ScreenLines:
    """Draws the sheet for a width in cells.

    `packs` are the packs that a person changed, by item. `opened` are the keys of the lines that
    show their reasons. `places` are the decimal places of the office's currency.
    """

    def __init__(
        self,
        width: int,
        places: int,
        packs: Mapping[int, int],
        opened: Collection[str],
    ) -> None:
        self.width = width
        self.places = places
        self.packs = packs
        self.opened = opened

    def all(self, groups: Iterable[Group]) -> list[Line]:
        """Return the lines of all groups below a heading, or none."""
        lines = [line for group in groups for line in self._group(group)]
        return [self._head(), *lines] if lines else []

    def _head(self) -> Line:
        labels = (
            pad("  Item", self.width - _BESIDE_NAME + 2),
            pad("have of level", PLACES, right=True),
            "  ",
            pad("order", PACKS),
            pad("cost", MONEY, right=True),
        )
        return Line.of("".join(labels), "head")

    def _group(self, group: Group) -> Iterator[Line]:
        vendor_id = group.vendor.id if group.vendor else 0
        yield Line.of(self._title(group), "head", group, f"vendor {vendor_id}")
        gaps = self._gaps(group)
        if gaps:
            yield Line.of(cut(f"  {gaps}", self.width), "dim", group, f"gap {vendor_id}")
        for line in group.lines:
            key = key_of(line)
            yield Line(tuple(self._spans(line)), line, key)
            if key in self.opened:
                yield from self._reasons(line)
        yield Line()

    def _title(self, group: Group) -> str:
        """Return the vendor with its number of lines and its total."""
        name = safe(group.vendor.name) if group.vendor else "No vendor"
        total = self._total(group)
        money = self._money(total.money)
        if total.money is None and total.unpriced:
            money = UNKNOWN
        count = wording.count(len(group.lines), "line")
        if total.unpriced:
            count += f", {total.unpriced} without a price"
        left = self.width - MARK - MONEY - 4
        name = cut(name, left - len(count) - 3)
        return pad(f"{name} ({count})", left) + pad(money, MONEY + 2, right=True)

    def _gaps(self, group: Group) -> str:
        """Return the amount in draft, and how far an order is from the vendor's minimums."""
        vendor = group.vendor
        if vendor is None:
            return "Add vendor terms to these items to order them."
        notes = []
        drafted = Total(group.drafted, group.drafted_unpriced)
        if group.drafted or drafted.unpriced:
            notes.append(f"{drafted.words(self.places)} in draft")
        so_far = (self._total(group).money or 0) + (group.drafted or 0)
        if vendor.minimum_order:
            short = vendor.minimum_order - so_far
            met = "minimum order met"
            notes.append(f"minimum order short {self._money(short)}" if short > 0 else met)
        if vendor.free_freight:
            short = vendor.free_freight - so_far
            met = "freight is free"
            notes.append(f"free freight short {self._money(short)}" if short > 0 else met)
        return ", ".join(notes)

    def _total(self, group: Group) -> Total:
        """Return the total of a group with the packs as they are changed here."""
        amounts = []
        for line in group.lines:
            packs = self._packs(line)
            if packs and is_ordered(line):
                amounts.append(_cost(line, packs))
        return total_of(amounts)

    def _spans(self, line: SheetLine) -> Iterator[Span]:
        """Yield the parts of an item's line, each with its style."""
        result, packs = line.suggestion, self._packs(line)
        level = f"{result.position} of {result.reorder_point}"
        order = "" if result.blocked else in_packs(packs, result.pack, result.pack_size)
        money = ""
        if is_ordered(line):
            cost = _cost(line, packs)
            money = UNKNOWN if cost is None else self._money(cost)
        yield "  " + pad(safe(line.item.name), self.width - _BESIDE_NAME), ""
        yield pad(level, PLACES, right=True) + "  ", ""
        yield pad(order, PACKS), ""
        yield pad(money, MONEY, right=True), ""
        mark, is_alarm = self._mark(line)
        yield "  " + pad(mark, MARK), "alarm" if is_alarm else "dim"

    def _mark(self, line: SheetLine) -> tuple[str, bool]:
        """Return the one word that matters most about a line, and whether it is bad news."""
        # The order is that of what a person needs to know first: a snoozed line is not even due.
        if line.snoozed_until:
            return "snoozed", False
        if line.suggestion.blocked:
            return "blocked", True
        if line.item.id in self.packs:
            return "changed", False
        return ("LATE", True) if line.suggestion.late else ("", False)

    def _reasons(self, line: SheetLine) -> Iterator[Line]:
        """Yield every term of the rule below the line, without the name, which the line has."""
        _, *reasons = why(line.suggestion, safe(line.item.name), line.item.base_unit)
        for reason in reasons:
            for text in wrapped(safe(reason), self.width - 6):
                yield Line.of(f"      {text}", "dim", line)

    def _packs(self, line: SheetLine) -> int:
        return self.packs.get(line.item.id, line.suggestion.packs)

    def _money(self, minor: int | None) -> str:
        return "" if minor is None else money_text(minor, self.places)


def is_ordered(line: SheetLine) -> bool:
    """Whether a line can be ordered: a vendor is known, and nothing blocks it."""
    return line.suggestion.offer is not None and not line.suggestion.blocked


def key_of(line: SheetLine) -> str:
    """Return the key by which the list finds a line again after a change."""
    return f"item {line.item.id} {line.location_id or 0}"


def _cost(line: SheetLine, packs: int) -> int | None:
    """Return the cost of packs in minor units, None without a price."""
    price = line.suggestion.offer.price if line.suggestion.offer else None
    return None if price is None else amount(price, packs)
