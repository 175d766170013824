"""The steps of a candidate: what must be there before each, and what it writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Reason
from officeops.values import wording
from officeops_hr.hiring.offer import Offer
from officeops_hr.hiring.opening import Opening
from officeops_hr.hiring.screened import screened_as
from officeops_hr.screening.not_compared import new_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from officeops import Office
    from officeops_hr.hiring.candidate import Candidate

#: References that a careful office asks for.
_REFERENCES: Final = 2
_CONDITIONS: Final = "Exclusion check, license verification and references"
_ANSWERS: Final = {"accepted": "accepted", "declined": "declined"}
#: What a candidate did, as a receipt says it.
_SAID: Final = {
    "accepted": "Offer accepted by {name}.",
    "declined": "Offer declined by {name}.",
    "withdrawn": "Application withdrawn by {name}.",
}
_EXCLUDED: Final = """
SELECT 1 FROM hr_screening_hit WHERE about_key = 'hr.candidate' AND about_id = ?
AND archived_at IS NULL AND decision = 'excluded'
"""
_OPEN_HIT: Final = """
SELECT 1 FROM hr_screening_hit WHERE about_key = 'hr.candidate' AND about_id = ?
AND archived_at IS NULL AND decision = 'open'
"""
_COMPARED: Final = """
SELECT 1 FROM hr_screening_result WHERE about_key = 'hr.candidate' AND about_id = ?
AND archived_at IS NULL LIMIT 1
"""
_MISSING_CARDS: Final = """
SELECT count(*) FROM hr_scorecard s JOIN hr_interview i ON i.id = s.interview_id
WHERE i.candidate_id = ? AND s.given_at IS NULL AND s.archived_at IS NULL AND i.archived_at IS NULL
"""
_DONE_REFERENCES: Final = """
SELECT count(*) FROM core_task t JOIN core_checklist c ON c.id = t.checklist_id
WHERE t.about_key = 'hr.candidate' AND t.about_id = ? AND t.archived_at IS NULL
AND t.state IN ('done', 'signed') AND c.name = 'Reference check'
"""


def cannot_offer(office: Office, candidate: Candidate) -> str | None:
    """Return that a candidate is on an exclusion list, as somebody confirmed, or None."""
    if office.value(_EXCLUDED, candidate.id):
        if not _sees_checks(office):
            return Reason("HR has to clear them first: ask HR", code="not-allowed-here")
        why = "an exclusion list has them: nobody may hire them (42 USC 1320a-7b)"
        return Reason(why, code="not-allowed-here")
    # Who accepted an offer is hired, whatever became of the posting.
    return opening_ended(office, candidate) if candidate.stage != "accepted" else None


def opening_ended(office: Office, candidate: Candidate) -> str | None:
    """Return that the opening of a candidate is filled or closed, or None."""
    opening = office.get(Opening, candidate.opening_id)
    if opening.state in {"draft", "open"}:
        return None
    key = opening.human_key
    why = f"{key} is {opening.state}; post it again first: officeops opening post {key}"
    return Reason(why, code="wrong-state")


def doubt(office: Office, candidate: Candidate) -> str | None:
    """Return the doubts about an offer, which can be overruled, or None."""
    return "; ".join(missing(office, candidate)) or None


def missing(office: Office, candidate: Candidate) -> Iterator[str]:
    """Yield what a careful office has before an offer and this candidate has not."""
    yield from _unready(office, candidate)
    yield from _unscreened(office, candidate)


def _unready(office: Office, candidate: Candidate) -> Iterator[str]:
    cards = office.value(_MISSING_CARDS, candidate.id)
    if cards:
        yield f"{wording.count(cards, 'scorecard')} missing"
    done = office.value(_DONE_REFERENCES, candidate.id)
    if done < _REFERENCES:
        yield f"{done} of {_REFERENCES} references checked"


def _unscreened(office: Office, candidate: Candidate) -> Iterator[str]:
    """Yield what the exclusion check lacks; of a hit only those learn who see the checks."""
    if not office.value(_COMPARED, candidate.id):
        yield "no exclusion check has compared them yet: officeops check-exclusions"
    elif office.value(_OPEN_HIT, candidate.id):
        sees = _sees_checks(office)
        yield "a hit of the exclusion check is undecided" if sees else "HR has to clear them"
    elif new := new_names(office, screened_as(office, candidate)):
        names = wording.listing(new)
        yield f"no exclusion check has compared {names} yet: officeops check-exclusions"


def _sees_checks(office: Office) -> bool:
    return office.may_view(office.records["hr.screening-hit"])


def before_offer(office: Office, candidate: Candidate) -> Iterator[str]:
    """Yield the doubts that the acting person may read on a page."""
    yield from _unready(office, candidate)
    kinds = (office.records["hr.screening-hit"], office.records["hr.screening-result"])
    if all(map(office.may_view, kinds)):
        yield from _unscreened(office, candidate)


def offered(
    office: Office,
    candidate: Candidate,
    *,
    starts_on: date,
    answer_by: date | None = None,
    pay: Any = None,  # noqa: ANN401 - a sealed amount
    per: str = "hour",
    conditions: str | None = None,
) -> str:
    """Write the offer of a candidate."""
    # Left out where nobody gave it: a blank pay is unknown, and not nothing.
    terms: dict[str, Any] = {"pay": pay} if pay is not None else {}
    offer = Offer(
        candidate_id=candidate.id,
        starts_on=starts_on,
        answer_by=answer_by,
        per=per,
        conditions=conditions or _CONDITIONS,
        **terms,
    )
    # A candidate may get a second offer; the latest counts.
    office.add(offer)
    until = f", to be answered by {answer_by}" if answer_by else ""
    return f"{candidate.name} has the offer to start on {starts_on}{until}."


def open_offer(office: Office, candidate: Candidate) -> Offer | None:
    """Return the latest offer of a candidate, answered or not."""
    return office.first(Offer, "candidate_id = ?", candidate.id, order="id DESC")


def answered(
    office: Office,
    candidate: Candidate,
    **asked: object,  # noqa: ARG001 - the columns that the step wrote
) -> str | None:
    """Note at an open offer how it ended."""
    offer = open_offer(office, candidate)
    if offer is not None and offer.answer in {None, "accepted"}:
        answer = _ANSWERS.get(candidate.stage, "withdrawn")
        office.edit(offer, managed=True, answer=answer, answered_on=office.today)
    # The candidate's own step, which the office notes.
    said = _SAID.get(candidate.stage)
    return said.format(name=candidate.name) if said else None


def undecided(
    office: Office,  # noqa: ARG001 - the signature of a step's code
    candidate: Candidate,  # noqa: ARG001
    **asked: object,  # noqa: ARG001
) -> Mapping[str, object]:
    """Return the columns of a decision, blank again."""
    return {"reason_id": None, "decided_on": None}
