"""Import and export: any table an office has, in and out.

Plugins use the names below, each of which loads on first use: `Importer`, `Row` and what goes with
them for what an import of a record brings along; the others to read a table of a plugin's own,
such as a count sheet, by the same rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.lazy_names import lazy_names

if TYPE_CHECKING:
    from officeops.exchange.cards.card import Card, CardProperty, escaped
    from officeops.exchange.cards.reading import read_cards
    from officeops.exchange.cards.writing import write_cards
    from officeops.exchange.columns.cell_errors import error_in
    from officeops.exchange.columns.column_ways import ColumnWays
    from officeops.exchange.columns.header_row import find_header
    from officeops.exchange.columns.header_words import everyday, words
    from officeops.exchange.columns.matching import (
        Match,
        listed,
        match_columns,
        read_told,
        translations,
    )
    from officeops.exchange.columns.totals import RecordRows
    from officeops.exchange.document_import import ExpiringDocumentImport
    from officeops.exchange.formats.reading import Table, Unreadable, open_table
    from officeops.exchange.formats.table import Cell, blank_columns
    from officeops.exchange.formats.writing import unguard
    from officeops.exchange.importer import MAYBE_ANOTHER, Asking, Importer, Row, column_of
    from officeops.exchange.imports.cell_readers import resolve
    from officeops.exchange.paper.printout import Beside, Facts, Grid, Lines, Printout, Sums
    from officeops.query.new_references import misfits
    from officeops.query.own_number import OWN_NUMBER

_HOME = {
    "Card": "exchange.cards.card",
    "CardProperty": "exchange.cards.card",
    "escaped": "exchange.cards.card",
    "read_cards": "exchange.cards.reading",
    "write_cards": "exchange.cards.writing",
    "Sums": "exchange.paper.printout",
    "Printout": "exchange.paper.printout",
    "Lines": "exchange.paper.printout",
    "Grid": "exchange.paper.printout",
    "Facts": "exchange.paper.printout",
    "Beside": "exchange.paper.printout",
    "Asking": "exchange.importer",
    "Cell": "exchange.formats.table",
    "ColumnWays": "exchange.columns.column_ways",
    "ExpiringDocumentImport": "exchange.document_import",
    "Importer": "exchange.importer",
    "RecordRows": "exchange.columns.totals",
    "MAYBE_ANOTHER": "exchange.importer",
    "OWN_NUMBER": "query.own_number",
    "Match": "exchange.columns.matching",
    "Row": "exchange.importer",
    "Table": "exchange.formats.reading",
    "Unreadable": "exchange.formats.reading",
    "blank_columns": "exchange.formats.table",
    "column_of": "exchange.importer",
    "error_in": "exchange.columns.cell_errors",
    "everyday": "exchange.columns.header_words",
    "find_header": "exchange.columns.header_row",
    "listed": "exchange.columns.matching",
    "match_columns": "exchange.columns.matching",
    "misfits": "query.new_references",
    "open_table": "exchange.formats.reading",
    "read_told": "exchange.columns.matching",
    "resolve": "exchange.imports.cell_readers",
    "translations": "exchange.columns.matching",
    "unguard": "exchange.formats.writing",
    "words": "exchange.columns.header_words",
}

__all__ = [
    "MAYBE_ANOTHER",
    "OWN_NUMBER",
    "Asking",
    "Beside",
    "Card",
    "CardProperty",
    "Cell",
    "ColumnWays",
    "ExpiringDocumentImport",
    "Facts",
    "Grid",
    "Importer",
    "Lines",
    "Match",
    "Printout",
    "RecordRows",
    "Row",
    "Sums",
    "Table",
    "Unreadable",
    "blank_columns",
    "column_of",
    "error_in",
    "escaped",
    "everyday",
    "find_header",
    "listed",
    "match_columns",
    "misfits",
    "open_table",
    "read_cards",
    "read_told",
    "resolve",
    "translations",
    "unguard",
    "words",
    "write_cards",
]

__getattr__ = lazy_names(__name__, _HOME)
