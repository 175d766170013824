"""Side files that are removed under an open session lose nothing that was acknowledged."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.office.office import open_office
from officeops.store.office_files import Replaced
from officeops_inventory.model import Item

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli

pytestmark = pytest.mark.officeops("inventory")


def add(path: Path, sku: str) -> subprocess.CompletedProcess[str]:
    """Add an item by a process of its own."""
    words = ["--db", str(path), "item", "add", "--sku", sku, "--name", sku]
    return subprocess.run(
        [sys.executable, "-m", "officeops", *words], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("endings", [("-shm",), ("-wal",), ("-wal", "-shm")])
def test_what_is_removed_under_a_session_loses_no_acknowledged_save(
    cli: Cli, office: Office, endings: tuple[str, ...]
) -> None:
    office.close()
    cli("init", "--name", "Maple Street")
    told = set()
    with open_office(cli.path) as session:
        with session.acting("inventory.item.add"):
            session.add(Item(sku="BEFORE", name="BEFORE", base_unit="each"))
        told.add("BEFORE")
        for ending in endings:
            Path(f"{cli.path}{ending}").unlink()
        # Twice: the first process leaves new side files.
        for sku in ("BESIDE", "AGAIN"):
            ran = add(cli.path, sku)
            assert ran.returncode in {0, 1}
            told |= {sku} if not ran.returncode else set()
            assert ran.returncode == 0 or "Nothing was written" in ran.stderr, ran.stderr
        with suppress(Replaced), session.acting("inventory.item.add"):
            session.add(Item(sku="OWN", name="OWN", base_unit="each"))
            told.add("OWN")
    ran = add(cli.path, "AFTER")
    assert ran.returncode == 0, ran.stderr
    with open_office(cli.path) as again:
        skus = {sku for (sku,) in again.rows("SELECT sku FROM inventory_item")}
    assert skus == told | {"AFTER"}
    assert cli("history", "verify").code == 0
