"""Trainings and observed skills from files: a person has one of a topic for each day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Field, Reason, folded
from officeops.exchange import Importer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.exchange import Row

#: What the exports of courses call a result, as readers would read it.
_RESULTS: Final = {
    "trained": ("trained", "completed", "complete", "attended", "present", "done", "yes"),
    "passed": ("passed", "pass"),
    "failed": ("failed", "fail", "not passed"),
    "absent": ("absent", "no show", "no-show", "not attended", "no"),
}
_MEANT: Final = {word: result for result, words in _RESULTS.items() for word in words}


class TrainingImport(Importer):
    """Recognizes trainings by person, topic and day, and reads everyday words for the result."""

    extra = (
        Field(
            "text",
            default=None,
            label="Outcome",
            also=("status", "pass/fail", "completion status", "attendance", "completed?"),
        ).named("outcome", "str"),
    )
    keys = (("person_id", "topic_id", "done_on"),)
    fills = ("result",)

    def check(self, rows: list[Row]) -> Iterable[tuple[Row, str, str]]:
        """Put the outcome into the result, and refuse a word that is none."""
        for row in rows:
            # A file without the column says `trained` by being there.
            outcome = row.extra.get("outcome")
            if not outcome:
                continue
            meant = _MEANT.get(folded(outcome))
            if meant is None:
                words = ", ".join(_MEANT)
                why = f"{outcome!r} is no outcome that is known: {words}"
                yield row, "outcome", Reason(why, code="malformed")
            else:
                row.values["result"] = meant


class CompetenceImport(Importer):
    """Recognizes observations by person, skill and day."""

    keys = (("person_id", "skill_id", "observed_on"),)
