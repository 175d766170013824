"""Browser: a list of any kind of record. There is one, turned to another kind, view or filter in place."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from officeops.model.errors import Forbidden, OfficeError
from officeops.tui.base.examples import example
from officeops.tui.base.record_actions import new_key, office_keys, record_keys
from officeops.tui.base.screen import OfficeScreen
from officeops.tui.screens.browser_views import view_keys
from officeops.tui.terminal.keys import Key
from officeops.tui.widgets.bars import CRUMB
from officeops.tui.widgets.columns import listed
from officeops.tui.widgets.error_text import sentence
from officeops.tui.widgets.row_pager import PAGE, Pages, is_small, read_ids
from officeops.tui.widgets.table import RecordTable
from officeops.values import wording
from officeops.values.convert import safe

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from textual.widget import Widget

    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.tui.screens.browser_state import BrowserState


class Browser(OfficeScreen):
    """The list of one kind of record."""

    def __init__(self, office: Office, state: BrowserState) -> None:
        super().__init__(office)
        self.state = state
        self.needs = (f"{state.record}.view",)
        self.table = RecordTable()
        self._known = False

    @property
    def record(self) -> type[Record]:
        """The kind of record listed."""
        return self.office.records[self.state.record]

    def turn(self, state: BrowserState) -> None:
        """Show another list in this same screen."""
        self.state = state
        self.needs = (f"{state.record}.view",)
        self.table.pages = None
        self.reload()
        self.show_bars()

    def withdraw(self) -> None:
        """Forget the rows; a filter, order or view of what may not be seen any more goes with them."""
        super().withdraw()
        self._keep_place()
        self._empty()
        self.state = replace(self.state)  # what still arrives was asked for before
        try:
            self.office.query(self.record).ids(self.state.query)
        except Forbidden as error:
            self.state.show(None)
            self.prompt.say(f"{sentence(error)} All are listed.", alarm=True)

    def _empty(self) -> None:
        self._known, self.table.pages = False, None
        self.table.rows_changed()

    # -- what is shown ------------------------------------------------------------------------------

    def body(self) -> Iterable[Widget]:
        """Return the table."""
        return [self.table]

    def crumb(self) -> str:
        """Return kind, view and filter."""
        view, parts = self.state.view, [self.record.meta.plural]
        parts += [safe(view.title)] if view else []
        parts += [f"/{safe(self.state.filter)}{self._meant()}"] if self.state.filter else []
        return CRUMB.join(parts)

    def _meant(self) -> str:
        """Return the names of the records that the filter means by their ids."""
        fields = self.record.meta.by_name
        found = self.office.query(self.record).given(self.state.filter)
        targets = ((self.office.target(fields[column]), each) for column, each in found.items())
        names = [safe(self.office.label(target, each)) for target, each in targets if target]
        return f" ({', '.join(names)})" if names else ""

    def status(self) -> str:
        """Return how many rows there are."""
        if not self._known:
            return "reading…"
        if self.table.pages is None:
            return ""
        count = self.table.row_count()
        marked = f"  {len(self.state.marked)} marked" if self.state.marked else ""
        put_away = " with archived" if self.state.archived else ""
        more = (
            f", {wording.count(len(self.table.left_out), 'more column')}"
            if self.table.left_out
            else ""
        )
        return f"{count:,} row{'' if count == 1 else 's'}{put_away}{more}{marked}"

    def notes(self) -> Iterable[tuple[str, str]]:
        """Say which columns have no room: the help has them by name, the breadcrumb their number."""
        if self.table.left_out:
            yield (
                ", ".join(self.table.left_out),
                "columns that have no room at this width; Enter opens the record with all",
            )

    def reload(self) -> None:
        """Read the list again: at once where it is short, else in a thread."""
        self._keep_place()
        self.table.sort = self.state.query.sort or self.record.meta.sort
        self.table.marked = self.state.marked
        self._known = False
        try:
            self._begin_reading()
        except Exception:
            self._empty()
            self._known = True
            raise

    def _begin_reading(self) -> None:
        if is_small(self.office, self.record):
            self._show(read_ids(self.office, self.record, self.state.query), known=True)
        else:
            self.office.query(self.record).ids(
                self.state.query
            )  # a filter that cannot be read is said here
            self.run_worker(
                partial(self._read, self.state),
                thread=True,
                exclusive=True,
                group="ids",
                exit_on_error=False,
            )

    def _keep_place(self) -> None:
        if self.table.pages and self.table.current_id:
            self.state.cursor_id = self.table.current_id

    def _read(self, state: BrowserState) -> None:
        """Read the ids in a thread, the first page of them first."""
        worker = get_current_worker()
        try:
            with self.office.twin() as twin:
                # A list turned away from is not read to its end.
                twin.store.db.set_progress_handler(lambda: worker.is_cancelled, 50_000)
                if not self.table.pages:
                    first = read_ids(twin, self.record, state.query.replace(limit=PAGE))
                    self.app.call_from_thread(self._arrived, state, first, known=len(first) < PAGE)
                ids = read_ids(twin, self.record, state.query)
            self.app.call_from_thread(self._arrived, state, ids, known=True)
        except (OfficeError, sqlite3.Error) as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._not_read, error)

    def _not_read(self, error: Exception) -> None:
        self._known = True
        self.complain(error)
        self.show_bars()

    def _arrived(self, state: BrowserState, ids: array[int], *, known: bool) -> None:
        if state is self.state and self.is_mounted:
            self._show(ids, known=known)
            self.show_bars()

    def _show(self, ids: array[int], *, known: bool) -> None:
        self._known = known
        self._keep_place()
        if known and self.state.marked:
            # A mark on a row that is not there would be acted on unseen.
            self.state.marked.intersection_update(ids)
        pages = Pages(
            self.office,
            self.record,
            listed(self.record.meta, self.state.view, self.office.withheld(self.record)),
            ids,
        )
        self.table.show(pages, self.state.cursor_id)
        if known and not ids:
            self.say(self._nothing())

    def _nothing(self) -> str:
        if self.state.filter or self.state.view:
            return "Nothing fits this filter; / changes it."
        start = f"There are no {self.record.meta.plural.lower()} yet"
        return f"{start}; n adds one." if self.record.meta.editable else f"{start}."

    # -- keys ---------------------------------------------------------------------------------------

    def own_keys(self) -> Iterator[Key]:
        """Yield the keys of a list and of its records."""
        yield Key(("enter",), "open", self.open_record, "Open the record", 1)
        yield Key(
            ("/",), "filter", self.read_filter, f"Show only what fits: {example(self.record)}", 1
        )
        yield new_key(self, self.record, self._given)
        yield from record_keys(self, self.record, self.chosen)
        yield Key(("right", "l"), "open", self.open_record, "Open the record", 9)
        yield Key(
            ("space",), "mark", self.mark, "Mark the row; some actions are done to all marked", 7
        )
        yield Key(("t",), "sort", self.read_sort, "Sort by a column; -name turns it round", 7)
        yield Key(("T",), "turn", self.turn_round, "Turn the order round", 9)
        yield from view_keys(self)
        yield from office_keys(self, self.record)
        yield Key(
            ("z",), "archived", self.toggle_archived, "Show archived ones too, or no longer", 9
        )

    def chosen(self) -> Sequence[Record]:
        """Return the marked records, or the one under the cursor, as they are now."""
        ids = sorted(self.state.marked) or (
            [self.table.current_id] if self.table.current_id else []
        )
        return list(self.office.some(self.record, ids))

    def open_record(self) -> None:
        """Open the record under the cursor."""
        if self.table.current_id:
            self._keep_place()
            self.desk.open_record(self.record, self.table.current_id)

    def mark(self) -> None:
        """Mark the row and go on to the next."""
        if self.table.current_id:
            self.state.mark(self.table.current_id)
            self.table.refresh_row(self.table.cursor)
            self.table.move(1)

    def read_filter(self) -> None:
        """Ask for a filter."""
        self.ask_for("/", str, self.set_filter, value=self.state.filter)

    def set_filter(self, text: str) -> None:
        """Filter the list. Raises UsageProblem where the filter cannot be read; the list stays as it was."""
        select = self.office.query(self.record)
        select.where(text)
        self.state.filter = text.strip()
        self.changed()
        if select.remarks:
            self.say(" ".join(map(safe, select.remarks)))

    def read_sort(self) -> None:
        """Ask for the column to sort by."""
        now = self.state.query.sort or self.record.meta.sort
        self.ask_for(f"Sort ({now}) by: ", str, self.set_sort, complete=self._complete_sort)

    def _complete_sort(self, text: str) -> str | None:
        start, bare = ("-", text[1:]) if text.startswith("-") else ("", text)
        names = [f.public_name for f in self.office.shown(self.record) if not f.sealed]
        return next((start + name for name in names if bare and name.startswith(bare)), None)

    def set_sort(self, text: str) -> None:
        """Sort the list. Raises UsageProblem where there is no such column; the list stays as it was."""
        list(self.office.query(self.record).order(text))
        self.state.sort = text.strip()
        self.changed(from_top=True)

    def turn_round(self) -> None:
        """Turn the order round."""
        first = (self.state.query.sort or self.record.meta.sort).partition(",")[0]
        self.set_sort(first.removeprefix("-") if first.startswith("-") else f"-{first}")

    def toggle_archived(self) -> None:
        """Show archived records too, or no longer."""
        self.state.archived = not self.state.archived
        self.changed()
        self.say(
            "Archived ones are shown too." if self.state.archived else "Archived ones are left out."
        )

    def _given(self) -> Mapping[str, int]:
        """Return what all the listed records point to: a new one begins with it."""
        return self.office.query(self.record).given(self.state.query.where)

    def changed(self, *, from_top: bool = False) -> None:
        """Show the list anew after its filter, order or view became another; `from_top` puts the cursor there."""
        if from_top:
            self.state.cursor_id, self.table.pages = 0, None
        self.reload()
        self.show_bars()
