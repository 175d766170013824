"""An incident is reported in one line by anybody, and its dates follow and move with what is known."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from officeops import Task
from officeops.history.undo import redo, undo
from officeops.model.errors import Refused
from officeops.testing import Cli
from officeops_hr.safety.deadline import Deadline
from officeops_hr.safety.due_lines import due_lines
from officeops_hr.safety.incident import LIFE, Incident
from officeops_hr.safety.logs import osha_log
from officeops_hr.safety.rules import rules_for
from officeops_hr.safety.vaccine_offer import VaccineOffer

if TYPE_CHECKING:
    from plugins.hr.tests.safety.conftest import Safety

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory


def test_anybody_reports_in_one_line_and_sees_what_to_do(safety: Safety, cli: Cli) -> None:
    ran = cli(
        "incident",
        "add",
        "Needlestick, room 3",
        "--kind",
        "sharps",
        "--at",
        "2026-03-02 9:15",
        login="ben",
    )
    assert "Now: officeops first-hour sharps" in ran.err
    card = cli("first-hour", "sharps", login="ben").out
    assert card.index("Wash the wound") < card.index("Call the clinic") < card.index("compensation")
    assert safety.dates()["clinic"] == date(2026, 3, 2)
    assert "IN-1" in cli("incident", "list", login="ben").out


@pytest.mark.usefixtures("logged")
def test_the_card_has_the_numbers_of_the_settings(office: Office, cli: Cli) -> None:
    del office
    rows = cli("first-hour", "splash", "--json").json
    assert any("Call Lake Clinic 202-555-0101 and go now" in row["text"] for row in rows)


def test_the_dates_of_an_exposure_follow(safety: Safety) -> None:
    safety.open_case(safety.report())
    dates = safety.dates()
    assert dates["opinion"] == date(2026, 3, 17)
    assert dates["test-6-weeks"] == date(2026, 4, 13)
    assert [dates[f"test-{n}-months"] for n in (3, 4, 6)] == [
        date(2026, 6, 2),
        date(2026, 7, 2),
        date(2026, 9, 2),
    ]
    # HR opened the case, so that step is done.
    assert "open-case" in safety.dates("done")


def test_the_dates_of_an_incident_from_an_export_still_move_with_it(
    safety: Safety,
    cli: Cli,
    office_factory: OfficeFactory,
    tmp_path: Path,
) -> None:
    safety.report()
    another = office_factory("hr", file="other.db")
    another.close()
    other = Cli(Path(another.path))
    for noun in ("incident", "task"):
        file = str(tmp_path / f"{noun}.json")
        assert cli(noun, "export", file).code == 0
        assert other(noun, "import", file).code == 0
    assert other("incident", "edit", "IN-1", "--kind", "property").code == 0
    assert cli("incident", "edit", "IN-1", "--kind", "property").code == 0
    here, there = (ran("task", "list", "--json").json for ran in (cli, other))
    assert [row["title"] for row in there] == [row["title"] for row in here]
    # An incident that hurt nobody needs nothing of what an exposure does.
    assert not any("clinic" in row["title"] for row in there if row["state"] == "open")


def test_dates_move_with_the_event_and_those_done_stay(safety: Safety) -> None:
    incident = safety.report()
    case = safety.open_case(incident)
    safety.edit(case, opinion_on=date(2026, 3, 2))
    safety.edit(incident, happened_at=datetime(2026, 2, 28, 9, tzinfo=UTC))
    assert "opinion" in safety.dates("done")
    assert safety.dates()["test-6-months"] == date(2026, 8, 28)
    safety.edit(incident, kind="near_miss")
    assert list(safety.dates()) == ["look-at-cause"]
    undo(safety.office)
    assert safety.dates()["test-6-months"] == date(2026, 8, 28)
    redo(safety.office)
    assert list(safety.dates()) == ["look-at-cause"]


def test_the_hours_of_osha_count_from_when_the_outcome_is_known(safety: Safety) -> None:
    case = safety.open_case(safety.report("injury"))
    safety.edit(case, outcome="hospital")
    assert set(safety.dates()) >= {"osha-24-hours"}
    safety.edit(case, outcome="death")
    assert "osha-24-hours" not in safety.dates()
    assert "osha-death" in safety.dates()
    safety.edit(case, outcome=None)
    assert "osha-death" not in safety.dates()


def test_a_deadline_of_the_state_goes_before_the_general_one(logged: Path, office: Office) -> None:
    assert logged.exists()
    rules = {rule.topic: rule for rule in rules_for(office, "incident", {"injury"})}
    assert (rules["compensation"].state, rules["compensation"].after) == ("TX", 8)
    with office.acting("test.edit"):
        office.add(
            Deadline(
                topic="compensation",
                state="TX",
                about="incident",
                event="injury",
                title="Ours",
                after=3,
                confirmed=True,
            )
        )
    rules = {rule.topic: rule for rule in rules_for(office, "incident", {"injury"})}
    assert (rules["compensation"].title, rules["compensation"].after) == ("Ours", 3)


def test_an_office_without_an_osha_log_says_why(safety: Safety) -> None:
    with pytest.raises(Refused, match="NAICS 6211"):
        list(osha_log.run(safety.office))


def test_a_fresh_incident_is_on_the_page_of_those_who_may_see_it(safety: Safety, cli: Cli) -> None:
    safety.report("near_miss", what="Wet floor", happened_at=safety.office.now())
    safety.report("sharps", what="Needle", happened_at=safety.office.now())
    assert "Wet floor (near miss)" in cli("huddle", login="mia").out
    assert "Needle" not in cli("huddle", login="mia").out
    assert "Needle (sharps)" in cli("huddle", login="hana").out
    # What follows for one person is no line of a page that hangs on the wall.
    safety.report("sharps")
    assert "See the clinic" in cli("today", login="hana").out
    assert "See the clinic" not in cli("huddle", login="hana").out


def test_offers_are_due_ten_working_days_after_the_first_day(safety: Safety) -> None:
    office = safety.office
    assert not list(due_lines(office, office.today))
    with office.acting("test.offer"):
        office.add(VaccineOffer(person_id=safety.crew["lea"].id, answer="declined"))
    due = {line.what: line.on for line in due_lines(office, office.today)}
    # They came on Monday, April 1, and Wednesday, May 1, of 2024.
    assert due == {
        "Offer hepatitis B vaccination to Ben Stone": date(2024, 4, 15),
        "Offer hepatitis B vaccination to Cyd Stone": date(2024, 5, 15),
    }


def test_the_summary_is_posted_from_february_to_april(logged: Path, office: Office) -> None:
    assert logged.exists()
    months = {}
    for month in range(1, 13):
        months[month] = len(list(due_lines(office, date(2026, month, 28))))
    assert [month for month, number in months.items() if number] == [2, 3, 4]


def test_nobody_is_evaluated_before_they_were_hurt(safety: Safety) -> None:
    incident = safety.report()
    case = safety.open_case(incident)
    day = date(2026, 3, 1)
    for name in ("evaluated_on", "opinion_on"):
        with pytest.raises(Refused, match="of the incident"):
            safety.edit(case, **{name: day})
    safety.edit(case, evaluated_on=date(2026, 3, 2))


def test_an_incident_stays_open_by_every_road_until_its_case_and_its_duties_are_settled(
    safety: Safety, cli: Cli
) -> None:
    office = safety.office
    incident = safety.report()
    case = safety.open_case(incident)

    def by_its_step() -> None:
        office.do(LIFE.action(Incident, "close"), office.get(Incident, incident.id))

    with pytest.raises(Refused, match="not decided yet"):
        by_its_step()
    safety.edit(case, outcome="none", recordable=False)
    with pytest.raises(Refused, match="that the law asks for still open"):
        by_its_step()
    for task in list(office.all(Task, "state = 'open' AND occurrence NOT LIKE '%test-%'")):
        with office.acting("test"):
            office.complete(task)
    by_its_step()
    # Half a year of follow-up tests goes on; a case that is open again opens the incident first.
    assert "test-6-months" in safety.dates()
    for undecided in ({"outcome": None}, {"recordable": None}, {"outcome": "hospital"}):
        with pytest.raises(Refused, match="`reopen` the incident"):
            safety.edit(case, **undecided)
    assert "closed" in cli("incident", "edit", "IN-1", "--kind", "splash").err
    assert cli("incident", "reopen", "IN-1").code == 0
    reopened = office.value("SELECT max(id) FROM core_action")
    safety.edit(case, outcome=None)
    assert "not decided yet" in cli("undo", str(reopened)).err
