"""File counts: the counts of a file that are booked, and the rows and columns that are left out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from officeops import Location, UsageProblem, folded
from officeops.commands import office_of, run_of, say
from officeops.exchange import Unreadable, open_table, read_told
from officeops.values import wording
from officeops_inventory.counts.count_file import CountFile
from officeops_inventory.counts.counted import check_lots, checked, typed
from officeops_inventory.stock.elsewhere import carried, elsewhere

if TYPE_CHECKING:
    import click

    from officeops import Office
    from officeops_inventory.counts.counted import Counted


def counts_of_file(
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
            # Checked together: an item that is typed and in the file is counted twice.
            counts = checked(office, [*typed(words), *count_file.counts()], reason)
    except Unreadable as error:
        raise UsageProblem(error.message, code="unreadable") from error
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
