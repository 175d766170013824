"""Balances: what accrues is booked once, a year's end is one action, and any day can be asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from plugins.hr.tests.leave.conftest import HOUR, NEW_YEAR
from tests.effort import tried

from officeops.history.undo import undo
from officeops.model.errors import Refused
from officeops_hr.leave.account import account_of
from officeops_hr.leave.balance_actions import adjust, open_balance, pay_out
from officeops_hr.leave.enrollment import LeaveEnrollment
from officeops_hr.leave.entry import LeaveEntry
from officeops_hr.leave.policy import LeavePolicy
from officeops_hr.leave.worked import HoursWorked
from officeops_hr.leave.year_end import close_year, year_ends

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from plugins.hr.tests.leave.conftest import Leave

    from officeops.testing import Cli

DAY = timedelta(days=1)
FEBRUARY = date(2026, 2, 28)


def entries(leave: Leave) -> int:
    return sum(1 for _ in leave.office.all(LeaveEntry))


def test_a_night_books_once_and_a_missed_night_changes_no_balance(leave: Leave) -> None:
    days = [NEW_YEAR + 20 * n * DAY for n in range(20)]
    before = [leave.balance("ben", day) for day in days]
    leave.night()
    booked = entries(leave)
    leave.night()
    assert entries(leave) == booked >= 2 * 5
    assert [leave.balance("ben", day) for day in days] == before
    assert leave.balance("ben", date(2026, 12, 31)) == 80 * HOUR


def test_an_undone_accrual_is_booked_again_and_one_reversed_by_hand_is_not(leave: Leave) -> None:
    leave.night()
    undo(leave.office)
    [said] = leave.night()
    assert said.startswith("1 ")
    ledger = LeaveEntry.ledger
    first = next(leave.office.all(LeaveEntry, "person_id = ?", leave.crew["ben"].id))
    with leave.office.acting("test.reverse"):
        ledger.reverse(leave.office, first, note="on unpaid leave")
    assert not any(said.startswith("1 ") for said in leave.night())
    assert leave.balance("ben", FEBRUARY) == leave.balance("cyd", FEBRUARY) - first.minutes


def test_the_years_end_is_one_action_with_a_preview_that_undo_takes_back(
    leave: Leave, freeze_today: Callable[[date | str], None]
) -> None:
    office = leave.office
    with office.acting("test.policy"):
        office.edit(leave.policy, carry="limited", carry_most=40 * HOUR, carry_days=90)
    leave.policy = office.get(type(leave.policy), leave.policy.id)
    before = leave.balance("ben", date(2027, 2, 1))
    freeze_today("2027-01-04")
    leave.night()
    seen = entries(leave)
    [end, *_] = ends = list(year_ends(office, leave.policy.id, office.today))
    [year] = end.years
    assert (year.carried, year.gone, len(ends)) == (40 * HOUR, 40 * HOUR, 6)
    assert entries(leave) == seen
    # January's leave is out of a year that nobody closes before its end.
    with pytest.raises(Refused, match="is a day to come"):
        office.do(close_year, leave.policy, until=date(2028, 1, 2))
    said = office.do(close_year, leave.policy)
    # One of the six left in January.
    assert "206:40 carried over and 200:00 gone" in said
    with pytest.raises(Refused, match="no leave year is open"):
        office.do(close_year, leave.policy)
    assert leave.balance("ben", date(2027, 2, 1)) == before
    assert leave.account("ben").book.balance(office.today) == 40 * HOUR
    undo(office)
    assert leave.account("ben").book.balance(office.today) == 0
    assert leave.balance("ben", date(2027, 2, 1)) == before
    assert office.do(close_year, leave.policy) == said
    assert not list(LeaveEntry.ledger.problems(office))


def test_hours_worked_accrue_with_their_remainder(leave: Leave) -> None:
    office = leave.office
    with office.acting("test.sick"):
        sick = leave.add_policy("Sick", accrues="by_hours_worked", worked_for_one=30)
        leave.enroll(leave.crew["ben"], sick)
        for number, worked in enumerate((50, 50, 50)):
            ends = NEW_YEAR + (14 * number + 13) * DAY
            office.add(HoursWorked(person_id=leave.crew["ben"].id, ends_on=ends, worked=worked))
    leave.night()
    assert leave.account("ben", sick).book.balance(office.today) == 5
    first = next(office.all(HoursWorked))
    with pytest.raises(Refused, match="has leave booked"), office.acting("test.edit"):
        office.edit(first, worked=900)


def test_an_opening_an_adjustment_and_a_payout(leave: Leave) -> None:
    office = leave.office
    enrollment = next(office.all(office.record("hr.leave-enrollment")))
    office.do(open_balance, enrollment, balance=10 * HOUR, day=FEBRUARY)
    leave.night()
    assert leave.account("mia").book.balance(office.today) == 10 * HOUR
    office.do(adjust, enrollment, by=-90, note="Entered twice")
    assert leave.account("mia").book.balance(office.today) == 510
    office.do(pay_out, enrollment)
    assert leave.account("mia").book.balance(office.today) == 0
    with pytest.raises(Refused, match="adjust the balance instead"):
        office.do(open_balance, enrollment, balance=1)


def test_opening_balances_come_by_everyday_headers(leave: Leave, cli: Cli, tmp_path: Path) -> None:
    with leave.office.acting("test.vacation"):
        leave.add_policy("Vacation", 120)
    file = tmp_path / "balances.csv"
    file.write_text(
        "Employee,Leave Policy,Hours Available,As Of\n"
        "Ben Stone,Vacation,33.5,02/28/2026\nCyd Stone,Vacation,7:15,02/28/2026\n"
    )
    ran = cli("leave-enrollment", "import", str(file))
    assert "2 opening balances booked" in ran.err, ran
    assert "2 unchanged" in cli("leave-enrollment", "import", str(file)).err
    rows = cli("leave", "balance", "--policy", "Vacation", "--on", "2026-02-28", "--json").json
    assert [row["balance"] for row in rows] == ["33:30", "7:15"]
    # Nothing is to come by then, which is no number; what is to come says until when.
    for row in rows:
        assert (row["projected"] is None) == (row["until"] is None)
        assert row["until"] in {None, "2026-02-28"}


@tried(20)
@given(brought=st.integers(-4 * HOUR, 90 * HOUR))
@example(brought=0)
def test_who_brings_a_balance_has_it_that_day_and_accrues_from_then_on(
    leave: Leave,
    brought: int,
) -> None:
    """Also who brings nothing, or a debt that the policy allows."""
    office = leave.office
    with office.acting("test.policy"):
        office.edit(next(office.all(LeavePolicy)), ahead=4 * HOUR)
    enrollment = next(office.all(LeaveEnrollment))
    office.do(open_balance, enrollment, balance=brought, day=FEBRUARY)
    account = account_of(office, enrollment)
    days = (FEBRUARY, date(2026, 4, 30))
    opened, later = (account.balance(day) for day in days)
    with pytest.raises(Refused, match="adjust the balance instead"):
        office.do(open_balance, enrollment, balance=1, day=FEBRUARY)
    undo(office)
    undo(office)
    assert opened == brought
    accrued = account_of(office, enrollment).balance(days[1]) - account_of(
        office, enrollment
    ).balance(days[0])
    assert later - opened == accrued > 0


def test_a_debt_beyond_what_the_policy_allows_is_no_opening(
    leave: Leave,
    cli: Cli,
    tmp_path: Path,
) -> None:
    with leave.office.acting("test.vacation"):
        leave.add_policy("Vacation", 120)
    file = tmp_path / "balances.csv"
    header = "Employee,Leave Policy,Hours Available,As Of\n"
    file.write_text(f"{header}Ben Stone,Vacation,0,\nCyd Stone,Vacation,-4,\n")
    ran = cli("leave-enrollment", "import", str(file))
    assert '"Vacation" --ahead 4:00' in ran.err, ran
    assert "booked" not in ran.err, ran


def test_a_statement_adds_up_to_the_balance_of_any_day(leave: Leave, cli: Cli) -> None:
    leave.night()
    until = ("--until", "2026-12-31", "--json")
    rows = cli("leave", "statement", leave.crew["ben"].human_key, *until).json
    assert len(rows) == 12
    assert [row["due"] for row in rows].count(True) == 10
    assert rows[-1]["balance"] == "80:00"
