"""The list of devices: who makes the device of a code, and its model, as FDA's AccessGUDID says.

The office loads it: `device.txt` of AccessGUDID's release, or any CSV with its columns.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, BinaryIO, Final

from officeops import Dataset, Forbidden, NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office, ScannedCode

#: The columns of AccessGUDID, in small letters; `primarydi` is the number that a code says.
_COLUMNS: Final = (
    "primarydi",
    "companyname",
    "brandname",
    "versionmodelnumber",
    "catalognumber",
)
DEVICES: Final = Dataset(
    "maintenance.device-identifiers",
    "Device identifiers",
    _COLUMNS,
    index=("primarydi",),
    read="officeops_maintenance.equipment.device_list:read_devices",
)


def read_devices(stream: BinaryIO, name: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Yield the line and values of each device. Raises Refused for a file without the columns."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    head = text.readline()
    # AccessGUDID's own files have a bar between values; a spreadsheet has commas.
    bar = "|" if "|" in head else ","
    header = [word.strip().lower() for word in next(csv.reader([head], delimiter=bar), [])]
    missing = [column for column in _COLUMNS if column not in header]
    if missing:
        why = f"has no column {', '.join(missing)}; take device.txt of AccessGUDID"
        raise Refused(why, name, code="needed")
    places = [header.index(column) for column in _COLUMNS]
    reader = csv.reader(text, delimiter=bar)
    for row in reader:
        if len(row) == len(header):
            yield reader.line_num + 1, [row[place] for place in places]


def device_of(office: Office, code: ScannedCode) -> tuple[str, str] | None:
    """Return the make and model of a code's device; None where the list has neither."""
    item = code.item or ""
    # A HIBC code is listed without its plus and its check character.
    for number in (item, item.lstrip("+"), item.lstrip("+")[:-1]):
        try:
            rows = DEVICES.look_up(office, primarydi=number) if number else []
        except (Forbidden, NotFound):
            return None
        for row in rows:
            model = row["versionmodelnumber"] or row["catalognumber"] or row["brandname"]
            return row["companyname"], model
    return None
