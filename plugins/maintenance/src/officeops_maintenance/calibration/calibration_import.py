"""Calibrations from a file: an office's own export, or the list that it kept before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from officeops import Field, Reason, folded
from officeops_maintenance.calibration.calibration import latest
from officeops_maintenance.calibration.certificate import is_number_enough, why_demanded
from officeops_maintenance.calibration.steps import take_out
from officeops_maintenance.calibration.tolerance import is_out
from officeops_maintenance.claimed_states import ClaimsImport
from officeops_maintenance.equipment.equipment import Equipment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops import Office
    from officeops.exchange import Row

_PASSED: Final = frozenset(
    ("passed", "pass", "p", "ok", "yes", "accepted", "satisfactory", "in tolerance", "calibrated")
)
_FAILED: Final = frozenset(
    ("failed", "fail", "f", "no", "rejected", "unsatisfactory", "out of tolerance")
)

_IN_USE: Final = ("in_service", "on_loan")


class CalibrationImport(ClaimsImport):
    """Reads the results of other lists, and brings what the steps of a calibration wrote."""

    claims: ClassVar[Mapping[str, str]] = {
        "passed": "attach its certificate, or fail it: officeops calibration attach, pass or fail"
    }
    who = "decided_by"

    extra = (
        Field(
            "text",
            default=None,
            label="Result",
            also=("pass/fail", "pass fail", "outcome", "calibration result", "calibration status"),
            help="Pass or fail, as a list has it",
        ).named("result", "str"),
    )
    # A certificate may be for several units, so a number alone is none of them.
    keys = (("equipment_id", "done_on", "number"), ("equipment_id", "done_on"))
    restores = (
        "state",
        "reason",
        "standard_due_on",
        "decided_by",
        "decided_at",
        "ticket_id",
        "review",
        "reviewed_by",
        "reviewed_at",
    )
    # They follow from the state and the points, which are written with the row.
    later = ("as_found", "as_left", "in_doubt")

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._units: set[int] = set()

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Read the result of each row."""
        for row in rows:
            word = row.extra.get("result")
            if word is None:
                continue
            if folded(word) in _FAILED:
                row.values["state"] = "failed"
                row.values["reason"] = row.values.get("reason") or word
            elif folded(word) not in _PASSED:
                why = f"{word!r} is no result that an import knows; write pass or fail"
                yield row, "result", Reason(why, code="unknown-choice")
            else:
                row.values["state"] = "passed"

    def lacks(self, row: Row) -> str | None:
        """Return that a point was left out of tolerance, or what asks for a certificate."""
        if any(_is_left_out(values) for _, _, values in row.children):
            return "a point was left out of tolerance"
        asks = self._asks(row)
        return f"{asks} asks for the certificate" if asks else None

    def _asks(self, row: Row) -> str:
        """Name what asks for the certificate of a row; blank where nothing does."""
        if row.values["number"] and is_number_enough(self.office):
            return ""
        return why_demanded(self.office, row.values["equipment_id"])

    def added(self, rows: list[Row]) -> None:
        """Remember the units of new rows, of which the last calibration may have failed."""
        # The export of an office has its tickets, and the state of its units, in other files.
        if "state" not in self.given:
            self._units.update(row.values["equipment_id"] for row in rows)

    def finish(self) -> Iterable[str]:
        """Take each unit out of service whose last calibration failed, as the step does."""
        yield from super().finish()
        for unit in self.office.some(Equipment, sorted(self._units)):
            last = latest(self.office, unit.id)
            if last is not None and last.state == "failed" and unit.status in _IN_USE:
                yield from take_out(self.office, last)


def _is_left_out(point: Mapping[str, Any]) -> bool:
    """Whether a point of a row is out of tolerance in the end; blank as left, nobody adjusted it."""
    left = point.get("as_left")
    left = point.get("as_found") if left is None else left
    return left is not None and is_out(point["point"], left, point["tolerance"])
