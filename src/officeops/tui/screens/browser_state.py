"""BrowserState: where a person is in a list.

It has no widgets, so "where I was" and a saved view are one thing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from officeops.model.declarations import Query

if TYPE_CHECKING:
    from officeops.model.declarations import View


@dataclass
class BrowserState:
    """One list: its record type (by key), view, filter, order, cursor and marked rows."""

    record: str
    view: View | None = None
    filter: str = ""
    sort: str = ""
    archived: bool = False
    cursor_id: int = 0
    marked: set[int] = field(default_factory=set)
    #: The columns that the person chose, none for all; None until they are read.
    columns: tuple[str, ...] | None = None
    #: The filter that the list was opened with.
    given: str = field(init=False)

    def __post_init__(self) -> None:
        self.given = self.filter

    @property
    def query(self) -> Query:
        """The query of this list.

        It has the view's filter and the person's together; the person's order goes first.
        """
        where, sort = self.filter, self.sort
        if self.view:
            where = f"{self.view.where} {self.filter}"
            sort = self.sort or self.view.sort
        return Query(where.strip(), sort, archived=self.archived)

    def show(self, view: View | None, filter: str = "") -> None:  # noqa: A002
        """Turn to another view of the same records. Marks do not go with it."""
        self.view, self.filter, self.given, self.sort = view, filter, filter, ""
        self.columns = None
        self.marked.clear()

    def show_saved(self, view: View) -> None:
        """Continue with the filter and order as a view; the list and its marks stay the same."""
        self.view, self.filter, self.given, self.sort = view, "", "", ""

    def mark(self, record_id: int) -> None:
        """Mark a record, or remove its mark."""
        self.marked ^= {record_id}
