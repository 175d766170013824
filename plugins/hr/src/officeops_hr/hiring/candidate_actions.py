"""Actions on candidates beside their steps: references to call, and closing a file."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from officeops import Checklist, Problem, Reason, Refused, Subject, Task, action, param
from officeops_hr.hiring.candidate import Candidate  # noqa: TC001 - what the actions are about
from officeops_hr.hiring.checks import Assessment
from officeops_hr.hiring.interview import Interview, Scorecard
from officeops_hr.hiring.offer import Offer
from officeops_hr.hiring.score import InterviewScore
from officeops_hr.hiring.usual_lists import REFERENCES

if TYPE_CHECKING:
    from officeops import Action, Office

_OF: Final = "candidate_id = ?"
_A_FEW_DAYS: Final = timedelta(days=3)


@action("hr.candidate.ask-reference")
def ask_reference(
    office: Office,
    candidate: Candidate,
    name: str = param(example="Dr. Lee"),
    phone: str | None = param(kind="phone", default=None),
    relation: str | None = param(default=None, example="former supervisor"),
    owner: str = param(default="manager", help="Who calls: a login, a role or a name"),
) -> str:
    """Add a reference to call, with the same questions for all."""
    checklist = office.first(Checklist, "name = ?", REFERENCES)
    if checklist is None:
        cure = "officeops add-hiring-lists adds them"
        problem = Problem(f"has no reference questions; {cure}", "checklist", code="not-found")
        raise Refused([problem], "The office")
    who = ", ".join(filter(None, (name, relation, phone)))
    task = Task(
        title=f"Reference of {candidate.name}: {who}",
        due_on=office.calendar.next_open_day(office.today + _A_FEW_DAYS),
        owner=owner,
        about=Subject(candidate.meta.key, candidate.id),  # type: ignore[arg-type] # as a subject
        checklist_id=checklist.id,
    )
    added = office.add(task)
    return f"{added.human_key}: call {name}; `officeops task complete` takes the answers."


def _in_process(office: Office, candidate: Candidate) -> str | None:  # noqa: ARG001 - the signature
    if candidate.decided_on is None:
        return Reason(f"it is {candidate.stage}; decide first", code="wrong-state")
    return None


@action("hr.candidate.close-file", unless=_in_process, bulk=True, danger=True, reach="all")
def close_file(office: Office, candidate: Candidate) -> str:
    """Archive a candidate with all records of the process; `purge` destroys them in their time."""
    keep_until = office.text_of(candidate, "keep_until")
    for interview in list(office.all(Interview, _OF, candidate.id)):
        _archive_scores(office, interview)
        # Its cards go with it.
        office.archive(interview)
    for kind in (Assessment, Offer):
        for row in list(office.all(kind, _OF, candidate.id)):
            office.archive(row)
    office.archive(candidate)
    return f"{candidate.name} is archived; kept until {keep_until}."


def _archive_scores(office: Office, interview: Interview) -> None:
    for card in list(office.all(Scorecard, "interview_id = ?", interview.id)):
        for score in list(office.all(InterviewScore, "scorecard_id = ?", card.id)):
            office.archive(score)


ACTIONS: Final[list[Action[..., Any]]] = [ask_reference, close_file]
