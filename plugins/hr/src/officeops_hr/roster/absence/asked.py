"""Asked: note whom somebody asked to cover a shift, and read what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import action, param
from officeops_hr.people.person import Person
from officeops_hr.roster.absence.cover_ask import ANSWERS, WAYS, CoverAsk

if TYPE_CHECKING:
    from officeops import Action, Office
    from officeops_hr.roster.shift import Shift


@action(
    "hr.shift.ask",
    label="Asked",
)
def ask(
    office: Office,
    shift: Shift,
    person_id: int = param(target="hr.person", help="Whom you asked"),
    answer: str = param(
        kind="choice",
        choices=ANSWERS,
        help="What they said",
    ),
    how: str = param(
        kind="choice",
        choices=WAYS,
        default="phone",
        help="How you asked",
    ),
) -> str:
    """Note whom you asked to cover a shift, and what they said."""
    note(
        office,
        shift.id,
        person_id,
        how=how,
        answer=answer,
    )
    name = office.get(Person, person_id).name
    return f"{name} was asked by {how.replace('_', ' ')}: {answer.replace('_', ' ')}."


def note(
    office: Office,
    shift_id: int,
    person_id: int,
    *,
    how: str,
    answer: str,
) -> None:
    """Add a line to the record of who was asked."""
    office.add(
        CoverAsk(
            shift_id=shift_id,
            person_id=person_id,
            asked_at=office.now(),
            asked_by=office.actor,
            how=how,
            answer=answer,
        )
    )


def asked_words(office: Office, shift_id: int) -> dict[int, str]:
    """Return what people said last of a shift, by person: `no answer, 07:05 by phone`."""
    # Later lines take the place of earlier ones: the last answer counts.
    words = {}
    for row in office.all(
        CoverAsk,
        "shift_id = ?",
        shift_id,
        order="asked_at, id",
    ):
        at = office.ways.clock(row.asked_at)
        how = f"{at:%H:%M} by {row.how.replace('_', ' ')}"
        words[row.person_id] = f"{row.answer.replace('_', ' ')}, {how}"
    return words


ACTIONS: Final[list[Action[..., Any]]] = [ask]
