"""An edit of what others changed: the same field is a conflict, another one is not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.history.history_tools import raw

from officeops.model.errors import Conflict, Refused
from officeops.office.crud import edit_record
from officeops_inventory.model import Item

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli


def test_others_changing_other_fields_is_no_clash(office: Office, cli: Cli) -> None:
    cli(
        "item",
        "add",
        "--sku",
        "A",
        "--name",
        "Gloves",
        "--reorder-point",
        "5",
        "--order-up-to",
        "9",
    )
    mine = office.find(Item, "A")
    cli("item", "edit", "A", "--name", "Theirs", "--reorder-point", "50", "--order-up-to", "90")
    merged = edit_record(office, mine, {"category": "Hands", "name": "Gloves", "base_unit": "each"})
    assert merged is mine
    assert (mine.version, mine.name, mine.category, mine.reorder_point) == (
        3,
        "Theirs",
        "Hands",
        50,
    )
    assert mine == office.find(Item, "A")


def test_what_fields_must_be_together_is_checked_on_both_changes(office: Office, cli: Cli) -> None:
    cli(
        "item",
        "add",
        "--sku",
        "A",
        "--name",
        "Gloves",
        "--reorder-point",
        "50",
        "--order-up-to",
        "90",
    )
    first, second = office.find(Item, "A"), office.find(Item, "A")
    cli("item", "edit", "A", "--reorder-point", "80")
    with pytest.raises(Refused, match="order_up_to: is below the reorder point of 80"):
        edit_record(office, first, {"order_up_to": 60})
    assert (first.version, first.order_up_to) == (1, 90)
    cli("item", "edit", "A", "--reorder-point", "10")
    edit_record(office, second, {"order_up_to": 20})
    assert office.find(Item, "A").order_up_to == 20


def test_the_same_change_by_both_is_no_clash(office: Office, cli: Cli) -> None:
    cli("item", "add", "--sku", "A", "--name", "Gloves")
    mine = office.find(Item, "A")
    cli("item", "edit", "A", "--name", "Mitts", "--category", "Theirs")
    with pytest.raises(Conflict) as clash:
        edit_record(office, mine, {"name": "Mitts", "category": "Mine"})
    assert (list(clash.value.mine), clash.value.version) == (["category"], 2)
    assert edit_record(office, mine, {"name": "Mitts"}).version == 2


def test_what_was_put_away_meanwhile_is_not_changed_unseen(office: Office, cli: Cli) -> None:
    cli("item", "add", "--sku", "A", "--name", "Gloves")
    mine = office.find(Item, "A")
    cli("item", "archive", "A")
    with pytest.raises(Conflict, match=r"was changed by someone else \(archived\)"):
        edit_record(office, mine, {"category": "Mine"})


def test_the_office_itself_stays_strict(office: Office, cli: Cli) -> None:
    cli("item", "add", "--sku", "A", "--name", "Gloves")
    mine = office.find(Item, "A")
    cli("item", "edit", "A", "--category", "Theirs")
    with pytest.raises(Conflict, match=r"\(another field\)"), office.acting("test"):
        office.edit(mine, name="Mine", base_unit="each")


@pytest.fixture
def stale(cli: Cli) -> Cli:
    """An item at version 3: its name changed twice, its reorder point once."""
    cli("item", "add", "--sku", "A", "--name", "Gloves", "--category", "Hands")
    cli("item", "edit", "A", "--name", "Mitts")
    cli("item", "edit", "A", "--name", "Mittens", "--reorder-point", "7")
    return cli


def test_a_script_sees_a_clash_field_by_field(stale: Cli) -> None:
    ran = stale(
        "item", "edit", "A", "--version", "1", "--name", "Mine", "--category", "New", "--json"
    )
    assert (ran.code, ran.json) == (
        1,
        {
            "conflict": {"name": {"mine": "Mine", "theirs": "Mittens", "base": "Gloves"}},
            "version": 3,
        },
    )
    assert "was changed by someone else (name)" in ran.err
    assert stale("item", "show", "A", "--json").json["name"] == "Mittens"


def test_a_person_reads_a_clash_in_a_sentence(stale: Cli) -> None:
    ran = stale("item", "edit", "A", "--version", "2", "--reorder-point", "", "--name", "Mine")
    assert (ran.code, ran.out) == (1, "")
    for fact in ("Item A", "yours 'Mine', theirs 'Mittens', before 'Mitts'", "--version 3"):
        assert fact in ran.err
    assert ran.err.count("\n") == 1
    over = stale("item", "edit", "A", "--version", "3", "--name", "Mine")
    assert (over.code, over.err) == (0, "Item A changed.\n")


def test_an_edit_of_what_was_read_goes_with_what_others_changed(stale: Cli) -> None:
    ran = stale("item", "edit", "A", "--version", "1", "--category", "New")
    assert (ran.code, ran.err.startswith("Item A changed;")) == (0, True)
    made = stale("item", "show", "A", "--json").json
    assert (made["category"], made["name"], made["version"]) == ("New", "Mittens", 4)


def test_references_and_money_clash_as_people_write_them(cli: Cli) -> None:
    for name in ("Acme", "Best", "Core"):
        cli("vendor", "add", "--name", name, "--minimum-order", "5")
    cli("order", "add", "--vendor", "Acme")
    cli("order", "edit", "PO-1", "--vendor", "Best", "--expected-on", "2026-03-02")
    ran = cli(
        "order",
        "edit",
        "PO-1",
        "--version",
        "1",
        "--vendor",
        "Core",
        "--expected-on",
        "2026-03-09",
        "--json",
    )
    assert ran.json["conflict"] == {
        "vendor": {"mine": "Core", "theirs": "Best", "base": "Acme"},
        "expected_on": {"mine": "2026-03-09", "theirs": "2026-03-02", "base": None},
    }
    cli("vendor", "edit", "Acme", "--minimum-order", "7.5")
    ran = cli("vendor", "edit", "Acme", "--version", "1", "--minimum-order", "9")
    assert "minimum_order: yours '9.00', theirs '7.50', before '5.00'" in ran.err


@pytest.mark.parametrize(
    ("version", "said"),
    [("9", "Item A has no version 9; it is at version 3"), ("0", "--version")],
)
def test_a_version_that_never_was_is_said(stale: Cli, version: str, said: str) -> None:
    ran = stale("item", "edit", "A", "--version", version, "--name", "Mine")
    assert (ran.code, said in ran.err) == (2, True)


def test_a_history_that_does_not_reach_back_is_said(office: Office, stale: Cli) -> None:
    # The office itself counts versions on one by one, so only a foreign tool leaves such a gap.
    with raw(Path(office.path)) as db:
        db.execute("UPDATE inventory_item SET version = 40")
    ran = stale("item", "edit", "A", "--version", "2", "--name", "Mine")
    assert (ran.code, "version 2" in ran.err) == (1, True)
