"""Who needs which training by when: the rules one by one, and against a twin that counts days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.model.errors import Refused
from officeops_hr.people.contacts import PersonRole
from officeops_hr.people.employment import Employment
from officeops_hr.people.person import Person
from officeops_hr.people.position import Position
from officeops_hr.training.dates import COUNTED
from officeops_hr.training.needs import needs
from officeops_hr.training.topic import RequiredTraining, TrainingTopic
from officeops_hr.training.training import RESULTS, Training

if TYPE_CHECKING:
    from plugins.hr.tests.training.conftest import School

BBP: Final = "Bloodborne pathogens"
HIPAA: Final = "HIPAA privacy and security"
FIRE: Final = "Fire and evacuation"
DAY: Final = timedelta(days=1)


def test_a_yearly_training_holds_until_the_same_day_or_the_end_of_its_month(school: School) -> None:
    school.train("ben", BBP, "2026-02-10")
    need = school.need("ben", BBP)
    assert need is not None
    assert need.due_on == date(2027, 2, 10)
    assert school.state("ben", BBP, "2027-02-10") == "due"
    assert school.state("ben", BBP, "2027-02-11") == "overdue"
    school.topic(BBP, holds_until="month_end")
    need = school.need("ben", BBP)
    assert need is not None
    assert need.due_on == date(2027, 2, 28)


def test_new_people_have_the_first_days_and_nobody_needs_what_no_role_asks(school: School) -> None:
    need = school.need("ben", HIPAA)
    assert need is not None
    assert need.due_on == date(2024, 5, 1)
    assert school.need("mia", BBP) is None
    with school.office.acting("test"):
        mia = school.crew["mia"].id
        school.office.add(PersonRole(person_id=mia, role_id=school.roles["MA"]))
    assert school.state("mia", BBP) == "overdue"


def test_who_changes_roles_has_days_from_then_but_a_new_title_gives_none(school: School) -> None:
    ben = school.crew["ben"].id
    school.topic(BBP, within_days=10)

    def position(role: str, day: str) -> None:
        with school.office.acting("test"):
            starts_on = date.fromisoformat(day)
            new = Position(person_id=ben, role_id=school.roles[role], starts_on=starts_on)
            school.office.add(new)

    position("MA", "2025-06-01")
    need = school.need("ben", BBP)
    assert need is not None
    assert need.due_on == date(2024, 4, 11)
    position("FD", "2026-01-01")
    assert school.need("ben", BBP) is None
    position("MA", "2026-03-01")
    need = school.need("ben", BBP)
    assert need is not None
    assert (need.due_on, need.state) == (date(2026, 3, 11), "due")


def test_absent_and_failed_leave_it_due_and_exempt_needs_a_reason(school: School) -> None:
    school.train("ben", BBP, "2026-02-01", result="absent")
    school.train("ben", BBP, "2026-02-02", result="failed")
    assert school.state("ben", BBP) == "overdue"
    with pytest.raises(Refused, match="why they are exempt"):
        school.train("ben", BBP, "2026-02-03", result="exempt")
    school.train("ben", BBP, "2026-02-03", result="exempt", remark="Never exposed: remote work")
    assert school.state("ben", BBP, "2029-01-01") == "exempt"


def test_a_leaver_needs_nothing_and_somebody_on_leave_nothing_now(school: School) -> None:
    assert list(needs(school.office, school.office.today, school.crew["eve"].id)) == []
    school.train("ben", FIRE, "2025-03-20")
    ben = school.crew["ben"].id
    span = school.office.first(Employment, "person_id = ?", ben)
    assert span is not None
    with school.office.acting("test"):
        school.office.edit(span, leave_from=date(2026, 3, 1), leave_until=date(2026, 5, 31))
    need = school.need("ben", FIRE)
    assert need is not None
    assert (need.state, need.due_on) == ("on_leave", date(2026, 6, 1))
    assert school.state("ben", FIRE, "2026-06-01") == "due"
    assert school.state("ben", FIRE, "2026-06-02") == "overdue"
    assert not any("Ben Stone" in line for line in school.due())


def test_a_rule_that_changed_asks_everybody_again_with_the_first_days(school: School) -> None:
    school.train("ben", HIPAA, "2024-04-01")
    assert school.state("ben", HIPAA) == "current"
    school.topic(HIPAA, changed_on=date(2026, 2, 20))
    need = school.need("ben", HIPAA)
    assert need is not None
    assert (need.state, need.due_on) == ("due", date(2026, 3, 22))


def test_a_blocking_topic_bars_work_on_the_day_it_is_late_and_no_other_does(school: School) -> None:
    from officeops_hr.overview.directory import Directory

    school.train_all("2026-02-10")
    ben, office = school.crew["ben"].id, school.office
    late = date(2027, 2, 11)
    assert not any("was due" in why for why in Directory().ready(office, ben, late).why)
    school.topic(BBP, gates_work=True)
    assert f"{BBP} was due 2027-02-10" in Directory().ready(office, ben, late).why
    assert not any("was due" in why for why in Directory().ready(office, ben, late - DAY).why)


# -- the twin --------------------------------------------------------------------------------------

START: Final = date(2025, 1, 15)
DAYS: Final = st.integers(0, 900)
CASE: Final = st.fixed_dictionaries(
    {
        "hired": DAYS,
        "last": st.none() | st.integers(0, 500),
        "leave": st.none() | st.tuples(st.integers(0, 300), st.none() | st.integers(0, 200)),
        "roles": st.lists(st.tuples(st.integers(-100, 700), st.sampled_from("AB")), max_size=3),
        "first_role": st.sampled_from("AB"),
        "trainings": st.lists(st.tuples(DAYS, st.sampled_from(RESULTS)), max_size=4),
        "within": st.integers(0, 60),
        "every": st.none() | st.integers(1, 13),
        "month_end": st.booleans(),
        "changed": st.none() | DAYS,
    }
)
Case = dict[str, Any]


def _day(number: int) -> date:
    return START + number * DAY


def _months_on(day: date, months: int, *, month_end: bool) -> date:
    """Walk day by day into the month that is meant, and in it to the day."""
    walked = day
    while (walked.year - day.year) * 12 + walked.month - day.month < months:
        walked += DAY
    last = monthrange(walked.year, walked.month)[1]
    while walked.day < (last if month_end else min(day.day, last)):
        walked += DAY
    return walked


def _role(case: Case, day: date) -> str:
    """The role of a day: positions are rows with a first day, the first one from ever."""
    role = case["first_role"]
    for start, other in sorted(_positions(case).items()):
        if _day(case["hired"] + start) <= day:
            role = other
    return str(role)


def _positions(case: Case) -> dict[int, str]:
    return dict(case["roles"])


def _twin(case: Case, today: date) -> tuple[str, date | None] | None:
    hired = _day(case["hired"])
    if case["last"] is not None and hired + case["last"] * DAY < today:
        return None
    asked = max(today, hired)
    if _role(case, asked) != "A":
        return None
    since = asked
    # Back to the first day in the role; what was before the hire makes no difference.
    while since > hired and _role(case, since - DAY) == "A":
        since -= DAY
    changed = _day(case["changed"]) if case["changed"] is not None else date.min
    due: date | None = max(hired, since, changed) + case["within"] * DAY
    first = due
    done = None
    for number, result in sorted(case["trainings"], key=lambda row: row[0]):
        if result in COUNTED and changed <= _day(number) <= today:
            done = (_day(number), result)
    if done is not None:
        due = None
        if done[1] != "exempt" and case["every"] is not None:
            assert first is not None
            due = max(first, _months_on(done[0], case["every"], month_end=case["month_end"]))
    return _with_leave(case, today, due, done)


def _with_leave(
    case: Case,
    today: date,
    due: date | None,
    done: tuple[date, str] | None,
) -> tuple[str, date | None]:
    away = _away(case)
    if due is not None and away(due):
        walked = due
        while away(walked) and walked < date(2032, 1, 1):
            walked += DAY
        due = None if away(walked) else walked
    if away(today) and _day(case["hired"]) <= today:
        return "on_leave", due
    if due is not None and due < today:
        return "overdue", due
    if done is None or (due is not None and due <= today + 30 * DAY):
        return "due", due
    return ("exempt" if done[1] == "exempt" else "current"), due


def _away(case: Case) -> Any:  # noqa: ANN401 - a function of a day
    if case["leave"] is None:
        return lambda day: False  # noqa: ARG005 - of every day
    begin = _day(case["hired"] + case["leave"][0])
    if case["leave"][1] is None:
        return lambda day: day >= begin
    end = begin + case["leave"][1] * DAY
    return lambda day: begin <= day <= end


def _enter(school: School, case: Case, number: int) -> tuple[int, str]:
    """Enter a case, as a person and a topic of their own."""
    office, hired = school.office, _day(case["hired"])
    roles = {"A": school.roles["MA"], "B": school.roles["FD"]}
    away: dict[str, Any] = {}
    if case["leave"] is not None:
        away["leave_from"] = hired + case["leave"][0] * DAY
        if case["leave"][1] is not None:
            away["leave_until"] = away["leave_from"] + case["leave"][1] * DAY
    last = hired + case["last"] * DAY if case["last"] is not None else None
    with office.acting("test"):
        person = office.add(Person(name=f"Case {number}")).id
        office.add(Employment(person_id=person, hired_on=hired, last_day=last, **away))
        office.add(Position(person_id=person, role_id=roles[case["first_role"]]))
        for start, role in _positions(case).items():
            day = hired + start * DAY
            office.add(Position(person_id=person, role_id=roles[role], starts_on=day))
        topic = office.add(
            TrainingTopic(
                name=f"Topic {number}",
                within_days=case["within"],
                every_months=case["every"],
                holds_until="month_end" if case["month_end"] else "day",
                changed_on=_day(case["changed"]) if case["changed"] is not None else None,
            )
        )
        office.add(RequiredTraining(topic_id=topic.id, role_id=roles["A"]))
        rows = []
        for day_number, result in sorted(case["trainings"], key=lambda row: row[0]):
            row = {
                "person_id": person,
                "topic_id": topic.id,
                "done_on": _day(day_number).isoformat(),
            }
            rows.append({**row, "result": result})
        # All at once, as an import does: days to come are there as well.
        office.add_many(Training, rows)
    return person, topic.name


def test_what_is_due_is_that_of_a_twin_that_counts_days(school: School) -> None:
    numbers = iter(range(10**6))

    @tried(150)
    @given(CASE)
    def as_the_twin(case: Case) -> None:
        person, topic = _enter(school, case, next(numbers))
        for number in range(-20, 1000, 120):
            today = _day(number)
            rows = [need for need in needs(school.office, today, person) if need.topic == topic]
            seen = (rows[0].state, rows[0].due_on) if rows else None
            assert seen == _twin(case, today), (today, case)

    as_the_twin()
