"""Asking: whom somebody asked to cover a shift, how, and what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Record, choice, field, ref
from officeops_hr.people.scope import PEOPLE

if TYPE_CHECKING:
    from datetime import datetime

WAYS = ("phone", "text", "in_person")
ANSWERS = ("yes", "no", "no_answer")


class CoverAsk(
    Record,
    key="hr.cover-ask",
    display="answer",
    sort="-asked_at,-id",
    actions_only=True,
    scope=PEOPLE.by("person_id", all="manage"),
    also=("asked", "call-log"),
):
    """A time that somebody was asked to cover a shift.

    It is kept so that nobody rings them twice.
    """

    shift_id: int = ref("hr.shift", list_rank=2)
    person_id: int = ref(
        "hr.person",
        indexed=False,
        list_rank=1,
    )
    asked_at: datetime = field(list_rank=1)
    asked_by: str = field(list_rank=3)
    how: str = choice(
        *WAYS,
        default="phone",
        list_rank=2,
    )
    answer: str = choice(*ANSWERS, list_rank=1)

    added_by = "officeops shift ask"
