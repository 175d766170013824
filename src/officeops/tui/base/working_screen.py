"""WorkingScreen: a Textual screen with the parts that work on an office.

They are a dialog, reads and writes in threads, and the ways to other screens.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.screen import Screen

from officeops.tui.base.background_work import BackgroundWork
from officeops.tui.base.dialog import Dialog
from officeops.tui.base.navigator import host_of
from officeops.tui.base.screen_faults import blamed
from officeops.tui.widgets.prompt import PromptLine

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from officeops.office.office import Office
    from officeops.tui.base.navigator import Navigator, ScreenHost

T = TypeVar("T")


class WorkingScreen(Screen[None]):
    """Has its parts, and passes calls on to them.

    A plugin's screen writes `self.ask(…)`, not `self.dialog.ask(…)`.
    """

    #: The key that opens the messages, named where one does not fit the prompt line.
    MESSAGES_KEY: ClassVar[str] = "!"

    def __init__(self, office: Office, written: Callable[[], object]) -> None:
        super().__init__()
        self.office = office
        self.prompt = PromptLine(self.MESSAGES_KEY)
        self.dialog = Dialog(self.prompt, partial(blamed, office.plugins))
        self.work = BackgroundWork(self, office, self.dialog, written)

    @property
    def navigator(self) -> Navigator:
        """The ways to other screens."""
        return self.host.navigator

    @property
    def host(self) -> ScreenHost:
        """The app, as the host of its screens."""
        return host_of(self.app)

    @property
    def writing(self) -> bool:
        """Whether a change is on its way to the file."""
        return self.work.writing

    def say(self, text: str) -> None:
        """Show a message on the prompt line."""
        self.dialog.say(text)

    def complain(self, error: Exception) -> None:
        """Show what went wrong."""
        self.dialog.complain(error)

    def ask(self, question: str, yes: Callable[[], object]) -> None:
        """Ask for a `y` before `yes` runs."""
        self.dialog.ask(question, yes)

    def choose(
        self,
        question: str,
        answers: Mapping[str, Callable[[], object]],
        hint: str,
    ) -> None:
        """Ask for one of a few letters; `hint` explains them in the key line."""
        self.dialog.choose(question, answers, hint)

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
        """Read a value on the prompt line; `Dialog.ask_for` has the details."""
        self.dialog.ask_for(
            label,
            reader,
            done,
            value=value,
            complete=complete,
            follow=follow,
            step=step,
        )

    def guarded(self, call: Callable[[], T]) -> T | None:
        """Call something and return its answer; what it raises is shown, and None returned."""
        return self.dialog.guarded(call)

    def write(
        self,
        work: Callable[[Office], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Run `work` in a thread with an office of its own, then `done` with its answer, here."""
        self.work.write(work, done, failed)

    def fetch(
        self,
        work: Callable[[Office], T],
        done: Callable[[T], object],
        failed: Callable[[Exception], object] | None = None,
    ) -> None:
        """Read something slow in a thread, then run `done` with it, here."""
        self.work.fetch(work, done, failed)
