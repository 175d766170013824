"""Undo and redo: one's own last action or a named one, all of it or nothing, and a reason where it cannot be."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from officeops.history.done import Undone
from officeops.history.undo import redo, undo
from officeops.model.errors import Already, NotFound, Refused
from officeops.office.crud import archive_record, edit_record
from officeops.office.office import os_login
from officeops_vendors.model import Vendor
from officeops_vendors.vendor_actions import hold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory
from tests.history.undo_tools import last, names, vendor


def test_the_last_action_goes_and_comes_back(office: Office) -> None:
    acme = vendor(office)
    edit_record(office, acme, {"name": "Bcme", "website": "1"})
    office.do(hold, acme, reason="recall")
    archive_record(office, acme)
    seen = []
    for _ in range(4):
        undo(office)
        there = office.get(Vendor, acme.id)
        seen.append(
            (there.name, there.website, there.status, there.hold_reason, there.archived_at is None)
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
    undone = Undone(office)
    assert [number for number in range(1, last(office) + 1) if number in undone] == [added + 1]
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
    for size in (100, 1000):
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


@pytest.mark.parametrize("actor", ["tester", "somebody"])
def test_a_long_history_is_no_burden(office: Office, actor: str) -> None:
    """Undo and redo cost the same behind 20,000 actions, also of an action that lies behind them."""
    acme = vendor(office)
    edit_record(office, acme, {"website": "1"})
    added = last(office)
    short = work(office, lambda: undo(office, added)) + work(office, lambda: redo(office, added))
    with office.store.exclusive("test") as db:
        db.executemany(
            "INSERT INTO core_action (actor, at, verb, first_change) SELECT ?, '2026-01-01T00:00:00Z', 'x.y', "
            "1 + ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'core_change'), 0)",
            [(actor,)] * 20_000,
        )
    vendor(office, "Bcme")
    long = [
        work(office, lambda: undo(office)),
        work(office, lambda: redo(office)),
        work(office, lambda: undo(office, added)) + work(office, lambda: redo(office, added)),
    ]
    # To look at each action once is some twenty instructions.
    assert max(long) < short + 50


def test_entries_that_nothing_takes_back_say_what_corrects_them(office: Office) -> None:
    entry: Any = SimpleNamespace(human_key="X-1")
    for record in office.records.values():
        if not record.meta.append_only or "balance_out" in vars(record) or record.ledger:
            continue
        with pytest.raises(Refused) as caught:
            record.balance_out(office, [entry])
        assert record.not_undone, record
        assert f"cannot be undone; {record.not_undone}" in str(caught.value)
