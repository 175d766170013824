"""What of an office is needed to ask plugins something, as Protocols. For annotations: nothing imports it to run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from types import FrameType

    from officeops.plugins.time_limits import LimitSettings
    from officeops.store.store import Store


class Timekeeper(Protocol):
    """What knows how long plugins may take, and whose code runs: `Plugins`."""

    @property
    def own(self) -> set[str]:
        """The plugins that ship with officeops, which have no limits to each answer."""
        ...

    @property
    def limits(self) -> LimitSettings:
        """How long plugins may take."""
        ...

    def of_frame(self, frame: FrameType | None) -> tuple[str, str] | None:
        """Return the plugin whose code leads to a frame, and its function that officeops called."""
        ...


class Askable(Protocol):
    """What plugins answer to: an office, or its reader. Its connection writes nothing meanwhile, and knows who is asked."""

    @property
    def store(self) -> Store:
        """Its open file."""
        ...

    @property
    def plugins(self) -> Timekeeper:
        """Its plugins."""
        ...
