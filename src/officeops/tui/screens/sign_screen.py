"""SignScreen: whose entry it is, at a shared login: a name by its first letters, then the PIN."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from officeops.model.errors import Refused
from officeops.office.signing import candidates
from officeops.tui.base.asking_screen import AskingScreen
from officeops.tui.terminal.cells import pad, wrapped
from officeops.tui.widgets.lines import Line
from officeops.values.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual import events

    from officeops.access.signature import Signature
    from officeops.model.sealed_value import Sealed
    from officeops.office.office import Office

#: Cells of a login in the list of people.
_LOGIN: Final = 16
#: How people sign.
HOW: Final = "Type the first letters of your name, then your PIN."
#: The keys that choose among the people.
_MOVES: Final = {"up": -1, "down": 1}


class SignScreen(AskingScreen):
    """Asks for a name and PIN before one entry, over the screen of the entry.

    It keeps neither: each entry has a screen of its own. Esc goes back, and nothing typed is lost.
    """

    given_up = "Nobody signed, so nothing was written."

    def __init__(self, office: Office, signed: Callable[[Signature], object]) -> None:
        super().__init__(office)
        self._signed = signed
        self._people: list[tuple[str, str]] = []
        self._problem = ""

    def crumb(self) -> str:
        """Return the screen's name."""
        return "Whose entry is it?"

    # -- what the screen shows ---------------------------------------------------------------------

    def make_lines(self, width: int) -> Sequence[Line]:
        """Return the people whom the letters typed so far may mean."""
        return list(self._lines(width))

    def _lines(self, width: int) -> Iterator[Line]:
        for part in [*wrapped(safe(self.words()), width), ""]:
            yield Line.of(part)
        for part in wrapped(self._problem, width) if self._problem else ():
            yield Line.of(part, "alarm")
        for login, name in self._people:
            yield Line.of(f"  {pad(safe(login), _LOGIN)}{safe(name)}", target=login, key=login)

    def words(self) -> str:
        """Return the question, and why."""
        return f"{self.office.who.place} is shared. {HOW}"

    def prove(
        self,
        office: Office,
        name: str,
        pin: Sealed,
    ) -> Signature:
        """Compare the PIN, in a thread."""
        return office.prove(name, pin)

    # -- asking ------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Ask for the name."""
        self.prompt.read("Name: ", partial(self._guarded, self._take_name))

    def _guarded(self, take: Callable[[str], object], text: str) -> None:
        self.guarded(partial(take, text))

    def _take_name(self, text: str) -> None:
        """Take the person under the cursor, or the name as typed: an unknown one fails like any."""
        name = str(self.selected or text.strip())
        if not name:
            self.begin()
            return
        self._people = [(login, full) for login, full in self._people if login == name]
        self.lay_out()
        self._ask_pin(name)

    def _ask_pin(self, name: str) -> None:
        other = " (Enter alone: another name)" if self._problem else ""
        question = f"PIN of {safe(name)}{other}: "
        self.prompt.read_masked(question, partial(self._prove, name))

    def _prove(self, name: str, pin: Sealed) -> None:
        if self._problem and not pin.typed:
            self._start_again()
            return
        self.work.run(
            lambda office: self.prove(office, name, pin),
            self._proved,
            partial(self._refused, name),
        )

    def _proved(self, signature: Signature) -> None:
        # Closed first: what the entry says and opens belongs to the screen below.
        self.app.pop_screen()
        self._signed(signature)

    def _refused(self, name: str, error: Exception) -> None:
        """Say why, and ask again: after a wrong PIN for the PIN, else for another name.

        A PIN that somebody types where a name is asked for is there for all to read.
        """
        self._problem = self.dialog.sentence(error)
        if isinstance(error, Refused) and error.problems[0].code == "wrong-pin":
            self.lay_out()
            self._ask_pin(name)
        else:
            self._start_again()

    def _start_again(self) -> None:
        self._people = []
        self.lay_out()
        self.begin()

    # -- keys --------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """Choose among the people, or type."""
        by = _MOVES.get(event.key)
        if by and self._people:
            event.stop()
            event.prevent_default()
            self.list.move_to(self.list.cursor + by)
        else:
            super().on_key(event)

    def typed(self) -> None:
        """List the people whom the typed letters may mean, from the first letter on."""
        if self.prompt.is_reading and not self.prompt.is_masked:
            text = self.prompt.line.strip()
            self._people = candidates(self.office.authorizer, text) if text else []
            self.lay_out()
            if self._people:
                self.list.move_to(len(self.list.lines) - len(self._people))
