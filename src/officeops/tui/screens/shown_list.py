"""ShownList: a list's screen, as the keys that change its query see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from officeops.model.records import Record
    from officeops.office.office import Office
    from officeops.tui.base.dialog import Dialog
    from officeops.tui.screens.browser_state import BrowserState


class ShownList(Protocol):
    """The parts of a list's screen that filter, order and views use."""

    office: Office
    dialog: Dialog
    state: BrowserState

    @property
    def record(self) -> type[Record]:
        """The record type listed."""

    @property
    def sort(self) -> str:
        """The order now: the person's, the view's, or the record type's own."""

    def changed(self, *, from_top: bool = False) -> None:
        """Read the list again."""

    def keep_place(self) -> None:
        """Keep the record under the cursor, to come back to it."""

    def show_bars(self) -> None:
        """Bring the breadcrumb up to date."""
