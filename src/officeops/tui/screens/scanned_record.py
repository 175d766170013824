"""The record of a scanned code: the one with that barcode, SKU, number or name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import NotFound, UsageProblem
from officeops.tui.base.record_order import ordered_types
from officeops.values.scanned.refusal import SEPARATOR, SHOWN_SEPARATOR
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.tui.terminal.scans import Scan

#: How many records of one code are named.
NAMED = 5


def scanned_record(office: Office, scan: Scan) -> Record:
    """Return the one record that has a code.

    The code itself is looked up first, which may be an office's own, then the items that it may
    mean. Plugins look first; then come keys, unique values and names.

    Raises NotFound if there is none, UsageProblem if several have the code, and Refused for a code
    that cannot be read; all name the code.
    """
    records = _found(office, scan.code.replace(SEPARATOR, SHOWN_SEPARATOR))
    if not records:
        for item in dict.fromkeys(reading.item for reading in scan.readings(office.today)):
            records += _found(office, item) if item else []
    if len(records) == 1:
        return records[0]
    if records:
        raise UsageProblem(
            f"The code {scan.shown} is that of several: {_names(records)}. Open one by hand.",
            code="ambiguous",
        )
    raise NotFound(f"Nothing here has the code {scan.shown}.", code="not-found")


def _found(office: Office, code: str) -> list[Record]:
    return _found_by_plugins(office, code) or _found_by_value(office, code)


def _names(records: Sequence[Record]) -> str:
    names = [f"{record.meta.one} {record}" for record in records[:NAMED]]
    return ", ".join(map(safe, names))


def _found_by_plugins(office: Office, code: str) -> list[Record]:
    """Return the records that plugins find by a code.

    The code need not be on the record itself: an item has the barcodes of its packs.
    """
    records: dict[tuple[str, int | None], Record] = {}
    for _, record in office.plugins.collect("search", office=office, text=code):
        if office.may_view(type(record)):
            records[record.meta.key, record.id] = record
    return list(records.values())


def _found_by_value(office: Office, code: str) -> list[Record]:
    """Return the records with the code as their key, a unique value or name.

    They are of one type: the first, in people's order, that has any.
    """
    for record in ordered_types(office):
        ids = office.find_ids(record, code, by_id=False)
        if ids:
            return list(office.some(record, ids))
    return []
