"""Root leaves nothing of its own in a service account's office, and gives no file of the system away."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops.testing import Cli

if TYPE_CHECKING:
    from officeops.office.office import Office

pytestmark = [
    pytest.mark.officeops("inventory"),
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away"),
]

#: A service account's number; it needs no name.
ACCOUNT = 61234


def test_whatever_root_runs_the_account_owns_all_of_its_office(cli: Cli, office: Office) -> None:
    cli("init", "--name", "Maple Street")
    office.close()
    folder = cli.path.parent
    victim = folder / "shadow"
    victim.write_text("the system's")
    for file in [*folder.iterdir(), folder]:
        if file.name.endswith((".gate", ".line")):
            file.unlink()
        elif file != victim:
            os.chown(file, ACCOUNT, ACCOUNT)
    # A second name of a file of root's, where a backup would be.
    (folder / "backups").mkdir()
    os.chown(folder / "backups", ACCOUNT, ACCOUNT)
    os.link(victim, folder / "backups" / "office-20200101T000000000Z-main.db.json")
    for line in ("item add --sku A --name Gloves", "backup", "selfcheck", "item list"):
        cli(*line.split())
        assert not of_root(folder), line
    cli.path.write_bytes(b"")
    assert Cli(Path(__file__))("--db", str(cli.path), "backup", "restore").code == 0
    assert not of_root(folder)
    assert victim.stat().st_uid == 0
    # Of a lost file, its folder says whose the office is.
    cli.path.unlink()
    assert Cli(Path(__file__))("--db", str(cli.path), "backup", "restore").code == 0
    assert not of_root(folder)
    shutil.rmtree(folder / "backups")


def of_root(folder: Path) -> list[str]:
    """Return the files of the office that are root's."""
    return [
        str(file)
        for file in folder.rglob("*")
        if file.name.startswith(("office", "backups")) and file.stat().st_uid == 0
        if file.stat().st_nlink == 1 and ".sessions" not in str(file)
    ]
