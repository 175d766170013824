"""What can be read of a damaged office becomes a new one, and what cannot is listed."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.backup.backup_tools import items, stocked
from tests.effort import examples, seed

from officeops.history.verify import verify
from officeops.testing import Cli

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

pytestmark = pytest.mark.officeops("inventory")

PAGE = 4096


def test_of_a_sound_office_nothing_is_missing(
    cli: Cli, office: Office, office_factory: OfficeFactory
) -> None:
    stocked(cli)
    done = cli("salvage", office.path, "--to", str(cli.path.with_name("new.db")))
    assert done.code == 0, done.err
    with office_factory(file="new.db") as new:
        assert verify(new) == []
        assert new.value("SELECT verb FROM core_action ORDER BY id DESC") == "core.salvage"
        found = "SELECT count(*) FROM inventory_item_search WHERE name MATCH 'gloves'"
        assert new.value(found) == 3


def test_a_lost_row_is_made_from_its_history_and_every_loss_is_said(
    cli: Cli, office: Office, office_factory: OfficeFactory
) -> None:
    stocked(cli)
    before = items(cli)
    root = office.value("SELECT rootpage FROM sqlite_master WHERE name = 'inventory_item'")
    assert office.store.checkpoint()
    office.close()
    content = bytearray(cli.path.read_bytes())
    # The page of the items, and the header.
    content[(root - 1) * PAGE : (root - 1) * PAGE + 100] = bytes(100)
    content[:100] = b"\xff" * 100
    cli.path.write_bytes(content)
    line = Cli(Path(__file__))
    done = line("salvage", str(cli.path))
    assert done.code == 5, done.err
    assert "inventory_item: nothing can be read" in done.err
    assert "inventory_item: 3 rows that could not be read were made from the history" in done.err
    assert cli.path.read_bytes() == content
    with office_factory(file="office.db.salvaged.db") as new:
        assert verify(new) == []
    # It takes the place of the damaged one, whatever backups there are.
    line("--db", str(cli.path), "backup", "restore", f"{cli.path}.salvaged.db")
    assert items(cli) == before


def test_whatever_is_damaged_salvage_ends_in_a_sentence(cli: Cli, office: Office) -> None:
    stocked(cli)
    office.store.checkpoint()
    office.close()
    whole = cli.path.read_bytes()
    chance = random.Random(seed())  # noqa: S311 - a test's choice
    for number in range(examples(40)):
        content = bytearray(whole)
        for _ in range(chance.randrange(1, 4)):
            start = chance.randrange(len(content) // PAGE) * PAGE
            content[start : start + PAGE] = chance.choice([bytes(PAGE), chance.randbytes(PAGE)])
        source = cli.path.with_name(f"damaged-{number}.db")
        source.write_bytes(content)
        done = cli("salvage", str(source))
        assert done.code in {0, 1, 5}
        assert "fault in officeops" not in done.err, done.err
        assert not list(cli.path.parent.glob(".scratch-*"))
