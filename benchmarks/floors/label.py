"""Import Textual and paint one label; q leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.widgets import Label

if TYPE_CHECKING:
    from collections.abc import Iterator


class One(App[None]):
    """One label."""

    BINDINGS: ClassVar = [("q", "quit", "Leave")]

    def compose(self) -> Iterator[Label]:
        """Yield the label."""
        yield Label("Today")


One().run()
