"""Loads and tests from a file: an office's own export, or a log that was kept in a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Field, Reason, folded
from officeops.exchange import Importer, Row
from officeops_maintenance.sterilizer.listed_release import why_not_released
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.locking import lock_if_failed
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

#: How lists and laboratories say what a test shows.
_RESULTS: Final = {
    "negative": ("negative", "neg", "pass", "passed", "no growth", "ok", "-"),
    "positive": ("positive", "pos", "fail", "failed", "growth", "+"),
    "invalid": ("invalid", "void", "inconclusive"),
    "sent": ("sent", "pending", "waiting"),
}
_STATES: Final = {word: state for state, words in _RESULTS.items() for word in words}
#: Sentences on single loads; more are counted.
_NAMED: Final = 3
_VIALS: Final = {"negative": "no_growth", "positive": "growth"}


class LoadImport(Importer):
    """Brings loads with their release and the decision on their recall."""

    keys = (("equipment_id", "run_at", "number"), ("equipment_id", "run_at", "contents"))
    # Two loads of one minute are two: a practice may have two chambers under one number.
    counted = keys
    # A paper log has who released a load.
    may_set = ("released_by",)
    # The export of an office brings what people decided; a list from elsewhere has none of it.
    restores = (
        "state",
        "before_result",
        "released_at",
        "reason",
        "recall",
        "recall_by",
        "recall_on",
        "recall_reason",
        "corrected",
    )
    # Spore tests come after the loads that they were run with.
    later = ("suspect",)

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._waiting: dict[Row, str] = {}

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Release the loads that somebody released, by the list, unless it says why not."""
        for row in rows:
            values = row.values
            if "state" in self.given or not values["released_by"]:
                continue
            why = why_not_released(self.office, values)
            if why is None:
                values["state"] = "released"
            else:
                # Nobody of this office released it; the name in the list is of another log.
                values["released_by"] = None
                self._waiting[row] = why
        return ()

    def finish(self) -> Iterable[str]:
        """Name the loads that the list has as released, and that wait here for a person."""
        reasons = {row.id: why for row, why in self._waiting.items()}
        loads = list(self.office.some(Load, [number for number in reasons if number]))
        # Somebody may have released a row of an earlier import by now.
        waiting = [load for load in loads if load.state == "run"]
        for load in waiting[:_NAMED]:
            yield f"{load.human_key} is not released: {reasons[load.id]}."
        more = len(waiting) - _NAMED
        if more > 0:
            yield f"{more} more wait: officeops sterilizer-load list --view waiting"


class TestImport(Importer):
    """Brings spore tests with their results, and locks a sterilizer whose last one was positive."""

    extra = (
        Field(
            "text",
            default=None,
            label="Result",
            also=("test result", "bi result", "spore test result", "outcome"),
            help="Negative, positive, invalid, or blank while it is not read",
        ).named("result", "str"),
    )
    keys = (("equipment_id", "run_at", "indicator_lot"), ("equipment_id", "run_at"))
    # Several vials of one lot may run in one cycle.
    counted = keys
    fills = ("state", "test_vial")
    restores = (
        "state",
        "test_vial",
        "control_vial",
        "mechanical",
        "chemical",
        "read_at",
        "entered_at",
        "known_at",
        "result_by",
        "reason",
    )

    def __init__(self, office: Office, source: str) -> None:
        super().__init__(office, source)
        self._ids: list[int] = []
        self._now = office.now().isoformat()

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Read results as lists and laboratories write them; they are known here from now on."""
        for row in rows:
            if "entered_at" not in self.given:
                row.values["entered_at"] = self._now
            word = row.extra.get("result")
            if not word:
                continue
            state = _STATES.get(folded(word))
            if state is None:
                why = f"{word!r} is no result; there are negative, positive, invalid and sent"
                yield row, "result", Reason(why, code="unknown-choice")
                continue
            row.values["state"] = state
            row.values["known_at"] = None if state == "sent" else self._now
            row.values["test_vial"] = _VIALS.get(state)

    def added(self, rows: list[Row]) -> None:
        """Remember the new tests."""
        self._ids += [row.id for row in rows]

    def finish(self) -> Iterable[str]:
        """Lock each sterilizer whose last positive test too few negative ones followed."""
        yield from lock_if_failed(self.office, self.office.some(SporeTest, self._ids))
