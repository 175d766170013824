"""The rules of final pay by their worked examples."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops import Refused
from officeops_hr.boarding.final_pay import final_pay_day, final_pay_words
from officeops_hr.boarding.final_pay_rule import FinalPayRule
from officeops_hr.boarding.paydays import paydays
from officeops_hr.hiring.fair_words import touched
from officeops_hr.hiring.panel import weighted
from officeops_hr.hiring.usual_lists import add_lists

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

TUESDAY, MONDAY = date(2026, 3, 3), date(2026, 3, 2)


@pytest.mark.parametrize(
    ("facts", "last_day", "payday", "due"),
    [
        # California, quit without notice on a Tuesday: 72 hours.
        ({"kind": "hours", "number": 72}, TUESDAY, date(2026, 3, 13), date(2026, 3, 6)),
        # Kentucky, the later of 14 days and the payday in 5 days.
        (
            {"kind": "days", "number": 14, "or_payday": "later"},
            MONDAY,
            date(2026, 3, 7),
            date(2026, 3, 16),
        ),
        ({"kind": "at_once"}, MONDAY, date(2026, 3, 13), MONDAY),
        ({"kind": "next_payday"}, MONDAY, date(2026, 3, 13), date(2026, 3, 13)),
        (
            {"kind": "working_days", "number": 10, "or_payday": "earlier"},
            MONDAY,
            date(2026, 3, 13),
            date(2026, 3, 13),
        ),
    ],
)
def test_a_rule_gives_the_day_of_its_example(
    office: Office, facts: dict[str, Any], last_day: date, payday: date, due: date
) -> None:
    rule = FinalPayRule(state="XX", cause="quit", **facts)
    assert rule.due_on(last_day, office, payday) == due


@tried(200)
@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.sampled_from(
        ["every 2 weeks from 2026-12-04", "every week from 2026-12-04", "15, last", "31"]
    ),
)
def test_the_next_payday_is_the_first_of_them_and_none_is_skipped(day: date, text: str) -> None:
    known = paydays(text)
    assert known
    payday = known.next(day)
    assert day <= payday <= day + timedelta(31)
    # A payday is its own, and the day before leads to the same one unless it was one itself.
    assert known.next(payday) == payday
    before = day - timedelta(1)
    assert known.next(before) in {before, payday}


@pytest.mark.parametrize(
    ("text", "payday"),
    [
        ("every 2 weeks from 2026-12-04", date(2026, 3, 13)),
        ("15, last", date(2026, 3, 15)),
        ("last", date(2026, 3, 31)),
        ("", None),
    ],
)
def test_the_paydays_of_the_settings_count_for_the_final_pay(
    office_factory: OfficeFactory,
    officeops_home: Path,
    text: str,
    payday: date | None,
) -> None:
    file = officeops_home / "config" / "officeops" / "officeops.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = ("[plugins.hr]", 'boarding_state = "XX"', f'boarding_paydays = "{text}"', "")
    file.write_text("\n".join(lines), encoding="utf-8")
    office = office_factory("hr")
    with office.acting("test"):
        office.add(FinalPayRule(state="XX", cause="quit", kind="next_payday"))
    assert final_pay_day(office, TUESDAY) == (payday or TUESDAY)
    words = final_pay_words(office, TUESDAY)
    assert f"Next payday: {payday}" in words if payday else "Set boarding_paydays" in words


def test_a_setting_that_nobody_can_read_is_named() -> None:
    for text in (
        "fridays",
        "0",
        "32",
        "every 0 weeks from 2026-12-04",
        "every week from 2026-13-04",
    ):
        with pytest.raises(Refused, match=r"boarding_paydays in officeops\.toml"):
            paydays(text)


def test_the_weighted_mean_counts_answered_questions_alone() -> None:
    assert weighted([(3, 4), (2, 5), (1, 2)]) == 400
    assert weighted([]) is None


def test_a_note_is_warned_of_whole_words_and_kept(office: Office) -> None:
    with office.acting("test"):
        add_lists(office)
    assert [*touched(office, "The manager of the church asked about her AGE")] == [
        "age",
        "religion",
    ]
    assert not [*touched(office, "managed the pager")]
