"""FileSubjects: the records that moves of a file are about, such as the ticket of a part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops import id_list
from officeops.values import wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from officeops import Office
    from officeops.exchange import Row


class FileSubjects:
    """Leaves out what a move is about where this office has no such record.

    An export names it by its number, which means nothing before the record itself has come in.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        #: Rows whose record is not there.
        self._unknown = 0

    def leave_unknown(self, rows: Sequence[Row]) -> None:
        """Blank the subject of each row whose record is not there."""
        by_kind: dict[str, list[Row]] = {}
        for row in rows:
            key = row.values["about_key"]
            if key:
                by_kind.setdefault(key, []).append(row)
        for key, named in by_kind.items():
            # One query for all rows of a kind: a file may have many thousands.
            known = self._known(key, named)
            for row in named:
                if row.values["about_id"] not in known:
                    self._blank(row)

    def _known(self, key: str, rows: Sequence[Row]) -> set[int]:
        """Return the numbers of the rows' records that this office has."""
        kind = self._office.records.get(key)
        # The plugin of the kind may be off.
        if kind is None:
            return set()
        numbers = [row.values["about_id"] or 0 for row in rows]
        sql = f"SELECT id FROM {kind.meta.table} WHERE id IN (SELECT value FROM json_each(?))"
        return {number for (number,) in self._office.rows(sql, id_list(numbers))}

    def _blank(self, row: Row) -> None:
        row.values["about_key"] = None
        row.values["about_id"] = None
        self._unknown += 1

    def remarks(self) -> Iterator[str]:
        """Yield how many rows came in without what they are about."""
        if self._unknown:
            moves = wording.count(self._unknown, "move")
            yield (
                f"{moves} came in without the record that the file names in about_key and "
                "about_id: this office has none of that number. Import those records before the moves."
            )
