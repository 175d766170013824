"""An office on a network file system is refused; one on a local disk is not."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from officeops.model.errors import Refused
from officeops.office.office import open_office
from officeops.selfcheck.run import findings
from officeops.store import filesystem

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.testing import OfficeFactory

pytestmark = pytest.mark.officeops("vendors", "inventory")


@pytest.fixture
def mounted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let every file look as if it lay on a file system of the kind that is put in the list."""
    kind = ["nfs4"]
    real = os.stat
    mounts = tmp_path / "mountinfo"

    class Stat:
        st_dev = os.makedev(0, 77)

    monkeypatch.setattr(filesystem, "MOUNTS", str(mounts))
    monkeypatch.setattr(
        filesystem, "_device", lambda path: Stat.st_dev if real(os.path.dirname(path)) else None
    )

    def write() -> None:
        mounts.write_text(
            f"22 1 0:21 / /proc rw - proc proc rw\n31 1 0:77 / /mnt rw,relatime shared:1 - {kind[0]} server:/x rw\n"
        )

    write()
    return kind


def test_a_network_file_system_is_refused(
    mounted: list[str], office_factory: OfficeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mounted == ["nfs4"]
    (office_factory.home / "config").mkdir(
        exist_ok=True
    )  # a home with settings gets no office laid down
    with pytest.raises(
        Refused, match=r"network file system \(nfs4\).*Keep the office on a local disk"
    ):
        open_office(office_factory.home / "office.db", create=True)
    assert not (office_factory.home / "office.db").exists()
    monkeypatch.setenv("OFFICEOPS_ALLOW_NETWORK_FS", "1")
    office = office_factory()
    assert "file-on-network" in {
        finding.code for finding in findings(office) if finding.severity == "problem"
    }


def test_local_file_systems_are_not() -> None:
    assert filesystem.network_kind("/") in {"", "9p"}
    assert filesystem.network_kind("/nowhere/at/all") == filesystem.network_kind("/")
