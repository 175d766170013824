"""Gaps: the times of a day at which a rule of coverage is broken, one for each stretch.

The sweep goes from edge to edge of shifts and rules, between which nothing changes. Tests compare
it with a count minute by minute.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

from officeops_hr.roster.rules.coverage import SEVERITIES
from officeops_hr.roster.rules.shift import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from officeops_hr.roster.rules.coverage import Coverage
    from officeops_hr.roster.rules.shift import Shift


class Closing(NamedTuple):
    """Minutes of a day at which a place is closed, and needs nobody."""

    place: int | None
    start: int = 0
    end: int = DAY


class Facts(Protocol):
    """The facts about people on a day."""

    def is_present(self, shift: Shift, day: date) -> bool:
        """Whether somebody with a shift comes and may work in its role: no leave, nothing expired."""
        ...

    def holds(
        self,
        person: int,
        credentials: frozenset[int],
        day: date,
    ) -> bool:
        """Whether somebody holds all of these credentials, current on the day."""
        ...


class Gap(NamedTuple):
    """A stretch of a day with `have` people where a rule wants `need`."""

    on: date
    start: int
    end: int
    rule: Coverage
    have: int
    need: int

    @property
    def is_broken(self) -> bool:
        """Whether the stretch is a gap at all: `levels` has others too."""
        return self.rule.is_broken(self.have, self.need)

    def goes_on_as(self, piece: Gap) -> bool:
        """Whether a later piece of the same rule touches it and lacks the same."""
        if self.end != piece.start:
            return False
        return self.have == piece.have and self.need == piece.need


def gaps(
    day: date,
    shifts: Iterable[Shift],
    rules: Iterable[Coverage],
    facts: Facts,
    closings: Sequence[Closing] = (),
) -> list[Gap]:
    """Return the gaps of a day, the worst and then the earliest first.

    `shifts` are those that begin on the day, and those of the day before that end on it.
    """
    present = [shift for shift in shifts if _comes(shift, day, facts)]
    stretches: list[Gap] = []
    for rule in rules:
        pieces = _of_rule(day, rule, present, facts, closings)
        stretches += _joined(piece for piece in pieces if piece.is_broken)
    return sorted(stretches, key=_order)


def levels(
    day: date,
    shifts: Iterable[Shift],
    rule: Coverage,
    facts: Facts,
    closings: Sequence[Closing] = (),
) -> list[Gap]:
    """Return the stretches of a day with what a rule has and needs, also where nothing is lacking."""
    present = [shift for shift in shifts if _comes(shift, day, facts)]
    return _joined(_of_rule(day, rule, present, facts, closings))


def _order(gap: Gap) -> tuple[int, int, int]:
    return SEVERITIES.index(gap.rule.severity), gap.start, gap.rule.id


def _comes(
    shift: Shift,
    day: date,
    facts: Facts,
) -> bool:
    if shift.person is None or not shift.is_work:
        return False
    return facts.is_present(shift, day)


def _of_rule(
    day: date,
    rule: Coverage,
    present: Sequence[Shift],
    facts: Facts,
    closings: Sequence[Closing],
) -> Iterator[Gap]:
    """Yield the pieces of a day at which one rule counts, not yet joined."""
    if not rule.counts_on(day):
        return
    here = [shift for shift in present if _is_at(rule, shift.place)]
    closed = [closing for closing in closings if _closes(closing, rule)]
    for start, end in pairwise(_edges(day, rule, here, closed)):
        if _is_closed(closed, start):
            continue
        at_work = [shift for shift in here if _covers(shift, day, start)]
        have = len(_counted(rule, at_work, day, facts))
        yield Gap(day, start, end, rule, have, rule.needed(at_work))


def _edges(
    day: date,
    rule: Coverage,
    shifts: Iterable[Shift],
    closed: Iterable[Closing],
) -> list[int]:
    """Return the minutes within a rule at which anything changes, its start and end included."""
    edges = {rule.start, rule.end}
    for shift in shifts:
        edges.update(shift.minutes_of(day))
    for closing in closed:
        edges |= {closing.start, closing.end}
    return sorted(edge for edge in edges if rule.start <= edge <= rule.end)


def _is_closed(closed: Iterable[Closing], minute: int) -> bool:
    return any(closing.start <= minute < closing.end for closing in closed)


def _covers(
    shift: Shift,
    day: date,
    minute: int,
) -> bool:
    start, end = shift.minutes_of(day)
    return start <= minute < end


def _is_at(rule: Coverage, place: int) -> bool:
    return rule.place is None or rule.place == place


def _closes(closing: Closing, rule: Coverage) -> bool:
    # A rule for all places goes on while one of them is closed.
    return closing.place is None or closing.place == rule.place


def _counted(
    rule: Coverage,
    at_work: Iterable[Shift],
    day: date,
    facts: Facts,
) -> set[int]:
    """Return the people that a rule counts; somebody in training fills no seat."""
    people: set[int] = set()
    for shift in at_work:
        if shift.person is None or not rule.takes(shift):
            continue
        if not rule.credentials or facts.holds(shift.person, rule.credentials, day):
            people.add(shift.person)
    return people


def _joined(pieces: Iterable[Gap]) -> list[Gap]:
    """Join pieces that touch and lack the same: a manager reads one line for a gap."""
    joined: list[Gap] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.goes_on_as(piece):
            joined[-1] = last._replace(end=piece.end)
        else:
            joined.append(piece)
    return joined
