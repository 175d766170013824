"""Two offices that differ only in the leave of others answer a person alike, on every road."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import pytest
from plugins.hr.tests.leave.conftest import HOUR, MONDAY, Leave
from plugins.hr.tests.people.test_hr_leaks import Twins
from tests.effort import sampled

from officeops_hr.leave.balance_actions import adjust
from officeops_hr.leave.changes import give_reason
from officeops_hr.leave.enrollment import LeaveEnrollment
from officeops_hr.people.person import Person

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

DAY = timedelta(days=1)
#: Roads on which leave is told; LR-1 is of ben, LR-2 of cyd, P-5 is cyd.
ROADS: Final = (
    "leave balance --on 2026-12-31 --json",
    "leave balance P-5",
    "leave statement P-5",
    "leave statement P-4 --until 2026-12-31 --json",
    "leave calendar --from 2026-03-16 --until 2026-04-30 --pending",
    "leave calendar --from 2026-03-16 --until 2026-04-30 --json",
    "leave year-end PTO --until 2027-01-02 --json",
    "leave-policy show PTO --json",
    "leave-request list --json",
    "leave-request list first_day>2026-03-18",
    "leave-request list --sort booked --json",
    "leave-request show LR-1 --json",
    "leave-request show LR-2",
    "leave-request approve LR-2",
    "leave-request cancel LR-2",
    "leave-entry list --json",
    "leave-entry list minutes>600",
    "leave-entry show #3",
    "leave-enrollment list --json",
    "leave-enrollment list booked>80",
    "leave-enrollment show #5",
    "leave-reason list --json",
    "leave-reason show #1 --reveal text",
    "person show P-5",
    "me --json",
    "today --json",
    "huddle --json",
    "search stone",
    "history --json",
    "seal readings",
    "selfcheck",
    "undo",
    "job leave-accrual",
)


def fill(office: Office, salt: Callable[[str], int]) -> None:
    """Give everybody leave; of those with a salt, other days, amounts and reasons."""
    names = {str(p.name).partition(" ")[0].lower(): p for p in office.all(Person)}
    leave = Leave(office, names)
    for login in ("ben", "cyd", "hana"):
        first = MONDAY + salt(login) * DAY
        request = leave.ask(login, first, part="hours", hours=60 + salt(login))
        office.do(give_reason, request, text=f"why {salt(login)}")
        leave.approve(request)
    for enrollment in list(office.all(LeaveEnrollment)):
        login = next(name for name, p in names.items() if p.id == enrollment.person_id)
        office.do(adjust, enrollment, by=HOUR + salt(login), note=f"as agreed {salt(login)}")


@pytest.mark.officeops("hr")
@pytest.mark.parametrize("login", ["ben", "lea"])
def test_twins_answer_alike(
    office_factory: OfficeFactory,
    freeze_today: Callable[[str], None],
    login: str,
) -> None:
    freeze_today("2026-03-02")
    reach = {"ben": {"ben"}, "lea": {"lea", "ben", "cyd"}}[login]
    twins = Twins(office_factory, login)
    for number, file in enumerate(twins.files):
        _fill(office_factory, file, reach, number)
    for words in sampled(ROADS, 44):
        one, other = (_without_numbers(answer) for answer in twins.answers(words))
        assert one == other, words
        assert "Traceback" not in one, words


def _without_numbers(answer: tuple[int, str, str]) -> str:
    """Return an answer without the numbers of changes: how much was written is no secret."""
    return re.sub(r'"cursor": \d+', "", str(answer))


def _fill(
    offices: OfficeFactory,
    file: Path,
    reach: set[str],
    number: int,
) -> None:
    office = offices("hr", file=file.name)
    fill(office, lambda who: 0 if who in reach else number)
    office.close()
