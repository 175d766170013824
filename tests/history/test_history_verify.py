"""`history verify` finds whatever was done to the file past officeops, and nothing where nothing was."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried
from tests.history.history_tools import DEEDS, WORDS, copy, do, opened, raw, template

from officeops.history.verify import anchor, verify

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from officeops.history.finding import Anchor, Finding
    from officeops.office.office import Office


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new office, made once and copied for every example."""
    return template(tmp_path_factory.mktemp("fresh"))


EXAMPLES = tried(10)
COLUMNS = {
    "core_action": {
        "request": "'x'", "actor": "'x'", "at": "'2001-01-01T00:00:00.000Z'", "verb": "'x'", "arguments": "'{}'", "outcome": "'x'",
        "first_change": "first_change + 1", "link": "randomblob(32)", "key_id": "'0123456789abcdef'", "destroyed": "randomblob(32)",
    },
    "core_change": {
        "action_id": "1", "record": "'core_office'", "record_id": "record_id + 1", "before": "'{}'", "after": "'{\"name\":\"x\"}'",
        "destroyed": "randomblob(32)",
    },
}  # fmt: skip
Draw = "Callable[[st.SearchStrategy[Any]], Any]"


def some_id(db: sqlite3.Connection, draw: Callable[[Any], Any], table: str) -> int:
    ids = [row[0] for row in db.execute(f"SELECT id FROM {table}")]
    return int(draw(st.sampled_from(ids)))


def edit(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    table = draw(st.sampled_from(sorted(COLUMNS)))
    column = draw(st.sampled_from(sorted(COLUMNS[table])))
    new = COLUMNS[table][column]
    ids = [row[0] for row in db.execute(f"SELECT id FROM {table} WHERE {column} IS NOT {new}")]
    db.execute(f"UPDATE {table} SET {column} = {new} WHERE id = ?", (draw(st.sampled_from(ids)),))


def forget(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    """Set to NULL what was there."""
    table, column = draw(
        st.sampled_from(
            [
                ("core_action", "link"),
                ("core_action", "key_id"),
                ("core_change", "after"),
                ("core_action", "arguments"),
            ]
        )
    )
    if ids := [row[0] for row in db.execute(f"SELECT id FROM {table} WHERE {column} IS NOT NULL")]:
        db.execute(
            f"UPDATE {table} SET {column} = NULL WHERE id = ?", (draw(st.sampled_from(ids)),)
        )
    else:
        db.execute("UPDATE core_action SET link = NULL")


def delete_change(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    db.execute("DELETE FROM core_change WHERE id = ?", (some_id(db, draw, "core_change"),))


def delete_action(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    number = some_id(db, draw, "core_action")
    db.execute("DELETE FROM core_change WHERE action_id = ?", (number,))
    db.execute("DELETE FROM core_action WHERE id = ?", (number,))


def delete_and_close_the_gap(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    """Take an action out and number what follows anew, counters and all."""
    number = some_id(db, draw, "core_action")
    changes = db.execute(
        "SELECT count(*) FROM core_change WHERE action_id = ?", (number,)
    ).fetchone()[0]
    delete_action(db, lambda _: number)
    for row in db.execute(
        "SELECT id FROM core_action WHERE id > ? ORDER BY id", (number,)
    ).fetchall():
        db.execute(
            "UPDATE core_action SET id = id - 1, first_change = first_change - ? WHERE id = ?",
            (changes, *row),
        )
    for row in db.execute(
        "SELECT id FROM core_change WHERE action_id > ? ORDER BY id", (number,)
    ).fetchall():
        db.execute(
            "UPDATE core_change SET id = id - ?, action_id = action_id - 1 WHERE id = ?",
            (changes, *row),
        )
    if number > db.execute("SELECT max(id) FROM core_action").fetchone()[0]:
        db.execute(
            "INSERT INTO core_action (actor, at, verb, first_change) VALUES ('x', 'x', 'x', 1)"
        )
    count(db)


def count(db: sqlite3.Connection) -> None:
    """Set the counters to what is there, as one who knows them would."""
    for table in ("core_action", "core_change"):
        db.execute(
            f"UPDATE sqlite_sequence SET seq = (SELECT ifnull(max(id), 0) FROM {table}) WHERE name = ?",
            (table,),
        )


def swap_changes(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    rows = db.execute("SELECT id, record, record_id, before, after FROM core_change").fetchall()
    one, two = draw(st.lists(st.sampled_from(rows), min_size=2, max_size=2, unique=True))
    for (number, *_), (_, *content) in ((one, two), (two, one)):
        db.execute(
            "UPDATE core_change SET record = ?, record_id = ?, before = ?, after = ? WHERE id = ?",
            (*content, number),
        )


def swap_actions(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    rows = db.execute(
        "SELECT id, actor, at, verb, arguments, link, key_id FROM core_action"
    ).fetchall()
    one, two = draw(st.lists(st.sampled_from(rows), min_size=2, max_size=2, unique=True))
    for (number, *_), (_, *content) in ((one, two), (two, one)):
        db.execute(
            "UPDATE core_action SET actor = ?, at = ?, verb = ?, arguments = ?, link = ?, key_id = ? WHERE id = ?",
            (*content, number),
        )


def add_change(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    last = db.execute("SELECT max(id) FROM core_action").fetchone()[0]
    action = draw(st.sampled_from([last, last + 1]))
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute(
        "INSERT INTO core_change (action_id, record, record_id, after) VALUES (?, 'core_location', 99, '{}')",
        (action,),
    )


def add_action(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    keep = draw(st.sampled_from(["link, key_id", "randomblob(32), key_id", "NULL, NULL"]))
    last = "(SELECT 1 + max(id) FROM core_change)"
    db.execute(
        "INSERT INTO core_action (actor, at, verb, first_change, link, key_id) "
        f"SELECT 'boss', at, 'core.office.edit', {last}, {keep} FROM core_action ORDER BY id DESC LIMIT 1"
    )


def edit_record(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    column = draw(st.sampled_from(["name", "website", "note", "archived_at", "lead_days"]))
    db.execute(
        f"UPDATE vendors_vendor SET {column} = '77' WHERE id = ?",
        (some_id(db, draw, "vendors_vendor"),),
    )


def delete_record(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    db.execute("DELETE FROM vendors_vendor WHERE id = ?", (some_id(db, draw, "vendors_vendor"),))


def add_record(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    db.execute("INSERT INTO vendors_vendor (name) VALUES (?)", (draw(WORDS),))


def renumber_record(db: sqlite3.Connection, draw: Callable[[Any], Any]) -> None:
    db.execute(
        "UPDATE vendors_vendor SET id = id + 1000 WHERE id = ?",
        (some_id(db, draw, "vendors_vendor"),),
    )


MUTATIONS = [
    edit, forget, delete_change, delete_action, delete_and_close_the_gap, swap_changes, swap_actions, add_change, add_action, edit_record,
    delete_record, add_record, renumber_record,
]  # fmt: skip


def worked(folder: str, fresh: Path, deeds: list[tuple[Any, ...]]) -> Path:
    """An office in which people did these things, closed again, with nothing to be found."""
    path = copy(fresh, Path(folder) / "office.db")
    office = opened(path)
    for name in ("the first", "the second"):
        do(office, ("add", name))
    for deed in deeds:
        do(office, deed)
    assert verify(office) == []
    office.close()
    return path


def found(path: Path, *anchors: Anchor) -> list[Finding]:
    office = opened(path)
    try:
        return verify(office, anchors)
    finally:
        office.close()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda each: each.__name__)
@given(deeds=st.lists(DEEDS, min_size=1, max_size=6), data=st.data())
@tried(4)
def test_every_single_thing_done_past_officeops_is_found(
    fresh: Path, mutation: Callable[..., None], deeds: list[tuple[Any, ...]], data: st.DataObject
) -> None:
    with TemporaryDirectory() as folder:
        path = worked(folder, fresh, deeds)
        with raw(path) as db:
            mutation(db, data.draw)
        assert found(path)


@given(before=st.lists(DEEDS, max_size=4), after=st.lists(DEEDS, max_size=4))
@EXAMPLES
def test_an_end_cut_off_or_an_older_copy_is_found_by_an_anchor(
    fresh: Path, before: list[Any], after: list[Any]
) -> None:
    with TemporaryDirectory() as folder:
        path = worked(folder, fresh, before)
        older = copy(path, Path(folder) / "older.db")
        office = opened(path)
        early = anchor(office)
        for deed in [("nothing",), *after]:
            do(office, deed)
        late = anchor(office)
        assert early
        assert late
        assert verify(office, [early, late]) == []
        office.close()
        shutil.copyfile(older, path)
        assert found(path) == [], "a truncated chain holds by itself: only the anchor tells"
        assert {each.kind for each in found(path, early, late)} == {"anchor"}
        office = opened(path)
        for number in range(late.action - early.action + 1):
            do(office, ("add", f"written anew {number}"))
        office.close()
        assert {each.kind for each in found(path, late)} == {"anchor"}


def test_a_history_that_ends_too_soon_is_found_by_its_counters(office: Office) -> None:
    do(office, ("nothing",))
    with raw(Path(office.path)) as db:
        db.execute("DELETE FROM core_action WHERE id = (SELECT max(id) FROM core_action)")
    assert [each.kind for each in verify(office)] == ["end"]
