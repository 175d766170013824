"""Deadline: by when something follows from an event, by a law or the house, as the office says it."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a field
from typing import Final

from officeops import Record, choice, field
from officeops_hr.safety.dates import UNITS

#: What a deadline is about: the incident itself, the case of who was hurt, or a breach.
ABOUT: Final = ("incident", "case", "breach")
FROM: Final = ("happened", "evaluated", "outcome", "discovered")
#: What must be true of it: the kind of the incident, the outcome, or how many people a breach is about.
EVENTS: Final = (
    "exposure",
    "sharps",
    "injury",
    "near-miss",
    "patient",
    "violence",
    "privacy",
    "death",
    "serious",
    "logged",
    "assess",
    "notify",
    "many",
    "few",
)


class Deadline(
    Record,
    key="hr.deadline",
    display="title",
    sort="about,topic,state",
    unique_together=(("topic", "state"),),
):
    """A date that follows from an event.

    Nobody vouches for it until the office confirms it. A deadline of the office's own state takes
    the place of the general one on the same topic.
    """

    identity = (("topic", "state"),)

    topic: str = field(list_rank=1, example="compensation")
    state: str = field(default="US", list_rank=2, example="TX", help="US: everywhere")
    about: str = choice(*ABOUT, list_rank=3, label="About")
    event: str = choice(*EVENTS, list_rank=3)
    title: str = field(search=True, list_rank=1)
    after: int = field(minimum=0, maximum=1000, list_rank=2, help="How many units after it")
    unit: str = choice(*UNITS, default="day", list_rank=2)
    counted_from: str = choice(*FROM, default="happened", list_rank=4)
    owner: str = field(default="hr", list_rank=5)
    severity: str = choice("unsafe", "legal", "money", "routine", default="legal", list_rank=6)
    from_employees: int | None = field(
        default=None, minimum=1, list_rank=6, help="The size of the office from which it holds"
    )
    source: str | None = field(default=None, list_rank=5, help="The law, or whose habit it is")
    checked_on: date | None = field(
        default=None, list_rank=7, help="When somebody read the source last"
    )
    confirmed: bool = field(default=False, list_rank=4, help="Whether the office vouches for it")
