"""Browser: a list of records of any type.

The same screen turns to another type, view or filter in place.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.containers import Horizontal

from officeops.model.errors import Forbidden, OfficeError
from officeops.tui.base.record_actions import office_keys, record_keys
from officeops.tui.base.record_forms import new_key
from officeops.tui.base.screen import OfficeScreen
from officeops.tui.record_lines import record_lines
from officeops.tui.screens.browser_columns import columns_key, columns_of
from officeops.tui.screens.browser_query import archived_key, clear_filter, filter_key, order_keys
from officeops.tui.screens.browser_views import view_keys
from officeops.tui.screens.id_reader import IdReader
from officeops.tui.screens.list_totals import totals_of
from officeops.tui.terminal.keys import Key
from officeops.tui.widgets.bars import CRUMB
from officeops.tui.widgets.row_pager import Pages
from officeops.tui.widgets.side_pane import SidePane
from officeops.tui.widgets.table import RecordTable
from officeops.values import wording
from officeops.values.text import safe

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from textual.widget import Widget

    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.tui.screens.browser_state import BrowserState
    from officeops.tui.widgets.lines import Line

#: Whose the rows are, for a person who does not reach all of them.
_OF_WHOM: Final = {"own": " of yours", "team": " of your team"}


class Browser(OfficeScreen):
    """The list of one record type."""

    def __init__(self, office: Office, state: BrowserState) -> None:
        super().__init__(office)
        self.state = state
        self.require(f"{state.record}.view")
        self.table = RecordTable()
        self._pane = SidePane(self._lines_beside)
        self._reader = IdReader(self, self._arrived, self._not_read)
        #: The sums of the columns that have one, in words.
        self._totals = ""
        #: The record that was added or changed from here, until the cursor is on it.
        self._came = 0
        #: Whether all ids are read.
        self._complete = False

    @property
    def record(self) -> type[Record]:
        """The record type listed."""
        return self.office.records[self.state.record]

    def listed_type(self) -> type[Record]:
        """Return the record type listed."""
        return self.record

    def turn(self, state: BrowserState) -> None:
        """Show another list in this same screen."""
        self.state = state
        # The permission is another one with each type.
        self.require(f"{state.record}.view")
        self.table.clear()
        self.reload()
        self.show_bars()

    def withdraw(self) -> None:
        """Forget the rows, and any filter, order or view on fields that may no longer be seen."""
        super().withdraw()
        self.keep_place()
        self._show_nothing()
        self._pane.show(())
        self.state = replace(self.state)  # rows that still arrive are for the old state
        try:
            self.office.query(self.record).ids(self.state.query)
        except Forbidden as error:
            self.state.show(None)
            self.prompt.say(f"{self.dialog.sentence(error)} All are listed.", alarm=True)

    # -- content -----------------------------------------------------------------------------

    def body(self) -> Iterable[Widget]:
        """Return the table, and the record under the cursor beside it on a wide terminal."""
        return [Horizontal(self.table, self._pane)]

    def _lines_beside(self, width: int) -> Iterable[Line]:
        """Return the lines of the record under the cursor; a fault leaves the list as it is."""
        here = self.table.current_id
        if not here:
            return ()
        with suppress(OfficeError, sqlite3.Error):
            return list(record_lines(self.office, self.office.get(self.record, here), width))
        return ()

    @property
    def is_pausing(self) -> bool:
        """Whether the list or the pane waits for a pause in the keys."""
        return super().is_pausing or self._pane.is_pausing

    def on_row_view_moved(self) -> None:
        """Let the pane follow the cursor."""
        self._pane.follow()

    def on_resize(self) -> None:
        """Show the pane where there is room for it."""
        self._fit_pane()
        super().on_resize()

    def _fit_pane(self) -> None:
        # A guarded value counts as read where it shows: none is shown only because a cursor passed.
        self._pane.fit(0 if self.record.meta.guarded else self.size.width)

    def crumb(self) -> str:
        """Return type, view and filter."""
        view, text = self.state.view, self.state.filter
        parts = [self.record.meta.plural]
        if view:
            parts.append(safe(view.title))
        if text:
            parts.append(f"/{safe(text)}{self._names_in_filter()}")
        return CRUMB.join(parts)

    def _names_in_filter(self) -> str:
        """Return the names of the records that the filter gives by id, such as `item=#12`."""
        fields = self.record.meta.by_name
        names = []
        for column, record_id in self.office.query(self.record).given(self.state.filter).items():
            target = self.office.target(fields[column])
            if target:
                names.append(safe(self.office.label(target, record_id)))
        return f" ({', '.join(names)})" if names else ""

    def status(self) -> str:
        """Return how many rows there are."""
        if not self._complete:
            return "reading…"
        if self.table.is_blank:
            return ""
        text: str = wording.count(self.table.row_count(), "row")
        text += _OF_WHOM.get(self.office.reach(self.record), "")
        if self.state.archived:
            text += " with archived"
        if self.table.left_out:
            text += f", {wording.count(len(self.table.left_out), 'more column')}"
        if self._totals:
            text += f", {self._totals}"
        if self.state.marked:
            text += f"  {len(self.state.marked)} marked"
        return text

    def notes(self) -> Iterable[tuple[str, str]]:
        """Name the columns that have no room; the status has only their number."""
        if self.table.left_out:
            yield (
                ", ".join(self.table.left_out),
                "columns that have no room at this width; Enter opens the record with all",
            )

    # -- reading -----------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the list again."""
        self.keep_place()
        self._fit_pane()
        self.table.describe(self.sort, self.state.marked)
        self._complete = False
        try:
            first_page = self.table.is_blank
            ids = self._reader.read(self.record, self.state, first_page=first_page)
            if ids is not None:
                self._show(ids, complete=True)
        except Exception:
            # Old rows under a new filter would be a wrong answer.
            self._show_nothing()
            self._complete = True
            raise

    @property
    def sort(self) -> str:
        """The order now: the person's, the view's, or the record type's own."""
        return self.state.query.sort or self.record.meta.sort

    def keep_place(self) -> None:
        """Keep the record under the cursor, to come back to it.

        While a filter is typed, the one from before is kept: Esc goes back to it.
        """
        if self._came:
            self.state.cursor_id = self._came
        elif self.table.current_id and not self.prompt.is_followed:
            self.state.cursor_id = self.table.current_id

    def came(self, record: type[Record], record_id: int) -> None:
        """Put the cursor on a record that was added or changed from here."""
        if record is self.record:
            self._came = record_id
            self.reload()

    def _say_hidden(self, ids: array[int]) -> None:
        """Say that the record that was saved is not listed, where a filter or a view hides it."""
        came, self._came = self._came, 0
        if came and came not in ids:
            self.prompt.say(f"{self.prompt.said} It is not in this list: its filter hides it.")

    def _show_nothing(self) -> None:
        self._complete = False
        self.table.clear()
        self.table.rows_changed()

    def _not_read(self, error: Exception) -> None:
        self._complete = True
        self.complain(error)
        self.show_bars()

    def _arrived(
        self,
        state: BrowserState,
        ids: array[int],
        *,
        complete: bool,
    ) -> None:
        if state is self.state and self.is_mounted:
            self._show(ids, complete=complete)
            self.show_bars()

    def _show(self, ids: array[int], *, complete: bool) -> None:
        self._complete = complete
        self.keep_place()
        if complete and self.state.marked and not self.prompt.is_followed:
            # An action on all marked rows must not include one that is not listed.
            self.state.marked.intersection_update(ids)
        fields = columns_of(self)
        self.table.show(
            Pages(
                self.office,
                self.record,
                fields,
                ids,
            ),
            self.state.cursor_id,
        )
        self._pane.follow()
        if complete:
            self._totals = (
                self.guarded(partial(totals_of, self.office, self.record, fields, ids)) or ""
            )
        if complete and self._came:
            self._say_hidden(ids)
        elif complete and not ids:
            self.say(self._why_empty())

    def _why_empty(self) -> str:
        meta = self.record.meta
        if self.state.filter or self.state.view:
            return "Nothing matches this filter; / changes it."
        start = f"There are no {meta.many} yet"
        if meta.editable:
            return f"{start}; {self.letters['new']} adds one."
        added_by = self.record.added_by
        return f"{start}; `{added_by}` adds one." if added_by else f"{start}."

    def changed(self, *, from_top: bool = False) -> None:
        """Read the list again after its filter, order or view changed.

        With `from_top` the cursor goes to the first row.
        """
        if from_top:
            self.state.cursor_id = 0
            self.table.clear()
        self.reload()
        self.show_bars()

    # -- keys --------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys of a list and of its records."""
        yield Key(
            keys=("enter", "right"),
            means="open",
            label="open",
            run=self.open_record,
            help="Open the record",
            rank=1,
        )
        yield filter_key(self, in_sight=self._is_in_sight())
        yield new_key(self, self.record, self._given)
        yield from record_keys(self, self.record, self.chosen)
        yield Key(
            keys=("space",),
            label="mark",
            run=self.mark,
            help="Mark the row; some actions run on all marked rows",
            rank=7,
        )
        yield from order_keys(self)
        yield columns_key(self)
        yield from view_keys(self)
        yield from office_keys(self, self.record)
        yield archived_key(self)

    def back(self) -> None:
        """Take back the filter that was typed; without one, go back."""
        if not clear_filter(self):
            super().back()

    def _is_in_sight(self) -> bool:
        """Whether the whole list is on the screen."""
        return not self.state.filter and self.table.row_count() <= self.table.body_height

    def copied(self) -> str:
        """Return the name of the record under the cursor."""
        record_id = self.table.current_id
        return self.office.label(self.record, record_id) if record_id else ""

    def chosen(self) -> Sequence[Record]:
        """Return the marked records, or the one under the cursor, as they are now."""
        ids = sorted(self.state.marked)
        if not ids and self.table.current_id:
            ids = [self.table.current_id]
        return list(self.office.some(self.record, ids))

    def _given(self) -> Mapping[str, int]:
        """Return the references that the filter fixes: a new record begins with them."""
        return self.office.query(self.record).given(self.state.query.where)

    def open_record(self) -> None:
        """Open the record under the cursor."""
        if self.table.current_id:
            self.keep_place()
            self.navigator.open_record(self.record, self.table.current_id)

    def mark(self) -> None:
        """Mark the row and go on to the next."""
        if self.table.current_id:
            self.state.mark(self.table.current_id)
            self.table.refresh_row(self.table.cursor)
            self.table.move(1)
