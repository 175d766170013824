"""Breach: patients' data with the wrong people, its assessment, and the notices that follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from officeops import (
    ACTOR,
    REQUIRED,
    TODAY,
    DateOrder,
    Frozen,
    Lifecycle,
    Problem,
    Record,
    Retention,
    Transition,
    field,
    named,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from officeops import Office

_FOLLOWED: Final = "officeops_hr.privacy.breach_dates:followed"
_STEPS: Final = "officeops_hr.privacy.breach_dates"
_ASSESSED: Final = {"assessed_on": TODAY, "assessed_by": ACTOR}
LIFE: Final = Lifecycle(
    ("open", "notify", "no_breach", "closed"),
    Transition(
        "notify",
        ("open", "no_breach"),
        "notify",
        "Decide that people have to be notified; the dates follow.",
        fields={"reason": REQUIRED},
        stamp=_ASSESSED,
        guard=f"{_STEPS}:is_not_assessed",
        then=_FOLLOWED,
    ),
    Transition(
        "dismiss",
        ("open", "notify"),
        "no_breach",
        "Decide by the four factors that the data was hardly compromised.",
        fields={"reason": REQUIRED},
        stamp=_ASSESSED,
        guard=f"{_STEPS}:is_not_assessed",
        then=_FOLLOWED,
    ),
    Transition(
        "close",
        ("notify",),
        "closed",
        "Close it, once all notices are out.",
        means="do",
        stamp={"closed_on": TODAY},
        guard=f"{_STEPS}:has_open_notices",
    ),
    Transition(
        "reopen", ("notify", "closed", "no_breach"), "open", "Open it again.", then=_FOLLOWED
    ),
    words={"notify": "to be notified", "no_breach": "no breach"},
    column="state",
    log=True,
)
_DECIDED: Final = ("notify", "no_breach", "closed")
#: The four factors of 45 CFR 164.402(2).
FACTORS: Final = ("nature", "recipient", "acquired", "mitigated")


class Breach(
    Record,
    key="hr.breach",
    plural="Breaches",
    prefix="BR",
    display="what",
    sort="-discovered_on,-id",
    also=("privacy-incident", "hipaa-breach"),
):
    """A possible breach of patients' data.

    Patients' data may have reached the wrong people.
    No patient's name belongs here. Each breach counts from the day on which anybody at the office
    first knew of it (45 CFR 164.404(a)(2)).
    """

    short_options: ClassVar = {"discovered": "discovered_on"}
    bare_word = "what"
    importer = "officeops_hr.privacy.imports:BreachImport"
    retention = Retention(years=6, why="45 CFR 164.414(b), 164.530(j)")

    what: str = field(
        search=True,
        list_rank=1,
        example="Fax of lab results to a wrong number",
        help="In one line, without patients' names",
    )
    discovered_on: date = field(
        default=lambda office: office.today, list_rank=1, label="Discovered", also=("date",)
    )
    happened_on: date | None = field(default=None, list_rank=4, label="Happened")
    # Unknown is never few: the stricter notice counts until somebody has counted.
    persons: int | None = field(
        default=None,
        minimum=0,
        unit="people",
        list_rank=2,
        label="People",
        help="Whose data it is about; blank while nobody knows, which counts as 500 or more",
    )
    state: str = LIFE.field(list_rank=2)
    medium: str | None = field(
        default=None, list_rank=5, example="Fax", help="Paper, email, laptop, server"
    )
    # The four factors, in the words of the rule; all are needed for a decision.
    nature: str | None = field(
        default=None,
        kind="long_text",
        hidden=True,
        label="1 Which data, and how easily identified",
    )
    recipient: str | None = field(
        default=None, kind="long_text", hidden=True, label="2 Who got it or used it"
    )
    acquired: str | None = field(
        default=None, kind="long_text", hidden=True, label="3 Whether it was really seen"
    )
    mitigated: str | None = field(
        default=None, kind="long_text", hidden=True, label="4 How far the risk was lessened"
    )
    associate: str | None = field(
        default=None, list_rank=6, help="The business associate that it happened at"
    )
    reason: str | None = field(
        default=None, kind="long_text", managed=True, hidden=True, label="Conclusion"
    )
    assessed_on: date | None = field(default=None, managed=True, list_rank=5, label="Assessed")
    assessed_by: str | None = field(default=None, managed=True, list_rank=6)
    closed_on: date | None = field(default=None, managed=True, hidden=True)

    life = LIFE
    # The decision rests on them; whose data it is about may become known later.
    frozen = (
        Frozen(FACTORS, states=_DECIDED, why="the breach is decided on; `reopen` it first"),
        Frozen(
            ("discovered_on", "happened_on", "persons"),
            states=("no_breach", "closed"),
            why="the breach is closed; `reopen` it first",
        ),
    )
    date_orders = (
        DateOrder(("happened_on", "discovered_on", "assessed_on")),
        DateOrder(("discovered_on", "closed_on")),
    )

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse a discovery to come."""
        if self.discovered_on > office.today:
            yield Problem("is a day to come", "discovered_on", code="out-of-range")

    def keep(self, office: Office) -> str | None:  # noqa: ARG002
        """Keep a breach that people have to hear of."""
        if self.state != "notify":
            return None
        return "its notices are due; send them and close it, or dismiss it by the four factors"

    def owes(self, office: Office) -> str | None:  # noqa: ARG002 - as every kind
        """Return that nobody has decided whether people have to hear of it."""
        if self.state == "open":
            return "nobody has decided on it: notify, or dismiss it by the four factors"
        return None

    def added(self, office: Office) -> Iterable[str]:
        """Write the task of the assessment."""
        yield from filter(None, [named(_FOLLOWED)(office, self)])

    def edited(self, office: Office, before: Mapping[str, Any]) -> Iterable[str]:
        """Move the notices where the discovery or the number of people is another."""
        if {"discovered_on", "persons"} & before.keys():
            yield from filter(None, [named(_FOLLOWED)(office, self)])
