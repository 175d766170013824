"""What SQLite says of a refused row is read into a code and columns: each of its messages, from SQLite itself."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from officeops.store.file_refusals import (
    KEPT,
    LEDGER,
    TAKEN,
    FileRefusal,
    names_nothing,
    raising,
    refusal_of,
)
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from officeops.office.office import Office

TABLES = f"""
CREATE TABLE vendor (id INTEGER PRIMARY KEY) STRICT;
CREATE TABLE lot (
    id INTEGER PRIMARY KEY, code TEXT NOT NULL, site TEXT, number INTEGER CHECK (number > 0),
    vendor_id INTEGER REFERENCES vendor(id), UNIQUE (code, site)
) STRICT;
CREATE UNIQUE INDEX lot_site ON lot(site) WHERE site = 'one';
INSERT INTO lot (code, site) VALUES ('A', 'one'), ('A', 'two');
CREATE TRIGGER ledger BEFORE DELETE ON lot BEGIN {raising(LEDGER, "lot", "Lots are a ledger")}; END;
CREATE TRIGGER kept BEFORE DELETE ON vendor BEGIN {raising(KEPT, "vendor", "it's kept")}; END;
CREATE TRIGGER taken BEFORE UPDATE OF code ON lot BEGIN {raising(TAKEN, "lot.code")}; END;
CREATE TRIGGER own BEFORE UPDATE OF number ON lot BEGIN SELECT RAISE(ABORT, 'number: is odd'); END;
CREATE TRIGGER plain BEFORE UPDATE OF site ON lot BEGIN SELECT RAISE(ABORT, 'not on Sundays'); END;
INSERT INTO vendor (id) VALUES (1);
"""
MESSAGES = {
    "INSERT INTO lot (code, site) VALUES ('A', 'two')": ("unique", ("code", "site")),
    "INSERT INTO lot (code, site) VALUES ('B', 'one')": ("unique", ("site",)),
    "INSERT INTO lot (id, code) VALUES (1, 'C')": ("unique", ("id",)),
    "INSERT INTO lot (site) VALUES ('two')": ("blank", ("code",)),
    "INSERT INTO lot (code, number) VALUES ('D', 0)": ("check", ()),
    "INSERT INTO lot (code, vendor_id) VALUES ('E', 99)": ("reference", ()),
    "INSERT INTO lot (code, number) VALUES ('F', 'many')": ("type", ("number",)),
    "DELETE FROM lot": ("ledger", ()),
    "DELETE FROM vendor": ("kept", ()),
    "UPDATE lot SET code = 'Z'": ("taken", ()),
    "UPDATE lot SET number = 3": ("trigger", ("number",)),
    "UPDATE lot SET site = 'two'": ("trigger", ()),
}


@pytest.mark.parametrize("statement", MESSAGES)
def test_each_message_of_sqlite_is_read(statement: str) -> None:
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.execute("PRAGMA foreign_keys = ON")
    db.executescript(TABLES)
    with pytest.raises(sqlite3.IntegrityError) as raised:
        db.execute(statement)
    read = refusal_of(raised.value)
    assert (read.code, read.columns) == MESSAGES[statement]
    if read.code == "trigger":
        assert read.words in {"is odd", "not on Sundays"}
    db.close()


def test_words_of_a_trigger_that_name_no_column_stay_whole() -> None:
    error = sqlite3.IntegrityError("On Sundays: no lots")
    assert refusal_of(error) == FileRefusal("trigger", (), "On Sundays: no lots")


@pytest.mark.parametrize(
    "statement",
    ["SELECT rate FROM absent", "SELECT absent FROM pay", "INSERT INTO pay (absent) VALUES (1)"],
)
def test_what_names_nothing_is_known_by_sqlite_s_text(statement: str) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE pay (rate)")
    with pytest.raises(sqlite3.OperationalError) as raised:
        db.execute(statement)
    assert names_nothing(raised.value)
    assert not names_nothing(sqlite3.OperationalError("near nothing: syntax error"))
    db.close()


@pytest.mark.officeops("vendors")
def test_a_sentence_names_the_records_and_not_the_table(office: Office) -> None:
    from officeops.office.validation import explain

    errors = {
        "LEDGER vendors_vendor: x": "are a ledger",
        "KEPT vendors_vendor: x": "never deleted",
        "NOT NULL constraint failed: vendors_vendor.name": "name: is needed",
    }
    for text, words in errors.items():
        [problem] = explain(office, sqlite3.IntegrityError(text), Vendor.meta, {})
        assert words in str(problem)
        assert "vendors_vendor" not in str(problem)
