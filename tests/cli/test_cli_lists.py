"""Lists, for people and for scripts: bare JSON arrays, CSV, chosen columns, filters, views, history, search and completion."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from officeops.testing import Cli

OFFICEOPS = str(Path(sys.executable).with_name("officeops"))
ITEMS = "sku,name,category,reorder_point,on_hand,discontinued\n" + "\n".join(
    f"S{n:03},{'Gloves' if n % 2 else 'Masks'} {n},{'Hands' if n % 2 else 'Face'},{n},{n // 2},{'yes' if n > 95 else 'no'}"
    for n in range(1, 101)
)


@pytest.fixture
def stocked(cli: Cli) -> Cli:
    """An office with a hundred items."""
    assert cli("item", "import", "-", typed=ITEMS).code == 0
    return cli


def skus(cli: Cli, *words: str) -> list[str]:
    """What `item list` finds, in its order."""
    ran = cli("item", "list", "--json", *words)
    assert ran.code == 0, ran.err
    return [item["sku"] for item in ran.json]


def test_json_is_one_bare_array_of_flat_objects_and_all_of_it(stocked: Cli) -> None:
    ran = stocked("item", "list", "--json")
    assert ran.err == ""
    assert len(ran.json) == 100
    assert {type(value) for item in ran.json for value in item.values()} <= {
        str,
        int,
        bool,
        type(None),
    }
    assert stocked("item", "list", "--json", "reorder_point=987654").json == []


def test_json_has_money_as_decimals_dates_as_iso_and_references_by_name_and_id(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme", "--minimum-order", "1,250.5")
    cli("item", "add", "--sku", "A", "--name", "Gloves")
    cli(
        "terms",
        "add",
        "--item",
        "A",
        "--vendor",
        "Acme",
        "--price",
        "0.1234",
        "--price-until",
        "1/31/2027",
    )
    (terms,) = cli("terms", "list", "--json").json
    assert cli("vendor", "list", "--json").json[0]["minimum_order"] == "1250.50"
    assert (terms["price"], terms["price_until"]) == ("0.1234", "2027-01-31")
    assert (terms["vendor"], terms["vendor_id"], terms["item"], terms["item_id"]) == (
        "Acme",
        1,
        "Gloves",
        1,
    )


def test_csv_says_the_same_as_json(stocked: Cli) -> None:
    rows = list(csv.DictReader(io.StringIO(stocked("item", "list", "--csv").out)))
    plain = [
        {
            name: "" if value is None else json.dumps(value).strip('"')
            for name, value in item.items()
        }
        for item in stocked("item", "list", "--json").json
    ]
    assert rows == plain


def test_an_empty_list_is_data_for_scripts_and_a_sentence_for_people(cli: Cli) -> None:
    assert cli("vendor", "list", "--json").json == []
    assert cli("vendor", "list", "--csv").out.count("\n") == 1
    ran = cli("vendor", "list")
    assert (ran.out, ran.err) == ("", "No vendors.\n")


def test_a_limit_is_only_what_was_asked(stocked: Cli) -> None:
    assert len(skus(stocked, "--limit", "7")) == 7
    assert len(skus(stocked, "--limit", "0")) == 100
    assert len(stocked("item", "list").out.splitlines()) == 101
    assert stocked("item", "list", "--limit", "9" * 25).code == 0


def test_columns_come_in_the_order_asked(stocked: Cli) -> None:
    (first, *_) = stocked("item", "list", "--json", "--columns", "on_hand,name,sku").json
    assert list(first) == ["id", "on_hand", "name", "sku"]


def test_filters_and_sort(stocked: Cli) -> None:
    assert (
        skus(stocked, "--where", "reorder_point<=3")
        == skus(stocked, "reorder-point<=3")
        == ["S001", "S003", "S002"]
    )
    assert skus(stocked, "--sort", "-reorder_point", "--limit", "2") == ["S100", "S099"]
    assert skus(stocked, "--sort", "category,-reorder_point", "--limit", "2") == ["S100", "S098"]
    assert skus(stocked, "category=Hands", "reorder_point>97") == ["S099"]
    assert skus(stocked, "gloves 5", "--sort", "sku", "--limit", "2") == ["S005", "S051"]
    assert skus(stocked, "sku=S001,s002", "--sort", "sku") == ["S001", "S002"]
    assert (
        len(skus(stocked, "--where", "-category=Hands"))
        == len(skus(stocked, "category!=Hands"))
        == 50
    )
    assert len(skus(stocked, "on_hand>=10", "on_hand<20")) == 20
    assert skus(stocked, "base_unit=") == []


def test_a_view_is_a_named_filter_that_more_may_narrow(stocked: Cli) -> None:
    assert skus(stocked, "--view", "discontinued", "--sort", "sku") == [
        f"S{n:03}" for n in range(96, 101)
    ]
    assert skus(stocked, "--view", "discontinued", "category=Hands", "--sort", "sku") == [
        "S097",
        "S099",
    ]
    wrong = stocked("item", "list", "--view", "nonesuch")
    assert wrong.code == 1
    assert "they have discontinued" in wrong.err


def test_archived_records_are_left_out_unless_asked(stocked: Cli) -> None:
    stocked("item", "archive", "S001")
    assert len(skus(stocked)) == 99
    assert len(skus(stocked, "--archived")) == 100


def test_a_search_finds_parts_of_words_in_any_kind(stocked: Cli) -> None:
    stocked("vendor", "add", "--name", "Glove Makers", "--code", "GM")
    found = {(hit["noun"], hit["key"]) for hit in stocked("search", "love", "--json").json}
    assert ("vendor", "GM") in found
    assert len(found) == 51
    assert stocked("search", "GM", "--json").json[0]["name"] == "Glove Makers"
    nothing = stocked("search", "zebra")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "Nothing found.\n")


def test_a_search_says_what_is_archived(cli: Cli) -> None:
    for name in ("Acme", "Acme Gone"):
        cli("vendor", "add", "--name", name)
    cli("vendor", "archive", "Acme Gone")
    assert "Acme Gone (archived)" in cli("search", "Acme Gone").out
    assert "(archived)" not in cli("search", "Acme").out
    hits = [*cli("search", "Acme Gone", "--json").json, *cli("search", "Acme", "--json").json]
    assert [(hit["name"], hit["archived"]) for hit in hits] == [
        ("Acme Gone", True),
        ("Acme", False),
    ]


def test_every_list_of_every_noun_is_json_csv_and_a_table(stocked: Cli) -> None:
    nouns = "item vendor document location order line lot move pack terms level stock closed-day count-entry"
    for noun in nouns.split():
        assert isinstance(stocked(noun, "list", "--json").json, list), noun
        assert stocked(noun, "list", "--csv").out.endswith("\n"), noun
        assert stocked(noun, "list").code == 0, noun
        assert stocked(noun, "--help").code == stocked(noun, "list", "--help").code == 0, noun


def test_history_is_newest_first_with_before_and_after(cli: Cli) -> None:
    cli("item", "add", "--sku", "A", "--name", "Gloves")
    cli("item", "edit", "A", "--name", "Mitts")
    changed, added = cli("item", "history", "A", "--json").json
    assert (changed["action"], json.loads(changed["before"]), json.loads(changed["after"])) == (
        "inventory.item.edit",
        {"name": "Gloves"},
        {"name": "Mitts"},
    )
    assert (added["action"], added["before"]) == ("inventory.item.add", None)
    assert "name Gloves → Mitts" in cli("item", "history", "A").out
    assert [row["cursor"] for row in cli("history", "--limit", "1", "--json").json] == [
        changed["cursor"]
    ]


# -- completion ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_are_printed(cli: Cli, shell: str) -> None:
    ran = cli("completion", shell)
    assert ran.code == 0
    assert "_OFFICEOPS_COMPLETE" in ran.out


def completed(line: str) -> set[str]:
    """What bash would offer for a line, its last word being typed."""
    words = line.split(" ")
    env = {
        **os.environ,
        "_OFFICEOPS_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    ran = subprocess.run([OFFICEOPS], env=env, capture_output=True, text=True, check=False)
    assert ran.stderr == ""
    return {answer.partition(",")[2] for answer in ran.stdout.splitlines()}


def test_completion_offers_words_nouns_verbs_and_options() -> None:
    assert completed("officeops it") == {"item"}
    assert {"reorder", "report"} <= completed("officeops re")
    assert {"add", "adjust", "archive"} <= completed("officeops item a")
    assert {"approve", "receive"} <= completed("officeops order ")
    assert {"--where"} == completed("officeops item list --wh")
    assert {"draft"} == completed("officeops reorder dr")


def test_filters_that_are_given_twice_all_hold(stocked: Cli) -> None:
    both = skus(stocked, "--where", "category=Hands", "--where", "reorder_point<4")
    assert both == skus(stocked, "--where", "category=Hands reorder_point<4") == ["S001", "S003"]
    exported = stocked(
        "item", "export", "-", "--where", "category=Hands", "--where", "reorder_point<4"
    )
    assert exported.out.count("\n") == 3


@pytest.mark.parametrize(
    "words",
    [
        ("item", "list", "--limit", "1", "--limit", "2"),
        ("item", "edit", "S001", "--name", "A", "--name=B"),
        ("location", "add", "--name", "A", "--name", "A"),
        ("today", "--until", "2026-01-01", "--until", "2026-02-01"),
    ],
)
def test_an_option_of_one_value_is_not_given_twice(stocked: Cli, words: tuple[str, ...]) -> None:
    ran = stocked(*words)
    assert (ran.code, "is given twice" in ran.err) == (2, True)
    assert stocked("item", "edit", "S001", "--name", "--name").code == 0
