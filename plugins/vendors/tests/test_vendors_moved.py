"""The one phone, address and account number of earlier versions become rows, and nothing is lost."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from sqlite_utils import Database

from officeops_vendors.moved_contacts import CHILDREN, move

if TYPE_CHECKING:
    from pathlib import Path

OLD = """
CREATE TABLE core_location (id INTEGER PRIMARY KEY);
CREATE TABLE vendors_vendor (id INTEGER PRIMARY KEY, archived_at TEXT, phone TEXT, address TEXT, account_number TEXT);
INSERT INTO vendors_vendor VALUES
    (1, NULL, '202.555.0111 x4', '12 Elm', '4411-2'),
    (2, '2026-01-01T00:00:00.000Z', 'ask at the desk', NULL, NULL),
    (3, NULL, NULL, '', '');
"""


def test_each_value_is_a_row_and_what_is_no_number_stays_as_typed(tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "old.db")
    db.executescript(OLD + CHILDREN)
    move(Database(db))
    phones = "SELECT vendor_id, archived_at, kind, number, digits FROM vendors_phone"
    assert db.execute(phones).fetchall() == [
        (1, None, "work", "(202) 555-0111 ext. 4", "12025550111"),
        (2, "2026-01-01T00:00:00.000Z", "work", "ask at the desk", None),
    ]
    addresses = "SELECT vendor_id, kind, address FROM vendors_address"
    assert db.execute(addresses).fetchall() == [(1, "main", "12 Elm")]
    assert db.execute("SELECT vendor_id, number FROM vendors_account").fetchall() == [(1, "4411-2")]
