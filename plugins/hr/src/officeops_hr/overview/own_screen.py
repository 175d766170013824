"""One's own page on the screen; Enter on a line opens the record that it is about.

Pay stays covered here: a screen that shows it by itself would fill the history with looks at it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import Subject
from officeops.tui import Key, Line, LineScreen, cut
from officeops.values import safe
from officeops_hr.overview.own_page import own_person
from officeops_hr.overview.person_page import page
from officeops_hr.worked.sheet.time_screen import own_hours

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office, PageSection

#: Cells of a label.
_LABEL = 20


class OwnScreen(LineScreen):
    """The sections about the acting person."""

    slow = True

    def gather(self, office: Office) -> list[PageSection]:
        """Read the sections."""
        return list(page(office, own_person(office)))

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Me"

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the sections with their headings."""
        if self.gathered is None:
            # The parts read many kinds, which may take a moment over SSH.
            return [Line.of("Reading…", "dim")]
        return [line for section in self.gathered for line in _lines(section, width)]

    def own_keys(self) -> Iterator[Key]:
        """Yield the key that opens a line."""
        yield Key(("enter", "right"), "open", self.open, "Open the record", 1, means="open")
        yield Key((":hours",), "hours", self.open_hours, "Enter the hours that you worked", 2)

    def open_hours(self) -> None:
        """Open the sheet of one's own days."""
        self.app.push_screen(own_hours(self.office, own_person(self.office).id))

    def open(self) -> None:
        """Open the record of the line under the cursor."""
        subject = self.selected
        kind = self.office.records.get(subject.key) if isinstance(subject, Subject) else None
        if kind is None or not isinstance(subject, Subject) or subject.id is None:
            # Silence would look like a key that does not work.
            self.say("Nothing is behind this line.")
            return
        self.navigator.open_record(kind, subject.id)


def _lines(section: PageSection, width: int) -> Iterator[Line]:
    if section.heading:
        yield Line()
        yield Line.of(section.heading, "head")
    for number, line in enumerate(section.lines):
        label = f"{safe(line.label):<{_LABEL}}  " if line.label else ""
        # Whatever people typed, it cannot move the cursor of a terminal.
        text = cut(label + safe(line.text), width)
        yield Line.of(text, "", line.opens, f"{section.heading} {number}")
