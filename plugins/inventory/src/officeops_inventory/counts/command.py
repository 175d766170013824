"""`officeops count`: a location's count sheet, and the counts that come back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from officeops import Already, Location, UsageProblem, computed
from officeops.commands import (
    PARTLY,
    book_sheet,
    draft_notes,
    entitle,
    example,
    office_of,
    output_options,
    page,
    print_rows,
    run_of,
    say,
    sheet_entries,
)
from officeops.values import wording
from officeops_inventory.counts import cycle
from officeops_inventory.counts.booking import REASONS
from officeops_inventory.counts.counted import checked, typed
from officeops_inventory.counts.repeats import booked_before
from officeops_inventory.counts.sheet import CountSheet
from officeops_inventory.counts.sheet_rows import sheet
from officeops_inventory.model import Item
from officeops_inventory.stock.elsewhere import elsewhere
from officeops_inventory.stock.intake import NO_LOT_HELP
from officeops_inventory.stock.whereabouts import in_words

if TYPE_CHECKING:
    from officeops import Office
    from officeops_inventory.counts.booking import CountResult
    from officeops_inventory.counts.counted import Counted

_ITEM = computed(
    "item",
    "",
    kind="text",
    list_rank=1,
)
_NAME = computed(
    "name",
    "",
    kind="text",
    list_rank=2,
)
_EXPECTED = computed(
    "expected",
    "",
    kind="quantity",
    list_rank=3,
)
_UNIT = computed(
    "unit",
    "",
    kind="text",
    list_rank=4,
)
_COUNTED = computed(
    "counted",
    "",
    kind="quantity",
    list_rank=2,
)
_DIFFERENCE = computed(
    "difference",
    "",
    kind="quantity",
    list_rank=3,
)
_LOT = computed(
    "lot",
    "",
    kind="text",
    list_rank=3,
)
_REPEATED = computed(
    "repeated",
    "",
    kind="yes_no",
    list_rank=5,
)
_BOOKED = computed(
    "booked",
    "",
    kind="text",
    label="Booked as",
    list_rank=4,
)


@example("'Exam room 1' GLV-M=4")
@click.command()
@click.argument("location")
@click.argument(
    "counts",
    nargs=-1,
    metavar="[SKU=QTY|'SKU lot NUMBER=QTY']...",
)
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
@click.option(
    "--no-lot",
    metavar="REASON",
    help=f"{NO_LOT_HELP}.",
)
@click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="Which column of the file is item, counted, lot …",
)
@click.option(
    "--keep-totals",
    is_flag=True,
    help="Also count rows that look like totals.",
)
@click.option(
    "--blind",
    is_flag=True,
    help="Leave out what the record expects.",
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Say what would be booked, and book nothing.",
)
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
    be the stock sheet that `item import` reads; with a column lot, each lot is counted separately,
    and lots that are not in the file stay as they are. Where held or expired stock is on the shelf
    beside usable stock, count by lot: 'VAX lot A1=12'.
    """
    office = office_of(ctx)
    place = office.find(Location, location)
    if not counts and file is None:
        _print_sheet(
            office,
            place,
            blind=blind,
            as_json=as_json,
            as_csv=as_csv,
        )
        return
    if maps and file is None:
        raise UsageProblem(
            "--map says what the columns of a file are; name one with --file.", code="not-together"
        )
    left: list[str] = []
    if file is None:
        entries = checked(
            office,
            typed(counts),
            reason,
        )
        _say_elsewhere(
            office,
            place,
            entries,
        )
    else:
        # A count that is typed starts without what reads files.
        from officeops_inventory.counts.file_counts import counts_of_file

        entries, left = counts_of_file(
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
    repeated = run_of(ctx).is_repeated
    _print_results(
        office,
        results,
        repeated=repeated,
        as_json=as_json,
        as_csv=as_csv,
    )
    sentences = [*left, f"{place.name}: {cycle.summary(results)}"]
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
    entitle(f"Count of {place.name}")
    if page():
        # A column to write in.
        fields.append(_COUNTED)
        rows = [[*cells, None] for cells in rows]
    nothing = f"There is nothing to count at {place.name}: no stock, and no item has a level there."
    print_rows(
        fields,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing=nothing,
    )
    for note in draft_notes(office, CountSheet.key):
        # A draft is of one location, and those of other shelves do not concern this sheet.
        if note.subject == str(place.id):
            counts = wording.count(note.rows, CountSheet.noun)
            say(f"{note.person} typed {counts} on the screen and did not book them yet.")


def _say_elsewhere(office: Office, place: Location, counts: list[Counted]) -> None:
    """Say which items the record has at other locations alone: they may have been moved here."""
    for count in counts:
        others = elsewhere(
            office,
            place.id,
            count,
        )
        if others:
            say(f"{count.item.sku}: {in_words(office, others.items())} there; was it moved here?")


def _carry_out(
    ctx: click.Context,
    office: Office,
    place: Location,
    counts: list[Counted],
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
    # Without a count there is nothing to book, and no action for the history.
    if dry_run or not counts:
        return cycle.expected(
            office,
            place,
            counts,
            reason,
            no_lot,
        )
    try:
        sheet = CountSheet(
            place,
            reason,
            no_lot,
        )
        entries = sheet_entries(
            office,
            sheet,
            sheet.lines_of(counts),
            by_id=True,
        )
        book_sheet(
            office,
            entries,
            run_of(ctx).request,
        )
    except Already as done:
        # This very count was booked; booked again, its shortfall would be used twice.
        run_of(ctx).repeat(done, silent=as_json)
        return (
            booked_before(
                office,
                counts,
                reason,
                done.action,
            )
            if as_json
            else None
        )
    for remark in office.remarks:
        say(remark)
    return sheet.results


def _print_results(
    office: Office,
    results: list[CountResult],
    *,
    repeated: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print the results, with a column of lots where any item was counted by lot."""
    items = {item.id: item for item in office.some(Item, [result.item_id for result in results])}
    # Scripts know the columns of a count without lots: the one of lots comes only where needed.
    in_lots = any(result.lot for result in results)
    rows = []
    for result in results:
        item = items[result.item_id]
        row = [item.sku, item.name, result.expected, result.counted, result.difference, result.kind]
        if in_lots:
            row.append(result.lot)
        if repeated:
            row.append(True)
        rows.append(row)
    fields = [_ITEM, _NAME, _EXPECTED, _COUNTED, _DIFFERENCE, _BOOKED]
    if in_lots:
        fields.append(_LOT)
    if repeated:
        fields.append(_REPEATED)
    nothing = "Nothing was counted."
    print_rows(
        fields,
        rows,
        office.ways,
        as_json=as_json,
        as_csv=as_csv,
        nothing=nothing,
    )
