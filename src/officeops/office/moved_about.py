"""What moves along: files, notes, tags and tasks about one record become those of another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.core.subject_rule import subject_problems
from officeops.model.about import Subject
from officeops.model.errors import Refused
from officeops.office.merge_steps import FOLLOW, MergeSteps
from officeops.office.merging import apply, refuse_clashes
from officeops.office.scope_check import not_there

if TYPE_CHECKING:
    from officeops.model.records import Record
    from officeops.office.merge_steps import MergeStep
    from officeops.store.stored_office import StoredOffice

#: The kinds that move beside files, with the rows of each. Tasks of a plan are about what the plan says, and a
#: task's answers go where it goes.
_MOVING: Final = {
    "core.note": "1",
    "core.tag": "1",
    "core.task": "plan_id IS NULL",
    "core.answer": "task_id IN (SELECT id FROM core_task WHERE plan_id IS NULL)",
}


def move_about(
    office: StoredOffice,
    old: Record,
    new: Record,
) -> int:
    """Move the records about one record to another, in an open action; return how many moved.

    The permission of the action covers it, as it does a file that an action attaches. Raises
    Forbidden or NotFound where a record is out of reach, and Refused where `new` takes no files.
    """
    for record in (old, new):
        office.allow_view(type(record))
        if not office.in_reach(type(record), record.id):
            raise not_there(record.meta, record.id)
    keep, gone = Subject(new.meta.key, new.id), Subject(old.meta.key, old.id)
    if keep == gone:
        raise Refused("it is the same record", office.about(new), code="nothing-to-do")
    if problems := list(subject_problems(office, keep)):
        raise Refused(problems, office.about(new))
    finder = MergeSteps(office)
    steps: list[MergeStep] = []
    for key, condition in {**_MOVING, "core.attachment": _not_of_fields(old)}.items():
        steps += finder.of_about(office.records[key], condition, keep, gone)
    refuse_clashes(office, old, steps)
    apply(office, steps)
    return sum(step.what == FOLLOW for step in steps)


def _not_of_fields(old: Record) -> str:
    """Return the condition of files that no field leads to: the others prove what `old` says."""
    numbers = []
    for field in old.meta.fields:
        number = getattr(old, field.name)
        if field.target == "core.attachment" and number is not None:
            numbers.append(str(int(number)))
    return f"id NOT IN ({', '.join(numbers)})"
