"""What a vendor with its children costs beside plain SQL: to show it, and to change five of its phones."""

from __future__ import annotations

import json
from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING, Final

from benchmarks.measure import Figure, busy, figure, timed
from officeops.cli.verbs.parts import parts_as_json
from officeops.cli.verbs.show_verb import details
from officeops.office.children.child_change import ChildChange
from officeops.office.children.rows import children_of
from officeops.office.crud import edit_record
from officeops.office.office import open_office

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from officeops.model.records import Record
    from officeops.office.office import Office

#: Phones of each vendor, shows and edits in a round, and vendors in the file.
PHONES, SHOWS, EDITS, VENDORS = 5, 50, 5, 2_000
#: The columns that `show --json` has of each kind of child.
_CHILDREN: Final = {
    "phones": "SELECT id, kind, number, note, digits FROM vendors_phone",
    "contacts": "SELECT id, name, role, call_for, phone, mobile, email, note, digits FROM vendors_contact",
    "addresses": "SELECT id, kind, address FROM vendors_address",
    "accounts": (
        "SELECT t.id, number, (SELECT name FROM core_location WHERE id = location_id), "
        "location_id, note FROM vendors_account t"
    ),
}
_FIRST: Final = (
    "SELECT number FROM vendors_phone WHERE vendor_id = ? AND archived_at IS NULL ORDER BY id"
)


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the figures of children, in this process."""
    with closing(
        open_office(folder / "children.db", create=True, actor="benchmark", only=["vendors"])
    ) as office:
        vendor = _filled(office)
        yield figure(
            f"a vendor with {PHONES} phones as JSON, {SHOWS} times, CPU",
            "the vendor, and its rows by plain SQL",
            lambda: busy(lambda: [_shown(office, vendor) for _ in range(SHOWS)]),
            lambda: busy(lambda: [_plain(office, vendor) for _ in range(SHOWS)]),
            limit=2,
            aim=2,
            rounds=15,
        )
        notes = count()
        yield figure(
            f"changing {PHONES} phones of a vendor, {EDITS} times",
            "the same action with plain SQL",
            lambda: timed(lambda: _often(_edit, office, vendor, notes)),
            lambda: timed(lambda: _often(_update, office, vendor, notes)),
            limit=2,
            aim=1.5,
            rounds=15,
        )


def _filled(office: Office) -> Record:
    """Add vendors with phones, and return one of them."""
    kinds = office.records
    with office.acting("benchmark", bulk="vendors"):
        names = [{"name": f"Vendor {number}"} for number in range(VENDORS)]
        rows = []
        for number in office.add_many(kinds["vendors.vendor"], names):
            for place in range(PHONES):
                text = f"(202) 555-{place:02}{number % 100:02}"
                rows.append({"vendor_id": number, "number": text, "digits": "1" + text})
        office.add_many(kinds["vendors.phone"], rows)
    return office.get(kinds["vendors.vendor"], VENDORS // 2)


def _shown(office: Office, vendor: Record) -> str:
    _, values = details(office, vendor, everything=True)
    return json.dumps([*values, parts_as_json(office, vendor)])


def _plain(office: Office, vendor: Record) -> str:
    _, values = details(office, vendor, everything=True)
    rows: dict[str, object] = {}
    for options, sql in _CHILDREN.items():
        where = "WHERE vendor_id = ? AND archived_at IS NULL ORDER BY id"
        rows[options] = [tuple(row) for row in office.rows(f"{sql} {where}", vendor.id)]
    return json.dumps([*values, rows])


def _often(
    change: Callable[[Office, Record, int], None],
    office: Office,
    vendor: Record,
    notes: Iterator[int],
) -> None:
    for _ in range(EDITS):
        change(office, vendor, next(notes))


def _edit(office: Office, vendor: Record, number: int) -> None:
    child = vendor.children[0]
    phones = children_of(office, vendor, child)
    changes = [ChildChange(child, {"note": f"Desk {number}"}, phone) for phone in phones]
    current = office.get(type(vendor), vendor.id)
    edit_record(office, current, {"email": f"a{number}@b.example"}, None, changes)


def _update(office: Office, vendor: Record, number: int) -> None:
    with office.acting("vendors.vendor.edit"), office.store.db.checked("vendors_phone"):
        ids = [row[0] for row in office.rows(_FIRST.replace("number", "id", 1), vendor.id)]
        for phone in ids:
            office.store.db.execute(
                "UPDATE vendors_phone SET note = ?, version = version + 1 WHERE id = ?",
                (f"Desk {number}", phone),
            )
        with office.store.db.checked("vendors_vendor"):
            office.store.db.execute(
                "UPDATE vendors_vendor SET email = ?, version = version + 1 WHERE id = ?",
                (f"a{number}@b.example", vendor.id),
            )
