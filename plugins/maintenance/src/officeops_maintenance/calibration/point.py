"""Points of a calibration: the value that a unit should show, and what it showed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Problem, Record, computed, field, named, ref
from officeops_maintenance.calibration.life import POINT_FROZEN
from officeops_maintenance.calibration.tolerance import FOUND, LEFT, WORDS, is_out, word_in_sql

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

#: Decimals of a measured value: a scale for babies shows grams of a kilogram.
SCALE: Final = 3
#: By name: a calibration knows its points.
_HAS_PASSED: Final = "officeops_maintenance.calibration.calibration:has_passed"


class CalibrationPoint(
    Record,
    key="maintenance.calibration-point",
    child=True,
    label="Calibration point",
    display="point",
    sort="id",
):
    """A value at which a unit was compared with a reference standard."""

    calibration_id: int = ref("maintenance.calibration", list_rank=1)
    point: int = field(
        kind="decimal",
        scale=SCALE,
        list_rank=1,
        help="What it should show, by the standard",
        also=("nominal", "set point", "reference value"),
        example="37",
    )
    as_found: int | None = field(
        kind="decimal", scale=SCALE, default=None, list_rank=2, help="What it showed at first"
    )
    as_left: int | None = field(
        kind="decimal",
        scale=SCALE,
        default=None,
        list_rank=3,
        help="What it showed in the end; blank: nobody adjusted it",
    )
    tolerance: int = field(
        kind="decimal",
        scale=SCALE,
        minimum=0,
        list_rank=4,
        help="How far off it may be, up or down",
        example="0.5",
    )
    unit: str | None = field(default=None, list_rank=5, example="°C")

    frozen = POINT_FROZEN
    computed = (
        computed("found", word_in_sql(FOUND, "t"), kind="choice", choices=WORDS, list_rank=6),
        computed("left", word_in_sql(LEFT, "t"), kind="choice", choices=WORDS, list_rank=6),
    )

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a point without a value, and one that a passed calibration cannot have."""
        left = self.as_found if self.as_left is None else self.as_left
        if left is None:
            yield Problem("is needed, or what it showed as left", "as_found", code="needed")
        # A passed calibration is proof, so no later edit makes it say something else.
        elif is_out(self.point, left, self.tolerance) and named(_HAS_PASSED)(
            office, self.calibration_id
        ):
            why = "is out of tolerance, and the calibration has passed; withdraw that first"
            yield Problem(why, "as_left", code="wrong-state")
