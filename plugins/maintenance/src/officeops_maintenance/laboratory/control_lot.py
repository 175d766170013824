"""Control lots: vials or swabs with a known result, and the range that each has to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Expiry, Frozen, Problem, Record, choice, computed, field, named, ref
from officeops_maintenance.happened import not_to_come
from officeops_maintenance.laboratory.lab_test import LabTest
from officeops_maintenance.laboratory.levels import (
    BY_EYE,
    LEVELS,
    level_words,
)
from officeops_maintenance.laboratory.results import read_result
from officeops_maintenance.laboratory.use import IN_USE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

#: By name: it knows of control lots.
_JUDGED_BY = "officeops_maintenance.laboratory.tried_lots:lets_pass"


class ControlLot(
    Record,
    key="maintenance.control-lot",
    display="number",
    sort="expires_on,id",
    also=("control-material",),
):
    """A lot of control material of one level.

    The level is positive, negative, or one with its expected range.
    """

    test_id: int = ref("maintenance.lab-test", list_rank=1, also=("test", "lab test"))
    level: str = choice(*LEVELS, list_rank=1, also=("control", "control level"))
    number: str = field(
        search=True,
        list_rank=1,
        label="Lot",
        example="C118",
        also=("lot", "lot number", "control lot"),
    )
    expires_on: date = field(
        list_rank=2, also=("expiry", "expiration date", "expiration", "exp date")
    )
    low: int | None = field(
        kind="decimal",
        scale=2,
        default=None,
        list_rank=3,
        also=("range low", "minimum"),
        help="The lowest number expected; for levels 1 to 3",
    )
    high: int | None = field(
        kind="decimal",
        scale=2,
        default=None,
        list_rank=3,
        also=("range high", "maximum"),
        help="The highest number expected; for levels 1 to 3",
    )
    finished_on: date | None = field(
        default=None, list_rank=5, help="The day on which the last of it was used"
    )

    frozen = (
        Frozen(
            ("test_id", "level", "low", "high"),
            rule="officeops_maintenance.laboratory.tried_lots:of_control",
        ),
    )
    # Without a control in date nobody can try the next kit.
    expiry = Expiry(
        "expires_on",
        lead=30,
        severity="legal",
        action="edit",
        only="t.finished_on IS NULL",
    )
    computed = (
        computed(
            "in_use",
            IN_USE,
            kind="yes_no",
            list_rank=4,
            help="Whether the next control of its level is of this lot",
        ),
    )

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a level that its test has not, and a range that is missing or makes no sense."""
        yield from not_to_come(office, self, "finished_on")
        test = office.get(LabTest, self.test_id)
        if test.levels and self.level not in test.levels:
            levels = ", ".join(test.levels)
            yield Problem(f"is no control of {test.name}: {levels}", "level", code="unknown-choice")
        if self.level in BY_EYE:
            if self.low is not None or self.high is not None:
                yield Problem("has no place: it is read by eye", "low", code="not-allowed-here")
        # Never guessed: without its range a number can neither pass nor fail.
        elif self.low is None or self.high is None:
            name = "low" if self.low is None else "high"
            yield Problem("is needed: the range on its sheet", name, code="needed")
        elif self.low > self.high:
            yield Problem("is above the high end of its range", "low", code="wrong-order")
        # Its range is frozen once a control was judged by it, so one that is new is asked about.
        elif self._is_new(office) and (why := named(_JUDGED_BY)(office, self)):
            yield Problem(why, "low", code="contradicts-record")

    def _is_new(self, office: Office) -> bool:
        """Whether its range, or what it is for, is entered or changed now."""
        if not self.id:
            return True
        before = office.get(ControlLot, self.id)
        now = (self.test_id, self.level, self.low, self.high)
        return now != (before.test_id, before.level, before.low, before.high)

    def expected(self, office: Office) -> str:
        """Return what it has to show: positive; 2 to 3."""
        if self.level in BY_EYE:
            return self.level
        low = _as_printed(office.text_of(self, "low"))
        high = _as_printed(office.text_of(self, "high"))
        return f"{low} to {high}"

    def outcome(self, typed: str) -> str:
        """Return `pass` or `fail` for a typed result; blank where the text is none."""
        result = read_result(self.level, typed)
        if result is None:
            return ""
        if self.level in BY_EYE:
            return "pass" if result.text == self.level else "fail"
        if result.number is None or self.low is None or self.high is None:
            return ""
        is_within = self.low <= result.number <= self.high
        return "pass" if is_within else "fail"

    def __str__(self) -> str:
        return f"{level_words(self.level)}, lot {self.number}"


def _as_printed(number: str) -> str:
    """Return a number as the sheet of a control prints it: 2.5, not 2.50."""
    return number.rstrip("0").rstrip(".") if "." in number else number
