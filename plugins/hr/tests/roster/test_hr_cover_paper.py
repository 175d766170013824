"""Paper and lists: on call for the answering service, who can cover, open shifts, and news."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from plugins.hr.tests.roster.cover_tools import MONDAY, assistants, plan

from officeops_hr.people.contacts import Phone
from officeops_hr.roster.absence.calling_out import call_out
from officeops_hr.roster.actions import open_seat
from officeops_hr.roster.publishing import publish_schedule

if TYPE_CHECKING:
    from pathlib import Path

    from officeops.office.office import Office
    from officeops.testing import Cli
    from officeops_hr.people.person import Person


@pytest.fixture
def busy(office: Office, crew: dict[str, Person]) -> dict[str, Person]:
    """Ben works on Tuesday and is on call that night; Cyd has a mobile."""
    assistants(office, crew)
    with office.acting("test.phone"):
        for login, number in (("ben", "202-555-0111"), ("cyd", "202-555-0122")):
            office.add(Phone(person_id=crew[login].id, kind="mobile", number=number))
    plan(office, [(1, crew["ben"].id, 480, 1020)])
    plan(office, [(1, crew["ben"].id, 1020, 480)], kind="on_call")
    office.do(publish_schedule, week=MONDAY)
    return crew


def test_the_on_call_sheet_has_whom_to_ring_when_and_says_that_the_plan_differs(
    office: Office, busy: dict[str, Person], cli: Cli
) -> None:
    (row,) = cli("roster", "on-call", "--json").json
    assert (row["from"], row["until"]) == ("Tue 17:00", "Wed 08:00")
    assert (row["person"], row["phone"]) == ("Ben Stone", "202-555-0111")
    assert cli("roster", "on-call", "--check").code == 0
    with office.acting("test.out"):
        call_out(office, busy["ben"], first_day=MONDAY, last_day=MONDAY.replace(day=3))
    assert "1 change that nobody has published" in cli("roster", "on-call").err
    office.do(publish_schedule, week=MONDAY)
    assert cli("roster", "on-call", "--check").code == 3


@pytest.mark.usefixtures("busy")
def test_the_list_for_the_call_at_six_is_on_paper_with_the_numbers(
    cli: Cli, tmp_path: Path
) -> None:
    """A row for each person who could take a seat; staff cannot print it."""
    rows = cli("roster", "who-can", "2026-03-03", "--json").json
    assert ("Cyd Stone", "202-555-0122") in {(row["person"], row["phone"]) for row in rows}
    file = tmp_path / "cover.pdf"
    assert cli("roster", "who-can", "2026-03-03", "--output", str(file)).code == 0
    assert file.read_bytes().startswith(b"%PDF")
    for words in ("who-can", "on-call", "open", "unseen"):
        assert cli("roster", words, login="ben").code == 1


def test_open_shifts_and_news_end_a_check_with_three(
    office: Office, busy: dict[str, Person], cli: Cli
) -> None:
    assert cli("roster", "open", "--check").code == 0
    assert cli("roster", "unseen", "--check").code == 3
    with office.acting("test.out"):
        call_out(office, busy["ben"], first_day=MONDAY.replace(day=3))
    rows = cli("roster", "open", "--json").json
    assert (rows[0]["absent"], rows[0]["ask"]) == ("P-4 Ben Stone", "Cyd Stone")
    assert cli("roster", "open", "--check").code == 3


def test_changes_are_those_since_the_revision_that_is_asked_for(
    office: Office, busy: dict[str, Person], cli: Cli
) -> None:
    """The newest by default; the difference to an older one is exact all the same."""
    (shift,) = plan(office, [(2, busy["cyd"].id, 480, 1020)])
    office.do(publish_schedule, week=MONDAY)
    office.do(open_seat, shift)
    week = ("roster", "changes", str(MONDAY))
    assert [row["what"] for row in cli(*week, "--json").json] == ["person"]
    assert [row["what"] for row in cli(*week, "--since", "1", "--json").json] == ["new"]
    assert "has no revision 7" in cli(*week, "--since", "7").err
