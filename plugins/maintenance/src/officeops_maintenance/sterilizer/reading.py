"""Reading a spore test: both vials make the result, and a positive one locks the sterilizer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops import Outcome, Problem, Reason, Refused, action, choice, param
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.sterilizer.failure import open_failure
from officeops_maintenance.sterilizer.indicator_life import SPORE_TEST
from officeops_maintenance.sterilizer.load import SHOWN
from officeops_maintenance.sterilizer.locking import lock
from officeops_maintenance.sterilizer.progress import progress
from officeops_maintenance.sterilizer.spore_test import VIALS, SporeTest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from officeops import Office


def result_of(test_vial: str, control_vial: str | None) -> str:
    """Return what two vials mean.

    Growth of the test is positive whatever the control shows: spores survived. No growth means
    something only where the control grew, since dead spores never grow.
    """
    # First, so that a dead control never hides spores that survived.
    if test_vial == "growth":
        return "positive"
    return "negative" if control_vial == "growth" else "invalid"


def _not_to_read(office: Office, test: SporeTest) -> str | None:  # noqa: ARG001 - of every action
    if test.state == "sent":
        return None
    return Reason(f"it is {test.state}", code="wrong-state")


@action(
    "maintenance.spore-test.read",
    means="do",
    unless=_not_to_read,
    label="Read",
)
def read(
    office: Office,
    test: SporeTest,
    test_vial: str = choice(*VIALS, help="What the test shows"),
    control_vial: str | None = choice(
        *VIALS,
        default=None,
        help="What the control shows",
    ),
    mechanical: str | None = choice(
        *SHOWN,
        default=None,
        help="Time, temperature and pressure of its cycle",
    ),
    chemical: str | None = choice(
        *SHOWN,
        default=None,
        help="The chemical indicator of its cycle",
    ),
    read_at: datetime | None = param(  # noqa: B008 - a declaration
        default=None, help="When it was read. [default: now]"
    ),
) -> Outcome:
    """Enter what the test and its control show: negative, positive, or invalid."""
    moment = read_at or office.now()
    problems = []
    if test_vial == "no_growth" and control_vial is None:
        why = "is needed: without its control a test is not negative"
        problems.append(
            Problem(
                why,
                "control_vial",
                code="needed",
            )
        )
    if not test.run_at <= moment <= office.now():
        why = "is before its cycle, or in the future"
        problems.append(
            Problem(
                why,
                "read_at",
                code="out-of-range",
            )
        )
    shown = {"mechanical": mechanical, "chemical": chemical}
    if test_vial == "no_growth" and open_failure(office, test.equipment_id):
        # Both guidelines return a sterilizer by tests whose other indicators are in order, too.
        missing = [name for name, value in shown.items() if value is None]
        why = "is needed: the sterilizer is locked, and the test counts only with it"
        problems += [
            Problem(
                why,
                name,
                code="needed",
            )
            for name in missing
        ]
    if problems:
        raise Refused(problems, test.human_key)
    state = result_of(test_vial, control_vial)
    # The state first: the sentences below count this test, too.
    SPORE_TEST.move(
        office,
        test,
        f"found-{state}",
        test_vial=test_vial,
        control_vial=control_vial,
        mechanical=mechanical,
        chemical=chemical,
        read_at=moment,
    )
    known = office.get(SporeTest, test.id)
    return Outcome(known, _said(office, known))


def _said(office: Office, test: SporeTest) -> str:
    unit = office.get(Equipment, test.equipment_id)
    head = f"{test.human_key}, {unit.name}: {test.state}."
    if test.state == "positive":
        return f"{head} {lock(office, test)}"
    # Nothing follows from it but another test.
    if test.state == "invalid":
        head = f"{head} The control did not grow, so it proves nothing: repeat it."
    failure = open_failure(office, unit.id)
    return f"{head} {progress(office, failure)}" if failure else head


def refuse_edit(test: SporeTest, before: Mapping[str, Any]) -> None:
    """Raise Refused for an edit of a test that has its result, but for its note."""
    # The step that reads it changes its state, and a note may always be written.
    is_edit = "state" not in before and before.keys() - {"note"}
    if test.state != "sent" and is_edit:
        why = f"it is {test.state}; only its note can be edited"
        raise Refused(why, test.human_key, code="wrong-state")


def frozen_cycle(
    office: Office,
    test: SporeTest,
    before: Mapping[str, Any],
) -> str | None:
    """Return why the cycle of a test stays as it was booked: a result or a failure rests on it."""
    if "state" in before:
        return None
    if test.state != "sent":
        return Reason(f"cannot be edited: it is {test.state}", code="wrong-state")
    entered_at = test.entered_at
    if entered_at is not None and test.run_at > entered_at:
        booked = f"{office.ways.clock(entered_at):%Y-%m-%d %H:%M}"
        cure = "withdraw it, and book the test that ran then"
        return Reason(f"is after {booked}, when it was booked; {cure}", code="out-of-range")
    # A failure counts it, or would do so once it is of its sterilizer.
    for unit_id in (before.get("equipment_id", test.equipment_id), test.equipment_id):
        failure = open_failure(office, unit_id)
        if failure is not None:
            cure = f"officeops spore-test withdraw {test.human_key} --reason …, and book it again"
            why = f"cannot be edited: {failure.human_key} counts it as it was booked; {cure}"
            return Reason(why, code="in-use")
    return None
