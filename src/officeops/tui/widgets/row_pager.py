"""Rows of a list: its ids in order, and the values of the rows in sight.

A million ids take 8 MB and a second in a thread; the rows of a page take a millisecond. This is the
same for any order and any filter, and rows stay where they are while others write.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final

from officeops.query.subject import with_subjects
from officeops.values.convert import show, worded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.model.declarations import Query
    from officeops.model.fields import Field
    from officeops.model.records import Record
    from officeops.office.office import Office

#: Rows of a page, and how many pages are kept in memory.
PAGE: Final = 100
KEPT_PAGES: Final = 50
#: Up to this many rows the ids are read at once, without a thread.
SMALL: Final = 5_000

#: The values of one row, as people read them.
Row = tuple[str, ...]


class Pages:
    """The rows of one list, in order, read a page at a time through the office's own connection."""

    def __init__(
        self,
        office: Office,
        record: type[Record],
        fields: Sequence[Field],
        ids: array[int],
    ) -> None:
        self.fields = tuple(fields)
        self.ids = ids
        self._office = office
        self._record = record
        self._pages: dict[int, dict[int, Row]] = {}
        self._sql = self._select()

    def _select(self) -> str:
        meta = self._record.meta
        query = self._office.query(self._record)
        values = [query.shown(field) for field in self.fields]
        is_archived = "0" if meta.derived else "t.archived_at IS NOT NULL"
        columns = ", ".join(["t.id", is_archived, *values])
        return f"SELECT {columns} FROM {meta.table} t WHERE t.id IN "

    def row(self, index: int) -> Row | None:
        """Return a row's values, or None if the record is gone since the ids were read."""
        return self._page(index).get(self.ids[index])

    def sample(self, index: int) -> list[Row]:
        """Return the rows of the page around an index, from which columns take their widths."""
        if not self.ids:
            return []
        last = len(self.ids) - 1
        return list(self._page(min(index, last)).values())

    def place(self, record_id: int) -> int | None:
        """Return the index of a record, or None."""
        try:
            return self.ids.index(record_id)
        except ValueError:
            return None

    def _page(self, index: int) -> dict[int, Row]:
        number = index // PAGE
        if number not in self._pages:
            # A dict keeps the order of insertion: the first page is the oldest.
            if len(self._pages) >= KEPT_PAGES:
                oldest = next(iter(self._pages))
                del self._pages[oldest]
            self._pages[number] = self._read(number)
        return self._pages[number]

    def _read(self, number: int) -> dict[int, Row]:
        # The ids are our own integers: they go into the text, since SQLite limits parameters.
        ids = self.ids[number * PAGE : (number + 1) * PAGE]
        sql = f"{self._sql}({','.join(map(str, ids))})"
        rows = self._office.answer(self._record, sql)
        named = with_subjects(self._office, self.fields, (row[2:] for row in rows))
        shown = zip(rows, named, strict=True)
        return {row[0]: self._shown(row[1], values) for row, values in shown}

    def _shown(self, is_archived: object, values: Sequence[object]) -> Row:
        # This runs for every row that comes into sight: one list, and no function for each value.
        ways = self._office.ways
        texts = [
            worded(field, show(field, value, ways))
            for field, value in zip(self.fields, values, strict=True)
        ]
        if is_archived:
            texts[0] = f"(archived) {texts[0]}"
        return tuple(texts)


def read_ids(
    office: Office,
    record: type[Record],
    query: Query,
) -> array[int]:
    """Return the ids of a list, in its order.

    Raises UsageProblem if its filter cannot be read, TimeUp if a computed field takes too long.
    """
    sql, values = office.query(record).ids(query)
    with office.computing(record, sql):
        rows = office.store.db.execute(sql, values)
        return array("q", (row[0] for row in rows))


def is_small(office: Office, record: type[Record]) -> bool:
    """Whether a record type has so few rows that they are read at once.

    The highest id costs nothing to read.
    """
    highest = office.value(f"SELECT max(rowid) FROM {record.meta.table}")
    return int(highest or 0) <= SMALL
