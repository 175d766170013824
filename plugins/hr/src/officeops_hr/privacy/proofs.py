"""Proofs for inspectors: the risk analysis, the last access review, and each breach with its notices."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from officeops import Proof
from officeops.values import wording
from officeops_hr.privacy.access_review import AccessReview, last_review
from officeops_hr.privacy.breach import Breach
from officeops_hr.privacy.due_lines import last_analysis, next_analysis, quarter_of
from officeops_hr.privacy.risk_analysis import PrivacyRisk, RiskAnalysis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office, ProofStatus

_ANALYSIS: Final = "risk-analysis"
_REVIEW: Final = "access-review"
_BREACHES: Final = "breach-log"
_SOON: Final = timedelta(days=30)
_YEAR: Final = timedelta(days=365)
#: How long the papers of a breach are kept (45 CFR 164.530(j)).
_KEPT: Final = timedelta(days=6 * 365)
_LATE: Final = """
SELECT count(*) FROM core_task WHERE about_key = ? AND about_id = ? AND state = 'open'
AND archived_at IS NULL AND due_on < office_today()
"""


def proofs(office: Office, kinds: frozenset[str]) -> Iterator[Proof]:
    """Yield the proofs of the asked kinds."""
    if _ANALYSIS in kinds:
        yield _analysis(office)
    if _REVIEW in kinds:
        yield _review(office)
    if _BREACHES in kinds:
        yield from _breaches(office)


def _analysis(office: Office) -> Proof:
    last = last_analysis(office)
    if last is None:
        action = "risk-analysis add"
        return Proof(
            _ANALYSIS, "missing", "No risk analysis", action=action, record=RiskAnalysis.meta.key
        )
    on = next_analysis(office, last)
    late = list(office.all(PrivacyRisk, "state = 'open' AND due_on < ?", office.today.isoformat()))
    # An analysis that is over is worse than a late measure.
    status: ProofStatus = "met"
    if on < office.today:
        status = "not met"
    elif late or on - office.today <= _SOON:
        status = "due"
    measures = wording.count(len(late), "measure")
    return Proof(
        _ANALYSIS,
        status,
        f"Risk analysis of {last.done_on} by {last.done_by}",
        on=on,
        action="" if status == "met" else "privacy-risk reduce" if late else "risk-analysis add",
        record=RiskAnalysis.meta.key,
        record_id=last.id,
        gap=f"{measures} late" if late else "",
    )


def _review(office: Office) -> Proof:
    last = last_review(office)
    action = "review-access"
    key = AccessReview.meta.key
    if last is None:
        return Proof(_REVIEW, "missing", "No review of access", action=action, record=key)
    # The law names no interval: Today asks each quarter, and nobody calls a year-old review current.
    status: ProofStatus = "met"
    if last.reviewed_on < office.today - _YEAR:
        status = "not met"
    elif last.reviewed_on < quarter_of(office.today):
        status = "due"
    return Proof(
        _REVIEW,
        status,
        f"Review of access of {last.reviewed_on} by {last.confirmed_by}",
        action="" if status == "met" else action,
        record=key,
        record_id=last.id,
    )


def _breaches(office: Office) -> Iterator[Proof]:
    """Yield each breach of six years; none at all is a proof where the office keeps privacy here."""
    since = (office.today - _KEPT).isoformat()
    breaches = list(office.all(Breach, "discovered_on >= ?", since, order="discovered_on, id"))
    for breach in breaches:
        yield _breach(office, breach)
    # Claimed only where somebody keeps privacy here: an unused log proves nothing.
    is_used = last_analysis(office) or office.first(AccessReview)
    if not breaches and is_used:
        yield Proof(_BREACHES, "met", "No breach in six years", record=Breach.meta.key)


def _breach(office: Office, breach: Breach) -> Proof:
    late = office.value(_LATE, breach.meta.key, breach.id)
    status: ProofStatus = "not met" if late else "due"
    if breach.state in {"closed", "no_breach"}:
        status = "met"
    words = f"assessed {breach.assessed_on}" if breach.assessed_on else "not assessed"
    state = breach.state.replace("_", " ")
    step = "notify" if breach.state == "open" else "close"
    return Proof(
        _BREACHES,
        status,
        f"{breach.human_key} discovered {breach.discovered_on}: {state}, {words}",
        action="" if status == "met" else f"breach {step}",
        record=Breach.meta.key,
        record_id=breach.id,
    )
