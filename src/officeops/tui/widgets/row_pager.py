"""Rows of a list: an ordered list of ids, and the values of the rows in sight.

A million ids take 8 MB and a second in a thread; the rows of a page take a millisecond. Any order and any
filter are alike, and rows stay where they are while others write.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

from officeops.values.convert import show

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.model.declarations import Query
    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.values.conventions import Conventions

PAGE: Final = 100
KEPT_PAGES: Final = 50
#: Up to this many rows the ids are read at once, without a thread.
SMALL: Final = 5_000


class Pages:
    """The rows of one list, in order, read a page at a time through the office's own connection."""

    def __init__(
        self, office: Office, record: type[Record], fields: Sequence[Field], ids: array[int]
    ) -> None:
        self.fields, self.ids = tuple(fields), ids
        self._office, self._record = office, record
        self._pages: dict[int, dict[int, tuple[str, ...]]] = {}
        select = office.query(record)
        shown = [select.expression(f, label=True) for f in self.fields]
        put_away = "0" if record.meta.derived else "t.archived_at IS NOT NULL"
        self._sql = (
            f"SELECT t.id, {put_away}, {', '.join(shown)} FROM {record.meta.table} t WHERE t.id IN "
        )

    def row(self, index: int) -> tuple[str, ...] | None:
        """Return a row's values as people read them; None where the record is gone since the ids were read."""
        number = index // PAGE
        if number not in self._pages:
            if len(self._pages) >= KEPT_PAGES:
                del self._pages[next(iter(self._pages))]
            self._pages[number] = self._read(number)
        return self._pages[number].get(self.ids[index])

    def sample(self, index: int) -> list[tuple[str, ...]]:
        """Return the rows of the page around an index, from which columns take their widths."""
        if not self.ids:
            return []
        self.row(min(index, len(self.ids) - 1))
        return list(self._pages[min(index, len(self.ids) - 1) // PAGE].values())

    def place(self, record_id: int) -> int | None:
        """Return where a record stands, or None."""
        try:
            return self.ids.index(record_id)
        except ValueError:
            return None

    def _read(self, number: int) -> dict[int, tuple[str, ...]]:
        ids = self.ids[number * PAGE : (number + 1) * PAGE]
        rows = self._office.answer(self._record, f"{self._sql}({','.join(map(str, ids))})")
        ways = self._office.ways
        return {row[0]: self._shown(row, ways) for row in rows}

    def _shown(self, row: tuple[object, ...], ways: Conventions) -> tuple[str, ...]:
        values = [
            worded(f, show(f, value, ways)) for f, value in zip(self.fields, row[2:], strict=True)
        ]
        if row[1]:
            values[0] = f"(archived) {values[0]}"
        return tuple(values)


def worded(field: Field, text: str) -> str:
    """Return a choice as words: partly received, not partly_received."""
    return text.replace("_", " ") if field.kind == "choice" else text


def read_ids(office: Office, record: type[Record], query: Query) -> array[int]:
    """Return the ids of a list, in its order. Raises UsageProblem where its filter cannot be read."""
    sql, values = office.query(record).ids(query)
    return array("q", (row[0] for row in office.store.db.execute(sql, values)))


def is_small(office: Office, record: type[Record]) -> bool:
    """Whether a kind of record is few enough to read at once. The highest id tells, and costs nothing."""
    return int(office.value(f"SELECT max(rowid) FROM {record.meta.table}") or 0) <= SMALL
