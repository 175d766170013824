"""A printout as a workbook: each of its tables on a sheet of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from officeops.exchange.formats.writing import Sheet, Unwritable, write_sheets
from officeops.exchange.paper.printout import Facts, Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.exchange.paper.printout import Printout


def write_workbook(out: BinaryIO, printout: Printout) -> None:
    """Write the tables and forms of a printout; other text is for pages.

    Raises Unwritable where there is none, or more than a sheet holds.
    """
    sheets = list(_sheets(printout))
    if not sheets:
        raise Unwritable("There is no table to put on a sheet. Write it as .txt or .pdf instead.")
    write_sheets(out, sheets)


def _sheets(printout: Printout) -> Iterator[Sheet]:
    for block in printout.blocks:
        if isinstance(block, Grid):
            # Values and field names where the table has them, so that numbers stay numbers.
            names, rows = (block.names, block.plain) if block.names else (block.labels, block.rows)
            yield Sheet(printout.title, names, rows)
        elif isinstance(block, Facts):
            yield Sheet(printout.title, ("Field", "Value"), block.pairs)
