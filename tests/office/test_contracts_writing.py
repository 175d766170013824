"""A connection writes inside an action alone, and what a plugin tries elsewhere is refused by the plugin's name."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import pytest

from officeops.core.records import Location
from officeops.model.errors import OfficeError, OutsideAction
from officeops.office.crud import add_record
from officeops.plugins import hookspecs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

    Write = Callable[..., Path]

#: What a careless or hostile hook may try, as Python with an `office`.
TRIES = {
    "erases the history": "office.rows('DELETE FROM core_change')",
    "makes a table": "office.store.db.execute('CREATE TABLE spite (x)')",
    "writes by a WITH": "office.rows('WITH t AS (SELECT 1) INSERT INTO core_location (name) SELECT 1 FROM t')",
    "writes behind a comment": "office.rows('/* a */ -- b\\n UPDATE core_location SET note = 1')",
    "writes by a cursor": "office.store.db.cursor().execute('DELETE FROM core_change')",
    "writes many": "office.store.db.executemany('DELETE FROM core_change WHERE id = ?', [(1,)])",
    "runs a script": "office.store.db.executescript('DELETE FROM core_change')",
    "attaches a file": "office.rows(\"ATTACH ':memory:' AS other\")",
    "lifts the rule": "office.rows('PRAGMA query_only = OFF')",
    "opens the schema": "office.rows('PRAGMA writable_schema(1)')",
    "begins a transaction": "office.rows('BEGIN')",
    "copies the file": "office.rows(\"VACUUM INTO '/tmp/never.db'\")",
    "makes a temporary table": "office.rows('CREATE TEMP TABLE spite (x)')",
    "edits": "office.edit(next(office.all(office.record('location'))), note='spite')",
    "adds": "office.add(office.record('location')(name='Spite'))",
    "adds many": "office.add_many(office.record('location'), [{'name': 'Spite'}])",
    "archives": "office.archive(next(office.all(office.record('location'))))",
    "acts": "\n    with office.acting('core.location.edit'): office.add(office.record('location')(name='Spite'))",
}
#: How each collect hook is asked. A hook that is not here fails `test_every_collect_hook_is_tried`.
ASKED = {
    "due": ["today", "--json"],
    "search": ["search", "main", "--json"],
    "check": ["selfcheck", "--json"],
    "duplicates": ["duplicates", "--json"],
    "huddle": ["huddle", "--json"],
    "inspect": ["inspect", "fire", "--json"],
}
#: Hooks that may write: inside the action that is guarded, and in actions of their own.
MAY_WRITE = {"validate", "keep", "changed", "demo"}


def planted(hook: str, code: str) -> str:
    """A plugin that tries something in a hook."""
    given = ", ".join(inspect.signature(getattr(hookspecs, hook)).parameters)
    return f"@hookimpl\ndef {hook}({given}):\n    {code}\n    return []\n"


def state(office: Office) -> list[object]:
    """All that a try could have changed."""
    tables = [
        name
        for (name,) in office.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        )
    ]
    kept = [name for name in tables if name.startswith("core_")]
    return [tables, *(office.rows(f"SELECT * FROM {name}") for name in kept)]


def on(*names: str) -> dict[str, str]:
    return {"OFFICEOPS_PLUGINS": ",".join(names)}


def test_every_collect_hook_is_tried() -> None:
    given = {
        name: tuple(inspect.signature(hook).parameters)
        for name, hook in vars(hookspecs).items()
        if callable(hook) and hasattr(hook, "officeops_spec")
    }
    asked = {name for name, parameters in given.items() if "office" in parameters}
    assert asked - MAY_WRITE == set(ASKED)


@pytest.mark.parametrize("what", TRIES)
@pytest.mark.parametrize("hook", ASKED)
def test_a_hook_that_writes_is_refused_by_name(
    write: Write, office: Office, cli: Cli, hook: str, what: str
) -> None:
    add_record(office, Location, {"name": "Main room"})
    before = state(office)
    write("spite", planted(hook, TRIES[what]))
    ran = cli(*ASKED[hook], env=on("spite"))
    assert f"spite: {hook}: The plugin spite tried to" in ran.err + ran.out
    assert f"in {hook}()" in ran.err + ran.out
    assert "Traceback" not in ran.err
    if hook != "check":
        assert ran.code == 4
        assert isinstance(ran.json, list)
    assert state(office) == before


@pytest.mark.parametrize("what", TRIES)
def test_a_report_that_writes_is_refused_by_name(
    write: Write, office: Office, cli: Cli, what: str
) -> None:
    add_record(office, Location, {"name": "Main room"})
    before = state(office)
    code = f"def run(office):\n    {TRIES[what]}\n    return []\n\n"
    write(
        "spite",
        code
        + "@hookimpl\ndef reports():\n    return [Report('sneaky', 'Sneaky', run, 'Sneaky.')]\n",
    )
    ran = cli("report", "sneaky", "--json", env=on("spite"))
    assert (ran.code, ran.out) == (1, "")
    assert "The plugin spite tried to" in ran.err
    assert state(office) == before


#: What code inside an action may not do either, though it writes.
NEVER = {
    "COMMIT": "office.rows('COMMIT')",
    "END": "office.rows('end')",
    "ROLLBACK": "office.rows('ROLLBACK')",
    "BEGIN": "office.rows('BEGIN')",
    "commit": "office.store.db.commit()",
    "roll back": "office.store.db.rollback()",
    "script": "office.store.db.executescript('SELECT 1')",
    "PRAGMA": "office.rows('PRAGMA foreign_keys = OFF')",
    "ATTACH": "office.rows(\"ATTACH ':memory:' AS other\")",
    "VACUUM": "office.rows('VACUUM')",
    "CREATE": "office.rows('CREATE TABLE spite (x)')",
    "DROP": "office.rows('DROP TRIGGER core_location_history_add')",
    "core_change": "office.rows('DELETE FROM core_change')",
    "core_action": "office.rows('update \"core_action\" set actor = 1')",
    "CORE_ACTION": "office.rows('WITH t AS (SELECT 1) INSERT INTO CORE_ACTION (verb) SELECT 1 FROM t')",
    "sqlite_sequence": "office.rows('DELETE FROM sqlite_sequence')",
}


@pytest.mark.parametrize("what", NEVER)
@pytest.mark.parametrize("where", ["action", "validate"])
def test_code_in_an_action_only_writes_rows(
    write: Write, office_factory: OfficeFactory, cli: Cli, where: str, what: str
) -> None:
    code = f"""
@action("spite.go")
def go(office):
    "Go."
    office.add(office.record("location")(name="Half"))
    {NEVER[what] if where == "action" else "pass"}

@hookimpl
def actions(): return [go]

@hookimpl
def validate(office, change):
    {NEVER[what] if where == "validate" else "return []"}
"""
    write("spite", code)
    office = office_factory("spite")
    before = state(office)
    ran = cli("spite", "go", env=on("spite"))
    if (
        ran.code == 2
    ):  # the office's own actions are run by `do` where a plugin has no word for them
        action = next(each for each in office.actions() if each.name == "spite.go")
        with pytest.raises(OutsideAction, match="The plugin spite tried to") as refused:
            office.do(action)
        said = str(refused.value)
    else:
        assert ran.code == 1
        said = ran.err
    assert "The plugin spite tried to" in said
    assert f"in {'go' if where == 'action' else 'validate'}()" in said
    assert state(office) == before


def test_what_a_script_of_ones_own_tries_is_refused_without_a_plugin_s_name(office: Office) -> None:
    with pytest.raises(
        OutsideAction,
        match=r"^Something tried to write outside an action; writes belong in an action",
    ):
        office.add(Location(name="Nowhere"))
    with office.twin() as twin, pytest.raises(OutsideAction, match="writes belong in an action"):
        twin.rows("DELETE FROM core_change")


def test_after_a_failed_action_nothing_may_be_written(office: Office) -> None:
    with pytest.raises(RuntimeError), office.acting("test.fails"):
        raise RuntimeError
    for sql in ("DELETE FROM core_change", "CREATE TABLE spite (x)"):
        with pytest.raises(OutsideAction):
            office.rows(sql)
    assert office.value("PRAGMA query_only") == 1


def test_reading_inside_a_write_and_a_job_s_own_action_work(
    write: Write, office: Office, cli: Cli
) -> None:
    code = """
@job("tidy")
def tidy(office):
    "Tidy up."
    print("noise")
    with office.acting("spite.tidy"):
        place = office.add(office.record("location")(name="Tidy"))
        assert office.value("SELECT count(*) FROM core_location") == 1
        assert [each.name for each in office.all(type(place))] == ["Tidy"]
    yield "Tidied."

@hookimpl
def jobs(): return [tidy]
"""
    write("spite", code)
    ran = cli("job", "tidy", env=on("spite"))
    assert (ran.code, ran.out.strip()) == (0, "Tidied.")
    assert "noise" in ran.err
    assert office.value("SELECT verb FROM core_action ORDER BY id DESC") == "spite.tidy"


# -- what plugins print ----------------------------------------------------------------------------------------

PRINTS = """
print("at import")

@action("core.location.shout")
def shout(office, location):
    "Shout."
    print("in the action")

@hookimpl
def actions():
    print("registering")
    return [shout]

@hookimpl
def validate(office, change):
    print("in validate")
    return []

@hookimpl
def changed(office, change):
    print("in changed")

@hookimpl
def due(office, until):
    print("in due")
    yield Due("good:1", until, "Something is due")
    print("after due")

@hookimpl
def search(office, text):
    print("in search")
    return []

def run(office):
    print("in the report")
    return [{"a": 1}]

@hookimpl
def reports(): return [Report("loud", "Loud", run, "Loud.")]
"""


@pytest.mark.parametrize(
    ("words", "noise"),
    [
        (["today", "--json"], ["in due", "after due"]),
        (["search", "main", "--json"], ["in search"]),
        (["location", "list", "--json"], ["at import"]),
        (["location", "add", "--name", "Attic", "--json"], ["in validate", "in changed"]),
        (["location", "shout", "Main room"], ["registering", "in the action"]),
        (["report", "loud", "--json"], ["in the report"]),
    ],
)
def test_what_a_plugin_prints_goes_to_stderr(
    write: Write, office: Office, cli: Cli, words: list[str], noise: list[str]
) -> None:
    add_record(office, Location, {"name": "Main room"})
    write("loud", PRINTS)
    ran = cli(*words, env=on("loud"))
    assert ran.code == 0
    for sentence in noise:
        assert sentence in ran.err
        assert sentence not in ran.out
    if "--json" in words:
        assert ran.json


def test_the_refusals_are_errors_a_person_is_told() -> None:
    assert issubclass(OutsideAction, OfficeError)
