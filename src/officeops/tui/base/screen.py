"""OfficeScreen: the base of every screen.

A screen has a breadcrumb, a prompt line, a key line, and keys that say why they cannot act.

Its base classes add the parts it works with (`WorkingScreen`) and keep its content up to date
(`LiveScreen`).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final, cast

from textual._time import get_time

from officeops.tui.base.act_menu import ActMenu
from officeops.tui.base.common_keys import common_keys
from officeops.tui.base.fitting_commands import fitting
from officeops.tui.base.key_wait import COMMAND, KeyWait
from officeops.tui.base.live_screen import LiveScreen
from officeops.tui.base.screen_bars import ScreenBars
from officeops.tui.terminal.cells import cut
from officeops.tui.terminal.keys import (
    Key,
    command_of,
    first_of_each,
    former_command,
    key_line,
    key_name,
    lettered,
)
from officeops.tui.terminal.meanings import letters_here
from officeops.tui.widgets.palette import Palette
from officeops.tui.widgets.rows import RowView
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual import events
    from textual.app import ComposeResult
    from textual.widget import Widget

    from officeops.model.office import Office as AnyOffice
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.tui.terminal.scans import Scan
    from officeops.tui.widgets.prompt import PromptLine

#: The longest time that nothing is drawn while keys wait, in seconds.
_LONGEST_WITHOUT_DRAWING: Final = 0.25
#: Cells of the office's name in the breadcrumb.
_OFFICE_NAME: Final = 28


class OfficeScreen(LiveScreen):
    """Base of every screen. Override `body`, `crumb`, `status`, `own_keys` and `reload`.

    An error in any of them becomes a sentence on the prompt line; the program goes on.
    """

    #: Words that all lines in sight have; blank while nothing is filtered.
    filter_words = ""

    DEFAULT_CSS = """
    OfficeScreen {
        layout: vertical; layers: rows above; overflow: hidden; background: $background;
    }
    OfficeScreen:ansi { background: ansi_default; }
    """

    def __init__(self, office: AnyOffice) -> None:
        # Plugins, which open their screens, know an office by its Protocol.
        super().__init__(cast("Office", office))
        #: Opens the same place again after a jump; None for a form and the like.
        self.again: Callable[[], object] | None = None
        self._bars = ScreenBars()
        self._palette = Palette()
        #: The letter of each meaning on this machine.
        self.letters = letters_here(office)
        self._drawn_at = 0.0
        self._key_wait = KeyWait(self)
        self.set_up()

    # -- for subclasses ----------------------------------------------------------------------------

    def set_up(self) -> None:
        """Set the attributes of a subclass that needs no more than the office; called once."""

    def body(self) -> Iterable[Widget]:
        """Return the widgets between the breadcrumb and the prompt line."""
        return ()

    def crumb(self) -> str:
        """Return this screen's part of the breadcrumb."""
        return ""

    def status(self) -> str:
        """Return the text at the right of the breadcrumb."""
        return ""

    def notes(self) -> Iterable[tuple[str, str]]:
        """Return notes on the screen as it is now, for help.

        Each is a name and the words of a sentence about it.
        """
        return ()

    def own_keys(self) -> Iterable[Key]:
        """Return the keys of this screen, the most useful first."""
        return ()

    def has_failed(self) -> bool:
        """Whether the screen shows why it could not read, in place of its content."""
        return False

    def listed_type(self) -> type[Record] | None:
        """Return the type whose records the screen lists; None if it is no such list."""
        return None

    def unsaved(self) -> str:
        """Return in words what leaving would lose; blank for nothing. Leaving asks first."""
        return ""

    @property
    def is_pausing(self) -> bool:
        """Whether something waits for a pause in the keys."""
        return self.prompt.is_pausing

    def came(self, record: type[Record], record_id: int) -> None:
        """Put the cursor on a record that was added or changed from here, where it is listed."""

    def lose(self) -> None:
        """Forget what leaving loses: the person agreed."""

    def hung_up(self) -> None:
        """Keep all unsaved texts: the line dropped, or the program is asked to end."""

    def scanned(self, scan: Scan) -> None:
        """Open the record of a scanned code. Override this in a screen with a line for it."""
        record = self.navigator.record_of(scan)
        self.navigator.open_record(type(record), record.id)

    # -- its state ---------------------------------------------------------------------------------

    @property
    def rows(self) -> RowView | None:
        """The list that the movement keys move in."""
        for rows in self.query(RowView):
            return rows
        return None

    # -- bars --------------------------------------------------------------------------------------

    def refresh_if_changed(self) -> bool:
        """Read again if anything was written since, and bring the bars up to date."""
        is_user = super().refresh_if_changed()
        if is_user:
            self.show_bars()
        return is_user

    def warn(self, text: str) -> None:
        """Say something that cannot wait.

        While the prompt line waits for an answer, the warning takes the place of the keys.
        """
        if self.prompt.busy:
            self._bars.warn(text)
        else:
            self.prompt.say(text, alarm=True, keep=False)

    def show_bars(self) -> None:
        """Bring the breadcrumb and the key line up to date."""
        width = self.size.width
        if not (self.is_mounted and width):
            return
        status = "" if self.has_failed() else str(self.guarded(self.status) or "")
        if self.office.authorizer.reads_only:
            status = f"{status}  read-only".strip()
        keys = self.prompt.hint if self.prompt.busy else key_line(self.all_keys(), width - 2)
        self._bars.show(
            self._crumb_parts(),
            status,
            keys,
            width,
        )

    def _crumb_parts(self) -> list[str]:
        """Return the office's name and the names of the open screens.

        The first screen is named only while it is the only one.
        """
        screens = [screen for screen in self.app.screen_stack if isinstance(screen, OfficeScreen)]
        names = [str(screen.guarded(screen.crumb) or "") for screen in screens]
        office = str(self.guarded(lambda: safe(self.office.facts.name)) or "")
        shown = names[1:] or names
        place = self.office.who.place
        shared = f"{safe(place)}, shared" if place else ""
        sifted = f"/{safe(self.filter_words)}" if self.filter_words else ""
        return [cut(office, _OFFICE_NAME), *filter(None, [shared, *shown, sifted])]

    # -- events ------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Arrange the breadcrumb, the body, the prompt line and the key line."""
        yield self._bars.crumbs
        yield from self.guarded(lambda: list(self.body())) or ()
        yield self.prompt
        yield self._bars.key_line
        yield self._palette

    def on_mount(self) -> None:
        """Read the content, and give the list the keys."""
        rows = self.rows
        if rows is not None:
            self.set_focus(rows)
        self.refresh_if_changed()

    def on_screen_resume(self) -> None:
        """Show what another screen changed."""
        if self.is_open:
            self.refresh_if_changed()

    def on_resize(self) -> None:
        """Fit the bars."""
        self.call_after_refresh(self.show_bars)

    def on_prompt_line_changed(self) -> None:
        """Show the keys that count now."""
        self.show_bars()
        if not self.prompt.busy:
            self._palette.offer(())
        rows = self.rows
        if rows is not None:
            rows.is_typed_below = self.prompt.busy
            rows.place_terminal_cursor()

    def on_prompt_line_said(self, event: PromptLine.Said) -> None:
        """Keep the message, for people to read it in full."""
        self.host.recent_messages.append(event.text)

    def on_row_view_moved(self) -> None:
        """Follow the cursor."""

    def on_paste(self, event: events.Paste) -> None:
        """Paste into the prompt line while it reads; anywhere else a paste must not act as keys."""
        self.prompt.insert(event.text)

    def _on_timer_update(self) -> None:
        """Draw, but not after each key of a burst: every drawing would delay the keys that wait.

        This overrides a private method of Textual's, which calls it some thirty times a second
        while there is something to draw.
        """
        now = get_time()
        keys_wait = self.host.typed.busy and not self._callbacks
        if keys_wait and now - self._drawn_at < _LONGEST_WITHOUT_DRAWING:
            return
        self._drawn_at = now
        super()._on_timer_update()

    # -- keys --------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Do what the key means here; a key without a meaning says so."""
        if self.prompt.busy:
            event.stop()
            event.prevent_default()
            self.prompt.take(event)
            return
        if self.app.screen is not self:
            # The screen it was typed for closed just then; the key is for the next one.
            event.stop()
            self.host.typed.again(event)
            return
        key = self.key_named(key_name(event))
        self.prompt.clear()
        if key is not None:
            event.stop()
            event.prevent_default()
            self.refresh_if_changed()
            if self.app.screen is self:
                self.press(key)
        elif event.is_printable:
            event.stop()
            name = "space" if event.key == "space" else safe(event.character or "")
            self.prompt.say(f"{name} does nothing here; ? shows the keys.", keep=False)

    def press(self, key: Key) -> None:
        """Do what a key means, or say why it cannot be done."""
        self.guarded(partial(self._press, key))
        self.show_bars()

    def _press(self, key: Key) -> None:
        why = key.reason() if key.reason else None
        if why:
            self.say(f"{key.label[:1].upper()}{key.label[1:]}: {why}.")
        else:
            key.run()

    def key_named(self, name: str) -> Key | None:
        """Return the key of this screen with a name, such as `x` or `:archive`."""
        for key in self.all_keys():
            if name in key.names:
                return key
        return None

    def command(self, line: str) -> Key | None:
        """Return the key of a line typed after the colon.

        None means that the line is no command of this screen.
        """
        key = command_of(line, self.key_named)
        return key or former_command(line, self.all_keys())

    def commands(self) -> list[str]:
        """Return the words that are commands here, without the colon."""
        names = [name for key in self.all_keys() for name in key.keys]
        return [name[1:] for name in names if name.startswith(":") and len(name) > 1]

    def all_keys(self) -> list[Key]:
        """Return every key that does something here, this screen's own first."""
        own_keys = self.guarded(lambda: lettered(self.own_keys(), self.letters)) or []
        return first_of_each([*own_keys, *self.common_keys()])

    def common_keys(self) -> Iterable[Key]:
        """Return the keys that mean the same on every screen."""
        return lettered(common_keys(self), self.letters)

    def is_ready_for(self, event: events.Event) -> bool:
        """Whether a key may act now, or must wait for the rows it acts on."""
        return self._key_wait.is_over(event)

    # -- what the common keys do -------------------------------------------------------------------

    def take_scan(self, scan: Scan) -> None:
        """Take a scan. A question that waits is cancelled: a scan is no answer."""
        if self.prompt.busy:
            self.prompt.cancel()
        self.prompt.clear()
        self.guarded(self.refresh_if_changed)
        if self.app.screen is self:
            self.guarded(partial(self.scanned, scan))
            self.show_bars()

    def back(self) -> None:
        """Go back to the screen before."""
        lost = self.unsaved()
        if len(self.app.screen_stack) < 2:
            self.say(f"This is the first screen; {self.letters['quit']} leaves officeops.")
        elif self.writing:
            self.say("One moment: the last change is still being written.")
        elif lost:
            self.ask(f"Leave and lose {lost}?", self._leave_unsaved)
        else:
            self.app.pop_screen()

    def _leave_unsaved(self) -> None:
        self.lose()
        self.app.pop_screen()

    def read_find(self) -> None:
        """Ask for words to find. Text typed after / is text on every screen, and never keys."""
        self.ask_for("/", str, self.find)

    def find(self, text: str) -> None:
        """Go to the next row that contains a text, or say that none does."""
        rows, wanted = self.rows, text.strip()
        if not wanted:
            return
        if rows is None:
            self.say("There is nothing to find on this screen.")
            return
        index = rows.find(wanted)
        if index is None:
            words = safe(repr(wanted))
            self.say(f"No line here has {words} in it. `:item /glove` lists what fits.")
        else:
            rows.move_to(index)

    def read_command(self) -> None:
        """Ask for a place to go, or a command of this screen."""
        self.ask_for(
            COMMAND,
            str,
            self.navigator.go,
            complete=self.navigator.complete,
            follow=self._offer_commands,
            step=self._palette.step,
        )

    def copied(self) -> str:
        """Return the text that is copied from here: that of the row under the cursor."""
        return ""

    def copy(self) -> None:
        """Copy the row under the cursor to the clipboard of the person's own terminal."""
        text = safe(self.copied().strip())
        if not text:
            self.say("There is nothing to copy here.")
            return
        self.app.copy_to_clipboard(text)
        self.say(f"Copied: {text}")

    def read_act(self) -> None:
        """Ask what to do, among all that can be done here."""
        own = self.guarded(lambda: lettered(self.own_keys(), self.letters)) or []
        menu = ActMenu(first_of_each(own))

        def offer(text: str) -> None:
            self._palette.offer(menu.fitting(text))

        self.ask_for("Do: ", str, partial(self._act, menu), follow=offer, step=self._palette.step)
        offer("")

    def _act(self, menu: ActMenu, text: str) -> None:
        key = menu.chosen(text)
        if key is not None:
            self.press(key)
        elif text.strip():
            self.say(f"Nothing here is called {text.strip()!r}.")

    def _offer_commands(self, text: str) -> None:
        self._palette.offer(fitting(self.office, self.all_keys(), text))
