"""What code of an action may not run stays refused, whatever is written in front of it or between its words."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from officeops.model.errors import OutsideAction
from officeops.office.crud import add_record
from officeops.store.statements import begins_rollback, reads_only, refusal

if TYPE_CHECKING:
    from officeops.office.office import Office

pytestmark = pytest.mark.officeops("vendors")

NEVER = (
    "COMMIT", "END", "ROLLBACK", "BEGIN IMMEDIATE", "ATTACH ':memory:' AS other", "VACUUM",
    "PRAGMA recursive_triggers = OFF", "PRAGMA foreign_keys = OFF", "PRAGMA writable_schema = 1",
    "PRAGMA query_only = OFF", "PRAGMA wal_checkpoint", "PRAGMA Optimize", "PRAGMA main.ignore_check_constraints = ON", "CREATE TABLE spite (x)",
    "CREATE TEMP TRIGGER spite AFTER UPDATE ON vendors_vendor BEGIN SELECT 1; END", "DROP TABLE vendors_document",
    "DELETE FROM core_change", "DELETE FROM core_trigger", "UPDATE core_action SET actor = 'x'",
    "DELETE FROM vendors_vendor_same", "UPDATE main.vendors_vendor_same SET folded = 'x'",
    "INSERT INTO vendors_vendor_same (folded) VALUES ('x')", "INSERT INTO vendors_vendor_search (vendors_vendor_search) VALUES ('delete-all')",
    'DELETE FROM "vendors_vendor_search_data"', "DELETE FROM/* a b c */vendors_vendor_same",
    "UPDATE OR REPLACE [vendors_vendor_same] SET folded = 'x'",
)  # fmt: skip
#: Text in front of a statement that SQLite passes over.
DISGUISES = (
    "", "\ufeff", "\ufeff\ufeff ", " \n\t", ";", "; ;\ufeff", "-- SELECT 1\n", "/* PRAGMA table_info(x) */ ",
    "/* ROLLBACK TO x */", "/**/\ufeff/* SELECT */", "--\ufeff\n\ufeff",
)  # fmt: skip


@pytest.mark.parametrize("disguise", DISGUISES, ids=ascii)
def test_no_disguise_lets_code_of_an_action_do_more_than_write_rows(
    office: Office, disguise: str
) -> None:
    add_record(office, office.records["vendors.vendor"], {"name": "Acme"})
    before = list(office.store.db.iterdump())
    for statement in NEVER:
        for sql in (disguise + statement, disguise + statement.replace(" ", "\ufeff", 1)):
            assert refusal(sql, "acting"), sql
            assert refusal(sql, "reading"), sql
            with pytest.raises((OutsideAction, sqlite3.Error)), office.acting("test.spite"):
                office.store.db.execute(sql)
    assert list(office.store.db.iterdump()) == before
    assert list(office.rows("PRAGMA recursive_triggers")) == [(1,)]


@pytest.mark.parametrize("disguise", DISGUISES, ids=ascii)
def test_a_disguise_does_not_change_how_a_statement_is_taken(office: Office, disguise: str) -> None:
    assert reads_only(disguise + "SELECT 1")
    assert not reads_only(disguise + "UPDATE vendors_vendor SET note = 'n'")
    assert begins_rollback(disguise + "ROLLBACK TO x")
    for allowed in (
        "SAVEPOINT x",
        "ROLLBACK TO x",
        "RELEASE x",
        "UPDATE vendors_vendor SET note = 'n'",
    ):
        assert refusal(disguise + allowed, "acting") == ""
    changes = "SELECT count(*) FROM core_change WHERE record = 'vendors_vendor'"
    add_record(office, office.records["vendors.vendor"], {"name": "Acme"})
    with office.acting("test.raw"):
        for sql in ("SAVEPOINT x", "INSERT INTO vendors_vendor (name) VALUES ('Bolt')", "ROLLBACK TO x",
                    "INSERT INTO vendors_vendor (name) VALUES ('Crane')"):  # fmt: skip
            office.store.db.execute(disguise + sql)
    assert office.value(changes) == office.value("SELECT count(*) FROM vendors_vendor") == 2


def test_a_text_that_begins_with_no_word_is_refused() -> None:
    for sql in ("(SELECT 1)", "1", "\u00a0\u2003?", "é"):
        assert refusal(sql, "acting")
        assert refusal(sql, "reading")
    for nothing in ("", " ", "-- all of it", "\ufeff/* x */;"):
        assert refusal(nothing, "acting") == ""
