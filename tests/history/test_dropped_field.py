"""A migration drops a field with one call; a plain DROP COLUMN is refused with that call."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.history import renaming_tools as version

from officeops import drop_field
from officeops.history.undo import undo
from officeops.history.verify import verify
from officeops.model.declarations import Query
from officeops.model.errors import Refused
from officeops.office.crud import add_record, edit_record
from officeops.store.dropped_field import ColumnKept
from officeops.store.migration import Migration
from officeops.store.migrations import MigrationFailed
from officeops.store.missing_migrations import migrated_scratch

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office

    Grow = Callable[..., Office]

NOTE = "    note: str | None = field(default=None)\n"
CODE = "    code: str | None = field(default=None, sealed=True, lookup=True)\n"


def without(*fields: str, steps: str) -> str:
    """Write a version of the plugin without some fields of the record, by further steps."""
    kind = version.KEY
    for line in fields:
        kind = kind.replace(line, "")
    loans = version.loan("lockers.key", "key_id") + "KINDS = [Key, Loan]\n"
    return version.FIRST + f"STEPS += [{steps}]\n" + kind + loans + version.HOOKS


DROPPED = without(
    NOTE,
    CODE,
    steps="""
    Migration("0002_note", drop_field("lockers.key", "note")),
    Migration("0003_code", drop_field("lockers.key", "code")),
""",
)


def columns(office: Office, table: str) -> list[str]:
    return [row[1] for row in office.rows(f"PRAGMA table_info({table})")]


def test_a_field_is_dropped_with_its_digests_and_indexes(grow: Grow) -> None:
    office = grow(version.ONE)
    kind = office.records["lockers.key"]
    add_record(office, kind, {"tag": "A-1", "holder": "Ann", "note": "blue", "code": "111"})
    office = grow(DROPPED)
    assert office.plugins.troubles == []
    assert columns(office, "lockers_key") == ["id", "version", "archived_at", "tag", "holder"]
    indexes = "SELECT count(*) FROM sqlite_master WHERE name = 'lockers_key_code_index'"
    assert office.value(indexes) == 0
    assert office.rows("SELECT id, tag, holder FROM lockers_key") == [(1, "A-1", "Ann")]
    assert verify(office) == []


def test_history_and_search_go_on_without_the_field(grow: Grow) -> None:
    office = grow(version.ONE)
    kind = office.records["lockers.key"]
    key = add_record(office, kind, {"tag": "A-1", "note": "blue"})
    edit_record(office, key, {"note": "red"})
    office = grow(DROPPED)
    kind = office.records["lockers.key"]
    with pytest.raises(Refused) as refused:
        undo(office, int(office.value("SELECT max(id) FROM core_action WHERE verb LIKE '%.edit'")))
    assert {problem.code for problem in refused.value.problems} == {"field-dropped"}
    edit_record(office, office.get(kind, 1), {"tag": "A-12345"})
    assert len(list(office.select(kind, [], Query(where="1234")))) == 1
    undo(office)
    assert office.value("SELECT tag FROM lockers_key") == "A-1"
    assert verify(office) == []


def test_a_reference_is_dropped_by_its_column(grow: Grow) -> None:
    office = grow(version.ONE)
    add_record(office, office.records["lockers.key"], {"tag": "A-1"})
    add_record(office, office.records["lockers.loan"], {"what": "First floor", "key_id": 1})
    code = without(steps='Migration("0002", drop_field("lockers.loan", "key_id"))')
    office = grow(code.replace('    key_id: int | None = ref("lockers.key", default=None)\n', ""))
    assert office.plugins.troubles == []
    assert columns(office, "lockers_loan") == ["id", "version", "archived_at", "what"]
    assert verify(office) == []


def test_a_plain_drop_is_refused_with_the_call_in_its_place(grow: Grow) -> None:
    grow(version.ONE)
    office = grow(
        without(NOTE, steps="Migration('0002', 'ALTER TABLE lockers_key DROP COLUMN note')")
    )
    [trouble] = office.plugins.troubles
    assert 'drop_field("lockers.key", "note")' in trouble.why
    assert "note" in columns(office, "lockers_key")


CHECKED = Migration(
    "0001",
    "CREATE TABLE keys_key (id INTEGER PRIMARY KEY, low INTEGER, high INTEGER, CHECK (low < high))",
)


def test_a_column_that_the_table_needs_is_kept_with_the_cure() -> None:
    steps = [CHECKED, Migration("0002", drop_field("keys.key", "low"))]
    with pytest.raises(MigrationFailed) as failed:
        migrated_scratch({"keys": steps})
    cause = failed.value.__cause__
    assert isinstance(cause, ColumnKept)
    assert cause.code == "column-kept"
    assert "plugins migration keys" in str(cause)


def test_a_column_that_is_not_there_is_refused_by_name() -> None:
    steps = [CHECKED, Migration("0002", drop_field("keys.key", "middle"))]
    with pytest.raises(MigrationFailed, match=r"keys_key.*middle"):
        migrated_scratch({"keys": steps})


@pytest.mark.parametrize(
    ("record", "field"), [("key", "note"), ("keys.key", "no te"), ("keys.key", "id")]
)
def test_a_name_that_no_field_can_have_is_refused_at_once(record: str, field: str) -> None:
    with pytest.raises(ValueError, match=field):
        drop_field(record, field)
