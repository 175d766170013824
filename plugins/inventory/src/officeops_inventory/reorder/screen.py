"""The reorder sheet on the screen: by vendor, with what is still short of a minimum order; accept, change, put off."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from officeops import UsageProblem
from officeops.tui import Key, Line, LineScreen, cut, pad, wrapped
from officeops.values import wording
from officeops.values.convert import amount, money_text, safe
from officeops.values.dates import read_date
from officeops.values.quantities import read_whole
from officeops_inventory.declared.amounts import UNKNOWN
from officeops_inventory.model import Item, Order
from officeops_inventory.purchasing.totals import Total, total_of
from officeops_inventory.reorder.drafting import Drafted, draft_orders, snooze_item
from officeops_inventory.reorder.explain import why
from officeops_inventory.reorder.sheet import Group, Sheet, sheet
from officeops_inventory.reorder.suggestions import SheetLine
from officeops_inventory.reorder.types import in_packs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from officeops import Office
    from officeops.tui.terminal.scans import Scan
    from officeops.tui.widgets.lines import Span

#: Cells of the columns after the name: position and level, packs, money, what is special.
PLACES, PACKS, MONEY, MARK = 13, 16, 10, 7


class ReorderScreen(LineScreen):
    """What must be ordered. Packs changed here are kept until the line is accepted; leaving asks before they go."""

    slow = True

    def set_up(self) -> None:
        """Begin without changed packs and open lines, and without snoozed items."""
        self._packs: dict[int, int] = {}
        self._open: set[str] = set()
        self._snoozed = False

    # -- what is shown ------------------------------------------------------------------------------

    def gather(self, office: Office) -> Sheet:
        """Work the sheet out."""
        return sheet(office, snoozed=self._snoozed)

    @property
    def groups(self) -> list[Group]:
        """The sheet's vendors, as last worked out."""
        found: Sheet | None = self.gathered
        return found.groups if found else []

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Reorder sheet"

    def status(self) -> str:
        """Return how many lines there are, and how many were changed."""
        if self.gathered is None:
            return "reading…"
        count = sum(len(group.lines) for group in self.groups)
        changed = f", {len(self._packs)} changed" if self._packs else ""
        return f"{count} to order{changed}"

    def unsaved(self) -> str:
        """Return what was changed and not accepted."""
        count = len(self._packs)
        return f"{count} changed line{'' if count == 1 else 's'} not accepted" if count else ""

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the sheet as lines."""
        if self.gathered is None:
            return [Line.of("Working out what must be ordered…", "dim")]
        found = [line for group in self.groups for line in self._group(group, width)]
        if found:
            return [self._head(width), *found]
        return [Line.of("Nothing must be ordered today.", "strong")]

    def _head(self, width: int) -> Line:
        room = width - PLACES - PACKS - MONEY - MARK - 6
        labels = (
            pad("  Item", room + 2),
            pad("have of level", PLACES, right=True),
            "  ",
            pad("order", PACKS),
        )
        return Line.of("".join(labels) + pad("cost", MONEY, right=True), "head")

    def _group(self, group: Group, width: int) -> Iterator[Line]:
        name = safe(group.vendor.name) if group.vendor else "No vendor"
        total = self._total(group)
        money = UNKNOWN if total.money is None and total.unpriced else self._money(total.money)
        count = wording.count(len(group.lines), "line") + (
            f", {total.unpriced} without a price" * bool(total.unpriced)
        )
        left = width - MARK - MONEY - 4
        title = pad(f"{cut(name, left - len(count) - 3)} ({count})", left) + pad(
            money, MONEY + 2, right=True
        )
        yield Line.of(title, "head", group, f"vendor {group.vendor.id if group.vendor else 0}")
        if note := self._gap(group):
            yield Line.of(
                cut(f"  {note}", width),
                "dim",
                group,
                f"gap {group.vendor.id if group.vendor else 0}",
            )
        for line in group.lines:
            yield Line(tuple(self._line(line, width)), line, key_of(line))
            if key_of(line) in self._open:
                reasons = why(line.suggestion, safe(line.item.name), line.item.base_unit)[1:]
                texts = [text for reason in reasons for text in wrapped(safe(reason), width - 6)]
                yield from (Line.of(f"      {text}", "dim", line) for text in texts)
        yield Line()

    def _gap(self, group: Group) -> str:
        """Return what an order to the vendor is still short of."""
        vendor = group.vendor
        if vendor is None:
            return "Add vendor terms to these items to order them."
        drafted = Total(group.drafted, group.drafted_unpriced)
        notes = (
            [f"{drafted.words(self.office.ways.places)} in draft"]
            if group.drafted or drafted.unpriced
            else []
        )
        so_far = (self._total(group).money or 0) + (group.drafted or 0)
        if vendor.minimum_order:
            short = vendor.minimum_order - so_far
            notes.append(
                f"minimum order short {self._money(short)}" if short > 0 else "minimum order met"
            )
        if vendor.free_freight:
            short = vendor.free_freight - so_far
            notes.append(
                f"free freight short {self._money(short)}" if short > 0 else "freight is free"
            )
        return ", ".join(notes)

    def _total(self, group: Group) -> Total:
        """Return what a group comes to with the packs as they are changed here."""
        asked = [
            (line, self._packs.get(line.item.id, line.suggestion.packs)) for line in group.lines
        ]
        return total_of(
            [_cost(line, packs) for line, packs in asked if packs and _is_ordered(line)]
        )

    def _line(self, line: SheetLine, width: int) -> Iterator[Span]:
        told, packs = line.suggestion, self._packs.get(line.item.id, line.suggestion.packs)
        room = width - PLACES - PACKS - MONEY - MARK - 6
        level = f"{told.position} of {told.reorder_point}"
        yield "  " + pad(safe(line.item.name), room), ""
        yield pad(level, PLACES, right=True) + "  ", ""
        yield pad("" if told.blocked else in_packs(packs, told.pack, told.pack_size), PACKS), ""
        cost = _cost(line, packs)
        money = UNKNOWN if cost is None else self._money(cost)
        yield pad(money if _is_ordered(line) else "", MONEY, right=True), ""
        word, role = self._mark(line)
        yield "  " + pad(word, MARK), "alarm" if role else "dim"

    def _mark(self, line: SheetLine) -> tuple[str, bool]:
        """Return the one word that matters most about a line, and whether it is bad news."""
        if line.snoozed_until:
            return "snoozed", False
        if line.suggestion.blocked:
            return "blocked", True
        if line.item.id in self._packs:
            return "changed", False
        return ("LATE", True) if line.suggestion.late else ("", False)

    def _money(self, minor: int | None) -> str:
        return "" if minor is None else money_text(minor, self.office.ways.places)

    # -- keys ---------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys of the sheet."""
        group = "Reorder sheet"
        some, one = self._not_some, self._not_one
        yield Key(
            ("a",),
            "accept",
            self.accept,
            "Draft the line; on a vendor's line, all of that vendor",
            1,
            group,
            some,
        )
        yield Key(
            ("c",), "change packs", self.read_packs, "Say another number of packs", 1, group, one
        )
        yield Key(("s",), "snooze", self.read_snooze, "Put the item off until a day", 1, group, one)
        yield Key(
            ("w", "enter"),
            "why",
            self.toggle_why,
            "Show how the number came about, or hide it",
            1,
            group,
            one,
        )
        yield Key(("i",), "item", self.open_item, "Open the item", 3, group, one)
        yield Key(("d",), "drafts", self.open_drafts, "List the draft orders", 3, group)
        yield Key(
            ("z",), "snoozed", self.toggle_snoozed, "Show snoozed items too, or no longer", 8, group
        )

    @property
    def line(self) -> SheetLine | None:
        """The line under the cursor."""
        return self.selected if isinstance(self.selected, SheetLine) else None

    def scanned(self, scan: Scan) -> None:
        """Go to the line of the item that was scanned."""
        record = self.navigator.record_of(scan)
        item_id = record.id if isinstance(record, Item) else getattr(record, "item_id", None)
        lines = enumerate(self.list.lines)
        at = next((i for i, line in lines if line.key.startswith(f"item {item_id} ")), None)
        if at is None:
            self.say(f"{safe(record.human_key)} is not on this sheet.")
        else:
            self.list.move_to(at)

    def _not_some(self) -> str | None:
        return (
            None
            if isinstance(self.selected, (SheetLine, Group))
            else "there is nothing to order on this line"
        )

    def _not_one(self) -> str | None:
        return None if self.line else "move to an item first"

    def accept(self) -> None:
        """Draft the line under the cursor, or all lines of the vendor."""
        chosen = (
            [self.line]
            if self.line
            else self.selected.lines
            if isinstance(self.selected, Group)
            else []
        )
        ids = [line.item.id for line in chosen if len(chosen) == 1 or not line.snoozed_until]
        packs = {item_id: self._packs[item_id] for item_id in ids if item_id in self._packs}
        draft = partial(
            self.write,
            lambda office: draft_orders(office, ids, packs),
            partial(self._accepted, ids),
        )
        if isinstance(self.selected, Group):
            vendor = self.selected.vendor
            whose = f"of {safe(vendor.name)}" if vendor else "without a vendor"
            self.ask(f"Draft all {whose}, {wording.count(len(ids), 'line')}?", draft)
        elif self.line and not _is_ordered(self.line):
            why = self.line.suggestion.blocked or "it has no vendor to order from"
            self.say(f"Nothing was drafted. {safe(self.line.item.name)}: {why.rstrip('.')}.")
        elif self.line:
            self.ask(f"Draft {self._what_of(self.line)}?", draft)

    def _what_of(self, line: SheetLine) -> str:
        """Return in words what accepting a line drafts: every place of its item together."""
        name = safe(line.item.name)
        lines = [
            each for group in self.groups for each in group.lines if each.item.id == line.item.id
        ]
        if len(lines) > 1:
            return f"{name} for {len(lines)} places"
        packs = self._packs.get(line.item.id, line.suggestion.packs)
        return f"{in_packs(packs, line.suggestion.pack, line.suggestion.pack_size)} of {name}"

    def _accepted(self, ids: Sequence[int], drafted: Drafted) -> None:
        left = {line.item.id for line, _ in drafted.left}
        for item_id in ids:
            if item_id not in left:
                self._packs.pop(item_id, None)
        orders = ", ".join(f"{Order.meta.prefix}-{each}" for each in drafted.order_ids)
        done = (
            f"{wording.count(drafted.lines, 'line')} drafted on {orders}."
            if drafted.lines
            else "Nothing was drafted."
        )
        whys = [f" {safe(line.item.name)}: {why}." for line, why in drafted.left[:1]]
        more = f" And {len(drafted.left) - 1} more were left." if len(drafted.left) > 1 else ""
        self.say(done + "".join(whys) + more)

    def read_packs(self) -> None:
        """Ask for another number of packs."""
        line = self.line
        if line is None:
            return
        told = line.suggestion
        if told.blocked or told.offer is None:
            self.say(f"Change packs: {safe(told.blocked) or 'the item has no vendor'}.")
        elif sum(each.item.id == line.item.id for group in self.groups for each in group.lines) > 1:
            self.say(
                "Change packs: the item is ordered for several places; accept it, then change the draft order."
            )
        else:
            least = f", at least {told.moq}" if told.moq > 1 else ""
            label = f"{told.pack or 'pack'} of {told.pack_size}, {told.packs} suggested{least}: "
            now = str(self._packs.get(line.item.id, told.packs))
            self.ask_for(label, read_whole, partial(self._change, line), value=now)

    def _change(self, line: SheetLine, packs: int) -> None:
        told = line.suggestion
        if packs < told.moq:
            raise UsageProblem(
                f"The least this vendor sells is {in_packs(told.moq, told.pack, told.pack_size)}; s puts the item off."
            )
        if (
            told.hard_maximum is not None
            and told.position + packs * told.pack_size > told.hard_maximum
        ):
            raise UsageProblem(f"That is above the item's hard maximum of {told.hard_maximum}.")
        if packs == told.packs:
            self._packs.pop(line.item.id, None)
        else:
            self._packs[line.item.id] = packs
        self.lay_out()
        self.show_bars()
        self.say(
            "a accepts the changed line." if line.item.id in self._packs else "As suggested again."
        )

    def read_snooze(self) -> None:
        """Ask until when to put the item off."""
        if self.line:
            reader = partial(read_date, ways=self.office.ways)
            self.ask_for(
                "Put off until (+7d, 2026-01-31): ",
                reader,
                partial(self._snooze, self.line.item),
                value="+7d",
            )

    def _snooze(self, item: Item, until: date) -> None:
        done = f"{safe(item.name)} is snoozed until {until}."
        self.write(lambda office: snooze_item(office, item.id, until), lambda _: self.say(done))

    def toggle_why(self) -> None:
        """Show the reason under the line, or hide it."""
        if self.line:
            self._open ^= {key_of(self.line)}
            self.lay_out()

    def toggle_snoozed(self) -> None:
        """Show snoozed items too, or no longer."""
        self._snoozed = not self._snoozed
        self.reload()

    def open_item(self) -> None:
        """Open the item's record."""
        if self.line:
            self.navigator.open_record(Item, self.line.item.id)

    def open_drafts(self) -> None:
        """List the draft orders."""
        self.navigator.open_list(Order, "status=draft")


def _is_ordered(line: SheetLine) -> bool:
    """Whether a line can be ordered: a vendor is known, and nothing blocks it."""
    return line.suggestion.offer is not None and not line.suggestion.blocked


def _cost(line: SheetLine, packs: int) -> int | None:
    """Return what so many packs cost in minor units; None without a price."""
    price = line.suggestion.offer.price if line.suggestion.offer else None
    return None if price is None else amount(price, packs)


def key_of(line: SheetLine) -> str:
    """Return what finds a line again."""
    return f"item {line.item.id} {line.location_id or 0}"
