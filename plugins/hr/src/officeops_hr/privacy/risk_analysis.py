"""Risk analysis: the security risks of patients' data, as the office saw them on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from officeops import (
    OPTIONAL,
    REQUIRED,
    TODAY,
    DateOrder,
    Frozen,
    Lifecycle,
    Problem,
    Record,
    Retention,
    Transition,
    choice,
    field,
    ref,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops import Office

LEVELS: Final = ("low", "medium", "high")
RISK: Final = Lifecycle(
    ("open", "reduced", "accepted"),
    Transition(
        "reduce",
        ("open",),
        "reduced",
        "Say that the measure is in place.",
        means="do",
        fields={"remark": OPTIONAL},
        stamp={"ended_on": TODAY},
    ),
    Transition(
        "accept",
        ("open",),
        "accepted",
        "Live with the risk, and say why.",
        fields={"remark": REQUIRED},
        stamp={"ended_on": TODAY},
    ),
    Transition("resume", ("reduced", "accepted"), "open", "Take the risk up again."),
    column="state",
)


class RiskAnalysis(
    Record,
    key="hr.risk-analysis",
    plural="Risk analyses",
    prefix="RA",
    display="done_on",
    sort="-done_on,-id",
    also=("security-risk-analysis", "sra"),
):
    """A security risk analysis; attach its report.

    45 CFR 164.308(a)(1)(ii)(A) asks for it.
    """

    retention = Retention(years=6, after="done_on", why="45 CFR 164.316(b)(2)(i)")

    done_on: date = field(default=lambda office: office.today, list_rank=1, label="Done")
    done_by: str = field(
        default=lambda office: office.actor, list_rank=2, example="Dana with Northside IT"
    )
    covers: str | None = field(
        default=None,
        kind="long_text",
        list_rank=4,
        help="The systems, devices and places it is about",
    )
    method: str | None = field(default=None, list_rank=5, example="SRA Tool 3.5")
    result: str | None = field(default=None, kind="long_text", hidden=True, search=True)

    def check(self, office: Office) -> Iterable[Problem]:
        """Refuse an analysis of a day to come."""
        if self.done_on > office.today:
            yield Problem("is a day to come", "done_on", code="out-of-range")


class PrivacyRisk(
    Record,
    key="hr.privacy-risk",
    prefix="PR",
    display="risk",
    sort="due_on,id",
    also=("security-risk",),
):
    """A risk to patients' data, with its measure."""

    short_options: ClassVar = {"due": "due_on"}
    bare_word = "risk"
    importer = "officeops_hr.privacy.imports:PrivacyRiskImport"

    risk: str = field(search=True, list_rank=1, example="Laptops without encryption")
    likelihood: str = choice(*LEVELS, default="medium", list_rank=3)
    impact: str = choice(*LEVELS, default="medium", list_rank=3)
    measure: str | None = field(default=None, list_rank=2, example="Turn BitLocker on")
    # As of tasks: the line in Today reaches them.
    owner: str = field(
        default="manager",
        list_rank=2,
        help="A login, a role, or the name of a person without a login",
    )
    due_on: date | None = field(default=None, list_rank=2, label="Due")
    # Blank for a risk that somebody found between two analyses.
    analysis_id: int | None = ref(
        "hr.risk-analysis", default=None, indexed=False, list_rank=5, label="Found by"
    )
    state: str = RISK.field(list_rank=1)
    remark: str | None = field(default=None, managed=True, list_rank=6)
    ended_on: date | None = field(default=None, managed=True, hidden=True)

    life = RISK
    frozen = (
        Frozen(
            ("risk", "likelihood", "impact", "measure"),
            states=("reduced", "accepted"),
            why="the risk is settled; `resume` it first",
        ),
    )
    date_orders = (DateOrder(to_come=("due_on",)),)

    def owes(self, office: Office) -> str | None:  # noqa: ARG002 - as every kind
        """Return that nobody has reduced or accepted the risk."""
        return "the risk is open: reduce or accept it" if self.state == "open" else None
