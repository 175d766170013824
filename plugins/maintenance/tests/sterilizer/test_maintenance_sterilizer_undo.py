"""In any sequence of work the lock is never lost, the count equals a recount, and undo restores."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from hypothesis import given
from hypothesis import strategies as st
from plugins.maintenance.tests.sterilizer.conftest import CLEAN, DEAD, GREW, Practice
from tests.effort import tried

from officeops.history.undo import redo, undo
from officeops.model.errors import Refused
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.sterilizer.failure import Failure
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.progress import progress_of
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from officeops.office.office import Office

SHOWS: Final = (CLEAN, CLEAN, CLEAN, GREW, DEAD, {**CLEAN, "chemical": "fail"})
UNIT_WORK: Final = ("take-out", "quarantine", "return", "lend", "take-back", "retire", "reinstate")
FAILURE_WORK: Final = ("review", "repaired", "release", "release", "withdraw", "decide-recall")
ANSWERS: Final[dict[str, Any]] = {
    "reason": "Broken", "lent_to": "Dr. Hahn", "findings": "Full", "cause": "Gasket",
    "decision": "recall", "decided_by": "Dr. Hahn",
}  # fmt: skip
STEPS: Final = st.lists(
    st.one_of(
        st.tuples(st.just("test"), st.booleans(), st.integers(0, 5)),
        st.tuples(st.just("send"), st.booleans(), st.just(0)),
        st.tuples(st.just("read"), st.booleans(), st.integers(0, 5)),
        st.tuples(st.just("load"), st.booleans(), st.just(0)),
        st.tuples(st.sampled_from(FAILURE_WORK), st.booleans(), st.just(0)),
        st.tuples(st.sampled_from(UNIT_WORK), st.booleans(), st.just(0)),
    ),
    min_size=3, max_size=14,
)  # fmt: skip
OWN: Final = "equipment_id = ?"
KINDS: Final = (Equipment, Load, SporeTest, Failure)


def rows(office: Office) -> list[Any]:
    """Every live row of what sterilizers write."""
    tables = []
    for kind in KINDS:
        columns = ", ".join(field.name for field in kind.meta.fields)
        where = f"FROM {kind.meta.table} WHERE archived_at IS NULL ORDER BY id"
        tables.append(office.rows(f"SELECT id, {columns} {where}"))
    return tables


def carry_out(practice: Practice, verb: str, chosen: bool, n: int) -> None:  # noqa: FBT001 - drawn
    """Do one step; a refusal changes nothing."""
    office = practice.office
    if verb == "load":
        run(practice, implant=chosen)
    elif verb in {"test", "send"}:
        sent = practice.sent(empty_chamber=chosen)
        if verb == "test":
            do(practice, sent, "read", SHOWS[n])
    elif verb == "read":
        for test in list(office.all(SporeTest, f"{OWN} AND state = 'sent'", practice.unit.id))[:1]:
            do(practice, test, "read", SHOWS[n])
    elif verb in UNIT_WORK:
        unit = office.get(Equipment, practice.unit.id)
        do(practice, unit, verb, {**ANSWERS, "due_back_on": office.today})
    else:
        for failure in list(office.all(Failure, OWN, practice.unit.id, order="-id"))[:1]:
            # The tests of a sequence are of hours long before now.
            is_dated = verb == "review" or (chosen and verb == "repaired")
            when = {"when": practice.later()} if is_dated else {}
            do(practice, failure, verb, {**ANSWERS, **when})


def run(practice: Practice, **values: Any) -> bool:  # noqa: ANN401 - of a load
    """Run a load, unless it is refused, as that of a locked sterilizer is."""
    before = rows(practice.office)
    try:
        practice.load(**values)
    except Refused:
        assert rows(practice.office) == before
        return False
    return True


def do(practice: Practice, record: Any, verb: str, answers: dict[str, Any]) -> None:  # noqa: ANN401
    office = practice.office
    [work] = [action for action in office.actions(type(record)) if action.verb == verb]
    asked = {field.name for field in work.fields}
    before = rows(office)
    try:
        office.do(work, record, **{name: answers[name] for name in asked & answers.keys()})
    except Refused:
        assert rows(office) == before


def recount(office: Office, failure: Failure) -> tuple[int, int]:
    """Count the passes in a row, and how many are needed, test by test."""
    first = (failure.failed_at, failure.test_id)
    tests = [
        test
        for test in office.all(SporeTest, "equipment_id = ?", failure.equipment_id)
        if (test.run_at, test.id) > first and test.state != "withdrawn"
    ]
    tests.sort(key=lambda test: (test.run_at, test.id))
    again = [test.run_at for test in tests if test.state == "positive"]
    while tests and tests[-1].state == "sent":
        tests.pop()
    passes = 0
    for test in tests:
        is_pass = (test.state, test.mechanical, test.chemical) == ("negative", "pass", "pass")
        is_pass = is_pass and failure.reviewed_at is not None and test.run_at >= failure.reviewed_at
        if again:
            repaired = failure.repaired_at is not None and test.run_at >= failure.repaired_at
            is_pass = is_pass and repaired and test.empty_chamber >= failure.empty_chamber
        passes = passes + 1 if is_pass else 0
    return passes, failure.after_repair if again else failure.repeats


def check(practice: Practice) -> None:
    office = practice.office
    status = practice.status
    for failure in office.all(Failure, OWN, practice.unit.id):
        _, passes, needed = progress_of(office, failure)
        assert (passes, needed) == recount(office, failure)
        if failure.state == "locked":
            assert status not in {"in_service", "on_loan"}
            assert not run(practice, run_at=office.now()), "a locked sterilizer ran a load"


def test_the_lock_is_never_lost_and_undo_restores_each_step(office: Office) -> None:
    @tried(40)
    @given(st.booleans(), STEPS)
    def back_and_forth(modern: bool, sequence: list[tuple[str, bool, int]]) -> None:  # noqa: FBT001
        # A sterilizer of its own: what one sequence leaves where it fails explains no other.
        practice = Practice(office, "cdc_2008" if modern else "cdc_2003")
        practice.later()
        states: list[list[Any] | None] = [rows(office)]
        for step in sequence:
            actions = office.value("SELECT max(id) FROM core_action")
            was = practice.status
            carry_out(practice, *step)
            check(practice)
            if practice.status == "in_service" and was == "quarantined" and step[0] == "release":
                passes, needed = recount(office, practice.failure)
                assert passes >= needed
            done = office.value("SELECT count(*) FROM core_action WHERE id > ?", actions)
            states += [None] * (done - 1) + [rows(office)] if done else []
        for before in states[-2::-1]:
            undo(office)
            assert before is None or rows(office) == before
            check(practice)
        if len(states) > 1:
            redo(office)
            check(practice)
            undo(office)

    back_and_forth()
