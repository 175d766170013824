"""Changes: what differs between two states of a week, and whom it concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from officeops_hr.roster.rules.shift import Shift

#: What may differ in a shift that is in both states, in the order in which the message has it.
_ASPECTS: Final = (
    ("person", ("person",)),
    ("time", ("on", "start", "end", "pause")),
    ("role", ("role",)),
    ("place", ("place", "room")),
    ("kind", ("kind", "is_trainee")),
)


class Change(NamedTuple):
    """A shift before and after; None is no shift. `kinds` are new, gone, or what differs."""

    kinds: tuple[str, ...]
    #: The shift as it is now, or as it was if it is gone.
    shift: Shift
    before: Shift | None = None
    after: Shift | None = None

    @property
    def on(self) -> date:
        """Return the day of the shift."""
        return self.shift.on

    @property
    def people(self) -> list[int]:
        """Return whom it concerns: who had the shift, and who has it now."""
        people = []
        for shift in (self.before, self.after):
            if shift is not None and shift.person is not None and shift.person not in people:
                people.append(shift.person)
        return people


def changes(before: Iterable[Shift], after: Iterable[Shift]) -> list[Change]:
    """Return what differs, by day and time; shifts are the same by their id."""
    old = {shift.id: shift for shift in before}
    new = {shift.id: shift for shift in after}
    found = []
    for number in sorted(old.keys() | new.keys()):
        change = _change(old.get(number), new.get(number))
        if change is not None:
            found.append(change)
    return sorted(found, key=_order)


def _change(before: Shift | None, after: Shift | None) -> Change | None:
    if after is None:
        return Change(("gone",), before, before) if before else None
    if before is None:
        return Change(("new",), after, after=after)
    kinds = []
    for kind, names in _ASPECTS:
        if any(getattr(before, name) != getattr(after, name) for name in names):
            kinds.append(kind)
    return Change(tuple(kinds), after, before, after) if kinds else None


def _order(change: Change) -> tuple[object, int, int]:
    shift = change.shift
    return shift.on, shift.start, shift.id
