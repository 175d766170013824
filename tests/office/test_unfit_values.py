"""Selfcheck reads every value of every kind of record, and finds the one that does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.made_once import copied, practice

from officeops.selfcheck.field_values import unfit_values

if TYPE_CHECKING:
    import pytest

    from officeops.testing import OfficeFactory


def test_every_record_is_read_and_only_a_planted_fault_is_found(
    office_factory: OfficeFactory, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The made-up practice is in order, and one bad value in any kind of record that has a bounded field is found."""
    path = copied(practice(tmp_path_factory), office_factory.home / "practice.db")
    office = office_factory("inventory", "vendors", file=path)
    for record in office.records.values():
        assert list(unfit_values(office, record)) == [], record.meta.key
    tried = 0
    for record in office.records.values():
        bad: dict[str, object] = {
            "choice": "nonsense",
            "date": "garbage",
            "number": -(2**40),
            "quantity": -(2**40),
        }
        field = next(
            (
                f
                for f in record.meta.fields
                if f.kind.name in {"choice", "date"}
                or (f.kind.name in bad and f.minimum is not None)
            ),
            None,
        )
        rows = office.rows(f"SELECT id FROM {record.meta.table} LIMIT 1")
        if field is None or not rows:
            continue
        tried += 1
        db = office.store.db
        with db.writable():
            for (trigger,) in office.rows(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?",
                record.meta.table,
            ):
                db.execute(f"DROP TRIGGER {trigger}")
            db.execute("PRAGMA ignore_check_constraints = ON")
            db.execute(
                f"UPDATE {record.meta.table} SET {field.name} = ? WHERE id = ?",
                (bad[field.kind.name], rows[0][0]),
            )
        assert [(each.id, each.field.name) for each in unfit_values(office, record)] == [
            (rows[0][0], field.name)
        ]
    assert tried >= 10
