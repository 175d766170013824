"""What people do with a shift: give it to somebody, and take it out of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops import Refused, action, param
from officeops.values.wording import listing
from officeops_hr.people.person import Person
from officeops_hr.roster.absence.asked import note
from officeops_hr.roster.absence.cover_ask import WAYS
from officeops_hr.roster.clock import span
from officeops_hr.roster.covering import answers
from officeops_hr.roster.rules.cover import CAN_BUT, CANNOT
from officeops_hr.roster.shift import Shift

if TYPE_CHECKING:
    from officeops import Action, Office
    from officeops_hr.roster.rules.cover import Answer


def _is_dropped(office: Office, shift: Shift) -> str | None:  # noqa: ARG001 - the hook's signature
    return "it was taken out of the plan" if shift.dropped else None


@action(
    "hr.shift.assign",
    means="move",
    label="Assign",
    unless=_is_dropped,
    screen="officeops_hr.roster.absence.cover_screen:cover_screen",
)
def assign(
    office: Office,
    shift: Shift,
    person_id: int = param(target="hr.person", help="Who takes it"),
    despite: str | None = param(
        default=None, help="Why, although a rule speaks against it", label="Despite"
    ),
    asked: str | None = param(
        kind="choice",
        choices=WAYS,
        default=None,
        help="How they said yes; it is noted",
    ),
    *,
    moves: bool = param(
        default=False, help="Also give the shift that they leave to who can take it"
    ),
) -> str:
    """Give a shift to somebody; the person who had it is free."""
    person = office.get(Person, person_id)
    answer = _answer(office, shift, person)
    _refuse(
        person,
        answer,
        despite=despite,
        moves=moves,
    )
    moved = _moved(office, person, answer)
    # Counted as a favor, for fairness: also where the seat was opened first.
    is_cover = shift.person_id is not None or shift.call_out_id is not None
    office.edit(
        shift,
        managed=True,
        person_id=person_id,
        origin="cover" if is_cover else shift.origin,
        # Without a doubt no reason is kept: it would read as if a rule had warned.
        despite=despite if answer.group == CAN_BUT else None,
    )
    if asked is not None:
        note(
            office,
            shift.id,
            person_id,
            how=asked,
            answer="yes",
        )
    return f"{person.name} has the shift of {shift.day:%a} {shift.day}{moved}."


def _refuse(
    person: Person,
    answer: Answer,
    *,
    despite: str | None,
    moves: bool,
) -> None:
    """Raise Refused for somebody who cannot work then, and for a doubt without its reason."""
    reasons = listing(list(answer.reasons))
    if answer.group == CANNOT:
        raise Refused(f"{person.name} cannot work then: {reasons}.", code="not-allowed-here")
    refuse_doubt(person, answer, despite)
    if answer.move is not None and not moves:
        raise Refused(
            f"{person.name} can work then, but {reasons}. Say yes to both with --moves.",
            code="needed",
        )


def refuse_doubt(
    person: Person,
    answer: Answer,
    despite: str | None,
) -> None:
    """Raise Refused where a rule warns of somebody and nobody says why they take the shift."""
    if answer.group == CAN_BUT and not despite:
        reasons = listing(list(answer.reasons))
        raise Refused(
            f"{person.name} can work then, but: {reasons}. Say why you want it with --despite.",
            code="needed",
        )


def _moved(
    office: Office,
    person: Person,
    answer: Answer,
) -> str:
    """Give the shift in the way to who can take it; return the words about it."""
    move = answer.move
    if move is None:
        return ""
    # First: nobody is in two places, not even for a moment.
    office.edit(
        office.get(Shift, move.shift.id),
        managed=True,
        person_id=move.to,
        origin="cover",
        despite=None,
    )
    hours = span(move.shift.start, move.shift.end)
    return f", and {move.name} has the {hours} of {person.name}"


def _answer(
    office: Office,
    shift: Shift,
    person: Person,
) -> Answer:
    for answer in answers(office, shift):
        if answer.person == person.id:
            return answer
    why = "has it already" if shift.person_id == person.id else "does not work here then"
    raise Refused(f"{person.name} {why}.", code="not-allowed-here")


@action("hr.shift.open", label="Open the seat", unless=_is_dropped)
def open_seat(office: Office, shift: Shift) -> str:
    """Take a shift from its person, so that it is an open seat."""
    if shift.person_id is None:
        raise Refused("Nobody has the shift.", code="nothing-to-do")
    name = office.label(Person, shift.person_id)
    office.edit(
        shift,
        managed=True,
        person_id=None,
        despite=None,
    )
    return f"The shift of {name} on {shift.day:%a} {shift.day} is open."


@action(
    "hr.shift.drop",
    label="Drop",
    unless=_is_dropped,
)
def drop(office: Office, shift: Shift) -> str:
    """Take a shift out of the plan; its pattern does not bring it back."""
    office.edit(shift, managed=True, dropped=True)
    return f"The shift of {shift.day:%a} {shift.day} is out of the plan."


ACTIONS: Final[list[Action[..., Any]]] = [assign, open_seat, drop]
