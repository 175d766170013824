"""The lines of a record's page, which its kind declares: each may open another record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import OfficeError
from officeops.office.record_page import page_of
from officeops.tui.record_lines.field_values import LABEL
from officeops.tui.record_lines.targets import Pointer
from officeops.tui.terminal.cells import pad, wrapped
from officeops.tui.widgets.lines import Line
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.page import PageLine
    from officeops.model.records import Record
    from officeops.office.office import Office


def page_lines(
    office: Office,
    record: Record,
    width: int,
) -> Iterator[Line]:
    """Yield the sections of the page; a sentence in their place where its code failed."""
    try:
        sections = page_of(office, record)
    except OfficeError as fault:
        # The record's fields are shown all the same.
        yield from (Line.of(part, "alarm") for part in wrapped(safe(str(fault)), width))
        return
    for section in sections:
        if section.heading:
            yield Line()
            yield Line.of(safe(section.heading), "head")
        for number, line in enumerate(section.lines):
            key = f"page {section.heading} {number}"
            yield from _line(office, line, width, key)
    if sections:
        yield Line()


def _line(
    office: Office,
    line: PageLine,
    width: int,
    key: str,
) -> Iterator[Line]:
    """Yield a line of a page: its label in the column of labels, or else its text indented."""
    start = pad(safe(line.label), LABEL) if line.label else "  "
    target = None
    if line.opens is not None:
        kind = office.records.get(line.opens.key)
        target = Pointer(kind, line.opens.id) if kind and office.may_view(kind) else None
    first, *rest = wrapped(safe(line.text), width - len(start))
    yield Line(((start, "dim"), (first, "")), target, key)
    for part in rest:
        yield Line(((" " * len(start), ""), (part, "")))
