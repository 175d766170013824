"""Rules of hours: figures as their sources have them, hours of minors, and notice by publication."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugins.hr.tests.roster.cover_tools import MONDAY, assistants, plan
from tests.effort import tried

from officeops_hr.roster.covering import answers
from officeops_hr.roster.hours.hours_rule import ScheduleRule
from officeops_hr.roster.hours.usual_rules import add_usual_hours_rules
from officeops_hr.roster.publishing import publish_schedule
from officeops_hr.roster.rules.hours_rule import age_on
from officeops_hr.roster.rules.notice import first_published
from officeops_hr.roster.rules.shift import Shift

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_hr.people.person import Person

#: The figures of laws, each with its kind, an age below which it holds, and its source; hours as
#: minutes, a time of day as the minutes after midnight.
LAWS: Final = {
    "Overtime by the week": ("week_overtime", 40 * 60, None, "29 USC 207(a)"),
    "California overtime by the day": ("day_overtime", 8 * 60, None, "Labor Code 510"),
    "California double pay": ("day_double", 12 * 60, None, "Labor Code 510"),
    "California seventh day": ("seventh_day", 7, None, "Labor Code 510"),
    "Illinois day of rest": ("rest_in_seven_days", 24 * 60, None, "820 ILCS 140/2"),
    "Chicago notice": ("notice", 14, None, "Chicago Municipal Code 6-110"),
    "Meal break": ("meal_after", 6 * 60, None, "29 CFR 785.19"),
    "Under 16: day": ("longest_day", 8 * 60, 16, "29 CFR 570.35(a)"),
    "Under 16: week": ("longest_week", 40 * 60, 16, "29 CFR 570.35(a)"),
    "Under 16: morning": ("not_before", 7 * 60, 16, "29 CFR 570.35(a)"),
    "Under 16: evening": ("not_after", 19 * 60, 16, "29 CFR 570.35(a)"),
}
#: Those that a practice decides by itself.
OF_THE_HOUSE: Final = {
    "Rest between two days": ("rest_between", 10 * 60, None),
    "Longest shift": ("longest_shift", 12 * 60, None),
}


def test_each_usual_rule_has_the_figure_of_its_source_and_waits_for_the_office(
    office: Office,
) -> None:
    """A rule that somebody adds to the file is one of these."""
    office.do(add_usual_hours_rules)
    rows = list(office.all(ScheduleRule))
    assert {row.name for row in rows} == LAWS.keys() | OF_THE_HOUSE.keys()
    for row in rows:
        rule, source = row.rule(), row.source or ""
        assert not row.confirmed
        *figures, wanted = LAWS.get(row.name) or (*OF_THE_HOUSE[row.name], "house")
        assert [rule.kind, rule.limit, rule.below_age] == figures, row.name
        assert wanted in source
        assert ("(compared 20" in source) == (row.name in LAWS)


def _confirm(office: Office, where: str) -> None:
    office.do(add_usual_hours_rules)
    with office.acting("test.confirm"):
        for rule in list(office.all(ScheduleRule, where)):
            office.edit(rule, confirmed=True)


def test_a_rule_for_minors_is_for_people_below_its_age_alone(
    office: Office, crew: dict[str, Person]
) -> None:
    """Cyd turns 16 on Tuesday; Ben is no minor by the records."""
    _confirm(office, "below_age IS NOT NULL")
    assistants(office, crew)
    with office.acting("test.minor"):
        office.edit(crew["cyd"], adult_on=MONDAY.replace(year=2028) + timedelta(days=1))
    early, later = plan(office, [(0, None, 360, 1200), (1, None, 360, 1200)])
    why = {one.name: one.reasons for one in answers(office, early)}
    assert why["Cyd Stone"][-3:] == (
        "day 6:00 over 8:00 (Under 16: day)",
        "begins before 07:00 (Under 16: morning)",
        "ends after 19:00 (Under 16: evening)",
    )
    assert "Under 16" not in str(why["Ben Stone"])
    assert "Under 16" not in str(answers(office, later))


@pytest.mark.parametrize(
    ("adult_on", "day", "age"),
    [
        (date(2028, 3, 3), date(2026, 3, 2), 15),
        (date(2028, 3, 3), date(2026, 3, 3), 16),
        (date(2028, 2, 29), date(2026, 2, 28), 15),
        (date(2028, 2, 29), date(2026, 3, 1), 16),
    ],
)
def test_an_age_is_full_on_the_birthday(
    adult_on: date,
    day: date,
    age: int,
) -> None:
    assert age_on(adult_on, day) == age


def _published(
    office: Office,
    week: date,
    day: date,
) -> str:
    """Publish a week as if it were that day at noon."""
    moment = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(office), "now", lambda _: moment)
        return str(office.do(publish_schedule, week=week))


def test_notice_counts_from_the_first_publication_and_a_change_begins_it_again(
    office: Office, crew: dict[str, Person], cli: Cli
) -> None:
    """Published 21 days ahead; eleven days later one shift of two begins an hour earlier."""
    _confirm(office, "kind = 'notice'")
    assistants(office, crew)
    ben = crew["ben"].id
    _, moved = plan(office, [(21, ben, 480, 1020), (22, ben, 480, 1020)])
    assert "notice" not in _published(office, moved.day, MONDAY)
    with office.acting("test.move"):
        office.edit(moved, starts_at=420)
    said = _published(office, moved.day, MONDAY + timedelta(days=11))
    assert "Less notice than 14 days (Chicago notice): 1 shift" in said
    checked = cli("roster", "notice", str(moved.day), "--check", "--json")
    assert checked.code == 3
    assert [(row["days"], row["short"]) for row in checked.json] == [
        (21, None),
        (11, "14 days (Chicago notice)"),
    ]


_HOURS: Final = st.sampled_from([(1, 420), (1, 480), (2, 420)])


@tried(500)
@given(st.lists(st.sets(_HOURS), min_size=1, max_size=5))
def test_the_notice_of_a_shift_is_the_beginning_of_its_last_stretch_without_a_break(
    states: list[set[tuple[int, int]]],
) -> None:
    """Compared with a search backward from the newest publication."""
    days = [MONDAY + timedelta(days=number) for number in range(len(states))]
    dated = [(day, map(_shift, state)) for day, state in zip(days, states, strict=True)]
    since = first_published(dated)
    assert len(since) == len(states[-1])
    for shift, day in since:
        number = len(states) - 1
        while number and (shift.person, shift.start) in states[number - 1]:
            number -= 1
        assert day == days[number]


def _shift(hours: tuple[int, int]) -> Shift:
    person, start = hours
    return Shift(start, person, MONDAY, start, 1020, role=1, place=1)


def test_being_on_call_adds_no_hours_takes_no_rest_and_breaks_no_rule_of_them(
    office: Office, crew: dict[str, Person]
) -> None:
    """Ben works on five days; the night between two of them is on call, or else a shift."""
    _confirm(office, "below_age IS NULL AND kind <> 'notice'")
    assistants(office, crew)
    ben = crew["ben"].id
    plan(office, [(day, ben, 480, 1020) for day in range(5)])
    [night] = plan(office, [(2, None, 1020, 480)], kind="on_call")
    [answer] = [one for one in answers(office, night) if one.person == ben]
    assert (answer.group, answer.reasons) == ("can", ())
    with office.acting("test.work"):
        office.edit(night, kind="work")
    [answer] = [one for one in answers(office, night) if one.person == ben]
    assert answer.group == "can, but"
    assert "rest of 0:00 instead of 10:00" in answer.reasons
