"""What hangs on a record: its files, notes and tags, as the acting person sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.model.immutable import Value
from officeops.model.text_folding import folded
from officeops.query.tags import of_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.core.attachment_record import Attachment
    from officeops.core.note_record import Note
    from officeops.core.tag_record import Tag
    from officeops.model.office import Office
    from officeops.model.records import Record


class Attached(Value):
    """The live files, notes and tags of a record: the newest files and notes first, tags by words.

    `earlier` are the files of the records that it renewed: they prove those, and stay with them, and
    people look for them here.
    """

    files: Sequence[Attachment] = ()
    notes: Sequence[Note] = ()
    tags: Sequence[Tag] = ()
    earlier: Sequence[Attachment] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether nothing hangs on the record."""
        return not (self.files or self.notes or self.tags or self.earlier)


def attached_to(office: Office, record: Record) -> Attached:
    """List what hangs on a record. Kinds that the person may not see are left out."""
    if record.meta.derived or record.meta.about:
        return Attached()
    files = _live(office, record, "core.attachment")
    notes = _live(office, record, "core.note")
    tags = _live(office, record, "core.tag")
    tags.sort(key=lambda tag: folded(tag.word))
    return Attached(files[::-1], notes[::-1], tags, _earlier(office, record))


def _earlier(office: Office, record: Record) -> list[Attachment]:
    """List the files of the records that one renewed, the newest record first."""
    kind, seen, files = type(record), {record.id}, []
    before = getattr(record, kind.replaces) if kind.replaces else None
    # Rows of another program may renew each other.
    while before and before not in seen and office.in_reach(kind, before):
        seen.add(before)
        old = next(iter(office.all(kind, "id = ?", before)), None)
        if old is None:
            break
        files += _live(office, old, "core.attachment")[::-1]
        before = getattr(old, kind.replaces)
    return files


def _live(
    office: Office,
    record: Record,
    key: str,
) -> list[Any]:
    """List the live rows of a kind about a record; a kind without any is not imported."""
    if not office.may(f"{key}.view"):
        return []
    table = key.replace(".", "_")
    where = f"{of_kind(record.meta, table)} AND about_id = ?"
    # Most records have nothing, and a command that shows one stays as fast as it was.
    sql = f"SELECT 1 FROM {table} WHERE {where} AND archived_at IS NULL LIMIT 1"
    if office.value(sql, record.id) is None:
        return []
    return list(office.all(office.records[key], where, record.id))
