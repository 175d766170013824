"""Code that opens a sealed value: it asks on every road, and the history has each opening."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

import pytest
from tests.sealing.staff import PAY, SSN, hire, person_of

from officeops.access.actions import admit
from officeops.access.role_actions import make_role
from officeops.history.verify import verify
from officeops.model.declarations import report
from officeops.model.errors import Forbidden, OutsideAction
from officeops.office.office import Office
from officeops.office.report_rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from officeops.model.records import Record
    from officeops.testing import Cli

_READINGS = ("seal", "readings", "--json")


@contextmanager
def _inside(office: Office) -> Iterator[None]:
    """Run as an action of the plugin runs, which every clerk may do."""
    with office.acting("staff.person.edit"):
        yield


#: The roads on which code of a plugin runs.
ROADS: dict[str, Callable[[Office], AbstractContextManager[Any]]] = {
    "a command": lambda _: nullcontext(),
    "an action": _inside,
}


@pytest.fixture
def ann(staff: Office) -> Record:
    admit(staff, "cleo", ["clerk"])
    make_role(staff, "payroll", ["work", "staff.person.pay.view"])
    admit(staff, "paul", ["payroll"])
    person: Record = hire(staff, ssn=SSN, pay=PAY)
    return person


@pytest.mark.parametrize("road", ROADS)
def test_only_who_may_see_it_opens_it_and_it_is_recorded(
    staff: Office, cli: Cli, ann: Record, road: str
) -> None:
    with Office(staff.path, staff.plugins, staff.machine, user="cleo") as clerk:
        theirs = clerk.get(person_of(clerk), ann.id)
        for needs in ("", "staff.person.ssn.view", "no.such.permission"):
            with ROADS[road](clerk), pytest.raises(Forbidden):
                clerk.open(theirs, "pay", needs=needs)
    assert cli(*_READINGS).json == []
    with Office(staff.path, staff.plugins, staff.machine, user="paul") as paul:
        theirs = paul.get(person_of(paul), ann.id)
        with ROADS[road](paul):
            assert paul.open(theirs, "pay") == PAY
            assert paul.open(theirs, "ssn", needs="staff.person.edit") == SSN
    rows = cli(*_READINGS).json
    assert {row["actor"] for row in rows} == {"paul"}
    assert {row["record"] for row in rows} == {f"staff.person:{ann.id}"}
    assert {row["field"].split()[0] for row in rows} == {"staff.person.pay", "staff.person.ssn"}
    assert "opened" not in cli("history", "--json").out
    assert verify(staff) == []


def test_code_that_is_asked_opens_nothing_that_nobody_would_learn_of(
    staff: Office, ann: Record
) -> None:
    with (
        staff.answering("staff", "due() of the plugin staff"),
        pytest.raises(OutsideAction),
    ):
        staff.open(ann, "pay")


def test_a_report_opens_what_it_declares_and_nothing_else(
    staff: Office, cli: Cli, ann: Record
) -> None:
    def printed(office: Office) -> list[dict[str, Any]]:
        theirs = office.get(person_of(office), ann.id)
        return [{"pay": office.open(theirs, "pay"), "name": theirs.name}]

    with Office(staff.path, staff.plugins, staff.machine, user="cleo") as clerk:
        plain = report("list", title="List")(printed)
        with pytest.raises(Forbidden):
            rows_of(clerk, "staff", plain)
        with pytest.raises(Forbidden):
            clerk.open(clerk.get(person_of(clerk), ann.id), "pay")
    paying = report("paying", title="Pay", opens=("staff.person.pay",))(printed)
    assert rows_of(staff, "staff", paying) == [{"pay": PAY, "name": "Ann"}]
    [row] = cli(*_READINGS).json
    assert (row["field"], row["record"]) == ("staff.person.pay", "report paying")


def test_a_value_that_was_just_typed_is_its_writer_s(staff: Office, cli: Cli) -> None:
    assert staff.open(person_of(staff)(name="Bo", pay=PAY), "pay") == PAY
    assert cli(*_READINGS).json == []
