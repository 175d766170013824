"""WaitingRows: rows that name a record of their own kind which comes later in the same file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.exchange.imports.child_columns import ChildField

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from officeops.exchange.imports.context import ImportContext
    from officeops.exchange.imports.rows import Numbered


class WaitingRows:
    """Holds rows back until the record that they name is written, such as the unit of a part."""

    def __init__(self, context: ImportContext) -> None:
        self._reader = context.reader
        columns = context.match.columns
        key = context.meta.key
        self._key, self._children = key, context.children
        self._places = [place for place, field in columns.items() if field.target == key]
        #: The columns of children, which may name one: the manager of a position.
        self._of_children: dict[int, ChildField] = {
            place: field for place, field in columns.items() if isinstance(field, ChildField)
        }
        #: The rows that wait.
        self.rows: list[Numbered] = []

    def ready(self, rows: Iterable[Numbered]) -> Iterable[Numbered]:
        """Return the rows whose records are all there; the others wait."""
        if not (self._places or self._of_children):
            return rows
        ready: list[Numbered] = []
        for row in rows:
            (self.rows if self._waits(row) else ready).append(row)
        return ready

    def later(self) -> Iterator[Iterable[Numbered]]:
        """Yield waiting rows once those before them are written; at last those that wait in vain."""
        while self.rows:
            waiting, self.rows = self.rows, []
            ready = self.ready(waiting)
            if not ready:
                # Their reader says which record there is not.
                ready, self.rows = self.rows, []
            yield ready

    def _waits(self, row: Numbered) -> bool:
        _, cells = row
        places = [place for place in self._places if place < len(cells)]
        if any(self._reader.names_nothing(place, cells[place]) for place in places):
            return True
        children = self._children
        return children is not None and any(
            children.names_nothing(field, cells[place], self._key)
            for place, field in self._of_children.items()
            if place < len(cells)
        )
