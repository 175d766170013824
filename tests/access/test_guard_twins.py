"""No statement tells twins apart: two files alike but for what is secret.

What a statement answers must be the same on both, down to the words of its refusal; then nothing of the secret came out,
neither plainly, nor added up, nor by what is found or sorted.
"""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import PAY, REASONS, RISES
from tests.access.guard_tools import answer, dump_of, mode_of, open_for
from tests.effort import examples

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.office.office import Office


STATEMENTS = examples(1800)
SEED = 20_261_122
#: Where a role may see the whole of something, it is no secret from it.
SEES_PAY = {"owner", "hr"}


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
    pair = [open_for(path, owner, role) for path in (_twin(owner, "a.db"), other)]
    before = [dump_of(each.path) for each in pair]
    refused = 0
    for number, sql in enumerate(islice(statements((SEED, role, mode)), STATEMENTS)):
        answers = []
        for office in pair:
            with mode_of(office, mode):
                answers.append(answer(office, sql))
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
            assert "Forbidden" in answer(pair[0], "SELECT pay FROM staff_person")
    assert [dump_of(each.path) for each in pair] == before
    assert 0 < refused < STATEMENTS
    for office in pair:
        office.close()
