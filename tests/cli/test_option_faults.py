"""Every value of a line that is wrong is named at once, as an import names every cell of a row."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.testing import Cli

READINGS = """
class Reading(Record, key="meters.reading", noun="reading"):
    "A reading of a device."

    device: str = field()
    value: int | None = field(default=None, minimum=0, maximum=100, unit="F")
    price: int | None = field(default=None, kind="money", minimum=0)
    clock: int | None = field(default=None, kind="time_of_day")
    room_id: int | None = ref("core.location", default=None)
    kept_on: date | None = field(default=None)

@action("meters.reading.read")
def read(office: Office, reading: Reading, value: int = param(maximum=100), price: int = param(kind="money")) -> None:
    "Read a device."

@hookimpl
def actions():
    return [read]

@hookimpl
def records():
    return [Reading]

MIGRATIONS: list[Migration] = []

@hookimpl
def migrations():
    return MIGRATIONS
"""


@pytest.fixture
def readings(write: Callable[..., Path], cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    write("meters", "from datetime import date\n" + READINGS)
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "meters")
    assert cli("plugins", "migration", "meters").code == 0
    assert cli("reading", "add", "--device", "Freezer").code == 0
    return cli


#: Options of which every value is wrong but the device, and the code of each problem.
WRONG = {
    "value": ("500", "out-of-range"),
    "price": ("-1", "out-of-range"),
    "clock": ("99:00", "not-a-number"),
    "room": ("nowhere", "not-found"),
    "kept_on": ("soon", "not-a-date"),
    "device": ("", "needed"),
}


def options(*names: str) -> list[str]:
    return [word for name in names for word in (f"--{name.replace('_', '-')}", WRONG[name][0])]


def told(readings: Cli, *line: str) -> list[dict[str, str]]:
    """Return the problems of a line that is refused, as a program gets them."""
    problems: list[dict[str, str]] = json.loads(readings(*line).err)["error"]["problems"]
    return problems


def codes(cli: Cli, *line: str) -> dict[str, str]:
    """Return the code of the problem of each field of a line that is refused."""
    return {problem["field"]: problem["code"] for problem in told(cli, *line)}


@pytest.mark.parametrize("verb", [("add",), ("edit", "#1")])
@pytest.mark.parametrize(
    "names",
    [
        ("value", "price"),
        ("value", "clock"),
        ("value", "room"),
        ("clock", "device"),
        ("value", "price", "clock", "room", "kept_on", "device"),
    ],
)
def test_every_wrong_value_of_a_line_is_named(
    readings: Cli, verb: tuple[str, ...], names: tuple[str, ...]
) -> None:
    needed = [] if "device" in names or verb == ("edit", "#1") else ["--device", "Fridge"]
    line = ("reading", *verb, *needed, *options(*names))
    problems = told(readings, *line, "--json")
    named = {problem["field"]: problem["code"] for problem in problems}
    assert named == {name: WRONG[name][1] for name in names}
    said = readings(*line).err
    assert all(f"--{name.replace('_', '-')}" in said for name in names), said
    assert [row["device"] for row in readings("reading", "list", "--json").json] == ["Freezer"]


def test_a_record_that_is_not_there_is_the_one_fault_of_its_line(readings: Cli) -> None:
    line = ("reading", "edit", "#99", "--json", *options("room", "clock"))
    assert [problem["code"] for problem in told(readings, *line)] == ["not-found"]


def test_children_hide_no_fault_of_a_field(cli: Cli) -> None:
    line = (
        "vendor",
        "add",
        "--name",
        "Acme",
        "--minimum-order",
        "x",
        "--phone",
        "x=y",
        "--json",
    )
    assert {problem["field"] for problem in told(cli, *line)} > {"minimum_order"}


def test_an_action_names_every_wrong_value_too(readings: Cli) -> None:
    line = ("reading", "read", "#1", "--value", "500", "--price", "x")
    problems = told(readings, *line, "--json")
    assert [problem["field"] for problem in problems] == ["value", "price"]


def test_a_needed_value_that_is_blank_hides_no_other_fault(readings: Cli) -> None:
    line = ("reading", "add", "--device", "", "--value", "500", "--json")
    problems = told(readings, *line)
    assert {problem["field"] for problem in problems} == {"device", "value"}


def test_a_rule_of_the_record_is_asked_as_far_as_its_values_are_known(cli: Cli) -> None:
    assert cli("location", "add", "--name", "Main").code == 0
    line = ("location", "edit", "Main", "--count-order", "x", "--time-zone", "nowhere", "--json")
    assert codes(cli, *line) == {"count_order": "not-a-number", "time_zone": "unknown-choice"}
    # Whether the hours are in order, nobody can say while one of them is wrong.
    hours = ("opening-hours", "add", "--weekday", "monday", "--closes", "0:10", "--json")
    assert codes(cli, *hours, "--opens", "99:00") == {"opens": "not-a-number"}
    assert codes(cli, *hours, "--opens", "9:00") == {"closes": "wrong-order"}


def test_a_name_that_is_taken_is_named_beside_what_cannot_be_read(cli: Cli) -> None:
    assert cli("vendor", "add", "--name", "Acme").code == 0
    line = ("vendor", "add", "--name", "Acme", "--lead-days", "x", "--phone", "x=y", "--json")
    named = {"name": "taken", "lead_days": "not-a-number", "phone": "unknown-choice"}
    assert codes(cli, *line) == named
    added = ("vendor", "add", "--name", "Acme", "--phone", "x=y", "--json")
    assert codes(cli, *added) == {"name": "taken", "phone": "unknown-choice"}
    # Its own name is not taken by itself.
    assert codes(cli, "vendor", "edit", "Acme", "--name", "ACME", "--lead-days", "x", "--json") == {
        "lead_days": "not-a-number"
    }


def test_every_child_that_is_wrong_is_named(cli: Cli) -> None:
    assert cli("vendor", "add", "--name", "Acme").code == 0
    line = ("vendor", "edit", "Acme", "--phone", "a=1", "--phone", "b=2", "--remove-phone", "3")
    said = cli(*line).err
    assert all(word in said for word in ("'a'", "'b'", "'3'")), said


def test_a_wrong_version_hides_no_wrong_field(cli: Cli) -> None:
    assert cli("location", "add", "--name", "Main").code == 0
    line = ("location", "edit", "Main", "--version", "x", "--count-order", "y", "--json")
    assert codes(cli, *line) == {"count_order": "not-a-number", "version": "not-a-number"}


def test_the_record_that_a_line_is_about_is_its_option_about(cli: Cli) -> None:
    wrong = ("note", "add", "--follow-up-on", "soon", "--json")
    named = {"text": "needed", "follow_up_on": "not-a-date"}
    assert codes(cli, *wrong) == {"about": "needed", **named}
    assert codes(cli, *wrong, "--about", "Acme") == {"about": "malformed", **named}
    assert codes(cli, *wrong, "--about", "vendor:Acme") == {"about": "not-found", **named}


def test_what_is_missing_needs_no_office(cli: Cli) -> None:
    ran = cli("--db", "/nowhere/office.db", "location", "add", "--json")
    assert (ran.code, json.loads(ran.err)["error"]["problems"][0]["field"]) == (2, "name")


def test_a_blank_answer_of_an_action_hides_no_other(readings: Cli) -> None:
    line = ("reading", "read", "#1", "--value", "", "--price", "", "--json")
    assert codes(readings, *line) == {"value": "needed", "price": "needed"}


def test_every_wrong_fact_of_the_office_is_named(cli: Cli) -> None:
    assert cli("location", "add", "--name", "Main").code == 0
    wrong = {
        "--currency": "gold",
        "--time-zone": "Mars",
        "--date-order": "x",
        "--closed-weekdays": "z",
    }
    words = [word for pair in wrong.items() for word in pair]
    named = set(codes(cli, "settings", "edit", *words, "--json"))
    assert named == {"currency", "time_zone", "date_order", "closed_weekdays"}


SHIFTS = """
PEOPLE = Scope("people", own="SELECT id FROM shifts_person WHERE user_id = ?")

class Person(Record, key="shifts.person", noun="worker"):
    "Somebody who works here."
    name: str = field(unique=True)
    user_id: int | None = ref("core.user", default=None)

class Shift(Record, key="shifts.shift", scope=PEOPLE.by("person_id")):
    "A shift of somebody."
    person_id: int = ref("shifts.person")
    hours: int = field(help="How long", default=8)
    pay: int | None = field(default=None, kind="money", guard="shifts.pay")

MIGRATIONS: list[Migration] = []

@hookimpl
def records(): return [Person, Shift]
@hookimpl
def migrations(): return MIGRATIONS
@hookimpl
def roles(): return [Role("worker", ("shifts.shift.view", "shifts.shift.add", "shifts.person.view"), "Works.")]
"""


def test_what_a_person_may_not_write_is_named_beside_what_cannot_be_read(
    write: Callable[..., Path], cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("shifts", SHIFTS)
    monkeypatch.setenv("OFFICEOPS_PLUGINS", "shifts")
    assert cli("plugins", "migration", "shifts").code == 0
    assert cli("access", "add", "bob", "--role", "worker").code == 0
    for name, login in (("Bob", ("--user", "bob")), ("Ann", ())):
        assert cli("worker", "add", "--name", name, *login).code == 0
    line = ("shift", "add", "--person", "Ann", "--hours", "x", "--pay", "5", "--json")
    problems = json.loads(cli(*line, login="bob").err)["error"]["problems"]
    codes = [problem["code"] for problem in problems]
    assert sorted(codes) == ["beyond-reach", "forbidden", "not-a-number"], problems
