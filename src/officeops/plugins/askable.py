"""The part of an office that asks plugins something, as Protocols, for annotations alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from types import FrameType

    from officeops.plugins.time_limits import LimitSettings
    from officeops.store.store import Store


class Timekeeper(Protocol):
    """The keeper of time limits, which knows whose code runs: `Plugins`."""

    @property
    def own(self) -> set[str]:
        """The plugins that ship with officeops, which have no limits to each answer."""
        ...

    @property
    def limits(self) -> LimitSettings:
        """How long plugins may take."""
        ...

    def of_frame(self, frame: FrameType | None) -> tuple[str, str] | None:
        """Find the plugin whose code leads to a frame, and its function that officeops called."""
        ...


class Askable(Protocol):
    """The asker of plugins: an office, or its reader.

    Its connection writes nothing while a plugin is asked, and knows which one is.
    """

    @property
    def store(self) -> Store:
        """Its open file."""
        ...

    @property
    def plugins(self) -> Timekeeper:
        """Its plugins."""
        ...
