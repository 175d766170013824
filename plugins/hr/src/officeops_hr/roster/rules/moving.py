"""Moving: where nobody can take a shift, who could if somebody else took theirs of that time.

A chain of two: more moves than that, nobody asks for on the phone at six.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops_hr.roster.clock import span
from officeops_hr.roster.rules.cover import (
    CAN,
    CANNOT,
    MOVING,
    Answer,
    Move,
    answer,
    in_order,
    who_can,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops_hr.roster.rules.cover import Candidate, Known
    from officeops_hr.roster.rules.limits import Limits
    from officeops_hr.roster.rules.shift import Shift


def who_can_or_moves(
    shift: Shift,
    candidates: Sequence[Candidate],
    known: Known,
    limits: Limits,
) -> list[Answer]:
    """Return everybody's answer; where nobody can, with people who can once theirs is given away."""
    answers = who_can(
        shift,
        candidates,
        known,
        limits,
    )
    if any(one.group == CAN for one in answers):
        return answers
    by_person = {candidate.person: candidate for candidate in candidates}
    moved = []
    for one in answers:
        way = None
        if one.group == CANNOT:
            way = _moved(
                shift,
                by_person[one.person],
                candidates,
                known,
                limits,
            )
        moved.append(way or one)
    return in_order(moved)


def _moved(
    shift: Shift,
    candidate: Candidate,
    candidates: Sequence[Candidate],
    known: Known,
    limits: Limits,
) -> Answer | None:
    """Return somebody's answer without the one shift in the way, if somebody else can take that."""
    in_the_way = [own for own in candidate.shifts if shift.clashes(own)]
    # Two of them would be two calls more, and a move that leaves a doubt is no way out.
    if len(in_the_way) != 1:
        return None
    freed = in_the_way[0]
    others = tuple(own for own in candidate.shifts if own != freed)
    free = answer(
        shift,
        candidate._replace(shifts=others),
        known,
        limits,
    )
    if free.group != CAN:
        return None
    takers = who_can(
        freed,
        [one for one in candidates if one.person != candidate.person],
        known,
        limits,
    )
    if not takers or takers[0].group != CAN:
        return None
    taker = takers[0]
    words = f"leaves their {span(freed.start, freed.end)} to {taker.name}"
    return free._replace(
        group=MOVING,
        reasons=(words,),
        move=Move(
            freed,
            taker.person,
            taker.name,
        ),
    )
