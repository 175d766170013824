"""Differences: what becomes of the shifts of one cell when people type others into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops_hr.roster.hours.break_default import BreakDefault
    from officeops_hr.roster.rules.shift import Shift
    from officeops_hr.roster.week.cell_text import Wanted
    from officeops_hr.roster.week.templates import Template


class Difference(NamedTuple):
    """The shifts of a cell that stay, change, come and go."""

    kept: list[Shift]
    edited: list[tuple[Shift, Shift]]
    added: list[Shift]
    dropped: list[Shift]

    @property
    def after(self) -> list[Shift]:
        """The shifts as they will be."""
        return [*self.kept, *(new for _, new in self.edited), *self.added]

    @property
    def changed(self) -> list[Shift]:
        """The shifts that are new or different."""
        return [*(new for _, new in self.edited), *self.added]


class UsualBreak(NamedTuple):
    """Unpaid minutes that nobody typed, and where they are from; blank for the shift's own."""

    minutes: int
    words: str = ""


def difference(before: Sequence[Shift], after: Sequence[Shift]) -> Difference:
    """Return how a cell gets from some shifts to others.

    One shift that becomes another is edited, so that its pattern and its publication know it.
    Several are dropped and added: edited one by one, they would clash on the way.
    """
    # Taken out one by one: two open seats may have the same times.
    left, kept, new = list(before), [], []
    for shift in after:
        same = next((old for old in left if _is_same(old, shift)), None)
        if same is None:
            new.append(shift)
        else:
            left.remove(same)
            kept.append(same)
    if len(left) == 1 and new:
        old, first = left[0], new[0]
        # Somebody in training goes on learning at other times, and in the same room.
        room = first.room or old.room
        goes_on = first._replace(id=old.id, is_trainee=old.is_trainee, room=room)
        return Difference(
            kept,
            [(old, goes_on)],
            new[1:],
            [],
        )
    return Difference(
        kept,
        [],
        new,
        left,
    )


def _is_same(old: Shift, new: Shift) -> bool:
    # Nobody takes somebody out of a room by leaving its word out.
    stays = new.room in {None, old.room}
    return stays and _typed(old) == _typed(new)


def _typed(shift: Shift) -> Shift:
    """Return what people type of a shift: its room and the training are kept beside the text."""
    return shift._replace(id=0, is_trainee=False, room=None)


def usual_break(
    wanted: Wanted,
    before: Sequence[Shift],
    templates: Sequence[Template],
    otherwise: BreakDefault,
) -> UsualBreak:
    """Return the unpaid minutes of a typed shift of which nobody typed them.

    They are those of the shift with its times, of the template with its times, of the one shift
    that it takes the place of, or else the office's. A shift that is no longer than the rule on
    breaks says has none.
    """
    for shift in before:
        if (shift.start, shift.end) == (wanted.start, wanted.end):
            return UsualBreak(shift.pause)
    for template in templates:
        if (template.start, template.end) == (wanted.start, wanted.end):
            return UsualBreak(template.unpaid)
    if wanted.end - wanted.start <= otherwise.after:
        return UsualBreak(0)
    if len(before) == 1 and before[0].pause:
        return UsualBreak(before[0].pause, "as before")
    return UsualBreak(otherwise.minutes, otherwise.words)
