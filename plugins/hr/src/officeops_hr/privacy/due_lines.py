"""Today's lines of privacy: the next risk analysis, measures, and the review of access of a quarter.

The yearly analysis and the quarter's review begin with the first one that the office keeps here.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from officeops import Due
from officeops_hr.config import HrSettings
from officeops_hr.leave.rules.periods import months_after
from officeops_hr.privacy.access_review import AccessReview, last_review
from officeops_hr.privacy.risk_analysis import PrivacyRisk, RiskAnalysis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office

_QUARTER: Final = 3


def due_lines(office: Office, until: date) -> Iterator[Due]:
    """Yield the lines due by a day. The tasks of breaches have lines of their own."""
    yield from _analysis(office, until)
    yield from _measures(office, until)
    yield from _access(office, until)


def last_analysis(office: Office) -> RiskAnalysis | None:
    """Return the latest risk analysis; None where there is none yet."""
    return office.first(RiskAnalysis, order="done_on DESC, id DESC")


def next_analysis(office: Office, analysis: RiskAnalysis) -> date:
    """Return the day by which an analysis is to be done again."""
    months = office.settings("hr", HrSettings).privacy_analysis_months
    return months_after(analysis.done_on, months)


def quarter_of(day: date) -> date:
    """Return the first day of a day's quarter."""
    return date(day.year, day.month - (day.month - 1) % _QUARTER, 1)


def _analysis(office: Office, until: date) -> Iterator[Due]:
    last = last_analysis(office)
    if last is None or next_analysis(office, last) > until:
        return
    on = next_analysis(office, last)
    yield Due(
        key=f"hr.risk-analysis:{last.id}:{on}",
        on=on,
        what=f"Security risk analysis: the last one is of {last.done_on}",
        severity="legal",
        action="add a risk analysis",
        record=RiskAnalysis.meta.key,
        record_id=last.id,
    )


def _measures(office: Office, until: date) -> Iterator[Due]:
    for risk in office.all(PrivacyRisk, "state = 'open' AND due_on <= ?", until.isoformat()):
        # The condition has asked; the type has not.
        if risk.due_on is not None:
            yield Due(
                key=f"hr.privacy-risk:{risk.id}:{risk.due_on}",
                on=risk.due_on,
                what=f"{risk.human_key} {risk.risk}: {risk.measure or 'find a measure'}",
                severity="legal",
                owner=risk.owner,
                action="reduce or accept",
                record=PrivacyRisk.meta.key,
                record_id=risk.id,
            )


def _access(office: Office, until: date) -> Iterator[Due]:
    # The first one is the office's own step; from then on a quarter is missed by its date.
    last = last_review(office)
    first = quarter_of(until)
    if last is None or last.reviewed_on >= first:
        return
    number = (first.month + 2) // _QUARTER
    yield Due(
        key=f"hr.access-review:{last.id}:{first}",
        on=first,
        what=f"Review of access, quarter {number} of {first.year}: who has which login and key",
        severity="legal",
        action="review access",
        record=AccessReview.meta.key,
        record_id=last.id,
    )
