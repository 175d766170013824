"""The action of skills: record that several people were watched at once."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - the kind of a parameter
from typing import TYPE_CHECKING, Any, Final

from officeops import Outcome, action, choice, param
from officeops.values import wording
from officeops_hr.people.person import Person
from officeops_hr.skills.competence import LEVELS, Competence
from officeops_hr.skills.skill import Skill
from officeops_hr.training.recording import people_named

if TYPE_CHECKING:
    from officeops import Action, Office

#: The levels of people who may say that somebody else does a skill.
_SIGNING: Final = frozenset({"alone", "teaches"})
_OWN_LEVEL: Final = """
SELECT level FROM hr_competence
WHERE person_id = ? AND skill_id = ? AND observed_on <= ? AND archived_at IS NULL
ORDER BY observed_on DESC, id DESC LIMIT 1
"""


@action("hr.record-competence", beside=("hr.competence", "hr.skill"))
def record_competence(
    office: Office,
    skill_id: int = param(target="hr.skill", example="Phlebotomy"),
    people: str = param(help="Names or numbers with commas", example="P-1, P-2"),
    level: str = choice(*LEVELS, default="alone"),
    observer_id: int | None = param(
        target="hr.person",
        default=None,
        help="Who watched",
    ),
    outside_observer: str | None = param(default=None, help="Or somebody from outside"),
    on: date = param(default=lambda office: office.today, help="The day"),  # noqa: B008 - declared once
) -> str:
    """Record at which level people do a skill."""
    watched = people_named(office, people)
    for person in watched:
        office.add(
            Competence(
                person_id=person,
                skill_id=skill_id,
                level=level,
                observed_on=on,
                observer_id=observer_id,
                outside_observer=outside_observer,
            )
        )
    name = office.label(Skill, skill_id)
    level_words = level.replace("_", " ")
    said = f"{name}: {wording.count(len(watched), 'person')} {level_words}, watched on {on}."
    return said + _of_observer(office, observer_id, skill_id, on)


@action("hr.competence.observe", means="renew", label="Watched again")
def observe(
    office: Office,
    competence: Competence,
    observer_id: int | None = param(
        target="hr.person",
        default=None,
        help="Who watched",
    ),
    outside_observer: str | None = param(default=None, help="Or somebody from outside"),
    level: str | None = choice(
        *LEVELS,
        default=None,
        help="Blank: as before",
    ),
    on: date = param(default=lambda office: office.today, help="The day"),  # noqa: B008 - likewise
) -> Outcome:
    """Record that the person was watched again; the observation before stays."""
    # Another row: the one before stays true of its own day.
    again = office.add(
        Competence(
            person_id=competence.person_id,
            skill_id=competence.skill_id,
            level=level or competence.level,
            observed_on=on,
            observer_id=observer_id,
            outside_observer=outside_observer,
        )
    )
    name = office.label(Skill, competence.skill_id)
    said = f"{name}: {again.level.replace('_', ' ')}, watched on {on}."
    return Outcome(again, said + _of_observer(office, observer_id, again.skill_id, on))


def _of_observer(
    office: Office,
    observer_id: int | None,
    skill_id: int,
    on: date,
) -> str:
    """Return a remark where the colleague who watched does not do the skill alone themselves.

    The first colleague who learns a skill has nobody here to watch them, so it is no refusal.
    """
    if observer_id is None:
        return ""
    level = office.value(_OWN_LEVEL, observer_id, skill_id, on.isoformat())
    if level in _SIGNING:
        return ""
    name = office.label(Person, observer_id)
    return f" Nobody has recorded that {name} does it alone: a person who does should watch."


ACTIONS: Final[list[Action[..., Any]]] = [record_competence, observe]
