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
from officeops_inventory.counts.counted import check_lots, checked, typed
from officeops_inventory.counts.sheet_rows import sheet
from officeops_inventory.model import Item
from officeops_inventory.stock.elsewhere import carried, elsewhere
from officeops_inventory.stock.intake import NO_LOT_HELP
from officeops_inventory.stock.whereabouts import in_words

if TYPE_CHECKING:
    from officeops import Office
    from officeops_inventory.counts.booking import CountResult
    from officeops_inventory.counts.count_file import CountFile
    from officeops_inventory.counts.counted import Counted

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
    "maps",
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
    maps: tuple[str, ...],
    no_lot: str | None,
    *,
    keep_totals: bool,
    blind: bool,
    dry_run: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print a location's count sheet, or book a count.

    Quantities are in base units. A shortfall is booked as use since the last count, or by
    --reason; a surplus as an adjustment. All counts are checked before any is booked. A file may
    be the stock sheet that `item import` reads; with a column lot, each lot is counted by itself
    and the others stay. Where held or expired stock is on the shelf beside other, a difference is
    counted by lot: 'VAX lot A1=12'.
    """
    office = office_of(ctx)
    place = office.find(Location, location)
    if not counts and file is None:
        _print_sheet(office, place, blind=blind, as_json=as_json, as_csv=as_csv)
        return
    if maps and file is None:
        raise UsageProblem("--map says what the columns of a file are; name one with --file.")
    left: list[str] = []
    if file is None:
        entries = checked(office, typed(counts), reason)
        _say_elsewhere(office, place, entries)
    else:
        entries, left = _with_file(
            ctx,
            place,
            counts,
            file,
            maps,
            reason,
            keep_totals=keep_totals,
        )
    results = _carry_out(
        ctx,
        office,
        place,
        entries,
        reason,
        no_lot,
        dry_run=dry_run,
        as_json=as_json or as_csv,
    )
    if results is None:
        return
    _print_results(office, results, as_json=as_json, as_csv=as_csv)
    sentences = [*left, cycle.summary(results)]
    if dry_run:
        sentences = [*cycle.lot_sentences(office, results), *sentences]
        sentences[-1] += " Nothing was booked (--dry-run)."
    for sentence in sentences:
        say(sentence)
    # A dry run leaves nothing out: it books nothing.
    if left and not dry_run:
        ctx.exit(PARTLY)


def _print_sheet(
    office: Office,
    place: Location,
    *,
    blind: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print the rows to count; with `blind`, without the quantities that the record expects."""
    fields = [_ITEM, _NAME, _UNIT] if blind else [_ITEM, _NAME, _EXPECTED, _UNIT]
    sheet_rows = sheet(office, place)
    in_lots = any(row.lot for row in sheet_rows)
    rows = []
    for row in sheet_rows:
        cells = [getattr(row, field.name) for field in fields]
        if in_lots:
            cells.append(row.lot.number if row.lot else None)
        rows.append(cells)
    if in_lots:
        fields.append(_LOT)
    nothing = f"There is nothing to count at {place.name}: no stock, and no item has a level there."
    print_rows(
        fields,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing=nothing,
    )


def _say_elsewhere(office: Office, place: Location, counts: list[Counted]) -> None:
    """Say which items the record has at other locations alone: they may have been moved here."""
    for count in counts:
        others = elsewhere(office, place.id, count)
        if others:
            say(f"{count.item.sku}: {in_words(office, others.items())} there; was it moved here?")


def _with_file(
    ctx: click.Context,
    place: Location,
    words: tuple[str, ...],
    file: str,
    maps: tuple[str, ...],
    reason: str,
    *,
    keep_totals: bool,
) -> tuple[list[Counted], list[str]]:
    """Return the counts typed and those of a file, and sentences on rows and columns left out."""
    # A count that is typed reads no file, and starts without what reads one.
    from officeops.exchange.columns.matching import read_told
    from officeops.exchange.formats.reading import Unreadable, open_table
    from officeops_inventory.counts.count_file import CountFile

    office = office_of(ctx)
    stdin = sys.stdin.buffer if file == "-" else None
    path = None if stdin else Path(file)
    name = "standard input" if stdin else file
    try:
        with open_table(path, stream=stdin, name=name) as table:
            machine = run_of(ctx).machine
            meanings = dict(read_told(maps))
            count_file = CountFile(
                office,
                table,
                place,
                meanings,
                machine,
                keep_totals=keep_totals,
            )
            counts = checked(office, [*typed(words), *count_file.counts()], reason)
    except Unreadable as error:
        raise UsageProblem(error.message) from error
    # A count typed beside the file is booked here, wherever the record has the goods.
    by_hand = {count.item.id for count in checked(office, typed(words), reason)}
    counts, left = _booked_here(office, place, counts, count_file, by_hand)
    check_lots(office, place, counts, by_lot=count_file.in_lots)
    for note in count_file.notes:
        say(note)
    return counts, [*left, *_not_taken(count_file)]


def _not_taken(count_file: CountFile) -> list[str]:
    """Return a sentence on each kind of row and column that a count does not take."""
    sentences = count_file.totals()
    if count_file.elsewhere:
        rows = wording.count(count_file.elsewhere, "row")
        sentences.append(f"{rows} of other locations left out.")
    if count_file.unused:
        first = count_file.unused[0]
        cure = f'--map "{first}=FIELD" takes a column, --map "{first}=" leaves it out on purpose'
        sentences.append(f"NOT USED: {', '.join(count_file.unused)}. {cure}.")
    return sentences


def _booked_here(
    office: Office,
    place: Location,
    counts: list[Counted],
    count_file: CountFile,
    by_hand: set[int],
) -> tuple[list[Counted], list[str]]:
    """Return the counts to book, and sentences on those left out.

    A row is left out where the record has its goods at another location alone, of which the file
    has no row: they may have been moved, and counted here they would double. Counts typed by hand
    are booked.
    """
    booked, left = [], []
    for count in counts:
        others = {} if count.item.id in by_hand else elsewhere(office, place.id, count)
        if not others or others.keys() & _counted_at(office, count_file, count):
            booked.append(count)
            continue
        number = count.lot.number if count.lot else ""
        carried_words = carried(
            office,
            count.item,
            count.counted,
            place.id,
            others,
            number,
        )
        left.append(f"Left out: {carried_words}")
    return booked, left


def _counted_at(office: Office, count_file: CountFile, count: Counted) -> set[int]:
    """Return the other locations for which the file has rows of an item too."""
    words = {folded(count.item.sku), folded(count.item.name)}
    location_ids: set[int] = set()
    for item, location in count_file.others:
        if folded(item) in words:
            location_ids.update(office.find_ids(Location, location, by_id=False))
    return location_ids


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
    """Book the counts and return the results; with `dry_run`, without booking.

    None where the same request booked them before, which is said here; with `as_json`, the results
    of that booking.
    """
    if dry_run or not entries:
        return cycle.expected(office, place, entries, reason, no_lot)
    try:
        results = cycle.book(
            office,
            place,
            entries,
            reason,
            run_of(ctx).request,
            no_lot=no_lot,
        )
    except Already as done:
        # This very count was booked; booked again, its shortfall would be used twice.
        run_of(ctx).repeat(done, silent=as_json)
        return cycle.booked_before(office, entries, reason, done.action) if as_json else None
    for remark in office.remarks:
        say(remark)
    return results


def _print_results(
    office: Office, results: list[CountResult], *, as_json: bool, as_csv: bool
) -> None:
    """Print the results, with a column of lots where any item was counted by lot."""
    items = {item.id: item for item in office.some(Item, [result.item_id for result in results])}
    # Scripts know the columns of a count without lots: the one of lots comes only where needed.
    in_lots = any(result.lot for result in results)
    rows = []
    for result in results:
        item = items[result.item_id]
        row = [item.sku, item.name, result.expected, result.counted, result.difference, result.kind]
        rows.append([*row, result.lot] if in_lots else row)
    fields = [_ITEM, _NAME, _EXPECTED, _COUNTED, _DIFFERENCE, _BOOKED]
    if in_lots:
        fields.append(_LOT)
    nothing = "Nothing was counted."
    print_rows(
        fields,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing=nothing,
    )
