"""Proposal: one row of a draft, a shift with who would have it; and a seat that stays open, with why."""

from __future__ import annotations

from typing import NamedTuple

from officeops_hr.roster.rules.shift import Shift as PlannedShift  # noqa: TC001 - the kind of a field


class Given(NamedTuple):
    """A shift with who has it, and who would have it instead; None is nobody."""

    shift: PlannedShift
    before: int | None
    after: int | None
    is_spare: bool = False


class Proposal(NamedTuple):
    """A shift before and after: its person, or nobody. A shift with the id 0 is a new one."""

    number: int
    shift: PlannedShift
    before: int | None
    after: int | None
    #: Rows that make no sense without each other have the same group: somebody leaves one for another.
    group: int = 0
    #: No rule needs the shift, so it goes with its person.
    is_spare: bool = False

    @property
    def what(self) -> str:
        """Say in a word what the row does: fill, replace, add, open, drop."""
        if self.after is None:
            return "drop" if self.is_spare else "open"
        if self.shift.id == 0:
            return "add"
        return "fill" if self.before is None else "replace"


class OpenSeat(NamedTuple):
    """A seat that the draft leaves open: the finding, and each person of the role with a reason."""

    shift: PlannedShift
    verdict: str
    reasons: tuple[str, ...] = ()
    rule: str = ""
