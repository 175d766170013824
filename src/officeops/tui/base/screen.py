"""OfficeScreen: what every screen has: a breadcrumb, a prompt line, a key line, and keys that say why not."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, cast

from textual import events
from textual._time import get_time

from officeops.tui.base.examples import destination
from officeops.tui.base.screen_services import Errands
from officeops.tui.terminal.cells import cut, width_of
from officeops.tui.terminal.keys import Key, first_of_each, key_line
from officeops.tui.widgets.bars import Bar, trail
from officeops.tui.widgets.error_text import is_refusal
from officeops.tui.widgets.rows import RowView
from officeops.values.convert import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.widget import Widget

    from officeops.office.office import Office
    from officeops.tui.app import OfficeApp
    from officeops.tui.terminal.scans import Scan
    from officeops.tui.widgets.prompt import PromptLine

#: The versions of the file that a screen stands at before it has come up, and once what it showed was taken away.
_NOT_UP, _WITHDRAWN = -1, -2
#: What the prompt line shows while it reads a command.
COMMAND: Final = ":"
#: The groups of keys that do the same whether the rows are read or not.
_ANYTIME: Final = frozenset({"Everywhere", "Kinds"})
#: The longest that nothing is drawn while keys wait, in seconds.
_BETWEEN_DRAWINGS: Final = 0.25
#: Lines of a screen that its body has not.
_BARS: Final = 3


class OfficeScreen(Errands):
    """Base of every screen. Override `body`, `crumb`, `status`, `own_keys` and `reload`.

    Nothing that fails in them ends the program: it becomes a sentence on the prompt line.
    """

    DEFAULT_CSS = """
    OfficeScreen { layout: vertical; overflow: hidden; background: $background; }
    OfficeScreen:ansi { background: ansi_default; }
    """

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._crumbs, self._key_line = Bar("-crumbs"), Bar("-keys")
        self._data_version = _NOT_UP
        #: The permissions without which the screen is not the acting person's.
        self.needs: tuple[str, ...] = ()
        #: Why there is nothing to show; blank where there is something, or soon will be.
        self.failure = ""
        self._drawn_at = 0.0
        #: The key that was last asked about, and whether it acts on rows.
        self._judged: tuple[events.Event, bool] | None = None

    # -- for subclasses -----------------------------------------------------------------------------

    def body(self) -> Iterable[Widget]:
        """Return the widgets between the breadcrumb and the prompt line."""
        return ()

    def crumb(self) -> str:
        """Return this screen's part of the breadcrumb."""
        return ""

    def status(self) -> str:
        """Return what stands at the right of the breadcrumb."""
        return ""

    def notes(self) -> Iterable[tuple[str, str]]:
        """Return what the help says of this screen as it is now, each as a name and words."""
        return ()

    def own_keys(self) -> Iterable[Key]:
        """Return the keys of this screen, the most useful first."""
        return ()

    def reload(self) -> None:
        """Read again what is shown: the screen opened, or something was written."""

    def withdraw(self) -> None:
        """Forget what was read, for what the acting person may see is another now; `reload` comes once this is on top again.

        Override it where a screen keeps more than its base knows of, so that nothing of it shows meanwhile.
        """
        self.workers.cancel_node(self)
        self.prompt.cancel()
        if self._data_version != _NOT_UP:
            self._data_version = _WITHDRAWN

    def unsaved(self) -> str:
        """Return what would be lost by leaving, in words; blank for nothing. Leaving then asks first."""
        return ""

    # -- helpers ------------------------------------------------------------------------------------

    @property
    def desk(self) -> OfficeApp:
        """The program, which opens other screens."""
        return cast("OfficeApp", self.app)

    @property
    def rows(self) -> RowView | None:
        """The list of the screen, which the movement keys move in."""
        return next(iter(self.query(RowView)), None)

    def take_news(self) -> None:
        """Read again if anything was written since, by this program or another."""
        if not self.office.who.known:
            # What is on the screen is not theirs to read any more.
            self.app.exit(message=f"{safe(self.office.actor)} is not a user of this office.")
            return
        self.desk.heed_reach()
        version = cast(
            "int", self.guarded(lambda: int(self.office.value("PRAGMA data_version"))) or 0
        )
        if version != self._data_version:
            withdrawn = self._data_version == _WITHDRAWN
            self._data_version = version
            self.office.forget_facts()
            try:
                self._read_anew()
            except Exception as error:  # noqa: BLE001 - a plugin's fault must not end the program
                self.complain(error)
                if withdrawn and is_refusal(error):
                    self._leave(error)
        self.show_bars()

    def _read_anew(self) -> None:
        for each in self.needs:
            self.office.allow(each)
        self.reload()

    def _leave(self, why: Exception) -> None:
        """Go from a screen that is the acting person's no more, and say why on the one below."""
        if self.app.screen is self and len(self.app.screen_stack) > 1:
            self.app.pop_screen()
            if isinstance(self.app.screen, OfficeScreen):
                self.app.screen.complain(why)

    def is_behind(self) -> bool:
        """Return whether something was written since this screen last read."""
        now = self.guarded(lambda: int(self.office.value("PRAGMA data_version")))
        return self._data_version not in {_NOT_UP, now}

    def warn(self, text: str) -> None:
        """Say something that cannot wait: where the prompt line waits for an answer, in place of the keys."""
        if self.prompt.busy:
            self._key_line.show(text)
        else:
            self.prompt.say(text, alarm=True, keep=False)

    def show_bars(self) -> None:
        """Bring the breadcrumb and the key line up to date."""
        width = self.size.width
        if self.is_mounted and width:
            screens = [each for each in self.app.screen_stack if isinstance(each, OfficeScreen)]
            names = [str(self.guarded(each.crumb) or "") for each in screens]
            office = str(self.guarded(lambda: safe(self.office.facts.name)) or "")
            parts = [cut(office, 28), *(name for name in names[1:] or names if name)]
            status = "" if self.failure else str(self.guarded(self.status) or "")
            self._crumbs.show(trail(parts, width - width_of(status) - 4), status)
            hint = self.prompt.hint if self.prompt.busy else key_line(self.all_keys(), width - 2)
            self._key_line.show(hint)

    # -- events -------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Breadcrumb, body, prompt line, key line."""
        yield self._crumbs
        yield from cast("Iterable[Widget]", self.guarded(lambda: list(self.body())) or ())
        yield self.prompt
        yield self._key_line

    def on_mount(self) -> None:
        """Read what is shown."""
        if (rows := self.rows) is not None:
            self.set_focus(rows)
        self.take_news()

    def on_screen_resume(self) -> None:
        """Come back from another screen: what it changed shows."""
        if self._data_version != _NOT_UP:
            self.take_news()

    def on_resize(self) -> None:
        """Fit the bars."""
        self.call_after_refresh(self.show_bars)

    def on_prompt_line_changed(self) -> None:
        """Show the keys that count now."""
        self.show_bars()
        if (rows := self.rows) is not None and not self.prompt.busy:
            rows.place_terminal_cursor()

    def on_prompt_line_said(self, event: PromptLine.Said) -> None:
        """Keep what was said, to be read in full."""
        self.desk.said.append(event.text)

    def on_row_view_moved(self) -> None:
        """Follow the cursor."""

    def on_key(self, event: events.Key) -> None:
        """Do what the key stands for. A key that stands for nothing does nothing."""
        if self.prompt.busy:
            event.stop()
            event.prevent_default()
            self.prompt.take(event)
            return
        if self.app.screen is not self:
            # The screen it was typed for went away just then.
            event.stop()
            self.desk.typed.again(event)
            return
        key = self.key_named(_name_of(event))
        self.prompt.clear()
        if key is not None:
            event.stop()
            event.prevent_default()
            self.take_news()
            if self.app.screen is self:
                self.press(key)

    def on_paste(self, event: events.Paste) -> None:
        """Paste into the prompt line while it reads; anywhere else a paste must not act as keys."""
        self.prompt.insert(event.text)

    def _on_timer_update(self) -> None:
        """Draw, but not after each key of a burst: every drawing would delay the keys that wait.

        This overrides what Textual calls some thirty times a second while there is something to draw; it is private
        there.
        """
        now = get_time()
        if (
            self.desk.typed.busy
            and not self._callbacks
            and now - self._drawn_at < _BETWEEN_DRAWINGS
        ):
            return
        self._drawn_at = now
        super()._on_timer_update()

    # -- in their order -----------------------------------------------------------------------------

    def is_ready_for(self, event: events.Event) -> bool:
        """Whether a key may act now: the screen is laid out, and the rows are read which the key is about."""
        rows = self.rows
        if rows is not None and not rows.size.width and self.size.height > _BARS:
            return False
        return not (self.is_reading and self._acts_on_rows(event))

    def _acts_on_rows(self, event: events.Event) -> bool:
        if self._judged is None or self._judged[0] is not event:
            self._judged = event, isinstance(event, events.Key) and self.acts_on_rows(event)
        return self._judged[1]

    def acts_on_rows(self, event: events.Key) -> bool:
        """Whether what a key does depends on rows that may still be on their way."""
        if self.prompt.busy:
            if not self.prompt.is_reading or event.key != "enter":
                return False
            return self.prompt.said != COMMAND or self.key_for(self.prompt.line.strip()) is not None
        key = self.key_named(_name_of(event))
        return key is not None and key.group not in _ANYTIME

    # -- scans --------------------------------------------------------------------------------------

    def take_scan(self, scan: Scan) -> None:
        """Take a scan; to a question it is no answer."""
        if self.prompt.busy:
            self.prompt.cancel()
        self.prompt.clear()
        self.guarded(self.take_news)
        if self.app.screen is self:
            self.guarded(partial(self.scanned, scan))
            self.show_bars()

    def scanned(self, scan: Scan) -> None:
        """Open what was scanned. Override it where a screen has a line for it."""
        record = self.desk.record_of(scan)
        self.desk.open_record(type(record), record.id)

    def press(self, key: Key) -> None:
        """Do what a key stands for, or say why it cannot be done."""

        def run() -> None:
            why = key.reason() if key.reason else None
            if why:
                self.say(f"{key.label[:1].upper()}{key.label[1:]}: {why}.")
            else:
                key.run()

        self.guarded(run)
        self.show_bars()

    # -- keys ---------------------------------------------------------------------------------------

    def key_named(self, name: str) -> Key | None:
        """Return what a key, or a word after a colon, stands for here."""
        return next((key for key in self.all_keys() if name in key.keys), None)

    def key_for(self, line: str) -> Key | None:
        """Return what a line after a colon stands for here: a word, or one that takes what is typed behind it."""
        if key := self.key_named(f":{line}"):
            return key
        word, _, rest = line.partition(" ")
        key = self.key_named(f":{word}")
        return (
            key.replace(run=partial(key.take, rest.strip()))
            if key and key.take and rest.strip()
            else None
        )

    def all_keys(self) -> list[Key]:
        """Return every key that does something here, this screen's own first."""
        own = cast("Iterable[Key]", self.guarded(lambda: list(self.own_keys())) or ())
        return first_of_each([*own, *self.common_keys()])

    def common_keys(self) -> Iterable[Key]:
        """Return the keys that mean the same on every screen."""
        desk: Any = self.desk
        yield Key(("?",), "help", desk.open_help, "Show what every key does", 0, "Everywhere")
        yield Key(
            (":",),
            "go",
            self.read_command,
            f"Go anywhere: `{destination(self.office)}`, `today`",
            3,
            "Everywhere",
        )
        yield Key(
            ("/",),
            "find",
            self.read_find,
            "Go to the next line that has some words in it",
            9,
            "Everywhere",
        )
        yield Key(
            ("escape", "left", "h"), "back", self.back, "Go back; nothing is lost", 6, "Everywhere"
        )
        yield Key(
            ("b",), "browse", desk.open_kinds, "Choose a kind of record to list", 4, "Everywhere"
        )
        for digit, record in zip("123456789", desk.kinds(), strict=False):
            words = record.meta.plural.lower()
            yield Key((digit,), words, partial(desk.open_kind, record), f"List {words}", 9, "Kinds")
        may = partial(self.office.why_not, "core.undo")
        rank = 9 if may() else 6
        yield Key(
            ("u", ":undo"), "undo", self.undo, "Take back your last action", rank, "Everywhere", may
        )
        yield Key(
            ("U", ":redo"), "redo", self.redo, "Take back your last undo", 9, "Everywhere", may
        )
        yield Key(
            ("!", "f2"),
            "messages",
            desk.open_messages,
            "Read the last messages in full",
            9,
            "Everywhere",
        )
        yield Key(("q",), "quit", desk.leave, "Leave officeops", 5, "Everywhere")
        yield from self.movement_keys()

    def movement_keys(self) -> Iterable[Key]:
        """Return the keys that move in the list."""
        rows = self.rows
        if rows is None:
            return
        # Two lines stay in sight: the cursor may pass over as many headings, and no line goes by unseen.
        far, page = rows.row_count(), max(rows.body_height - 2, 1)
        for keys, by, words in (
            (("up", "k"), -1, "Row up"),
            (("down", "j"), 1, "Row down"),
            (("pageup",), -page, "Page up"),
            (("pagedown",), page, "Page down"),
            (("home", "g"), -far, "First row"),
            (("end", "G"), far, "Last row"),
        ):
            yield Key(keys, words.lower(), partial(rows.move, by), words, 9, "Moving")

    def back(self) -> None:
        """Go back to the screen before; on the first one there is nothing to go back to."""
        if len(self.app.screen_stack) < 2:
            self.say("This is the first screen; q leaves officeops.")
        elif self.writing:
            self.say("One moment: the last change is still being written.")
        elif lost := self.unsaved():
            self.ask(f"Leave and lose {lost}?", self.app.pop_screen)
        else:
            self.app.pop_screen()

    def undo(self) -> None:
        """Take back the person's last action, after saying which it is."""
        from officeops.history.undo import next_to_undo, undo
        from officeops.tui.base.undo_words import in_words

        done = next_to_undo(self.office)
        words = in_words(self.office, done)
        said = f"{words[:1].upper()}{words[1:]} is undone. U does it again."
        take_back = partial(
            self.write, lambda office: undo(office, done.id), lambda _: self.say(said)
        )
        self.ask(f"Undo {words}?", take_back)

    def redo(self) -> None:
        """Take back the person's last undo, after saying what is done again by that."""
        from officeops.history.undo import next_to_redo, redo
        from officeops.tui.base.undo_words import in_words

        number, done = next_to_redo(self.office)
        words = in_words(self.office, done)
        said = f"{words[:1].upper()}{words[1:]} is done again."
        do_again = partial(
            self.write, lambda office: redo(office, number), lambda _: self.say(said)
        )
        self.ask(f"Redo {words}?", do_again)

    def read_find(self) -> None:
        """Read the words to look for. What is typed after / is text on every screen, and never keys."""
        self.ask_for("/", str, self.find)

    def find(self, text: str) -> None:
        """Go to the next row that has a text in it, or say that none has."""
        rows, wanted = self.rows, text.strip()
        if not wanted:
            return
        if rows is None:
            self.say("There is nothing to find on this screen.")
        elif (index := rows.find(wanted)) is None:
            self.say(
                f"No line here has {safe(repr(wanted))} in it. `:item /glove` lists what fits."
            )
        else:
            rows.move_to(index)

    def read_command(self) -> None:
        """Read a line that says where to go."""
        self.ask_for(COMMAND, str, self.desk.go, complete=self.desk.complete)


def _name_of(event: events.Key) -> str:
    """Return what a key is called where keys are declared: its character, or Textual's name."""
    return (event.character if event.is_printable and event.key != "space" else event.key) or ""
