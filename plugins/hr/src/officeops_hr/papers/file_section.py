"""What a person's page says of their file: the papers that are missing or have expired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import PageLine, PageSection
from officeops_hr.papers.file_check import file_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops import Office


def section(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield a section if anything is missing or has expired."""
    wanting = [
        PageLine(line.state.capitalize(), line.name)
        for line in file_lines(office, person_id, office.today)
        if line.state != "present"
    ]
    if wanting:
        yield PageSection("Papers", wanting)


def own_section(office: Office, person_id: int) -> Iterator[PageSection]:
    """Yield the papers of the acting person's own file, with their days."""
    lines = [
        PageLine(line.state.capitalize(), f"{line.name}  {line.dated_on}".rstrip())
        for line in file_lines(office, person_id, office.today)
    ]
    if lines:
        yield PageSection("Papers", lines)
