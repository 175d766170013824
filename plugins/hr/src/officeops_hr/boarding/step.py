"""Boarding step: a line of the checklists of first and last days, as the office has them: data."""

from __future__ import annotations

from officeops import Record, choice, field, ref

#: The checklists, and the units of an offset; a practice says "10 working days", not "two weeks".
SORTS = ("start", "leave")
UNITS = ("days", "working_days", "final_pay")


class BoardingStep(
    Record,
    key="hr.boarding-step",
    display="title",
    sort="sort,offset_days,id",
    also=("onboarding step", "offboarding step", "checklist template"),
):
    """A step of first or last days.

    It is for everybody, or for the people of one role. Its day counts from the first or the last day. Nobody vouches for a law until the office
    confirms it.
    """

    title: str = field(
        search=True, list_rank=1, example="Badge and keys handed out", also=("boarding step",)
    )
    sort: str = choice(*SORTS, default="start", list_rank=1, label="Checklist")
    role_id: int | None = ref(
        "hr.job-role",
        default=None,
        indexed=False,
        list_rank=3,
        help="For whom; blank: everybody",
    )
    role_kind: str | None = choice(
        "provider",
        "clinical",
        default=None,
        list_rank=3,
        help="In place of one role; providers are clinical too",
    )
    offset_days: int = field(
        default=0,
        minimum=-400,
        maximum=400,
        list_rank=2,
        help="From the first or last day; -5 is before it",
    )
    unit: str = choice(
        *UNITS, default="days", list_rank=2, help="Or the day by the state's rule of final pay"
    )
    owner: str = field(
        default="manager",
        list_rank=2,
        example="hr",
        help="A login, a role, a name; lead or self for theirs",
    )
    severity: str = choice("unsafe", "legal", "money", "routine", default="routine", list_rank=5)
    blocks_start: bool = field(
        default=False, list_rank=4, help="No patients before it is done; of the first days alone"
    )
    note: str | None = field(kind="long_text", default=None, help="How it is done")
    source: str | None = field(default=None, list_rank=6, help="The law, or whose habit it is")
    from_employees: int | None = field(
        default=None, minimum=1, maximum=10_000, list_rank=7, help="From how many employees on"
    )
    confirmed: bool = field(
        default=False, list_rank=6, help="Whether the office has confirmed it for its state"
    )
