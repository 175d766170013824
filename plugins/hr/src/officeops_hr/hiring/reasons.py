"""The reasons of decisions, and the topics that nobody asks a candidate about: both are data."""

from __future__ import annotations

from officeops import Record, choice, field


class DeclineReason(
    Record,
    key="hr.decline-reason",
    display="name",
    sort="said_by,name",
):
    """A reason to turn somebody down, or to decline.

    Each is about the job: a list keeps reasons fair, and countable.
    """

    name: str = field(
        unique=True,
        list_rank=1,
        example="Lacks a required credential",
        also=("decline reason",),
    )
    said_by: str = choice(
        "office", "candidate", default="office", list_rank=2, help="Whose reason it is"
    )


class OffLimitsTopic(
    Record,
    key="hr.off-limits-topic",
    display="topic",
    sort="topic",
    also=("question not to ask", "illegal question"),
):
    """A topic that nobody asks a candidate about.

    A note that has one of its words is warned. The words warn and never forbid. Nobody vouches for the law until the office confirms it.
    """

    topic: str = field(
        unique=True, search=True, list_rank=1, example="Age", also=("off limits topic",)
    )
    words: str = field(list_rank=3, example="age, how old, birth", help="With commas between")
    instead: str | None = field(
        default=None, list_rank=2, example="Are you 18 or older?", help="What may be asked"
    )
    source: str | None = field(default=None, list_rank=4, help="The law")
    from_employees: int | None = field(
        default=None, minimum=1, maximum=10_000, list_rank=5, help="From how many employees on"
    )
    confirmed: bool = field(
        default=False, list_rank=5, help="Whether the office has confirmed it for its state"
    )
