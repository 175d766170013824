"""The files, notes and tags of a record; each line opens its own record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.office.attached import attached_to
from officeops.office.attached_texts import earlier_text, file_text, note_text, tags_text
from officeops.tui.record_lines.targets import Pointer
from officeops.tui.terminal.cells import wrapped
from officeops.tui.widgets.lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops.model.records import Record
    from officeops.office.office import Office


def attached_lines(
    office: Office,
    record: Record,
    width: int,
) -> Iterator[Line]:
    """Yield what hangs on a record, under its headings; nothing where nothing does."""
    attached = attached_to(office, record)
    yield from _section("Files", [(file, file_text(file)) for file in attached.files], width)
    earlier = [(file, earlier_text(office, file)) for file in attached.earlier]
    yield from _section("Earlier files", earlier, width)
    notes = [(note, note_text(office, note)) for note in attached.notes]
    yield from _section("Notes", notes, width)
    if attached.tags:
        yield Line()
        yield Line.of("Tags", "head")
        for text in wrapped(tags_text(attached.tags), width - 2):
            yield Line.of(f"  {text}")


def _section(
    heading: str,
    rows: Sequence[tuple[Record, str]],
    width: int,
) -> Iterator[Line]:
    if not rows:
        return
    yield Line()
    yield Line.of(f"{heading} ({len(rows):,})", "head")
    for row, text in rows:
        target = Pointer(type(row), row.id)
        first, *others = wrapped(text, width - 2)
        yield Line.of(f"  {first}", "", target, f"row {row.meta.key} {row.id}")
        for other in others:
            yield Line.of(f"    {other}")
