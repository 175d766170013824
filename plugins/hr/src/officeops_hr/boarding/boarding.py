"""Boarding: the checklist of one person's first or last day; its lines are tasks about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Record, choice, computed, field, ref
from officeops_hr.boarding.step import SORTS
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from datetime import date

_TASKS: Final = """(SELECT count(*) FROM core_task k
WHERE k.about_key IN ('hr.boarding') AND k.about_id = t.id AND k.archived_at IS NULL"""
_OPEN: Final = f"{_TASKS} AND k.state = 'open')"


class Boarding(
    Record,
    key="hr.boarding",
    prefix="BO",
    display="person_id",
    sort="-day,id",
    actions_only=True,
    also=("onboarding", "offboarding"),
    scope=PEOPLE.by("person_id", all="manage"),
):
    """The checklist of a first or a last day.

    Its tasks keep who did each, and when.
    """

    added_by = "officeops person onboard"
    page = "officeops_hr.boarding.boarding_page:page"

    person_id: int = ref("hr.person", list_rank=1)
    sort: str = choice(*SORTS, list_rank=1, label="Checklist")
    # A copy of the day of the employment, so that Today can say when that moved.
    day: date = field(list_rank=1, label="Counts from", help="The first or the last day")

    # A person who may see no tasks sees no count of them: theirs would be 0.
    computed = (
        computed("tasks", f"{_TASKS})", kind="number", list_rank=2, guard="core.task"),
        computed("open_tasks", _OPEN, kind="number", list_rank=2, label="Open", guard="core.task"),
        computed("is_open", f"({_OPEN} > 0)", kind="yes_no", hidden=True, guard="core.task"),
    )
