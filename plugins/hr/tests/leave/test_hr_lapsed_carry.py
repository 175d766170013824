"""Leave that was carried over lapses on its day: the statement has it there, and no year's end again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from plugins.hr.tests.leave.conftest import HOUR

from officeops.history.undo import undo
from officeops_hr.leave.balances import statement
from officeops_hr.leave.year_end import close_year, year_ends

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.hr.tests.leave.conftest import Leave

    from officeops.testing import Cli

LAPSE = date(2027, 4, 1)
ENDS = (date(2027, 1, 1), date(2028, 1, 1))


@pytest.fixture
def carried(leave: Leave, freeze_today: Callable[[date | str], None]) -> Leave:
    """Two leave years that nobody closed: 40 hours of the first one are good for 90 days."""
    with leave.office.acting("test.policy"):
        leave.office.edit(leave.policy, carry="limited", carry_most=40 * HOUR, carry_days=90)
    leave.policy = leave.office.get(type(leave.policy), leave.policy.id)
    freeze_today("2028-01-04")
    return leave


def adds_up(leave: Leave) -> list[tuple[date, str, int]]:
    """Return the lines of Ben's statement, whose amounts come to the balance of each day."""
    account = leave.account("ben")
    rows = list(statement(account, leave.office.today))
    for entry, balance, _ in rows:
        total = sum(row.minutes for row, _, _ in rows if row.day <= entry.day)
        assert total == balance == account.balance(entry.day), entry
    return [(entry.day, entry.kind, entry.minutes) for entry, _, _ in rows]


def test_the_statement_adds_up_before_and_after_the_years_are_closed(carried: Leave) -> None:
    line = (LAPSE, "expire", -40 * HOUR)
    before = adds_up(carried)
    assert line in before
    carried.office.do(close_year, carried.policy)
    assert adds_up(carried) == before
    undo(carried.office)
    assert line in adds_up(carried)


def test_a_lapse_of_this_year_is_in_the_statement_too(
    carried: Leave, freeze_today: Callable[[date | str], None]
) -> None:
    freeze_today("2027-06-01")
    assert (LAPSE, "expire", -40 * HOUR) in adds_up(carried)
    freeze_today(LAPSE - timedelta(days=1))
    assert (LAPSE, "expire", -40 * HOUR) not in adds_up(carried)


def test_what_lapsed_was_not_left_at_the_years_end(carried: Leave, cli: Cli) -> None:
    [ben] = [
        end
        for end in year_ends(carried.office, carried.policy.id, carried.office.today)
        if end.account.person_id == carried.crew["ben"].id
    ]
    account = carried.account("ben")
    assert [year.day for year in ben.years] == [*ENDS]
    for year in ben.years:
        assert year.left == account.balance(year.day - timedelta(days=1))
    assert [year.lapsed for year in ben.years] == [0, 40 * HOUR]
    printed = cli("leave", "year-end", "PTO", "--csv").out.splitlines()
    assert "P-4 Ben Stone,2028-01-01,80:00,40:00,40:00,40:00" in printed
    assert "carried over before had lapsed already" in carried.office.do(close_year, carried.policy)
