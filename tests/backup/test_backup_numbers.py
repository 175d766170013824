"""After a live restore the history's numbers go on: none is given twice, and who follows it sees every change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.backup.backup_tools import folder_of, made, stocked

from officeops.history.verify import verify as verify_history

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli

pytestmark = pytest.mark.officeops("vendors", "inventory")


def last(office: Office) -> tuple[int, int]:
    """The highest number of an action, and of a change."""
    return tuple(
        office.value(f"SELECT max(id) FROM {table}") for table in ("core_action", "core_change")
    )


def add(cli: Cli, sku: str) -> None:
    """Put an item on the shelves."""
    assert cli("item", "add", "--sku", sku, "--name", sku).code == 0


def test_a_follower_misses_nothing_after_a_live_restore(cli: Cli, office: Office) -> None:
    stocked(cli)
    first = made(office).path
    for number in range(5):
        add(cli, f"GONE-{number}")
    action, cursor = last(office)
    assert cli("backup", "restore", first, "--live", "--yes").code == 0
    assert verify_history(office) == []
    add(cli, "AFTER")
    assert last(office)[0] == action + 2
    seen = [row["after"] for row in cli("history", "--since", str(cursor), "--json").json]
    assert any("AFTER" in str(each) for each in seen)
    assert verify_history(office) == []
    # Again and to and fro, also to the state between two restores.
    safety = folder_of(office).all()[1].path
    middle = made(office).path
    for path in (safety, first, middle, first):
        before = last(office)
        assert cli("backup", "restore", path, "--live", "--yes").code == 0, path
        assert verify_history(office) == []
        assert last(office)[0] > before[0]
        add(cli, f"AFTER-{before[0]}")
        assert last(office)[1] > before[1]
        assert verify_history(office) == []
    assert cli("backup").code == cli("selfcheck", "--quiet").code == 0


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE core_action SET arguments = replace(arguments, 'after', 'aftxr') WHERE verb = 'core.restore'",
        "DELETE FROM core_action WHERE id = (SELECT max(id) FROM core_action WHERE id < (SELECT id FROM core_action WHERE verb = 'core.restore'))",
        "DELETE FROM core_action WHERE verb = 'core.restore'",
        "DELETE FROM core_change WHERE id = (SELECT max(id) FROM core_change)",
    ],
)
def test_a_gap_that_no_restore_tells_of_is_found(cli: Cli, office: Office, harm: str) -> None:
    stocked(cli)
    first = made(office).path
    add(cli, "GONE")
    assert cli("backup", "restore", first, "--live", "--yes").code == 0
    add(cli, "AFTER")
    assert verify_history(office) == []
    db = office.store.db
    triggers = office.rows(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('core_action', 'core_change')"
    )
    with db.writable():
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute(harm)
        for _, sql in triggers:
            db.execute(sql)
    assert verify_history(office)
