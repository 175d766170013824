"""An office moves as one bundle, and the other end proves that all of it arrived."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.backup.backup_tools import items, settings_file, stocked

from officeops.testing import Cli

if TYPE_CHECKING:
    from officeops.office.office import Office

pytestmark = pytest.mark.officeops("inventory")


def test_an_office_arrives_with_its_keys_settings_and_backups(
    cli: Cli, office: Office, tmp_path: Path
) -> None:
    stocked(cli)
    settings_file(tmp_path, "daily = 9")
    assert cli("backup").code == 0
    office.close()
    bundle = tmp_path / "office.tar"
    left = cli("backup", "move", str(bundle), "--close")
    assert left.code == 0, left.err
    assert not cli.path.exists()
    assert bundle.stat().st_mode & 0o777 == 0o600
    there = Cli(Path(__file__))
    # Nobody goes on in the old place by the command that any other lost office needs.
    for line in (["item", "list"], ["backup", "restore"]):
        stayed = there("--db", str(cli.path), *line)
        assert (stayed.code, "moved away" in stayed.err) == (1, True), stayed.err
    assert not cli.path.exists()
    new = tmp_path / "there" / "office.db"
    arrived = there("--db", str(new), "backup", "arrive", str(bundle))
    assert arrived.code == 0, arrived.err
    assert "every record matches its history" in arrived.err
    other = Cli(new)
    assert items(other) == ["A0", "A1", "A2"]
    assert other("history", "verify").code == other("backup", "verify").code == 0
    assert "daily = 9" in Path(f"{new}.officeops.toml").read_text()
    # A folder with some of its files gets none of the others.
    place = tmp_path / "there" / "other.db"
    assert "are there already" in there("--db", str(place), "backup", "arrive", str(bundle)).err
    assert not list(place.parent.glob("other.db*"))
    # Where it never arrived, the work goes on here, and nothing tells of a move any more.
    assert there("--db", str(cli.path), "backup", "restore", "--anyway").code == 0
    cli.path.unlink()
    assert "moved away" not in there("--db", str(cli.path), "item", "list").err
    # Nothing is written over, and a bundle with one other byte writes nothing.
    assert there("--db", str(new), "backup", "arrive", str(bundle)).code == 1
    content = bytearray(bundle.read_bytes())
    content[len(content) // 2] ^= 1
    bundle.write_bytes(content)
    damaged = there("--db", str(tmp_path / "third" / "office.db"), "backup", "arrive", str(bundle))
    assert (damaged.code, "is damaged" in damaged.err) == (1, True), damaged.err
    assert not (tmp_path / "third" / "office.db").exists()
