"""A damaged file is told as such, also where a plugin meets it first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.backup.backup_tools import stocked

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli


def test_a_damaged_table_is_no_fault_of_the_plugin_that_reads_it(cli: Cli, office: Office) -> None:
    stocked(cli, 3)
    root = office.value("SELECT rootpage FROM sqlite_master WHERE name = 'inventory_order'")
    assert office.store.checkpoint()
    path = office.path
    office.close()
    with Path(path).open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    done = cli("today")
    assert done.code == 4
    assert "officeops backup restore" in done.err
    assert "plugins disable" not in done.err
    assert "Nothing is due" not in done.err
