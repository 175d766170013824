"""Where a person is in a list: plain, so that "where I was" and a saved view are the same thing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from officeops.model.declarations import Query

if TYPE_CHECKING:
    from officeops.model.declarations import View


@dataclass
class BrowserState:
    """One list: its kind of record (by key), view, filter and order, the row under the cursor and the marked ones."""

    record: str
    view: View | None = None
    filter: str = ""
    sort: str = ""
    archived: bool = False
    cursor_id: int = 0
    marked: set[int] = field(default_factory=set)

    @property
    def query(self) -> Query:
        """The question this list asks: the view's filter and the person's together, the person's order first."""
        view = self.view
        where = f"{view.where} {self.filter}" if view else self.filter
        return Query(
            where.strip(), self.sort or (view.sort if view else ""), archived=self.archived
        )

    def show(self, view: View | None, filter: str = "") -> None:  # noqa: A002 - the state's own word
        """Turn to another view of the same records; what was marked there stays marked there no more."""
        self.view, self.filter, self.sort = view, filter, ""
        self.marked.clear()

    def mark(self, record_id: int) -> None:
        """Mark a record, or take its mark away."""
        self.marked ^= {record_id}
