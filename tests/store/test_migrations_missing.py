"""The migration that officeops writes turns what was migrated into what is declared, and keeps every row."""

from __future__ import annotations

from typing import Any

import pytest
from tests.store.migration_tools import CORE_METAS, TEXT, Live, blank, kind

from officeops.authoring.migration import written
from officeops.core.migrations import MIGRATIONS as CORE
from officeops.model.errors import Broken, Refused
from officeops.model.fields import MISSING, choice, field, ref
from officeops.store.migration import Migration, statements
from officeops.store.missing_migrations import gaps, missing_sql, script


def test_nothing_is_missing_from_nothing() -> None:
    assert missing_sql([], {"core": CORE}) == ""
    assert missing_sql(CORE_METAS, {"core": CORE}) == ""


def test_a_new_table_is_made_as_declared(live: Live) -> None:
    sql = live.declare(
        kind(
            "key",
            tag=("str", field(unique=True)),
            room_id=("int | None", ref("core.location", default=None)),
        )
    )
    assert sql.startswith("CREATE TABLE keys_key (\n    id INTEGER PRIMARY KEY AUTOINCREMENT,")
    assert (
        live.declare(
            kind(
                "key",
                tag=("str", field(unique=True)),
                room_id=("int | None", ref("core.location", default=None)),
            )
        )
        == ""
    )


def test_columns_that_may_be_blank_or_have_a_default_are_added(live: Live) -> None:
    live.declare(kind("key", tag=TEXT))
    live.run("INSERT INTO keys_key (tag) VALUES ('A')")
    sql = live.declare(
        kind(
            "key",
            tag=TEXT,
            note=blank(),
            uses=("int", field(default=3)),
            state=("str", choice("in", "it's", default="it's")),
        )
    )
    assert sql.split(";\n") == [
        "ALTER TABLE keys_key ADD COLUMN note TEXT",
        "ALTER TABLE keys_key ADD COLUMN uses INTEGER NOT NULL DEFAULT 3",
        "ALTER TABLE keys_key ADD COLUMN state TEXT NOT NULL DEFAULT 'it''s';",
    ]
    assert live.rows("SELECT tag, note, uses, state FROM keys_key") == [("A", None, 3, "it's")]


@pytest.mark.parametrize("before", [{}, {"holder": blank()}], ids=["new", "was blank"])
def test_a_value_nobody_gave_is_not_made_up(live: Live, before: dict[str, Any]) -> None:
    live.declare(kind("key", tag=TEXT, **before))
    with pytest.raises(
        Refused, match=r"keys\.key: the .*field holder is required.* Give it a default"
    ):
        live.declare(kind("key", tag=TEXT, holder=TEXT))
    live.run("INSERT INTO keys_key (tag) VALUES ('A')")
    live.declare(kind("key", tag=TEXT, holder=("str", field(default="office"))))
    live.declare(kind("key", tag=TEXT, holder=TEXT))
    assert live.rows("SELECT holder FROM keys_key") == [("office",)]


def test_a_removed_column_goes_and_the_rest_stays(live: Live) -> None:
    live.declare(kind("key", tag=TEXT, note=blank(), opens=blank(unique=True)))
    live.run("INSERT INTO keys_key (tag, note, opens) VALUES ('A', 'x', 'room')")
    live.run("INSERT INTO keys_key (tag, archived_at) VALUES ('B', '2026-01-01T00:00:00Z')")
    (gap,) = gaps(
        [kind("key", tag=TEXT, opens=blank(unique=True))], {"core": CORE, "keys": live.steps}
    )
    assert (gap.word, gap.lost) == ("key_note", ("note",))
    live.declare(kind("key", tag=TEXT, opens=blank(unique=True)))
    assert live.rows("SELECT * FROM keys_key") == [
        (1, 1, None, "A", "room"),
        (2, 1, "2026-01-01T00:00:00Z", "B", None),
    ]


def test_type_default_and_blanks_change(live: Live) -> None:
    live.declare(
        kind(
            "key",
            tag=TEXT,
            shelf=blank(),
            count=("int", field(default=1)),
            note=("str", field(default="-")),
        )
    )
    live.run("INSERT INTO keys_key (tag, shelf) VALUES ('A', '12')")
    live.run("INSERT INTO keys_key (tag) VALUES ('B')")
    live.declare(
        kind(
            "key",
            tag=TEXT,
            shelf=("int", field(default=7)),
            count=("str", field(default="1")),
            note=blank(),
        )
    )
    assert live.rows("SELECT tag, shelf, count, note FROM keys_key") == [
        ("A", 12, "1", "-"),
        ("B", 7, "1", "-"),
    ]


def test_a_value_that_does_not_fit_its_new_type_stops_the_migration_and_is_kept(live: Live) -> None:
    live.declare(kind("key", shelf=TEXT))
    live.run("INSERT INTO keys_key (shelf) VALUES ('top')")
    with pytest.raises(Exception, match="cannot store TEXT value in INTEGER column"):
        live.declare(kind("key", shelf=("int", MISSING)))
    assert live.rows("SELECT shelf FROM keys_key") == [("top",)]


def test_indexes_follow_the_declaration(live: Live) -> None:
    spare = ref("keys.key", default=None)
    unkept = ref("keys.key", default=None, indexed=False)
    live.declare(
        kind("key", tag=TEXT, spare_id=("int | None", spare), ring_id=("int | None", unkept))
    )
    unkept, spare = ref("keys.key", default=None, indexed=False), ref("keys.key", default=None)
    sql = live.declare(
        kind("key", tag=TEXT, spare_id=("int | None", unkept), ring_id=("int | None", spare))
    )
    assert sql.split(";\n") == [
        "DROP INDEX keys_key_spare_id",
        "CREATE INDEX keys_key_ring_id ON keys_key(ring_id) WHERE ring_id IS NOT NULL;",
    ]


def test_what_is_unique_needs_no_step_and_the_index_that_kept_it_once_may_stay(live: Live) -> None:
    live.declare(kind("key", tag=TEXT, safe=blank(unique=True)))
    live.steps.append(
        Migration(
            "former", "CREATE UNIQUE INDEX keys_key_tag ON keys_key(tag) WHERE archived_at IS NULL"
        )
    )
    assert live.declare(kind("key", tag=("str", field(unique=True)), safe=blank(unique=True))) == ""


def test_an_index_of_another_name_is_put_right(live: Live) -> None:
    made = missing_sql([kind("key", tag=TEXT, ring_id=("int", ref("keys.key")))], {"core": CORE})
    live.steps.append(Migration("0001", made.replace("INDEX keys_key_ring_id ", "INDEX by_ring ")))
    live.declare(kind("key", tag=TEXT, ring_id=("int", ref("keys.key"))))
    assert [
        name
        for (name,) in live.rows(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'keys_key'"
        )
    ] == ["keys_key_ring_id"]


def test_a_table_that_others_refer_to_is_rebuilt_with_its_rows_and_ids(live: Live) -> None:
    ring = ("int | None", ref("keys.key", default=None))
    use = kind("use", key_id=("int", ref("keys.key")))
    live.declare(kind("key", tag=("str", field(search=True)), note=blank(), ring_id=ring), use)
    for tag, ring_id in (("A", None), ("B", 1), ("C", 3), ("D", None)):
        live.run("INSERT INTO keys_key (tag, ring_id) VALUES (?, ?)", tag, ring_id)
    for key in (1, 1, 3):
        live.run("INSERT INTO keys_use (key_id) VALUES (?)", key)
    live.run("DELETE FROM keys_key WHERE id = 4")
    history = live.rows("SELECT count(*) FROM core_change")
    live.declare(kind("key", tag=("str", field(search=True)), ring_id=ring), use)
    assert live.rows("SELECT id, tag, ring_id FROM keys_key") == [
        (1, "A", None),
        (2, "B", 1),
        (3, "C", 3),
    ]
    assert live.rows("SELECT key_id FROM keys_use") == [(1,), (1,), (3,)]
    assert live.rows("PRAGMA foreign_key_check") == []
    assert live.rows("SELECT count(*) FROM core_change") == history
    assert live.run("INSERT INTO keys_key (tag) VALUES ('Echo')") == 5, "an id is never given twice"
    assert live.rows("SELECT rowid FROM keys_key_search WHERE keys_key_search MATCH 'cho'") == [
        (5,)
    ]
    with pytest.raises(Exception, match="FOREIGN KEY"):
        live.run("DELETE FROM keys_key WHERE id = 1")


def test_history_and_ledger_are_kept_again_after_a_rebuild(live: Live) -> None:
    live.declare(kind("use", {"append_only": True}, what=TEXT, note=blank()))
    live.run("INSERT INTO keys_use (what) VALUES ('out')")
    live.declare(kind("use", {"append_only": True}, what=TEXT))
    live.run("INSERT INTO keys_use (what) VALUES ('in')")
    assert live.rows("SELECT record, record_id FROM core_change WHERE record = 'keys_use'") == [
        ("keys_use", 1),
        ("keys_use", 2),
    ]
    with pytest.raises(Exception, match="ledger"):
        live.run("DELETE FROM keys_use WHERE id = 1")
    with pytest.raises(Exception, match="user-defined function raised"), live.db.writable():
        live.db.execute("INSERT INTO keys_use (what) VALUES ('unseen')")


def test_a_reference_that_points_elsewhere_is_rebuilt(live: Live) -> None:
    live.declare(kind("key", tag=TEXT, room_id=("int | None", ref("vendors.vendor", default=None))))
    live.run("INSERT INTO keys_key (tag) VALUES ('A')")
    live.declare(kind("key", tag=TEXT, room_id=("int | None", ref("core.location", default=None))))
    assert live.rows("SELECT tag FROM keys_key") == [("A",)]
    with pytest.raises(Exception, match="FOREIGN KEY"):
        live.run("UPDATE keys_key SET room_id = 99")


def test_a_rebuilt_table_may_refer_to_a_new_one(live: Live) -> None:
    live.declare(kind("key", tag=TEXT, lock_id=("int | None", ref("core.location", default=None))))
    live.run("INSERT INTO keys_key (tag) VALUES ('A')")
    live.declare(
        kind("key", tag=TEXT, lock_id=("int | None", ref("keys.lock", default=None))),
        kind("lock", name=TEXT),
    )
    assert live.rows("SELECT tag FROM keys_key") == [("A",)]


def test_a_reference_with_a_default_is_added_by_a_rebuild(live: Live) -> None:
    live.declare(kind("key", tag=TEXT))
    live.run("INSERT INTO core_location (name) VALUES ('Desk')")
    live.run("INSERT INTO keys_key (tag) VALUES ('A')")
    live.declare(kind("key", tag=TEXT, room_id=("int", ref("core.location", default=1))))
    assert live.rows("SELECT tag, room_id FROM keys_key") == [("A", 1)]


def test_a_record_nobody_declares_any_more_is_left_alone(live: Live) -> None:
    live.declare(kind("key", tag=TEXT), kind("lock", name=TEXT))
    live.run("INSERT INTO keys_lock (name) VALUES ('front')")
    assert live.declare(kind("key", tag=TEXT)) == ""
    assert live.rows("SELECT name FROM keys_lock") == [("front",)]


def test_migrations_that_fail_are_named() -> None:
    with pytest.raises(Broken, match="The migration 0001 of keys failed: near"):
        missing_sql([], {"core": CORE, "keys": [Migration("0001", "CREAT TABLE x (a)")]})


def test_the_text_of_a_migration_is_python_whatever_the_sql() -> None:
    default = 'a \\n """ \' ; "'
    found = gaps([kind("key", tag=("str", field(default=default)))], {"core": CORE})
    made = written(found, [Migration("0003_x", ""), Migration("by-hand", "")])
    assert made is not None
    names: dict[str, Any] = {"MIGRATIONS": [], "Migration": Migration}
    exec(made.text, names)  # noqa: S102 - the very text a plugin would hold
    (step,) = names["MIGRATIONS"]
    assert step.name == "0004_key"
    assert statements(step.up) == statements(script(found))
