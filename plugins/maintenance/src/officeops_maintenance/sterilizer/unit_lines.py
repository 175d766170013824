"""What the page of a unit says of it as a sterilizer: its procedure, its lock, its last test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import PageLine, Subject
from officeops_maintenance.sterilizer.failure import Failure, open_failure
from officeops_maintenance.sterilizer.procedure import procedure
from officeops_maintenance.sterilizer.progress import progress
from officeops_maintenance.sterilizer.spore_test import SporeTest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office
    from officeops_maintenance.equipment.equipment import Equipment

_LAST: Final = "equipment_id = ? AND state <> 'withdrawn'"


def sterilizer_lines(office: Office, unit: Equipment) -> Iterator[PageLine]:
    """Yield the lines of a sterilizer, as far as the person may see them; none of another unit."""
    if unit.spore_procedure is None:
        return
    yield PageLine("Procedure", procedure(unit.spore_procedure).title)
    # A person who may see the unit alone learns from its state that nobody may use it.
    if office.may_view(Failure):
        failure = open_failure(office, unit.id)
        if failure is not None:
            subject = Subject(Failure.meta.key, failure.id)
            yield PageLine(
                "Locked by", f"{failure.human_key}: {progress(office, failure)}", subject
            )
    if office.may_view(SporeTest):
        yield _last_test(office, unit)


def _last_test(office: Office, unit: Equipment) -> PageLine:
    test = office.first(SporeTest, _LAST, unit.id, order="run_at DESC, id DESC")
    if test is None:
        return PageLine("Last spore test", "none is booked")
    words = "no result yet" if test.state == "sent" else test.state
    text = f"{test.human_key} of {office.ways.day_of(test.run_at)}: {words}"
    return PageLine("Last spore test", text, Subject(SporeTest.meta.key, test.id))
