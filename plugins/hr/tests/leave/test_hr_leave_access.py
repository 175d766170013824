"""Own leave for everybody, the team's for a lead, all for a manager; the private reason for HR."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from plugins.hr.tests.leave.conftest import MONDAY
from tests.access.access_tools import open_as

from officeops_hr.leave.changes import request_leave
from officeops_hr.leave.request import LeaveReason

if TYPE_CHECKING:
    from plugins.hr.tests.leave.conftest import Leave

    from officeops.testing import Cli

WHY = "chemotherapy"
DAYS = ("--from", "2026-03-16", "--until", "2026-03-20")
#: What tells of leave, on every road of the command line.
ROADS = (
    ("leave", "balance", "--on", "2026-12-31", "--json"),
    ("leave", "calendar", *DAYS, "--pending"),
    ("leave", "calendar", *DAYS, "--json"),
    ("leave-request", "list", "--json"),
    ("leave-entry", "list", "--json"),
    ("leave-enrollment", "list", "--json"),
    ("leave-reason", "list", "--json"),
    ("history", "--limit", "200"),
    ("today", "--json"),
    ("search", "stone"),
    ("huddle",),
    ("me",),
)


@pytest.fixture
def told(leave: Leave, cli: Cli) -> dict[str, str]:
    """Everything that each login is told, after ben, cyd and eve asked for leave."""
    leave.stay()
    leave.night()
    for login in ("ben", "cyd", "eve"):
        with open_as(leave.office, login) as theirs:
            theirs.do(
                request_leave,
                policy_id=leave.policy.id,
                first_day=MONDAY,
                private_reason=f"{WHY} {login}",
            )
    leave.approve(leave.ask("cyd", MONDAY.replace(day=18)))
    said: dict[str, str] = {}
    for login in ("ben", "lea", "mia", "hana"):
        ran = [cli(*road, login=login) for road in ROADS]
        assert all(one.code == 0 for one in ran), [one.err for one in ran if one.code]
        said[login] = "\n".join(one.out for one in ran)
    return said


def test_everybody_is_told_of_the_leave_within_reach_alone(told: dict[str, str]) -> None:
    sees = {name: {who for who in told if f"{name} Stone" in told[who]} for name in ("Ben", "Cyd")}
    assert sees == {"Ben": {"ben", "lea", "mia", "hana"}, "Cyd": {"lea", "mia", "hana"}}
    assert {who for who in told if "Eve Stone" in told[who]} == {"mia", "hana"}
    assert all(WHY not in said for said in told.values())


def test_leave_out_of_reach_answers_as_none_at_all(leave: Leave, cli: Cli) -> None:
    request = leave.ask("cyd", MONDAY)

    def ask(*line: str) -> tuple[int, str]:
        ran = cli(*line, login="ben")
        return ran.code, ran.out + ran.err

    for line in (
        ("leave-request", "show", "{}"),
        ("leave-request", "approve", "{}"),
        ("history", "leave-request", "{}"),
    ):
        code, said = ask(*(word.format(request.human_key) for word in line))
        never = ask(*(word.format("LR-99") for word in line))
        assert (code, said.replace(request.human_key, "LR-99")) == never
    assert ask("leave", "balance", "P-5")[1] == ask("leave", "balance", "P-99")[1].replace(
        "99", "5"
    )


def test_the_private_reason_is_for_its_person_and_hr(leave: Leave, cli: Cli) -> None:
    with open_as(leave.office, "ben") as ben:
        ben.do(request_leave, policy_id=leave.policy.id, first_day=MONDAY, private_reason=WHY)

    def reasons(login: str) -> list[Any]:
        with open_as(leave.office, login) as theirs:
            return [theirs.reveal(reason, "text") for reason in theirs.all(LeaveReason)]

    assert [reasons(login) for login in ("ben", "hana")] == [[WHY], [WHY]]
    assert [reasons(login) for login in ("cyd", "lea", "mia")] == [[], [], []]
    assert WHY not in cli("leave-reason", "list", "--json", login="hana").out
    assert leave.office.store.path
    assert WHY.encode() not in leave.office.store.db.serialize()
