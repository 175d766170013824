"""`officeops reorder`: the reorder sheet, its reasons, drafting and snoozing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops import NotFound, Refused, UsageProblem
from officeops.commands import Group as CommandGroup
from officeops.commands import (
    WholeNumber,
    entitle,
    example,
    needed_day,
    office_of,
    outcome_option,
    output_options,
    run_of,
    say,
    say_outcome,
)
from officeops_inventory.declared.order_lifecycle import MOST_PACKS
from officeops_inventory.model import Item, Line, Order
from officeops_inventory.reorder.printed_sheet import print_groups, print_lines, print_reasons
from officeops_inventory.reorder.sheet import explain, sheet

if TYPE_CHECKING:
    from officeops import Office


@example("--vendor Medline")
@click.group(cls=CommandGroup, invoke_without_command=True)
@click.option("--vendor", metavar="VENDOR", help="Only this vendor's items.")
@click.option("--why", "which", metavar="ITEM", help="Print every term of the rule for one item.")
@click.option("--snoozed", is_flag=True, help="Include snoozed items.")
@click.option("--limit", default=0, type=WholeNumber(0), metavar="N", help="At most N items.")
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
        reasons = explain(office, office.find(Item, which))
        if as_json or as_csv:
            print_lines(office, reasons, as_json=as_json)
        else:
            print_reasons(office, reasons)
        return 0
    # Found before the sheet is read: a name that is no vendor's is an error, not an empty sheet.
    vendor_id = None if vendor is None else _vendor(office, vendor)
    entitle("Reorder sheet")
    groups = sheet(office, snoozed=snoozed).groups
    if vendor_id is not None:
        groups = [group for group in groups if group.vendor and group.vendor.id == vendor_id]
    lines = [line for group in groups for line in group.lines]
    if as_json or as_csv:
        print_lines(office, lines[:limit] if limit else lines, as_json=as_json)
    else:
        print_groups(office, groups, limit)
    # By all lines: a limit shortens the list, not the answer.
    return 3 if check and lines else 0


@example("--item GLV-M=2")
@reorder.command()
@click.option(
    "--item",
    "words",
    multiple=True,
    metavar="ITEM[=PACKS]",
    help="Only this item, with this many packs if given; may be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Print what would be drafted; keep nothing.")
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print the orders made or topped up as JSON; with --dry-run, the lines.",
)
@click.pass_context
def draft(
    ctx: click.Context,
    words: tuple[str, ...],
    *,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Make or top up one draft order per vendor. Run twice, it changes nothing the second time."""
    from officeops import Already
    from officeops_inventory.reorder.drafting import draft_orders
    from officeops_inventory.reorder.printed_draft import (
        drafted_on,
        print_dry_run,
        print_orders,
        summary,
    )

    office = office_of(ctx)
    run = run_of(ctx)
    chosen, packs = _chosen(office, words)
    try:
        drafted = draft_orders(
            # A dry run writes nothing that a repetition could double.
            office,
            chosen,
            packs,
            dry_run=dry_run,
            request=None if dry_run else run.request,
        )
    except Already as before:
        lines = _lines_of(office, before.action)
        order_ids = sorted({line.order_id for line in lines})
        run.repeat(before, silent=as_json, answer=drafted_on(len(lines), order_ids))
        if as_json:
            print_orders(order_ids, repeated=True)
        return
    for line, reason in drafted.left:
        say(f"{line.item.name} ({line.item.sku}) was left: {reason.rstrip('.')}.")
    if dry_run:
        print_dry_run(office, drafted, as_json=as_json)
        return
    if drafted.left_out:
        run.partly()
    if as_json:
        print_orders(drafted.order_ids)
    else:
        say(summary(drafted))


def _lines_of(office: Office, action: int) -> list[Line]:
    """Return the lines that an earlier draft wrote."""
    # The history is not visible to everyone who may draft; the orders of one's own draft are.
    with office.lifted():
        sql = "SELECT DISTINCT record_id FROM core_change WHERE action_id = ? AND record = ?"
        rows = office.rows(sql, action, Line.meta.table)
        line_ids = [line_id for (line_id,) in rows]
    return list(office.some(Line, line_ids))


@example("GLV-M --until +14d")
@reorder.command()
@click.argument("item")
@click.option(
    "--until", required=True, metavar="DATE", help="The day it comes back: 2026-01-31, +7d."
)
@outcome_option
@click.pass_context
def snooze(ctx: click.Context, item: str, until: str) -> None:
    """Leave an item off the reorder sheet until a day."""
    from officeops_inventory.reorder.drafting import snooze_item

    office = office_of(ctx)
    record = office.find(Item, item)
    day = needed_day(office, "--until", until)
    snooze_item(office, record.id, day, request=run_of(ctx).request)
    say_outcome(ctx, f"{record.name} is snoozed until {day}.")


def _chosen(office: Office, words: tuple[str, ...]) -> tuple[list[int] | None, dict[int, int]]:
    """Return the items to draft, None for all, and the packs that were given for some of them."""
    if not words:
        return None, {}
    packs: dict[int, int] = {}
    item_ids = []
    for word in words:
        name, equals, number = word.rpartition("=")
        number_of_packs = _packs(word, number) if equals else None
        item = office.find(Item, name if equals else word)
        item_ids.append(item.id)
        if number_of_packs is not None:
            packs[item.id] = number_of_packs
    return item_ids, packs


def _packs(word: str, number: str) -> int:
    # The length first: a number of a thousand digits takes long to read.
    if (
        number.isdecimal()
        and len(number) <= len(str(MOST_PACKS))
        and 1 <= int(number) <= MOST_PACKS
    ):
        return int(number)
    raise UsageProblem(
        f"--item {word!r}: {number!r} is not a number of packs from 1 to {MOST_PACKS:,}.",
        code="out-of-range",
    )


def _vendor(office: Office, word: str) -> int:
    """Return the id of the vendor that a word means.

    Raises NotFound, and Refused for an archived one: nothing is ordered from it.
    """
    target = office.target(Order.meta.by_name["vendor_id"])
    if target is None:
        raise NotFound("The plugin vendors is off.", code="plugin-off")
    vendor = office.find(target, word)
    if vendor.archived_at is not None:
        cure = f"`officeops vendor unarchive {office.word_for(vendor)}` brings it back"
        raise Refused(
            f"{office.name(vendor)} is archived, so nothing is ordered from it; {cure}",
            code="archived",
        )
    return vendor.id
