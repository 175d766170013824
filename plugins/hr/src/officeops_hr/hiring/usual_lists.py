"""The usual reasons, topics, kit and reference questions: suggestions that an office edits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Checklist, ChecklistItem, action
from officeops.values import wording
from officeops_hr.hiring.kit import InterviewKit, KitQuestion
from officeops_hr.hiring.reasons import DeclineReason, OffLimitsTopic
from officeops_hr.usual_rows import add_missing

if TYPE_CHECKING:
    from officeops import Action, Office

#: The checklist of a reference check: its answers are the core's, on a task about the candidate.
REFERENCES: Final = "Reference check"
_QUESTIONS: Final = (
    "How do you know them, and from when to when?",
    "What did they work as?",
    "What did they do well?",
    "What would have made them better?",
    "Would you work with them again?",
)
_KIT: Final = "Everybody"
_COMPETENCIES: Final = (
    ("Patient focus", "Tell me of an upset patient, and what you did.", 3),
    ("Accuracy", "Tell me of a mistake that you caught.", 2),
    ("Teamwork", "Tell me of a day on which a colleague needed help.", 2),
    ("Reliability", "How do you see to it that the office opens on time?", 1),
)


def add_lists(office: Office) -> int:
    """Add what the office has none of, in an action; return how many rows."""
    package = "officeops_hr.hiring"
    added = add_missing(office, DeclineReason, package, "decline_reasons.csv", by="name")
    added += add_missing(office, OffLimitsTopic, package, "off_limits_topics.csv", by="topic")
    return len(added) + _add_kit(office) + _add_references(office)


def _add_kit(office: Office) -> int:
    if office.first(InterviewKit, "1") is not None:
        return 0
    kit = office.add(InterviewKit(name=_KIT))
    for competency, question, weight in _COMPETENCIES:
        row = KitQuestion(
            kit_id=kit.id,
            competency=competency,
            question=question,
            weight=weight,
        )
        office.add(row)
    return 1


def _add_references(office: Office) -> int:
    if office.first(Checklist, "name = ?", REFERENCES) is not None:
        return 0
    checklist = office.add(Checklist(name=REFERENCES))
    for place, text in enumerate(_QUESTIONS):
        item = ChecklistItem(
            checklist_id=checklist.id,
            text=text,
            type="text",
            position=place,
        )
        office.add(item)
    return 1


@action("hr.add-hiring-lists", beside=("hr.decline-reason", "hr.interview-kit", "hr.opening"))
def add_hiring_lists(office: Office) -> str:
    """Add the usual lists of hiring.

    They are reasons, topics not to ask about, a kit, and questions for references.
    """
    added = add_lists(office)
    if not added:
        return "All of the usual lists of hiring are there."
    rows = wording.count(added, "row")
    return f"{rows} added: reasons, topics not to ask about, a kit, reference questions."


ACTIONS: Final[list[Action[..., Any]]] = [add_hiring_lists]
