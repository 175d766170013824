"""Two records of one person with shifts, leave and hours become one: nothing twice, all undone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from plugins.hr.tests.roster import schedule_oracle as oracle
from plugins.hr.tests.roster.cover_tools import MONDAY, assistants, plan, retire_contradictions

from officeops_hr.roster.absence.calling_out import call_out
from officeops_hr.roster.publishing import publish_schedule
from officeops_hr.roster.revision import RosterRevision
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.telling.tell import told
from officeops_hr.roster.telling.unseen import unseen
from officeops_hr.worked.confirming import confirm_time
from officeops_hr.worked.handing_in import submit_time
from officeops_hr.worked.life import TIMESHEET
from officeops_hr.worked.time_entry import TimeEntry
from officeops_hr.worked.timesheet import Timesheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from officeops.office.office import Office
    from officeops.testing import Cli, Ran
    from officeops_hr.people.person import Person


@pytest.fixture
def twice(office: Office, crew: dict[str, Person]) -> dict[str, Person]:
    """Ben and Cyd are one person who was entered twice."""
    assistants(office, crew)
    return crew


def _merge(office: Office, twice: dict[str, Person], cli: Cli) -> Ran:
    """Merge them, once nothing but their work may contradict."""
    with office.acting("test.doubles"):
        retire_contradictions(office, twice["cyd"])
    return cli("person", "merge", "P-5", "--into", "P-4")


def test_shifts_that_share_time_are_named_with_the_command_that_frees_one(
    office: Office, twice: dict[str, Person], cli: Cli
) -> None:
    ben, cyd = twice["ben"].id, twice["cyd"].id
    same, morning, _ = plan(office, [(0, ben, 480, 960), (1, ben, 480, 720), (2, ben, 480, 960)])
    plan(office, [(0, cyd, 480, 960), (1, cyd, 660, 900), (2, cyd, 1020, 1200)])
    with office.acting("test.doubles"):
        retire_contradictions(office, twice["cyd"])
    before = oracle.state(office)
    ran = _merge(office, twice, cli)
    said = "Shift #5: Tue 2026-03-03 11:00-15:00 shares time with shift #2, 08:00-12:00; drop one"
    assert (ran.code, said in ran.err) == (1, True), ran.err
    assert oracle.state(office) == before
    assert cli("shift", "drop", "#5").code == 0
    before = oracle.state(office)
    assert _merge(office, twice, cli).code == 0
    # The one of both is one; the others are theirs beside the first.
    shifts = [(one.id, one.day) for one in office.all(Shift, "person_id = ? AND NOT dropped", ben)]
    days = [MONDAY + timedelta(days=number) for number in (0, 1, 2, 2)]
    assert shifts == list(zip((same.id, morning.id, 3, 6), days, strict=True))
    assert oracle.double_bookings(office) == []
    assert cli("undo").code == 0
    assert oracle.state(office) == before
    assert cli("redo").code == 0
    assert oracle.double_bookings(office) == []


def test_who_was_told_of_one_half_is_told_again_and_long_weeks_are_named(
    office: Office, twice: dict[str, Person], cli: Cli
) -> None:
    for login, begin in (("ben", 480), ("cyd", 1020)):
        person = twice[login].id
        plan(office, [(day, person, begin, begin + 240) for day in range(7, 12)])
        plan(office, [(7, person, begin + 240, begin + 300)])
    week = MONDAY + timedelta(days=7)
    plan(office, [(12, twice["cyd"].id, 480, 840)])
    office.do(publish_schedule, week=week)
    revision = next(iter(office.all(RosterRevision)))
    office.do(told, revision, person_id=twice["ben"].id)
    assert {one.person_id for one in unseen(office)} == {twice["cyd"].id}
    ran = _merge(office, twice, cli)
    assert "Ben Stone has 48:00 in the week of 2026-03-09" in ran.err + ran.out
    assert {one.person_id for one in unseen(office)} == {twice["ben"].id}
    assert cli("undo").code == 0
    assert {one.person_id for one in unseen(office)} == {twice["cyd"].id}


def test_hours_that_the_payroll_has_are_not_handed_over_again(
    office: Office,
    twice: dict[str, Person],
    cli: Cli,
    freeze_today: Callable[[date | str], None],
) -> None:
    """A closed week takes no hours of the other; afterwards its sums are those of both."""
    ben, cyd = twice["ben"].id, twice["cyd"].id
    plan(office, [(0, cyd, 480, 960), (1, cyd, 480, 960)])
    office.do(publish_schedule, week=MONDAY)
    freeze_today(MONDAY + timedelta(days=7))
    office.do(confirm_time, day=MONDAY, until=MONDAY + timedelta(days=6))
    office.do(submit_time, week=MONDAY, person_id=cyd)
    for verb in ("approve", "lock"):
        sheet = next(iter(office.all(Timesheet)))
        office.do(TIMESHEET.action(Timesheet, verb), sheet)
    with office.acting("test.late"):
        late = TimeEntry(person_id=ben, day=MONDAY, starts_at=1020, ends_at=1080)
        entry = office.add(late)
    ran = _merge(office, twice, cli)
    said = "it is locked, without the hours of #3 on 2026-03-02; officeops timesheet unlock TW-1"
    assert (ran.code, said in ran.err) == (1, True), ran.err
    with office.acting("test.late"):
        office.archive(entry)
    assert _merge(office, twice, cli).code == 0
    assert cli("timesheet", "unlock", "TW-1", "--why-unlocked", "A day was wrong").code == 0
    # Nothing changed, so the payroll gets nothing more.
    for verb in ("submit", "approve", "lock"):
        sheet = office.get(Timesheet, 1)
        office.do(TIMESHEET.action(Timesheet, verb), sheet)
    assert oracle.paid(office, ben, MONDAY) == {"regular": 960}


def test_absences_leave_and_swaps_of_both_are_named(
    office: Office, twice: dict[str, Person], cli: Cli
) -> None:
    plan(office, [(1, twice["ben"].id, 480, 960), (2, twice["cyd"].id, 480, 960)])
    for login in ("ben", "cyd"):
        office.do(call_out, twice[login], first_day=MONDAY + timedelta(days=3))
    office.do(publish_schedule, week=MONDAY)
    assert cli("published-shift", "offer", "#1", "--wanted", "#2", login="ben").code == 0
    ran = _merge(office, twice, cli)
    assert ran.code == 1
    assert "CO-1 is of the same days; officeops call-out end CO-2" in ran.err
    assert "both are in it; officeops shift-offer refuse SW-1" in ran.err
    for words in (("call-out", "end", "CO-2", "--on", "thu"), ("shift-offer", "withdraw", "SW-1")):
        assert cli(*words).code == 0, words
    assert _merge(office, twice, cli).code == 0
