"""IdReader: reads the ids of a list.

A short list is read at once; a long one in a thread, its first page first.
"""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Protocol

from textual.worker import get_current_worker

from officeops.model.errors import OfficeError
from officeops.tui.widgets.row_pager import PAGE, is_small, read_ids

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable

    from officeops.model.records import Record
    from officeops.tui.base.screen import OfficeScreen
    from officeops.tui.screens.browser_state import BrowserState

#: Steps of SQLite between two looks at whether the list is still wanted.
STEPS = 50_000


class Arrived(Protocol):
    """Takes the ids of a list, all of them or the first page."""

    def __call__(
        self,
        state: BrowserState,
        ids: array[int],
        *,
        complete: bool,
    ) -> object:
        """Show the ids, if the list is still the one that was asked for."""


class IdReader:
    """Reads for one screen.

    A thread passes ids to `arrived(state, ids, complete)` and errors to `failed`.
    """

    def __init__(
        self,
        screen: OfficeScreen,
        arrived: Arrived,
        failed: Callable[[Exception], object],
    ) -> None:
        self._screen = screen
        self._arrived = arrived
        self._failed = failed

    def read(
        self,
        record: type[Record],
        state: BrowserState,
        *,
        first_page: bool,
    ) -> array[int] | None:
        """Return the ids of a short list, or None and read them in a thread.

        An earlier thread is given up.

        With `first_page` the first page of a long list arrives before the rest. Raises UsageProblem
        if the filter cannot be read.
        """
        office = self._screen.office
        if is_small(office, record):
            return read_ids(office, record, state.query)
        office.query(record).ids(state.query)  # raises here, and not in the thread
        # The screen runs it, so that it ends with the screen; `exclusive` ends the one before.
        self._screen.run_worker(
            partial(
                self._read,
                record,
                state,
                first_page=first_page,
            ),
            thread=True,
            exclusive=True,
            group="ids",
            exit_on_error=False,
        )
        return None

    def _read(
        self,
        record: type[Record],
        state: BrowserState,
        *,
        first_page: bool,
    ) -> None:
        worker = get_current_worker()
        app = self._screen.app
        try:
            with self._screen.office.twin() as twin:
                # SQLite stops reading a list that the person has turned away from.
                twin.store.db.set_progress_handler(lambda: worker.is_cancelled, STEPS)
                if first_page:
                    ids = read_ids(twin, record, state.query.replace(limit=PAGE))
                    self._pass_on(state, ids, complete=len(ids) < PAGE)
                ids = read_ids(twin, record, state.query)
            self._pass_on(state, ids, complete=True)
        except (OfficeError, sqlite3.Error) as error:
            if not worker.is_cancelled:
                app.call_from_thread(self._failed, error)

    def _pass_on(
        self,
        state: BrowserState,
        ids: array[int],
        *,
        complete: bool,
    ) -> None:
        arrived = partial(self._arrived, state, ids, complete=complete)
        self._screen.app.call_from_thread(arrived)
