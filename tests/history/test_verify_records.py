"""A record, a layout or a column that is not as recorded is found, whatever text is in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.history.history_tools import do, raw

from officeops.history.verify import MOST, verify
from officeops.store.triggers import install
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from officeops.office.office import Office


@pytest.mark.parametrize("version", [-5, 0, 4, 2**40])
def test_a_version_that_no_saves_can_have_made_is_found(office: Office, version: int) -> None:
    do(office, ("add", "Acme"))
    do(office, ("edit", 0, "Acme Inc"))
    do(office, ("archive", 0))
    with raw(Path(office.path)) as db:
        db.execute("UPDATE vendors_vendor SET version = ?", (version,))
    [finding] = verify(office)
    assert (finding.code, finding.record, finding.record_id) == (
        "record-version",
        "vendors.vendor",
        1,
    )
    assert finding.facts["version"] == version


@pytest.mark.parametrize("columns", ["'x'", "CAST(x'ff' AS TEXT)", None])
def test_a_layout_that_is_altered_or_gone_is_found(office: Office, columns: str | None) -> None:
    do(office, ("add", "Acme"))
    [(name,)] = office.rows(
        "SELECT substr(after, 3, 16) FROM core_change WHERE record = 'vendors_vendor'"
    )
    with raw(Path(office.path)) as db:
        sql = (
            f"UPDATE core_layout SET columns = {columns}" if columns else "DELETE FROM core_layout"
        )
        db.execute(f"{sql} WHERE name = ?", (name,))
    told = f"The layout {name} is missing or was altered: 1 changes of vendors_vendor cannot be read without it."
    assert [str(each) for each in verify(office)] == [told]
    with office.store.exclusive("test") as db:
        install(db, [record.meta for record in office.records.values()])
    assert verify(office) == [], "a layout that is still declared can be made again"


def test_what_was_altered_and_then_overwritten_by_hand_is_found(office: Office) -> None:
    do(office, ("add", "Acme"))
    with raw(Path(office.path)) as db:
        db.execute("UPDATE vendors_vendor SET email = 'forged'")
    with office.acting("test.edit"):
        office.edit(next(office.all(Vendor)), email="mine@example.com")
    assert "found another email than the change before it had left" in " ".join(
        map(str, verify(office))
    )


def test_records_of_plugins_that_are_off_are_compared_too(office: Office) -> None:
    do(office, ("add", "Acme"))
    path = Path(office.path)
    office.close()
    with raw(path) as db:
        db.execute("UPDATE vendors_vendor SET name = 'forged'")
    from officeops.office.office import open_office

    with open_office(path, only=["inventory"]) as other:
        assert [(each.record, each.record_id) for each in verify(other)] == [("vendors_vendor", 1)]


def test_text_that_is_no_text_is_a_finding_and_no_crash(office: Office) -> None:
    do(office, ("add", "Acme"))
    with raw(Path(office.path)) as db:
        db.execute(
            "UPDATE core_change SET after = CAST(x'ff00fe' AS TEXT), record = CAST(x'ff' AS TEXT)"
        )
        db.execute(
            "UPDATE core_action SET actor = CAST(x'ff1b' AS TEXT), key_id = CAST(x'ff' AS TEXT) WHERE id = 2"
        )
    assert verify(office)


def test_one_value_that_is_no_text_hides_no_alteration_beside_it(office: Office) -> None:
    do(office, ("add", "Acme"))
    with raw(Path(office.path)) as db:
        db.execute(
            "UPDATE vendors_vendor SET note = CAST(x'ff' AS TEXT), website = '999' WHERE id = 1"
        )
    [finding] = verify(office)
    assert (finding.code, finding.record, finding.record_id) == (
        "record-unreadable",
        "vendors.vendor",
        1,
    )


def test_a_column_that_was_taken_away_is_found(office: Office) -> None:
    do(office, ("add", "Acme"))
    do(office, ("edit", 0, "Acme Inc"))
    path = Path(office.path)
    office.close()
    with raw(path) as db:
        triggers = db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        db.execute("ALTER TABLE vendors_vendor DROP COLUMN website")
    from officeops.office.office import open_office

    assert triggers == []
    with open_office(path, only=["inventory"]) as other:
        [finding] = [finding for finding in verify(other) if finding.kind == "record"]
    assert (finding.code, finding.record, finding.record_id) == (
        "record-altered",
        "vendors_vendor",
        1,
    )
    assert finding.facts["columns"] == ["website"]


def test_of_very_many_findings_the_rest_is_told_as_one(office: Office) -> None:
    with raw(Path(office.path)) as db:
        db.executemany(
            "INSERT INTO vendors_vendor (name) VALUES (?)", [(f"V{n}",) for n in range(MOST + 5)]
        )
    told = verify(office)
    assert len(told) == MOST + 1
    assert told[-1].kind == "more"
