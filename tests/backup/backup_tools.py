"""What the tests of backups share: an office with stock in it, and settings for its backups."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from officeops.backup import manifest as manifests
from officeops.backup.config import BackupSettings
from officeops.backup.folder import Folder
from officeops.backup.make import Made, make

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli


def stocked(cli: Cli, items: int = 3) -> None:
    """Put a few items on the shelves."""
    assert cli("init", "--name", "Maple Street", "--site-code", "MS 1").code == 0
    for number in range(items):
        sku = f"A{number}"
        assert cli("item", "add", "--sku", sku, "--name", f"Gloves {number}").code == 0
        assert cli("item", "receive", sku, "--quantity", "5").code == 0


def settings_file(home: Path, text: str) -> None:
    """Write the table [backup] of officeops.toml."""
    file = home / "config" / "officeops" / "officeops.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"[backup]\n{text}\n")


def folder_of(office: Office) -> Folder:
    """Where the office's backups lie."""
    return Folder(BackupSettings.read({}, "").place(office.path))


def made(office: Office, *, keep_all: bool = False) -> Made:
    """Make a backup by the settings in force."""
    return make(office, office.machine.table("backup", BackupSettings), keep_all=keep_all)


def answer(text: str) -> dict[str, object]:
    """The one row of a JSON answer."""
    [row] = json.loads(text)
    assert isinstance(row, dict)
    return row


def items(cli: Cli) -> list[str]:
    """The items on the shelves of the office that a command line opens."""
    return [row["sku"] for row in cli("item", "list", "--json").json]


def put_back(path: Path, copy: Path) -> None:
    """Put a copy of an office's file over it by hand, as nobody should."""
    for end in ("-wal", "-shm"):
        Path(f"{path}{end}").unlink(missing_ok=True)
    shutil.copy(copy, path)


def rewritten(path: str, to: str) -> str:
    """Copy a backup to another name, as if it had been made then, and return that."""
    shutil.copy(path, to)
    kept = manifests.read(path).replace(name=os.path.basename(to))
    Path(manifests.path_of(to)).write_text(kept.text())
    return to


def manifest_of_old(path: str) -> str:
    """Write a backup's manifest as versions before did, which did not say whose it is, and return the text."""
    text = manifests.read(path).replace(office="", file="").text()
    Path(manifests.path_of(path)).write_text(text)
    return text
