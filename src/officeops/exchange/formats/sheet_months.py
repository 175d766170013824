"""The months of a sheet: day cells whose number format shows no day (mmm-yy).

"Mar 27" typed into one is kept as March 1. XLSX alone says so in a form that is cheap to read
(ECMA-376, 18.8.30 and 18.8.10); its other formats keep the first day. Runs in the process that
reads the workbook, under its limits.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from typing import IO

from officeops.exchange.formats.sheet_xml import (
    CellScan,
    elements,
    follow,
    is_suspect,
    parts_of,
    plain_tag,
    sheets,
    targets,
)

#: The one built-in format of a month: mmm-yy.
_BUILT_IN = "17"
#: What in a format is no token: quoted text, escapes, fillers, and colors and languages in
#: brackets.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_TOKENS = re.compile(r"[a-z]+")
_STYLES = "xl/styles.xml"

#: The columns with months, by row; both count from 0.
Months = dict[int, set[int]]


def find_months(file: IO[bytes], name: str) -> Months:
    """Return the cells of an XLSX sheet whose format shows a month and no day.

    Other formats have none.
    """
    file.seek(0)
    if not zipfile.is_zipfile(file):
        return {}
    with zipfile.ZipFile(file) as archive:
        parts = parts_of(archive)
        if _STYLES not in parts or "xl/workbook.xml" not in parts:
            return {}
        styles = month_styles(archive.read(parts[_STYLES]))
        if not styles:
            return {}
        relation = sheets(archive, parts).get(name, "")
        target = targets(archive, parts, "xml").get(relation, "")
        part = parts.get(target.casefold())
        if part is None or not is_suspect(archive, part, _cells_of(styles)):
            return {}
        scan = _MonthScan(styles)
        follow(archive, part, scan)
        return scan.months


def _cells_of(styles: set[str]) -> re.Pattern[bytes]:
    """Return the pattern of a cell with one of these styles."""
    numbers = "|".join(sorted(styles))
    return re.compile(rb"\bs\s*=\s*[\"'](?:%s)[\"']" % numbers.encode())


def month_styles(styles: bytes) -> set[str]:
    """Return the numbers of the cell styles whose format shows a month and a year, and no day."""
    formats = {_BUILT_IN}
    numbers: set[str] = set()
    number = 0
    is_of_cells = False
    for tag, attributes in elements(styles):
        if tag == "numFmt" and shows_month(attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif tag in {"cellStyleXfs", "cellXfs", "cellStyles", "dxfs"}:
            is_of_cells = tag == "cellXfs"
            number = 0
        elif tag == "xf" and is_of_cells:
            if attributes.get("numFmtId") in formats:
                numbers.add(str(number))
            number += 1
    return numbers


def shows_month(code: str) -> bool:
    """Return whether a number format shows a month and a year, and neither a day nor a time."""
    first_section = code.partition(";")[0]
    tokens = _TOKENS.findall(_LITERAL.sub(" ", first_section).lower())
    letters = {token[0] for token in tokens}
    return letters == {"m", "y"}


class _MonthScan(CellScan):
    """Follows the cells of a worksheet's XML for those of some styles."""

    def __init__(self, styles: set[str]) -> None:
        super().__init__()
        self.months: Months = defaultdict(set)
        self._styles = styles

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        super().start(tag, attributes)
        if plain_tag(tag) == "c" and attributes.get("s") in self._styles:
            self.months[self.row].add(self.column)
