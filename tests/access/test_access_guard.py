"""The guard: what SQLite itself refuses a person, whatever statement is put to it."""

from __future__ import annotations

import sqlite3
import threading
from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import PAY, kind, login, open_as
from tests.access.guard_tools import acting, answer, dump_of, mode_of

from officeops.access.actions import admit, take_role
from officeops.model.errors import Forbidden, OutsideAction

if TYPE_CHECKING:
    from officeops.office.office import Office

#: What nobody who is guarded may ever do, in no mode.
NEVER = (
    "ATTACH ':memory:' AS other",
    "DETACH main",
    "VACUUM",
    "VACUUM INTO '/tmp/officeops-leak.db'",
    "PRAGMA writable_schema = ON",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA recursive_triggers = OFF",
    "PRAGMA query_only = OFF",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA temp_store_directory = '/tmp'",
    "PRAGMA journal_mode = DELETE",
    "PRAGMA schema_version = 9",
    "PRAGMA user_version = 9",
    "PRAGMA wal_checkpoint",
    "PRAGMA integrity_check",
    "CREATE TABLE x (a)",
    "CREATE TABLE x AS SELECT name FROM staff_person",
    "CREATE TEMP TABLE x (a)",
    "CREATE VIEW x AS SELECT pay FROM staff_person",
    "CREATE TEMP VIEW staff_person_history_edit AS SELECT pay FROM staff_person",
    "CREATE TEMP TRIGGER x AFTER UPDATE ON staff_person BEGIN SELECT 1; END",
    "CREATE TRIGGER x AFTER UPDATE ON staff_person BEGIN UPDATE staff_person SET phone = pay; END",
    "CREATE VIRTUAL TABLE x USING fts5(a)",
    "CREATE VIRTUAL TABLE temp.x USING fts5vocab(main, staff_rise_search, row)",
    "CREATE INDEX x ON staff_person (pay)",
    "ALTER TABLE staff_person RENAME COLUMN pay TO pai",
    "ALTER TABLE staff_person DROP COLUMN pay",
    "DROP TABLE staff_rise",
    "DROP TRIGGER staff_person_history_edit",
    "DROP INDEX staff_person_name",
    "REINDEX",
    "ANALYZE",
    "SELECT load_extension('x')",
    "SELECT fts3_tokenizer('simple')",
    "UPDATE sqlite_master SET sql = ''",
    "DELETE FROM sqlite_master",
    "UPDATE sqlite_sequence SET seq = 0",
    "INSERT INTO core_change (action_id, record, record_id) VALUES (1, 'staff_person', 1)",
    "UPDATE core_change SET after = '{}'",
    "DELETE FROM core_change",
    "INSERT INTO core_action (actor, at, verb, first_change) VALUES ('ann', 'now', 'x', 1)",
    "UPDATE core_action SET actor = 'somebody else'",
    "DELETE FROM core_action",
    "INSERT INTO core_membership (user_id, role) VALUES (1, 'owner')",
    "UPDATE core_membership SET role = 'owner'",
    "UPDATE core_user SET login = 'the-owner'",
    "INSERT INTO core_grant (role, pattern) VALUES ('nobody', 'sensitive')",
    "DELETE FROM core_installed",
    "DELETE FROM _sqlite_migrations",
    "SELECT after FROM core_change",
    "SELECT arguments FROM core_action",
    "SELECT * FROM dbstat",
    "SELECT * FROM sqlite_stmt",
)  # fmt: skip


@pytest.mark.parametrize("mode", ["direct", "trusted", "action"])
def test_what_is_never_theirs_is_refused_in_every_mode(owner: Office, mode: str) -> None:
    clerk = open_as(owner, login("clerk"))
    before = dump_of(owner.path)
    for sql in NEVER:
        with mode_of(clerk, mode), pytest.raises((sqlite3.DatabaseError, Forbidden, OutsideAction)):
            clerk.store.db.execute(sql).fetchall()
    assert dump_of(owner.path) == before


def test_nothing_is_written_outside_an_action(owner: Office) -> None:
    clerk = open_as(owner, login("clerk"))
    for sql in (
        "UPDATE staff_person SET phone = 1",
        "DELETE FROM staff_person",
        "INSERT INTO staff_person (name) VALUES (1)",
    ):
        for mode in ("direct", "trusted"):
            with (
                mode_of(clerk, mode),
                pytest.raises(OutsideAction, match="writes belong in an action"),
            ):
                clerk.store.db.execute(sql)


def test_code_of_an_action_cannot_end_its_transaction(owner: Office) -> None:
    clerk = open_as(owner, login("clerk"))
    for word in ("COMMIT", "ROLLBACK", "END"):
        with acting(clerk), pytest.raises(OutsideAction, match=f"tried to run {word}"):
            clerk.store.db.execute(word)


@pytest.mark.parametrize("mode", ["direct", "trusted", "action"])
@pytest.mark.parametrize(
    "sql",
    [
        "SELECT name, pay FROM staff_person JOIN (SELECT value AS pay FROM json_each('[31415926]')) USING (pay)",
        "SELECT pay FROM (SELECT 1 AS pay WHERE 0) FULL JOIN staff_person USING(pay)",
        "SELECT count(*) FROM staff_person NaTuRaL JOIN (SELECT 31415926 AS pay)",
        "SELECT count(*) FROM staff_person\nNATURAL\nLEFT JOIN (SELECT 31415926 AS pay)",
        "WITH staff_person_history_edit AS (SELECT pay FROM staff_person) SELECT * FROM staff_person_history_edit",
        'wiTH/**/"staff_person_history_edit"(x) AS (SELECT pay FROM staff_person) SELECT x FROM [staff_person_history_edit]',
    ],
)  # fmt: skip
def test_what_sqlite_asks_nobody_about_is_refused(owner: Office, sql: str, mode: str) -> None:
    # The authorizer is not asked about columns that a join has in common, and takes a WITH table for the trigger of its name.
    clerk = open_as(owner, login("clerk"))
    with (
        mode_of(clerk, mode),
        pytest.raises(Forbidden),
    ):
        clerk.store.db.execute(sql)
    with mode_of(clerk, mode), pytest.raises(Forbidden):
        clerk.store.db.cursor().execute(sql)
    with mode_of(clerk, mode), pytest.raises(OutsideAction):
        clerk.store.db.executescript(sql)


def test_a_row_is_not_pushed_out_by_another(owner: Office) -> None:
    # REPLACE asks the authorizer for an insert alone, and would take pay away that the person may not change.
    clerk = open_as(owner, login("clerk"))
    with acting(clerk), pytest.raises(sqlite3.DatabaseError, match="never deleted"):
        clerk.store.db.execute("INSERT OR REPLACE INTO staff_person (id, name) VALUES (1, 'Ada')")


def test_a_kept_statement_is_asked_about_again_in_another_mode(owner: Office) -> None:
    clerk, sql = open_as(owner, login("clerk")), "SELECT count(*) FROM staff_rise"
    db = clerk.store.db
    for _ in range(3):
        with acting(clerk):
            assert db.execute(sql).fetchall() == [(4,)]
        with clerk.trusted():
            assert db.execute(sql).fetchall() == [(4,)]
        with clerk.lifted():
            assert db.execute("SELECT sum(pay) FROM staff_person").fetchone()[0]
        for each in (sql, "SELECT sum(pay) FROM staff_person"):
            with pytest.raises(Forbidden):
                db.execute(each)
    with clerk.lifted():
        search = "SELECT reason FROM staff_rise_search WHERE staff_rise_search MATCH 'quincunx'"
        assert db.execute(search).fetchall() == [("quincunx",)]
    with pytest.raises(Forbidden):  # the index keeps statements of its own
        db.execute(search)


def test_a_statement_half_read_gives_no_more_once_its_mode_is_over(owner: Office) -> None:
    clerk = open_as(owner, login("clerk"))
    write = clerk.store.db.execute
    with clerk.trusted():
        half = write("SELECT reason FROM staff_rise")
        half.fetchone()
        half.close()
    with pytest.raises(Forbidden):
        write("SELECT reason FROM staff_rise")


def test_a_twin_and_its_thread_are_guarded_too(owner: Office) -> None:
    clerk, told = open_as(owner, login("clerk")), []

    def read() -> None:
        with clerk.twin() as twin:
            told.append(answer(twin, "SELECT pay FROM staff_person"))
            told.append(answer(twin, "SELECT name FROM staff_person WHERE id = 1"))

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert "Forbidden" in told[0]
    assert told[1] == [("Ada",)]


def test_a_guard_takes_what_others_give_and_take_at_once(owner: Office) -> None:
    clerk = open_as(owner, login("clerk"))
    sql = "SELECT pay FROM staff_person WHERE id = 1"
    assert "Forbidden" in answer(clerk, sql)
    admit(owner, login("clerk"), ["hr"])
    assert answer(clerk, sql) == [(PAY[0],)]
    user = owner.first(kind(owner, "core.user"), "login = ?", login("clerk"))
    owner.do(take_role, user, role="hr")
    assert "Forbidden" in answer(clerk, sql)
