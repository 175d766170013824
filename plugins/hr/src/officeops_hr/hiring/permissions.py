"""Who may do what in hiring, by default: a manager hires, and interviewers give their cards.

The view of candidates is everybody's, by scope: it reaches those whom one interviews, and all for
a manager. Pay of openings and offers is for HR and the owner.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOUNS: Final = {
    "opening": "openings",
    "candidate": "candidates",
    "interview": "interviews",
    "scorecard": "interviewers",
    "interview-kit": "interview kits",
    "assessment": "tests of candidates",
    "offer": "offers",
    "decline-reason": "reasons of decisions",
    "off-limits-topic": "topics not to ask about",
    "boarding-step": "steps of first and last days",
    "final-pay-rule": "rules of final pay",
}
_STEPS: Final = (
    Permission("hr.opening.post", "Say that an opening is posted.", "manage"),
    Permission("hr.opening.fill", "Say that an opening is filled.", "manage"),
    Permission("hr.opening.close", "Close an opening.", "manage"),
    Permission("hr.candidate.screen", "Say that a candidate meets the needs.", "manage"),
    Permission("hr.candidate.interview", "Take a candidate to the interviews.", "manage"),
    Permission("hr.candidate.assess", "Take a candidate to the tests.", "manage"),
    Permission(
        "hr.candidate.check-references", "Take a candidate to the reference checks.", "manage"
    ),
    Permission("hr.candidate.ask-reference", "Add a reference to call.", "manage"),
    Permission("hr.candidate.offer", "Offer a candidate the job.", "manage"),
    Permission("hr.candidate.accept", "Say that an offer was accepted.", "manage"),
    Permission("hr.candidate.decline", "Say that an offer was declined.", "manage"),
    Permission("hr.candidate.reject", "Turn a candidate down.", "manage"),
    Permission("hr.candidate.withdraw", "Say that a candidate withdrew.", "manage"),
    Permission("hr.candidate.reconsider", "Take a candidate up again.", "manage"),
    Permission("hr.candidate.close-file", "Archive a candidate with all records.", "manage"),
    Permission("hr.candidate.hire", "Make a candidate a person of the practice.", "manage"),
    Permission("hr.scorecard.give", "Give one's own scorecard.", "work"),
    Permission("hr.offer.view", "See offers; their pay takes more.", "manage"),
    Permission("hr.add-hiring-lists", "Add the usual lists of hiring.", "manage"),
    Permission("hr.hiring.open", "Open the board of candidates.", "read"),
    Permission("hr.interview-score.view", "See scores, as far as they are open.", "read"),
    Permission("hr.person.onboard", "Write the checklist of a first day.", "manage"),
    Permission("hr.person.offboard", "Write the checklist of a last day.", "manage"),
    Permission("hr.boarding.move", "Move a checklist to another day.", "manage"),
    Permission("hr.add-boarding-steps", "Add the usual steps of first and last days.", "manage"),
)


def permissions() -> Iterator[Permission]:
    """Yield the permissions with their levels."""
    for noun, words in _NOUNS.items():
        for verb in ("add", "edit"):
            yield Permission(f"hr.{noun}.{verb}", f"{verb.capitalize()} {words}.", "manage")
    yield from _STEPS
