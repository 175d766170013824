"""Skill: something that a person shows they can do, such as drawing blood."""

from __future__ import annotations

from officeops import Record, field


class Skill(
    Record,
    key="hr.skill",
    display="name",
    sort="area,name",
    also=("competency",),
):
    """Work here that somebody watches people do first.

    Being taught is a training; a skill is what a person shows.
    """

    name: str = field(
        unique=True,
        search=True,
        list_rank=1,
        example="Phlebotomy",
        also=("skill",),
    )
    area: str | None = field(
        default=None, list_rank=2, example="Clinical", also=("category", "department")
    )
    # With one person alone, a sick day closes the service.
    wanted: int = field(
        default=2,
        minimum=0,
        maximum=1000,
        unit="people",
        list_rank=3,
        help="Who should be able to do it alone",
    )
    lapses_months: int | None = field(
        default=None,
        minimum=1,
        maximum=600,
        unit="months",
        list_rank=4,
        help="When somebody must be watched again; blank: never",
    )
    source: str | None = field(
        default=None,
        list_rank=5,
        help="The rule, or whose habit it is",
    )
