"""The screen of coverage: half-days by rules as have and need, and below them each gap in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.tui import Key, Line, LineScreen, cut, pad, wrapped
from officeops.values import safe, wording
from officeops_hr.roster.reasons import gap_words
from officeops_hr.roster.rules.gaps import Gap
from officeops_hr.roster.week.coverage_table import HALVES, coverage_lines, who_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from officeops_hr.roster.week.coverage_table import CoverageLine
    from officeops_hr.roster.week.open_week import OpenWeek
    from officeops_hr.roster.week.typed_week import TypedWeek

#: Cells of a half-day, and the fewest of a rule's name.
_CELL, _NAME = 4, 12
_DAY: Final = _CELL * len(HALVES)


class CoverageScreen(LineScreen):
    """The coverage of the week that is open below, with all that was typed there."""

    def __init__(self, opener: OpenWeek) -> None:
        """Share the office and the entries of the week's screen."""
        super().__init__(opener.office)
        self._opener = opener

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Coverage"

    def status(self) -> str:
        """Return how many gaps the week has."""
        gaps = sum(len(self._week.gaps(day)) for day in self._week.week.days)
        return wording.count(gaps, "gap")

    def reload(self) -> None:
        """Read the week again."""
        self._opener.read_typed()
        self.lay_out()

    @property
    def _week(self) -> TypedWeek:
        return self._opener.typed_week

    # -- the lines -------------------------------------------------------------------------------

    def head(self, width: int) -> str:
        """Return the days."""
        days = self._days(width)
        words = [pad(f"{day:%a} {day.day}", _DAY) for day in days]
        return pad("Coverage", self._room(width)) + "".join(words)

    def _days(self, width: int) -> Sequence[date]:
        """Return the days that fit; on a narrow terminal those on which the place is open."""
        days = self._week.week.days
        if width - _DAY * len(days) >= _NAME:
            return days
        is_open = [day for day in days if self._week.week.is_open(day)]
        return is_open[: max((width - _NAME) // _DAY, 1)]

    def _room(self, width: int) -> int:
        return width - _DAY * len(self._days(width))

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return a line for each rule, then the gaps."""
        table = coverage_lines(self._week)
        if not table:
            return [Line.of("No rule says who is needed: officeops coverage-rule add", "dim")]
        days = self._days(width)
        halves = "".join(pad(half, _CELL) for half in HALVES)
        lines = [Line.of(" " * self._room(width) + halves * len(days), "head")]
        lines += [self._rule_line(line, width) for line in table]
        return [*lines, Line(), *self._gap_lines(width)]

    def _rule_line(self, line: CoverageLine, width: int) -> Line:
        room = self._room(width)
        texts = [pad(cut(safe(line.name), room - 1), room)]
        for day in self._days(width):
            texts += [pad(line.text(day, half), _CELL) for half in HALVES]
        # The list below says it in words; here the eye finds the line.
        is_short = any(level.is_broken for level in line.levels.values())
        return Line.of("".join(texts), "alarm" if is_short else "")

    def _gap_lines(self, width: int) -> Iterator[Line]:
        yield Line.of("Short", "head")
        count = 0
        for day in self._week.week.days:
            for gap in self._week.gaps(day):
                count += 1
                words = gap_words(self._week.week.plan, gap)
                # So that the cursor stays on its gap while others write.
                key = f"{gap.rule.id} {gap.on} {gap.start}"
                yield Line.of(
                    cut(safe(words), width),
                    "",
                    gap,
                    key,
                )
                who = who_words(self._week, gap)
                for part in wrapped(safe(who), width - 4) if who else ():
                    yield Line.of(f"    {part}", "dim")
        if not count:
            yield Line.of("Nothing is lacking.", "dim")

    # -- keys ------------------------------------------------------------------------------------

    def own_keys(self) -> Iterable[Key]:
        """Return the keys of a gap."""
        why = self._why_not
        return [
            Key(
                ("enter",),
                "go to the day",
                self.open,
                "Go to the day in the week",
                1,
                reason=why,
            ),
            Key(
                (":who-can",),
                "who can",
                self.who_can,
                "See who can fill the gap",
                1,
                reason=why,
                means="open",
            ),
        ]

    def _why_not(self) -> str | None:
        return None if isinstance(self.selected, Gap) else "move to a gap first"

    @property
    def gap(self) -> Gap:
        """The gap under the cursor."""
        gap = self.selected
        if not isinstance(gap, Gap):
            raise TypeError(gap)
        return gap

    def open(self) -> None:
        """Go to the day of the gap in the week."""
        gap = self.gap
        self.app.pop_screen()
        self._opener.go_to_gap(gap)

    def who_can(self) -> None:
        """Open the people who can fill the gap."""
        gap = self.gap
        # The week is below, with its draft: the answer is typed there.
        self.app.pop_screen()
        self._opener.who_can_fill(gap)
