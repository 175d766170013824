"""Slips of the hand and of the scanner: one barcode in two spellings, a pack that is not alone, a year that is none."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from tests.resting import triggers_away

from officeops.model.errors import Refused
from officeops.office.crud import add_record, archive_record, unarchive_record
from officeops.selfcheck.duplicates import double_findings
from officeops_inventory.model import Item, Lot, Move, Pack

if TYPE_CHECKING:
    from plugins.inventory.tests.conftest import Shop

    from officeops.office.office import Office
    from officeops.testing import Cli

pytestmark = pytest.mark.officeops("inventory", "vendors")

#: The same number, as a UPC, an EAN and a GTIN-14, and two codes that are somebody's own.
UPC = "036000291452"
#: Codes, each with spellings of the same number.
SPELLINGS = {
    UPC: [UPC, f"0{UPC}", f"00{UPC}", UPC[1:]],
    UPC[1:]: [f"00{UPC}"],
    "4006381333931": ["04006381333931"],
    "12345670": ["00000012345670", "012345670"],
    "04252614": ["042100005264", "4252614", "00042100005264"],
    "0002-1433-80": ["00002-1433-80", "300021433802", "00300021433802"],
    "+A123BJC5D6E71G": ["+A123BJC5D6E71", "*+a123bjc5d6e71g*"],
    "AB-1": ["ab-1"],
    "0042": ["0042"],
    "42": ["42"],
}


def packed(cli: Cli, size: int, barcode: str) -> int:
    return cli(
        "pack",
        "add",
        "--item",
        "VAX",
        "--name",
        f"p{size}",
        "--size",
        str(size),
        "--barcode",
        barcode,
    ).code


@pytest.mark.parametrize("twin", [f"0{UPC}", f"00{UPC}", UPC[1:]])
def test_a_barcode_is_one_packs_whatever_its_zeros(shop: Shop, cli: Cli, twin: str) -> None:
    assert packed(cli, 2, UPC) == 0
    assert packed(cli, 3, twin) == 1
    assert cli("pack", "add", "--item", "VAX", "--size", "4").code == 0
    refused = cli("pack", "edit", "#3", "--barcode", twin)
    assert (refused.code, "is taken by another pack: pack p2" in refused.err) == (1, True)
    assert cli("pack", "edit", "#2", "--name", "renamed").code == 0
    assert cli("pack", "archive", "#2").code == 0
    assert packed(cli, 3, twin) == 0
    assert len(list(shop.office.all(Pack))) == 3


@pytest.mark.parametrize("twin", [f"0{UPC}", f"00{UPC}"])
def test_a_file_gives_no_two_packs_one_barcode(shop: Shop, cli: Cli, twin: str) -> None:
    rows = f"item,name,size,barcode\nVAX,a,2,{UPC}\nVAX,b,3,{twin}\n"
    refused = cli("pack", "import", "-", typed=rows)
    assert (refused.code, "line 3" in refused.err) == (1, True)
    items = f"sku,name,barcode,pack,pack_size\nA,A,{UPC},box,10\nB,B,{twin},box,10\n"
    refused = cli("item", "import", "-", typed=items)
    assert (refused.code, "is that of item A" in refused.err) == (1, True)
    assert not shop.office.first(Item, "sku = 'A'")


def write(office: Office, name: str, size: int, barcode: str | None, item_id: int = 1) -> None:
    """Write a pack past every check but the file's own."""
    with office.acting("test.raw"):
        sql = "INSERT INTO inventory_pack (item_id, name, size, barcode) VALUES (?, ?, ?, ?)"
        office.store.db.execute(sql, (item_id, name, size, barcode))


@pytest.mark.parametrize("text", SPELLINGS)
def test_the_file_itself_keeps_one_barcode_to_one_pack(shop: Shop, text: str) -> None:
    """Whoever writes: each spelling of a barcode, added or given later, and given back when the pack is."""
    office = shop.office
    write(office, "first", 2, text)
    (first,) = office.some(Pack, office.alike(Pack, "barcode", text))
    for twin in SPELLINGS[text]:
        with pytest.raises(sqlite3.IntegrityError):
            write(office, "second", 3, twin)
        with pytest.raises(sqlite3.IntegrityError), office.acting("test.raw"):
            office.store.db.execute(
                "UPDATE inventory_pack SET barcode = ? WHERE id = ?", (twin, shop.box.id)
            )
        archive_record(office, office.get(Pack, first.id))
        write(office, "second", 3, twin)
        with pytest.raises(Refused):
            unarchive_record(office, office.get(Pack, first.id))
        (second,) = office.some(Pack, office.alike(Pack, "barcode", twin))
        archive_record(office, second)
        unarchive_record(office, office.get(Pack, first.id))
    write(office, "third", 4, "0043" if text == "0042" else f"1{text}"[:8])


@pytest.mark.parametrize("name", ["Box of 100", "box  of 100", "BÖX OF 100", "box of 100 "])
def test_a_name_that_says_a_size_is_one_packs(shop: Shop, cli: Cli, name: str) -> None:
    """On every way in; a plain word may be of several sizes."""
    known = name.strip().replace("  ", " ").title()
    assert cli("pack", "add", "--item", "VAX", "--name", known, "--size", "100").code == 0
    assert cli("pack", "add", "--item", "VAX", "--name", "vial", "--size", "5").code == 0
    said = cli("pack", "add", "--item", "VAX", "--name", name, "--size", "50")
    assert (said.code, "a pack of 100 of this item" in said.err) == (1, True)
    assert cli("pack", "edit", "#3", "--name", name).code == 1
    file = cli("pack", "import", "-", "--json", typed=f"item,name,size\nVAX,{name.strip()},50\n")
    assert (file.code, [bad["column"] for bad in file.json["bad"]]) == (1, ["name"])
    file = cli(
        "item", "import", "-", typed=f"sku,name,pack,pack_size\nVAX,Vaccine,{name.strip()},50\n"
    )
    assert file.code in {1, 5}
    with pytest.raises(sqlite3.IntegrityError, match=r"another pack of the item|UNTIDY"):
        write(shop.office, name, 50, None, shop.vaccine.id)
    with pytest.raises(sqlite3.IntegrityError), shop.office.acting("test.raw"):
        shop.office.store.db.execute("UPDATE inventory_pack SET name = ? WHERE id = 3", (name,))
    assert [pack.size for pack in shop.office.all(Pack, "item_id = ?", shop.vaccine.id)] == [100, 5]
    # Of another item, of a plain name, and once the other is put away.
    assert cli("pack", "add", "--item", "GLV-M", "--name", name, "--size", "50").code == 0
    assert cli("pack", "add", "--item", "VAX", "--name", "VIAL", "--size", "10").code == 0
    assert cli("pack", "archive", "#2").code == 0
    assert cli("pack", "add", "--item", "VAX", "--name", name, "--size", "50").code == 0
    assert cli("pack", "unarchive", "#2").code == 1


def test_packs_that_were_double_before_stay_and_are_listed_with_their_cure(
    shop: Shop, cli: Cli
) -> None:
    office = shop.office
    twins = [f"inventory_pack_{name}" for name in ("twin_add", "twin_edit", "unique_add")]
    with triggers_away(office.store.db, twins):
        write(office, "a", 2, UPC)
        write(office, "b", 3, f"00{UPC}")
        write(office, "Box of 10", 10, None)
        write(office, "BOX of 10", 12, None)
    listed = [finding for finding in double_findings(office) if finding.severity == "problem"]
    assert ["#2, #3" in listed[0].what, "#4, #5" in listed[1].what] == [True, True]
    assert ["'#3' --barcode" in listed[0].cure, "'#5' --name" in listed[1].cure] == [True, True]
    # They stay as they are while other fields change, and the cure cures.
    assert cli("pack", "edit", "#3", "--size", "4").code == 0
    assert cli("pack", "edit", "#5", "--size", "14").code == 0
    assert cli("pack", "edit", "#3", "--barcode", "12345670").code == 0
    assert cli("pack", "edit", "#5", "--name", "case").code == 0
    assert [finding.severity for finding in double_findings(office)] == ["ok"]


def test_a_pack_among_others_of_its_name_is_named_with_its_size(shop: Shop, cli: Cli) -> None:
    for name, size in (("box", 50), ("BOX ", 200)):
        assert cli("pack", "add", "--item", "GLV-M", "--name", name, "--size", str(size)).code == 0
    order = shop.draft()
    line = ("order", "add-line", f"PO-{order.id}", "--item", "GLV-M", "--packs", "1", "--pack")
    several = cli(*line, "box")
    assert several.code == 2
    assert "size 50" in several.err
    assert cli(*line, "Box of 200").code == 0
    assert [row["pack_size"] for row in cli("line", "list", "--json").json] == [200]
    assert cli(*line, "box of 7").code != 0


#: Every way by which a lot gets a last day, each with a place for it.
WAYS = {
    "item receive": (
        ("item", "receive", "VAX", "--quantity", "3", "--lot", "A", "--expires-on", "{}"),
        "",
    ),
    "order receive": (("order", "receive", "PO-1", "--lot", "A", "--expires-on", "{}"), ""),
    "lot add": (("lot", "add", "--item", "VAX", "--number", "A", "--expires-on", "{}"), ""),
    "lot edit": (("lot", "edit", "KNOWN", "--expires-on", "{}"), ""),
    "lot import": (("lot", "import", "-"), "item,number,expires\nVAX,A,{}\n"),
    "move import": (
        ("move", "import", "-"),
        "item,kind,quantity,lot,expires\nVAX,receive,3,A,{}\n",
    ),
    "item import": (
        ("item", "import", "-"),
        "sku,name,on_hand,lot,expires,shelf_life_days\nN,New,3,A,{},300\n",
    ),
    "a further row": (
        ("item", "import", "-"),
        "sku,name,on_hand,lot,expires,shelf_life_days\nN,New,3,B,2026-09-30,300\nN,New,3,A,{},300\n",
    ),
    "count": (("count", "Main", "--file", "-"), "item,lot,expires,counted\nVAX,A,{},4\n"),
}


@pytest.fixture
def known(shop: Shop) -> Shop:
    """A lot that is known, and an order of vaccine that was sent."""
    add_record(
        shop.office,
        Lot,
        {"item_id": shop.vaccine.id, "number": "KNOWN", "expires_on": shop.office.today},
    )
    shop.draft((shop.vaccine, 5))
    return shop


@pytest.mark.parametrize("day", ["1995-05-31", "2127-05-31"])
@pytest.mark.parametrize("way", WAYS)
def test_a_year_that_is_none_is_asked_about_on_every_way_in(
    known: Shop, cli: Cli, way: str, day: str
) -> None:
    assert cli("order", "approve", "PO-1", "--without-prices").code == 0
    assert cli("order", "send", "PO-1").code == 0
    words, typed = WAYS[way]
    refused = cli(*(word.format(day) for word in words), typed=typed.format(day))
    assert refused.code == 1, refused.err
    assert "look at the label again, and correct the year" in refused.err
    assert not list(known.office.all(Move))
    assert [lot.number for lot in known.office.all(Lot)] == ["KNOWN"]


@pytest.mark.usefixtures("known")
def test_each_way_in_takes_a_year_that_may_be(cli: Cli) -> None:
    assert cli("order", "approve", "PO-1", "--without-prices").code == 0
    assert cli("order", "send", "PO-1").code == 0
    for number, (way, (words, typed)) in enumerate(WAYS.items()):
        lot = f"W{number}"
        ran = cli(
            *(lot if word == "A" else word.format("2027-05-31") for word in words),
            typed=typed.format("2027-05-31")
            .replace(",A,", f",{lot},")
            .replace("N,New", f"N{number},New"),
        )
        assert ran.code in {0, 5}, (way, ran.err)


def test_an_old_lot_with_such_a_year_can_still_be_held(known: Shop, cli: Cli) -> None:
    with known.office.acting("test"):
        known.office.add_many(
            Lot, [{"item_id": known.vaccine.id, "number": "OLD", "expires_on": "1995-05-31"}]
        )
    assert cli("lot", "recall", "OLD", "--reason", "notice").code == 0
    assert cli("lot", "edit", "OLD", "--expires-on", "2026-05-31").code == 0


def test_a_label_fills_lot_and_expiry_and_is_never_another_items(shop: Shop, cli: Cli) -> None:
    label = "]d20100012345678905172712{day}\x1d10A-7\x1d21S"
    said = cli("item", "receive", label.format(day="00"), "--quantity", "5")
    assert said.code == 0, said.err
    [lot] = shop.office.some(Lot, shop.office.find_ids(Lot, "A-7"))
    assert (lot.item_id, str(lot.expires_on)) == (shop.gloves.id, "2027-12-31")
    assert cli("item", "use", "GLV-M", "--quantity", "1", "--lot", label.format(day="00")).code == 0
    for wrong in (
        ("VAX", "--quantity", "5", "--lot", label.format(day="00")),
        ("GLV-M", "--quantity", "5", "--lot", label.format(day="32")),
        ("GLV-M", "--quantity", "5", "--lot", "0100012345678905172712311" + "0ABC21XYZ"),
        (label.format(day="00"), "--quantity", "5", "--lot", "B"),
        (label.format(day="00"), "--quantity", "5", "--expires-on", "2028-01-01"),
    ):
        refused = cli("item", "receive", *wrong)
        assert refused.code == 1, wrong
    assert shop.office.value("SELECT count(*) FROM inventory_lot WHERE item_id = 1") == 1
