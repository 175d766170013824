"""Stock of archived items and locations: nothing new comes in, and all that is there can be taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops import Location
from officeops.history.undo import undo
from officeops.model.errors import Refused
from officeops.office.crud import archive_record
from officeops.query.candidates import candidates
from officeops.tui.testing import Terminal
from officeops_inventory.model import Lot, Move
from officeops_inventory.stock.actions import receive, transfer, use, waste

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.inventory.tests.conftest import Shop

    from officeops import Record
    from officeops.testing import Cli


def on_hand(shop: Shop) -> int:
    sql = "SELECT ifnull(sum(quantity), 0) FROM inventory_stock WHERE item_id = ?"
    return int(shop.office.value(sql, shop.gloves.id))


def put_away(shop: Shop, record: Record) -> None:
    """Archive a record as it is, with stock: other programs and older files do so."""
    with shop.office.acting("test.archive"):
        sql = (
            f"UPDATE {record.meta.table} SET archived_at = '2026-03-01T00:00:00.000Z' WHERE id = ?"
        )
        shop.office.store.db.execute(sql, [record.id])


def test_an_archived_item_receives_nothing_and_is_ordered_by_nobody(shop: Shop, cli: Cli) -> None:
    order = shop.draft()
    archive_record(shop.office, shop.gloves)
    for words in (
        ("item", "receive", "GLV-M", "--quantity", "5"),
        ("order", "add-line", order.human_key, "--item", "GLV-M", "--packs", "1"),
        ("count", "Main", "GLV-M=5"),
    ):
        ran = cli(*words)
        assert (ran.code, "unarchive" in ran.err) == (1, True), (words, ran)
    assert on_hand(shop) == 0
    assert cli("count", "Main", "GLV-M=0").code == 0


def test_what_an_archived_item_has_can_be_used_counted_and_taken_back(shop: Shop, cli: Cli) -> None:
    office = shop.office
    office.do(receive, shop.gloves, quantity=9)
    put_away(shop, shop.gloves)
    gloves = office.get(type(shop.gloves), shop.gloves.id)
    office.do(use, gloves, quantity=2)
    undo(office)
    office.do(waste, gloves, quantity=1, reason="Dropped")
    assert on_hand(shop) == 8
    assert cli("count", "Main", "GLV-M=5").code == 0
    with pytest.raises(Refused, match="is archived"):
        office.do(receive, gloves, quantity=1)
    assert cli("count", "Main", "GLV-M=0").code == 0
    assert on_hand(shop) == 0
    assert cli("undo").code == 0
    assert on_hand(shop) == 5
    last = max(move.id for move in office.all(Move))
    assert office.get(Move, last).kind == "reversal"


#: All that takes stock out of a place, such as Exam 1, which is archived.
OUT = (
    "use GLV-M --quantity 1 --location exam-1",
    "use GLV-M --quantity 1 --location EXAM-1 --lot A",
    "waste GLV-M --quantity 1 --location #2 --reason Wet",
    "return GLV-M --quantity 1 --location exam-1 --reason Wrong",
    "adjust GLV-M --quantity -1 --location exam-1 --reason Gone",
    "transfer GLV-M --quantity 1 --from-location exam-1 --to-location Main --lot A",
)
#: All that brings stock there.
IN = (
    "receive GLV-M --quantity 1 --location exam-1 --no-lot x",
    "adjust GLV-M --quantity 1 --location exam-1 --reason Found",
    "transfer GLV-M --quantity 1 --from-location Main --to-location exam-1 --lot A",
)


@pytest.fixture
def left(shop: Shop) -> Shop:
    """Gloves of one lot at Exam-1, which is archived, and at Main."""
    with shop.office.acting("test.rename"):
        exam = shop.office.edit(shop.exam, name="Exam-1")
    for place in (exam, shop.main):
        shop.office.do(receive, shop.gloves, quantity=9, location_id=place.id, lot="A")
    put_away(shop, exam)
    return shop


def test_all_that_is_at_an_archived_location_is_taken_out_by_its_name(left: Shop, cli: Cli) -> None:
    put_away(left, left.office.get(Lot, 1))
    for line in OUT:
        ran = cli("item", *line.split())
        assert ran.code == 0, (line, ran)
    assert on_hand(left) == 18 - 5
    assert cli("count", "Exam-1", "GLV-M=2").code == 0
    assert on_hand(left) == 2 + 10


def test_nothing_comes_to_an_archived_location_by_its_name(left: Shop, cli: Cli) -> None:
    refused = [cli("item", *line.split()) for line in IN]
    refused.append(cli("count", "Exam-1", "GLV-M=50"))
    for ran in refused:
        assert (ran.code, "Exam-1 is archived" in ran.err) == (1, True), ran
    assert on_hand(left) == 18


def test_a_file_takes_out_of_an_archived_location_and_brings_nothing_there(
    left: Shop, cli: Cli, tmp_path: Path
) -> None:
    file = tmp_path / "moves.csv"
    for quantity, code in ((-2, 0), (2, 1)):
        file.write_text(
            "item,kind,quantity,location,day,lot,note\n"
            f"GLV-M,adjust,{quantity},Exam-1,2026-03-02,A,x\n"
        )
        ran = cli("stock-move", "import", str(file))
        assert ran.code == code, ran
    assert "line 2, location 'Exam-1': the location Exam-1 is archived" in ran.err
    assert on_hand(left) == 16


def test_an_archived_location_is_offered_as_a_source_last_and_says_so(left: Shop) -> None:
    source, target = (
        next(field for field in transfer.fields if field.name == name)
        for name in ("from_location_id", "to_location_id")
    )
    with left.office.acting("test.add"):
        left.office.add(Location(name="Zone"))
    offered = candidates(left.office, source, "")
    assert [word for word, _ in offered] == ["Main", "Zone", "Exam-1"]
    assert "archived" in dict(offered)["Exam-1"]
    assert [word for word, _ in candidates(left.office, target, "")] == ["Main", "Zone"]


def test_an_archived_location_with_stock_is_counted_on_the_screen(left: Shop) -> None:
    with Terminal(left.office) as terminal:
        terminal.press("#")
        assert terminal.lines[3].split("  ")[1] == "Exam-1 · archived"
        terminal.press("down", "enter").type("0").press("enter")
        assert terminal.crumbs.startswith("Office › Count › Exam-1")
