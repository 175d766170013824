"""Navigator: the ways from one screen to another, as screens and plugins see them.

Screens depend on these protocols alone. `officeops.tui.navigation` implements the navigator, and
knows every screen; no screen knows the app or another screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections import deque
    from collections.abc import Callable

    from officeops.access.signature import Signature
    from officeops.model.declarations import Screen, View
    from officeops.model.records import Record
    from officeops.tui.forms.form import Form
    from officeops.tui.terminal.key_queue import KeyQueue
    from officeops.tui.terminal.scans import Scan


class Navigator(Protocol):
    """Opens screens over the current one, or leaves it for another list."""

    def record_types(self) -> list[type[Record]]:
        """Return the types of record that can be listed; a digit opens each of the first nine."""

    def list_records(
        self,
        record: type[Record],
        view: View | None = None,
        filter: str | None = None,  # noqa: A002 - the name it has for people
    ) -> None:
        """Leave this screen for the list of a record type, asking first if input would be lost."""

    def open_list(self, record: type[Record], filter: str) -> None:  # noqa: A002 - as above
        """List the records that match a filter, over this screen; Esc comes back."""

    def open_record(self, record: type[Record], record_id: int) -> None:
        """Open a record. Raises NotFound, and Forbidden if its type must not be seen."""

    def record_of(self, scan: Scan) -> Record:
        """Return the record of a scanned code.

        Raises NotFound, and UsageProblem if several have it.
        """

    def open_form(self, form: Form, saved: Callable[[str], object]) -> None:
        """Open a form; `saved` receives the message once it is saved."""

    def ask_to_sign(self, signed: Callable[[Signature], object]) -> None:
        """Ask whose entry it is, by name and PIN; `signed` receives the proof."""

    def ask_witness(self, signed: Callable[[Signature], object], actor: Signature | None) -> None:
        """Ask for the witness of what the person who signed, or whose login it is, does."""

    def open_pin(self) -> None:
        """Ask for the person's own new PIN."""

    def open_screen(self, declared: Screen) -> None:
        """Open a plugin's screen. Raises Forbidden, and Broken if it cannot be built."""

    def open_record_types(self) -> None:
        """Show the record types, their views, and the plugins' screens."""

    def open_help(self) -> None:
        """Show what every key of this screen does."""

    def open_undo_list(self) -> None:
        """List what the person did last, to undo one of it."""

    def open_messages(self) -> None:
        """Show the latest messages in full."""

    def go(self, text: str) -> None:
        """Run a command of this screen, or go where the text leads. Raises UsageProblem."""

    def knows(self, text: str) -> bool:
        """Whether `go` would find a place for the text."""

    def complete(self, text: str) -> str | None:
        """Return the whole command that a text begins, or None."""

    def go_to_left(self) -> None:
        """Go to where the person was before the last jump; once more comes back."""

    def leave(self) -> None:
        """Leave officeops, asking first if input would be lost."""

    def notify(self, message: str) -> None:
        """Show a message on the prompt line of the screen on top."""

    def drop_stale_access(self) -> None:
        """Clear what screens have read if the acting person's permissions changed since."""


@runtime_checkable
class ScreenHost(Protocol):
    """The parts of the app that a screen uses."""

    @property
    def navigator(self) -> Navigator:
        """The ways to other screens."""

    @property
    def typed(self) -> KeyQueue:
        """The keys that wait for their turn."""

    @property
    def recent_messages(self) -> deque[str]:
        """The latest messages of all prompt lines, the newest last."""

    def offer_undo(self, words: str) -> None:
        """Say beside the message of the screen on top that the last action can be undone."""


def host_of(app: object) -> ScreenHost:
    """Return an app as the host of its screens. Raises TypeError if it cannot be one."""
    if not isinstance(app, ScreenHost):
        raise TypeError(f"{type(app).__name__} has no navigator; open office screens in OfficeApp.")
    return app
