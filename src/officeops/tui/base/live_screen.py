"""LiveScreen: a screen that keeps up to date.

It reads again when the file changed, and closes when the person loses its permission.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.tui.base.file_version import FileVersion
from officeops.tui.base.working_screen import WorkingScreen
from officeops.tui.widgets.error_text import is_refusal
from officeops.values.text import safe

if TYPE_CHECKING:
    from officeops.office.office import Office


class LiveScreen(WorkingScreen):
    """Override `reload`, and `withdraw` in a screen that keeps more than its base knows of."""

    def __init__(self, office: Office) -> None:
        super().__init__(office, self._refresh_top_screen)
        self._version = FileVersion(office)
        self._permissions: tuple[str, ...] = ()

    def reload(self) -> None:
        """Read again: the screen opened, or something was written."""

    def withdraw(self) -> None:
        """Forget the content: the acting person's permissions changed.

        `reload` follows once the screen is on top again. Override this in a screen that keeps more
        of the office's data than its base knows of, so that none of it shows until then.
        """
        self.workers.cancel_node(self)
        self.prompt.cancel()
        self._version.mark_withdrawn()

    def require(self, *permissions: str) -> None:
        """Set the permissions without which the screen closes."""
        self._permissions = permissions

    def refresh_if_changed(self) -> bool:
        """Read again if anything was written since, by this program or another.

        Return False if the acting person is no longer a user: the program then closes.
        """
        if not self.office.who.known:
            # The office's data on this screen is no longer theirs to read.
            person = safe(self.office.actor)
            why = self.office.who.why_out or "the user was removed"
            self.app.exit(message=f"{person} is logged out: {safe(why)}.")
            return False
        self.navigator.drop_stale_access()
        version = self.guarded(self._version.current) or 0
        if self._version.differs_from(version):
            self._read_again(version)
        return True

    def _read_again(self, version: int) -> None:
        was_withdrawn = self._version.is_withdrawn
        self._version.mark_read(version)
        # The office's name and conventions may have changed with the rest.
        self.office.forget_facts()
        try:
            for permission in self._permissions:
                self.office.allow(permission)
            self.reload()
        except Exception as error:  # noqa: BLE001 - a plugin's fault must not end the program
            self.complain(error)
            if was_withdrawn and is_refusal(error):
                self._close_refused(error)

    def _close_refused(self, error: Exception) -> None:
        """Close a screen that the acting person has lost, and say why on the one below."""
        if self.app.screen is self and len(self.app.screen_stack) > 1:
            self.app.pop_screen()
            if isinstance(self.app.screen, LiveScreen):
                self.app.screen.complain(error)

    def _refresh_top_screen(self) -> None:
        top = self.app.screen
        if isinstance(top, LiveScreen):
            top.refresh_if_changed()

    @property
    def is_open(self) -> bool:
        """Whether the screen has read anything yet."""
        return self._version.is_open

    def is_behind(self) -> bool:
        """Return whether something was written since this screen last read."""
        version = self.guarded(self._version.current)
        return self._version.is_open and self._version.differs_from(version)
