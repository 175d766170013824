"""Who may do what with training, skills and policies, by default.

Everybody sees their own, a lead the team's and a manager all. A manager records training and
observed skills: nobody certifies themselves. Policies are for everybody to read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOUNS: Final = {
    "training": "trainings",
    "training-topic": "topics of training",
    "training-session": "sessions of training",
    "skill": "skills",
    "competence": "observed skills",
    "policy": "policies",
    "policy-version": "versions of policies",
    "acknowledgment": "what people have read",
}
_STEPS: Final = (
    # A lead does not record: a training is a proof for inspectors.
    Permission("hr.record-training", "Record a session of training.", "manage"),
    Permission("hr.training-session.invite", "Put people on the list of a session.", "manage"),
    Permission("hr.training-session.complete", "Record who came to a session.", "manage"),
    Permission("hr.person.trained", "Record that one person was trained.", "manage"),
    # Of whom one sees anything, the scope decides.
    Permission("hr.training.due.open", "See which training is due.", "read"),
    Permission("hr.record-competence", "Record that people were watched at a skill.", "manage"),
    Permission("hr.competence.observe", "Record that somebody was watched again.", "manage"),
    Permission("hr.skill.matrix.open", "See who does what at which level.", "read"),
    Permission("hr.skill.cover.open", "See who can do a skill alone.", "read"),
    # A policy is needed by the person at the sink.
    Permission("hr.policy.find.open", "Find policies by their words.", "read"),
    Permission("hr.policy.unread.open", "See who has not read which policy.", "read"),
    Permission("hr.policy.issue", "Issue a version of a policy.", "manage"),
    Permission("hr.policy.review", "Say that a policy was reviewed.", "manage"),
    # Everybody may say that they have read something, for themselves.
    Permission("hr.policy.acknowledge", "Confirm that you have read a policy.", "read"),
    Permission("hr.policy.record-readers", "Record that people read a policy.", "manage"),
    Permission("hr.add-training-topics", "Add the usual topics of training.", "manage"),
)


def permissions() -> Iterator[Permission]:
    """Yield the permissions with their levels."""
    for noun, words in _NOUNS.items():
        for verb in ("add", "edit"):
            yield Permission(f"hr.{noun}.{verb}", f"{verb.capitalize()} {words}.", "manage")
    yield from _STEPS
