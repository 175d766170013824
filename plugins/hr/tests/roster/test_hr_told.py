"""Told: everybody whom a publication concerns has seen it, or somebody told them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from officeops import Refused, default_location
from officeops.access.actions import admit
from officeops.history.undo import undo
from officeops.tui.testing import Terminal
from officeops_hr.roster.actions import assign, open_seat
from officeops_hr.roster.publishing import publish_schedule
from officeops_hr.roster.revision import RosterRevision
from officeops_hr.roster.shift import Shift
from officeops_hr.roster.telling.notice import RosterNotice
from officeops_hr.roster.telling.tell import told
from officeops_hr.roster.telling.unseen import unseen

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import Cli, OfficeFactory
    from officeops_hr.people.person import Person

MONDAY = date(2026, 3, 2)


@pytest.fixture
def published(office: Office, crew: dict[str, Person]) -> dict[str, Person]:
    """Ben and Cyd work on Wednesday; the week is published."""
    role = int(office.value("SELECT id FROM hr_job_role WHERE code = 'MA'") or 0)
    with office.acting("test.plan"):
        default_location(office)
        for login in ("ben", "cyd"):
            office.add(
                Shift(
                    day=MONDAY + timedelta(days=2),
                    person_id=crew[login].id,
                    role_id=role,
                    starts_at=480,
                    ends_at=1020,
                )
            )
    office.do(publish_schedule, week=MONDAY)
    return crew


def _waiting(office: Office) -> dict[int, int]:
    return {one.person_id: len(one.changes) for one in unseen(office)}


def _newest(office: Office) -> RosterRevision:
    return next(iter(office.all(RosterRevision, order="number DESC")))


def test_a_publication_is_news_until_it_was_seen_or_told(
    office: Office, published: dict[str, Person], cli: Cli
) -> None:
    """By their own login, or by a manager with the way and the name."""
    ben, cyd = published["ben"].id, published["cyd"].id
    assert _waiting(office) == {ben: 1, cyd: 1}
    assert "new: 08:00-17:00" in cli("me", login="ben").out
    assert cli("mark-schedule-seen", login="ben").code == 0
    assert "new: 08:00-17:00" not in cli("me", login="ben").out
    assert _waiting(office) == {cyd: 1}
    office.do(told, _newest(office), person_id=cyd)
    assert _waiting(office) == {}
    rows = cli("roster-notice", "list", "--json").json
    assert {(row["how"], row["told_by"]) for row in rows} == {
        ("login", "ben"),
        ("phone", office.actor),
    }
    assert len(cli("roster-notice", "list", "--json", login="ben").json) == 1


def test_a_change_is_news_to_the_old_and_the_new_person_alone(
    office: Office, published: dict[str, Person]
) -> None:
    """A person whose week stays as it was is not asked again; taken back, it is no news."""
    office.do(told, _newest(office), how="paper")
    assert office.value("SELECT count(*) FROM hr_roster_notice WHERE how = 'paper'") == 2
    cyd = published["cyd"].id
    (shift,) = office.all(Shift, "person_id = ?", cyd)
    office.do(open_seat, shift)
    office.do(publish_schedule, week=MONDAY)
    assert _waiting(office) == {cyd: 1}
    with pytest.raises(Refused, match="is news to Ben Stone"):
        office.do(told, _newest(office), person_id=published["ben"].id)
    office.do(assign, office.get(Shift, shift.id), person_id=cyd, despite="asked")
    office.do(publish_schedule, week=MONDAY)
    assert _waiting(office) == {}


@pytest.mark.usefixtures("published")
def test_being_told_is_undone_like_anything_else(office: Office) -> None:
    office.do(told, _newest(office))
    undo(office)
    assert len(_waiting(office)) == 2


@pytest.mark.usefixtures("published")
def test_today_names_who_has_not_seen_it_and_says_nothing_of_others_to_staff(
    office: Office, cli: Cli
) -> None:
    """A manager reads the names; Ben reads of his own shifts alone."""
    assert "not seen by P-4 Ben Stone and P-5 Cyd Stone" in cli("today", login="mia").out
    own = cli("today", login="ben").out
    assert "1 change that you have not seen" in own
    assert "Cyd" not in own
    assert "Cyd" not in cli("roster-revision", "show", "#1", login="ben").out
    assert "P-5 Cyd Stone" in cli("roster-revision", "show", "#1", login="mia").out
    assert office.first(RosterNotice) is None


@pytest.mark.usefixtures("published")
def test_a_login_without_a_person_has_no_schedule_to_see(office: Office, cli: Cli) -> None:
    """A login without a person is told so."""
    admit(office, "zoe", ["read-only"])
    assert "No person is linked" in cli("mark-schedule-seen", login="zoe").err
    assert cli("roster-revision", "told", "#1", login="ben").code == 1


@pytest.mark.usefixtures("published")
def test_a_change_is_marked_as_seen_by_two_keys_from_today(office_factory: OfficeFactory) -> None:
    with Terminal(office_factory(login="ben")) as terminal:
        while "Your shifts in the week" not in terminal.current:
            terminal.press("down")
        terminal.press("d", "y")
        assert "1 week of your schedule marked as seen" in terminal.text
