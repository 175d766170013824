"""`officeops reorder draft --dry-run`: what would be drafted, to the line, and nothing of it kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from officeops.testing import Cli


@pytest.fixture
def low(cli: Cli) -> Cli:
    """Two items to order from two vendors, and one that nobody sells."""
    cli("init", "--name", "Office")
    for n, vendor in enumerate(("Acme", "Bolt")):
        cli("vendor", "add", "--name", vendor)
        cli(
            "item",
            "add",
            "--sku",
            f"S{n}",
            "--name",
            f"Item {n}",
            "--reorder-point",
            "10",
            "--order-up-to",
            "30",
        )
    cli("pack", "add", "--item", "S0", "--name", "box", "--size", "10")
    cli("terms", "add", "--item", "S0", "--vendor", "Acme", "--pack", "box", "--price", "12.50")
    cli("terms", "add", "--item", "S1", "--vendor", "Bolt")
    cli("item", "add", "--sku", "S2", "--name", "Orphan", "--reorder-point", "5")
    return cli


def kept(cli: Cli) -> list[Any]:
    """Everything a draft could leave behind."""
    return [
        cli(*words, "--json").json for words in (("order", "list"), ("line", "list"), ("history",))
    ]


def test_a_dry_run_prints_the_lines_and_keeps_nothing(low: Cli) -> None:
    before = kept(low)
    ran = low("reorder", "draft", "--dry-run")
    assert ran.code == 0
    assert [line.split() for line in ran.out.splitlines()] == [
        [
            "Order",
            "Vendor",
            "Item",
            "Name",
            "Packs",
            "Pack",
            "Pack",
            "size",
            "Quantity",
            "Price",
            "Amount",
        ],
        ["new", "Acme", "S0", "Item", "0", "3", "box", "10", "30", "12.50", "37.50"],
        ["new", "Bolt", "S1", "Item", "1", "30", "each", "1", "30"],
    ]
    assert "Orphan (S2)" in ran.err
    assert "2 lines on 2 orders" in ran.err
    assert kept(low) == before


def test_what_it_prints_is_what_is_drafted(low: Cli) -> None:
    dry = low("reorder", "draft", "--dry-run", "--json", "--item", "S0=5").json
    assert low("reorder", "draft", "--item", "S0=5").code == 0
    (made,) = low("line", "list", "--json").json
    assert (dry[0]["order"], dry[0]["item"]) == (None, "S0")
    assert [(each["packs"], each["pack"], each["pack_size"], each["price"]) for each in dry] == [
        (5, "box", 10, "12.50")
    ]
    assert (made["packs"], made["pack"], made["pack_size"], made["price"]) == (
        5,
        "box",
        10,
        "12.50",
    )


def test_an_order_that_would_be_topped_up_is_named(low: Cli) -> None:
    low("reorder", "draft", "--item", "S0")
    low("item", "edit", "S0", "--order-up-to", "90", "--reorder-point", "50")
    before = kept(low)
    (line,) = low("reorder", "draft", "--dry-run", "--json", "--item", "S0").json
    assert (line["order"], line["packs"]) == ("PO-1", 6)
    assert kept(low) == before
    low("reorder", "draft", "--item", "S0")
    assert [each["packs"] for each in low("line", "list", "--json").json] == [9]


def test_a_dry_run_takes_no_request_id(low: Cli) -> None:
    assert low("--request-id", "r1", "reorder", "draft", "--dry-run").code == 0
    assert "2 lines drafted on PO-1, PO-2" in low("--request-id", "r1", "reorder", "draft").err
    assert low("reorder", "draft", "--dry-run", "--json").json == []


def test_a_repeated_draft_says_the_sentence_of_the_first_time(low: Cli) -> None:
    first, again = [low("--request-id", "r1", "reorder", "draft") for _ in range(2)]
    sentence = first.err.splitlines()[-1]
    assert "PO-1, PO-2" in sentence
    assert again.err.endswith(f" {sentence}\n")
