"""Sessions: recorded at once or from a signed sheet, imported, kept, and who may see of them what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.effort import sampled

from officeops.exchange.paper.plain import text_lines
from officeops.history.undo import undo
from officeops.model.errors import Refused
from officeops_hr.policies.actions import issue, record_readers
from officeops_hr.policies.policy import Policy
from officeops_hr.policies.policy_page import page as policy_page
from officeops_hr.policies.policy_text import policy_text
from officeops_hr.policies.readers import readings
from officeops_hr.skills.actions import record_competence
from officeops_hr.skills.matrix import matrix
from officeops_hr.skills.skill import Skill
from officeops_hr.training.actions import complete, invite, record_training
from officeops_hr.training.needs import needs
from officeops_hr.training.session import TrainingSession
from officeops_hr.training.sign_in_sheet import sheet
from officeops_hr.training.training import Training

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from plugins.hr.tests.training.conftest import School

    from officeops.office.office import Office
    from officeops.testing import OfficeFactory, Ran

BBP = "Bloodborne pathogens"
FRAUD = "Fraud, waste and abuse"


def _session(school: School, **facts: object) -> TrainingSession:
    with school.office.acting("test"):
        return school.office.add(TrainingSession(title="Safety", **facts))  # type: ignore[arg-type]


def _results(school: School) -> dict[str, str]:
    rows = school.office.rows(
        "SELECT p.name, y.name, t.result FROM hr_training t JOIN hr_person p ON p.id = t.person_id "
        "JOIN hr_training_topic y ON y.id = t.topic_id WHERE t.archived_at IS NULL"
    )
    return {f"{name.split()[0]} {topic}": result for name, topic, result in rows}


def test_a_session_that_is_recorded_twice_is_one(school: School) -> None:
    names = {"topics": BBP, "people": "Ben, Cyd", "absent": "Cyd"}
    first = school.office.do(record_training, **names)
    rows = school.office.rows("SELECT * FROM hr_training")
    again = school.office.do(record_training, **names)
    assert "says so already" in str(again)
    assert school.office.rows("SELECT * FROM hr_training") == rows
    assert school.office.value("SELECT count(*) FROM hr_training_session") == 1
    # Cyd came after all, which the first one does not say.
    assert "1 trained" in str(school.office.do(record_training, topics=BBP, people="Cyd"))
    assert str(first) != str(again)


def test_one_line_records_everybody_who_came_and_one_undo_takes_it_back(school: School) -> None:
    school.office.do(record_training, topics=f"Bloodborne, {FRAUD}", absent="Cyd")
    results = _results(school)
    # Those who need one of the topics, and no leaver; a name with commas is one topic.
    assert results[f"Ben {BBP}"] == results[f"Mia {FRAUD}"] == "trained"
    assert results[f"Cyd {BBP}"] == results[f"Cyd {FRAUD}"] == "absent"
    assert not any(key.startswith("Eve") for key in results)
    assert school.state("ben", BBP) == "current"
    assert school.state("cyd", BBP) == "overdue"
    # It holds for those who were there alone.
    for row in school.office.all(Training):
        ends = school.office.text_of(row, "lapses_on")
        assert bool(ends) is (row.result == "trained"), (row.result, ends)
    session = next(iter(school.office.all(TrainingSession)))
    # The longest of its topics decides how long it is kept.
    assert school.office.text_of(session, "keep_until") == "2036-03-02"
    undo(school.office)
    assert _results(school) == {}
    assert list(school.office.all(TrainingSession)) == []


def test_nothing_is_half_done_where_a_name_is_unknown_or_nobody_needs_it(school: School) -> None:
    with pytest.raises(Exception, match="no person 'Zed'"):
        school.office.do(record_training, topics="Fire", people="Ben, Zed")
    with pytest.raises(Refused, match="names nobody"):
        school.office.do(record_training, topics="N95")
    assert list(school.office.all(TrainingSession)) == []


def test_a_planned_session_is_printed_to_sign_and_typed_in_afterwards(
    school: School, cli: Callable[..., Ran]
) -> None:
    session = _session(school, trainer="Rae, RN")
    school.office.do(invite, session, topics="Bloodborne, Fire", people="Ben, Cyd, Lea")
    sheet = cli("training-session", "text", "TS-1").out
    for word in (
        "Ben Stone",
        "Medical assistant",
        "Registered nurse",
        "exposure control",
        "Rae, RN",
    ):
        assert word in sheet
    assert "TS-1 Safety: say who came" in school.due()
    with pytest.raises(Refused, match="not on the list"):
        school.office.do(complete, session, absent="Mia")
    school.office.do(complete, session, absent="Ben", failed="Lea")
    results = _results(school)
    assert [results[f"{name} {BBP}"] for name in ("Ben", "Cyd", "Lea")] == [
        "absent",
        "trained",
        "failed",
    ]
    assert "TS-1 Safety: say who came" not in school.due()
    with pytest.raises(Refused, match="nobody on its list waits"):
        school.office.do(complete, session)


def test_a_session_that_moves_takes_its_trainings_along(school: School) -> None:
    school.office.do(record_training, topics="Bloodborne", people="Ben")
    session = next(iter(school.office.all(TrainingSession)))
    with school.office.acting("test"):
        school.office.edit(session, held_on=school.office.today.replace(day=1))
    need = school.need("ben", BBP)
    assert need is not None
    assert str(need.due_on) == "2027-03-01"


def test_past_trainings_come_from_a_file_with_everyday_headers(
    school: School, cli: Callable[..., Ran], tmp_path: Path
) -> None:
    file = tmp_path / "past.csv"
    rows = (
        "Employee Name,Course Name,Date Completed,Status,Instructor,Hours",
        '"Stone, Ben",bloodborne pathogens,02/10/2026,Completed,Rae,1',
        f'Cyd Stone,"{FRAUD}",02/11/2026,No Show,Rae,1',
    )
    file.write_text("\n".join(rows))
    assert "2 added" in cli("training", "import", str(file)).err
    assert "2 unchanged" in cli("training", "import", str(file)).err
    assert school.state("ben", BBP) == "current"
    assert school.state("cyd", FRAUD) == "overdue"
    file.write_text("\n".join([rows[0], "Ben Stone,Juggling,02/10/2026,Great,,"]))
    ran = cli("training", "import", str(file))
    assert ran.code == 1
    assert "line 2" in ran.err
    assert "Juggling" in ran.err


def test_a_record_is_not_destroyed_before_its_months_are_over(
    school: School, cli: Callable[..., Ran]
) -> None:
    training = school.train("ben", BBP, "2026-02-10")
    with school.office.acting("test"):
        school.office.archive(school.office.get(Training, training.id))
    assert school.office.text_of(training, "keep_until") == "2029-02-10"
    assert "hr.training" not in cli("purge", "--dry-run").out


# -- who sees what ---------------------------------------------------------------------------------

ROADS = (
    "training list --json",
    "training-session show TS-1",
    "history --json",
    "me",
    "undo",
)


def _seen(opened: Office) -> list[object]:
    """What the parts answer to a person who opened the office."""
    policy = next(iter(opened.all(Policy)))
    session = next(iter(opened.all(TrainingSession)))
    return [
        list(needs(opened, opened.today)),
        list(readings(opened, opened.today)),
        matrix(opened, opened.today),
        list(policy_page(opened, policy)),
        list(text_lines(policy_text(opened, policy))),
        list(text_lines(sheet(opened, session))),
        [item.due for item in opened.due_items()],
        opened.rows("SELECT * FROM hr_competence"),
    ]


def test_ben_learns_nothing_of_cyd(
    school: School, cli: Callable[..., Ran], office_factory: OfficeFactory
) -> None:
    office = school.office
    session = _session(school)
    with office.acting("test"):
        policy = office.add(Policy(name="Sharps"))
        skill = office.add(Skill(name="Phlebotomy"))
    office.do(issue, policy, text="Wash.")
    office.do(invite, session, topics="Bloodborne", people="Ben")

    # A third of the roads; a soak takes all.
    roads = sampled(ROADS, 2 * len(ROADS))

    def answers() -> list[object]:
        rans = [cli(*words.split(), login="ben") for words in roads]
        with office_factory("hr", login="ben") as bens:
            seen = [str(answer) for answer in _seen(bens)]
        return [*((ran.code, ran.out, ran.err) for ran in rans), *seen]

    before = answers()
    school.train("cyd", BBP, "2026-02-01", result="failed", remark="zygomorph")
    office.do(invite, session, topics="Bloodborne", people="Cyd, Lea")
    office.do(record_readers, policy, people="Cyd", way="paper")
    office.do(record_competence, skill_id=skill.id, people="Cyd", outside_observer="zygomorph")
    for one, other in zip(before, answers(), strict=True):
        assert one == other
    # The road of a manager has it, so the words do find something.
    assert "failed" in cli("training", "list", login="mia").out
    with office_factory("hr", login="lea") as leas:
        people = {need.person for need in needs(leas, leas.today)}
    assert people == {"Lea Stone", "Ben Stone", "Cyd Stone"}


def test_a_clerk_records_nothing_and_acknowledges_for_nobody_else(
    school: School, cli: Callable[..., Ran]
) -> None:
    _session(school)
    with school.office.acting("test"):
        school.office.add(Policy(name="Sharps"))
    for line in (
        "record-training --topics Fire --people P-4",
        "training-session complete TS-1",
        "policy record-readers POL-1 --people P-4",
    ):
        ran = cli(*line.split(), login="ben")
        assert ran.code == 1, line
        assert "may not" in ran.err
