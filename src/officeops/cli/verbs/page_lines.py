"""The page of a record, printed below its fields, and as JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from officeops.cli.on_page import page
from officeops.office.record_page import page_of
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.page import PageLine
    from officeops.model.records import Record
    from officeops.office.office import Office

#: What JSON calls the lines above the first heading, and people read as theirs.
_FIRST = "Summary"


def print_page(office: Office, record: Record) -> None:
    """Print the sections of a record's page; nothing where its kind has none."""
    lines = list(_lines(office, record))
    if on_page := page():
        if lines:
            from officeops.exchange.paper.printout import Lines

            on_page.add(Lines(lines))
        return
    sys.stdout.writelines(f"{line}\n" for line in lines)


def page_as_json(office: Office, record: Record) -> dict[str, Any]:
    """Return the lines of the page by heading under `page`; nothing where the kind has none."""
    if not record.page or record.meta.field("page"):
        return {}
    sections = {
        section.heading or _FIRST: [_text(line) for line in section.lines]
        for section in page_of(office, record)
    }
    return {"page": sections}


def _lines(office: Office, record: Record) -> Iterator[str]:
    for section in page_of(office, record):
        yield from ("", safe(section.heading or _FIRST))
        for line in section.lines:
            yield f"  {safe(_text(line))}"


def _text(line: PageLine) -> str:
    return f"{line.label}: {line.text}" if line.label else line.text
