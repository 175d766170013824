"""Whoever writes a row, what `add` and `edit` would not have written is refused, or selfcheck lists it with its cure."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.history.history_tools import raw
from tests.office.same_tools import insert, row_of

from officeops.core.note_record import Note
from officeops.core.records import Location
from officeops.core.tag_record import Tag
from officeops.history.accept import accept, look
from officeops.history.verify import verify
from officeops.model.about import KEY, NUMBER
from officeops.model.errors import Refused
from officeops.model.identity import Identity
from officeops.selfcheck.content import record_findings
from officeops.selfcheck.field_values import unfit_values, value_findings
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.office.office import Office

#: Rows that code alone adds: SQL of an action is refused whatever is in them. A failure locks its sterilizer
#: in the same action.
ADDED_BY_CODE = {"core.event", "core.former-name", "maintenance.sterilizer-failure"}
NO_IDENTITY = Identity("", (), unique=False, is_code=False)
FAR = 999_999


def bad_values(meta: Meta) -> Iterator[tuple[str, Any]]:
    """Yield columns of a kind's table, each with a value that no form and no import writes there."""
    yield "version", 77
    yield "archived_at", "junk"
    for field in meta.fields:
        if field.target or field.name == NUMBER:
            yield field.name, FAR
        elif field.kind.name == "yes_no" or field.maximum is not None:
            yield field.name, (field.maximum or 1) + 1
        # SQL seals no value, so a sealed number has no limits there.
        elif field.minimum is not None and not field.sealed:
            yield field.name, field.minimum - 1
        elif not (field.is_integer or field.sealed):
            yield field.name, "junk \t junk "


def filled(office: Office) -> list[tuple[type[Record], int]]:
    """Add a row of every kind of record by SQL; return the kinds, each with its row."""
    rows = []
    for key in [*office.records]:
        record = office.records[key]
        # SQL cannot seal a value, so it adds no row that needs one.
        needs_seal = any(field.sealed and field.required for field in record.meta.fields)
        if not (record.meta.derived or key in ADDED_BY_CODE or needs_seal):
            values = row_of(office, record, NO_IDENTITY, "")
            # Loads of a sterilizer are those of units that have a procedure.
            if key == "maintenance.equipment":
                values["spore_procedure"] = "cdc_2008"
            # A lot that a record holds is not usable.
            if key == "inventory.lot":
                values["status"] = "quarantined"
            rows.append((record, insert(office, record, values)))
    return rows


def test_sql_of_an_action_writes_no_column_of_any_kind_as_no_form_could(office: Office) -> None:
    asked = 0
    for record, number in filled(office):
        table = record.meta.table
        with office.acting("test.raw"):
            for column, value in bad_values(record.meta):
                asked += 1
                sql = f"UPDATE {table} SET {column} = ? WHERE id = ?"
                try:
                    office.store.db.execute(sql, (value, number))
                except sqlite3.IntegrityError:
                    continue
                pytest.fail(f"SQL writes {column} of {record.meta.key}")
    assert asked > 200
    assert {finding.code for finding in verify(office)} == {"attachment-lost"}


def test_what_another_program_writes_there_is_listed(office: Office) -> None:
    rows = filled(office)
    with raw(Path(office.path)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        for record, number in rows:
            for column, value in bad_values(record.meta):
                db.execute(
                    f"UPDATE OR IGNORE {record.meta.table} SET {column} = ? WHERE id = ?",
                    (value, number),
                )
    dangling = " ".join(finding.what for finding in record_findings(office))
    for record, _ in rows:
        listed = {found.field.name for found in unfit_values(office, record)}
        for column, _value in bad_values(record.meta):
            field = record.meta.by_name.get(column)
            if column == "version" or (field and (field.target or column == NUMBER)):
                continue
            assert column in listed, (record.meta.key, column)
        if KEY in record.meta.by_name:
            assert f"{record.meta.plural} #1: the record that they are about" in dangling


NOWHERE: list[dict[str, object]] = [
    {"about_key": "core.location", "about_id": FAR},
    {"about_key": "no.such", "about_id": 1},
    {"about_key": "core.location", "about_id": None},
]


@pytest.mark.parametrize("subject", NOWHERE)
def test_no_road_puts_a_row_on_a_record_that_is_not_there(
    office: Office, subject: dict[str, Any]
) -> None:
    with office.acting("test.add"):
        place = office.add(Location(name="Shelf"))
        note = office.add(Note(text="A", about=place))
    for write in (
        lambda: office.add(Tag(word="A", **subject)),
        lambda: office.edit(note, **subject),
        lambda: office.add_many(Tag, [{"word": "A", **subject}]),
    ):
        with pytest.raises(Refused) as refused, office.acting("test.write"):
            write()
        for problem in refused.value.problems:
            assert problem.field.startswith("about")
            assert problem.code in {"not-found", "needed"}
    assert office.value("SELECT count(*) FROM core_tag") == 0


def test_texts_that_code_gives_are_kept_as_people_write_them(office: Office) -> None:
    with office.acting("test.add"):
        vendor = office.add(Vendor(name=" Acme\n  Inc ", website=" ", email="E\u0301mile@a.b"))
        office.edit(vendor, note=" 1 Main St \n\n Dayton ")
        office.add_many(
            Vendor, [{"name": "Bolt  ", "website": None}, {"name": "Nut", "website": "5"}]
        )
    columns = "SELECT name, website, email, note FROM vendors_vendor ORDER BY id"
    assert office.rows(columns) == [
        ("Acme Inc", None, "\u00c9mile@a.b", "1 Main St\n\nDayton"),
        ("Bolt", None, None, None),
        ("Nut", "5", None, None),
    ]
    for write in (
        lambda: office.add(Vendor(name="A\x1b[31m")),
        lambda: office.add_many(Vendor, [{"name": "A\x1b[31m"}]),
        lambda: office.edit(vendor, name="x" * 1001),
    ):
        with pytest.raises(Refused) as refused, office.acting("test.write"):
            write()
        assert [(problem.field, problem.code) for problem in refused.value.problems] == [
            ("name", "malformed")
        ]


def test_a_version_that_no_save_made_is_counted_again_where_an_owner_accepts_it(
    office: Office,
) -> None:
    with office.acting("test.add"):
        vendor = office.add(Vendor(name="Acme"))
    with raw(Path(office.path)) as db:
        db.execute("UPDATE vendors_vendor SET version = 77")
    assert [finding.code for finding in verify(office)] == ["record-version"]
    accept(office, look(office))
    assert verify(office) == []
    with office.acting("test.edit"):
        assert office.edit(office.get(Vendor, vendor.id), website="5").version == 2
    assert verify(office) == []


def test_the_cure_of_a_wrong_time_of_archiving_cures(office: Office) -> None:
    with office.acting("test.add"):
        office.add(Vendor(name="Acme"))
    with raw(Path(office.path)) as db:
        db.execute("UPDATE vendors_vendor SET archived_at = 'junk'")
    [finding] = value_findings(office)
    assert "Acme: Archived at: 'junk' is no time" in finding.what
    assert "officeops vendor unarchive '#1'" in finding.cure
    with office.acting("test.cure"):
        office.unarchive(office.get(Vendor, 1))
    assert [found.severity for found in value_findings(office)] == ["ok"]
