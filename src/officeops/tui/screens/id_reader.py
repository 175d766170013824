"""IdReader: reads the ids of a list: at once if the list is short, else in a thread, the first page first."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING

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


class IdReader:
    """Reads for one screen. A thread passes ids to `arrived(state, ids, complete)` and errors to `failed`."""

    def __init__(
        self,
        screen: OfficeScreen,
        arrived: Callable[[BrowserState, array[int], bool], object],
        failed: Callable[[Exception], object],
    ) -> None:
        self._screen = screen
        self._arrived = arrived
        self._failed = failed

    def read(
        self, record: type[Record], state: BrowserState, *, first_page: bool
    ) -> array[int] | None:
        """Return the ids of a short list, or None and read them in a thread; an earlier thread is given up.

        With `first_page` the first page of a long list arrives before the rest. Raises UsageProblem if the filter
        cannot be read.
        """
        office = self._screen.office
        if is_small(office, record):
            return read_ids(office, record, state.query)
        office.query(record).ids(state.query)  # raises here, and not in the thread
        self._screen.run_worker(
            partial(self._read, record, state, first_page=first_page),
            thread=True,
            exclusive=True,
            group="ids",
            exit_on_error=False,
        )
        return None

    def _read(self, record: type[Record], state: BrowserState, *, first_page: bool) -> None:
        worker = get_current_worker()
        app = self._screen.app
        try:
            with self._screen.office.twin() as twin:
                # SQLite stops reading a list that the person has turned away from.
                twin.store.db.set_progress_handler(lambda: worker.is_cancelled, STEPS)
                if first_page:
                    ids = read_ids(twin, record, state.query.replace(limit=PAGE))
                    app.call_from_thread(self._arrived, state, ids, len(ids) < PAGE)
                ids = read_ids(twin, record, state.query)
            app.call_from_thread(self._arrived, state, ids, True)  # noqa: FBT003 - complete
        except (OfficeError, sqlite3.Error) as error:
            if not worker.is_cancelled:
                app.call_from_thread(self._failed, error)
