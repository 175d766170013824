"""Time worked, from the day to the payroll: nothing is assumed, and nothing changes in silence."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plugins.hr.tests.roster.cover_tools import MONDAY, assistants, plan
from tests.effort import tried

from officeops import Refused
from officeops.history.undo import undo
from officeops_hr.people.pay import Pay
from officeops_hr.roster.absence.call_out import CallOut
from officeops_hr.roster.hours.hours_rule import ScheduleRule
from officeops_hr.roster.publishing import publish_schedule
from officeops_hr.worked.confirming import confirm_time
from officeops_hr.worked.handing_in import correct_time, submit_time
from officeops_hr.worked.life import TIMESHEET
from officeops_hr.worked.rules.overtime import Minutes
from officeops_hr.worked.time_entry import TimeEntry
from officeops_hr.worked.timesheet import Timesheet, sheet_of
from officeops_hr.worked.worked_week import WorkedWeek

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory, Ran
    from officeops_hr.people.person import Person

SUNDAY = MONDAY + timedelta(days=6)
#: Nine hours from Monday to Friday: five more than a week has before overtime.
NINE = tuple((day, 480, 1020) for day in range(5))


@pytest.fixture
def worked(
    office: Office,
    crew: dict[str, Person],
    freeze_today: Callable[[date | str], None],
) -> dict[str, Person]:
    """A published week of two assistants, on the Monday after it."""
    assistants(office, crew)
    for login in ("ben", "cyd"):
        plan(office, [(day, crew[login].id, begin, end) for day, begin, end in NINE])
    office.do(publish_schedule, week=MONDAY)
    freeze_today(MONDAY + timedelta(days=7))
    return crew


def _as(cli: Cli, login: str, *words: str) -> Ran:
    ran = cli(*words, login=login)
    assert ran.code in (0, 1, 3), ran
    return ran


@pytest.mark.usefixtures("worked")
def test_a_week_goes_from_the_person_over_the_lead_to_the_payroll(cli: Cli) -> None:
    days = json.loads(_as(cli, "ben", "time", "day", str(MONDAY), "--json").out)
    assert [(row["person"], row["how"], row["hours"]) for row in days] == [
        ("P-4 Ben Stone", "missing", None)
    ]
    refused = _as(cli, "ben", "submit-time", "--week", str(MONDAY))
    assert refused.code == 1
    assert "confirm-time" in refused.err

    late = ("--starts-at", "8:00", "--ends-at", "19:00", "--unpaid", "60")
    assert _as(cli, "ben", "time-entry", "add", "--day", str(MONDAY), *late).code == 0
    span = ("--day", str(MONDAY), "--until", str(SUNDAY))
    assert "4 days of 1 person" in _as(cli, "ben", "confirm-time", *span).err
    assert "46:00" in _as(cli, "ben", "submit-time", "--week", str(MONDAY)).err
    # Nobody approves their own hours, nor those of others without the right.
    assert _as(cli, "ben", "timesheet", "approve", "TW-1").code == 1
    assert _as(cli, "cyd", "timesheet", "approve", "TW-1").code == 1
    assert _as(cli, "lea", "timesheet", "approve", "TW-1").code == 0
    assert "46:00 handed over" in _as(cli, "mia", "timesheet", "lock", "TW-1").err

    week = ("time", "payroll", str(MONDAY), "--json")
    handed = _as(cli, "mia", *week, "--check")
    # Hours that do not come along are named, to those alone who may see them.
    assert handed.code == 3
    assert f"P-5 Cyd Stone ({MONDAY}, open)" in handed.err
    assert "Cyd" not in _as(cli, "ben", *week).err
    row = json.loads(handed.out)[0]
    assert (row["person"], row["regular"], row["overtime"]) == ("Ben Stone", "40:00", "6:00")
    # A day ago is an argument like any other, also behind an option.
    assert _as(cli, "mia", "time", "week", "--check", "-7d").code == 3


def test_a_day_is_missing_once_it_is_over(
    worked: dict[str, Person],
    cli: Cli,
    freeze_today: Callable[[date | str], None],
) -> None:
    assert worked
    for today, how, code in (
        (MONDAY, "to_come", 0),
        (MONDAY + timedelta(days=1), "missing", 3),
    ):
        freeze_today(today)
        ran = cli("time", "day", str(MONDAY), "--check")
        assert how in ran.out
        assert ran.code == code


def test_colleagues_see_nothing_of_each_others_hours(
    office: Office,
    worked: dict[str, Person],
    cli: Cli,
) -> None:
    office.do(confirm_time, day=MONDAY, until=SUNDAY, person_id=worked["ben"].id)
    for words in (("time", "day", str(MONDAY)), ("time", "week", str(MONDAY))):
        seen = _as(cli, "cyd", *words).out
        assert "Cyd" in seen
        assert "Ben" not in seen
    assert "Ben" not in _as(cli, "cyd", "time-entry", "list").out
    # They cannot confirm for each other either.
    assert _as(cli, "cyd", "confirm-time", "--day", str(MONDAY), "--person", "P-4").code == 1


def test_who_was_off_is_not_confirmed_as_rostered(
    office: Office,
    worked: dict[str, Person],
) -> None:
    tuesday = MONDAY + timedelta(days=1)
    with office.acting("test.out"):
        office.add(
            CallOut(
                person_id=worked["ben"].id,
                first_day=tuesday,
                last_day=tuesday,
                called_at=office.now(),
                taken_by="ann",
            )
        )
    said = office.do(confirm_time, day=MONDAY, until=SUNDAY)
    assert f"Ben Stone on {tuesday}" in str(said)
    assert not office.first(TimeEntry, "person_id = ? AND day = ?", worked["ben"].id, str(tuesday))


def test_a_day_is_entered_once_and_a_week_handed_in_is_closed(
    office: Office,
    worked: dict[str, Person],
) -> None:
    ben = worked["ben"].id
    office.do(confirm_time, day=MONDAY, until=SUNDAY)
    with pytest.raises(Refused, match="Nothing is missing"):
        office.do(confirm_time, day=MONDAY, until=SUNDAY)
    with office.acting("test.add"), pytest.raises(Refused, match="within the time"):
        office.add(TimeEntry(person_id=ben, day=MONDAY, starts_at=600, ends_at=700))
    office.do(submit_time, week=MONDAY, person_id=ben)
    entry = office.first(TimeEntry, "person_id = ?", ben)
    assert entry is not None
    for change in ({"unpaid": 30}, {"day": MONDAY - timedelta(days=1)}):
        with office.acting("test.edit"), pytest.raises(Refused, match="timesheet return"):
            office.edit(entry, **change)
    with office.acting("test.archive"), pytest.raises(Refused, match="timesheet return"):
        office.archive(entry)


#: What may happen to a paid week: a correction of a day, a lock of the next week, or an unlock.
deeds = st.lists(
    st.one_of(
        st.tuples(st.just("correct"), st.integers(0, 4), st.integers(30, 600)),
        st.tuples(st.just("relock"), st.just(0), st.just(0)),
    ),
    max_size=4,
)


@tried(60)
@given(deeds)
def test_what_is_handed_over_adds_up_to_what_was_worked(
    office_of_a_paid_week: Office,
    story: list[tuple[str, int, int]],
) -> None:
    office = office_of_a_paid_week
    ben = int(office.value("SELECT person_id FROM hr_timesheet") or 0)
    for deed, number, minutes in story:
        day = MONDAY + timedelta(days=number)
        if deed == "correct":
            entry = office.first(TimeEntry, "person_id = ? AND day = ?", ben, day.isoformat())
            assert entry is not None
            office.do(
                correct_time,
                entry_id=entry.id,
                starts_at=480,
                ends_at=480 + minutes,
                reason="The list on the wall",
            )
        else:
            _step(office, "unlock", why_unlocked="A day was wrong")
            office.do(submit_time, week=MONDAY, person_id=ben)
            _step(office, "approve")
            _step(office, "lock")
            had = office.value("SELECT sum(minutes) FROM hr_paid_time")
            assert had == WorkedWeek(office, ben, MONDAY).minutes.all


def _step(office: Office, verb: str, **given: str) -> None:
    sheet = office.first(Timesheet)
    assert sheet is not None
    office.do(TIMESHEET.action(Timesheet, verb), sheet, **given)


@pytest.fixture
def office_of_a_paid_week(office: Office, worked: dict[str, Person]) -> Office:
    """The week of one person is handed over."""
    ben = worked["ben"].id
    office.do(confirm_time, day=MONDAY, until=SUNDAY, person_id=ben)
    office.do(submit_time, week=MONDAY, person_id=ben)
    for verb in ("approve", "lock"):
        _step(office, verb)
    return office


def test_a_correction_of_a_paid_week_goes_with_the_next_one(
    office_of_a_paid_week: Office,
    worked: dict[str, Person],
    cli: Cli,
    freeze_today: Callable[[date | str], None],
) -> None:
    office, ben = office_of_a_paid_week, worked["ben"].id
    # What the payroll has is not taken back in silence; the sentence names the way that there is.
    with pytest.raises(Refused, match="timesheet unlock TW-1 --why-unlocked"):
        undo(office)
    entry = office.first(TimeEntry, "person_id = ? AND day = ?", ben, MONDAY.isoformat())
    assert entry is not None
    with office.acting("test.edit"), pytest.raises(Refused, match="correct-time"):
        office.edit(entry, ends_at=1080)
    words = f"correct-time --entry #{entry.id} --starts-at 8:00 --ends-at 19:00 --unpaid 60"
    said = _as(cli, "mia", *words.split(), "--reason", "Stayed for Mrs. Roe")
    assert said.code == 0, said
    sheet = sheet_of(office, ben, MONDAY)
    assert sheet is not None
    assert "With the next week" in cli("timesheet", "show", str(sheet)).out
    assert "Stayed for Mrs. Roe" in cli("me", login="ben").out

    later = MONDAY + timedelta(days=7)
    freeze_today(MONDAY + timedelta(days=15))
    with office.acting("test.add"):
        office.add(TimeEntry(person_id=ben, day=later, starts_at=480, ends_at=720))
    office.do(submit_time, week=later, person_id=ben)
    following = sheet_of(office, ben, later)
    assert following is not None
    office.do(TIMESHEET.action(Timesheet, "approve"), following)
    following = office.get(Timesheet, following.id)
    handed = office.do(TIMESHEET.action(Timesheet, "lock"), following)
    assert f"corrections of {MONDAY}" in str(handed)
    rows = json.loads(cli("time", "payroll", str(later), "--json").out)
    assert [(row["regular"], row["overtime"], row["corrections"]) for row in rows] == [
        ("4:00", "1:00", "1:00")
    ]


def test_who_may_see_pay_gets_the_amounts_that_changed_and_nobody_else(
    office_of_a_paid_week: Office,
    worked: dict[str, Person],
    cli: Cli,
) -> None:
    office, ben = office_of_a_paid_week, worked["ben"].id
    with office.acting("test.pay"):
        before = office.add(Pay(person_id=ben, starts_on=MONDAY - timedelta(days=1), amount=2313))
        office.add(Pay(person_id=ben, starts_on=MONDAY + timedelta(days=1), amount=2417))
    for login in ("mia", "lea"):
        for way in ("--csv", "--json"):
            seen = _as(cli, login, "time", "payroll", str(MONDAY), way).out
            assert "Ben Stone" in seen
            for word in ("pay_is", "23.13", "24.17", str(MONDAY + timedelta(days=1))):
                assert word not in seen
    (row,) = json.loads(cli("time", "payroll", str(MONDAY), "--json").out)
    assert (row["pay_was"], row["pay_is"]) == ("23.13 per hour", "24.17 per hour")
    assert row["new_pay_from"] == str(MONDAY + timedelta(days=1))
    # Each look is recorded, also at the pay before.
    looks = "SELECT count(*) FROM core_action WHERE verb = 'hr.pay.amount.reveal'"
    assert office.value(looks) == 2, before


def test_a_rule_of_overtime_pays_from_its_first_week_on_and_once_it_is_confirmed(
    office_of_a_paid_week: Office,
    worked: dict[str, Person],
    office_factory: OfficeFactory,
) -> None:
    office, ben = office_of_a_paid_week, worked["ben"].id
    with office.acting("test.rule"):
        rule = ScheduleRule(name="Seven hours", kind="day_overtime", minutes=420)
        rule = office.add(rule)

    def minutes(week: date, reader: Office = office) -> Minutes:
        return WorkedWeek(reader, ben, week).minutes

    assert minutes(MONDAY) == Minutes(2400, 300)
    for starts_on, paid in (
        (MONDAY + timedelta(days=7), Minutes(2400, 300)),
        (MONDAY, Minutes(2100, 600)),
        (None, Minutes(2100, 600)),
    ):
        with office.acting("test.confirm"):
            rule = office.edit(rule, confirmed=True, starts_on=starts_on)
        assert minutes(MONDAY) == paid
    # The same hours for the person, whose role may read no rules.
    assert minutes(MONDAY, office_factory("hr", login="ben")) == Minutes(2100, 600)
