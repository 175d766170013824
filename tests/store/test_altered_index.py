"""A searched row that was altered past officeops: its next edit is refused, with the cure that mends the index."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from officeops.model.error_words import damage
from officeops.tui.widgets.error_text import sentence

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli

#: One record of a kind with searched fields, and the change that is tried once its row was altered.
KINDS = {
    "vendor": (["--name", "Acme"], ["--name", "Other"]),
    "item": (["--sku", "A1", "--name", "Gloves"], ["--name", "Other"]),
    "location": (["--name", "Attic"], ["--name", "Other"]),
}


def alter(path: str, table: str, column: str) -> None:
    """Change a row as any program may: without the triggers that officeops needs, which are put back."""
    with closing(sqlite3.connect(path)) as db:
        triggers = db.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
        )
        kept = triggers.fetchall()
        for name, _ in kept:
            db.execute(f'DROP TRIGGER "{name}"')
        db.execute(f"UPDATE {table} SET {column} = 'Something else altogether'")
        for _, sql in kept:
            db.execute(sql)
        db.commit()


@pytest.mark.parametrize("noun", KINDS)
def test_the_sentence_names_the_cure_and_the_cure_works(cli: Cli, noun: str) -> None:
    first, change = KINDS[noun]
    assert cli(noun, "add", *first, "--json").code == 0
    table = {"vendor": "vendors_vendor", "item": "inventory_item", "location": "core_location"}[
        noun
    ]
    alter(str(cli.path), table, "name")
    number = cli(noun, "list", "--json").json[-1]["id"]
    refused = cli(noun, "edit", f"#{number}", *change)
    assert refused.code == 1
    assert "`officeops selfcheck --full --fix`" in refused.err
    assert "malformed" not in refused.err
    assert "Nothing was written." in refused.err
    cli("selfcheck", "--full", "--fix")
    assert cli(noun, "edit", f"#{number}", *change).code == 0


def test_the_screen_says_the_same(office: Office) -> None:
    error = sqlite3.DatabaseError("database disk image is malformed")
    assert damage(error) == ""
    error.sqlite_errorname = "SQLITE_CORRUPT_VTAB"
    assert "selfcheck --full --fix" in sentence(error)
    error.sqlite_errorname = "SQLITE_CORRUPT"
    assert "`officeops backup restore`" in sentence(error)[:80]
    assert office.path
