"""OfficeApp: the terminal interface of one office.

It has the clock, the keys, the theme, and the last word on faults.

What others save shows within seconds, without losing the person's place or what they typed.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import threading
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Final

from textual import events

from officeops.model.errors import UsageProblem
from officeops.plugins.keeper import keeper
from officeops.tui.base.screen import OfficeScreen
from officeops.tui.idle_clock import IdleClock
from officeops.tui.key_receiver import KeyReceiver
from officeops.tui.locked_app import LockedApp
from officeops.tui.navigation import Navigation
from officeops.tui.screens.today import Today
from officeops.tui.terminal.key_queue import KeyQueue
from officeops.tui.terminal.terminal_setup import CALM_THEME
from officeops.tui.theme import CALM
from officeops.values import wording

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from textual.driver import Driver
    from textual.screen import Screen as TextualScreen

    from officeops.office.office import Office

    #: What Python does at a signal.
    Handler = Callable[[int, FrameType | None], object] | int | None

#: Seconds between two looks at the file: short enough to see each other's work, long enough that a
#: busy import does not flood a slow line.
LOOK: Final = 2.0
#: The signals of a line that dropped, and of a program that is asked to end.
_ENDS: Final = (signal.SIGHUP, signal.SIGTERM)
#: Seconds in which a program whose line is gone can keep its sheets and end.
_FAREWELL: Final = 10.0
#: How many messages can be read again.
MESSAGES: Final = 50


class OfficeApp(LockedApp):
    """The terminal interface of one office.

    It closes after `idle` minutes without a key, and after `longest` hours; 0 is never.
    """

    #: The window's title, where a terminal shows one.
    TITLE = "officeops"
    DEFAULT_CSS: ClassVar[str] = (
        "OfficeApp { background: $background; } OfficeApp:ansi { background: ansi_default; }"
    )

    def __init__(
        self,
        office: Office,
        theme: str = CALM_THEME,
        idle: int = 0,
        longest: int = 0,
    ) -> None:
        super().__init__()
        self.office = office
        # Lines and questions between the screens would spoil them; a screen asks by itself.
        office.store.gate.told = None
        office.authorizer.asks = office.authorizer.asks_witness = None
        self._set_theme(theme)
        self.recent_messages: deque[str] = deque(maxlen=MESSAGES)
        self.navigator = Navigation(self, office, self.recent_messages)
        self.receiver = KeyReceiver(self)
        self.typed = KeyQueue(self.receiver)
        self.idle = IdleClock(idle)
        #: The same clock for the whole session: no key starts it again.
        self.session = IdleClock(longest * 60)
        #: The sentences said on code of plugins that does not stop.
        self._unstopped: set[str] = set()
        self._giving: asyncio.Task[None] | None = None
        #: Who had the signals that end the program before.
        self._ends: dict[int, Handler] = {}
        #: Screens that failed once. A second fault of one ends the program: closing it did not
        #: help.
        self._failed: list[TextualScreen[None]] = []

    def _set_theme(self, theme: str) -> None:
        self.register_theme(CALM)
        if theme not in self.available_themes:
            themes = ", ".join(sorted(self.available_themes))
            settings = self.office.machine.shown
            raise UsageProblem(
                f"{settings}: there is no theme {theme!r}. Themes: {themes}.", code="unknown-choice"
            )
        self.theme = theme

    def get_default_screen(self) -> TextualScreen[None]:
        """Begin with Today."""
        return Today(self.office)

    def notify(self, message: str, **_: Any) -> None:  # noqa: ANN401 - as Textual has it
        """Show a message on the prompt line: nothing ever pops up over what a person reads."""
        self.navigator.notify(message)

    def offer_undo(self, words: str) -> None:
        """Say beside the message of the screen on top that the last action can be undone.

        In a form, and in a sheet where letters are typed, `u` is text.
        """
        screen = self.screen
        if isinstance(screen, OfficeScreen):
            key = screen.key_named(screen.letters["undo"])
            if key is not None and key.means == "undo":
                screen.prompt.beside(f"{key.written} {words}")

    # -- keys --------------------------------------------------------------------------------------

    def get_driver_class(self) -> type[Driver]:
        """Return the driver that knows when keys arrived, if the terminal is a real one."""
        from textual.drivers.linux_driver import LinuxDriver

        driver = super().get_driver_class()
        # Tests have a driver without a terminal, whose events carry their own times.
        if driver is not LinuxDriver:
            return driver
        from officeops.tui.terminal.arrivals import ArrivalDriver, PlainDriver
        from officeops.tui.terminal.plain_letters import wants_plain_letters

        return PlainDriver if wants_plain_letters(os.environ) else ArrivalDriver

    def on_mount(self) -> None:
        """Start to look at the file, and to give out keys."""
        from officeops.tui.terminal.arrivals import ArrivalDriver

        if isinstance(self._driver, ArrivalDriver):
            self._driver.waiting = self._waiting
            self._driver.is_gone = _end_without_line
        self.set_interval(LOOK, self.look)
        self._giving = asyncio.create_task(self._give_keys(), name="keys")
        self._listen_for_the_end()

    def on_unmount(self) -> None:
        """Stop giving out keys."""
        self._listen_no_more()
        if self._giving:
            self._giving.cancel()

    def _waiting(self) -> int:
        """Return how many keys and messages wait: a client may send them faster than they are used."""
        return len(self.typed) + self._message_queue.qsize()

    async def _give_keys(self) -> None:
        try:
            await self.typed.run()
        except Exception as error:  # noqa: BLE001 - asyncio would keep a task's fault to itself
            self._handle_exception(error)

    async def on_event(self, event: events.Event) -> None:
        """Restart the idle clock, and put the key in the queue."""
        if isinstance(event, (events.Key, events.Paste, events.MouseEvent)):
            self.idle.key_pressed()
        if isinstance(event, (events.Key, events.Paste)):
            # Textual sends a key again, to the widget with the focus, as the same event; the queue
            # sends each key once. Neither is new.
            is_new = not event.is_forwarded and not self.typed.is_given(event)
            if is_new:
                self.typed.add(event)
                return
        await super().on_event(event)

    # -- looking -----------------------------------------------------------------------------------

    def look(self) -> None:
        """Show what others wrote; warn or close if nobody is there.

        This waits for the end of an answer or a write, except that data a person may no longer see
        is cleared at once.
        """
        with suppress(sqlite3.Error):  # the next look tries again
            self.navigator.drop_stale_access()
        # While the app closes, its screens are gone before its timers.
        if not self.screen_stack:
            return
        screen = self.screen
        if not isinstance(screen, OfficeScreen):
            self._check_idle(None)
            return
        self._name_unstopped(screen)
        # Rows that change under a question would change what a `y` means.
        if not screen.writing and not screen.prompt.busy and screen.is_behind():
            screen.refresh_if_changed()
        if not screen.writing:
            self._check_idle(screen)

    def _name_unstopped(self, screen: OfficeScreen) -> None:
        """Say once which plugin a screen waits for, where its code cannot be stopped."""
        for sentence in keeper.unstopped():
            if sentence not in self._unstopped and not screen.prompt.busy:
                self._unstopped.add(sentence)
                screen.say(sentence)

    def _check_idle(self, screen: OfficeScreen | None) -> None:
        if self.session.is_over:
            hours = wording.count(self.session.minutes // 60, "hour")
            self.exit(
                message=f"officeops closed: a session ends after {hours}. Log in again. "
                "Unsaved input is lost."
            )
        elif screen and self.session.must_warn():
            screen.warn("This session ends in a minute: save your work, and log in again.")
        elif self.idle.is_over:
            minutes = wording.count(self.idle.minutes, "minute")
            self.exit(
                message=f"officeops closed after {minutes} without a key. Unsaved input is lost."
            )
        elif screen and self.idle.must_warn():
            screen.warn("Nobody there? officeops closes in a minute; any key keeps it open.")

    # -- faults ------------------------------------------------------------------------------------

    def _handle_exception(self, error: Exception) -> None:
        """Close a plugin's screen that failed, and say so.

        Only a fault of our own ends the program.

        Every unhandled error passes this method of Textual's, which is private there.
        """
        screen = self.screen_stack[-1] if self.screen_stack else None
        is_own = screen is None or type(screen).__module__.startswith("officeops.tui.")
        if screen is None or is_own or screen in self._failed:
            super()._handle_exception(error)
            return
        self._failed.append(screen)
        self.call_later(self._close_failed, screen, error)

    def _close_failed(self, screen: TextualScreen[None], error: Exception) -> None:
        if self.screen is screen:
            self.pop_screen()
        if isinstance(self.screen, OfficeScreen):
            self.screen.complain(error)

    # -- the end -----------------------------------------------------------------------------------

    def _listen_for_the_end(self) -> None:
        """Keep the typed rows of sheets when the line drops or the program is asked to end."""
        if threading.current_thread() is not threading.main_thread():
            return  # of a test: Python gives signals to the main thread alone
        for number in _ENDS:
            before = signal.getsignal(number)
            if before is not signal.SIG_IGN:
                self._ends[number] = before
                asyncio.get_running_loop().add_signal_handler(number, self._end_by, number)

    def _listen_no_more(self) -> None:
        """Restore the former handlers of the signals."""
        for number, before in self._ends.items():
            asyncio.get_running_loop().remove_signal_handler(number)
            signal.signal(number, before)
        self._ends.clear()

    def _end_by(self, number: int) -> None:
        """Keep all unsaved texts, then end as the signal would have ended the program."""
        for screen in self.screen_stack:
            if isinstance(screen, OfficeScreen):
                screen.hung_up()
        self._listen_no_more()
        os.kill(os.getpid(), number)

    # -- leaving -----------------------------------------------------------------------------------

    async def action_quit(self) -> None:
        """Leave by ctrl+q."""
        self.navigator.leave()

    def action_help_quit(self) -> None:
        """Say how to leave.

        Ctrl+c copies in many terminals, and must not end the program by accident.
        """
        if self.typed.is_stuck:
            self.notify(
                "The last change is still being written. q leaves officeops; "
                "! shows the last messages."
            )
        else:
            self.notify("q leaves officeops; Esc goes back.")


def _end_without_line(has_ended: threading.Event) -> None:
    """End the program, as its terminal is gone.

    It hears a signal only between two of its steps, and it may wait for ever in one that writes to
    the terminal. All that a person typed is in the file by then.
    """
    os.kill(os.getpid(), signal.SIGHUP)
    if not has_ended.wait(_FAREWELL):
        os._exit(128 + signal.SIGHUP)
