"""Who is shown a guarded value leaves a record, by whichever road, once a day; who is not leaves none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.access.access_tools import PAY, STAFF, kind, open_as
from tests.without_shipped import shipped, two_plugins

from officeops.access.actions import admit
from officeops.core.office_record import Facts
from officeops.tui.testing import Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory

__all__ = ["shipped", "two_plugins"]

#: The people with pay; Eve has none, and a blank is no value that was shown.
PAID = {f"staff.person:{number}" for number in (1, 2)}
ADA = {"staff.person:1"}
EVERY = {"staff.person:*"}
#: Code of a plugin, which reads as it likes.
CODE = """
from officeops import Plugin, hookimpl, report
PLUGIN = Plugin("payroll", "Pay", api=2, after=("staff",))

@report("pay-total", title="Pay")
def total(office):
    yield {"pay": office.value("SELECT sum(pay) FROM staff_person")}

@report("pay-list", title="Pay")
def listing(office):
    yield from ({"pay": person.pay} for person in office.all(office.record("staff.person")))

@report("phones", title="Phones")
def phones(office):
    yield from ({"phone": phone} for (phone,) in office.rows("SELECT phone FROM staff_person"))

@hookimpl
def reports():
    return [total, listing, phones]
"""
#: What a person types, and whose pay they were shown by it.
ROADS: dict[str, set[str]] = {
    "person list": PAID,
    "person list --json": PAID,
    "person list --csv --limit 1": ADA,
    "person list --columns name,phone": set(),
    "person list --columns name --sort -pay --limit 1": set(),
    "person list --output - --format pdf": PAID,
    "person show Ada": ADA,
    "person show Ada --json": ADA,
    "person show Eve": set(),
    "person export -": PAID,
    "person export - --columns name": set(),
    "person history Ada": ADA,
    "history": PAID,
    "search Ada": set(),
    "today": set(),
    "report pay-total": EVERY,
    "report pay-list": PAID,
    "report phones": set(),
}
SCREENS: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "a list": ((":", "person", "enter"), PAID),
    "a record": ((":", "person", "enter", "enter"), PAID),
    "today": ((), set()),
}


@pytest.fixture
def staff(office_factory: OfficeFactory, officeops_home: Path) -> Office:
    office = office_factory(files={"staff": STAFF, "payroll": CODE})
    turned = officeops_home / "config" / "officeops" / "plugins.toml"
    turned.write_text(turned.read_text().replace("enabled = []", "enabled = ['staff', 'payroll']"))
    person = kind(office, "staff.person")
    with office.acting("core.init"):
        office.add(Facts(name="Test"))
    with office.acting("staff.person.add"):
        for number, name in enumerate(("Ada", "Ben")):
            office.add(person(name=name, phone="555-0100", pay=PAY[number]))
        office.add(person(name="Eve"))
    admit(office, "root-of-it", ["owner"])
    return office


def told(office: Office, login: str) -> list[str]:
    """Return whose pay a person was shown, in the order of the history."""
    sql = (
        "SELECT value FROM core_action, json_each(arguments, '$.of') "
        "WHERE verb = 'staff.person.pay.shown' AND actor = ? ORDER BY core_action.id"
    )
    return [subject for (subject,) in office.rows(sql, login)]


def test_every_road_leaves_a_record_of_what_it_showed_and_of_nothing_else(
    staff: Office, cli: Cli
) -> None:
    shown = {}
    for number, line in enumerate(ROADS):
        admit(staff, f"u{number}", ["hr", "manager"])
        cli(*line.split(), login=f"u{number}")
        shown[line] = set(told(staff, f"u{number}"))
    assert shown == ROADS


def test_screens_leave_one_too(staff: Office) -> None:
    shown = {}
    for number, (name, (keys, _)) in enumerate(SCREENS.items()):
        admit(staff, f"s{number}", ["hr"])
        with open_as(staff, f"s{number}") as office, Terminal(office) as screen:
            for key in keys:
                _ = screen.type(key) if key == "person" else screen.press(key)
        shown[name] = set(told(staff, f"s{number}"))
    assert shown == {name: expected for name, (_, expected) in SCREENS.items()}


def test_a_value_is_recorded_once_a_day_and_only_for_who_saw_it(
    staff: Office, cli: Cli, freeze_today: Callable[[str], None]
) -> None:
    freeze_today("2030-03-04")
    admit(staff, "ann", ["hr"])
    admit(staff, "clk", ["clerk"])
    cli("person", "show", "Ada", login="ann")
    before = staff.value("SELECT max(id) FROM core_action")
    cli("person", "show", "Ada", login="ann")
    cli("person", "list", login="clk")
    assert staff.value("SELECT max(id) FROM core_action") == before
    cli("person", "list", login="ann")
    assert told(staff, "ann") == ["staff.person:1", "staff.person:2"]
    freeze_today("2030-03-05")
    cli("person", "show", "Ada", login="ann")
    assert told(staff, "ann") == ["staff.person:1", "staff.person:2", "staff.person:1"]
    assert told(staff, "clk") == []
    rows = cli("history", "reads", "--who", "ann", "--json").json
    assert {(row["field"], row["record"]) for row in rows} == {
        ("staff.person.pay", subject) for subject in PAID
    }
    # Who saw whose pay is for owners alone.
    assert "shown" not in cli("history", login="clk").out
    assert cli("history", "reads", login="ann").code == 1
    assert "intact" in cli("history", "verify").err


def test_a_reading_is_undone_by_nobody_and_hides_no_action(staff: Office, cli: Cli) -> None:
    admit(staff, "ann", ["hr", "clerk"])
    cli("person", "edit", "Ada", "--phone", "555-0199", login="ann")
    cli("person", "list", login="ann")
    assert "edit person" in cli("undo", login="ann").err
    assert staff.value("SELECT phone FROM staff_person WHERE id = 1") == "555-0100"


def test_an_office_without_users_and_a_blocked_one_read_all_the_same(
    office_factory: OfficeFactory, cli: Cli
) -> None:
    office = office_factory(files={"staff": STAFF})
    person = kind(office, "staff.person")
    with office.acting("staff.person.add"):
        office.add(person(name="Ada", pay=PAY[0]))
    cli("person", "list")
    assert office.value("SELECT count(*) FROM core_action WHERE verb GLOB '*.shown'") == 0
    admit(office, "ann", ["hr"])
    with open_as(office, "ann") as ann, office.store.exclusive("a long write"):
        ann.readings.patience = 0.05
        [row] = ann.select(person, [person.meta.by_name["pay"]])
        assert row[1] == PAY[0]
        assert "does not have that you saw guarded values" in ann.readings.unrecorded
    # It was recorded on closing, once the other had written.
    assert told(office, "ann") in ([], ["staff.person:1"])
