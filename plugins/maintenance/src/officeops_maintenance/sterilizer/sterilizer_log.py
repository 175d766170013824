"""SterilizerLog: the loads, tests and failures of a sterilizer over some days, in order of time."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.load_release import UNTESTED
from officeops_maintenance.sterilizer.recall import recall_words
from officeops_maintenance.sterilizer.spore_test import SporeTest
from officeops_maintenance.sterilizer.suspects import IS_SUSPECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment

_OF_DAYS: Final = "equipment_id = ? AND run_at >= ? AND run_at < ?"
_IN_DOUBT: Final = (
    f"SELECT t.id FROM maintenance_sterilizer_load t WHERE {_OF_DAYS} AND {IS_SUSPECT}"
)

_UNTESTED: Final = (
    f"SELECT l.id FROM maintenance_sterilizer_load l "
    f"WHERE {_OF_DAYS} AND l.archived_at IS NULL AND {UNTESTED}"
)


class LogLine(Value):
    """A line of the log: a load or a spore test.

    `mechanical` and `chemical` are blank where nobody entered them.
    """

    key: str
    what: str
    run_at: datetime
    cycle: str
    contents: str
    mechanical: str
    chemical: str
    state: str
    run_by: str
    signed_by: str
    remark: str


class SterilizerLog:
    """The log of a sterilizer over some days, both included."""

    def __init__(
        self,
        office: Office,
        unit: Equipment,
        first: date,
        last: date,
    ) -> None:
        """Read the loads and the tests of the days."""
        self.unit, self.first, self.last = unit, first, last
        # By moments in the time zone of the office, as they are indexed.
        begin, after = office.ways.moment(first, 0), office.ways.moment(last + timedelta(days=1), 0)
        days = begin.isoformat(), after.isoformat()
        self.loads = list(
            office.all(
                Load,
                _OF_DAYS,
                unit.id,
                *days,
                order="run_at, id",
            )
        )
        self._in_doubt = {
            number
            for (number,) in office.rows(
                _IN_DOUBT,
                unit.id,
                *days,
            )
        }
        self._untested = {number for (number,) in office.rows(_UNTESTED, unit.id, *days)}
        self.tests = list(
            office.all(
                SporeTest,
                _OF_DAYS,
                unit.id,
                *days,
                order="run_at, id",
            )
        )

    def lines(self) -> Iterator[LogLine]:
        """Yield the lines in the order of time."""
        loads = [self._of_load(load) for load in self.loads]
        # One list, as in the paper log: a test is read against the loads around it.
        lines = [*loads, *map(_of_test, self.tests)]
        yield from sorted(lines, key=lambda line: line.run_at)

    def _of_load(self, load: Load) -> LogLine:
        remarks: list[str | None] = []
        # First, and in capitals: somebody may have such an implant.
        if load.id in self._untested:
            remarks.append("RELEASED WITHOUT ITS SPORE TEST")
        if _is_failed(load):
            remarks.append("RELEASED ALTHOUGH AN INDICATOR FAILED")
        if load.id in self._in_doubt:
            remarks.append(recall_words(load))
        return _of_load(load, remarks)

    def is_open(self) -> bool:
        """Tell whether a load is not released, a result is missing, or a recall is undecided."""
        # A decision settles a load, released or not.
        undecided = [load for load in self.loads if load.recall is None]
        is_open = any(load.state == "run" or load.id in self._in_doubt for load in undecided)
        is_wrong = bool(self._untested) or any(map(_is_failed, self.loads))
        return is_open or is_wrong or any(test.state == "sent" for test in self.tests)


def _is_failed(load: Load) -> bool:
    """Whether a load is in use although an indicator failed: a list of before may have such."""
    return load.state == "released" and "fail" in {load.mechanical, load.chemical}


def _of_load(load: Load, remarks: list[str | None]) -> LogLine:
    remarks += [load.reason, load.before_result, load.note]
    contents = f"{load.contents} (IMPLANT)" if load.implant else load.contents
    return LogLine(
        load.human_key,
        "load",
        load.run_at,
        load.number or "",
        contents,
        load.mechanical or "",
        load.chemical or "",
        load.state,
        load.run_by,
        # One that waits may have the name of a file, whose release nothing proves.
        (load.released_by or "") if load.state != "run" else "",
        "; ".join(filter(None, remarks)),
    )


def _of_test(test: SporeTest) -> LogLine:
    lot = f"lot {test.indicator_lot}" if test.indicator_lot else ""
    # Said in capitals: such a test proves nothing.
    control = {"growth": "control grew", "no_growth": "CONTROL DID NOT GROW"}
    chamber = "empty chamber" if test.empty_chamber else ""
    remarks = [lot, control.get(test.control_vial or ""), chamber, test.reason, test.note]
    return LogLine(
        test.human_key,
        "spore test",
        test.run_at,
        "",
        "Spore test",
        test.mechanical or "",
        test.chemical or "",
        test.state,
        test.run_by,
        test.result_by or "",
        "; ".join(filter(None, remarks)),
    )
