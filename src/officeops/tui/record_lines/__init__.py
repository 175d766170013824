"""The lines of one record's screen: values, parts, what hangs on it, records that point to it, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui.record_lines.attached import attached_lines
from officeops.tui.record_lines.field_values import value_lines
from officeops.tui.record_lines.history import history_lines
from officeops.tui.record_lines.page import page_lines
from officeops.tui.record_lines.related import part_lines, related_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.tui.widgets.lines import Line

__all__ = ["record_lines"]


def record_lines(
    office: Office,
    record: Record,
    width: int,
) -> Iterator[Line]:
    """Yield everything that a record's screen shows, for a width in cells."""
    yield from page_lines(office, record, width)
    yield from value_lines(office, record, width)
    yield from part_lines(office, record, width)
    yield from attached_lines(office, record, width)
    yield from related_lines(office, record, width)
    yield from history_lines(office, record, width)
