"""A packet is whole or not there at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli


@pytest.mark.officeops("vendors")
def test_a_packet_with_a_lost_file_leaves_no_folder(
    cli: Cli,
    office: Office,
    tmp_path: Path,
) -> None:
    paper = tmp_path / "baa.txt"
    paper.write_text("We agree.\n")
    cli("vendor", "add", "--name", "Acme")
    cli("vendor-document", "add", "--vendor", "Acme", "--kind", "baa", "--expires-on", "+400d")
    cli("vendor-document", "attach", "#1", str(paper))
    cli("inspect", "hipaa", "--confirm", "all")
    with office.acting("test.lose"):
        office.store.destroying = True
        office.store.db.execute("DELETE FROM core_blob")
    folder = tmp_path / "packet"
    assert cli("inspect", "hipaa", "--packet", str(folder)).code == 1
    assert not folder.exists()
