"""Readings of code: what a plugin's command, report, page or screen reads of guarded fields.

Nobody knows what such code shows of it, so all that it reads counts as shown. A query in its own
words counts as one of every record. Code that only answers a question of the
core, such as the due items, shows no record.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from officeops.plugins.resting import at_rest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops.model.meta import Meta
    from officeops.model.records import Record
    from officeops.office.noted_readings import NotedReadings
    from officeops.plugins.manager import Plugins
    from officeops.store.store import Store

#: The number in place of a record's, where a query in a plugin's own words read a field.
EVERY: Final = 0
#: The beginnings of what a plugin is asked for to show it.
_SHOWING: Final = ("report ", "the page of ")


class ReadingsOfCode:
    """Notes the guarded values that the code of a plugin reads."""

    def __init__(
        self,
        store: Store,
        plugins: Plugins,
        records: Mapping[str, type[Record]],
        noted: NotedReadings,
    ) -> None:
        self._store, self._plugins = store, plugins
        self._records, self._noted = records, noted
        #: By table: the columns that are guarded, and the names of their fields.
        self._guarded: dict[str, dict[str, str]] | None = None
        self._tables: re.Pattern[str] | None = None

    def rows(
        self,
        sql: str,
        *values: object,
        **named: object,
    ) -> list[tuple[Any, ...]]:
        """Run an SQL query, with values in their order or by name, and return all rows."""
        self._note_query(sql)
        return self._store.rows(sql, *values, **named)

    def value(self, sql: str, *values: object) -> Any:  # noqa: ANN401 - whatever the query asks for
        """Run an SQL query and return the first column of the first row, or None."""
        self._note_query(sql)
        return self._store.value(sql, *values)

    def note_records(self, meta: Meta, records: Iterable[Record]) -> None:
        """Note the guarded values of records that the code of a plugin is given."""
        fields = meta.open_guarded
        if not fields or not self._is_showing():
            return
        for record in records:
            for name, field in fields.items():
                if isinstance(record.__dict__[name], _VALUES):
                    self._noted.note(field, record.id, record.__dict__[name])

    def _note_query(self, sql: str) -> None:
        # A plugin that is not loaded runs no code.
        if at_rest(self._plugins) is not None:
            return
        if self._guarded is None:
            metas = [record.meta for record in self._records.values()]
            self._guarded = {meta.table: meta.open_guarded for meta in metas if meta.open_guarded}
            self._tables = re.compile(rf"\b({'|'.join(self._guarded)})\b")
        if not self._guarded or self._tables is None:
            return
        for table in set(self._tables.findall(sql)):
            words = set(_WORD.findall(sql))
            fields = [name for column, name in self._guarded[table].items() if column in words]
            if fields and self._is_showing():
                for field in fields:
                    self._noted.note(field, EVERY, field)

    def _is_showing(self) -> bool:
        """Whether code of a plugin runs that shows what it reads."""
        db = self._store.db
        if db.in_transaction or (db.asked and not db.asked[1].startswith(_SHOWING)):
            return False
        return self._plugins.running() is not None


#: The types of values; one that a person may not see is of another.
_VALUES: Final = (int, str, float, bytes)
_WORD: Final = re.compile(r"\w+")
