"""PinScreen: a person's own new PIN, typed twice. At a shared login its owner then signs for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.access.pin_rules import pin_problem
from officeops.access.shared_actions import set_pin
from officeops.tui.base.asking_screen import AskingScreen
from officeops.tui.terminal.cells import wrapped
from officeops.tui.widgets.lines import Line
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.model.sealed_value import Sealed

_HELP = (
    "A PIN has 4 to 12 digits without a pattern. You sign with it at a workstation that people "
    "share. Nobody else can set it."
)


class PinScreen(AskingScreen):
    """Asks for the new PIN twice, and sets it."""

    given_up = "Your PIN stays as it was."

    def set_up(self) -> None:
        """Begin without a problem to show."""
        self._problem = ""

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Your PIN"

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return what a PIN is for, and why the one before was not taken."""
        lines = [Line.of(part) for part in wrapped(_HELP, width)]
        if self._problem:
            lines.append(Line())
            lines += [Line.of(part, "alarm") for part in wrapped(self._problem, width)]
        return lines

    def begin(self) -> None:
        """Ask for the new PIN."""
        self.prompt.read_masked("New PIN: ", self._take)

    def on_screen_resume(self) -> None:
        """Ask again where nobody signed for the new PIN."""
        # The screen that signs covered this one; a PIN typed here before that is forgotten by now.
        if not (self.prompt.busy or self.writing):
            self.begin()

    def _take(self, pin: Sealed) -> None:
        problem = pin_problem(pin)
        if problem:
            self._again(f"The PIN {problem.message}.")
        else:
            self.prompt.read_masked("The same again: ", lambda second: self._compare(pin, second))

    def _compare(self, pin: Sealed, second: Sealed) -> None:
        # The second one has done its work once they are compared: no object keeps a PIN longer.
        is_same = pin == second
        second.forget()
        if not is_same:
            self._again("The two differ.")
        else:
            self.write(lambda office: set_pin(office, pin), self._set, self._refused)

    def _again(self, problem: str) -> None:
        # Both are typed again: nobody can tell which of two masked texts was meant.
        self._problem = safe(problem)
        self.lay_out()
        self.begin()

    def _refused(self, error: Exception) -> None:
        self._again(self.dialog.sentence(error))

    def _set(self, sentence: str) -> None:
        self.app.pop_screen()
        self.navigator.notify(sentence)
