"""MorningPage: the lines of the huddle, part by part; Enter opens what a line is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import NotFound
from officeops.model.huddle import PARTS, HuddleLine
from officeops.office.huddle import VIEW, huddle
from officeops.tui.base.line_screen import LineScreen
from officeops.tui.screens.due_lines import trouble_lines
from officeops.tui.terminal.keys import Key
from officeops.tui.widgets.lines import Line
from officeops.values.plain_text import wrapped
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.office.huddle import Owned
    from officeops.office.office import Office


class MorningPage(LineScreen):
    """The morning's page of all plugins."""

    # Every plugin is asked, so a thread asks them and the keys stay quick.
    slow = True

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.require(VIEW)

    def gather(self, office: Office) -> dict[str, list[Owned]]:
        """Ask every plugin for its lines."""
        return huddle(office)

    def crumb(self) -> str:
        """Return the screen's name and the day."""
        return f"Huddle {self.office.today}"

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return each part with its lines, and the plugins that did not answer."""
        if self.gathered is None:
            return [Line.of("Reading the page…", "dim")]
        lines: list[Line] = []
        for part, answers in self.gathered.items():
            lines += [Line.of(PARTS[part], "head"), *_of_part(answers, width), Line()]
        # A plugin that failed could have had a line in any part, so it is named below all of them.
        return [*lines, *trouble_lines(self.office.plugins.troubles, width)]

    def own_keys(self) -> Iterator[Key]:
        """Yield the one key of its own."""
        yield Key(
            keys=("enter", "right"),
            means="open",
            label="open",
            run=self.open,
            help="Open the record that the line is about",
            rank=1,
            reason=self._why_no_record,
        )

    def _why_no_record(self) -> str | None:
        line = self.selected
        has_record = isinstance(line, HuddleLine) and line.record_id
        return None if has_record else "this line is about no one record"

    def open(self) -> None:
        """Open the record of the line. Raises NotFound where it is about none."""
        line = self.selected
        record = self.office.records.get(line.record) if isinstance(line, HuddleLine) else None
        if not isinstance(line, HuddleLine) or record is None:
            raise NotFound("This line is about no one record.", code="not-found")
        self.navigator.open_record(record, line.record_id)


def _of_part(answers: Sequence[Owned], width: int) -> Iterator[Line]:
    # "none" is an answer of a plugin that keeps this part; a part nobody keeps is not here at all.
    if not answers:
        yield Line.of("  none", "dim")
    for _, line in answers:
        for text in wrapped(safe(line.what), width - 2):
            yield Line.of(f"  {text}", "", line, line.what)
