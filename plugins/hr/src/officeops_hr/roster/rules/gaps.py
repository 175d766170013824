"""Gaps: the times of a day at which a rule of coverage is broken, one for each stretch.

The sweep goes from edge to edge of shifts and rules, between which nothing changes. Tests compare
it with a count minute by minute.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

from officeops_hr.roster.rules.coverage import SEVERITIES
from officeops_hr.roster.rules.shift import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
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

    def is_present(
        self,
        shift: Shift,
        day: date,
    ) -> bool:
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
    tallies = _swept(
        day,
        shifts,
        rules,
        facts,
        closings,
    )
    # Also those that other rules cover: two rules may each be short of one person.
    stretches = [piece for tally in tallies for piece in tally.pieces if piece.is_broken]
    return sorted(stretches, key=_order)


def levels(
    day: date,
    shifts: Iterable[Shift],
    rule: Coverage,
    facts: Facts,
    closings: Sequence[Closing] = (),
) -> list[Gap]:
    """Return the stretches of a day with what a rule has and needs, also where nothing is lacking."""
    tallies = _swept(
        day,
        shifts,
        [rule],
        facts,
        closings,
    )
    return [piece for tally in tallies for piece in tally.pieces]


def _swept(
    day: date,
    shifts: Iterable[Shift],
    rules: Iterable[Coverage],
    facts: Facts,
    closings: Sequence[Closing],
) -> list[_Tally]:
    """Go through a day once for all rules, from edge to edge."""
    tallies = [
        _Tally(
            day,
            rule,
            facts,
            closings,
        )
        for rule in rules
        if rule.counts_on(day)
    ]
    events: dict[int, list[tuple[Shift, int]]] = defaultdict(list)
    for shift in shifts:
        if _comes(
            shift,
            day,
            facts,
        ):
            start, end = shift.minutes_of(day)
            events[start].append((shift, 1))
            events[end].append((shift, -1))
    edges = set(events)
    for tally in tallies:
        edges |= tally.edges
    # Between two edges nothing changes, so each event is counted once and never looked for again.
    for start, end in pairwise(sorted(edges)):
        for shift, by in events.get(start, ()):
            for tally in tallies:
                tally.count(shift, by)
        for tally in tallies:
            tally.look(start, end)
    return tallies


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


class _Tally:
    """One rule on a day: who counts for it at the moment, and its stretches up to there."""

    def __init__(
        self,
        day: date,
        rule: Coverage,
        facts: Facts,
        closings: Sequence[Closing],
    ) -> None:
        self._day, self._rule, self._facts = day, rule, facts
        self._closed = [closing for closing in closings if _closes(closing, rule)]
        self.edges = {rule.start, rule.end}
        for closing in self._closed:
            self.edges |= {closing.start, closing.end}
        # Somebody may have two shifts at once, and is one person.
        self._counted: dict[int, int] = {}
        self._others: dict[int, int] = {}
        self.pieces: list[Gap] = []

    def count(
        self,
        shift: Shift,
        by: int,
    ) -> None:
        """Note that a shift begins (1) or ends (-1)."""
        rule, person = self._rule, shift.person
        if person is None or (rule.place is not None and rule.place != shift.place):
            return
        if rule.takes(shift) and self._holds(person):
            _add(
                self._counted,
                person,
                by,
            )
        if rule.depends_on(shift):
            _add(
                self._others,
                person,
                by,
            )

    def _holds(self, person: int) -> bool:
        needed = self._rule.credentials
        return not needed or self._facts.holds(
            person,
            needed,
            self._day,
        )

    def look(
        self,
        start: int,
        end: int,
    ) -> None:
        """Note what the rule has and needs until the next edge; equal neighbors are one stretch."""
        rule = self._rule
        if not rule.start <= start < rule.end or self._is_closed(start):
            return
        have, need = len(self._counted), rule.needed_beside(len(self._others))
        piece = Gap(
            self._day,
            start,
            end,
            rule,
            have,
            need,
        )
        last = self.pieces[-1] if self.pieces else None
        if last and last.goes_on_as(piece):
            self.pieces[-1] = last._replace(end=end)
        else:
            self.pieces.append(piece)

    def _is_closed(self, minute: int) -> bool:
        return any(closing.start <= minute < closing.end for closing in self._closed)


def _add(
    people: dict[int, int],
    person: int,
    by: int,
) -> None:
    shifts = people.get(person, 0) + by
    if shifts:
        people[person] = shifts
    else:
        people.pop(person, None)


def _closes(closing: Closing, rule: Coverage) -> bool:
    # A rule for all places goes on while one of them is closed.
    return closing.place is None or closing.place == rule.place
