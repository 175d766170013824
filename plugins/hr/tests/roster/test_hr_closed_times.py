"""A part of a day on which a place is closed needs nobody, by one rule for all others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from officeops import default_location
from officeops_hr.roster.filling.fill_action import draft_of
from officeops_hr.roster.plan import Plan
from officeops_hr.roster.usual_place import usual_place

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli

MONDAY = date(2026, 3, 2)


def _lacks_the_morning_alone(office: Office) -> None:
    plan = Plan.of_week(office, usual_place(office) or 0, MONDAY)
    gaps = [(gap.on.day, gap.start, gap.end) for gap in plan.gaps][:2]
    assert gaps == [(2, 480, 720), (3, 480, 1020)]
    assert {want.shift.end for want in draft_of(office, MONDAY, MONDAY).wanted} == {720}


def test_half_a_day_that_is_closed_lacks_nobody(office: Office, cli: Cli) -> None:
    """Closed on Monday from noon on, by the calendar and then by a rule: the morning is short alone."""
    with office.acting("test.place"):
        default_location(office)
    rule = ("coverage-rule", "add", "--name")
    desk = ("--people", "2", "--role", "FD", "--starts-at", "8:00", "--ends-at", "17:00")
    assert cli(*rule, "Desk", *desk).code == 0
    day = str(MONDAY)
    closed = ("--kind", "closed", "--first-day", day, "--last-day", day, "--starts-at", "12:00")
    part = ("--day", day, "--what", "Half day", "--starts-at", "12:00")
    assert cli("closed-day", "add", *part).code == 0
    _lacks_the_morning_alone(office)
    assert cli("closed-day", "archive", "#1").code == 0
    refused = cli(*rule, "Half day", *closed, "--role", "FD")
    assert "a closed time needs nobody" in refused.err
    assert cli(*rule, "Half day", *closed).code == 0
    _lacks_the_morning_alone(office)
    shown = cli("roster", "coverage", day, "--json").json
    assert [row["rule"] for row in shown] == ["Desk"]
