"""The page of a sterilizer's log, as an inspector reads it, and its rows for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Field, Location, field
from officeops.exchange import Facts, Grid, Lines, Printout
from officeops.values import wording
from officeops_maintenance.initials import Initials
from officeops_maintenance.sterilizer.failure import Failure
from officeops_maintenance.sterilizer.procedure import procedure
from officeops_maintenance.sterilizer.recall import undecided

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office
    from officeops_maintenance.sterilizer.sterilizer_log import LogLine, SterilizerLog

_LABELS: Final = ("Ran", "Number", "Cycle", "Contents", "Mech", "Chem", "Result", "By", "Remark")
_RIGHT: Final = (False, False, True, False, False, False, False, False, False)
#: States as the page says them, where that is more than the word.
_STATES: Final = {"run": "not released", "sent": "no result", "positive": "POSITIVE"}
_FAILURES: Final = "equipment_id = ? AND state <> 'withdrawn'"


def fields() -> Sequence[Field]:
    """Return the fields of a log's rows for programs."""
    declared: dict[str, Any] = {"run_at": field(kind="instant", default=None)}
    names = ("key", "what", "cycle", "contents", "mechanical", "chemical", "state", "run_by")
    for name in (*names, "signed_by", "remark"):
        declared[name] = field(default=None)
    return [column.named(name, "") for name, column in declared.items()]


def row_of(line: LogLine) -> list[object]:
    """Return a line's values in the order of `fields`."""
    texts = (
        line.key,
        line.what,
        line.cycle,
        line.contents,
        line.mechanical,
        line.chemical,
        line.state,
        line.run_by,
        line.signed_by,
        line.remark,
    )
    return [line.run_at.isoformat(), *(text or None for text in texts)]


def log_page(office: Office, log: SterilizerLog) -> Printout:
    """Return a log as a page: which sterilizer, its procedure, every load and test, a signature."""
    unit = log.unit
    # A unit may have been a sterilizer once, and has its log still.
    rules = procedure(unit.spore_procedure) if unit.spore_procedure else None
    details = [unit.make, unit.model, f"serial number {unit.serial}" if unit.serial else ""]
    facts = [
        ("Sterilizer", ", ".join(filter(None, (f"{unit.name} ({unit.human_key})", *details)))),
        ("Location", office.label(Location, unit.location_id)),
        ("Procedure", rules.title if rules else ""),
        ("Source", rules.origin if rules else ""),
    ]
    # The legend below names the people whose initials the lines have.
    initials = Initials(office)
    rows = [
        _cells(
            office,
            initials,
            line,
        )
        for line in log.lines()
    ]
    signed = "Reviewed by ______________________   on ______________"
    blocks: list[Facts | Grid | Lines] = [
        Facts([(label, value) for label, value in facts if value]),
        Grid(
            _LABELS,
            rows,
            right=_RIGHT,
        ),
        Lines([_counts(log), *_failures(office, log), *initials.legend(), signed]),
    ]
    return Printout(
        # A loose sheet has its title alone.
        f"Sterilizer log {log.first} to {log.last}, {unit.name}",
        blocks,
        under=(office.facts.name,),
    )


def _cells(
    office: Office,
    initials: Initials,
    line: LogLine,
) -> list[str]:
    # Who ran it and who released or read it, once where that is one person.
    people = dict.fromkeys(filter(None, (line.run_by, line.signed_by)))
    return [
        f"{office.ways.clock(line.run_at):%m-%d %H:%M}",
        line.key,
        line.cycle,
        line.contents,
        line.mechanical,
        line.chemical,
        _STATES.get(line.state, line.state),
        "/".join(initials.of(person) for person in people),
        line.remark,
    ]


def _counts(log: SterilizerLog) -> str:
    waiting = sum(load.state == "run" for load in log.loads)
    positive = sum(test.state == "positive" for test in log.tests)
    loads, tests = len(log.loads), len(log.tests)
    return (
        f"{wording.count(loads, 'load')}, {waiting} not released; "
        f"{wording.count(tests, 'spore test')}, {positive} positive."
    )


def _failures(office: Office, log: SterilizerLog) -> Iterator[str]:
    """Yield a line for each failure of the days: what it was, and whether it is settled."""
    for failure in office.all(
        Failure,
        _FAILURES,
        log.unit.id,
    ):
        day = office.ways.day_of(failure.failed_at)
        # A failure is of the day on which the positive test ran.
        if log.first <= day <= log.last:
            left = len(undecided(office, failure))
            recall = f"recall of {wording.count(left, 'load')} undecided" if left else "decided on"
            yield f"{failure.human_key}: positive on {day}, {failure.state}; loads {recall}."
