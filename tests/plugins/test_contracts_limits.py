"""A plugin's code has its time; what takes longer is stopped, named, and the others' answers are kept."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from officeops.core.records import Location
from officeops.model.declarations import Query
from officeops.model.errors import TimeUp
from officeops.model.settings import Machine
from officeops.office.crud import add_record
from officeops.plugins.time_limits import MOST_ANSWERS, LimitSettings
from officeops.tui.record_lines.field_values import value_lines
from officeops.tui.widgets.row_pager import read_ids

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

    Write = Callable[..., Path]

GOOD = """
@hookimpl
def due(office, until): return [Due("good:1", until, "Something is due")]

@hookimpl
def search(office, text): return list(office.all(office.record("location")))
"""
#: Code that does not end by itself, by what it spends its time on.
SLOW = {
    "python": "while True: pass",
    "python that catches everything": "\n    while True:\n        try:\n            while True: pass\n        except Exception: pass",
    "sleep": "import time; time.sleep(600)",
    "sql": "office.value('WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n')",
    "many small queries": "\n    while True: office.value('SELECT 1')",
}


@pytest.fixture
def short(officeops_home: Path) -> None:
    """Settings with limits that a test can wait for."""
    file = officeops_home / "config" / "officeops" / "officeops.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("[limits]\nguard = 0.3\naction = 0.6\ndue = 0.3\nsearch = 0.3\njob = 0.6\n")


def on(*names: str) -> dict[str, str]:
    return {"OFFICEOPS_PLUGINS": ",".join(names)}


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("what", SLOW)
@pytest.mark.parametrize("hook", ["due", "search"])
def test_a_hook_that_does_not_end_is_named_and_the_others_answer(
    write: Write, office: Office, cli: Cli, hook: str, what: str
) -> None:
    add_record(office, Location, {"name": "Main room"})
    given = {"due": "office, until", "search": "office, text"}[hook]
    write("slow", f"@hookimpl\ndef {hook}({given}):\n    {SLOW[what]}\n    return []\n")
    write("good", GOOD)
    ran = cli(
        *{"due": ["today", "--json"], "search": ["search", "main", "--json"]}[hook],
        env=on("slow", "good"),
    )
    assert ran.code == 4
    assert len(ran.json) == 1
    assert (
        f"slow: {hook}: The plugin slow took longer than the 0.3 s that it has for {hook} (in {hook}())"
        in ran.err
    )
    assert "Traceback" not in ran.err


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize(("hook", "given"), [("huddle", "office"), ("inspect", "office, kinds")])
def test_the_pages_of_the_morning_and_of_inspectors_wait_as_long_as_today(
    write: Write, cli: Cli, hook: str, given: str
) -> None:
    write("slow", f"@hookimpl\ndef {hook}({given}):\n    {SLOW['python']}\n    return []\n")
    ran = cli(hook, *(["fire"] if hook == "inspect" else []), env=on("slow"))
    assert (ran.code, f"longer than the 0.3 s that it has for {hook}" in ran.err) == (4, True)


@pytest.mark.parametrize("how", ["while True: yield", f"for n in range({MOST_ANSWERS + 1}): yield"])
def test_a_hook_that_never_stops_answering_is_named(write: Write, cli: Cli, how: str) -> None:
    write("flood", f"@hookimpl\ndef due(office, until):\n    {how} Due('flood:1', until, 'More')\n")
    write("good", GOOD)
    ran = cli("today", "--json", env=on("flood", "good"))
    assert ran.code == 4
    assert sorted(item["key"] for item in ran.json) == ["flood:1", "good:1"]
    assert "flood: due: " in ran.err


ACTION = """
@action("core.location.dawdle")
def dawdle(office, location):
    "Dawdle."
    office.edit(location, note="half done")
    {code}

@action("core.location.toil", long=True)
def toil(office, location):
    "Toil."
    import time
    time.sleep(1)
    office.edit(location, note="done")

@hookimpl
def actions(): return [dawdle, toil]
"""


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("what", SLOW)
def test_an_action_over_its_time_is_taken_back_and_named(
    write: Write, office: Office, cli: Cli, what: str
) -> None:
    add_record(office, Location, {"name": "Main room"})
    write("slow", ACTION.format(code=SLOW[what]))
    ran = cli("location", "dawdle", "Main room", env=on("slow"))
    assert (ran.code, ran.out) == (1, "")
    assert (
        "The plugin slow took longer than the 0.6 s that it has for the action core.location.dawdle"
        in ran.err
    )
    assert "nothing was written" in ran.err
    assert office.find(Location, "Main room").note is None
    add_record(office, Location, {"name": "The gate is free"})


@pytest.mark.usefixtures("short")
def test_what_is_declared_long_has_its_time(write: Write, office: Office, cli: Cli) -> None:
    add_record(office, Location, {"name": "Main room"})
    write("slow", ACTION.format(code="pass"))
    assert cli("location", "toil", "Main room", env=on("slow")).code == 0
    assert office.find(Location, "Main room").note == "done"


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("what", SLOW)
def test_a_guard_over_its_time_refuses_the_write(
    write: Write, office: Office, cli: Cli, what: str
) -> None:
    write("slow", f"@hookimpl\ndef validate(office, change):\n    {SLOW[what]}\n    return []\n")
    ran = cli("location", "add", "--name", "Attic", env=on("slow"))
    assert (ran.code, ran.out) == (1, "")
    assert (
        "The plugin slow took longer than the 0.3 s that it has to check a change (in validate())"
        in ran.err
    )
    assert list(office.all(Location)) == []


JOB = """
@job("dawdle")
def dawdle(office):
    "Dawdle."
    with office.acting("slow.begin"):
        office.add(office.record("location")(name="Attic"))
    yield "Begun."
    {code}
    yield "Ended."

@hookimpl
def jobs(): return [dawdle]
"""


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("what", SLOW)
def test_a_job_over_its_time_is_ended_and_named_and_keeps_what_it_did(
    write: Write, office: Office, cli: Cli, what: str
) -> None:
    write("slow", JOB.format(code=SLOW[what]))
    ran = cli("job", "dawdle", env=on("slow"))
    assert (ran.code, ran.out) == (5, "Begun.\n")
    assert "The plugin slow took longer than the 0.6 s" in ran.err
    assert "the job dawdle" in ran.err
    assert [place.name for place in office.all(Location)] == ["Attic"]


ENDLESS = "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n)"
THING = '''
class Thing(Record, key="slow.thing"):
    """A thing with a field whose SQL has no end."""

    name: str = field(unique=True)
    ends: date | None = field(default=None)
    {body}

@hookimpl
def records(): return [Thing]

@hookimpl
def migrations():
    return [Migration("0001_start", """
CREATE TABLE slow_thing (
    id INTEGER PRIMARY KEY AUTOINCREMENT, version INTEGER NOT NULL DEFAULT 1, archived_at TEXT, name TEXT NOT NULL, ends TEXT
) STRICT;
CREATE UNIQUE INDEX slow_thing_name ON slow_thing(name) WHERE archived_at IS NULL;
""")]
'''
COMPUTED = THING.replace("{body}", f'computed = (computed("size", "{ENDLESS}", kind="number"),)')


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize(
    "words",
    [
        ("thing", "list"),
        ("thing", "list", "--json"),
        ("thing", "list", "--columns", "name", "--where", "size>1"),
        ("thing", "list", "--columns", "name", "--sort", "size"),
        ("thing", "show", "A"),
        ("thing", "export", "-"),
    ],
    ids=" ".join,
)
def test_a_computed_field_that_does_not_end_is_named(
    write: Write, cli: Cli, words: tuple[str, ...]
) -> None:
    write("slow", COMPUTED)
    assert cli("thing", "add", "--name", "A", env=on("slow")).code == 0
    ran = cli(*words, env=on("slow"))
    assert (ran.code, ran.out) == (1, "")
    assert "The plugin slow took longer than the 0.3 s" in ran.err
    assert "the field size of slow.thing" in ran.err


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize(
    ("body", "why"),
    [
        (f'expiry = Expiry(ends="ends", only="{ENDLESS}")', "took longer than the 0.3 s"),
        ('expiry = Expiry(ends="ends")\n    def due_detail(self, office):\n        1 / 0', "Zero"),
    ],
    ids=["SQL without an end", "a method that fails"],
)
def test_an_expiry_that_fails_is_named_and_the_others_answer(
    write: Write, cli: Cli, body: str, why: str
) -> None:
    write("slow", THING.replace("{body}", body))
    write("good", GOOD)
    cli("thing", "add", "--name", "A", "--ends", "2020-01-31", env=on("slow"))
    ran = cli("today", "--json", env=on("slow", "good"))
    assert (ran.code, [item["key"] for item in ran.json]) == (4, ["good:1"])
    assert "slow: due: " in ran.err
    assert why in ran.err


@pytest.mark.usefixtures("short")
def test_on_a_screen_it_is_named_as_well(write: Write, office_factory: OfficeFactory) -> None:
    write("slow", COMPUTED)
    office = office_factory("slow")
    record = office.record("thing")
    with office.acting("slow.thing.add"):
        thing = office.add(record(name="A"))
    with pytest.raises(TimeUp, match="the field size of"):
        read_ids(office, record, Query("size>1"))
    lines = [str(line) for line in value_lines(office, thing, 400)]
    assert any("The plugin slow took longer" in line for line in lines)


@pytest.mark.usefixtures("short")
def test_it_is_named_beside_a_field_with_wrong_sql_as_well(write: Write, cli: Cli) -> None:
    wrong = 'computed("wrong", "(SELECT x FROM nothing)", kind="number"), '
    both = COMPUTED.replace('kind="number"),)', f'kind="number"), {wrong})')
    write("slow", both)
    cli("thing", "add", "--name", "A", env=on("slow"))
    ran = cli("thing", "list", "--columns", "wrong", env=on("slow"))
    assert (ran.code, ran.out) == (1, "")
    assert "the field size of slow.thing" in ran.err


@pytest.mark.usefixtures("short")
def test_a_list_without_that_field_is_shown(write: Write, cli: Cli) -> None:
    write("slow", COMPUTED)
    cli("thing", "add", "--name", "A", env=on("slow"))
    ran = cli("thing", "list", "--columns", "name", env=on("slow"))
    assert (ran.code, ran.err) == (0, "")
    assert "A" in ran.out


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("what", [name for name in SLOW if name != "sleep"])
def test_in_another_thread_it_is_stopped_as_well(
    write: Write, office_factory: OfficeFactory, what: str
) -> None:
    write(
        "slow",
        f"@hookimpl\ndef due(office, until):\n    {SLOW[what]}\n    return []\n{ACTION.format(code=SLOW[what])}",
    )
    office = office_factory("slow")
    place = add_record(office, Location, {"name": "Main room"})
    told: list[object] = []

    def work() -> None:
        with office.twin() as twin:
            told.append(twin.due_items())
            try:
                twin.do(
                    next(each for each in twin.actions(Location) if each.verb == "dawdle"),
                    twin.get(Location, place.id),
                )
            except TimeUp as error:
                told.append(str(error))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join(60)
    assert not thread.is_alive()
    assert told[0] == []
    assert "The plugin slow took longer" in str(told[1])
    assert any(
        "due: The plugin slow took longer" in str(trouble) for trouble in office.plugins.troubles
    )
    assert office.get(Location, place.id).note is None


def test_the_limits_are_those_of_the_page_and_settings_may_change_them(
    officeops_home: Path,
) -> None:
    usual = LimitSettings.read({}, "test")
    assert (usual.guard, usual.action, usual.due, usual.search) == (2, 30, 5, 5)
    assert usual.job == 600
    file = officeops_home / "mine.toml"
    file.write_text("[limits]\ndue = 60\naction = 0\n")
    own = Machine(file).table("limits", LimitSettings)
    assert (own.action, own.due, own.search) == (0, 60, 5)
