"""Injury case: who was hurt in an incident, and what followed; health is sealed."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - the kind of a field
from typing import TYPE_CHECKING, Any, Final

from officeops import DateOrder, Problem, Record, choice, field, named, ref
from officeops_hr.people.leaving import LEAVING, MEDICAL
from officeops_hr.people.scope import PEOPLE
from officeops_hr.safety.incident import KEPT_YEARS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from officeops import Office

#: From none at all to the worst; blank is unknown.
OUTCOMES: Final = (
    "none",
    "first_aid",
    "medical",
    "restricted",
    "days_away",
    "hospital",
    "amputation",
    "eye",
    "death",
)
ILLNESSES: Final = ("injury", "skin", "respiratory", "poisoning", "hearing", "other_illness")
_DATES: Final = "officeops_hr.safety.incident_dates"


class InjuryCase(
    Record,
    key="hr.injury-case",
    prefix="IC",
    display="incident_id",
    sort="-id",
    unique_together=(("incident_id", "person_id"),),
    also=("exposure", "injury", "case"),
    scope=PEOPLE.by("person_id", team="sensitive", all="sensitive"),
):
    """The case of a person who was hurt or exposed.

    The person and HR see it.
    """

    identity = (("incident_id", "person_id"),)
    importer = "officeops_hr.safety.imports:InjuryCaseImport"
    retention = MEDICAL
    computed = (LEAVING,)

    # The dates of the law would count from a day on which nobody was hurt yet.
    date_orders = (DateOrder(("incident_id.happened_at", "evaluated_on", "opinion_on")),)

    incident_id: int = ref("hr.incident", indexed=False, list_rank=1)
    person_id: int = ref("hr.person", indexed=False, list_rank=1, also=("employee",))
    outcome: str | None = choice(
        *OUTCOMES, default=None, list_rank=2, help="The worst so far; blank while nobody knows"
    )
    evaluated_on: date | None = field(
        default=None, list_rank=3, label="Evaluated", help="When the clinic saw the person"
    )
    opinion_on: date | None = field(
        default=None,
        list_rank=3,
        label="Opinion given",
        help="When the person got the written opinion",
    )
    # Blank is a question still open, and in no log.
    recordable: bool | None = field(
        default=None, list_rank=4, help="Whether it belongs in the OSHA log (29 CFR 1904.7)"
    )
    privacy_case: bool = field(
        default=False,
        list_rank=5,
        help="Whether the log leaves the name out (29 CFR 1904.29(b)(7)); sharps always do",
    )
    injury_type: str = choice(*ILLNESSES, default="injury", list_rank=6)
    days_away: int | None = field(default=None, minimum=0, maximum=180, unit="days", list_rank=6)
    days_restricted: int | None = field(
        default=None, minimum=0, maximum=180, unit="days", list_rank=6
    )
    # The only place for health, behind a permission of its own.
    health: str | None = field(
        kind="long_text",
        default=None,
        sealed=True,
        guard="hr.injury-health",
        hidden=True,
        help="Treatment, tests and the source patient's results; no patient's name",
    )
    outcome_at: datetime | None = field(
        default=None, managed=True, hidden=True, label="Outcome known"
    )

    def filled(self, office: Office) -> Mapping[str, object]:
        """Return when the outcome was first known: OSHA's hours count from it."""
        if not self.outcome:
            return {"outcome_at": None}
        before = office.get(InjuryCase, self.id) if self.id else None
        # A correction of other fields starts no new clock, and neither does an import.
        is_same = before is None or before.outcome == self.outcome
        if self.outcome_at and is_same:
            return {}
        return {"outcome_at": office.now()}

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse days to come."""
        for name in ("evaluated_on", "opinion_on"):
            day = getattr(self, name)
            if day and day > office.today:
                yield Problem("is a day to come", name, code="out-of-range")

    def owes(self, office: Office) -> str | None:
        """Return what nobody has decided yet, or that the case is in a log that is kept."""
        if self.outcome is None or self.recordable is None:
            asked = "its outcome is" if self.outcome is None else "whether the log has it is"
            return f"{asked} not decided yet"
        last = named(f"{_DATES}:day_of_case")(office, self).year + KEPT_YEARS
        if not self.recordable or office.today.year > last:
            return None
        return f"the injury log has it, which is kept until the end of {last}"

    def added(self, office: Office) -> Iterable[str]:
        """Write the tasks of the dates that follow."""
        sentences: Iterable[str] = named(f"{_DATES}:case_opened")(office, self)
        return sentences

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:
        """Move the tasks where the evaluation or the outcome is another."""
        if {"outcome", "evaluated_on", "recordable", "opinion_on"} & before.keys():
            yield from named(f"{_DATES}:case_followed")(office, self)
