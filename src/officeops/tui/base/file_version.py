"""FileVersion: which state of the office's file a screen has read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from officeops.office.office import Office

#: States of a screen that has read nothing: it is not open yet, or what it showed was taken away.
_NOT_OPEN: Final = -1
_WITHDRAWN: Final = -2


class FileVersion:
    """Compares the file's data_version with the one last read.

    SQLite changes this number when another connection commits.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._read = _NOT_OPEN

    def current(self) -> int:
        """Return the version the file has now."""
        return int(self._office.value("PRAGMA data_version"))

    @property
    def is_open(self) -> bool:
        """Whether the screen has read anything, ever."""
        return self._read != _NOT_OPEN

    @property
    def is_withdrawn(self) -> bool:
        """Whether the content was taken away again."""
        return self._read == _WITHDRAWN

    def differs_from(self, version: int | None) -> bool:
        """Whether the version last read is another one."""
        return self._read != version

    def mark_read(self, version: int) -> None:
        """Note the version that the screen reads now."""
        self._read = version

    def mark_withdrawn(self) -> None:
        """Note that the screen has to read again before it shows anything."""
        # A screen that never read has nothing to take away.
        if self.is_open:
            self._read = _WITHDRAWN
