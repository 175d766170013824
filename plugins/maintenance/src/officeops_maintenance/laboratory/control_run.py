"""ControlRun: a control as somebody typed it, before it is kept, and why it may not be kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Problem, Value
from officeops_maintenance.laboratory.control_lot import ControlLot
from officeops_maintenance.laboratory.lab_control import LabControl
from officeops_maintenance.laboratory.lab_test import LabTest
from officeops_maintenance.laboratory.levels import BY_EYE, level_words
from officeops_maintenance.laboratory.results import read_result
from officeops_maintenance.laboratory.use import IN_USE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from officeops import Office
    from officeops_maintenance.laboratory.lab_kit import LabKit
    from officeops_maintenance.laboratory.results import Result

_IN_USE = f"""
SELECT t.id FROM maintenance_control_lot t WHERE t.archived_at IS NULL AND {IN_USE}
"""


class ControlRun(Value):
    """A control that was typed: its kit and level, when it was run, and by whom.

    `lot` is the control material in use, None where there is none; `typed` is the result as text.
    """

    kit: LabKit
    level: str
    lot: ControlLot | None
    day: date
    at: datetime
    by: str
    typed: str

    @property
    def result(self) -> Result | None:
        """The result, None where the text is none."""
        return read_result(self.level, self.typed)

    def problems(self, office: Office) -> Iterator[Problem]:
        """Yield why it cannot be kept: parts that are missing, and days that contradict its kit."""
        name = f"{office.label(LabTest, self.kit.test_id)} lot {self.kit.number}"
        for code, why in (*self._missing(), *self._untimely(office)):
            yield Problem(f"{name}{why}", code=code, is_whole=True)

    def _missing(self) -> Iterator[tuple[str, str]]:
        # Both are said at once, so that a person corrects them in one go.
        by_eye = self.level in BY_EYE
        if self.lot is None:
            control = f"the {self.level} control" if by_eye else level_words(self.level)
            yield "needed", f": no lot of {control} is in use; officeops control-lot add"
        if self.result is None:
            wanted = "positive, negative or invalid" if by_eye else "a number, such as 2.4"
            yield "malformed", f", {level_words(self.level)}: write {wanted}"

    def _untimely(self, office: Office) -> Iterator[tuple[str, str]]:
        kit = self.kit
        if self.day > office.today or self.at > office.now():
            yield "out-of-range", f": {self.day} is in the future"
        # A control from before the kit came was run on another one.
        if self.day < kit.received_on:
            yield "wrong-order", f" came on {kit.received_on}, later than {self.day}"
        if kit.expires_on and kit.expires_on < self.day:
            yield "out-of-range", f" expired on {kit.expires_on}"
        if kit.finished_on and kit.finished_on < self.day:
            yield "wrong-state", f" was finished on {kit.finished_on}"

    def control(self, office: Office) -> LabControl | None:
        """Return the control as it is kept, with the expected result of its lot of today."""
        result = self.result
        if self.lot is None or result is None:
            return None
        return LabControl(
            kit_id=self.kit.id,
            day=self.day,
            run_at=self.at,
            level=self.level,
            control_lot_id=self.lot.id,
            result=result.text,
            # A later edit of the lot's range does not change the range of that day.
            expected=self.lot.expected(office),
            outcome=self.lot.outcome(self.typed),
            run_by=self.by,
        )


def lots_in_use(office: Office) -> dict[tuple[int, str], ControlLot]:
    """Return the control lots that are used now, by test and level."""
    ids = [id_ for (id_,) in office.rows(_IN_USE)]
    lots = {}
    for lot in office.some(ControlLot, ids):
        lots[lot.test_id, lot.level] = lot
    return lots
