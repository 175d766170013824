"""Skills: who may do what alone, who can cover, and which skills one person has."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from officeops.model.errors import Refused
from officeops.tui.testing import Terminal
from officeops_hr.people.employment import Employment
from officeops_hr.skills.actions import observe, record_competence
from officeops_hr.skills.competence import Competence
from officeops_hr.skills.matrix import matrix
from officeops_hr.skills.skill import Skill

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.hr.tests.training.conftest import School

    from officeops.testing import Ran


@pytest.fixture
def skill(school: School) -> Skill:
    with school.office.acting("test"):
        return school.office.add(Skill(name="Phlebotomy", area="Clinical", lapses_months=12))


def _watch(school: School, skill: Skill, people: str, **facts: Any) -> None:  # noqa: ANN401 - of the action
    named = {"outside_observer": "Lab trainer", **facts}
    school.office.do(record_competence, skill_id=skill.id, people=people, **named)


def _cover(school: School, day: str = "2026-03-02") -> list[str]:
    """Return the people who can do the one skill alone on a day."""
    table = matrix(school.office, date.fromisoformat(day))
    return [person.name.split()[0] for person in table.covering(table.skills[0])]


def test_who_can_cover_is_at_work_was_seen_alone_and_has_not_lapsed(
    school: School, skill: Skill, cli: Callable[..., Ran]
) -> None:
    assert _cover(school) == []
    _watch(school, skill, "Ben", level="supervised")
    _watch(school, skill, "Cyd, Eve")
    # A leaver covers nothing, and neither does somebody who needs help.
    assert _cover(school) == ["Cyd"]
    ran = cli("skill", "cover", "--check", "--json")
    assert (ran.code, ran.json[0]["state"], ran.json[0]["people"]) == (3, "one person", "Cyd Stone")
    _watch(school, skill, "Ben", level="alone")
    assert _cover(school) == ["Ben", "Cyd"]
    assert cli("skill", "cover", "--check").code == 0
    assert _cover(school, "2027-03-02") == ["Ben", "Cyd"]
    assert _cover(school, "2027-03-03") == []
    span = school.office.first(Employment, "person_id = ?", school.crew["ben"].id)
    assert span is not None
    with school.office.acting("test"):
        school.office.edit(span, leave_from=date(2026, 3, 1))
    assert _cover(school) == ["Cyd"]


def test_nobody_certifies_themselves_and_somebody_is_named(school: School, skill: Skill) -> None:
    with pytest.raises(Refused, match="watched themselves"):
        _watch(school, skill, "Ben", observer_id=school.crew["ben"].id, outside_observer=None)
    with pytest.raises(Refused, match="who watched"):
        _watch(school, skill, "Ben", outside_observer=None)


def test_an_observer_who_does_not_do_it_alone_is_named_and_not_refused(
    school: School, skill: Skill
) -> None:
    lea, office = school.crew["lea"], school.office
    asked: dict[str, Any] = {"skill_id": skill.id, "people": "Ben", "observer_id": lea.id}
    doubt = f"Nobody has recorded that {lea.human_key} {lea.name} does it alone"
    assert doubt in office.do(record_competence, **asked)
    _watch(school, skill, "Lea", level="supervised")
    assert doubt in office.do(record_competence, **asked)
    _watch(school, skill, "Lea", level="teaches")
    assert doubt not in office.do(record_competence, **asked)
    again = office.first(Competence, "person_id = ?", school.crew["ben"].id)
    assert again is not None
    assert doubt not in str(office.do(observe, again, observer_id=lea.id))
    mia = school.crew["mia"]
    said = str(office.do(observe, again, observer_id=mia.id))
    assert f"{mia.name} does it alone" in said


def test_a_skill_that_lapses_is_in_today_until_somebody_watches_again(
    school: School, skill: Skill
) -> None:
    _watch(school, skill, "Ben", on=date(2025, 3, 20))

    def lines() -> list[str]:
        items = [item.due for item in school.office.due_items()]
        return [due.what for due in items if due.key.startswith("hr.competence")]

    assert lines() == ["P-4 Ben Stone: Phlebotomy lapses 2026-03-20"]
    seen = next(iter(school.office.all(Competence)))
    school.office.do(observe, seen, observer_id=school.crew["lea"].id)
    assert lines() == []
    # What was seen before stays.
    assert len(list(school.office.all(Competence))) == 2


def test_the_matrix_is_text_json_and_csv(
    school: School, skill: Skill, cli: Callable[..., Ran]
) -> None:
    _watch(school, skill, "Ben", level="teaches")
    _watch(school, skill, "Cyd", on=date(2025, 1, 1))
    marks = {"Ben Stone": "4", "Cyd Stone": "3x", "Lea Stone": None}
    rows = {row["person"]: row for row in cli("skill", "matrix", "--json").json}
    assert {name: rows[name][f"phlebotomy_{skill.id}"] for name in marks} == marks
    assert "Eve Stone" not in rows
    assert "P-4,Ben Stone,4" in cli("skill", "matrix", "--csv").out
    assert "Phlebotomy" in cli("skill", "matrix").out
    # Ben sees his own line.
    assert [row["person"] for row in cli("skill", "matrix", "--json", login="ben").json] == [
        "Ben Stone"
    ]


def test_the_matrix_fits_its_screen_and_the_head_stays(school: School, skill: Skill) -> None:
    with school.office.acting("test"):
        for number in range(9):
            school.office.add(Skill(name=f"Skill {number}", area="Other"))
    _watch(school, skill, "Ben")
    with Terminal(school.office) as terminal:
        terminal.press(":").type("skills").press("enter")
        assert "[Phl…]" in terminal.lines[1]
        assert terminal.line("Ben Stone           3")
        assert terminal.line("Alone               1 !")
        assert all(len(line) <= 80 for line in terminal.lines)
        # Left of the first is the last, on a page of its own.
        terminal.press("left")
        assert "[Ski…]" in terminal.lines[1]
        assert "Skill 8: 0 people alone, 2 wanted" in terminal.crumbs
