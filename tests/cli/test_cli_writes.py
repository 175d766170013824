"""Writing from the command line: add, edit, archive, actions and facts; nothing twice, nothing by accident."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.model.errors import Conflict
from officeops.office.crud import edit_record
from officeops_inventory.model import Item
from officeops_inventory.stock.actions import use

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli


def actions(cli: Cli) -> int:
    """How many changes are on record."""
    return len(cli("history", "--json").json)


def test_what_was_added_is_named_for_scripts_and_people(cli: Cli) -> None:
    ran = cli("item", "add", "--sku", "A", "--name", "Gloves")
    assert (ran.code, ran.out, ran.err) == (0, "", "Item A added.\n")
    assert cli("item", "add", "--sku", "B", "--name", "Masks", "--json").json == {
        "id": 2,
        "key": "B",
        "version": 1,
    }
    assert cli("order", "add", "--vendor", "nobody").code == 1


def test_an_empty_value_clears_a_field_but_not_a_needed_one(cli: Cli) -> None:
    cli("item", "add", "--sku", "A", "--name", "Gloves", "--category", "Hands")
    assert cli("item", "edit", "A", "--category", "").code == 0
    assert cli("item", "show", "A", "--json").json["category"] is None
    assert cli("item", "edit", "A", "--name", " ").code == 1
    assert cli("item", "show", "A", "--json").json["name"] == "Gloves"


def test_an_action_needs_what_it_needs(cli: Cli) -> None:
    cli("item", "add", "--sku", "A", "--name", "Gloves")
    blank = cli("item", "use", "A", "--quantity", "")
    assert (blank.code, blank.err) == (2, "officeops: --quantity is needed.\n")
    assert cli("item", "use", "A", "--quantity", "1").code == 1
    cli("item", "receive", "A", "--quantity", "5", "--lot", "")
    assert (
        cli("item", "use", "A", "--quantity", "2", "--json")
        .json["outcome"]
        .startswith("Gloves: 2 used")
    )


def test_a_record_is_found_by_key_name_or_number_and_never_by_a_guess(cli: Cli) -> None:
    cli("vendor", "add", "--code", "7", "--name", "Acme")
    for sku in ("T1", "T2"):
        cli("item", "add", "--sku", sku, "--name", "Twin")
    cli("vendor", "add", "--name", "Ácme Two")
    cli("vendor", "add", "--name", "Other")
    assert [
        cli("vendor", "show", word, "--json").json["id"]
        for word in ("7", "acme", " Acme ", "#1", "acme  two", "3")
    ] == [
        1,
        1,
        1,
        1,
        2,
        3,
    ]
    twice = cli("item", "show", "twin")
    assert (twice.code, "Twin T1 (#1), Twin T2 (#2)" in twice.err) == (2, True)
    assert cli("vendor", "show", "Acm").code == 1


def test_orders_are_found_by_their_key_and_other_words_find_none(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme")
    cli("order", "add", "--vendor", "Acme", "--reference", "X-9")
    assert [
        cli("order", "show", word, "--json").json["key"]
        for word in ("PO-1", "po-1", "X-9", "1", "#1")
    ] == ["PO-1"] * 5
    assert "no purchase order 'Acme'" in cli("order", "show", "Acme").err


def test_archiving_frees_a_unique_value_and_unarchiving_asks_for_it_back(cli: Cli) -> None:
    cli("item", "add", "--sku", "A", "--name", "Old")
    assert cli("item", "archive", "A").err == "Item A is archived.\n"
    assert cli("item", "archive", "A").code == 1
    assert cli("item", "add", "--sku", "A", "--name", "New").code == 0
    assert cli("item", "show", "A", "--json").json["name"] == "New"
    taken = cli("item", "unarchive", "#1")
    assert (taken.code, "'A' is taken by another item: item New A (#2)" in taken.err) == (1, True)
    cli("item", "archive", "A")
    assert cli("item", "unarchive", "#1").code == 0
    assert cli("item", "show", "A", "--json").json["name"] == "Old"


def test_a_stale_edit_is_a_conflict_that_shows_both_sides(office: Office, cli: Cli) -> None:
    cli("item", "add", "--sku", "A", "--name", "Gloves")
    mine = office.find(Item, "A")
    cli("item", "edit", "A", "--name", "Theirs")
    with pytest.raises(
        Conflict, match=r"Item A was changed by someone else \(name\)\. Open it again"
    ) as clash:
        edit_record(office, mine, {"name": "Mine"})
    assert (clash.value.mine, clash.value.theirs, clash.value.base) == (
        {"name": "Mine"},
        {"name": "Theirs"},
        {"name": "Gloves"},
    )
    assert mine.name == "Gloves"
    with pytest.raises(Conflict):
        office.do(use, mine, quantity=1)
    assert cli("item", "show", "A", "--json").json["name"] == "Theirs"


# -- a request id ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        ["item", "add", "--sku", "B", "--name", "Masks"],
        ["item", "edit", "A", "--sku", "A2"],
        ["item", "archive", "S"],
        ["item", "receive", "A", "--quantity", "5", "--lot", "L1"],
        ["vendor", "hold", "Acme", "--reason", "recall"],
        ["reorder", "draft"],
        ["reorder", "snooze", "A", "--until", "+7d"],
        ["settings", "edit", "--name", "Other"],
        ["lot", "quarantine", "L1", "L2"],
    ],
    ids=" ".join,
)
def test_a_request_is_carried_out_once(cli: Cli, words: list[str]) -> None:
    cli("init", "--name", "Office")
    cli("vendor", "add", "--name", "Acme")
    cli("item", "add", "--sku", "A", "--name", "Gloves", "--reorder-point", "50")
    cli("item", "add", "--sku", "S", "--name", "Spare")
    cli("terms", "add", "--item", "A", "--vendor", "Acme")
    for lot in ("L1", "L2"):
        cli("item", "receive", "A", "--quantity", "5", "--lot", lot)
    first = cli("--request-id", "r1", *words)
    assert first.code == 0, first.err
    after = actions(cli)
    again = cli("--request-id", "r1", *words)
    assert again.code == 0, again.err
    assert "request id was already carried out" in again.err
    assert actions(cli) == after
    assert [lot["status"] for lot in cli("lot", "list", "--json").json].count("quarantined") in (
        {2} if words[0] == "lot" else {0}
    )


def test_a_repeated_request_answers_scripts_as_before(cli: Cli) -> None:
    words = ("--request-id", "r1", "item", "add", "--sku", "A", "--name", "Gloves", "--json")
    answer = {"id": 1, "key": "A", "version": 1}
    assert cli(*words).json == answer
    assert cli(*words).json == {**answer, "repeated": True}


def test_an_import_under_a_request_id_is_done_once(cli: Cli, officeops_home: Path) -> None:
    file = officeops_home / "use.csv"
    file.write_text("sku,name\nA,Gloves\n")
    assert cli("--request-id", "r1", "item", "import", str(file)).code == 0
    cli("item", "archive", "A")
    again = cli("--request-id", "r1", "item", "import", str(file))
    assert (again.code, cli("item", "list", "--json").json) == (0, [])


# -- the office's facts ------------------------------------------------------------------------------------


def test_facts_are_edited_and_read_at_once(cli: Cli) -> None:
    cli("init", "--name", "Old", "--currency", "usd")
    cli(
        "settings",
        "edit",
        "--date-order",
        "dmy",
        "--currency",
        "chf",
        "--time-zone",
        "Europe/Zurich",
    )
    facts = {
        row["setting"]: row["value"]
        for row in cli("settings", "--json").json
        if row["where"] == "office"
    }
    assert (facts["name"], facts["currency"], facts["date_order"], facts["time_zone"]) == (
        "Old",
        "CHF",
        "dmy",
        "Europe/Zurich",
    )
    cli("vendor", "add", "--name", "Acme")
    cli("document", "add", "--vendor", "Acme", "--kind", "baa", "--expires-on", "03/04/2027")
    assert cli("document", "list", "--json").json[0]["expires_on"] == "2027-04-03"


def test_facts_that_are_needed_stay(cli: Cli) -> None:
    cli("init", "--name", "Old")
    assert [cli("settings", "edit", option, "").code for option in ("--name", "--currency")] == [
        1,
        1,
    ]
    assert cli("settings", "edit", "--date-order", "ymd").code == 2


def test_an_office_begins_once(cli: Cli) -> None:
    assert "`officeops init --name NAME`" in cli("settings", "edit", "--name", "New").err
    assert cli("init", "--name", "Old").code == 0
    again = cli("init", "--name", "New")
    assert again.code == 1
    assert "is the office of Old already; nothing was changed" in again.err


def test_a_request_id_that_is_given_to_something_else_is_refused_and_not_taken_for_done(
    cli: Cli,
) -> None:
    for sku in ("A", "B"):
        assert cli("item", "add", "--sku", sku, "--name", f"Item {sku}").code == 0
    first = ("item", "receive", "A", "--quantity", "10")
    assert cli("--request-id", "n1", *first).code == 0
    assert cli("--request-id", "n1", *first).code == 0
    for words in (
        ("item", "receive", "B", "--quantity", "77"),
        ("item", "receive", "A", "--quantity", "77"),
        ("item", "add", "--sku", "C", "--name", "C"),
        ("undo",),
    ):
        ran = cli("--request-id", "n1", *words)
        assert (ran.code, "n1 was given to something else before" in ran.err) == (1, True), words
    assert [row["on_hand"] for row in cli("item", "list", "--json").json] == [10, 0]
    edit = ("item", "edit", "A", "--sku", "AA")
    assert cli("--request-id", "n2", *edit).code == 0
    assert "already carried out" in cli("--request-id", "n2", *edit).err
    assert cli("--request-id", "n2", "item", "edit", "AA", "--sku", "AAA").code == 1
    assert cli("--request-id", "n2", "item", "edit", "B", "--sku", "AA").code == 1
    add = ("item", "add", "--sku", "D", "--name", "D")
    assert cli("--request-id", "n3", *add).code == 0
    assert "already carried out" in cli("--request-id", "n3", *add).err
    assert cli("--request-id", "n3", "item", "add", "--sku", "E", "--name", "D").code == 1


def test_one_of_several_that_is_refused_keeps_no_other_from_it_and_is_told(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme")
    cli("item", "add", "--sku", "A", "--name", "Gauze")
    for number in (1, 2, 3):
        cli("order", "add", "--vendor", "Acme")
        if number != 2:
            cli("order", "add-line", f"PO-{number}", "--item", "A", "--packs", "1", "--price", "2")
    some = cli("order", "approve", "PO-1", "PO-2", "PO-3", "PO-1")
    assert some.code == 5
    assert "PO-1 is approved: 1 line, 2.00" in some.err
    assert "Approve PO-2: it has no lines" in some.err
    assert "PO-3 is approved" in some.err
    none = cli("order", "approve", "PO-1", "PO-2")
    assert none.code == 1
    assert cli("order", "approve", "PO-1", "PO-9").code == 1
    cli("order", "reopen", "PO-1")
    cli("order", "reopen", "PO-3")
    assert cli("order", "approve", "PO-1", "PO-3").code == 0
    cli("order", "add-line", "PO-2", "--item", "A", "--packs", "1")
    asked = cli("order", "approve", "PO-2")
    assert (asked.code, "1 line has no price; say --without-prices" in asked.err) == (1, True)
    # A yes/no option needs no word behind it, and takes none that is not its own.
    assert cli("order", "approve", "--without-prices", "PO-2").code == 0
    as_json = cli("order", "send", "PO-1", "PO-2", "--json")
    assert (as_json.code, len(as_json.out.splitlines())) == (0, 2)


def test_a_repeated_action_that_answers_with_a_record_and_words_answers_the_same(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme")
    cli("item", "add", "--sku", "A", "--name", "Gauze")
    cli("order", "add", "--vendor", "Acme")
    words = (
        "--request-id",
        "r1",
        "order",
        "add-line",
        "PO-1",
        "--item",
        "A",
        "--packs",
        "1",
        "--json",
    )
    first, again = cli(*words), cli(*words)
    assert first.json["id"] == 1
    assert "Acme has no terms for it" in first.json["outcome"]
    assert again.json == {**first.json, "repeated": True}
