"""What a scanned code means: the record that has it as its barcode, SKU, number or name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import NotFound, UsageProblem
from officeops.tui.screens.record_types_screen import ordered_kinds
from officeops.values.convert import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.tui.terminal.scans import Scan


def scanned_record(office: Office, scan: Scan) -> Record:
    """Return the one record that a code means: first what plugins know it by, then keys and unique values.

    Raises NotFound where there is none, and UsageProblem where it means several; both name the code.
    """
    for meaning in scan.meanings():
        found = _known_to_plugins(office, meaning) or list(_by_value(office, meaning))
        if len(found) == 1:
            return found[0]
        if found:
            some = ", ".join(safe(f"{record.meta.label.lower()} {record}") for record in found[:5])
            raise UsageProblem(
                f"The code {scan.shown} is that of several: {some}. Open one by hand."
            )
    raise NotFound(f"Nothing here has the code {scan.shown}.")


def _known_to_plugins(office: Office, code: str) -> list[Record]:
    """Return what a plugin knows by a code that stands elsewhere than on the record: an item by its packs' barcodes."""
    answers = [record for _, record in office.plugins.collect("search", office=office, text=code)]
    seen = {
        (record.meta.key, record.id): record for record in answers if office.may_view(type(record))
    }
    return list(seen.values())


def _by_value(office: Office, code: str) -> Iterator[Record]:
    """Yield the records of the first kind, as people list them, that has the code as its key, a unique value or its name."""
    for record in ordered_kinds(office):
        if ids := office.find_ids(record, code, by_id=False):
            yield from office.some(record, ids)
            return
