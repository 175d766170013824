"""Screening run: a comparison of everybody with one exclusion list, kept as proof."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003 - the kinds of fields
from typing import Final

from officeops import About, Record, choice, field, ref

RESULTS: Final = ("clear", "C", "B", "A")
#: The command that makes a run.
ADDED_BY: Final = "officeops check-exclusions"


class ScreeningRun(
    Record,
    key="hr.screening-run",
    plural="Screening runs",
    prefix="OR",
    display="as_of",
    sort="-id",
    actions_only=True,
    also=("oig-check", "exclusion-check", "screening"),
):
    """A comparison of people and vendors with a list.

    The people are staff and candidates; the list is one of exclusions.
    It keeps which file that was: its name, digest and rows. The history says who ran it.
    """

    list_key: str = field(list_rank=1, label="List")
    file: str = field(list_rank=5)
    digest: str = field(list_rank=7, help="The SHA-256 of the file's bytes")
    row_count: int = field(list_rank=4, minimum=0, label="Rows", help="Rows of the list")
    as_of: date = field(list_rank=2, help="The day that the list is of")
    run_at: datetime = field(list_rank=1)
    subjects: int = field(list_rank=3, minimum=0, help="People and vendors who were compared")
    hits: int = field(list_rank=3, minimum=0, help="Entries that may be about them, decided or not")

    added_by = ADDED_BY


class ScreeningResult(
    Record,
    key="hr.screening-result",
    label="Screening result",
    display="name",
    sort="id",
    actions_only=True,
):
    """The result of one run for one person or vendor.

    It is kept where nothing matched, too.
    """

    run_id: int = ref("hr.screening-run", list_rank=1)
    about: About
    name: str = field(list_rank=1)
    names: str = field(list_rank=4, help="The names that were compared")
    best: str = choice(*RESULTS, list_rank=2, label="Result", help="The surest tier, or clear")
    others: int = field(
        default=0,
        minimum=0,
        list_rank=5,
        label="Others of that name",
        help="Entries with the name and another date of birth",
    )
    knows_birth: bool = field(default=False, list_rank=5, label="Date of birth known")

    added_by = ADDED_BY
