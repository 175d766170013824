"""Navigation: the stack of screens of one program, and the ways between them.

This is the one place that knows every screen. Screens see it as
`officeops.tui.base.navigator.Navigator`.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from officeops.model.errors import OfficeError
from officeops.office.huddle import VIEW as HUDDLE
from officeops.office.inspection import VIEW as INSPECT
from officeops.tui.base import command_line
from officeops.tui.base.record_order import ordered_types
from officeops.tui.base.screen import OfficeScreen
from officeops.tui.screens.browser import Browser
from officeops.tui.screens.browser_state import BrowserState
from officeops.tui.screens.form_screen import FormScreen
from officeops.tui.screens.help import Help
from officeops.tui.screens.inspection import InspectionScreen
from officeops.tui.screens.inspections import Inspections
from officeops.tui.screens.messages import Messages
from officeops.tui.screens.morning_page import MorningPage
from officeops.tui.screens.pin_screen import PinScreen
from officeops.tui.screens.plugin_screen import plugin_screen
from officeops.tui.screens.record import RecordScreen
from officeops.tui.screens.record_types import RecordTypes
from officeops.tui.screens.scanned_record import scanned_record
from officeops.tui.screens.sign_screen import SignScreen
from officeops.tui.screens.undo_list import UndoList
from officeops.tui.screens.witness_screen import WitnessScreen

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Callable, Iterable

    from textual.app import App
    from textual.screen import Screen as TextualScreen

    from officeops.access.signature import Signature
    from officeops.model.declarations import Screen, View
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.tui.forms.form import Form
    from officeops.tui.terminal.scans import Scan


class Navigation:
    """Opens and closes the screens of an app."""

    def __init__(
        self,
        app: App[None],
        office: Office,
        recent_messages: deque[str],
    ) -> None:
        self._app = app
        self._office = office
        self._messages = recent_messages
        #: Where the person was in each list, by the record's key: a list opens again as they left
        #: it.
        self._states: dict[str, BrowserState] = {}
        self._record_types: list[type[Record]] | None = None
        #: How to open again the screens that a jump left, the lowest first; None before the first.
        self._left: list[Callable[[], object]] | None = None
        #: The permissions that the screens were read with; None before the first look.
        self._permissions: tuple[object, ...] | None = None

    # -- lists -------------------------------------------------------------------------------------

    def record_types(self) -> list[type[Record]]:
        """Return the types of record that can be listed; a digit opens each of the first nine."""
        if self._record_types is None:
            self._record_types = ordered_types(self._office)
        return self._record_types

    def list_records(
        self,
        record: type[Record],
        view: View | None = None,
        filter: str | None = None,  # noqa: A002 - the name it has for people
    ) -> None:
        """List a record type.

        The list opens as the person left it, unless a view or a filter is asked for.
        """
        self._office.allow_view(record)
        key = record.meta.key
        if key not in self._states or view or filter is not None:
            self._states[key] = BrowserState(key, view, filter or "")
        self._leave_for(partial(self._show_list, self._states[key]))

    def _show_list(self, state: BrowserState) -> None:
        """Turn the list that is open right above the first screen to another type, or open one."""
        # One list is enough to come back to: a second digit must not pile up screens.
        above = self._app.screen_stack[1:2]
        browser = above[0] if above and isinstance(above[0], Browser) else None
        self._close_down_to(browser)
        if browser:
            browser.turn(state)
        else:
            self._push_browser(state)

    def open_list(self, record: type[Record], filter: str) -> None:  # noqa: A002 - as above
        """List the records that match a filter, over this screen; Esc comes back."""
        self._office.allow_view(record)
        self._push_browser(BrowserState(record.meta.key, filter=filter))

    def _push_browser(self, state: BrowserState) -> None:
        self._push(Browser(self._office, state), partial(self._push_browser, state))

    def _push(self, screen: TextualScreen[None], again: Callable[[], object]) -> None:
        """Open a screen that is a place: `again` opens it once more."""
        if isinstance(screen, OfficeScreen):
            screen.again = again
        self._app.push_screen(screen)

    def open_record_types(self) -> None:
        """Show the record types, their views, and the plugins' screens."""
        if not isinstance(self._app.screen, RecordTypes):
            self._push(RecordTypes(self._office), self.open_record_types)

    # -- other screens -----------------------------------------------------------------------------

    def open_record(self, record: type[Record], record_id: int) -> None:
        """Open a record. Raises NotFound, and Forbidden if its type must not be seen."""
        self._office.allow_view(record)
        # This raises for a record that is gone, while the screen that asked is still on top.
        self._office.get(record, record_id)
        again = partial(self.open_record, record, record_id)
        self._push(RecordScreen(self._office, record, record_id), again)

    def record_of(self, scan: Scan) -> Record:
        """Return the record of a scanned code.

        Raises NotFound, and UsageProblem if several have it.
        """
        return scanned_record(self._office, scan)

    def open_form(self, form: Form, saved: Callable[[str], object]) -> None:
        """Open a form; `saved` receives the message once it is saved."""
        self._app.push_screen(FormScreen(self._office, form, saved))

    def ask_to_sign(self, signed: Callable[[Signature], object]) -> None:
        """Ask whose entry it is, by name and PIN; `signed` receives the proof."""
        self._app.push_screen(SignScreen(self._office, signed))

    def ask_witness(self, signed: Callable[[Signature], object], actor: Signature | None) -> None:
        """Ask for the witness of what the person who signed, or whose login it is, does."""
        self._app.push_screen(WitnessScreen(self._office, signed, actor))

    def open_pin(self) -> None:
        """Ask for the person's own new PIN."""
        self._app.push_screen(PinScreen(self._office))

    def open_screen(self, declared: Screen) -> None:
        """Open a plugin's screen. Raises Forbidden, and Broken if it cannot be built."""
        self._push(plugin_screen(self._office, declared), partial(self.open_screen, declared))

    def _open_huddle(self) -> None:
        self._office.allow(HUDDLE)
        self._push(MorningPage(self._office), self._open_huddle)

    def _open_inspection(self, topic: str) -> None:
        self._office.allow(INSPECT)
        screen = InspectionScreen(self._office, topic) if topic else Inspections(self._office)
        self._push(screen, partial(self._open_inspection, topic))

    def open_help(self) -> None:
        """Show what every key of this screen does."""
        screen = self._app.screen
        if isinstance(screen, OfficeScreen) and not isinstance(screen, Help):
            self._app.push_screen(Help(self._office, screen))

    def open_undo_list(self) -> None:
        """List what the person did last, to undo one of it."""
        if not isinstance(self._app.screen, UndoList):
            self._app.push_screen(UndoList(self._office))

    def open_messages(self) -> None:
        """Show the latest messages in full."""
        if not isinstance(self._app.screen, Messages):
            self._app.push_screen(Messages(self._office, self._messages))

    def notify(self, message: str) -> None:
        """Show a message on the prompt line of the screen on top."""
        if isinstance(self._app.screen, OfficeScreen):
            self._app.screen.say(message)

    # -- by name -----------------------------------------------------------------------------------

    def go(self, text: str) -> None:
        """Run a command of this screen, or go where the text leads. Raises UsageProblem."""
        word = text.strip()
        if not word:
            return
        screen = self._app.screen
        # A command of the screen comes first: `:archive` on a list is about its rows.
        key = screen.command(word) if isinstance(screen, OfficeScreen) else None
        if isinstance(screen, OfficeScreen) and key:
            if word in key.former:
                screen.say(f"`:{word}` is called `:{key.word}` now; the old name still works.")
            screen.press(key)
        else:
            self._go_to(command_line.parse(self._office, text))

    def _go_to(self, goal: command_line.Goal) -> None:
        self._remember()
        if goal.screen:
            self.open_screen(goal.screen)
        elif goal.record and goal.number:
            self.open_record(goal.record, goal.number)
        elif goal.record:
            # A filter that cannot be read is refused before this screen closes.
            self._office.query(goal.record).where(goal.filter)
            self.list_records(goal.record, goal.view, goal.filter)
        else:
            places: dict[str, Callable[[], None]] = {
                "today": self.go_home,
                "huddle": self._open_huddle,
                "inspect": partial(self._open_inspection, goal.topic),
                "browse": self.open_record_types,
                "help": self.open_help,
                "quit": self.leave,
            }
            places[goal.place]()

    def knows(self, text: str) -> bool:
        """Whether `go` would find a place for the text."""
        try:
            command_line.parse(self._office, text)
        except OfficeError:
            return False
        return True

    def complete(self, text: str) -> str | None:
        """Return the whole command that a text begins, or None.

        It is a place, a noun, a view, or a command of this screen.
        """
        screen = self._app.screen
        commands = screen.commands() if isinstance(screen, OfficeScreen) else []
        try:
            return command_line.complete(self._office, text, commands)
        except OfficeError:
            return None  # a views.toml that cannot be read: pressing Enter shows the error

    # -- back and forth ----------------------------------------------------------------------------

    def go_to_left(self) -> None:
        """Go to where the person was before the last jump; once more comes back."""
        if self._left is None:
            self.notify("You have been nowhere else yet.")
            return
        self._leave_for(partial(self._open_again, list(self._left)))

    def _open_again(self, screens: Iterable[Callable[[], object]]) -> None:
        self._close_down_to(None)
        for open_screen in screens:
            open_screen()

    def _remember(self) -> None:
        """Keep where the person is; a form, or help, is no place to come back to."""
        open_screens = [
            screen for screen in self._app.screen_stack if isinstance(screen, OfficeScreen)
        ]
        self._left = [screen.again for screen in open_screens[1:] if screen.again is not None]

    # -- leaving -----------------------------------------------------------------------------------

    def go_home(self) -> None:
        """Go back to Today."""
        self._leave_for(partial(self._close_down_to, None))

    def leave(self) -> None:
        """Leave officeops, asking first if input would be lost."""
        self._leave_for(self._app.exit)

    def _leave_for(self, go: Callable[[], object]) -> None:
        """Go elsewhere, asking first if a screen in between holds unsaved input."""
        lost = ""
        for screen in self._app.screen_stack:
            if isinstance(screen, OfficeScreen):
                lost = screen.unsaved() or lost
        top = self._app.screen
        if lost and isinstance(top, OfficeScreen):
            top.ask(f"Leave and lose {lost}?", partial(self._go_on, go))
        else:
            self._go_on(go)

    def _go_on(self, go: Callable[[], object]) -> None:
        for screen in self._app.screen_stack:
            if isinstance(screen, OfficeScreen):
                screen.lose()
        self._remember()
        go()

    def _close_down_to(self, screen: TextualScreen[None] | None) -> None:
        """Close screens until the first one, or `screen` above it, is on top."""
        while len(self._app.screen_stack) > 1 and self._app.screen is not screen:
            self._app.pop_screen()

    # -- permissions -------------------------------------------------------------------------------

    def drop_stale_access(self) -> None:
        """Clear what screens have read if the person's permissions changed since.

        Screens below the top one are cleared too: Esc must not show their old content.
        """
        who = self._office.who
        before = self._permissions
        self._permissions = (who.known, who.everything, who.patterns, who.place)
        if before is None or before == self._permissions:
            return
        self._record_types = None
        self._states.clear()
        self._left = None
        self._messages.clear()
        while not all(isinstance(screen, OfficeScreen) for screen in self._app.screen_stack):
            self._app.pop_screen()  # a screen of Textual's own has no method to clear it
        for screen in self._app.screen_stack:
            if isinstance(screen, OfficeScreen):
                screen.guarded(screen.withdraw)
