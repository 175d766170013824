"""The ledger of the office does what the rules foresee, whatever the policy and the promises."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st
from plugins.hr.tests.leave.conftest import HOUR, MONDAY, NEW_YEAR
from tests.effort import tried

from officeops.model.errors import Refused
from officeops_hr.leave.account import account_for
from officeops_hr.leave.entry import LeaveEntry
from officeops_hr.leave.posting import due_entries, post
from officeops_hr.leave.request import LeaveRequest
from officeops_hr.leave.rules.terms import CARRIES

if TYPE_CHECKING:
    from plugins.hr.tests.leave.conftest import Leave

    from officeops_hr.leave.account import Account
    from officeops_hr.leave.policy import LeavePolicy

DAY = timedelta(days=1)
WATCHED = [NEW_YEAR + 23 * n * DAY for n in range(40)]
POLICIES = st.fixed_dictionaries(
    {
        "every": st.sampled_from(("month", "two_weeks", "quarter", "year")),
        "upfront": st.booleans(),
        "carry": st.sampled_from(CARRIES),
        "carry_most": st.integers(0, 60 * HOUR),
        "carry_days": st.one_of(st.none(), st.integers(20, 300)),
        "cap": st.one_of(st.none(), st.integers(20 * HOUR, 90 * HOUR)),
        "ahead": st.sampled_from((0, 16 * HOUR)),
    }
)
ASKED = st.lists(st.tuples(st.integers(0, 480), st.integers(0, 3)), max_size=6)
STOPS = st.lists(st.integers(0, 880), max_size=5)


def test_what_is_projected_is_what_will_be_booked(leave: Leave) -> None:
    names = iter(range(10_000))

    @tried(60)
    @given(POLICIES, ASKED, STOPS)
    def as_projected(facts: dict[str, Any], asked: list[tuple[int, int]], stops: list[int]) -> None:
        with leave.office.acting("test.policy"):
            policy = leave.add_policy(f"PTO {next(names)}", 80, **facts)
            leave.enroll(leave.crew["hana"], policy)
        _withdraw(leave)
        _ask(leave, policy, asked)
        foreseen = [leave.account("hana", policy).balance(day) for day in WATCHED]
        for stop in [*sorted(stops), 930]:
            _book(leave, policy, NEW_YEAR + stop * DAY)
        account = leave.account("hana", policy)
        assert [_balance(leave, account, on=day) for day in WATCHED] == foreseen
        assert [account.book.balance(day) for day in WATCHED] == foreseen
        assert min(foreseen) >= -policy.ahead
        assert _balance(leave, account, grant_id=None, usable=False) >= -policy.ahead

    as_projected()


def _ask(leave: Leave, policy: LeavePolicy, asked: list[tuple[int, int]]) -> None:
    """Ask for days, and have those approved for which there will be enough."""
    for begin, days in asked:
        first = MONDAY + begin * DAY
        try:
            request = leave.ask("hana", first, first + days * DAY, policy_id=policy.id)
            leave.approve(request)
        except Refused:
            continue


def _book(leave: Leave, policy: LeavePolicy, until: date) -> None:
    """Run a night, and the ends of years before it."""
    account = account_for(leave.office, leave.crew["hana"].id, policy.id)
    assert account is not None
    with leave.office.acting("test.night"):
        post(leave.office, account, due_entries(account, until, with_year_end=True))


def _balance(leave: Leave, account: Account, **how: Any) -> int:  # noqa: ANN401 - of a ledger
    keys: dict[str, Any] = {"person_id": account.person_id, "policy_id": account.policy.id}
    return LeaveEntry.ledger.balance(leave.office, **keys, **how)


def _withdraw(leave: Leave) -> None:
    """Free the days for the next example."""
    for request in list(leave.office.all(LeaveRequest)):
        if request.state in {"approved", "submitted"}:
            leave.do(request, "cancel" if request.state == "approved" else "withdraw")
