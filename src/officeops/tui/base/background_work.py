"""BackgroundWork: a screen's reads and writes in threads, each with an office of its own.

Another program may hold the file for a while; the screen does not freeze during that time.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Final, TypeVar

from textual.worker import get_current_worker

from officeops.model.errors import OfficeError
from officeops.office.witness_wanted import wants_witness
from officeops.store.commits import Fate
from officeops.tui.base.navigator import host_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen

    from officeops.access.signature import Signature
    from officeops.office.office import Office
    from officeops.tui.base.dialog import Dialog

T = TypeVar("T")

#: The groups of threads that read what a screen shows.
READING: Final = frozenset({"fetch", "ids"})


class BackgroundWork:
    """Runs work for one screen; `written` is called after each write, whatever became of it."""

    def __init__(
        self,
        screen: Screen[None],
        office: Office,
        dialog: Dialog,
        written: Callable[[], object],
    ) -> None:
        self._screen = screen
        self._office = office
        self._dialog = dialog
        self._written = written
        #: Whether a change is on its way to the file.
        self.writing = False

    @property
    def is_reading(self) -> bool:
        """Whether a thread still reads rows for the screen."""
        for work in self._screen.app.workers:
            is_mine = work.node is self._screen and work.group in READING
            if is_mine and not work.is_finished:
                return True
        return False

    # -- writing -----------------------------------------------------------------------------------

    def write(
        self,
        work: Callable[[Office], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Run `work` in a thread, then `done` with its answer, or `failed` with its error, here.

        At a shared login, a person signs before each. If nobody does, nothing of it runs.
        """
        if self.writing:
            self._dialog.say("One moment: the last change is still being written.")
        elif self._office.who.is_shared:
            navigator = host_of(self._screen.app).navigator
            navigator.ask_to_sign(partial(self.run, work, done, failed))
        else:
            self.run(work, done, failed)

    def run(
        self,
        work: Callable[[Office], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
        signature: Signature | None = None,
        witness: Signature | None = None,
    ) -> None:
        """Run `work` as `write` does, for the person who signed, and ask only for a missing witness."""
        self.writing = True
        # The app runs it, not the screen: a screen that closes cancels its own threads, and a write
        # must end.
        self._screen.app.run_worker(
            partial(
                self._write,
                work,
                done,
                failed or self._dialog.complain,
                signature,
                witness,
            ),
            thread=True,
            exit_on_error=False,
            group="write",
        )

    def _write(
        self,
        work: Callable[[Office], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
        signature: Signature | None,
        witness: Signature | None,
    ) -> None:
        then: Callable[[], object]
        fate = Fate()
        try:
            with self._office.twin() as twin:
                # Only the commits of this write count here, so that a message about its failure is
                # true.
                twin.fate = twin.store.fate = fate
                twin.store.gate.told = self._say_waiting
                if signature:
                    twin.sign(signature)
                twin.authorizer.witness = witness
                then = partial(done, work(twin))
        except Exception as error:  # noqa: BLE001 - shown on the screen where the key was pressed
            then = partial(self._report_failure, failed, error, fate)
            if wants_witness(error) and not fate.actions:
                then = partial(self._ask_witness, work, done, failed, signature)
        self._screen.app.call_from_thread(self._finish_write, then, fate)

    def _ask_witness(
        self,
        work: Callable[[Office], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
        signature: Signature | None,
    ) -> None:
        """Ask for the witness of an action that wrote nothing yet, then run it again."""
        navigator = host_of(self._screen.app).navigator
        navigator.ask_witness(partial(self.run, work, done, failed, signature), signature)

    def _report_failure(
        self,
        failed: Callable[[Exception], object],
        error: Exception,
        fate: Fate,
    ) -> None:
        with self._dialog.about_write(fate):
            failed(error)

    def _say_waiting(self, text: str) -> None:
        """Say what a change waits for.

        If the interface is gone by then, the change still goes on.
        """
        with suppress(RuntimeError):
            self._screen.app.call_from_thread(self._dialog.say, text)

    def _finish_write(self, then: Callable[[], object], fate: Fate) -> None:
        self.writing = False
        self._dialog.guarded(then)
        self._offer_undo(fate)
        self._written()

    def _offer_undo(self, fate: Fate) -> None:
        """Say beside the message that the action can be undone, where it can."""
        from officeops.history.undo import next_to_undo

        with suppress(OfficeError, sqlite3.Error):
            if fate.actions and next_to_undo(self._office).id in fate.actions:
                is_one = len(fate.actions) == 1
                host_of(self._screen.app).offer_undo("undo" if is_one else "undoes the last")

    # -- reading -----------------------------------------------------------------------------------

    def fetch(
        self,
        work: Callable[[Office], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Read something slow in a thread, then run `done` with it here.

        A later call replaces an earlier one.
        """
        self._screen.run_worker(
            partial(
                self._fetch,
                work,
                done,
                failed or self._dialog.complain,
            ),
            thread=True,
            exclusive=True,
            exit_on_error=False,
            group="fetch",
        )

    def _fetch(
        self,
        work: Callable[[Office], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object],
    ) -> None:
        worker = get_current_worker()
        then: Callable[[], object]
        try:
            with self._office.twin() as twin:
                then = partial(done, work(twin))
        except Exception as error:  # noqa: BLE001 - shown on the screen that asked
            then = partial(failed, error)
        # The screen may have closed, or asked again, since the thread began.
        if not worker.is_cancelled:
            self._screen.app.call_from_thread(self._dialog.guarded, then)
