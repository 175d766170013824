"""Whatever is altered in tables and indexes is found by the check of every morning, and repaired where that is safe."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.effort import TIMES, seed
from tests.history.history_tools import raw

from officeops.selfcheck.run import findings

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli

pytestmark = pytest.mark.officeops("inventory")

#: What is done to the schema: the code that finds it, and whether --fix repairs it.
ALTERED = {
    "DROP INDEX core_action_request": ("tables-altered", True),
    "DROP INDEX inventory_move_item_id_location_id_day": ("tables-altered", True),
    "ALTER TABLE core_action ADD COLUMN note TEXT": ("tables-altered", False),
    "ALTER TABLE core_change ADD COLUMN size INTEGER AS (length(after)) VIRTUAL": ("tables-altered", False),
    "UPDATE sqlite_master SET sql = replace(sql, ') STRICT', ')') WHERE name = 'inventory_item'": ("tables-altered", False),
    "UPDATE sqlite_master SET sql = replace(sql, ' NOT NULL', '') WHERE name = 'inventory_item'": ("tables-altered", False),
    "UPDATE sqlite_master SET sql = sql || ' WHERE id > 1' WHERE name = 'inventory_move_item_id_location_id_day'": ("index-damaged", True),
    "INSERT INTO inventory_item_search (inventory_item_search) VALUES ('delete-all')": ("search-index-wrong", True),
}  # fmt: skip


def test_an_altered_schema_is_found_each_morning_and_an_index_made_again(
    cli: Cli, office: Office
) -> None:
    cli("init", "--name", "Maple Street")
    cli("item", "add", "--sku", "A", "--name", "Gloves")
    cli("item", "receive", "A", "--quantity", "5")
    assert bad(office) == set()
    chance = random.Random(seed())  # noqa: S311 - a test's choice
    # Those that are repaired go first: the others stay.
    drawn = list(ALTERED) if TIMES > 1 else chance.sample(list(ALTERED), 4)
    for sql in sorted(drawn, key=lambda sql: not ALTERED[sql][1]):
        code, is_repaired = ALTERED[sql]
        alter(office, sql)
        assert code in bad(office), sql
        if is_repaired:
            cli("selfcheck", "--fix")
            assert bad(office) == set(), sql


def alter(office: Office, sql: str) -> None:
    """Alter the file as another program does; of an index, so that a row is missing from it."""
    with raw(Path(office.path)) as db:
        db.execute("PRAGMA writable_schema = ON")
        was = db.execute("SELECT name, sql FROM sqlite_master WHERE sql != ''").fetchall()
        db.execute(sql)
        db.execute("PRAGMA writable_schema = RESET")
        if "WHERE id > 1" in sql:
            name = "inventory_move_item_id_location_id_day"
            db.execute(f"REINDEX {name}")
            db.execute("PRAGMA writable_schema = ON")
            db.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (dict(was)[name], name))
            db.execute("PRAGMA writable_schema = RESET")


def bad(office: Office) -> set[str]:
    """Return the codes of the problems that a session finds which opens the office now."""
    return {
        finding.code
        for finding in findings(office)
        if finding.severity == "problem" and finding.code != "backup-missing"
    }
