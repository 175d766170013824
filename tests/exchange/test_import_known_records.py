"""Rows of records that the office has: told apart by their keys, listed where they differ, changed when asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.exchange.import_tools import bring, counts, items

if TYPE_CHECKING:
    from officeops.testing import Cli


def test_rows_that_differ_are_listed_and_left_or_changed_when_asked(cli: Cli) -> None:
    text = "sku,name,category\nA,Gloves,Hands\nB,Masks,Face\n"
    assert counts(bring(cli, "item", text)) == (2, 0, 0)
    assert counts(bring(cli, "item", text)) == (0, 0, 2)
    other = text.replace("Hands", "Arms")
    left = bring(cli, "item", other)
    assert (counts(left), left["differing"], left["code"]) == (
        (0, 0, 1),
        [
            {
                "line": 2,
                "name": "A Gloves",
                "columns": ["category"],
                "fields": [{"column": "category", "file": "Arms", "record": "Hands"}],
            }
        ],
        5,
    )
    assert items(cli)["A"]["category"] == "Hands"
    assert counts(bring(cli, "item", other, "--update")) == (0, 1, 1)
    assert items(cli)["A"]["category"] == "Arms"
    assert cli("item", "history", "A", "--json").json[0]["action"] == "inventory.item.import"


def test_a_blank_cell_clears_a_value_but_a_blank_column_says_nothing(cli: Cli) -> None:
    bring(cli, "item", "sku,name,category,base_unit\nA,Gloves,Hands,pair\nB,Masks,Face,each\n")
    silent = bring(cli, "item", "sku,name,category,base_unit\nA,Gloves,,\nB,Masks,,\n", "--update")
    assert counts(silent) == (0, 0, 2)
    assert any(note.endswith("category, base_unit.") for note in silent["notes"])
    assert counts(
        bring(cli, "item", "sku,name,category,base_unit\nA,Gloves,,\nB,Masks,Face,\n", "--update")
    ) == (
        0,
        1,
        1,
    )
    assert [(item["category"], item["base_unit"]) for item in items(cli).values()] == [
        (None, "pair"),
        ("Face", "each"),
    ]


def test_a_file_of_some_columns_updates_but_adds_nothing(cli: Cli) -> None:
    bring(cli, "item", "sku,name,order_up_to\nA,Gloves,50\n")
    assert counts(bring(cli, "item", "sku,reorder_point\nA,5\n", "--update")) == (0, 1, 0)
    assert (items(cli)["A"]["name"], items(cli)["A"]["reorder_point"]) == ("Gloves", 5)
    new = bring(cli, "item", "sku,reorder_point\nA,6\nZ,5\n", "--update")
    assert (new["kept"], [bad["reason"] for bad in new["bad"]]) == (
        False,
        ["is needed to add it, and no column fills it"],
    )
    against = bring(cli, "item", "sku,reorder_point\nA,60\n", "--update")
    assert [bad["reason"] for bad in against["bad"]] == ["is below the reorder point of 60"]
    assert items(cli)["A"]["reorder_point"] == 5


def test_a_key_of_ones_own_tells_what_is_there(cli: Cli) -> None:
    bring(cli, "vendor", "code,name,email\n1,Acme,a@x.org\n2,Best,b@x.org\n3,Curt,\n")
    outcome = bring(
        cli,
        "vendor",
        "name,email\nAcme Inc,a@x.org\nBlank,\n",
        "--key",
        "email",
        "--update",
        "--skip-bad",
    )
    assert counts(outcome) == (0, 1, 0)
    assert [(bad["line"], bad["column"]) for bad in outcome["bad"]] == [(3, "email")]
    assert [vendor["name"] for vendor in cli("vendor", "list", "--json").json] == [
        "Acme Inc",
        "Best",
        "Curt",
    ]


def test_rows_without_a_number_go_by_their_name(cli: Cli) -> None:
    text = "code,name\n,Acme\n,Best\nC3,Curt\n"
    assert counts(bring(cli, "vendor", text)) == (3, 0, 0)
    assert counts(bring(cli, "vendor", text)) == (0, 0, 3)
    assert counts(bring(cli, "vendor", "code,name\n,Dora\n,Dora\n")) == (1, 0, 1)
    assert bring(cli, "vendor", "name,website\nEve,1\nEve,2\n")["bad"][0]["line"] == 3


def test_a_barcode_belongs_to_one_item(cli: Cli) -> None:
    outcome = bring(
        cli, "item", "sku,name,barcode\nA,Gloves,111\nB,Masks,111\nC,Caps,222\n", "--skip-bad"
    )
    assert (counts(outcome), outcome["bad"][0]["reason"]) == ((2, 0, 0), "is that of item A")
    assert (
        bring(cli, "item", "sku,name,barcode\nD,Mitts,222\n")["bad"][0]["reason"]
        == "is that of item C"
    )


def test_references_are_found_by_code_or_name_and_never_by_row_number(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme", "--code", "77")
    outcome = bring(cli, "item", "sku,name,vendor\nA,a,77\nB,b,ACME\nC,c,1\n", "--skip-bad")
    assert counts(outcome) == (2, 0, 0)
    reason = outcome["bad"][0]["reason"]
    assert "'1'" in reason
    assert {"`officeops vendor add`", "`officeops vendor import`"} <= {*re.findall("`.*?`", reason)}
    assert [terms["vendor"] for terms in cli("terms", "list", "--json").json] == ["Acme", "Acme"]


def test_the_life_of_an_order_that_is_here_goes_on_here(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme")
    cli("item", "add", "--sku", "A", "--name", "Gloves")
    text = "number,vendor,status,notes\n7,Acme,sent,first\n"
    bring(cli, "order", text)
    bring(cli, "line", "order,item,packs\n7,A,3\n")
    cli("order", "receive", "7")
    assert counts(bring(cli, "order", text.replace("first", "second"), "--update")) == (0, 1, 0)
    (order,) = cli("order", "list", "--json").json
    assert (order["status"], order["note"]) == ("received", "second")


def test_a_pack_named_without_its_size_is_the_one_there_is(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme")
    bring(cli, "item", "sku,name\nA,Gloves\n")
    bring(cli, "pack", "item,name,size\nA,box,100\nA,case,200\nA,case,400\n")
    assert counts(bring(cli, "terms", "item,vendor,pack\nA,Acme,box\n")) == (1, 0, 0)
    (pack,) = {terms["pack_id"] for terms in cli("terms", "list", "--json").json}
    assert cli("pack", "show", f"#{pack}", "--json").json["size"] == 100
    assert (
        "say the pack's size"
        in bring(cli, "terms", "item,vendor,pack\nA,Acme,case\n")["bad"][0]["reason"]
    )


def test_a_state_that_an_import_may_set_is_compared_where_the_record_is_known(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme")
    text = "number,vendor,status\n7,Acme,draft\n"
    assert counts(bring(cli, "order", text)) == (1, 0, 0)
    assert counts(bring(cli, "order", text)) == (0, 0, 1)
    for words in ((), ("--update",)):
        other = bring(cli, "order", text.replace("draft", "sent"), *words)
        assert (counts(other), other["code"]) == ((0, 0, 0), 5)
        assert other["differing"][0]["columns"] == ["status"]
    assert cli("order", "list", "--json").json[0]["status"] == "draft"
