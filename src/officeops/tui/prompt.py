"""PromptLine: the one line for messages, questions and short input. It is always there, so nothing jumps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input, Static

from officeops.values import safe

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult

__all__ = ["PromptLine"]


class _Words(Suggester):
    """Completes from a function that returns whole lines."""

    def __init__(self, complete: Callable[[str], str | None]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        """Return the completed line."""
        return self._complete(value)


class PromptLine(Widget, can_focus=True):
    """Says things, asks for `y`, and reads one line. It takes the focus while it waits for an answer."""

    DEFAULT_CSS = """
    PromptLine { height: 1; layout: horizontal; padding: 0 1; background: $background; }
    PromptLine:ansi { background: ansi_default; }
    PromptLine > Static { width: auto; height: 1; }
    PromptLine.-alarm > Static { color: $text-warning; text-style: bold; }
    PromptLine.-alarm:ansi > Static { color: ansi_default; }
    PromptLine > Input { display: none; width: 1fr; }
    PromptLine > Input:nocolor > .input--cursor { text-style: reverse; }
    """

    class Changed(Message):
        """It began or ceased to wait for an answer."""

    def __init__(self) -> None:
        super().__init__()
        self._yes: Callable[[], object] | None = None
        self._done: Callable[[str], object] | None = None
        self._said = ""
        self._before: Widget | None = None
        self._passed: events.Key | None = None
        #: What its keys are while it waits.
        self.hint = ""

    def compose(self) -> ComposeResult:
        """A text, and an input that shows only while a line is read."""
        yield Static(Content(self._said), markup=False)
        line = Input(compact=True)
        line.cursor_blink = False
        yield line

    @property
    def busy(self) -> bool:
        """Whether it waits for an answer."""
        return self._yes is not None or self._done is not None

    @property
    def said(self) -> str:
        """What it says."""
        return self._said

    def say(self, text: str, *, alarm: bool = False) -> None:
        """Show a message until the next key."""
        if not self.busy:
            self._show(text, alarm=alarm)

    def clear(self) -> None:
        """Take the message away."""
        if self._said and not self.busy:
            self._show("")

    def ask(self, question: str, yes: Callable[[], object]) -> None:
        """Ask; only the letter y says yes. Enter, and the key that asked, do not."""
        self._begin(f"{question}  y = yes, any other key = no", "y yes  any other key no", alarm=True)
        self._yes = yes
        self.screen.set_focus(self)

    def read(
        self,
        label: str,
        done: Callable[[str], object],
        *,
        value: str = "",
        complete: Callable[[str], str | None] | None = None,
    ) -> None:
        """Read one line; Esc leaves everything as it was."""
        self._begin(label, "enter go  esc cancel" + ("  tab complete" if complete else ""))
        self._done = done
        line = self.query_one(Input)
        line.suggester = _Words(complete) if complete else None
        line.value = value
        line.display = True
        self.screen.set_focus(line)

    def _begin(self, text: str, hint: str, *, alarm: bool = False) -> None:
        self._show(text, alarm=alarm)
        self.hint = hint
        self._before = self.screen.focused
        self.post_message(self.Changed())

    def _show(self, text: str, *, alarm: bool = False) -> None:
        self._said = safe(text)
        self.set_class(alarm, "-alarm")
        if self.is_mounted:
            self.query_one(Static).update(Content(self._said))

    def _end(self) -> None:
        self._yes = self._done = None
        self.query_one(Input).display = False
        self._show("")
        self.screen.set_focus(self._before)
        self.post_message(self.Changed())

    def on_key(self, event: events.Key) -> None:
        """Take the answer; what moves within the input is left to it."""
        self._passed = event
        if self._yes is not None or event.key in {"escape", "tab", "shift+tab", "enter"}:
            event.stop()
            event.prevent_default()
            self._take(event)

    def take_early(self, event: events.Key) -> None:
        """Take a key that was typed before the focus had come here: over a slow line they arrive together."""
        if event is self._passed:
            return
        event.stop()
        event.prevent_default()
        if self._yes is None and event.is_printable and event.character:
            self.query_one(Input).insert_text_at_cursor(event.character)
        else:
            self._take(event)

    def _take(self, event: events.Key) -> None:
        line = self.query_one(Input)
        if self._yes is not None:
            self._answer(event.character == "y")
        elif event.key == "escape":
            self._end()
        elif event.key == "tab":
            line.action_end()
            line.action_cursor_right()
        elif event.key == "backspace":
            line.action_delete_left()
        elif event.key == "enter":
            done, text = self._done, line.value
            self._end()
            if done:
                done(text)

    def _answer(self, agreed: bool) -> None:  # noqa: FBT001 - the one answer there is
        yes = self._yes
        self._end()
        if agreed and yes:
            yes()
        else:
            self.say("Nothing was done.")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep the input's messages to itself: the form's fields are inputs too."""
        event.stop()
