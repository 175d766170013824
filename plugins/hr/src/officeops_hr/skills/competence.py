"""Competence: the level at which an observer saw somebody do something, on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import DateOrder, Problem, Record, choice, computed, field, ref
from officeops_hr.people.scope import PEOPLE
from officeops_hr.training.dates import months_later

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

#: From the lowest: who does it alone may cover for others, and who teaches may watch them.
LEVELS: Final = ("none", "in_training", "supervised", "alone", "teaches")
#: The levels at which somebody does it without help.
ALONE: Final = ("alone", "teaches")
#: The last day on which an observation `t` counts; NULL: for good.
LAPSES_ON: Final = f"""(SELECT CASE WHEN t.good_until IS NOT NULL THEN t.good_until
ELSE {months_later("t.observed_on", "s.lapses_months")} END FROM hr_skill s WHERE s.id = t.skill_id)"""


class Competence(
    Record,
    key="hr.competence",
    display="skill_id",
    sort="person,skill,-observed_on",
    also=("observation", "competency assessment"),
    scope=PEOPLE.by("person_id", all="manage"),
    indexes=(("person_id", "skill_id"),),
):
    """The level at which an observer saw a person work.

    The latest counts; those before stay.
    """

    identity = (("person_id", "skill_id", "observed_on"),)
    importer = "officeops_hr.training.imports:CompetenceImport"

    person_id: int = ref(
        "hr.person",
        indexed=False,
        list_rank=1,
        also=("employee", "name"),
    )
    skill_id: int = ref(
        "hr.skill", indexed=False, list_rank=1, also=("competency", "competency name", "task")
    )
    level: str = choice(
        *LEVELS,
        default="alone",
        list_rank=1,
        also=("rating", "result"),
    )
    observed_on: date = field(
        default=lambda office: office.today,
        list_rank=2,
        also=("date", "date observed", "assessed on", "completed"),
    )
    # A colleague or somebody from outside: a new skill comes with its trainer.
    observer_id: int | None = ref(
        "hr.person", default=None, indexed=False, list_rank=3, also=("observed by", "assessed by")
    )
    outside_observer: str | None = field(
        default=None, list_rank=5, help="Somebody who does not work here", example="Abbott trainer"
    )
    good_until: date | None = field(
        default=None,
        label="Certificate ends",
        list_rank=6,
        help="Where it is not the skill's",
        also=("expires",),
    )
    remark: str | None = field(
        default=None,
        hidden=True,
        also=("comment", "notes"),
    )

    computed = (
        computed(
            "lapses_on",
            LAPSES_ON,
            kind="date",
            list_rank=4,
            help="The last day it counts",
        ),
    )

    date_orders = (DateOrder(("observed_on", "good_until")),)

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse an observation without a named observer, of oneself, or of a day to come."""
        if self.observer_id is None and not self.outside_observer:
            why = "is needed: who watched, a colleague or somebody from outside"
            yield Problem(why, "observer", code="needed")
        if self.observer_id == self.person_id:
            yield Problem("watched themselves", "observer", code="not-allowed-here")
        if self.observed_on > office.today:
            yield Problem("is in the future", "observed_on", code="out-of-range")
