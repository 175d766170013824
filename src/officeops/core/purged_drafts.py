"""Purged drafts: what people typed of a record that is destroyed, and did not book, goes with it.

A row says of which records it is (`SheetRow.of`). One that says nothing, and one with the name of
such a record in it, goes as well: too much is typed again, too little would stay for good.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from officeops.model.identity import codes
from officeops.model.text_folding import folded
from officeops.store.draft_removal import all_drafts, put_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops.core.legal_holds import Subject
    from officeops.model.meta import Meta
    from officeops.store.stored_office import StoredOffice


class PurgedDrafts:
    """Finds the rows of drafts that are of records to be destroyed, while these are still there."""

    def __init__(self, office: StoredOffice, subjects: Iterable[Subject]) -> None:
        self._office = office
        self._subjects = set(subjects)
        self._plugins: set[str] = set()
        self._numbers: set[str] = set()
        for key, number in self._subjects:
            self._plugins.add(key.partition(".")[0])
            self._numbers.add(str(number))
        self._drafts = all_drafts(office.store.db)
        #: Finds their names as whole words; None where they have none, or nobody typed anything.
        self._named: re.Pattern[str] | None = None
        names = sorted(self._names()) if self._drafts else []
        if names:
            any_name = "|".join(map(re.escape, names))
            self._named = re.compile(rf"\b(?:{any_name})\b")

    def destroy(self) -> int:
        """Destroy those rows inside the open action, and return how many there were."""
        destroyed = 0
        for id_, sheet, subject, stored in self._drafts:
            rows: dict[str, Any] = json.loads(stored)
            lost = [
                row_id for row_id, row in rows.items() if self._is_of(sheet, subject, row_id, row)
            ]
            for row_id in lost:
                del rows[row_id]
            if lost:
                destroyed += len(lost)
                entries = json.dumps(rows, ensure_ascii=False)
                put_rows(self._office.store.db, id_, len(rows), entries)
        return destroyed

    def _is_of(
        self,
        sheet: str,
        subject: str,
        row_id: str,
        row: dict[str, Any],
    ) -> bool:
        """Whether a row of a draft is, or may be, of a record to be destroyed."""
        of = {(key, number) for key, number in row.get("of", ())}
        if of & self._subjects:
            return True
        if self._is_named_in([subject, row_id, *row["texts"].values()]):
            return True
        if of:
            return False
        # It does not say of which records it is.
        is_own = sheet.partition(".")[0] in self._plugins
        numbers = re.findall(r"\d+", f"{subject} {row_id}")
        return is_own or not self._numbers.isdisjoint(numbers)

    def _is_named_in(self, texts: Iterable[str]) -> bool:
        if self._named is None:
            return False
        return any(self._named.search(folded(text)) for text in texts)

    def _names(self) -> set[str]:
        """Return the names and codes of the records, folded."""
        names: set[str] = set()
        for key, number in self._subjects:
            kind = self._office.records.get(key)
            columns = _naming(kind.meta) if kind else ()
            if kind is None or not columns:
                continue
            sql = f"SELECT {', '.join(columns)} FROM {kind.meta.table} WHERE id = ?"
            for row in self._office.rows(sql, number):
                names.update(folded(str(value)) for value in row if value is not None)
        return names - {""}


def _naming(meta: Meta) -> list[str]:
    """Return the columns by which people name a record: its codes, and its name where they type it."""
    columns = codes(meta)
    field = meta.by_name.get(meta.display)
    if field is None or field not in meta.fields:
        return columns
    is_other = field.target or field.choices or field.sealed or field.is_integer
    return columns if is_other else [*columns, field.name]
