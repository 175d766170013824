"""Backups stay within their disk: the oldest go where the next one has no place, and never the last good one."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.backup.backup_tools import made, rewritten, settings_file, stocked

from officeops.backup.folder import name_for
from officeops.backup.room import needed
from officeops.model.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory


@pytest.fixture
def disk(officeops_home: Path) -> Iterator[Path]:
    """Mount a small disk for the backups; skipped where mounting is not allowed."""
    place = officeops_home / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a disk is not allowed here")
    try:
        settings_file(officeops_home, f'folder = "{place}"')
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)


def fill(disk: Path, office: Office) -> None:
    """Leave less room than a backup takes."""
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    ballast = disk / f"ballast-{free}"
    ballast.write_bytes(bytes(free - needed(office) // 2))


def test_the_oldest_go_and_are_named_but_never_the_last_good_one(
    disk: Path, office_factory: OfficeFactory, cli: Cli
) -> None:
    stocked(cli)
    office = office_factory()
    newest = made(office).path
    now = datetime.now(UTC)
    older = [
        rewritten(newest, f"{disk}/{name_for(now - timedelta(days=days), 'ms-1', encrypted=False)}")
        for days in (90, 60, 30)
    ]
    fill(disk, office)
    ran = cli("backup")
    assert ran.code == 5
    assert f"went before their time: {os.path.basename(older[0])}." in ran.err
    left = sorted(path.name for path in disk.glob("*.db"))
    assert [os.path.basename(path) for path in (*older[1:], newest)] == left[:3]
    assert len(left) == 4
    assert cli("backup", "verify").code == 0
    # The backups of this hour stay, whatever it takes.
    for path in older[1:]:
        Path(path).unlink()
        Path(f"{path}.json").unlink()
    fill(disk, office)
    before = sorted(disk.iterdir())
    with pytest.raises(Refused, match=r"no room for the backup .*: it takes about .* of backups"):
        made(office)
    assert sorted(disk.iterdir()) == before
    assert "are free there." in cli("selfcheck").out
