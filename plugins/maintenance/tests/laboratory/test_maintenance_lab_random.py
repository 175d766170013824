"""After any steps a kit is usable, and its lot is held, exactly as the rows say in plain code."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from hypothesis import given
from hypothesis import strategies as st
from tests.effort import tried

from officeops import Refused
from officeops.commands import book_sheet, sheet_entries
from officeops.history.undo import undo
from officeops.office.crud import add_record, edit_record
from officeops_inventory.model import Lot
from officeops_maintenance.laboratory.control_sheet import ControlSheet
from officeops_maintenance.laboratory.kit_actions import confirm, finish, void
from officeops_maintenance.laboratory.kits import kits_where
from officeops_maintenance.laboratory.lab_control import LabControl
from officeops_maintenance.laboratory.lab_kit import LabKit
from officeops_maintenance.laboratory.lab_test import LabTest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from officeops.office.office import Office

LEVELS: Final = ("positive", "negative")
RULES: Final = ("new_lot", "new_shipment")
LOTS: Final = ("L1", "L2")
STEPS: Final = st.lists(
    st.one_of(
        st.tuples(st.just("kit"), st.sampled_from(LOTS), st.just("")),
        st.tuples(st.sampled_from(LEVELS), st.integers(0, 2), st.sampled_from((*LEVELS, "invalid"))),
        st.tuples(st.just("finish"), st.integers(0, 2), st.just("")),
        st.tuples(st.just("void"), st.integers(0, 4), st.just("")),
        st.tuples(st.just("rule"), st.sampled_from(RULES), st.booleans()),
        st.tuples(st.just("every"), st.sampled_from((None, 10)), st.just("")),
        st.tuples(st.just("days"), st.sampled_from((5, 20)), st.just("")),
    ),
    min_size=2,
    max_size=10,
)  # fmt: skip


class Recomputed:
    """Whether kits may be used, in plain code, from nothing but their rows."""

    def __init__(self, office: Office) -> None:
        self.today = office.today
        self.kits = list(office.all(LabKit))
        runs = office.all(LabControl, "void_because IS NULL")
        self.runs = sorted(runs, key=lambda run: (run.run_at, run.id))
        [self.test] = office.all(LabTest)

    def of_lot(self, kit: LabKit) -> list[LabControl]:
        """The controls of all kits of a kit's lot, oldest first."""
        same = {other.id for other in self.kits if other.number == kit.number}
        return [run for run in self.runs if run.kit_id in same]

    def failed(self, kit: LabKit) -> bool:
        """Whether a failure has no later pass: of the lot, and of the kit itself for its own."""
        latest_own: dict[str, str] = {}
        latest: dict[str, str] = {}
        for run in self.of_lot(kit):
            latest[run.level] = run.outcome
            if run.kit_id == kit.id and kit.finished_on is None:
                latest_own[run.level] = run.outcome
        return "fail" in {*latest.values(), *latest_own.values()}

    def blocked(self, kit: LabKit) -> bool:
        """Whether the lot waits for controls, or failed them."""
        passed = [run for run in self.of_lot(kit) if run.outcome == "pass"]
        of_lot = {run.level for run in passed}
        of_kit = {run.level for run in passed if run.kit_id == kit.id}
        waits = self.test.new_lot and of_lot != set(LEVELS)
        if kit.finished_on is None and self.test.new_shipment:
            waits = waits or of_kit != set(LEVELS)
        return waits or self.failed(kit)

    def usable(self, kit: LabKit) -> bool:
        """Whether it may be used today."""
        days = dict.fromkeys(LEVELS, date.min)
        for run in self.of_lot(kit):
            if run.outcome == "pass":
                days[run.level] = run.day
        every = self.test.every_days
        is_late = every is not None and (
            date.min in days.values() or min(days.values()) + timedelta(every) < self.today
        )
        opened = kit.opened_on
        is_over = opened is not None and opened + timedelta(self.test.open_days or 0) < self.today
        return not (kit.finished_on or self.blocked(kit) or is_late or is_over)


def carry_out(office: Office, verb: str, which: Any, more: Any) -> None:  # noqa: ANN401 - drawn
    """Do one step as a person does."""
    kits, runs = list(office.all(LabKit)), list(office.all(LabControl))
    [test] = office.all(LabTest)
    if verb == "kit":
        add_record(office, LabKit, {"test_id": test.id, "number": which})
    elif verb == "rule":
        edit_record(office, test, {which: more})
    elif verb == "every":
        edit_record(office, test, {"every_days": which})
    elif verb in LEVELS and kits:
        kit = kits[which % len(kits)]
        lines = [(f"{kit.human_key}/{verb}", {"result": more})]
        book_sheet(office, sheet_entries(office, ControlSheet(), lines))
    elif verb == "finish" and kits:
        office.do(finish, kits[which % len(kits)], why="used up")
    elif verb == "void" and runs:
        office.do(void, runs[which % len(runs)], reason="a slip")


def wrong(office: Office) -> Iterator[str]:
    """Yield where the office's own answer, or the stock, differs from the plain count."""
    plain = Recomputed(office)
    blocked_lots = set()
    for now in kits_where(office, "1"):
        if plain.blocked(now.kit):
            blocked_lots.add(now.kit.number)
        if now.is_blocked != plain.blocked(now.kit):
            yield f"{now.name} is blocked: {now.is_blocked}"
        if (now.use == "usable") != plain.usable(now.kit):
            yield f"{now.name} is {now.use}"
    for lot in office.all(Lot):
        if (lot.status == "quarantined") != (lot.number in blocked_lots):
            yield f"lot {lot.number} is {lot.status}"


def snapshot(office: Office) -> list[tuple[object, ...]]:
    """The use of all kits, and the states of the lots in the stock."""
    kits = [(now.kit.id, now.use, now.kit.holds) for now in kits_where(office, "1")]
    return [*sorted(kits), *office.rows("SELECT number, status FROM inventory_lot ORDER BY 1")]


def test_a_kit_is_usable_and_its_lot_free_exactly_when_the_rows_say_so(
    office: Office, strep: LabTest, freeze_today: Callable[[date | str], None]
) -> None:
    edit_record(office, strep, {"checked_on": office.today})
    office.do(confirm, strep)

    @tried(60)
    @given(STEPS)
    def any_steps(sequence: list[tuple[str, Any, Any]]) -> None:
        first = day = date(2026, 3, 2)
        freeze_today(first)
        done = []
        for verb, which, more in sequence:
            if verb == "days":
                day += timedelta(which)
                freeze_today(day)
                continue
            before = snapshot(office)
            change = office.value("SELECT max(id) FROM core_change")
            try:
                carry_out(office, verb, which, more)
            except Refused:
                assert snapshot(office) == before
            assert not list(wrong(office))
            if office.value("SELECT max(id) FROM core_change") != change:
                done.append((day, before))
        for then, before in reversed(done):
            undo(office)
            freeze_today(then)
            assert snapshot(office) == before

    any_steps()
