"""Due items of notes: a note with a day to follow up on is due from that day, until it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.due import Due
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from officeops.core.note_record import Note
    from officeops.model.office import Office

_DUE: Final = "done_on IS NULL AND follow_up_on <= ?"
#: Letters of a note that its line in Today shows.
_SHOWN: Final = 80


def follow_ups(office: Office, until: date) -> Iterator[Due]:
    """Yield a due item for each note to follow up on by a day. No note is imported without one."""
    day = until.isoformat()
    sql = f"SELECT 1 FROM core_note WHERE archived_at IS NULL AND {_DUE} LIMIT 1"
    if office.value(sql, day) is None:
        return
    from officeops.core.note_record import Note

    for note in office.all(Note, _DUE, day):
        yield _due(office, note)


def _due(office: Office, note: Note) -> Due:
    assert note.follow_up_on is not None  # noqa: S101 - asked by the query
    first = safe(note.text.partition("\n")[0])
    if len(first) > _SHOWN:
        first = f"{first[: _SHOWN - 1]}…"
    # The plugin of the record may be off; the note is still somebody's to settle.
    about = note.about
    kind = office.records.get(about.key)
    subject = f"{kind.meta.one} {safe(office.label(kind, about.id))}" if kind else about.key
    return Due(
        key=f"core.note:{note.id}:{note.follow_up_on}",
        on=note.follow_up_on,
        what=f"Follow up on {subject}: {first}",
        owner=note.owner or "manager",
        action="done",
        record="core.note",
        record_id=note.id,
    )
