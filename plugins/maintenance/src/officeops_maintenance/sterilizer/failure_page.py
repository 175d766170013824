"""The page of a failure: what it waits for, what its procedure says, its tests and its loads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import PageLine, PageSection, Subject
from officeops_maintenance.equipment.equipment import Equipment
from officeops_maintenance.sterilizer.load import Load
from officeops_maintenance.sterilizer.procedure import procedure
from officeops_maintenance.sterilizer.progress import progress
from officeops_maintenance.sterilizer.recall import recall_words, suspects
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.sterilizer.failure import Failure

_TESTS: Final = "equipment_id = ? AND run_at >= ? AND run_at <= ?"


def page(office: Office, failure: Failure) -> Iterator[PageSection]:
    """Yield the sections of a failure's page, as far as the person may see them."""
    yield PageSection("", list(_summary(office, failure)))
    # The page tells of other records only to people who may see those.
    if office.may_view(SporeTest):
        yield PageSection("Spore tests since", list(_tests(office, failure)))
    if office.may_view(Load):
        yield PageSection("Loads since the last negative test", list(_loads(office, failure)))


def _summary(office: Office, failure: Failure) -> Iterator[PageLine]:
    rules = procedure(failure.procedure)
    # First of all, which unit nobody may use.
    if office.may_view(Equipment):
        unit = office.get(Equipment, failure.equipment_id)
        subject = Subject(Equipment.meta.key, unit.id)
        text = f"{unit.human_key} {unit.name}, {failure.state}"
        yield PageLine("Sterilizer", text, subject)
    if failure.state == "locked":
        yield PageLine("Next", progress(office, failure))
    yield PageLine("Procedure", rules.title)
    yield PageLine("On the recall", f"{rules.first_recall} {rules.repeat_recall}")
    yield PageLine("Source", rules.origin)


def _tests(office: Office, failure: Failure) -> Iterator[PageLine]:
    since = failure.failed_at.isoformat()
    # Once it is released, the weekly tests go on, and say nothing of the failure.
    until = (failure.closed_at or office.now()).isoformat()
    for test in office.all(
        SporeTest,
        _TESTS,
        failure.equipment_id,
        since,
        until,
        order="run_at, id",
    ):
        chamber = ", empty chamber" if test.empty_chamber else ""
        text = f"{office.ways.clock(test.run_at):%Y-%m-%d %H:%M}: {test.state}{chamber}"
        yield PageLine(
            test.human_key,
            text,
            Subject(SporeTest.meta.key, test.id),
        )


def _loads(office: Office, failure: Failure) -> Iterator[PageLine]:
    loads = suspects(office, failure)
    for load in loads:
        ran = f"{office.ways.clock(load.run_at):%Y-%m-%d %H:%M}"
        implant = ", IMPLANT" if load.implant else ""
        text = f"{ran}: {load.contents}{implant}: {recall_words(load)}"
        yield PageLine(
            load.human_key,
            text,
            Subject(Load.meta.key, load.id),
        )
    if not loads:
        yield PageLine("", "None was booked")
