"""MaskedEdit: a line that is typed without showing what it is."""

from __future__ import annotations

from typing import Final

from officeops.tui.widgets.line_edit import LineEdit

#: Drawn in place of each letter.
_DOT: Final = "•"


class MaskedEdit(LineEdit):
    """A line of text under edit that draws a dot for each letter."""

    @property
    def shown(self) -> str:
        """A dot for each letter."""
        return _DOT * len(self.text)

    def window(self, room: int) -> tuple[str, str, str]:
        """Return dots left of the cursor, under it, and right of it."""
        before, under, after = super().window(room)
        is_at_end = self.at == len(self.text)
        return _DOT * len(before), under if is_at_end else _DOT, _DOT * len(after)
