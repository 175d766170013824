"""Entries of continuing education: a course with its credits; the certificate is attached."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a field

from officeops import Record, field, ref
from officeops_hr.education.rule import SCALE
from officeops_hr.people.scope import PEOPLE


class EducationEntry(
    Record,
    key="hr.education-entry",
    label="Education entry",
    plural="Education entries",
    display="title",
    sort="person,-earned_on",
    also=("CE", "CME", "CEU", "continuing education", "course"),
    scope=PEOPLE.by("person_id", all="manage"),
):
    """A course or article that gave credits (CE)."""

    # Two courses of one day have two titles.
    identity = (("person_id", "title", "earned_on"),)

    person_id: int = ref("hr.person", list_rank=1, also=("employee", "staff member"))
    type_id: int = ref(
        "hr.credential-type", list_rank=2, also=("credential",), help="For which credential"
    )
    title: str = field(search=True, list_rank=1, also=("course", "activity"))
    credits: int = field(
        kind="decimal",
        scale=SCALE,
        minimum=0,
        maximum=100_000,
        list_rank=1,
        help="Credits that it gave",
        example="1.5",
        also=("hours", "ceu", "contact hours", "cme"),
    )
    earned_on: date = field(
        default=lambda office: office.today,
        list_rank=2,
        also=("date", "completed", "completion date"),
    )
    category: str | None = field(default=None, list_rank=3, example="pharmacology")
    provider: str | None = field(default=None, list_rank=4, also=("sponsor",))
    approval_number: str | None = field(default=None, list_rank=6)
