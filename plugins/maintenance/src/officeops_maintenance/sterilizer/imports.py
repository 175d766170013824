"""Loads and tests from a file: an office's own export, or a log that was kept in a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from officeops import Field, Reason, folded
from officeops_maintenance.claimed_states import ClaimsImport
from officeops_maintenance.sterilizer.listed_release import release_tested, why_not_released
from officeops_maintenance.sterilizer.locking import lock_if_failed
from officeops_maintenance.sterilizer.reading import result_of
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops import Office
    from officeops.exchange import Row

#: How lists and laboratories say what a test shows.
_RESULTS: Final = {
    "negative": ("negative", "neg", "pass", "passed", "no growth", "ok", "-"),
    "positive": ("positive", "pos", "fail", "failed", "growth", "+"),
    "invalid": ("invalid", "void", "inconclusive"),
    "sent": ("sent", "pending", "waiting"),
}
_STATES: Final = {word: state for state, words in _RESULTS.items() for word in words}
_VIALS: Final = {"negative": "no_growth", "positive": "growth"}


class LoadImport(ClaimsImport):
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
    claims: ClassVar[Mapping[str, str]] = {
        "released": "read it, then: officeops sterilizer-load release"
    }
    who = "released_by"

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Take a load as released where a list names who released it."""
        if "state" not in self.given:
            for row in rows:
                if row.values["released_by"]:
                    row.values["state"] = "released"
        return ()

    def lacks(self, row: Row) -> str | None:
        """Return what a release asks for, and a row does not show."""
        return why_not_released(row.values)

    def contradicts(self, row: Row) -> tuple[str, str] | None:
        """Refuse a decision on a recall that nobody took."""
        values = row.values
        if values["recall"] is None:
            return None
        # Each pack that is not called back has a reason.
        asked = ("recall_by", "recall_on", "recall_reason")[
            : 2 if values["recall"] == "recall" else 3
        ]
        blank = [name for name in asked if not values[name]]
        if not blank:
            return None
        why = f"is {values['recall']}, and {blank[0]} is blank; fill it in, or leave recall blank"
        return "recall", Reason(why, code="needed")


class TestImport(ClaimsImport):
    """Brings spore tests with their results, and locks a sterilizer whose last one was positive."""

    claims: ClassVar[Mapping[str, str]] = {"negative": "read its vials: officeops spore-test read"}
    who = "result_by"
    clears = ("read_at", "known_at")

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

    def lacks(self, row: Row) -> str | None:
        """Return that nobody read a test which the file calls negative."""
        return None if row.values["test_vial"] else "its test vial is not read"

    def contradicts(self, row: Row) -> tuple[str, str] | None:
        """Refuse a state that the vials of the row deny, and a withdrawal without a reason."""
        values = row.values
        state = values["state"]
        if state == "withdrawn" and not values["reason"]:
            why = "is withdrawn, and no reason says why; fill it in, or say what the test showed"
            return "state", Reason(why, code="needed")
        vial = values["test_vial"]
        # A list has no control; the word of its laboratory is for both vials.
        shown = result_of(vial, values["control_vial"] or "growth") if vial else state
        if state in {"withdrawn", shown} or (state, vial) == ("invalid", None):
            return None
        why = f"is {state}, and its vials show a {shown} test; correct the one that is wrong"
        return "state", Reason(why, code="wrong-state")

    def added(self, rows: list[Row]) -> None:
        """Remember the new tests."""
        self._ids += [row.id for row in rows]

    def finish(self) -> Iterable[str]:
        """Lock each sterilizer whose last positive test too few negative ones followed."""
        yield from super().finish()
        # What a bulk action added is changed in it once its history is written.
        self.office.write_deferred()
        release_tested(self.office, self._ids)
        yield from lock_if_failed(self.office, self.office.some(SporeTest, self._ids))
