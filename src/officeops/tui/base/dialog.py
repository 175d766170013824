"""Dialog: what a screen says and asks on its prompt line. Errors become sentences here."""

from __future__ import annotations

from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual import log

from officeops.tui.widgets.error_text import sentence
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from officeops.store.commits import Fate
    from officeops.tui.widgets.prompt import PromptLine

T = TypeVar("T")


class Dialog:
    """Speaks through one prompt line, and runs the answers so that no error ends the program."""

    def __init__(
        self,
        prompt: PromptLine,
        explained: Callable[[Exception], Exception] = lambda error: error,
    ) -> None:
        self._prompt = prompt
        #: Returns an error as that of the plugin whose code failed.
        self._explained = explained
        self._fate: Fate | None = None

    def say(self, text: str) -> None:
        """Show a message."""
        self._prompt.say(text)

    def complain(self, error: Exception) -> None:
        """Show what went wrong."""
        # The sentence has no trace, so the developer's console gets the whole error.
        log.error(error)
        self._prompt.say(self.sentence(error), alarm=True)

    def sentence(self, error: Exception) -> str:
        """Return an error as a sentence, which also says what a failed write had saved by then."""
        return sentence(self._explained(error), self._fate)

    @contextmanager
    def about_write(self, fate: Fate) -> Iterator[None]:
        """Let the sentences of this block be about a write that committed `fate`."""
        self._fate = fate
        try:
            yield
        finally:
            self._fate = None

    def ask(self, question: str, yes: Callable[[], object]) -> None:
        """Ask for a `y` before `yes` runs."""
        self._prompt.ask(question, partial(self.guarded, yes))

    def choose(
        self,
        question: str,
        answers: Mapping[str, Callable[[], object]],
        hint: str,
    ) -> None:
        """Ask for one of a few letters; `hint` explains them in the key line."""
        guarded = {letter: partial(self.guarded, run) for letter, run in answers.items()}
        self._prompt.choose(question, guarded, hint)

    def ask_for(
        self,
        label: str,
        reader: Callable[[str], T | None],
        done: Callable[[T], object],
        *,
        value: str = "",
        complete: Callable[[str], str | None] | None = None,
        follow: Callable[[str], object] | None = None,
        step: Callable[[int], str | None] | None = None,
    ) -> None:
        """Read a value on the prompt line and pass it to `done`.

        `reader` raises ValueError for a text that is no value, and that error is shown. It returns
        None for blank. `follow` gets the text while it is typed; `step` is
        that of `PromptLine.read`.
        """

        def take(text: str) -> None:
            try:
                # The reader is ours or a plugin's; only ValueError is about the text.
                answer = reader(text)
            except ValueError as error:
                self._prompt.say(safe(f"{error}."), alarm=True)
                return
            if answer is None:
                self.say("Nothing was typed, so nothing was done.")
            else:
                self.guarded(partial(done, answer))

        self._prompt.read(
            label,
            take,
            value=value,
            complete=complete,
            # Half a filter cannot be read yet. The line is still typed then, so nothing is shown.
            follow=follow and (lambda text: self.guarded(partial(follow, text))),
            step=step,
        )

    def guarded(self, call: Callable[[], T]) -> T | None:
        """Call something and return its answer; what it raises is shown, and None returned."""
        try:
            return call()
        except Exception as error:  # noqa: BLE001 - a plugin's fault must not end the program
            self.complain(error)
            return None
