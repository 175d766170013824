"""A unit in use has the proofs that its return demanded, and no open report that it is unsafe.

So has each load that was released, and the release of a sterilizer. Any sequence of failures,
proofs, returns, loads, loans and reports, with undo and redo of any of them.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.effort import TIMES, tried

from officeops.core.task_record import LIFE, Task
from officeops.history.undo import redo, undo
from officeops.model.errors import OfficeError
from officeops.office.crud import edit_record
from officeops_maintenance.calibration.calibration import Calibration
from officeops_maintenance.equipment.category import Category
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.equipment.life import DOWN
from officeops_maintenance.sterilizer.failure import Failure
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.spore_test import SporeTest
from officeops_maintenance.tickets.life import UNSOLVED
from officeops_maintenance.tickets.ticket import Ticket

if TYPE_CHECKING:
    from officeops.office.office import Office
    from officeops.testing import OfficeFactory

GREW: Final = {"test_vial": "growth", "control_vial": "growth"}
CLEAN: Final = {
    "test_vial": "no_growth",
    "control_vial": "growth",
    "mechanical": "pass",
    "chemical": "pass",
}
FACTS: Final[dict[str, Any]] = {
    "reason": "Broken",
    "lent_to": "Dr. Hahn",
    "resolution": "Fixed",
    "findings": "Full",
    "cause": "Gasket",
    "result": "passed",
}
TROUBLE: Final = ("blank", "bad test", "positive", "failed calibration", "unsafe", "quarantine")
#: What somebody does until a unit is fit again, in an order in which it can be done.
MENDED: Final = ("calibration", "row", "close", "good test", "sign", "return")
TAMPERED: Final = (
    *("redo", "withdraw calibration", "withdraw test", "reopen", "lend", "implant", "no implant"),
    *("lock again", "spore row", "blank", "ask"),
    *("unsafe", "take-back", "close", "retire", "reinstate", "take-out", "return", "sign"),
    *("lend", "quarantine"),
)
IN_DOWN: Final = ", ".join(map(repr, DOWN))
UNDONE: Final = st.tuples(st.just("undo"), st.integers(1, 9))
#: Rounds of what goes wrong, whether all of it is mended, and what somebody does with it then.
ROUNDS: Final = st.lists(
    st.tuples(
        st.lists(st.sampled_from(TROUBLE), max_size=2),
        st.sampled_from((True, True, False)),
        st.lists(
            st.one_of(UNDONE, st.tuples(st.sampled_from(TAMPERED), st.integers(0, 9))),
            min_size=1,
            max_size=5,
        ),
    ),
    min_size=1,
    max_size=3,
)


class Unit:
    """A sterilizer whose category demands a signed test, and what each return of it demanded."""

    def __init__(
        self,
        office: Office,
        second: Office,
        record: Equipment,
    ) -> None:
        self.office, self.second, self.id = office, second, record.id
        self.hours, self._now = 9000, datetime.now(UTC).replace(microsecond=0)
        self._later()
        #: By the event of a return: kind, number and state of what proved that it was fit.
        self.demanded: dict[int, list[tuple[type[Any], int, str]]] = {}
        #: By the event of going down: whether its category demanded a test then.
        self.asked: dict[int, bool] = {}
        self.before, self.went_down = record, 0
        #: By the event of a release of a failure: the tests that released it.
        self.rows: dict[int, list[int]] = {}

    @property
    def record(self) -> Equipment:
        return self.office.get(Equipment, self.id)

    def last(self, kind: type[Any], where: str = "1") -> Any:  # noqa: ANN401 - any record
        own = "about_id" if kind is Task else "equipment_id"
        return self.office.first(kind, f"{own} = ? AND {where}", self.id, order="id DESC")

    def do(self, record: Any, verb: str, **more: Any) -> None:  # noqa: ANN401 - any record
        """Take a step of a record, if there is one."""
        if record is None:
            return
        [action] = [one for one in self.office.actions(type(record)) if one.verb == verb]
        known = {**FACTS, "due_back_on": self.office.today, **more}
        asked = {field.name for field in action.fields} & known.keys()
        self.office.do(action, record, **{name: known[name] for name in asked})

    def take(self, step: str, n: int) -> None:
        """Take a step, or raise OfficeError with nothing written."""
        if step in {"bad test", "good test"}:
            self._tested("pass" if step == "good test" else "fail")
        elif step in {"positive", "row"}:
            self._spore_tests(step)
        elif step == "undo":
            undo(self.office, self._action(n))
        elif step in self.OWN:
            self.OWN[step](self, n)
        else:
            self.do(self.record, step)

    OWN: Final[dict[str, Any]] = {
        "sign": lambda self, n: self._sign(),  # noqa: ARG005
        "unsafe": lambda self, n: self._report(),  # noqa: ARG005
        "failed calibration": lambda self, n: self.do(self.record, "calibrate", result="failed"),  # noqa: ARG005
        "calibration": lambda self, n: self.do(self.record, "calibrate"),  # noqa: ARG005
        "close": lambda self, n: self.do(self.last(Ticket), "close", return_unit=n > 2),
        "reopen": lambda self, n: self.do(self.last(Ticket), "reopen"),  # noqa: ARG005
        "withdraw calibration": lambda self, n: self.do(  # noqa: ARG005
            self.last(Calibration, "state = 'passed'"), "withdraw"
        ),
        "withdraw test": lambda self, n: self.do(  # noqa: ARG005
            self.last(SporeTest, "state = 'negative'"), "withdraw"
        ),
        "blank": lambda self, n: self._demand(None),  # noqa: ARG005
        "ask": lambda self, n: self._demand(1),  # noqa: ARG005
        "redo": lambda self, n: redo(self.office),  # noqa: ARG005
        "implant": lambda self, n: self._implant(is_tested=True),  # noqa: ARG005
        "no implant": lambda self, n: self._implant(is_tested=False),  # noqa: ARG005
        "lock again": lambda self, n: self.do(self.last(Failure), "reopen"),  # noqa: ARG005
        "spore row": lambda self, n: self._spore_tests("row"),  # noqa: ARG005
    }

    def _demand(self, checklist_id: int | None) -> None:
        edit_record(self.office, self.category, {"release_checklist_id": checklist_id})

    @property
    def category(self) -> Category:
        return self.office.get(Category, self.record.category_id or 0)

    def _note_demand(self, unit: Equipment) -> None:
        """Note what its category demands as it goes down; one that is down already is asked that."""
        was, event = self.before.status, self._last_event(f"now IN ({IN_DOWN})")
        if unit.status in DOWN and event not in self.asked:
            # A lent unit has come back to use in between.
            is_new = was in {"in_service", "on_loan"}
            asked = None if is_new else self.asked.get(self.went_down)
            is_kept = asked is not None and (asked or was in DOWN)
            now = self.category.release_checklist_id is not None
            self.asked[event] = bool(asked) if is_kept else now

    def _implant(self, *, is_tested: bool) -> None:
        """Release a load with an implant by its test, or as one that has none after all."""
        run_at = self._later()
        facts: dict[str, Any] = {"equipment_id": self.id, "run_at": run_at}
        with self.office.acting("test.load"):
            load = self.office.add(
                Load(contents="Screws", implant=True, mechanical="pass", chemical="pass", **facts)
            )
        if is_tested:
            with self.office.acting("test.send"):
                test = self.office.add(SporeTest(load_id=load.id, **facts))
            self.do(test, "read", **CLEAN)
        else:
            load = edit_record(self.office, load, {"implant": False})
        self.do(load, "release")

    def _later(self) -> datetime:
        """Return a moment an hour after the latest one, which is now from here on."""
        self.hours -= 1
        moment = self._now - timedelta(hours=self.hours)
        for office in (self.office, self.second):
            office.store.moment = moment.isoformat()
        return moment

    def _tested(self, answer: str) -> None:
        self.do(self.record, "test")
        task = self.last(Task, "state = 'open'")
        self.do(task, "complete", answer=f"Spore strip={answer}")

    def _sign(self) -> None:
        where = "about_id = ? AND state = 'done'"
        task = self.second.first(Task, where, self.id, order="id DESC")
        if task is not None:
            with self.second.acting("core.task.sign"):
                LIFE.move(self.second, task, "sign")

    def _report(self) -> None:
        with self.office.acting("test.report"):
            self.office.add(Ticket(title="It sparks", equipment_id=self.id, unsafe=True))

    def _spore_tests(self, step: str) -> None:
        shows = GREW if step == "positive" else CLEAN
        failure = self.last(Failure, "state = 'locked'")
        if failure is not None and step == "row":
            self._later()
            self.do(failure, "review", when=None)
            self.do(failure, "repaired", when=None)
        for _ in range(1 if step == "positive" else 3):
            run_at = self._later()
            with self.office.acting("test.send"):
                test = self.office.add(
                    SporeTest(equipment_id=self.id, run_at=run_at, empty_chamber=True)
                )
            self.do(test, "read", **shows)
        if failure is not None and step == "row":
            self.do(self.office.get(Failure, failure.id), "release")

    def _action(self, n: int) -> int:
        """Return the number of one of the last actions that an undo may take back."""
        sql = (
            "SELECT id FROM core_action WHERE verb NOT LIKE '%do' ORDER BY id DESC LIMIT 1 OFFSET ?"
        )
        return int(self.office.value(sql, n))

    def check(self) -> None:
        self._check_loads()
        self._check_release()
        unit = self.record
        # A loan is a fact of its own: it ends by being taken back, and shows wherever it can.
        is_kept_back = unit.status in {*DOWN, "retired"}
        assert (unit.status == "on_loan") == (unit.lent_to is not None and not is_kept_back)
        self._note_demand(unit)
        came = self._last_return()
        if came and came not in self.demanded:
            self.demanded[came] = list(self._demanded_now())
        self.before, self.went_down = unit, self._last_event(f"now IN ({IN_DOWN})")
        if unit.status not in {"in_service", "on_loan"}:
            return
        assert self.last(Failure, "state = 'locked'") is None
        for kind, number, state in self.demanded.get(came, ()):
            assert self.office.get(kind, number).state in {state, "signed"}, (kind, number)
        if unit.status == "in_service":
            for ticket in self.office.all(Ticket, "equipment_id = ? AND unsafe", self.id):
                assert ticket.state not in UNSOLVED

    def _check_loads(self) -> None:
        for load in self.office.all(Load, "equipment_id = ? AND state = 'released'", self.id):
            assert (load.mechanical, load.chemical) == ("pass", "pass")
            tested = "load_id = ? AND state = 'negative'"
            assert not load.implant or self.office.first(SporeTest, tested, load.id), load

    def _check_release(self) -> None:
        """The last release of the sterilizer has the tests in a row that its procedure demands."""
        failure = self.last(Failure, "state <> 'withdrawn'")
        if failure is None or failure.state != "released":
            return
        self._note_row(failure)
        span = (failure.failed_at.isoformat(), failure.closed_at.isoformat())
        later = "equipment_id = ? AND run_at > ? AND read_at <= ?"
        tests = [*self.office.all(SporeTest, later, self.id, *span)]
        needed = 3 if any(test.state == "positive" for test in tests) else 1
        passed = [test for test in tests if test.state == "negative"]
        assert sum(test.run_at >= failure.reviewed_at for test in passed) >= needed

    def _last_return(self) -> int:
        """Return the number of the event by which the unit returned to service last; 0 for none."""
        return self._last_event(f"now = 'in_service' AND was IN ({IN_DOWN})")

    def _last_event(self, where: str) -> int:
        sql = f"""SELECT max(id) FROM core_event WHERE about_key = 'maintenance.equipment'
            AND about_id = ? AND {where} AND archived_at IS NULL"""
        return int(self.office.value(sql, self.id) or 0)

    def _demanded_now(self) -> Any:  # noqa: ANN401 - triples
        """Yield what proves that the unit is fit, as somebody would look it up at its return."""
        if self.asked.get(self.went_down) or self.category.release_checklist_id:
            test = self.last(Task, "state = 'signed'")
            assert test.done_at >= self.before.out_since
            yield Task, test.id, "signed"
        if self.last(Calibration, "state = 'failed'") is not None:
            decided = "state IN ('passed', 'failed')"
            passed = self.last(Calibration, decided)
            assert passed.state == "passed"
            yield Calibration, self._first_pass().id, "passed"
        failure = self.last(Failure)
        if failure is not None and failure.state == "released":
            yield Failure, failure.id, "released"
            for number in self.rows[self._last_release(failure)]:
                yield SporeTest, number, "negative"

    def _last_release(self, failure: Failure) -> int:
        """Return the number of the event by which a failure was released last."""
        sql = """SELECT max(id) FROM core_event WHERE about_id = ? AND now = 'released'
            AND about_key = 'maintenance.sterilizer-failure' AND archived_at IS NULL"""
        return int(self.office.value(sql, failure.id))

    def _note_row(self, failure: Failure) -> None:
        """Note the tests that released a failure: those that ran since its review, by now."""
        assert failure.reviewed_at is not None
        since = (failure.failed_at.isoformat(), failure.reviewed_at.isoformat())
        later = "equipment_id = ? AND state = 'negative' AND run_at > ? AND run_at >= ?"
        tests = self.office.all(SporeTest, later, self.id, *since)
        # The first time: tests of a sterilizer in use go on, within the same second here.
        self.rows.setdefault(self._last_release(failure), [test.id for test in tests])

    def _first_pass(self) -> Calibration:
        failed = self.last(Calibration, "state = 'failed'")
        return next(
            one
            for one in self.office.all(Calibration, "equipment_id = ?", self.id, order="id")
            if one.id > failed.id and one.state == "passed"
        )


@pytest.fixture
def units(office: Office, autoclave: Equipment, office_factory: OfficeFactory) -> Any:  # noqa: ANN401
    second = office_factory("maintenance", "vendors", "inventory", actor="P. Lam")
    with office.acting("test.setup"):
        checklist = office.first(office.record("core.checklist"), "1")
        item = office.first(office.record("core.checklist-item"), "1")
        assert checklist is not None
        assert item is not None
        office.edit(item, text="Spore strip", blocks=True)

    def fresh() -> Unit:
        with office.acting("test.unit"):
            category = office.get(Category, autoclave.category_id or 0)
            office.edit(category, release_checklist_id=1)
            unit = Equipment(
                name="Autoclave", category_id=autoclave.category_id, spore_procedure="cdc_2003"
            )
            return Unit(office, second, office.add(unit))

    return fresh


def test_a_unit_in_use_has_what_its_return_demanded(units: Any) -> None:  # noqa: ANN401
    returned = 0

    @tried(240)
    @given(ROUNDS)
    def in_any_order(rounds: list[tuple[list[str], bool, list[tuple[str, int]]]]) -> None:
        nonlocal returned
        unit = units()
        for troubles, is_mended, tampered in rounds:
            steps = [("take-out", 0), *((trouble, 0) for trouble in troubles)]
            if is_mended:
                steps += [(step, 0) for step in MENDED]
            for step, n in [*steps, *tampered]:
                holder = unit.record.lent_to
                with suppress(OfficeError):
                    unit.take(step, n)
                unit.check()
                if holder and step not in {"take-back", "undo", "redo"}:
                    assert unit.record.lent_to == holder, step
        returned += len(unit.demanded)

    in_any_order()
    assert returned > 2 or TIMES == 1, "hardly any unit came back, so nothing was shown"
