"""Coverage: half-days by rules, each as have and need, and every gap with who could fill it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from officeops.values import wording
from officeops_hr.roster.rules.cover import CAN, CAN_BUT, MOVING
from officeops_hr.roster.rules.shift import DAY, Shift

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from officeops_hr.roster.rules.cover import Answer
    from officeops_hr.roster.rules.gaps import Gap
    from officeops_hr.roster.week.typed_week import TypedWeek

_NOON: Final = 720
#: The halves of a day, by the minutes they begin and end.
HALVES: Final = {"AM": (0, _NOON), "PM": (_NOON, DAY)}
#: As many people as a line has room for.
_NAMED: Final = 3


class CoverageLine(NamedTuple):
    """A rule with its worst stretch of each half-day; a half-day without it needs nothing."""

    name: str
    levels: Mapping[tuple[date, str], Gap]

    def text(
        self,
        day: date,
        half: str,
    ) -> str:
        """Return have and need, as 1/2; blank where nothing is needed."""
        level = self.levels.get((day, half))
        return f"{level.have}/{level.need}" if level else ""


def coverage_lines(week: TypedWeek) -> list[CoverageLine]:
    """Return a line for each rule, in the office's order."""
    lines = []
    for rule in week.week.plan.rules:
        levels: dict[tuple[date, str], Gap] = {}
        for day in week.week.days:
            pieces = week.levels(
                day,
                rule.rule(),
            )
            levels.update(
                _by_half(
                    day,
                    pieces,
                )
            )
        lines.append(
            CoverageLine(
                rule.name,
                levels,
            )
        )
    return lines


def _by_half(day: date, pieces: Sequence[Gap]) -> Iterator[tuple[tuple[date, str], Gap]]:
    for half, (start, end) in HALVES.items():
        within = [piece for piece in pieces if piece.start < end and start < piece.end]
        # Where nobody is needed, a dash says less than an empty cell.
        counting = [piece for piece in within if piece.need or piece.is_broken]
        if counting:
            yield (
                (day, half),
                max(
                    counting,
                    key=_shortage,
                ),
            )


def _shortage(piece: Gap) -> int:
    lacking = piece.need - piece.have
    return -lacking if piece.rule.kind == "most" else lacking


def seat_of(week: TypedWeek, gap: Gap) -> Shift | None:
    """Return a gap as a shift that somebody could take; None of a rule that names no role."""
    if gap.rule.role is None or gap.rule.kind == "most":
        return None
    return Shift(
        id=0,
        person=None,
        on=gap.on,
        start=gap.start,
        end=gap.end,
        role=gap.rule.role,
        place=week.week.place,
    )


def who_words(week: TypedWeek, gap: Gap) -> str:
    """Return who could fill a gap, or who could but should not; blank of a rule without a role."""
    seat = seat_of(
        week,
        gap,
    )
    if seat is None:
        return ""
    answers = week.answers(seat)
    can = [one.name for one in answers if one.group == CAN]
    if can:
        return f"can: {_some(can)}"
    # The next best, and only that: the list of all is one key away.
    for group in (CAN_BUT, MOVING):
        names = [_with_reasons(one) for one in answers if one.group == group]
        if names:
            return f"{group}: {_some(names)}"
    return "nobody can"


def _with_reasons(answer: Answer) -> str:
    return f"{answer.name} ({', '.join(answer.reasons)})"


def _some(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED])
    return f"{shown}, and {wording.count(more, 'other')}" if more > 0 else shown
