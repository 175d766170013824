"""Any sequence of what people do with training, skills and policies is taken back step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.history.undo import redo, undo
from officeops.model.errors import OfficeError
from officeops_hr.people.person import Person
from officeops_hr.policies.acknowledgment import Acknowledgment
from officeops_hr.policies.actions import issue, record_readers, review
from officeops_hr.policies.policy import Policy
from officeops_hr.policies.policy_version import PolicyVersion
from officeops_hr.policies.readers import readings
from officeops_hr.skills.actions import record_competence
from officeops_hr.skills.competence import Competence
from officeops_hr.skills.skill import Skill
from officeops_hr.training.actions import complete, invite, record_training, trained
from officeops_hr.training.needs import needs
from officeops_hr.training.session import TrainingSession
from officeops_hr.training.training import Training

if TYPE_CHECKING:
    from plugins.hr.tests.training.conftest import School

KINDS: Final = (Training, TrainingSession, Competence, Policy, PolicyVersion, Acknowledgment)
STEPS: Final = st.lists(
    st.tuples(
        st.sampled_from(
            ("record", "plan", "complete", "one", "watch", "issue", "read", "review", "archive")
        ),
        st.sampled_from(("Ben", "Cyd", "Lea")),
    ),
    min_size=1,
    max_size=8,
)


def _rows(school: School) -> dict[str, list[Any]]:
    """Every live row without its version, what is due, and what is to be read."""
    office = school.office
    tables: dict[str, list[Any]] = {}
    for kind in KINDS:
        columns = ", ".join(field.name for field in kind.meta.fields)
        sql = f"SELECT id, {columns} FROM {kind.meta.table} WHERE archived_at IS NULL ORDER BY id"
        tables[kind.meta.key] = office.rows(sql)
    tables["needs"] = list(needs(office, office.today))
    tables["readings"] = list(readings(office, office.today))
    return tables


def _carry_out(school: School, verb: str, who: str) -> None:
    office = school.office
    policy = next(iter(office.all(Policy)))
    if verb == "record":
        office.do(record_training, topics="Bloodborne, Fire", people="Ben, Cyd, Lea", absent=who)
    elif verb == "plan":
        with office.acting("test"):
            session = office.add(TrainingSession(title="Safety"))
            invite(office, session, topics="HIPAA", people=who)
    elif verb == "complete":
        office.do(complete, next(iter(office.all(TrainingSession, order="-id"))), absent=who)
    elif verb == "one":
        office.do(trained, office.get(Person, school.crew[who.lower()].id))
    elif verb == "watch":
        skill = next(iter(office.all(Skill)))
        office.do(record_competence, skill_id=skill.id, people=who, outside_observer="Rae")
    elif verb == "issue":
        office.do(issue, policy, text=who, read_again=who == "Ben")
    elif verb == "read":
        office.do(record_readers, policy, people=who)
    elif verb == "review":
        office.do(review, policy)
    else:
        with office.acting("test"):
            office.archive(next(iter(office.all(Training, order="-id"))))


def test_any_sequence_is_taken_back_and_what_is_due_with_it(school: School) -> None:
    with school.office.acting("test"):
        school.office.add(Policy(name="Sharps"))
        school.office.add(Skill(name="Phlebotomy"))

    @tried(60)
    @given(STEPS)
    def back_and_forth(sequence: list[tuple[str, str]]) -> None:
        states = [_rows(school)]
        for verb, who in sequence:
            try:
                _carry_out(school, verb, who)
            except (OfficeError, StopIteration):
                # Refused: nothing was written.
                assert _rows(school) == states[-1]
                continue
            after = _rows(school)
            # To review on the same day twice writes nothing.
            states += [after] if after != states[-1] else []
        for before in states[-2::-1]:
            undo(school.office)
            assert _rows(school) == before
        if len(states) > 1:
            redo(school.office)
            assert _rows(school) == states[1]
            undo(school.office)

    back_and_forth()
