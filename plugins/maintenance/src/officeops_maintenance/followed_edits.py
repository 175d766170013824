"""Followed edits: what a row changes brings what an edit by hand brings, such as a hold of its lots."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from officeops.exchange import Importer, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office, Record


class FollowedEdits(Importer):
    """The import of a kind whose `edited` keeps something safe."""

    def __init__(
        self,
        office: Office,
        source: str,
    ) -> None:
        super().__init__(office, source)
        self._present: dict[int, Record] = {}
        self._followed: list[str] = []

    def fixed(
        self,
        rows: list[Row],
    ) -> dict[int, list[str]]:
        """Remember the records as they are before the file changes them."""
        if self.update:
            numbers = [row.id for row in rows]
            for record in self.office.some(self.kind, numbers):
                self._present.setdefault(record.id, record)
        return super().fixed(rows)

    def updated(self, rows: list[Row]) -> None:
        """Bring what follows from each change."""
        numbers = [row.id for row in rows]
        records = list(self.office.some(self.kind, numbers))
        for record in records:
            present = self._present[record.id]
            before = _before(record, present)
            if before:
                self._followed += self.follow_edit(record, before)

    def follow_edit(
        self,
        record: Record,
        before: dict[str, Any],
    ) -> Iterable[str]:
        """Yield sentences on what follows from a change, as the edit by hand says them."""
        return record.edited(self.office, before)

    def was(self, record: Record) -> Record:
        """Return a record as it was before the file changed it."""
        return self._present[record.id]

    def finish(self) -> Iterable[str]:
        """Say what followed."""
        yield from super().finish()
        yield from self._followed


def _before(
    record: Record,
    present: Record,
) -> dict[str, Any]:
    """Return what fields held that have another value now."""
    before = {}
    for field in record.meta.fields:
        value = getattr(present, field.name)
        if value != getattr(record, field.name):
            before[field.name] = value
    return before
