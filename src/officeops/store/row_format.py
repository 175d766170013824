"""Layout: the columns of a table, by a name that follows from them.

The history keeps an added record as a list of values behind the name of its layout: a third of the
bytes that naming each value takes, in the largest table by far. The name is a digest of the
columns, so that a layout cannot be altered unseen.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from officeops.model.sql_values import quoted

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

#: Columns that history does not keep: the first never changes, the second only counts.
NOT_HISTORY = frozenset({"id", "version"})


def kept(columns: Iterable[str]) -> list[str]:
    """Return which of a table's columns its history keeps."""
    return [name for name in columns if name not in NOT_HISTORY]


def name_of(columns: Sequence[str]) -> str:
    """Return the name of a layout: 64 bits of a digest of its columns, as hex."""
    from officeops.store.hashing import blake2b

    return blake2b("\n".join(columns).encode(), digest_size=8).hexdigest()


def as_list(columns: Sequence[str], side: str) -> str:
    """Return SQL for a row's values as the history keeps them; `side` names the row."""
    values = ", ".join(f"{side}.{quoted(name)}" for name in columns)
    return f"json_array('{name_of(columns)}', {values})"


def remember(db: sqlite3.Connection, layouts: Iterable[Sequence[str]]) -> None:
    """Keep layouts, to read the history by them once the tables have others.

    One that was altered is put right.
    """
    rows = ((name_of(columns), "\n".join(columns)) for columns in layouts)
    db.executemany("INSERT OR REPLACE INTO core_layout (name, columns) VALUES (?, ?)", rows)


class Layouts:
    """The layouts that a file knows, read when the first is needed.

    One whose columns are not those of its name is none.
    """

    def __init__(self, db: sqlite3.Connection, *also: Sequence[str]) -> None:
        """`also` are layouts of tables as they are, which may not be kept yet, or no longer."""
        self._db = db
        self._also = {name_of(columns): list(columns) for columns in also}
        self._known: dict[str, list[str]] | None = None

    def read(self, text: str | bytes | None) -> dict[str, Any] | None:
        """Read a side of a change by column; empty if it was altered, which the chain shows."""
        if text is None:
            return None
        try:
            value = json.loads(text if isinstance(text, str) else text.decode())
        except ValueError:
            return {}
        if isinstance(value, list):
            columns = self._columns(value[0]) if value else []
            return dict(zip(columns, value[1:], strict=False))
        return value if isinstance(value, dict) else {}

    def named(self, text: str | None) -> str | None:
        """Return a side of a change as a JSON object."""
        if text is None or not text.startswith("["):
            return text
        return json.dumps(self.read(text), ensure_ascii=False, separators=(",", ":"))

    def _columns(self, name: object) -> list[str]:
        if self._known is None:
            self._known = self._also | self._whole()
        return self._known.get(name, []) if isinstance(name, str) else []

    def _whole(self) -> dict[str, list[str]]:
        """Read the file's layouts, without those whose columns were altered."""
        whole: dict[str, list[str]] = {}
        # As bytes, because an altered text may not be text at all.
        sql = "SELECT CAST(name AS BLOB), CAST(columns AS BLOB) FROM core_layout"
        for name, text in self._db.execute(sql).fetchall():
            columns = text.decode(errors="replace").split("\n")
            key = name_of(columns)
            if key.encode() == name:
                whole[key] = columns
        return whole
