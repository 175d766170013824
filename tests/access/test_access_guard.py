"""The guard: what SQLite itself refuses a person, whatever statement is put to it.

Most of it is told by twins: two files alike but for what is secret. What a statement answers must be the same on both, down to
the words of its refusal; then nothing of the secret came out, neither plainly, nor added up, nor by what is found or sorted.
"""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
import threading
from contextlib import contextmanager, nullcontext, suppress
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from tests.access.access_tools import PAY, REASONS, RISES, SECRETS, kind, login, open_as, staffed

from officeops.access.actions import admit, take_role
from officeops.history.log import Asked, changes
from officeops.history.verify import verify
from officeops.model.declarations import Query
from officeops.model.errors import Forbidden, OfficeError, OutsideAction
from officeops.model.fields import field
from officeops.model.placeholder import Withheld
from officeops.model.records import Record
from officeops.office.crud import edit_record
from officeops.office.office import Office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.testing import OfficeFactory

STATEMENTS = 600
SEED = 20_261_122
#: Where a role may see the whole of something, it is no secret from it.
SEES_PAY = {"owner", "hr"}


@pytest.fixture
def owner(office_factory: OfficeFactory) -> Office:
    """The office as its file's owner has it."""
    return staffed(office_factory)


def _twin(office: Office, name: str, *, pay: int = 0, rises: int = 0) -> str:
    """Copy the office's file, with other secrets in it, also in its history, and return its path.

    The triggers are taken away for it and put back word for word.
    """
    office.store.checkpoint()
    path = str(office.path).replace("office.db", name)
    shutil.copy(office.path, path)
    db = sqlite3.connect(path, isolation_level=None)
    triggers = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'staff%'"
    ).fetchall()
    for each, _ in triggers:
        db.execute(f"DROP TRIGGER {each}")
    for number in PAY if pay else ():
        db.execute("UPDATE staff_person SET pay = ? WHERE pay = ?", (number + pay, number))
        db.execute(
            "UPDATE core_change SET after = replace(after, ?, ?)", (str(number), str(number + pay))
        )
    for number, word in zip(RISES, REASONS, strict=True) if rises else ():
        db.execute(
            "UPDATE staff_rise SET amount = ?, reason = ? WHERE amount = ?",
            (number + rises, word[::-1], number),
        )
        db.execute("UPDATE core_change SET after = replace(replace(after, ?, ?), ?, ?)", (str(number), str(number + rises), word, word[::-1]))  # fmt: skip
    db.execute("INSERT INTO staff_rise_search (staff_rise_search) VALUES ('rebuild')")
    for _, sql in triggers:
        db.execute(sql)
    db.close()
    return path


def _open(path: str, like: Office, role: str) -> Office:
    return Office(path, like.plugins, like.machine, user=login(role))


class _Back(Exception):
    pass


@contextmanager
def _acting(office: Office) -> Iterator[None]:
    """Open an action of the person, as they may, and roll it back."""
    with suppress(_Back), office.acting("staff.person.call"):
        yield
        raise _Back


@contextmanager
def _mode(office: Office, mode: str) -> Iterator[None]:
    with (
        nullcontext()
        if mode == "direct"
        else office.trusted()
        if mode == "trusted"
        else _acting(office)
    ):
        yield


def _answer(office: Office, sql: str) -> Any:  # noqa: ANN401 - rows, or the words of a refusal
    try:
        return office.store.db.execute(sql).fetchall()
    except (sqlite3.DatabaseError, OutsideAction) as error:
        return f"{type(error).__name__}: {error}"


# -- statements ------------------------------------------------------------------------------------


#: What stands for a mark such as <value>; marks may be in it again. Written as SQLite's grammar goes, not as anybody would ask.
GRAMMAR: dict[str, tuple[str, ...]] = {
    "table": (
        *["staff_person"] * 6, *["staff_rise"] * 3, "core_change", "core_action", "core_user", "core_membership", "core_ssh_key",
        "staff_person_search", "staff_rise_search", "staff_rise_search_data", "staff_rise_search_content", "staff_person_search_idx",
        "sqlite_master", "sqlite_sequence", "sqlite_stat1", "sqlite_stmt", "sqlite_dbpage", "dbstat", "core_office", "core_due_note",
        "json_each('[1,2]')", "pragma_table_info('staff_person')", "pragma_integrity_check", "fts5vocab",
    ),
    "name": (
        *["pay"] * 5, "name", "phone", "id", "rowid", "oid", "amount", "reason", "after", "before", "arguments", "login", "role",
        "value", "sql", "block", "data",
    ),
    "column": ("<name>", "<name>", "t.<name>", '"<name>"', "[<name>]", "PAY", "main.staff_person.<name>"),
    "number": tuple(map(str, (*PAY, *RISES, *(n + 1 for n in PAY), 0, 1, 30_000_000))),
    "word": (*REASONS, "ada", "Ben"),
    "value": (
        *["<column>"] * 12, "<number>", "NULL", "<value> + <value>", "<value> > <value>", "(<column>, 1) > (<value>, 0)",
        "CASE WHEN <value> > <value> THEN 1 ELSE 2 END", "CASE <column> WHEN <number> THEN 1 ELSE abs(-9223372036854775808) END",
        "coalesce(<value>, <value>)", "iif(<column> = <value>, 'y', 'n')", "substr(CAST(<column> AS TEXT), 1, 2)",
        "printf('%d', <value>)", "json_object('a', <value>)", "<column> IN (<value>, <number>)", "<number> IN <table>",
        "<value> BETWEEN 3 AND <column>", "typeof(<column>)", "hex(<value>)", "<column> IS NOT DISTINCT FROM <value>",
        "(<select> LIMIT 1)", "EXISTS (<select>)", "NOT <value>", "<column> LIKE '3%'", "abs(<column> - <number>)",
    ),
    "shown": (
        "*", "t.*", "<value>", "<value>", "<value>, <value>", "count(*)", "sum(<value>)", "max(<value>)", "min(<column>), name",
        "group_concat(<value>)", "count(DISTINCT <column>)", "json_group_array(<value>)", "DISTINCT <column>",
        "sum(<column>) FILTER (WHERE <value>)", "rank() OVER (ORDER BY <column>)", "total(<column>)",
        "lag(<column>) OVER (PARTITION BY <column> ORDER BY id)", "first_value(<column>) OVER (ORDER BY <value>)",
    ),
    "from": (
        *["<table> t"] * 6, "<table> AS t, <table> u", "<table> t JOIN <table> u ON <value> = <value>",
        "<table> t LEFT JOIN <table> u ON t.id = u.<name>", "<table> t JOIN (SELECT <number> AS pay) USING (pay)",
        "<table> t NATURAL JOIN (SELECT <number> AS <name>)", "(SELECT 1 AS pay WHERE 0) FULL JOIN <table> t USING (pay)",
        "staff_rise t NATURAL/**/JOIN (SELECT <number> AS amount)", "(<select>) t", "main.<table> t",
        "<table> t, json_each('[' || <column> || ']') j", "staff_person t INDEXED BY staff_person_name",
    ),
    "select": (
        *["SELECT <shown> FROM <from>"] * 3, "SELECT <shown> FROM <from> WHERE <value>", "SELECT <shown> FROM <from> WHERE <value>",
        "SELECT <shown> FROM <from> GROUP BY <column>", "SELECT <shown> FROM <from> GROUP BY <column> HAVING <value>",
        "SELECT sum(<column>) OVER w FROM <from> WINDOW w AS (ORDER BY <column>)",
    ),
    "cte": ("pay", "c", "staff_person", "staff_person_history_edit", "staff_person_history_add", "staff_rise_history_delete"),
    "stored": ("", "MATERIALIZED ", "NOT MATERIALIZED "),
    "body": ("SELECT pay FROM main.staff_person", "SELECT amount FROM staff_rise", "<select>"),
    "compound": ("UNION", "UNION ALL", "EXCEPT", "INTERSECT"),
    "query": (
        *["<select>"] * 4, "<select> ORDER BY <value>", "<select> ORDER BY <column> DESC LIMIT (<select>)", "<select> ORDER BY 1",
        "WITH staff_person_history_edit AS <stored>(<body>) SELECT * FROM staff_person_history_edit",
        'WITH "staff_rise_history_add" AS (<body>) SELECT count(*) FROM [staff_rise_history_add] x, staff_rise_history_add y',
        "WITH <cte> AS (<body>) <select>", "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3) <select>",
        "WITH RECURSIVE c(n) AS (<select> UNION SELECT n FROM c LIMIT 9) SELECT * FROM c",
        "<select> <compound> SELECT <value> FROM <from>", "VALUES (<value>), ((<select> LIMIT 1))", "EXPLAIN QUERY PLAN <select>",
        "SELECT highlight(staff_rise_search, 0, '<', '>') FROM staff_rise_search WHERE staff_rise_search MATCH '<word>'",
        "SELECT rowid FROM staff_rise_search('<word>')", "SELECT snippet(staff_person_search, -1, '', '', '', 9) FROM staff_person_search('<word>')",
        "PRAGMA foreign_key_list(staff_rise)", "PRAGMA quick_check", "PRAGMA index_xinfo(staff_person_name)", "PRAGMA table_info(staff_rise)",
    ),
    "target": ("phone", "name", "pay", "version", "amount", "reason", "login", "role", "actor", "sql", "seq"),
    "verb": ("INSERT", "INSERT OR REPLACE", "INSERT OR IGNORE", "REPLACE"),
    "into": (
        "staff_person (name, phone)", "staff_person (id, name, pay)", "staff_rise (person_id, reason, amount)",
        "core_due_note (due_key, person)", "core_membership (user_id, role)", "core_action (actor, verb)", "core_change (record)",
    ),
    "returning": ("", "", " RETURNING <column>", " RETURNING *", " RETURNING (<select> LIMIT 1)"),
    "write": (
        "UPDATE <table> SET <target> = <value> WHERE <value><returning>", "UPDATE <table> SET <target> = pay<returning>",
        "UPDATE <table> AS s SET <target> = u.pay FROM staff_person u WHERE u.id = s.id<returning>",
        "UPDATE OR REPLACE staff_person SET id = 1, <target> = 3 WHERE id = 2<returning>",
        "UPDATE staff_person SET (<target>, version) = (SELECT pay, 1 FROM staff_person LIMIT 1)<returning>",
        "DELETE FROM <table> WHERE <value><returning>", "<verb> INTO <into> <select><returning>",
        "<verb> INTO <into> SELECT name, CAST(pay AS TEXT) FROM staff_person<returning>",
        "<verb> INTO staff_person (id, name, pay) VALUES (1, 'Ada', <number>)<returning>",
        "INSERT INTO staff_person (id, name, pay) VALUES (1, 'Ada', 5) ON CONFLICT DO UPDATE SET <target> = <value><returning>",
        "INSERT INTO staff_person (id, name) VALUES (1, 'Ada') ON CONFLICT (id) DO UPDATE SET phone = excluded.pay || <column><returning>",
        "INSERT INTO <table> SELECT * FROM <table><returning>",
        "WITH staff_person_history_edit AS (<body>) UPDATE staff_person SET phone = (SELECT pay FROM staff_person_history_edit)<returning>",
        "INSERT INTO staff_person_search (staff_person_search) VALUES ('rebuild')",
    ),
    "statement": ("<query>", "<query>", "<query>", "<write>"),
}  # fmt: skip


def statements(seed: object) -> Iterator[str]:
    """Yield statements at random, the same for the same seed, none nested without end."""
    chance = random.Random(str(seed))  # noqa: S311 - not for secrets

    def grown(depth: int, mark: str) -> str:
        plain = (
            {"value": "column", "from": "table", "select": "body"}.get(mark, mark)
            if depth > 5
            else mark
        )
        if depth > 7:
            plain = {"body": "column", "column": "name"}.get(plain, plain)
        chosen = chance.choice(GRAMMAR[plain])
        return re.sub("<([a-z]+)>", lambda found: grown(depth + 1, found[1]), chosen)

    while True:
        yield grown(0, "statement")


@pytest.mark.parametrize("mode", ["direct", "trusted", "action"])
@pytest.mark.parametrize("role", ["manager", "clerk", "hr", "read-only", "nobody"])
def test_no_statement_tells_twins_apart(owner: Office, role: str, mode: str) -> None:
    if mode == "action" and role not in {"manager", "clerk"}:
        pytest.skip("may begin no action")
    # Trusted code may read whole kinds that the person may not see, never columns that need more.
    other = _twin(
        owner, "b.db", pay=0 if role in SEES_PAY else 1, rises=1 if mode == "direct" else 0
    )
    pair = [_open(path, owner, role) for path in (_twin(owner, "a.db"), other)]
    before = [_dump(each.path) for each in pair]
    refused = 0
    for number, sql in enumerate(islice(statements((SEED, role, mode)), STATEMENTS)):
        answers = []
        for office in pair:
            with _mode(office, mode):
                answers.append(_answer(office, sql))
                with office.lifted():
                    paid = office.rows("SELECT id, pay FROM staff_person WHERE id < 5 ORDER BY id")
                assert len(paid) == 4
                assert all(pay - PAY[id_ - 1] in {0, 1} for id_, pay in paid), (
                    f"{sql!r} changed pay; {SEED}, {number}"
                )
            assert office.authorizer.guard is not None
            assert office.authorizer.guard.now == "direct", (
                f"{sql!r} took the guard away; seed {SEED}, statement {number}"
            )
        assert answers[0] == answers[1], f"{sql!r} tells; seed {SEED}, statement {number}"
        refused += isinstance(answers[0], str)
        if number % 50 == 0 and role not in SEES_PAY:
            assert "prohibited" in _answer(pair[0], "SELECT pay FROM staff_person")
    assert [_dump(each.path) for each in pair] == before
    assert 0 < refused < STATEMENTS
    for office in pair:
        office.close()


def _dump(path: object) -> list[str]:
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return list(db.iterdump())
    finally:
        db.close()


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
    before = _dump(owner.path)
    for sql in NEVER:
        with _mode(clerk, mode), pytest.raises((sqlite3.DatabaseError, OutsideAction)):
            clerk.store.db.execute(sql).fetchall()
    assert _dump(owner.path) == before


def test_nothing_is_written_outside_an_action(owner: Office) -> None:
    clerk = open_as(owner, login("clerk"))
    for sql in (
        "UPDATE staff_person SET phone = 1",
        "DELETE FROM staff_person",
        "INSERT INTO staff_person (name) VALUES (1)",
    ):
        for mode in ("direct", "trusted"):
            with (
                _mode(clerk, mode),
                pytest.raises(OutsideAction, match="writes belong in an action"),
            ):
                clerk.store.db.execute(sql)


def test_code_of_an_action_cannot_end_its_transaction(owner: Office) -> None:
    clerk = open_as(owner, login("clerk"))
    for word in ("COMMIT", "ROLLBACK", "END"):
        with _acting(clerk), pytest.raises(OutsideAction, match=f"tried to run {word}"):
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
        _mode(clerk, mode),
        pytest.raises(sqlite3.DatabaseError, match=r"not authorized|prohibited"),
    ):
        clerk.store.db.execute(sql)
    with _mode(clerk, mode), pytest.raises(sqlite3.DatabaseError):
        clerk.store.db.cursor().execute(sql)
    with _mode(clerk, mode), pytest.raises(OutsideAction):
        clerk.store.db.executescript(sql)


def test_a_row_is_not_pushed_out_by_another(owner: Office) -> None:
    # REPLACE asks the authorizer for an insert alone, and would take pay away that the person may not change.
    clerk = open_as(owner, login("clerk"))
    with _acting(clerk), pytest.raises(sqlite3.DatabaseError, match="never deleted"):
        clerk.store.db.execute("INSERT OR REPLACE INTO staff_person (id, name) VALUES (1, 'Ada')")


def test_a_kept_statement_is_asked_about_again_in_another_mode(owner: Office) -> None:
    clerk, sql = open_as(owner, login("clerk")), "SELECT count(*) FROM staff_rise"
    db = clerk.store.db
    for _ in range(3):
        with _acting(clerk):
            assert db.execute(sql).fetchall() == [(4,)]
        with clerk.trusted():
            assert db.execute(sql).fetchall() == [(4,)]
        with clerk.lifted():
            assert db.execute("SELECT sum(pay) FROM staff_person").fetchone()[0]
        for each in (sql, "SELECT sum(pay) FROM staff_person"):
            with pytest.raises(sqlite3.DatabaseError, match=r"prohibited|not authorized"):
                db.execute(each)
    with clerk.lifted():
        search = "SELECT reason FROM staff_rise_search WHERE staff_rise_search MATCH 'quincunx'"
        assert db.execute(search).fetchall() == [("quincunx",)]
    with pytest.raises(sqlite3.DatabaseError):  # the index keeps statements of its own
        db.execute(search)


def test_a_statement_half_read_gives_no_more_once_its_mode_is_over(owner: Office) -> None:
    clerk = open_as(owner, login("clerk"))
    write = clerk.store.db.execute
    with clerk.trusted():
        half = write("SELECT reason FROM staff_rise")
        half.fetchone()
        half.close()
    with pytest.raises(sqlite3.DatabaseError, match="prohibited"):
        write("SELECT reason FROM staff_rise")


def test_a_twin_and_its_thread_are_guarded_too(owner: Office) -> None:
    clerk, told = open_as(owner, login("clerk")), []

    def read() -> None:
        with clerk.twin() as twin:
            told.append(_answer(twin, "SELECT pay FROM staff_person"))
            told.append(_answer(twin, "SELECT name FROM staff_person WHERE id = 1"))

    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
    assert "prohibited" in told[0]
    assert told[1] == [("Ada",)]


def test_a_guard_takes_what_others_give_and_take_at_once(owner: Office) -> None:
    clerk = open_as(owner, login("clerk"))
    sql = "SELECT pay FROM staff_person WHERE id = 1"
    assert "prohibited" in _answer(clerk, sql)
    admit(owner, login("clerk"), ["hr"])
    assert _answer(clerk, sql) == [(PAY[0],)]
    user = owner.first(kind(owner, "core.user"), "login = ?", login("clerk"))
    owner.do(take_role, user, role="hr")
    assert "prohibited" in _answer(clerk, sql)


# -- what it is for ---------------------------------------------------------------------------------


def test_a_clerk_changes_a_phone_beside_pay_and_the_history_keeps_both(owner: Office) -> None:
    clerk, hr = open_as(owner, login("clerk")), open_as(owner, login("hr"))
    person = kind(owner, "staff.person")
    ada = clerk.find(person, "Ada")
    assert isinstance(ada.pay, Withheld)
    edit_record(clerk, ada, {"phone": "555-0199"})
    assert owner.find(person, "Ada").pay == PAY[0]
    added = {
        each.actor: [changes(each, Asked(record=person, record_id=1))[-1].after]
        for each in (clerk, hr, owner)
    }
    assert not any(secret in str(added[login("clerk")]) for secret in SECRETS)
    assert str(PAY[0]) in str(added[login("hr")])
    assert str(PAY[0]) in str(added["tester"])
    assert not list(verify(owner))


def test_the_history_of_pay_is_for_who_may_see_pay(owner: Office) -> None:
    person = kind(owner, "staff.person")
    edit_record(owner, owner.find(person, "Ada"), {"pay": 55_555_555})
    hr, clerk = open_as(owner, login("hr")), open_as(owner, login("clerk"))
    assert "55555555" in str([each.after for each in changes(hr, Asked(record=person))])
    told = str([(each.before, each.after) for each in changes(clerk, Asked())])
    assert "55555555" not in told
    assert not any(secret in told for secret in SECRETS)


def test_an_altered_trigger_is_not_trusted(owner: Office) -> None:
    name, db = "staff_person_history_edit", owner.store.db
    sql = owner.value("SELECT sql FROM sqlite_master WHERE name = ?", name)
    with db.writable():
        db.execute(f"DROP TRIGGER {name}")
        db.execute(
            sql.replace("BEGIN", "BEGIN UPDATE staff_person SET phone = NEW.pay WHERE id = NEW.id;")
        )
    clerk = open_as(owner, login("clerk"))
    ben = clerk.find(kind(owner, "staff.person"), "Ben")
    with pytest.raises(sqlite3.DatabaseError, match=r"prohibited|not authorized"):
        edit_record(clerk, ben, {"phone": "555-0100"})
    assert clerk.find(kind(owner, "staff.person"), "Ben").phone == "555-0101"


def test_a_trigger_altered_while_the_office_is_open_is_not_trusted_either(owner: Office) -> None:
    clerk = open_as(owner, login("clerk"))
    edit_record(clerk, clerk.find(kind(owner, "staff.person"), "Ben"), {"phone": "555-0100"})
    db = owner.store.db
    sql = owner.value("SELECT sql FROM sqlite_master WHERE name = 'staff_person_history_edit'")
    with db.writable():
        db.execute("DROP TRIGGER staff_person_history_edit")
        db.execute(
            sql.replace("BEGIN", "BEGIN UPDATE staff_person SET phone = NEW.pay WHERE id = NEW.id;")
        )
    with pytest.raises(sqlite3.DatabaseError, match=r"prohibited|not authorized"):
        edit_record(clerk, clerk.find(kind(owner, "staff.person"), "Ben"), {"phone": "555-0111"})


@pytest.mark.parametrize(
    "query",
    [
        Query(sort="pay"),
        Query(sort="-pay"),
        Query(sort="name,pay"),
        Query(where="pay>3"),
        Query(where="-pay=5"),
        Query(where="pay="),
        Query(where="pay~3"),
        Query(where="PAY>=1"),
    ],
)
def test_nothing_is_found_or_sorted_by_what_may_not_be_seen(owner: Office, query: Query) -> None:
    clerk, person = open_as(owner, login("clerk")), kind(owner, "staff.person")
    with pytest.raises(Forbidden, match="not yours to see"):
        clerk.select(person, person.meta.list_fields, query)
    assert open_as(owner, login("hr")).select(person, person.meta.list_fields, query) is not None


def test_a_list_shows_nothing_of_what_may_not_be_seen(owner: Office) -> None:
    clerk, person = open_as(owner, login("clerk")), kind(owner, "staff.person")
    rows = clerk.select(person, person.meta.fields)
    assert len(rows) == 5
    assert not any(secret in str(rows) for secret in SECRETS)
    with pytest.raises(OfficeError, match=r"staff.rise.view"):
        clerk.select(kind(owner, "staff.rise"), kind(owner, "staff.rise").meta.list_fields)


def test_due_items_and_reports_are_worked_out_from_what_they_need_and_told_by_what_one_may_see(
    owner: Office,
) -> None:
    assert {each.due.key for each in open_as(owner, login("clerk")).due_items()} == {
        "staff.phone:5"
    }
    assert len(owner.due_items()) == 5


def test_a_guarded_field_names_searches_and_sorts_nothing() -> None:
    for words, search in (({"display": "pay"}, False), ({"sort": "-pay"}, False), ({}, True)):
        declared = {
            "__annotations__": {"name": "str", "pay": "str"},
            "pay": field(guard="x.pay", search=search),
        }
        make: Any = type
        with pytest.raises(TypeError, match=r"pay: a guarded field"):
            make("Odd", (Record,), declared, key="x.odd", **words)
