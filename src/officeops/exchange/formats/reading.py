"""open_table(): any CSV, XLSX, XLS or JSON file, or standard input, as a table."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO

from officeops.exchange.formats.source import Source, from_path, from_stream
from officeops.exchange.formats.table import Cell, Table
from officeops.exchange.formats.unreadable import Unreadable

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from officeops.exchange.formats.plugin_rows import PluginRows
    from officeops.model.declarations import Format

__all__ = ["FORMATS", "Cell", "Table", "Unreadable", "open_table"]

FORMATS = ("csv", "json", "ods", "xls", "xlsb", "xlsx")

_BY_SUFFIX = {
    ".csv": "csv",
    ".tsv": "csv",
    ".psv": "csv",
    ".txt": "csv",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
}
_BY_NAME = {
    "tsv": "csv",
    "psv": "csv",
    "txt": "csv",
    "jsonl": "json",
    "ndjson": "json",
    **{name: name for name in FORMATS},
}
_SHEETS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0"


def open_table(
    source: Path | None,
    *,
    stream: BinaryIO | None = None,
    name: str = "",
    format: str | None = None,  # noqa: A002 - the word for it
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    nested: Collection[str] = (),
) -> Table:
    """Open a file, or a stream such as standard input, as a table; close it after use.

    The format is `format`, one of `FORMATS`, or else what the content and the name say.
    `encoding` and `delimiter` are recognised where they are not given; `sheet` is the first one.
    `nested` are the keys under which JSON may have rows of rows. `name` is what messages call the file. A stream is copied to a temporary file first, so that
    its rows too can be read again. Raises `Unreadable`, here and from `Table.rows`, with a
    sentence for the person who chose the file.
    """
    file = _opened(source, stream, name)
    try:
        suffix = PurePath(file.name).suffix.lower()
        kind = _format(file, suffix, format)
        return _table(file, kind, suffix, encoding, delimiter, sheet, nested)
    except BaseException:
        file.close()
        raise


def open_own(
    form: Format,
    reader: PluginRows,
    source: Path | None,
    stream: BinaryIO | None = None,
    name: str = "",
) -> Table:
    """Open a file, or a stream, of a plugin's format as a table; close it after use.

    Raises `Unreadable` as `open_table` does, and PluginFault for a fault of the plugin's code.
    """
    from officeops.exchange.formats.plugin_table import PluginTable

    file = _opened(source, stream, name)
    try:
        return PluginTable(file, form, reader)
    except BaseException:
        file.close()
        raise


def is_known(file: str) -> bool:
    """Whether a file's name ends as one of the program's own formats does, or says nothing."""
    suffix = PurePath(file).suffix.lower()
    return not suffix or suffix in _BY_SUFFIX or suffix in _SHEETS


def _opened(
    source: Path | None,
    stream: BinaryIO | None,
    name: str,
) -> Source:
    if source is not None:
        return from_path(source, name)
    if stream is None:
        raise TypeError("open_table() needs a path or a stream")
    return from_stream(stream, name)


def _table(
    file: Source,
    kind: str,
    suffix: str,
    encoding: str | None,
    delimiter: str | None,
    sheet: str | None,
    nested: Collection[str],
) -> Table:
    if kind == "csv":
        from officeops.exchange.formats.csv_table import CsvTable

        return CsvTable(file, encoding, delimiter, suffix)
    if kind == "json":
        from officeops.exchange.formats.json_table import JsonTable

        return JsonTable(file, encoding, nested)
    from officeops.exchange.formats.sheet_table import SheetTable

    return SheetTable(file, sheet, kind)


def _format(
    file: Source,
    suffix: str,
    wanted: str | None,
) -> str:
    if wanted is not None:
        if wanted.lower() not in _BY_NAME:
            raise Unreadable(
                f"There is no format {wanted!r}. The formats are {', '.join(FORMATS)}."
            )
        kind = _BY_NAME[wanted.lower()]
        # A person may call a file text; which workbook it is, its own beginning says.
        if kind in ("csv", "json"):
            return kind
    head = file.head(512)
    # No text begins like this, so a workbook is one whatever it was renamed to.
    if wanted or head.startswith((_ZIP, _COMPOUND)):
        return "xls" if head.startswith(_COMPOUND) else "xlsx"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if suffix in _SHEETS and text.startswith(b"<"):
        raise Unreadable(
            f"{file.name} is a web page named as a workbook. "
            "Open it in a spreadsheet and save it as XLSX."
        )
    # Many programs name plain text .xls so that a spreadsheet opens it.
    return _BY_SUFFIX.get(suffix) or ("json" if text[:1] in (b"[", b"{") else "csv")
