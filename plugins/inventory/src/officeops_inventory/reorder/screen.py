"""The reorder sheet on the screen: accept lines, change packs, snooze items, read reasons."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from officeops import UsageProblem
from officeops.tui import Key, Line, LineScreen
from officeops.values import read_date, read_whole, safe, wording
from officeops_inventory.model import Item, Order
from officeops_inventory.reorder.drafting import Drafted, draft_orders, snooze_item
from officeops_inventory.reorder.screen_lines import ScreenLines, is_ordered, key_of
from officeops_inventory.reorder.sheet import Group, Sheet, sheet
from officeops_inventory.reorder.suggestions import SheetLine
from officeops_inventory.reorder.types import in_packs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from officeops import Office
    from officeops.tui import Scan

_KEYS = "Reorder sheet"


class ReorderScreen(LineScreen):
    """The items to order.

    Packs changed here are kept until the line is accepted; leaving asks before they are discarded.
    """

    # Worked out in a worker: the sheet of a large office takes a second.
    slow = True

    def set_up(self) -> None:
        """Begin without changed packs and open lines, and without snoozed items."""
        self._packs: dict[int, int] = {}
        self._open: set[str] = set()
        self._snoozed = False

    # -- lines -----------------------------------------------------------------------------------

    def gather(self, office: Office) -> Sheet:
        """Work the sheet out."""
        return sheet(office, snoozed=self._snoozed)

    @property
    def groups(self) -> list[Group]:
        """The sheet's vendors, as last worked out."""
        gathered: Sheet | None = self.gathered
        return gathered.groups if gathered else []

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
        """Return the changes that are not accepted yet, in words."""
        if not self._packs:
            return ""
        return f"{wording.count(len(self._packs), 'changed line')} not accepted"

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the sheet as lines."""
        if self.gathered is None:
            return [Line.of("Working out what must be ordered…", "dim")]
        drawing = ScreenLines(width, self.office.ways.places, self._packs, self._open)
        return drawing.all(self.groups) or [Line.of("Nothing must be ordered today.", "strong")]

    # -- keys ------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys of the sheet."""
        yield from self._line_keys()
        yield Key((":drafts",), "drafts", self.open_drafts, "List the draft orders", 9, _KEYS)
        snoozed = "Show snoozed items too, or no longer"
        yield Key(
            keys=(":snoozed",),
            means="hidden",
            label="snoozed",
            run=self.toggle_snoozed,
            help=snoozed,
            rank=8,
            group=_KEYS,
        )

    def _line_keys(self) -> Iterator[Key]:
        accept = "Draft the line; on a vendor's line, all of that vendor"
        why = "Show how the number came about, or hide it"
        for names, meaning, label, run, words, rank in (
            ((":accept",), "do", "accept", self.accept, accept, 1),
            (
                (":packs",),
                "edit",
                "change packs",
                self.read_packs,
                "Say another number of packs",
                1,
            ),
            ((":snooze",), "snooze", "snooze", self.read_snooze, "Snooze the item until a day", 1),
            (("enter", ":why"), "why", "why", self.toggle_why, why, 1),
            (("right", ":open"), "open", "item", self.open_item, "Open the item", 3),
        ):
            yield Key(
                keys=names,
                means=meaning,
                label=label,
                run=run,
                help=words,
                rank=rank,
                group=_KEYS,
                reason=self._not_some if meaning == "do" else self._not_one,
            )

    def is_about(self, line: Line, due_key: str) -> bool:
        """Whether a line is that of the vendor, or of the blocked item, that is due."""
        kind, _, which = due_key.partition(":")
        if isinstance(line.target, Group):
            vendor = line.target.vendor
            named = str(vendor.id) if vendor else "none"
            return kind == "inventory.reorder" and which == named
        if not isinstance(line.target, SheetLine):
            return False
        item_id = which.partition(":")[0]
        return kind == "inventory.reorder.blocked" and item_id == str(line.target.item.id)

    @property
    def line(self) -> SheetLine | None:
        """The line under the cursor."""
        return self.selected if isinstance(self.selected, SheetLine) else None

    def scanned(self, scan: Scan) -> None:
        """Go to the line of the item that was scanned."""
        record = self.navigator.record_of(scan)
        item_id = record.id if isinstance(record, Item) else getattr(record, "item_id", None)
        for index, line in enumerate(self.list.lines):
            if line.key.startswith(f"item {item_id} "):
                self.list.move_to(index)
                return
        self.say(f"{safe(record.human_key)} is not on this sheet.")

    def _not_some(self) -> str | None:
        if isinstance(self.selected, (SheetLine, Group)):
            return None
        return "there is nothing to order on this line"

    def _not_one(self) -> str | None:
        return None if self.line else "move to an item first"

    # -- accepting -------------------------------------------------------------------------------

    def accept(self) -> None:
        """Draft the line under the cursor, or all lines of the vendor."""
        if isinstance(self.selected, Group):
            self._accept_group(self.selected)
        elif self.line and is_ordered(self.line):
            self.ask(f"Draft {self._what_of(self.line)}?", self._draft([self.line.item.id]))
        elif self.line:
            why = self.line.suggestion.blocked or "it has no vendor to order from"
            name = safe(self.line.item.name)
            self.say(f"Nothing was drafted. {name}: {why.rstrip('.')}.")

    def _accept_group(self, group: Group) -> None:
        ids = [line.item.id for line in group.lines]
        if len(ids) > 1:
            # One snoozed item may be meant; those among others are shown, not ordered.
            ids = [line.item.id for line in group.lines if not line.snoozed_until]
        whose = f"of {safe(group.vendor.name)}" if group.vendor else "without a vendor"
        self.ask(f"Draft all {whose}, {wording.count(len(ids), 'line')}?", self._draft(ids))

    def _draft(self, ids: list[int]) -> partial[None]:
        """Return the write that drafts these items, with the packs changed here."""
        packs = {item_id: self._packs[item_id] for item_id in ids if item_id in self._packs}
        return partial(
            self.write,
            lambda office: draft_orders(office, ids, packs),
            partial(self._accepted, ids),
        )

    def _what_of(self, line: SheetLine) -> str:
        """Return in words what accepting a line drafts: all locations of its item together."""
        name = safe(line.item.name)
        count = self._lines_of(line.item)
        if count > 1:
            return f"{name} for {count} places"
        result = line.suggestion
        packs = self._packs.get(line.item.id, result.packs)
        return f"{in_packs(packs, result.pack, result.pack_size)} of {name}"

    def _lines_of(self, item: Item) -> int:
        """Return the number of lines of an item: one for each location with levels of its own."""
        count = 0
        for group in self.groups:
            count += sum(line.item.id == item.id for line in group.lines)
        return count

    def _accepted(self, ids: Sequence[int], drafted: Drafted) -> None:
        """Forget the changes that were drafted, and name the first line left out."""
        # The change to a line that was left out is still wanted.
        left = {line.item.id for line, _ in drafted.left}
        for item_id in ids:
            if item_id not in left:
                self._packs.pop(item_id, None)
        sentence = "Nothing was drafted."
        if drafted.lines:
            orders = ", ".join(f"{Order.meta.prefix}-{order}" for order in drafted.order_ids)
            sentence = f"{wording.count(drafted.lines, 'line')} drafted on {orders}."
        if drafted.left:
            line, why = drafted.left[0]
            sentence += f" {safe(line.item.name)}: {why}."
        if len(drafted.left) > 1:
            sentence += f" And {len(drafted.left) - 1} more were left."
        self.say(sentence)

    # -- changing --------------------------------------------------------------------------------

    def read_packs(self) -> None:
        """Ask for another number of packs."""
        line = self.line
        if line is None:
            return
        result = line.suggestion
        if result.blocked or result.offer is None:
            self.say(f"Change packs: {safe(result.blocked) or 'the item has no vendor'}.")
        # Changed packs are kept by item, and each location needs a number of its own.
        elif self._lines_of(line.item) > 1:
            cure = "accept it, then change the draft order"
            self.say(f"Change packs: the item is ordered for several places; {cure}.")
        else:
            least = f", at least {result.moq}" if result.moq > 1 else ""
            pack = f"{result.pack or 'pack'} of {result.pack_size}"
            label = f"{pack}, {result.packs} suggested{least}: "
            packs = str(self._packs.get(line.item.id, result.packs))
            self.ask_for(label, read_whole, partial(self._change, line), value=packs)

    def _change(self, line: SheetLine, packs: int) -> None:
        result = line.suggestion
        if packs < result.moq:
            least = in_packs(result.moq, result.pack, result.pack_size)
            raise UsageProblem(
                f"This vendor sells at least {least}; {self.letters['snooze']} snoozes the item.",
                code="out-of-range",
            )
        maximum = result.hard_maximum
        if maximum is not None and result.position + packs * result.pack_size > maximum:
            raise UsageProblem(
                f"That is above the item's hard maximum of {maximum}.", code="out-of-range"
            )
        if packs == result.packs:
            self._packs.pop(line.item.id, None)
            sentence = "As suggested again."
        else:
            self._packs[line.item.id] = packs
            sentence = f"{self.letters['do']} accepts the changed line."
        self.lay_out()
        self.show_bars()
        self.say(sentence)

    def read_snooze(self) -> None:
        """Ask for the day until which the item is snoozed."""
        if self.line:
            reader = partial(read_date, ways=self.office.ways)
            snooze = partial(self._snooze, self.line.item)
            self.ask_for("Snooze until (+7d, 2026-01-31): ", reader, snooze, value="+7d")

    def _snooze(self, item: Item, until: date) -> None:
        snoozed = f"{safe(item.name)} is snoozed until {until}."
        self.write(lambda office: snooze_item(office, item.id, until), lambda _: self.say(snoozed))

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
