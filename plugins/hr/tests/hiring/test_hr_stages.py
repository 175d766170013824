"""A candidate's stage never leaves the graph, and any sequence of steps is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops.history.undo import redo, undo
from officeops.model.errors import OfficeError
from officeops_hr.boarding.boarding import Boarding
from officeops_hr.hiring.candidate import Candidate
from officeops_hr.hiring.life import STAGES
from officeops_hr.hiring.offer import Offer
from officeops_hr.hiring.opening import Opening
from officeops_hr.people.employment import Employment
from officeops_hr.people.pay import Pay
from officeops_hr.people.person import Person
from officeops_hr.people.position import Position

if TYPE_CHECKING:
    from plugins.hr.tests.hiring.conftest import Hiring

    from officeops.office.office import Office

KINDS: Final = (Candidate, Offer, Opening, Person, Employment, Position, Pay, Boarding)
VERBS: Final = st.lists(
    st.sampled_from((*STAGES.transitions, "screen", "offer", "accept", "hire")),
    min_size=1,
    max_size=9,
)


def _rows(office: Office) -> dict[str, list[tuple[Any, ...]]]:
    """Every live row but sealed values, which are sealed in another way each time."""
    tables: dict[str, list[tuple[Any, ...]]] = {}
    for kind in KINDS:
        columns = ", ".join(one.name for one in kind.meta.fields if not one.sealed)
        sql = f"SELECT id, {columns} FROM {kind.meta.table} WHERE archived_at IS NULL ORDER BY id"
        tables[kind.meta.key] = office.rows(sql)
    tasks = "SELECT title, due_on, state FROM core_task WHERE archived_at IS NULL ORDER BY id"
    return {**tables, "core.task": office.rows(tasks)}


def test_any_sequence_keeps_to_the_graph_and_is_taken_back(hiring: Hiring) -> None:
    office = hiring.office
    candidate = hiring.apply()
    reason = office.value("SELECT min(id) FROM hr_decline_reason")
    given_with = {
        "offer": {"starts_on": office.today, "pay": 2_000, "despite": True},
        "reject": {"reason_id": reason},
    }

    def take(verb: str) -> None:
        if verb == "hire":
            hiring.hire(candidate)
        else:
            hiring.step(candidate, verb, **given_with.get(verb, {}))

    @tried(48)
    @given(VERBS)
    def back_and_forth(verbs: list[str]) -> None:
        states = [_rows(office)]
        stage = hiring.again(candidate).stage
        for verb in verbs:
            way = STAGES.transitions[verb]
            try:
                take(verb)
            except OfficeError:
                # Refused, and nothing was written.
                assert stage not in way.sources
                assert _rows(office) == states[-1]
                continue
            assert stage in way.sources
            stage = hiring.again(candidate).stage
            assert stage == way.to
            states.append(_rows(office))
        for before in states[-2::-1]:
            undo(office)
            assert _rows(office) == before
        if len(states) > 1:
            redo(office)
            assert _rows(office) == states[1]
            undo(office)

    back_and_forth()
