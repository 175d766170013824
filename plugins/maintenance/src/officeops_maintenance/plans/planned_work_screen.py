"""The screen of planned work: a week by its days, late work first, each line with its own keys."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Final

from officeops import Task
from officeops.tui import Key, Line, LineScreen, cut, pad, record_keys
from officeops.values import safe, wording
from officeops_maintenance.plans.planned_work import PlannedLine, planned_work
from officeops_maintenance.plans.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from officeops import Office

_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
#: Cells of the columns beside the work: its number, who, and how early or late it is.
_NUMBER: Final = 7
_WHO: Final = 14
_STATE: Final = 21
_BESIDE: Final = _NUMBER + _WHO + _STATE + 3


class PlannedWorkScreen(LineScreen):
    """The tasks and visits of seven days; `[` and `]` go to the week before and after."""

    # A year of plans takes longer to read than a key press.
    slow = True

    def __init__(self, office: Office, first: date | None = None) -> None:
        """Open the week from today, or from another day."""
        self._first = first or office.today
        super().__init__(office)

    def gather(self, office: Office) -> list[PlannedLine]:
        """Read the work of the week, and the late work of before."""
        return planned_work(office, self._first, self._first + _WEEK - _DAY)

    def crumb(self) -> str:
        """Return the screen's name, with its days."""
        return f"Planned work {self._first} to {self._first + _WEEK - _DAY}"

    def status(self) -> str:
        """Return how many lines there are, and how many are late."""
        if self.gathered is None:
            return "reading…"
        late = sum(line.is_late for line in self.gathered)
        return f"{wording.count(len(self.gathered), 'line')}, {late} late"

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the work under its days."""
        if self.gathered is None:
            return [Line.of("Reading the plans…", "dim")]
        lines: list[Line] = []
        for day, group in groupby(self.gathered, key=lambda line: line.day):
            lines.append(Line.of(f"{day:%a} {day}", "head"))
            lines += [_line(line, width) for line in group]
        return lines or [Line.of("Nothing is planned for these days.", "strong")]

    # -- keys --------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys of the weeks, and those of the task or visit under the cursor."""
        yield Key(
            ("enter", "right"), "open", self.open, "Open the task or the visit", 1, means="open"
        )
        yield Key(("[",), "week before", partial(self._go, -_WEEK), "The week before", 4)
        yield Key(("]",), "week after", partial(self._go, _WEEK), "The week after", 4)
        kind = Visit if isinstance(self.chosen, Visit) else Task
        yield from record_keys(self, kind, self._chosen)

    @property
    def chosen(self) -> Task | Visit | None:
        """The task or visit under the cursor, as the week was read."""
        return self.selected if isinstance(self.selected, Task | Visit) else None

    def _chosen(self) -> Sequence[Task | Visit]:
        if self.chosen is None:
            return []
        # Read again, since somebody may have done it after the week was read.
        return [self.office.get(type(self.chosen), self.chosen.id)]

    def open(self) -> None:
        """Open the task or the visit under the cursor."""
        if self.chosen is None:
            self.say("Move to a task or a visit first.")
            return
        self.navigator.open_record(type(self.chosen), self.chosen.id)

    def _go(self, step: timedelta) -> None:
        self.app.switch_screen(PlannedWorkScreen(self.office, self._first + step))


def _line(line: PlannedLine, width: int) -> Line:
    who = line.vendor or line.owner
    cells = (
        pad(line.number, _NUMBER),
        _cell(line.what, width - _BESIDE),
        _cell(who, _WHO),
        line.state,
    )
    text = " ".join(cells).rstrip()
    record = line.record
    return Line.of(
        text,
        "alarm" if line.is_late else "",
        record,
        f"{record.meta.key} {record.id}",
    )


def _cell(text: str, width: int) -> str:
    return pad(cut(safe(text), width), width)
