"""Who may do what with supervision, by default.

A lead writes about the team, HR keeps discipline, and each person signs and reads their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator

_VERBS: Final = ("add", "edit", "archive", "unarchive", "import", "export")
#: What leads write; they reach the team alone, and managers everybody who reports to them.
_BY_LEAD: Final = {
    "one-to-one": "one-to-ones",
    "goal": "goals",
    "review": "reviews",
    "recognition": "recognitions",
}
_STEPS: Final = (
    Permission("hr.one-to-one.follow-up", "Say that one came back to a one-to-one.", "lead"),
    # Without the level their reach has: a person works on their own goals.
    Permission("hr.goal.progress", "Say how far a goal is.", "work"),
    Permission("hr.goal.reach", "Say that a goal is reached.", "lead"),
    Permission("hr.goal.drop", "Give a goal up.", "lead"),
    Permission("hr.goal.resume", "Take a goal up again.", "lead"),
    Permission("hr.review.answer", "Answer the questions of a review.", "lead"),
    Permission("hr.review.share", "Sign and share a review.", "lead"),
    # The guard of the step asks for the person whom the review is about.
    Permission("hr.review.sign", "Sign one's own review.", "work"),
    Permission("hr.list-to-sign", "Say what waits for one's own signature.", "work"),
    Permission("hr.review.sign-on-paper", "Say that the person signed on paper.", "lead"),
    Permission("hr.review.sign-beside", "Have the person sign with their PIN.", "lead"),
    Permission("hr.review.refuse", "Say that a person does not sign.", "lead"),
    Permission("hr.review.recall", "Take a shared review back.", "lead"),
    Permission("hr.review-comment.view", "Read comments of shared reviews.", "read"),
    # Who comments writes a sealed field, which needs the right to edit it.
    Permission("hr.review-comment.edit", "Comment on one's own review.", "work"),
    # Level `read`, as the scope gives each person their own rows alone.
    Permission("hr.discipline.view", "See one's own discipline.", "read"),
    Permission("hr.discipline.deliver", "Sign and deliver discipline.", "sensitive"),
    Permission("hr.discipline.follow-up", "Say that one came back to discipline.", "sensitive"),
    Permission("hr.discipline.sign", "Sign one's own discipline.", "work"),
    Permission("hr.discipline.sign-on-paper", "Say that the person signed on paper.", "sensitive"),
    Permission("hr.discipline.sign-beside", "Have the person sign with their PIN.", "sensitive"),
    Permission("hr.discipline.refuse", "Say that a person refused to sign.", "sensitive"),
    Permission("hr.discipline.withdraw", "Take discipline back.", "sensitive"),
    Permission("hr.discipline-statement.view", "Read statements of discipline.", "read"),
    Permission("hr.discipline-statement.edit", "Give a statement on one's own discipline.", "work"),
)


def permissions() -> Iterator[Permission]:
    """Yield the permissions with their levels."""
    for noun, words in _BY_LEAD.items():
        for verb in ("add", "edit", "archive", "unarchive"):
            yield Permission(f"hr.{noun}.{verb}", f"{verb.capitalize()} {words}.", "lead")
    for verb in ("add", "edit", "archive", "unarchive"):
        # What all reviews ask is no single lead's to change.
        help_text = f"{verb.capitalize()} questions of reviews."
        yield Permission(f"hr.review-question.{verb}", help_text, "manage")
    for verb in _VERBS:
        yield Permission(f"hr.discipline.{verb}", f"{verb.capitalize()} discipline.", "sensitive")
    yield from _STEPS
