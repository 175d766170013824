"""The file that 0.1.0 left opens in this version: nothing lost, the history holds, and work goes on."""

from __future__ import annotations

import lzma
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.history.history_tools import raw

from officeops.history.log import changes
from officeops.history.log_filter import Asked
from officeops.history.verify import verify
from officeops_inventory.model import Item, Order
from officeops_vendors.model import Vendor

if TYPE_CHECKING:
    from officeops.testing import Cli, OfficeFactory

KEPT = [Path(__file__).parent / "kept" / "office-0.1.0.db.xz"]


@pytest.fixture(params=KEPT, ids=lambda path: path.name)
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The file and the key that a release left, as they would lie in an office."""
    source: Path = request.param
    file = tmp_path / "kept.db"
    file.write_bytes(lzma.decompress(source.read_bytes()))
    shutil.copy(source.with_suffix("").with_suffix(".db.key"), f"{file}.key")
    return file


def test_a_file_of_that_release_opens_and_nothing_of_it_is_lost(
    kept: Path, office_factory: OfficeFactory
) -> None:
    office = office_factory("inventory", "vendors", file=kept)
    assert office.facts.name == "Kept Practice"
    assert {item.sku: item.name for item in office.all(Item)} == {
        "GLV-M": "Gloves M",
        "SYR-5": "Syringe 5 ml",
        "VAC-F": "Influenza vaccine",
        "GAU-4": "Gauze 4 x 4 in",
    }
    assert dict(
        office.rows(
            "SELECT i.sku, sum(s.quantity) FROM inventory_stock s JOIN inventory_item i ON i.id = s.item_id GROUP BY 1"
        )
    ) == {
        "GLV-M": 101,
        "SYR-5": 400,
        "VAC-F": 20,
        "GAU-4": 12,
        "TNG-1": 0,
    }
    assert [order.status for order in office.all(Order)] == ["received", "draft"]
    assert {vendor.code for vendor in office.all(Vendor)} == {"A1", "B1"}
    assert verify(office) == []
    first = changes(office, Asked(after=0, limit=1))[0]
    assert '"name":"Kept Practice"' in (first.after or "")
    assert sum(change.destroyed for change in changes(office, Asked())) >= 1


def test_what_was_altered_in_it_is_found_after_the_upgrade_too(
    kept: Path, office_factory: OfficeFactory
) -> None:
    with raw(kept) as db:
        db.execute("UPDATE vendors_vendor SET website = 'forged' WHERE id = 1")
        db.execute("UPDATE inventory_item SET name = 'forged' WHERE id = 2")
        db.execute("INSERT INTO core_location (name) VALUES ('forged')")
    office = office_factory("inventory", "vendors", file=kept)
    found = {(each.record, each.record_id) for each in verify(office)}
    assert found == {("vendors.vendor", 1), ("inventory.item", 2), ("core.location", 3)}


def test_work_goes_on_in_it(kept: Path, cli: Cli) -> None:
    for words in (
        ("item", "add", "--sku", "NEW", "--name", "New"),
        ("item", "use", "SYR-5", "--quantity", "10"),
        ("undo",),
        ("order", "approve", "PO-2"),
        ("history", "verify"),
        ("backup", "--to", str(kept.parent / "backups")),
    ):
        ran = cli("--db", str(kept), *words)
        assert ran.code == 0, (words, ran)
    assert '"NEW"' in cli("--db", str(kept), "item", "list", "--json").out
