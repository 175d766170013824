"""A pack named in a file has the size its item knows, or the size its text says; without either it is refused."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import pytest
from plugins.inventory.tests.imports.pack_texts import SAYS, SAYS_NOTHING
from tests.effort import sampled

from officeops.query.candidates import candidates
from officeops_inventory.model import Item, Pack, Terms

if TYPE_CHECKING:
    from officeops.testing import Cli, OfficeFactory

HEADS: Final = (
    "Per pack",
    "Case",
    "Box",
    "Unit of purchase",
    "Order unit",
    "Packaging",
    "Carton",
    "Case of",
)


@pytest.fixture(autouse=True)
def _office(cli: Cli) -> None:
    cli("location", "add", "--name", "Main")
    cli("vendor", "add", "--name", "Acme")
    cli("vendor", "add", "--name", "Beta")
    cli("item", "add", "--sku", "OLD", "--name", "Old gloves")


def bring(cli: Cli, noun: str, text: str, *words: str) -> dict[str, Any]:
    ran = cli(noun, "import", "-", "--json", *words, typed=text)
    assert isinstance(ran.json, dict), ran.err
    return {**ran.json, "code": ran.code}


def sizes(cli: Cli) -> list[int]:
    """What each of the terms is for: base units in one, a single unit where they name no pack."""
    packs = {pack["id"]: pack["size"] for pack in cli("pack", "list", "--json").json}
    return [packs.get(terms["pack_id"], 1) for terms in cli("terms", "list", "--json").json]


#: Ways by which a file's pack gets to the terms of an item.
WAYS: Final = {
    "new item": ("item", "sku,name,vendor,pack\nNEW,New gloves,Acme,{}\n", ()),
    "further row": ("item", "sku,name,vendor,pack\nNEW,New gloves,,\nNEW,New gloves,Acme,{}\n", ()),
    "known item": ("item", "sku,name,vendor,pack\nOLD,Old gloves,Acme,{}\n", ("--update",)),
    "terms": ("terms", "item,vendor,pack\nOLD,Acme,{}\n", ()),
}


def cell(text: str) -> str:
    return f'"{text}"'


@pytest.mark.parametrize("way", WAYS)
def test_each_way_in_reads_the_size_in_the_text_or_refuses_the_row(cli: Cli, way: str) -> None:
    noun, text, words = WAYS[way]
    for says in sampled(SAYS_NOTHING, 2 * len(SAYS_NOTHING)):
        outcome = bring(cli, noun, text.format(cell(says)), *words)
        assert outcome["code"] == 1, (says, outcome)
        assert says in outcome["bad"][0]["reason"], outcome
        assert sizes(cli) == []
    for says in sampled(("box of 100", "50/bx", "100", "each"), 12):
        with_vendor = (
            text.format(cell(says))
            .replace("OLD", f"OLD{SAYS[says]}-{len(says)}")
            .replace("NEW", f"N{len(says)}{SAYS[says]}")
        )
        if "OLD" in with_vendor:
            cli("item", "add", "--sku", f"OLD{SAYS[says]}-{len(says)}", "--name", "Old gloves")
        before = len(sizes(cli))
        outcome = bring(cli, noun, with_vendor, *words)
        assert not outcome["bad"], (says, outcome)
        assert sizes(cli)[before:] == [SAYS[says]], says
        again = bring(cli, noun, with_vendor, *words)
        assert (again["added"], again["updated"], again["bad"]) == (0, 0, []), (says, again)


@pytest.mark.parametrize("way", WAYS)
def test_a_pack_is_looked_up_inside_its_item_first(cli: Cli, way: str) -> None:
    noun, text, words = WAYS[way]
    bring(
        cli,
        "item",
        "sku,name,vendor,pack,pack size\nOLD,Old gloves,Beta,case,1000\nNEW,New gloves,Beta,case,1000\n",
        "--update",
    )
    outcome = bring(
        cli, noun, text.format("Case"), *words, *(("--update",) if noun == "item" else ())
    )
    assert not outcome["bad"], outcome
    assert sizes(cli).count(1000) == 3
    assert len(cli("pack", "list", "--json").json) == 2


def test_a_later_row_names_the_pack_of_an_earlier_one(cli: Cli) -> None:
    outcome = bring(
        cli, "item", "sku,name,vendor,pack,pack size\nA,Gel,Acme,case,24\na,Gel,Beta,CASE,\n"
    )
    assert not outcome["bad"], outcome
    assert sizes(cli) == [24, 24]


def test_what_is_ordered_is_five_boxes_and_not_five_hundred(cli: Cli) -> None:
    head = "sku,name,vendor,pack,price,min,max\n"
    bring(cli, "item", f"{head}G,Glove,Acme,box of 100,9.00,100,500\n")
    cli("reorder", "draft")
    [line] = cli("line", "list", "--json").json
    assert (line["packs"], line["pack"], line["pack_size"]) == (5, "box", 100)


@pytest.mark.parametrize("noun", ["item", "vendor-terms", "order-line"])
@pytest.mark.parametrize("head", HEADS)
def test_a_column_that_sounds_like_a_pack_is_asked_about(cli: Cli, noun: str, head: str) -> None:
    """Of every import that has a column for the size of a pack."""
    start = {
        "item": "sku,name\nG,Gel\n",
        "vendor-terms": "item,vendor\nOLD,Acme\n",
        "order-line": "order,item,packs\nPO-1,OLD,2\n",
    }
    columns, row = start[noun].splitlines()
    ran = cli(noun, "import", "-", typed=f"{columns},{head}\n{row},box of 100\n")
    assert ran.code == 1
    assert f'"{head}" looks like a pack' in ran.err
    assert "pack_size" in ran.err


def test_the_sweep_knows_every_import_with_a_pack_size(cli: Cli) -> None:
    from officeops.exchange.imports.import_run import import_fields
    from officeops.office.office import open_office

    with open_office(cli.path) as office:
        nouns = {
            record.meta.noun: record
            for record in office.records.values()
            if record.importer
            and any(field.public_name == "pack_size" for field in import_fields(record))
        }
    assert set(nouns) == {"item", "vendor-terms", "order-line"}
    for record in nouns.values():
        module, _, name = record.importer.partition(":")
        assert "a pack" in getattr(import_module(module), name).asks


def test_a_unit_that_is_a_pack_is_refused_unless_the_office_has_it(cli: Cli) -> None:
    text = "sku,name,uom,min,max\nG,Gel,box of 100,100,500\n"
    outcome = bring(cli, "item", text)
    assert outcome["code"] == 1
    assert "a pack of 100" in outcome["bad"][0]["reason"]
    assert bring(cli, "item", text.replace("box of 100", "500 ml bottle"))["added"] == 1
    cli("item", "add", "--sku", "K", "--name", "Known", "--base-unit", "box of 100")
    assert bring(cli, "item", text.replace("G,Gel", "L,Gel"))["added"] == 1


@pytest.mark.parametrize("noun", ["item", "terms"])
def test_a_new_pack_is_not_the_single_units_of_the_vendor(cli: Cli, noun: str) -> None:
    """Its price comes beside that of a single unit, and is not written over it."""
    head, row = ("sku,name", "OLD,Old gloves") if noun == "item" else ("item", "OLD")
    bring(
        cli,
        noun,
        f"{head},vendor,price\n{row},Acme,0.40\n",
        *(("--update",) if noun == "item" else ()),
    )
    bring(cli, noun, f"{head},vendor,pack,price\n{row},Acme,box of 24,9.00\n", "--update")
    prices = {terms["price"] for terms in cli("terms", "list", "--json").json}
    assert prices == {"0.40", "9.00"}
    assert sorted(sizes(cli)) == [1, 24]


@pytest.mark.parametrize("unit", ["box", "CS", "Karton"])
def test_a_box_in_a_column_of_units_is_asked_about(cli: Cli, unit: str) -> None:
    text = f"sku,name,UOM,on hand\nT,Tape,roll,2\nG,Gloves,{unit},4\n"
    ran = cli("item", "import", "-", typed=text)
    assert ran.code == 1
    assert all(words in ran.err for words in ("line 3", repr(unit), "UOM=base_unit", "UOM=pack"))
    assert cli("item", "show", "G").code != 0
    assert bring(cli, "item", text, "--map", "UOM=base_unit")["added"] == 2


def test_a_unit_is_not_asked_about_where_the_file_or_the_office_says_what_it_is(cli: Cli) -> None:
    assert bring(cli, "item", "sku,name,base unit\nA,Gloves,box\n")["added"] == 1
    assert bring(cli, "item", "sku,name,unit\nB,Masks,box\n")["added"] == 1
    packed = "sku,name,unit,pack\nC,Caps,carton,case of 10\n"
    assert bring(cli, "item", packed)["added"] == 1


def test_two_boxes_of_one_item_are_told_apart_and_come_back_from_a_file(cli: Cli) -> None:
    cli("item", "add", "--sku", "G", "--name", "Gloves")
    for vendor, size in (("Acme", 100), ("Bolt", 50)):
        cli("vendor", "add", "--name", vendor)
        cli("pack", "add", "--item", "G", "--name", "box", "--size", str(size))
        terms = ("--item", "G", "--vendor", vendor, "--pack", f"box of {size}", "--price", "5")
        assert cli("vendor-terms", "add", *terms).code == 0
    listed = cli("vendor-terms", "list", "--json").json
    assert [(terms["pack"], terms["pack_size"]) for terms in listed] == [("box", 100), ("box", 50)]
    exported = cli("vendor-terms", "export", "-", "--format", "csv").out
    outcome = bring(cli, "vendor-terms", exported, "--update")
    assert (outcome["added"], outcome["unchanged"], outcome["bad"]) == (0, 2, [])


def test_a_form_offers_each_box_with_its_size(office_factory: OfficeFactory) -> None:
    office = office_factory("inventory", "vendors")
    with office.acting("test"):
        item = office.add(Item(sku="G", name="Gloves"))
        for size in (100, 50):
            office.add(Pack(item_id=item.id, name="box", size=size))
    offered = candidates(office, Terms.meta.by_name["pack_id"], "box", {"item_id": item.id})
    assert [more.rpartition(" ")[2] for _, more in offered] == ["100", "50"]
