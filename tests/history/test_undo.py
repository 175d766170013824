"""Undo and redo: one's own last action or a named one, all of it or nothing, and a reason where it cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from officeops.history.done import undone
from officeops.history.undo import redo, undo
from officeops.model.errors import Already, NotFound, Refused
from officeops.office.crud import add_record, archive_record, edit_record, unarchive_record
from officeops.office.office import os_login
from officeops_vendors.model import Document, Vendor
from officeops_vendors.vendor_actions import hold, renew

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory


def vendor(office: Office, name: str = "Acme", **given: str) -> Vendor:
    return add_record(office, Vendor, {"name": name, **given})


def names(office: Office) -> list[str]:
    return [each.name for each in office.all(Vendor)]


def last(office: Office) -> int:
    return int(office.value("SELECT max(id) FROM core_action"))


# -- what is taken back ------------------------------------------------------------------------------------------


def test_the_last_action_goes_and_comes_back(office: Office) -> None:
    acme = vendor(office)
    edit_record(office, acme, {"name": "Bcme", "phone": "1"})
    office.do(hold, acme, reason="recall")
    archive_record(office, acme)
    seen = []
    for _ in range(4):
        undo(office)
        there = office.get(Vendor, acme.id)
        seen.append(
            (there.name, there.phone, there.status, there.hold_reason, there.archived_at is None)
        )
    assert seen == [
        ("Bcme", "1", "on_hold", "recall", True),
        ("Bcme", "1", "active", None, True),
        ("Acme", None, "active", None, True),
        ("Acme", None, "active", None, False),
    ]
    for _ in range(4):
        redo(office)
    there = office.get(Vendor, acme.id)
    assert (there.name, there.status, there.archived_at is None) == ("Bcme", "on_hold", False)
    with pytest.raises(NotFound, match="nothing of yours to redo"):
        redo(office)


def test_what_is_undone_says_which_it_was(office: Office) -> None:
    vendor(office)
    assert undo(office).startswith("Undone: add vendor Acme, of 20")
    assert redo(office).startswith("Redone: add vendor Acme, of 20")


def test_a_named_action_is_taken_back_whoever_did_it(
    office: Office, office_factory: OfficeFactory
) -> None:
    vendor(office, "Mine")
    theirs = office_factory(actor="ann")
    vendor(theirs, "Theirs")
    undo(office)
    assert names(office) == ["Theirs"]
    with pytest.raises(NotFound, match="nothing of yours to undo"):
        undo(office)
    undo(office, last(office) - 1)
    assert names(office) == []


def test_an_undo_is_taken_back_by_redo_alone_and_only_by_who_undid(
    office: Office, office_factory: OfficeFactory
) -> None:
    vendor(office)
    added = last(office)
    undo(office)
    with pytest.raises(Refused, match=f"action {added + 1} took back action {added}; the person"):
        undo(office, added + 1)
    with pytest.raises(NotFound, match="nothing of yours to undo"):
        undo(office)
    with pytest.raises(NotFound, match="nothing of yours to redo"):
        redo(office_factory(actor="ann"))
    redo(office)
    with pytest.raises(Refused, match=r"action \d+ redid an action"):
        undo(office, added + 2)
    assert undone(office) == {added + 1}
    undo(office, added)
    assert names(office) == []


def test_an_action_is_taken_back_once(office: Office) -> None:
    vendor(office)
    added = last(office)
    undo(office)
    with pytest.raises(Refused, match="was taken back already"):
        undo(office, added)


def test_actions_that_changed_nothing_are_passed_over(office: Office) -> None:
    acme = vendor(office)
    edit_record(office, acme, {"name": "Acme"})
    undo(office)
    assert names(office) == []


@pytest.mark.parametrize(
    "verb",
    [
        "core.init",
        "core.migrate",
        "core.restore",
        "core.purge",
        "core.key.renew",
        "core.due.seen",
        "demo.build",
    ],
)
def test_what_lasts_is_not_taken_back(office: Office, verb: str) -> None:
    with office.acting(verb):
        office.add(Vendor(name="Acme"))
    with pytest.raises(Refused, match="cannot be undone"):
        undo(office, last(office))
    with pytest.raises(NotFound):
        undo(office)


def test_there_is_no_such_action(office: Office) -> None:
    with pytest.raises(NotFound, match="There is no action 99"):
        undo(office, 99)


# -- all of it or nothing ----------------------------------------------------------------------------------------


def test_all_of_an_action_or_nothing(office: Office) -> None:
    with office.acting("test.two"):
        first, second = office.add(Vendor(name="One")), office.add(Vendor(name="Two"))
    both = last(office)
    edit_record(office, first, {"name": "Uno"})
    with pytest.raises(Refused, match=r"Vendor \w+: was changed since \(edit vendor\)"):
        undo(office, both)
    assert names(office) == ["Uno", "Two"]
    assert office.get(Vendor, second.id).version == 1
    undo(office)
    undo(office)
    assert names(office) == []


def test_what_something_depends_on_stays(office: Office) -> None:
    acme = vendor(office)
    added = last(office)
    paper = add_record(office, Document, {"vendor_id": acme.id, "kind": "baa"})
    with pytest.raises(
        Refused, match=r"Vendor \w+: Vendor document 1 depends on it \(add vendor document\)"
    ):
        undo(office, added)
    archive_record(office, paper)
    undo(office, added)
    assert names(office) == []


def test_what_was_pointed_at_later_stays(office: Office) -> None:
    first = vendor(office, "First")
    paper = add_record(office, Document, {"vendor_id": first.id, "kind": "baa"})
    second = vendor(office, "Second")
    added = last(office)
    edit_record(office, paper, {"vendor_id": second.id})
    with pytest.raises(Refused, match="depends on it"):
        undo(office, added)


def test_what_was_brought_back_and_is_needed_since_stays(office: Office) -> None:
    acme = vendor(office)
    archive_record(office, acme)
    unarchive_record(office, acme)
    back = last(office)
    add_record(office, Document, {"vendor_id": acme.id, "kind": "baa"})
    with pytest.raises(Refused, match="depends on it"):
        undo(office, back)


def test_what_points_elsewhere_again_on_the_way_back_needs_it_no_more(office: Office) -> None:
    acme = vendor(office)
    paper = add_record(office, Document, {"vendor_id": acme.id, "kind": "baa"})
    with office.acting("test.hand-over"):
        heir = office.add(Vendor(name="Heir"))
        office.edit(paper, vendor_id=heir.id)
    handed_over = last(office)
    edit_record(office, paper, {"number": "7"})
    undo(office, handed_over)
    there = office.get(Document, paper.id)
    assert (there.vendor_id, there.number, names(office)) == (acme.id, "7", ["Acme"])


def test_what_points_there_again_on_the_way_back_needs_it(office: Office) -> None:
    acme, heir = vendor(office), vendor(office, "Heir")
    paper = add_record(office, Document, {"vendor_id": acme.id, "kind": "baa"})
    archive_record(office, acme)
    with office.acting("test.hand-over"):
        office.unarchive(acme)
        office.edit(paper, vendor_id=heir.id)
    handed_over = last(office)
    edit_record(office, paper, {"number": "7"})
    with pytest.raises(
        Refused, match=r"Vendor \w+: Vendor document 1 depends on it \(edit vendor document\)"
    ):
        undo(office, handed_over)


def test_a_rule_of_the_record_holds_on_the_way_back(office: Office) -> None:
    acme = vendor(office)
    paper = add_record(
        office, Document, {"vendor_id": acme.id, "kind": "baa", "issued_on": office.today}
    )
    edit_record(office, paper, {"expires_on": office.today.replace(year=office.today.year + 1)})
    ends = last(office)
    edit_record(office, paper, {"issued_on": None})
    gone = last(office)
    undo(office, ends)
    edit_record(
        office,
        office.get(Document, paper.id),
        {"expires_on": office.today.replace(year=office.today.year - 1)},
    )
    with pytest.raises(Refused, match="expires before it was issued"):
        undo(office, gone)


def test_a_value_changed_again_stays(office: Office) -> None:
    acme = vendor(office)
    edit_record(office, acme, {"name": "Second", "phone": "2"})
    second = last(office)
    edit_record(office, acme, {"name": "Third"})
    with pytest.raises(Refused, match=r"^Vendor \w+: name: was changed again since$"):
        undo(office, second)
    edit_record(office, acme, {"email": "a@example.org"})
    undo(office)
    undo(office)
    undo(office, second)
    assert names(office) == ["Acme"]


def test_a_unique_value_given_away_stays_with_its_new_owner(office: Office) -> None:
    vendor(office, "Old", code="A")
    undo(office)
    vendor(office, "New", code="A")
    with pytest.raises(
        Refused, match=r"^Vendor A: code: 'A' is taken by another vendor: vendor New A \(#2\)"
    ):
        redo(office)
    undo(office)
    redo(office)  # the last undo is that of New
    with pytest.raises(Refused, match="is taken"):
        redo(office)
    assert names(office) == ["New"]


def test_an_archived_value_may_be_given_and_taken_again(office: Office) -> None:
    acme = vendor(office, "Old", code="A")
    archive_record(office, acme)
    vendor(office, "New", code="A")
    undo(office)
    undo(office)
    assert names(office) == ["Old"]


def test_renewals_go_from_the_newest(office: Office) -> None:
    acme = vendor(office)
    paper = add_record(
        office, Document, {"vendor_id": acme.id, "kind": "baa", "expires_on": office.today}
    )
    newer = office.do(renew, paper, expires_on=office.today.replace(year=office.today.year + 1))
    first = last(office)
    office.do(renew, newer, expires_on=office.today.replace(year=office.today.year + 2))
    with pytest.raises(Refused, match="depends on it"):
        undo(office, first)
    undo(office)
    undo(office)
    assert [each.id for each in office.all(Document)] == [paper.id]


def test_a_ledger_that_cannot_be_balanced_says_so(office_factory: OfficeFactory) -> None:
    text = (
        "from __future__ import annotations\nfrom officeops import *\nPLUGIN = Plugin('till', 'Cash')\n"
        "class Entry(Record, key='till.entry', append_only=True):\n    what: str = field()\n"
        "@hookimpl\ndef records(): return [Entry]\n"
        "@hookimpl\ndef migrations(): return [Migration('0001', 'CREATE TABLE till_entry (id INTEGER PRIMARY KEY AUTOINCREMENT, "
        "version INTEGER NOT NULL DEFAULT 1, archived_at TEXT, what TEXT NOT NULL) STRICT')]\n"
    )
    office = office_factory(files={"till": text})
    assert not office.plugins.troubles
    kind = office.record("entry")
    with office.acting("till.take"):
        office.add(kind(what="five"))
    with pytest.raises(Refused, match="Entry 1"):
        undo(office)


def test_what_belongs_to_a_plugin_that_is_off_waits_for_it(
    office: Office, office_factory: OfficeFactory
) -> None:
    vendor(office)
    without = office_factory("inventory")
    with pytest.raises(Refused, match="the plugin that keeps vendors_vendor is off; turn it on"):
        undo(without)


def test_guards_of_plugins_are_asked(office_factory: OfficeFactory) -> None:
    text = (
        "from __future__ import annotations\nfrom officeops import *\nPLUGIN = Plugin('guard', 'Says no')\n"
        "@hookimpl\ndef validate(office, change):\n"
        "    if change.verb == 'core.undo': yield Problem('never')\n"
    )
    office = office_factory("vendors", files={"guard": text})
    vendor(office)
    with pytest.raises(Refused, match="never"):
        undo(office)
    assert names(office) == ["Acme"]


# -- what is done again ------------------------------------------------------------------------------------------


def test_what_cannot_be_done_again_does_not_bar_what_was_undone_before(
    office: Office, cli: Cli
) -> None:
    acme, beta = vendor(office), vendor(office, "Beta")
    edit_record(office, acme, {"phone": "1"})
    first = last(office)
    edit_record(office, beta, {"phone": "2"})
    second = last(office)
    undo(office, first)
    undo(office, second)
    edit_record(office, office.get(Vendor, beta.id), {"phone": "3"})
    before = rf"^Vendor \w+: phone: was changed again since; `officeops redo {second + 1}` does again what you undid before that$"
    for named in (None, second, second + 2):
        with pytest.raises(Refused, match=before):
            redo(office, named)
    redo(office, second + 1)
    assert office.get(Vendor, acme.id).phone == "1"
    with pytest.raises(Refused, match=r"was changed again since$"):
        redo(office)
    undo(office, first)
    assert redo(office, first).startswith("Redone: ")
    assert office.get(Vendor, acme.id).phone == "1"
    assert cli("redo", "x").code == 2
    assert cli("redo", str(last(office) + 1)).code == 1


def test_what_is_named_to_be_done_again_must_be_undone(
    office: Office, office_factory: OfficeFactory
) -> None:
    vendor(office)
    added = last(office)
    with pytest.raises(Refused, match=rf"^action {added} \(add vendor\) is not undone$"):
        redo(office, added)
    undo(office)
    with pytest.raises(NotFound, match="There is no action 99"):
        redo(office, 99)
    redo(office_factory(actor="ann"), added)
    assert names(office) == ["Acme"]
    with pytest.raises(Refused, match=f"action {added + 1} was done again already"):
        redo(office, added + 1)


def test_what_belongs_to_something_is_not_done_again_before_it(office: Office) -> None:
    acme = vendor(office)
    added = last(office)
    paper = add_record(office, Document, {"vendor_id": acme.id, "kind": "baa"})
    undo(office)
    undo(office)
    with pytest.raises(Refused, match=r"^Vendor \w+: was archived since \(undo\)$"):
        redo(office, added + 1)
    redo(office, added)
    redo(office, added + 1)
    assert [each.id for each in office.all(Document)] == [paper.id]


def test_what_something_came_back_to_is_not_put_away_again_before_it(office: Office) -> None:
    acme = vendor(office)
    paper = add_record(office, Document, {"vendor_id": acme.id, "kind": "baa"})
    archive_record(office, paper)
    archive_record(office, acme)
    both = last(office)
    undo(office)
    undo(office)
    with pytest.raises(Refused, match=r"^Vendor \w+: Vendor document 1 depends on it \(undo\)"):
        redo(office, both)
    redo(office)
    redo(office)
    assert names(office) == []


# -- a request id ------------------------------------------------------------------------------------------------


def test_a_repeated_request_takes_back_once(office: Office) -> None:
    vendor(office, "One")
    vendor(office, "Two")
    said = undo(office, request="r1")
    for number in (None, last(office) - 1):
        with pytest.raises(Already) as before:
            undo(office, number, request="r1")
        assert before.value.outcome == said
    assert names(office) == ["One"]
    redo(office, request="r2")
    with pytest.raises(Already):
        redo(office, request="r2")
    assert names(office) == ["One", "Two"]


# -- the command line --------------------------------------------------------------------------------------------


def test_undo_and_redo_by_command(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme")
    cli("vendor", "edit", "Acme", "--phone", "1")
    number = cli("history", "--json").json[0]["number"]
    assert f"  {number}  " in cli("history").out
    ran = cli("undo", str(number))
    assert (ran.code, ran.out) == (0, "")
    assert "edit vendor Acme, of" in ran.err
    assert cli("vendor", "show", "Acme", "--json").json["phone"] is None
    assert cli("redo").code == 0
    assert cli("vendor", "show", "Acme", "--json").json["phone"] == "1"


def test_a_repeated_request_by_command_ends_well(cli: Cli) -> None:
    cli("vendor", "add", "--name", "Acme")
    for word in ("undo", "redo"):
        first = cli("--request-id", word, word)
        again = cli("--request-id", word, word)
        assert (first.code, again.code) == (0, 0)
        assert (
            again.err
            == f"This request id was already carried out; nothing was written again. {first.err}"
        )
    actions = [change["action"] for change in cli("history", "--since", "0", "--json").json]
    # A plugin's migration may have changed the new office's file before.
    assert [verb for verb in actions if not verb.startswith("core.migrate.")] == [
        "vendors.vendor.add",
        "core.undo",
        "core.redo",
    ]


@pytest.mark.parametrize("word", ["x", "-1", "1.5", "", "9" * 30, "#", "²"])
def test_a_number_that_is_none_is_wrong_usage(cli: Cli, word: str) -> None:
    cli("vendor", "add", "--name", "Acme")
    assert cli("undo", "--", word).code == 2
    assert len(cli("vendor", "list", "--json").json) == 1


def test_undo_and_redo_refuse_with_1(cli: Cli) -> None:
    assert cli("undo").err == "officeops: There is nothing of yours to undo.\n"
    assert cli("redo").code == cli("undo", "77").code == 1


def test_facts_are_put_back_at_once(cli: Cli, office: Office) -> None:
    cli("init", "--name", "Old")
    assert office.facts.name == "Old"
    cli("settings", "edit", "--name", "New")
    cli("undo")
    office.forget_facts()
    assert office.facts.name == "Old"


# -- size --------------------------------------------------------------------------------------------------------


def work(office: Office, act: Callable[[], object]) -> int:
    """Return how much SQLite does for something, in thousands of its instructions: the same on any machine."""
    steps = 0

    def count() -> None:
        nonlocal steps
        steps += 1

    office.store.db.set_progress_handler(count, 1000)
    try:
        act()
    finally:
        office.store.db.set_progress_handler(None, 0)
    return steps


@pytest.mark.parametrize("act", [undo, redo])
def test_a_large_import_is_taken_back_in_proportion(
    act: Callable[[Office], str], office_factory: OfficeFactory, cli: Cli, officeops_home: Path
) -> None:
    costs = []
    for size in (300, 3000):
        file = officeops_home / f"{size}.csv"
        file.write_text("sku,name,on_hand\n" + "".join(f"S{n},Item {n},5\n" for n in range(size)))
        office = office_factory(file=f"{size}.db", actor=os_login())
        assert cli("--db", office.store.path, "item", "import", str(file)).code == 0
        if act is redo:
            undo(office)
        costs.append(work(office, lambda office=office: act(office)))  # type: ignore[misc]
        assert office.value("SELECT sum(quantity) FROM inventory_stock") == (
            5 * size if act is redo else 0
        )
    assert costs[1] < 15 * costs[0]


def test_a_long_history_is_no_burden(office: Office) -> None:
    vendor(office)
    short = work(office, lambda: undo(office))
    with office.store.exclusive("test") as db:
        db.executemany(
            "INSERT INTO core_action (actor, at, verb, first_change) SELECT 'tester', '2026-01-01T00:00:00Z', 'x.y', "
            "1 + ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'core_change'), 0) WHERE ?",
            [(1,)] * 20_000,
        )
    vendor(office)
    # At most one look at each action, some twenty instructions.
    assert work(office, lambda: undo(office)) < short + 400
