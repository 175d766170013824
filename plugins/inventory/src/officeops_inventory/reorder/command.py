"""`officeops reorder`: what must be ordered, from whom, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from officeops import Location, NotFound, Refused, UsageProblem
from officeops.cli.context import office_of, run_of
from officeops.cli.days import needed_day
from officeops.cli.group import Group as CommandGroup
from officeops.cli.output import output_options, print_table, print_values, say
from officeops.values import wording
from officeops.values.convert import amount, money_text, price_text, safe
from officeops_inventory.declared.amounts import UNKNOWN
from officeops_inventory.declared.order_lifecycle import MOST_PACKS
from officeops_inventory.model import Item, Line, Order
from officeops_inventory.purchasing.totals import Total
from officeops_inventory.reorder.explain import why, why_line
from officeops_inventory.reorder.sheet import Group, explain, sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office
    from officeops_inventory.reorder.drafting import Drafted, DraftLine
    from officeops_inventory.reorder.suggestions import SheetLine

COLUMNS = (
    "item", "name", "vendor", "location", "position", "reorder_point", "order_up_to", "packs", "pack", "pack_size", "quantity", "price",
    "amount", "usable", "doomed", "on_order", "in_draft", "late", "blocked", "snoozed_until", "item_id", "vendor_id", "why",
)  # fmt: skip
#: What `draft --dry-run` prints of each line.
DRY = (
    "order",
    "vendor",
    "item",
    "name",
    "packs",
    "pack",
    "pack_size",
    "quantity",
    "price",
    "amount",
)


@click.group(cls=CommandGroup, invoke_without_command=True)
@click.option("--vendor", metavar="VENDOR", help="Only this vendor's items.")
@click.option("--why", "which", metavar="ITEM", help="Print every term of the rule for one item.")
@click.option("--snoozed", is_flag=True, help="Snoozed items too.")
@click.option("--limit", default=0, type=click.IntRange(0), metavar="N", help="At most N items.")
@click.option("--check", is_flag=True, help="End with exit code 3 when anything must be ordered.")
@output_options
@click.pass_context
def reorder(
    ctx: click.Context,
    vendor: str | None,
    which: str | None,
    limit: int,
    *,
    snoozed: bool,
    check: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """What to order and why; `draft` makes the purchase orders."""
    if ctx.invoked_subcommand:
        return 0
    office = office_of(ctx)
    if which is not None:
        lines = explain(office, _item(office, which))
        return _explain(office, lines, as_json=as_json, as_csv=as_csv)
    # Looked up also where nothing must be ordered: a name that is no vendor's is an error, not an empty sheet.
    wanted = None if vendor is None else _vendor(office, vendor)
    groups = sheet(office, snoozed=snoozed).groups
    if vendor is not None:
        groups = [
            group for group in groups if group.vendor is not None and group.vendor.id == wanted
        ]
    lines = [line for group in groups for line in group.lines]
    if as_json or as_csv:
        print_values(
            COLUMNS,
            (_row(office, line) for line in (lines[:limit] if limit else lines)),
            as_json=as_json,
        )
    else:
        _print(office, groups, limit)
    return 3 if check and lines else 0


@reorder.command()
@click.option(
    "--item",
    "words",
    multiple=True,
    metavar="ITEM[=PACKS]",
    help="Only this item, and if said this many packs; may be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Print what would be drafted; keep nothing.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the orders made or topped up as JSON; with --dry-run, the lines.",
)
@click.pass_context
def draft(ctx: click.Context, words: tuple[str, ...], *, dry_run: bool, as_json: bool) -> None:
    """Make or top up one draft order per vendor. Run twice, it changes nothing the second time."""
    from officeops.model.errors import Already
    from officeops_inventory.reorder.drafting import draft_orders

    office = office_of(ctx)
    chosen, packs = _chosen(office, words)
    try:
        done = draft_orders(
            office, chosen, packs, dry_run=dry_run, request=None if dry_run else run_of(ctx).request
        )
    except Already as before:
        run_of(ctx).repeat(before, silent=as_json)
        if as_json:
            _print_orders(_orders_of(office, before.action))
        return
    for line, reason in done.left:
        say(f"{line.item.name} ({line.item.sku}) was left: {reason.rstrip('.')}.")
    if dry_run:
        _print_dry(office, done, as_json=as_json)
        return
    if done.left_out:
        run_of(ctx).partly()
    if as_json:
        _print_orders(done.order_ids)
        return
    say(_told(done))


def _told(done: Drafted) -> str:
    """Return in a sentence what was drafted."""
    if done.order_ids:
        keys = ", ".join(f"PO-{order_id}" for order_id in done.order_ids)
        return f"{wording.count(done.lines, 'line')} drafted on {keys}."
    if done.left_out:
        return f"Nothing was drafted; {wording.count(len(done.left_out), 'item')} left out."
    return "Nothing needs drafting."


def _orders_of(office: Office, action: int) -> list[int]:
    """Return the orders whose lines an earlier draft wrote."""
    with office.lifted():
        sql = "SELECT DISTINCT record_id FROM core_change WHERE action_id = ? AND record = ?"
        ids = [id_ for (id_,) in office.rows(sql, action, Line.meta.table)]
    return sorted({line.order_id for line in office.some(Line, ids)})


def _print_orders(ids: Iterable[int]) -> None:
    print_values(["order"], ([f"PO-{each}"] for each in ids), as_json=True)


def _print_dry(office: Office, done: Drafted, *, as_json: bool) -> None:
    """Print the lines that would be drafted; an order that would be new has no number yet."""
    rows = [_dry_row(office, done, line) for line in done.made]
    if as_json:
        print_values(DRY, rows, as_json=True)
        return
    if rows:
        shown = [
            [
                safe("" if cell is None else str(cell))
                for cell in ("new" if row[0] is None else row[0], *row[1:])
            ]
            for row in rows
        ]
        labels = [name.replace("_", " ").capitalize() for name in DRY]
        print_table(
            labels,
            shown,
            [name in {"packs", "pack_size", "quantity", "price", "amount"} for name in DRY],
            [0, 1, 0, 2, 0, 3, 5, 4, 6, 3],
        )
    say(
        f"If this were no dry run: {wording.count(len(rows), 'line')} on {wording.count(len(done.order_ids), 'order')}."
        if rows
        else "Nothing needs drafting."
    )


def _dry_row(office: Office, done: Drafted, drafted: DraftLine) -> list[Any]:
    line, offer = drafted.sheet_line, drafted.sheet_line.suggestion.offer
    assert offer is not None  # noqa: S101 - lines without one were left out
    total = None if offer.price is None else amount(offer.price, drafted.packs)
    order = None if drafted.order_id in done.new_orders else f"PO-{drafted.order_id}"
    return [
        order, offer.vendor, line.item.sku, line.item.name, drafted.packs, offer.pack, offer.pack_size,
        drafted.packs * offer.pack_size, _price(office, line), _money(office, total),
    ]  # fmt: skip


@reorder.command()
@click.argument("item")
@click.option(
    "--until", required=True, metavar="DATE", help="The day it comes back: 2026-01-31, +7d."
)
@click.pass_context
def snooze(ctx: click.Context, item: str, until: str) -> None:
    """Put an item off the reorder sheet until a day."""
    from officeops_inventory.reorder.drafting import snooze_item

    office = office_of(ctx)
    found = _item(office, item)
    day = needed_day(office, "--until", until)
    snooze_item(office, found.id, day, request=run_of(ctx).request)
    say(f"{found.name} is snoozed until {day}.")


def _item(office: Office, word: str) -> Item:
    return office.find(Item, word)


def _chosen(office: Office, words: tuple[str, ...]) -> tuple[list[int] | None, dict[int, int]]:
    if not words:
        return None, {}
    packs: dict[int, int] = {}
    ids = []
    for word in words:
        name, equals, number = word.rpartition("=")
        if equals and not (
            number.isdecimal()
            and len(number) <= len(str(MOST_PACKS))
            and 1 <= int(number) <= MOST_PACKS
        ):
            raise UsageProblem(
                f"--item {word!r}: {number!r} is not a number of packs from 1 to {MOST_PACKS:,}."
            )
        ids.append(_item(office, name if equals else word).id)
        if equals:
            packs[ids[-1]] = int(number)
    return ids, packs


def _vendor(office: Office, word: str) -> int:
    """Return the id of the vendor a word means. Raises NotFound, and Refused for an archived one: nothing is ordered from it."""
    field = Order.meta.by_name["vendor_id"]
    target = office.target(field)
    if target is None:
        raise NotFound("The plugin vendors is off.")
    vendor = office.find(target, word)
    if vendor.archived_at is not None:
        cure = f"`officeops vendor unarchive {office.word_for(vendor)}` brings it back"
        raise Refused(f"{office.name(vendor)} is archived, so nothing is ordered from it; {cure}")
    return vendor.id


def _money(office: Office, minor: int | None) -> str | None:
    return None if minor is None else money_text(minor, office.ways.places)


def _price(office: Office, line: SheetLine) -> str | None:
    offer = line.suggestion.offer
    return (
        None
        if offer is None or offer.price is None
        else price_text(offer.price, office.ways.places)
    )


def _place(office: Office, line: SheetLine) -> str | None:
    return office.label(Location, line.location_id) or None


def _row(office: Office, line: SheetLine) -> list[Any]:
    s, offer = line.suggestion, line.suggestion.offer
    return [
        line.item.sku, line.item.name, offer.vendor if offer else None, _place(office, line), s.position, s.reorder_point, s.order_up_to, s.packs, s.pack,
        s.pack_size, s.quantity, _price(office, line), _money(office, line.amount), s.usable, s.doomed, s.on_order,
        s.in_draft, s.late, s.blocked or None, line.snoozed_until or None, line.item.id, offer.vendor_id if offer else None,
        why_line(s, line.item.base_unit),
    ]  # fmt: skip


def _explain(office: Office, lines: list[SheetLine], *, as_json: bool, as_csv: bool) -> int:
    if as_json or as_csv:
        print_values(COLUMNS, (_row(office, line) for line in lines), as_json=as_json)
        return 0
    for line in lines:
        name = f"{line.item.name} ({line.item.sku})"
        if line.location_id:
            name += f" at {_place(office, line)}"
        click.echo("\n".join(why(line.suggestion, name, line.item.base_unit)))
        if line.item.discontinued:
            click.echo("Discontinued: never ordered.")
    return 0


def _print(office: Office, groups: list[Group], limit: int) -> None:
    if not groups:
        say("Nothing must be ordered.")
    left = limit or sum(len(group.lines) for group in groups)
    for n, group in enumerate(groups):
        if left <= 0:
            break
        click.echo(("\n" if n else "") + _heading(office, group))
        shown = group.lines[:left]
        left -= len(shown)
        print_table(
            ["Item", "Name", "Order", "Price", "Amount", "Position", "At", "To", "Note"],
            [_cells(office, line) for line in shown],
            [False, False, False, True, True, True, True, True, False],
            [1, 1, 0, 5, 3, 4, 6, 7, 2],
        )


def _heading(office: Office, group: Group) -> str:
    if group.vendor is None:
        return "No vendor"
    parts = [group.vendor.name]
    if group.total:
        parts.append(f"{_money(office, group.total)} {office.facts.currency}")
    if group.unpriced:
        parts.append(f"{wording.count(group.unpriced, 'line')} without a price")
    if group.drafted or group.drafted_unpriced:
        parts.append(
            f"{Total(group.drafted, group.drafted_unpriced).words(office.ways.places)} in draft"
        )
    if group.to_minimum:
        parts.append(f"{_money(office, group.to_minimum)} short of the minimum order")
    if group.to_free_freight:
        parts.append(f"{_money(office, group.to_free_freight)} to free freight")
    return " · ".join(parts)


def _cells(office: Office, line: SheetLine) -> list[str]:
    s = line.suggestion
    name = f"{line.item.name} at {_place(office, line)}" if line.location_id else line.item.name
    order = "" if s.blocked else wording.packs(s.packs, s.pack or line.item.base_unit, s.pack_size)
    notes = [
        note
        for note in (
            "LATE" if s.late else "",
            f"blocked: {s.blocked}" if s.blocked else "",
            *s.warnings,
        )
        if note
    ]
    if line.snoozed_until:
        notes.append(f"snoozed until {line.snoozed_until}")
    return [
        line.item.sku, name, order, _price(office, line) or "", (_money(office, line.amount) or UNKNOWN) if s.packs else "",
        str(s.position), str(s.reorder_point), str(s.order_up_to), "; ".join(notes),
    ]  # fmt: skip
