"""`officeops count`: a location's count sheet, and the counts that come back."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from officeops import Location, UsageProblem, computed
from officeops.cli.context import office_of, run_of
from officeops.cli.output import output_options, print_rows, say
from officeops.model.errors import Already
from officeops.model.exit_codes import PARTLY
from officeops.model.text_folding import folded
from officeops.values import wording
from officeops_inventory.counts import cycle
from officeops_inventory.counts.booking import REASONS
from officeops_inventory.model import Item
from officeops_inventory.stock.elsewhere import carried, elsewhere
from officeops_inventory.stock.intake import NO_LOT_HELP
from officeops_inventory.stock.ledger import in_words

if TYPE_CHECKING:
    from officeops import Office
    from officeops_inventory.counts.booking import CountResult
    from officeops_inventory.counts.count_file import CountFile
    from officeops_inventory.counts.cycle import Counted

_ITEM = computed("item", "", kind="text", list_rank=1)
_NAME = computed("name", "", kind="text", list_rank=2)
_EXPECTED = computed("expected", "", kind="quantity", list_rank=3)
_UNIT = computed("unit", "", kind="text", list_rank=4)
_COUNTED = computed("counted", "", kind="quantity", list_rank=2)
_DIFFERENCE = computed("difference", "", kind="quantity", list_rank=3)
_LOT = computed("lot", "", kind="text", list_rank=3)
_BOOKED = computed("booked", "", kind="text", label="Booked as", list_rank=4)


@click.command()
@click.argument("location")
@click.argument("counts", nargs=-1, metavar="[SKU=QTY|'SKU lot NUMBER=QTY']...")
@click.option(
    "--reason",
    type=click.Choice(REASONS),
    default="use",
    show_default=True,
    help="How to book a shortfall.",
)
@click.option(
    "--file",
    "file",
    metavar="FILE",
    help="CSV, XLSX or JSON with the columns item and counted; - is stdin.",
)
@click.option("--no-lot", metavar="REASON", help=f"{NO_LOT_HELP}.")
@click.option(
    "--map",
    "told",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="Which column of the file is item, counted, lot …",
)
@click.option(
    "--keep-totals", is_flag=True, help="Count rows of the file too that look like totals."
)
@click.option("--blind", is_flag=True, help="Leave out what the record expects.")
@click.option("--dry-run", is_flag=True, help="Say what would be booked, and book nothing.")
@output_options
@click.pass_context
def count(
    ctx: click.Context,
    location: str,
    counts: tuple[str, ...],
    reason: str,
    file: str | None,
    told: tuple[str, ...],
    no_lot: str | None,
    *,
    keep_totals: bool,
    blind: bool,
    dry_run: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print a location's count sheet, or book a count.

    Quantities are in base units. A shortfall is booked as use since the last count, or by --reason; a surplus as an
    adjustment. All counts are checked before any is booked. A file may be the stock
    sheet that `item import` reads; with a column lot, each lot is counted by itself and the others stay. Where held
    or expired stock is on the shelf beside other, a difference is counted by lot: 'VAX lot A1=12'.
    """
    office = office_of(ctx)
    place = office.find(Location, location)
    if not counts and file is None:
        _print_sheet(office, place, blind=blind, as_json=as_json, as_csv=as_csv)
        return
    if told and file is None:
        raise UsageProblem("--map says what the columns of a file are; name one with --file.")
    left: list[str] = []
    if file is None:
        entries = cycle.checked(office, cycle.typed(counts), reason)
        _say_elsewhere(office, place, entries)
    else:
        entries, left = _with_file(ctx, place, counts, file, told, reason, keep_totals=keep_totals)
    results = _carry_out(
        ctx, office, place, entries, reason, no_lot, dry_run=dry_run, as_json=as_json or as_csv
    )
    if results is not None:
        _print_results(office, results, as_json=as_json, as_csv=as_csv)
        for sentence in cycle.lot_sentences(office, results) if dry_run else ():
            say(sentence)
        for sentence in left:
            say(sentence)
        say(cycle.summary(results) + (" Nothing was booked (--dry-run)." if dry_run else ""))
        if left and not dry_run:
            ctx.exit(PARTLY)


def _print_sheet(
    office: Office, place: Location, *, blind: bool, as_json: bool, as_csv: bool
) -> None:
    fields = [_ITEM, _NAME, _UNIT] if blind else [_ITEM, _NAME, _EXPECTED, _UNIT]
    found = cycle.sheet(office, place)
    rows = [[getattr(row, field.name) for field in fields] for row in found]
    if any(row.lot for row in found):
        fields.append(_LOT)
        rows = [
            [*row, of.lot.number if of.lot else None] for row, of in zip(rows, found, strict=True)
        ]
    nothing = f"There is nothing to count at {place.name}: no stock, and no item has a level there."
    print_rows(fields, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing=nothing)


def _say_elsewhere(office: Office, place: Location, counts: list[Counted]) -> None:
    """Say of what the record has at other locations alone: it may have been carried here."""
    for count in counts:
        if others := elsewhere(office, place.id, count):
            say(f"{count.item.sku}: {in_words(office, others.items())} there; was it moved here?")


def _with_file(
    ctx: click.Context,
    place: Location,
    counts: tuple[str, ...],
    file: str,
    told: tuple[str, ...],
    reason: str,
    *,
    keep_totals: bool,
) -> tuple[list[Counted], list[str]]:
    """Return the counts that were typed and those of a file, and sentences on what of the file was left out."""
    from officeops.exchange.columns.matching import read_told
    from officeops.exchange.formats.reading import Unreadable, open_table
    from officeops_inventory.counts.count_file import CountFile

    office = office_of(ctx)
    try:
        stdin = sys.stdin.buffer if file == "-" else None
        name = "standard input" if stdin else file
        with open_table(None if stdin else Path(file), stream=stdin, name=name) as table:
            meanings = dict(read_told(told))
            sheet = CountFile(
                office, table, place, meanings, run_of(ctx).machine, keep_totals=keep_totals
            )
            counted = cycle.checked(office, [*cycle.typed(counts), *sheet.said()], reason)
    except Unreadable as error:
        raise UsageProblem(error.message) from error
    typed = {count.item.id for count in cycle.checked(office, cycle.typed(counts), reason)}
    counted, left = _booked_here(office, place, counted, sheet, typed)
    cycle.check_lots(office, place, counted, by_lot=sheet.in_lots)
    for note in sheet.notes:
        say(note)
    left += sheet.totals()
    if sheet.elsewhere:
        left.append(f"{wording.count(sheet.elsewhere, 'row')} of other locations left out.")
    if sheet.unused:
        first = sheet.unused[0]
        cure = f'--map "{first}=FIELD" takes a column, --map "{first}=" leaves it out on purpose'
        left.append(f"NOT USED: {', '.join(sheet.unused)}. {cure}.")
    return counted, left


def _booked_here(
    office: Office, place: Location, counts: list[Counted], sheet: CountFile, typed: set[int]
) -> tuple[list[Counted], list[str]]:
    """Return the counts to book, and sentences on rows left out: the record has their goods elsewhere, where no row has any."""
    booked, left = [], []
    for count in counts:
        others = {} if count.item.id in typed else elsewhere(office, place.id, count)
        if others and not set(others) & _counted_at(office, sheet, count):
            number = count.lot.number if count.lot else ""
            left.append(
                f"Left out: {carried(office, count.item, count.counted, place.id, others, number)}"
            )
        else:
            booked.append(count)
    return booked, left


def _counted_at(office: Office, sheet: CountFile, count: Counted) -> set[int]:
    """Return the other locations for which the file has rows of an item too."""
    words = {folded(count.item.sku), folded(count.item.name)}
    names = [location for item, location in sheet.others if folded(item) in words]
    return {
        location_id
        for name in names
        for location_id in office.find_ids(Location, name, by_id=False)
    }


def _carry_out(
    ctx: click.Context,
    office: Office,
    place: Location,
    entries: list[Counted],
    reason: str,
    no_lot: str | None,
    *,
    dry_run: bool,
    as_json: bool,
) -> list[CountResult] | None:
    """Book the counts, or only say what that would do; what the same request booked before is told again."""
    if dry_run or not entries:
        return cycle.expected(office, place, entries, reason, no_lot)
    try:
        results = cycle.book(office, place, entries, reason, run_of(ctx).request, no_lot=no_lot)
    except Already as done:
        run_of(ctx).repeat(done, silent=as_json)
        return cycle.booked_before(office, entries, reason, done.action) if as_json else None
    for remark in office.remarks:
        say(remark)
    return results


def _print_results(
    office: Office, results: list[CountResult], *, as_json: bool, as_csv: bool
) -> None:
    items = {item.id: item for item in office.some(Item, [result.item_id for result in results])}
    in_lots = any(result.lot for result in results)
    rows = []
    for result in results:
        item = items[result.item_id]
        row = [item.sku, item.name, result.expected, result.counted, result.difference, result.kind]
        rows.append([*row, result.lot] if in_lots else row)
    fields = [_ITEM, _NAME, _EXPECTED, _COUNTED, _DIFFERENCE, _BOOKED, *([_LOT] if in_lots else [])]
    print_rows(
        fields, rows, office.ways, as_json=as_json, as_csv=as_csv, nothing="Nothing was counted."
    )
