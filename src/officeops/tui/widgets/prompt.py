"""PromptLine: the one line for messages, questions and short input.

It is always there, so nothing jumps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from officeops.model.sealed_value import Sealed
from officeops.tui.terminal.cells import cut, pad, tame, width_of
from officeops.tui.widgets.line_edit import LineEdit
from officeops.tui.widgets.masked_edit import MaskedEdit
from officeops.values.scanned.refusal import SEPARATOR, SHOWN_SEPARATOR
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual import events
    from textual.timer import Timer


#: Seconds without a key after which a line that is followed live is acted on.
PAUSE: Final = 0.15
#: The keys that choose among lines that may be meant.
_STEPS: Final = {"up": -1, "down": 1}
#: The keys of a question. The key line below names them too, for a question that leaves no room.
YES_OR_NO: Final = "  y = yes, any other key = no"


class PromptLine(Widget):
    """Shows messages, asks for `y`, and reads one line.

    The list keeps the focus while it does, and the screen passes the keys on. A change of focus
    would draw the whole list again, and keys typed ahead over a slow line would go to the wrong
    widget.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"prompt--cursor", "prompt--dim", "prompt--alarm"}
    DEFAULT_CSS = """
    PromptLine {
        height: 1; background: $background;
        & > .prompt--cursor { background: $foreground; color: $background; }
        & > .prompt--dim { color: $text-muted; }
        & > .prompt--alarm { color: $text-warning; text-style: bold; }
        &:ansi { background: ansi_default; }
        &:ansi > .prompt--cursor {
            background: ansi_default; color: ansi_default; text-style: reverse;
        }
        &:ansi > .prompt--dim { color: ansi_default; text-style: dim; }
        &:ansi > .prompt--alarm { color: ansi_default; text-style: bold; }
        &:nocolor > .prompt--cursor { text-style: reverse; }
    }
    """

    class Changed(Message):
        """It started or stopped waiting for an answer."""

    class Said(Message):
        """It showed a message."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, messages_key: str = "!") -> None:
        super().__init__()
        self._messages_key = messages_key
        self._answers: Mapping[str, Callable[[], object]] | None = None
        self._done: Callable[[str], object] | None = None
        self._line = LineEdit()
        #: Takes the line while it is typed, and the clock that waits for a pause in the typing.
        self._follow: Callable[[str], object] | None = None
        self._pause: Timer | None = None
        self._before = ""
        #: Returns the next or previous line that may be meant.
        self._step: Callable[[int], str | None] | None = None
        self._alarm = False
        #: The message or question it shows.
        self.said = ""
        #: The key that takes back what the message says was done.
        self._beside = ""
        #: The keys that count while it waits, for the key line.
        self.hint = ""

    @property
    def busy(self) -> bool:
        """Whether it waits for an answer."""
        return self._answers is not None or self._done is not None

    @property
    def is_reading(self) -> bool:
        """Whether it reads a line, so that keys are text."""
        return self._done is not None

    @property
    def is_followed(self) -> bool:
        """Whether the screen follows the line that it reads."""
        return self._follow is not None

    @property
    def is_pausing(self) -> bool:
        """Whether the last letters are still to be followed."""
        return self._pause is not None

    @property
    def is_masked(self) -> bool:
        """Whether the line that it reads must not show."""
        return isinstance(self._line, MaskedEdit)

    @property
    def line(self) -> str:
        """The line as typed so far."""
        return self._line.text

    # -- showing and asking ------------------------------------------------------------------------

    def say(
        self,
        text: str,
        *,
        alarm: bool = False,
        keep: bool = True,
    ) -> None:
        """Show a message until the next key.

        With `keep` it is among the messages that can be read again.
        """
        # A message must not replace a question before its answer.
        if not self.busy:
            self._show(text, alarm=alarm)
            if text and keep:
                self.post_message(self.Said(self.said))

    def beside(self, words: str) -> None:
        """Add words at the right of the message that shows, if one does."""
        if self.said and not self.busy:
            self._beside = words
            self._draw()

    def clear(self) -> None:
        """Remove the message."""
        if self.said and not self.busy:
            self._show("")

    def cancel(self) -> None:
        """Stop waiting for an answer, without a message."""
        if self.busy:
            self._end()
        else:
            self.clear()

    def ask(self, question: str, yes: Callable[[], object]) -> None:
        """Ask; only the letter y means yes. Enter, and the key that asked, do not."""
        self.choose(f"{question}{YES_OR_NO}", {"y": yes}, "y yes  any other key no")

    def choose(
        self,
        question: str,
        answers: Mapping[str, Callable[[], object]],
        hint: str,
    ) -> None:
        """Ask for one of a few letters; any other key leaves everything as it is."""
        self._answers, self._done = answers, None
        self._begin(question, hint, alarm=True)

    def read(
        self,
        label: str,
        done: Callable[[str], object],
        *,
        value: str = "",
        complete: Callable[[str], str | None] | None = None,
        follow: Callable[[str], object] | None = None,
        step: Callable[[int], str | None] | None = None,
    ) -> None:
        """Read one line; Esc leaves everything as it was.

        Typing replaces `value`, moving in it keeps it. `follow` gets the line at each pause in the
        typing, and `value` again at Esc. `step` returns the line for the down key (1) and the up
        key (-1), or None for none.
        """
        self._answers, self._done, self._follow, self._step = None, done, follow, step
        self._before = value
        self._line = LineEdit(value, complete)
        more = "  tab complete" if complete else ""
        self._begin(label, f"enter go  esc cancel{more}")

    def read_masked(self, label: str, done: Callable[[Sealed], object]) -> None:
        """Read one line that shows nowhere: its letters are drawn as dots."""
        self._answers, self._done = None, lambda text: done(Sealed(typed=text))
        self._line = MaskedEdit()
        self._begin(label, "enter go  esc cancel")

    def _begin(
        self,
        text: str,
        hint: str,
        *,
        alarm: bool = False,
    ) -> None:
        self.hint = hint
        self._show(text, alarm=alarm)
        self.post_message(self.Changed())

    def _end(self) -> None:
        self._answers = self._done = self._follow = self._step = None
        self._stop_clock()
        # A PIN that was typed goes with its question.
        self._line = LineEdit()
        self._show("")
        self.post_message(self.Changed())

    # -- keys --------------------------------------------------------------------------------------

    def take(self, event: events.Key) -> None:
        """Take a key while it waits."""
        if self._answers is not None:
            self._answer(self._answers.get(event.character or ""))
        elif event.key == "escape":
            self._leave()
        elif event.key == "enter":
            done, line = self._done, self._line
            self._end()
            if done:
                done(line.text)
        elif event.character and (event.is_printable or event.character == SEPARATOR):
            self.insert(event.character)
        elif event.key in _STEPS:
            self._choose(_STEPS[event.key])
        elif self._line.press(event.key):
            self._typed()

    def _choose(self, by: int) -> None:
        line = self._step(by) if self._step else None
        if line is not None:
            self._line.fill(line)
            self._draw()

    def _leave(self) -> None:
        if self._follow is not None and self._line.text != self._before:
            self._follow(self._before)
        self._end()

    def _typed(self) -> None:
        """Draw the line, and have it followed after a pause: each letter alone costs a reading."""
        self._draw()
        if self._follow is not None:
            self._stop_clock()
            self._pause = self.set_timer(PAUSE, self._followed)

    def _followed(self) -> None:
        self._pause = None
        if self._follow is not None:
            self._follow(self._line.text)

    def _stop_clock(self) -> None:
        if self._pause is not None:
            self._pause.stop()
            self._pause = None

    def insert(self, text: str) -> None:
        """Type or paste into the line."""
        if self._done is not None:
            self._line.insert(text.replace(SEPARATOR, SHOWN_SEPARATOR))
            self._typed()

    def _answer(self, run: Callable[[], object] | None) -> None:
        self._end()
        if run:
            run()
        else:
            self.say("Nothing was done.")

    # -- drawing -----------------------------------------------------------------------------------

    def _show(self, text: str, *, alarm: bool = False) -> None:
        self.said, self._alarm, self._beside = safe(text), alarm, ""
        self._draw()

    def _draw(self) -> None:
        self.refresh()
        if self._done is not None:
            before, _, _ = self._line.window(self._room())
            at = width_of(self._label()) + width_of(before)
            self.app.cursor_position = Offset(self.region.x + at, self.region.y)

    def _label(self) -> str:
        return cut(f" {self.said}", max(self.size.width // 2, 1))

    def _room(self) -> int:
        return self.size.width - width_of(self._label())

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - there is one line
        """Draw the line."""
        width = self.size.width
        return self._message_strip(width) if self._done is None else self._input_strip(width)

    def _message_strip(self, width: int) -> Strip:
        style = self.get_component_rich_style("prompt--alarm") if self._alarm else self.rich_style
        beside = f"  {self._beside} " if self._beside else ""
        # The message counts for more: the key line has the key, too.
        if width_of(tame(self.said)) + width_of(beside) >= width:
            beside = ""
        left = width - width_of(beside)
        return Strip([Segment(pad(self._message(left), left) + beside, style)], width)

    def _message(self, width: int) -> str:
        """Return the message; one that does not fit ends with the key that shows it all."""
        text = f" {self.said}"
        if width_of(tame(text)) <= width:
            return text
        if self._answers is not None:
            # The words of a question count for more than its keys, which are below it, too.
            return text.removesuffix(YES_OR_NO)
        more = f"  {self._messages_key} shows all"
        return cut(text, width - len(more)) + more

    def _input_strip(self, width: int) -> Strip:
        before, under, after = self._line.window(self._room())
        cursor = self.get_component_rich_style("prompt--cursor")
        dim = self.get_component_rich_style("prompt--dim")
        segments = [
            Segment(tame(self._label() + before), self.rich_style),
            Segment(under, cursor),
            Segment(after, self.rich_style),
            Segment(self._line.rest, dim),
        ]
        return Strip(segments).adjust_cell_length(width, self.rich_style)
