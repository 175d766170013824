"""The program: one office, a stack of screens, and the ways between them."""

from __future__ import annotations

import sys
from collections import deque
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from textual.theme import Theme

from officeops.access.permissions import opening
from officeops.model.errors import Broken, OfficeError, UsageProblem, trace_of
from officeops.tui.base import command_line
from officeops.tui.base.screen import OfficeScreen
from officeops.tui.live_updates import ServedApp
from officeops.tui.screens.browser import Browser
from officeops.tui.screens.browser_state import BrowserState
from officeops.tui.screens.form_screen import FormScreen
from officeops.tui.screens.help import Help
from officeops.tui.screens.messages import Messages
from officeops.tui.screens.record import RecordScreen
from officeops.tui.screens.record_types_screen import Kinds, ordered_kinds
from officeops.tui.screens.scanned_record import scanned_record
from officeops.tui.screens.today import Today
from officeops.tui.terminal.terminal_setup import CALM_THEME
from officeops.tui.widgets.error_text import sentence

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.screen import Screen as TextualScreen

    from officeops.model.declarations import Screen, View
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.tui.forms.form_state import Form
    from officeops.tui.terminal.scans import Scan

#: Greys and one blue: a screen that is looked at all day.
CALM = Theme(
    name=CALM_THEME,
    primary="#6c9fd2",
    secondary="#8fa7bf",
    accent="#8fbce6",
    foreground="#d8dee6",
    background="#16191d",
    surface="#20252b",
    panel="#252b33",
    warning="#e0b060",
    error="#e58a80",
    success="#8fbf8f",
    dark=True,
    variables={
        "block-cursor-background": "#35506e",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
    },
)


class OfficeApp(ServedApp):
    """The terminal interface of one office."""

    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    TITLE = "officeops"
    DEFAULT_CSS: ClassVar[str] = (
        "OfficeApp { background: $background; } OfficeApp:ansi { background: ansi_default; }"
    )

    def __init__(self, office: Office, theme: str = CALM_THEME, idle: int = 0) -> None:
        super().__init__(idle)
        self.office = office
        office.store.gate.told = None  # lines between the screens would spoil them
        self.register_theme(CALM)
        if theme not in self.available_themes:
            known = ", ".join(sorted(self.available_themes))
            raise UsageProblem(
                f"{office.machine.file}: there is no theme {theme!r}. Themes: {known}."
            )
        self.theme = theme
        self._states: dict[str, BrowserState] = {}
        self._kinds: list[type[Record]] | None = None
        #: What the acting person may, as the screens were read for.
        self._reach: tuple[object, ...] = ()
        #: What the prompt lines said lately.
        self.said: deque[str] = deque(maxlen=50)
        self._failed: list[TextualScreen[None]] = []

    def get_default_screen(self) -> TextualScreen[None]:
        """Begin with Today."""
        return Today(self.office)

    def notify(self, message: str, **_: Any) -> None:  # noqa: ANN401
        """Say it on the prompt line: nothing ever pops up over what one reads."""
        if isinstance(self.screen, OfficeScreen):
            self.screen.say(message)

    # -- where to -----------------------------------------------------------------------------------

    def kinds(self) -> list[type[Record]]:
        """Return the kinds of record, the first nine of which a digit jumps to."""
        if self._kinds is None:
            self._kinds = ordered_kinds(self.office)
        return self._kinds

    def open_kind(
        self,
        record: type[Record],
        view: View | None = None,
        filter: str | None = None,  # noqa: A002
    ) -> None:
        """List a kind of record: where one was, unless a view or filter is asked for."""
        self.office.allow_view(record)
        key = record.meta.key
        if key not in self._states or view or filter is not None:
            self._states[key] = BrowserState(key, view, filter or "")
        self._jump(partial(self._turn_to, self._states[key]))

    def _turn_to(self, state: BrowserState) -> None:
        browser = next((each for each in self.screen_stack[1:2] if isinstance(each, Browser)), None)
        self._leave_all_but(browser)
        if browser:
            browser.turn(state)
        else:
            self.push_screen(Browser(self.office, state))

    def _leave_all_but(self, kept: OfficeScreen | None) -> None:
        """Close screens down to the first one, or to `kept` above it."""
        while len(self.screen_stack) > 1 and self.screen is not kept:
            self.pop_screen()

    def _jump(self, away: Callable[[], object]) -> None:
        """Go away from here, asking first where something typed on the way would be lost."""
        lost = [
            each.unsaved()
            for each in self.screen_stack
            if isinstance(each, OfficeScreen) and each.unsaved()
        ]
        if lost and isinstance(self.screen, OfficeScreen):
            self.screen.ask(f"Leave and lose {lost[-1]}?", away)
        else:
            away()

    def push_browser(self, state: BrowserState) -> None:
        """Open one more list over this screen; Esc comes back to it."""
        self.push_screen(Browser(self.office, state))

    def open_list(self, record: type[Record], filter: str) -> None:  # noqa: A002 - the state's own word
        """List the records that fit a filter, over this screen; Esc comes back to it."""
        self.office.allow_view(record)
        self.push_browser(BrowserState(record.meta.key, filter=filter))

    def open_record(self, record: type[Record], record_id: int) -> None:
        """Open a record. Raises NotFound, and Forbidden where its kind may not be seen."""
        self.office.allow_view(record)
        self.office.get(record, record_id)
        self.push_screen(RecordScreen(self.office, record, record_id))

    def record_of(self, scan: Scan) -> Record:
        """Return the record that a scanned code means. Raises NotFound, and UsageProblem where it means several."""
        return scanned_record(self.office, scan)

    def open_form(self, form: Form, saved: Callable[[str], object]) -> None:
        """Open a form; `saved` is told the sentence once it is saved."""
        self.push_screen(FormScreen(self.office, form, saved))

    def open_screen(self, declared: Screen) -> None:
        """Open a plugin's screen. Raises Forbidden where they may not open it, Broken where it cannot be made."""
        plugin = next(
            (name for name, each in self.office.plugins.registered("screens") if each is declared),
            "",
        )
        needed = opening(plugin, declared)
        self.office.allow(needed)
        module, _, name = declared.target.partition(":")
        try:
            screen = getattr(import_module(module), name)(self.office)
        except Exception as error:
            raise Broken(
                f"The screen {declared.title!r} cannot be opened: {sentence(error)}"
            ) from error
        if isinstance(screen, OfficeScreen):
            screen.needs = (needed,)
        self.push_screen(screen)

    def open_kinds(self) -> None:
        """Show what can be listed."""
        if not isinstance(self.screen, Kinds):
            self.push_screen(Kinds(self.office))

    def open_help(self) -> None:
        """Show what every key of this screen does."""
        if isinstance(self.screen, OfficeScreen) and not isinstance(self.screen, Help):
            self.push_screen(Help(self.office, self.screen))

    def open_messages(self) -> None:
        """Show what was said lately, in full."""
        if not isinstance(self.screen, Messages):
            self.push_screen(Messages(self.office, self.said))

    # -- by name ------------------------------------------------------------------------------------

    def go(self, text: str) -> None:
        """Do what can be done here by that name, or go where a command leads. Raises UsageProblem."""
        word = text.strip()
        if not word:
            return
        screen = self.screen
        if isinstance(screen, OfficeScreen) and (key := screen.key_for(word)):
            screen.press(key)
            return
        goal = command_line.parse(self.office, text)
        if goal.screen:
            self.open_screen(goal.screen)
        elif goal.record and goal.number:
            self.open_record(goal.record, goal.number)
        elif goal.record:
            self.office.query(goal.record).where(goal.filter)
            self.open_kind(goal.record, goal.view, goal.filter)
        else:
            {
                "today": self.go_home,
                "browse": self.open_kinds,
                "help": self.open_help,
                "quit": self.leave,
            }[goal.place]()

    def knows(self, text: str) -> bool:
        """Whether a command leads anywhere."""
        try:
            command_line.parse(self.office, text)
        except OfficeError:
            return False
        return True

    def complete(self, text: str) -> str | None:
        """Complete a command: a place, a kind of record, a view, or what can be done on this screen."""
        keys = self.screen.all_keys() if isinstance(self.screen, OfficeScreen) else []
        deeds = [
            name[1:] for key in keys for name in key.keys if name.startswith(":") and len(name) > 1
        ]
        try:
            return command_line.complete(self.office, text, deeds)
        except OfficeError:
            return None  # a views.toml that cannot be read: pressing enter says so

    def go_home(self) -> None:
        """Go back to Today."""
        self._jump(partial(self._leave_all_but, None))

    # -- leaving ------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Leave officeops; where something typed would be lost, ask first."""
        self._jump(self.exit)

    # -- what is theirs -----------------------------------------------------------------------------

    def heed_reach(self) -> None:
        """Keep nothing that was read where the acting person may see something else now: on no screen, nor under one."""
        who = self.office.who
        before, self._reach = self._reach, (who.known, who.everything, who.patterns)
        if before in {(), self._reach}:
            return
        self._kinds = None
        self._states.clear()
        self.said.clear()
        while not all(isinstance(each, OfficeScreen) for each in self.screen_stack):
            self.pop_screen()  # nobody knows how to empty a screen of Textual's own
        for screen in self.screen_stack:
            if isinstance(screen, OfficeScreen):
                screen.guarded(screen.withdraw)

    # -- faults -------------------------------------------------------------------------------------

    def _handle_exception(self, error: Exception) -> None:
        """Close a plugin's screen that failed, and say so; only a fault of our own ends the program.

        This overrides the one place of Textual's where every unhandled error passes; it is private there.
        """
        screen = self.screen_stack[-1] if self.screen_stack else None
        if (
            screen is None
            or type(screen).__module__.startswith("officeops.tui.")
            or screen in self._failed
        ):
            super()._handle_exception(error)
            return
        self._failed.append(screen)
        self.call_later(self._close_failed, screen, error)

    def _fatal_error(self) -> None:
        """Show where a fault of our own is, without the values at hand: what was typed, or opened, may be among them.

        Textual's own, private there too, prints the variables of every frame, and what the error says.
        """
        from rich.segment import Segments
        from rich.text import Text

        self.bell()
        if error := sys.exception() or self._exception:
            trace = Text(trace_of(error))
            self._exit_renderables.append(
                Segments(self.console.render(trace, self.console.options))
            )
        self._close_messages_no_wait()

    def _close_failed(self, screen: TextualScreen[None], error: Exception) -> None:
        if self.screen is screen:
            self.pop_screen()
        if isinstance(self.screen, OfficeScreen):
            self.screen.complain(error)

    async def action_quit(self) -> None:
        """Leave by ctrl+q."""
        self.leave()

    def action_help_quit(self) -> None:
        """Say how to leave: ctrl+c copies, and never ends the program by accident."""
        if self.typed.is_stuck:
            self.notify(
                "The last change is still being written. q leaves officeops; ! shows the last messages."
            )
        else:
            self.notify("q leaves officeops; Esc goes back.")
