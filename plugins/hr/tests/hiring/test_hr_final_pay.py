"""The rules of final pay by their worked examples."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from officeops_hr.boarding.final_pay_rule import FinalPayRule
from officeops_hr.hiring.fair_words import touched
from officeops_hr.hiring.panel import weighted
from officeops_hr.hiring.usual_lists import add_lists

if TYPE_CHECKING:
    from officeops.office.office import Office

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
