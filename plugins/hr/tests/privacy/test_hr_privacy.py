"""Privacy has its dates: the analysis of a year, the review of a quarter, the notices of a breach."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops import Task
from officeops.access.actions import admit
from officeops.history.undo import undo
from officeops_hr.credentials.access_grant import AccessGrant
from officeops_hr.privacy.access_now import differences
from officeops_hr.privacy.access_review import AccessReview, review_access
from officeops_hr.privacy.breach import FACTORS, Breach
from officeops_hr.privacy.breach_dates import events
from officeops_hr.privacy.due_lines import due_lines, quarter_of
from officeops_hr.privacy.risk_analysis import RiskAnalysis

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.office.office import Office
    from officeops.testing import Cli, Ran
    from officeops_hr.people.person import Person

LINES = st.lists(st.sampled_from([f"login {letter}" for letter in "abcdef"]), unique=True)


@tried(400)
@given(LINES, LINES)
def test_the_differences_lead_from_one_review_to_the_next(
    before: list[str], now: list[str]
) -> None:
    changed = differences(before, now)
    kept = set(before) - {line[2:] for line in changed if line.startswith("-")}
    assert kept | {line[2:] for line in changed if line.startswith("+")} == set(now)
    assert differences(now, now) == []


@tried(400)
@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
def test_a_quarter_begins_on_its_first_day(day: date) -> None:
    first = quarter_of(day)
    assert first <= day < first + timedelta(days=93)
    assert first.day == 1
    assert first.month in {1, 4, 7, 10}


def test_a_review_lists_what_changed_since_the_last_one(
    office: Office, crew: dict[str, Person]
) -> None:
    office.do(review_access)
    admit(office, "ned", ["clerk"])
    with office.acting("test.give"):
        office.add(AccessGrant(person_id=crew["ben"].id, name="Records", given_on=office.today))
    office.do(review_access)
    review = office.first(AccessReview, order="id DESC")
    assert review is not None
    assert (review.differences or "").splitlines() == [
        "+ login ned (nobody here): clerk",
        "+ system Records: Ben Stone, since 2026-03-02",
    ]
    assert "login mia (Mia Stone): manager" in review.access
    assert review.entries == 8


def test_the_next_ones_are_due_by_their_cycle_once_there_is_a_first(
    office: Office, freeze_today: Callable[[date | str], None]
) -> None:
    assert not list(due_lines(office, date(2030, 1, 1)))
    office.do(review_access)
    with office.acting("test.add"):
        office.add(RiskAnalysis(done_on=date(2026, 2, 28), done_by="IT"))
    assert not list(due_lines(office, date(2026, 3, 31)))
    (access,) = due_lines(office, date(2026, 4, 1))
    assert (access.on, access.severity) == (date(2026, 4, 1), "legal")
    freeze_today("2027-02-28")
    analysis, _ = due_lines(office, date(2027, 2, 28))
    assert analysis.on == date(2027, 2, 28)
    undo(office)
    assert len(list(due_lines(office, date(2027, 2, 28)))) == 1


def test_an_unknown_number_of_people_counts_as_many(office: Office) -> None:
    few, many, unknown = (
        Breach(what="Fax", state="notify", persons=persons) for persons in (499, 500, None)
    )
    assert events(few) == {"notify", "few"}
    assert events(many) == events(unknown) == {"notify", "many"}
    with office.acting("test.add"):
        office.add(Breach(what="Fax"))
    assert [task.title for task in office.all(Task)] == ["BR-1: Assess the four factors"]


def test_a_breach_whose_notices_are_due_is_not_put_away(
    crew: dict[str, Person], cli: Callable[..., Ran]
) -> None:
    assert crew
    factors = [word for name in FACTORS for word in (f"--{name}", "Known")]
    assert cli("breach", "add", "Fax", *factors, login="mia").code == 0
    assert cli("breach", "notify", "BR-1", "--reason", "Read", login="mia").code == 0
    assert "notices are due" in cli("breach", "archive", "BR-1", login="mia").err
    assert cli("breach", "dismiss", "BR-1", "--reason", "Sealed", login="mia").code == 0
    assert cli("breach", "archive", "BR-1", login="mia").code == 0


def test_the_factors_of_a_decided_breach_stay_by_every_road(office: Office, cli: Cli) -> None:
    words = [word for name in FACTORS for word in (f"--{name}", "Known")]
    assert cli("breach", "add", "Fax", *words).code == 0
    assert cli("breach", "edit", "BR-1", "--recipient", "A shop").code == 0
    before = office.value("SELECT max(id) FROM core_action")
    for steps in (("dismiss",), ("reopen", "notify")):
        for step in steps:
            reason = () if step == "reopen" else ("--reason", "Known")
            assert cli("breach", step, "BR-1", *reason).code == 0
        rows = office.rows("SELECT * FROM hr_breach")
        file = "own_number,recipient\nBR-1,Nobody\n"
        for road in (
            cli("breach", "edit", "BR-1", "--recipient", "Nobody"),
            cli("breach", "import", "-", "--update", typed=file),
            cli("undo", str(before)),
        ):
            assert road.code == 1, road.out
            assert "`reopen` it first" in road.out + road.err
        assert office.rows("SELECT * FROM hr_breach") == rows
