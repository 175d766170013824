"""ControlSheet: the controls of the morning on one screen, a row for each kit and level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import EntrySheet, NotFound, Refused, SheetRow, field, sheet_column
from officeops.values import wording
from officeops_maintenance.laboratory.booking import book_controls
from officeops_maintenance.laboratory.control_run import ControlRun, lots_in_use
from officeops_maintenance.laboratory.kits import AT_HAND, kits_where
from officeops_maintenance.laboratory.lab_kit import LabKit
from officeops_maintenance.laboratory.lab_test import LabTest
from officeops_maintenance.laboratory.levels import level_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from officeops import Office, SheetColumn, Typed
    from officeops_maintenance.laboratory.control_lot import ControlLot
    from officeops_maintenance.laboratory.kits import KitNow
    from officeops_maintenance.laboratory.lab_control import LabControl

# Text, because a round has words and numbers: one column, so that Enter goes down the sheet.
_RESULT: Final = sheet_column("result", field(), width=10)
_TIME: Final = sheet_column(
    "time",
    field(kind="time_of_day"),
    width=7,
    most=2359,
    beyond="no time",
)
#: Kits that the sheet knows; a test without levels has no controls to run.
_KNOWN: Final = f"{AT_HAND} AND m.controls IS NOT NULL"
#: Kits whose controls are run now, and those that need none any more.
_WAITING: Final = {"failed", "control_due"}
_OVER: Final = {"expired", "discard", "finished"}


class ControlSheet(EntrySheet):
    """The controls of the kits at hand: each level, the expected result, and the one seen."""

    key = "maintenance.controls"
    verb = "maintenance.controls.record"
    noun = "control"
    done = "run"
    heading = "Kit and control"
    expects = "expected"
    differing = "outcome"
    types = "result"
    typing = "Type p, n or i, or the number, of the control; never a patient's result"
    untouched = "they stay due"
    changed = "changed since"
    nothing = "No kit waits for a control: officeops lab-kit add --test … --number …"

    def __init__(
        self,
        *,
        day: date | None = None,
        run_by: str = "",
    ) -> None:
        """`day` is that of a log on paper: each row then has a time.

        `run_by` is the person whose initials the paper has, if not the acting one.
        """
        self._day = day
        self._run_by = run_by
        self._lots: dict[tuple[int, str], ControlLot] = {}
        self._kits: dict[int, LabKit] = {}

    @property
    def title(self) -> str:
        """Its name in the breadcrumb."""
        return "Controls"

    @property
    def subject(self) -> str:
        """The day of a log on paper; blank for now."""
        return self._day.isoformat() if self._day else ""

    def columns_of(self, office: Office) -> Sequence[SheetColumn]:  # noqa: ARG002 - the signature
        """Return the column of the result, and for a paper log the time."""
        return (_RESULT, _TIME) if self._day else (_RESULT,)

    def rows(
        self,
        office: Office,
        also: Iterable[str],
    ) -> Sequence[SheetRow]:
        """Return a row for each level of the kits that wait, and then of those that are open."""
        typed = {_parts(row_id)[0] for row_id in also}
        self._lots = lots_in_use(office)
        # First the kits that nobody can use before their controls.
        waiting: list[SheetRow] = []
        others: list[SheetRow] = []
        for kit in kits_where(office, _KNOWN):
            is_open = kit.kit.opened_on is not None and kit.use not in _OVER
            if kit.use in _WAITING:
                waiting += self._of_kit(office, kit)
            elif is_open or kit.kit.id in typed:
                others += self._of_kit(office, kit)
        return [*waiting, *others]

    def _of_kit(
        self,
        office: Office,
        kit: KitNow,
    ) -> Iterator[SheetRow]:
        test = office.get(LabTest, kit.kit.test_id)
        self._kits[kit.kit.id] = kit.kit
        mark = " DUE" if kit.use in _WAITING else ""
        for level in test.levels:
            lot = self._lots.get((test.id, level))
            # Two lots of a control may be on the bench; the row says which one counts.
            number = f" {lot.number}" if lot else ""
            yield SheetRow(
                f"{kit.kit.id}-{level}",
                f"{test.name} {kit.kit.number}, {level_words(level)}{number}{mark}",
                lot.expected(office) if lot else "no control lot",
                needs=("result", "time") if self._day else ("result",),
                also=f"{kit.kit.human_key}/{level}",
            )

    def differs(
        self,
        row: SheetRow,
        typed: Typed,
    ) -> str:
        """Return the outcome of a row."""
        kit_id, level = _parts(row.id)
        kit = self._kits.get(kit_id)
        lot = self._lots.get((kit.test_id, level)) if kit else None
        if kit is None or lot is None:
            return "no lot"
        outcome = lot.outcome(typed.text("result"))
        return {"": "no result", "fail": "FAIL"}.get(outcome, outcome)

    def booked_as(
        self,
        row: SheetRow,
        typed: Typed,
    ) -> str:
        """Return what a failed control means for its kit."""
        return "DO NOT USE" if self.differs(row, typed) == "FAIL" else ""

    def summary(
        self,
        rows: Sequence[SheetRow],
        typed: Mapping[str, Typed],
    ) -> str:
        """Return how many failed."""
        failed = 0
        for row in rows:
            if row.id in typed and self.differs(row, typed[row.id]) == "FAIL":
                failed += 1
        return f"{failed} failed"

    def find(
        self,
        office: Office,
        text: str,
    ) -> str | None:
        """Return the row of a kit and level: LK-3/positive."""
        word, _, level = text.partition("/")
        kit = office.find(LabKit, word)
        test = office.get(LabTest, kit.test_id)
        if level not in test.levels:
            levels = ", ".join(test.levels) or "none is entered"
            why = f"{test.name} has no control {level!r}. Its controls: {levels}."
            raise NotFound(why, code="not-found")
        return f"{kit.id}-{level}"

    def book(
        self,
        office: Office,
        typed: Mapping[str, Typed],
    ) -> str:
        """Keep every control; return what each kit may be used for now."""
        runs = list(self._runs(office, typed))
        problems = [problem for run in runs for problem in run.problems(office)]
        if problems:
            # Every row is checked before the first is kept, so one slip books nothing.
            raise Refused(problems, "Nothing was booked")
        by_kit: dict[int, list[LabControl]] = {}
        for run in runs:
            if control := run.control(office):
                by_kit.setdefault(run.kit.id, []).append(control)
        said = [f"{wording.count(len(runs), self.noun)} booked."]
        for kit_id, controls in by_kit.items():
            kit = office.get(LabKit, kit_id)
            said += book_controls(office, kit, controls)
        return " ".join(said)

    def _runs(
        self,
        office: Office,
        typed: Mapping[str, Typed],
    ) -> Iterator[ControlRun]:
        # Asked again inside the booking: another person may have finished a lot since.
        lots = lots_in_use(office)
        for row_id, row in typed.items():
            kit_id, level = _parts(row_id)
            kit = office.get(LabKit, kit_id)
            yield ControlRun(
                kit=kit,
                level=level,
                lot=lots.get((kit.test_id, level)),
                day=self._day or office.today,
                at=self._run_at(office, row),
                by=self._run_by or office.actor,
                typed=row.text("result"),
            )

    def _run_at(
        self,
        office: Office,
        row: Typed,
    ) -> datetime:
        minute = row.value("time")
        if self._day is None or minute is None:
            return office.now()
        return office.ways.moment(self._day, minute)


def _parts(row_id: str) -> tuple[int, str]:
    """Return the kit's id and the level of a row."""
    kit_id, _, level = row_id.partition("-")
    return int(kit_id), level
