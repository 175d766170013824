"""Resting plugins: they are loaded once a command asks for more than is kept of them."""

from __future__ import annotations

import _thread
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from officeops.model.settings import Machine
    from officeops.plugins.discovery import Found
    from officeops.plugins.kept_declarations import KeptDeclarations, Watch
    from officeops.plugins.manager import Plugins
    from officeops.plugins.time_limits import LimitSettings


class RestingPlugins:
    """Answers from `kept` what it can, and loads all plugins for any other question.

    It is used in place of `Plugins`: the loaded ones answer all that it does not.
    """

    def __init__(
        self,
        found: list[Found],
        machine: Machine,
        kept: KeptDeclarations,
        load: Callable[[], Plugins],
    ) -> None:
        self.kept, self._machine, self._load = kept, machine, load
        self.own = {"core", *(plugin.name for plugin in found if plugin.own)}
        self._awake: Plugins | None = None
        self._waking = _thread.RLock()

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever Plugins has of that name
        return getattr(self.awake(), name)

    def awake(self) -> Plugins:
        """Return the plugins, loaded: once, though the threads of a screen ask at the same time."""
        if self._awake is None:
            with self._waking:
                if self._awake is None:
                    self._awake = self._load()
        return self._awake

    @property
    def is_resting(self) -> bool:
        """Whether no plugin has been loaded."""
        return self._awake is None

    # -- known while they rest -------------------------------------------------------------------

    @property
    def watches(self) -> tuple[Watch, ...]:
        """The tables that promises of kinds rest on."""
        return self.kept.watches if self._awake is None else self._awake.watches

    @property
    def troubles(self) -> Any:  # noqa: ANN401 - a sequence of Trouble
        """The troubles of the plugins; one that had any is not kept, and does not rest."""
        return () if self._awake is None else self._awake.troubles

    @property
    def is_incomplete(self) -> bool:
        """Whether a part of an answer is missing."""
        return self._awake is not None and self._awake.is_incomplete

    @property
    def limits(self) -> LimitSettings:
        """How long plugins may take, by this machine's settings."""
        from officeops.plugins.time_limits import LimitSettings

        return self._machine.table("limits", LimitSettings)

    def of_frame(self, frame: FrameType | None) -> tuple[str, str] | None:
        """Find the plugin whose code leads to a frame. Asked where no code may be loaded."""
        return None if self._awake is None else self._awake.of_frame(frame)

    def running(self) -> tuple[str, str] | None:
        """Find the plugin whose code runs now, likewise."""
        return None if self._awake is None else self._awake.running()

    def implements(self, hook: str) -> bool:
        """Whether any plugin implements a hook."""
        return not self._is_nobodys(hook) and self.awake().implements(hook)

    def collect(self, hook: str, **arguments: object) -> Iterator[tuple[str, Any]]:
        """Yield (plugin, answer) of a collect hook."""
        return iter(()) if self._is_nobodys(hook) else self.awake().collect(hook, **arguments)

    def guard(self, hook: str, **arguments: object) -> Iterator[tuple[str, Any]]:
        """Yield (plugin, answer) of a guard hook."""
        return iter(()) if self._is_nobodys(hook) else self.awake().guard(hook, **arguments)

    def _is_nobodys(self, hook: str) -> bool:
        """Whether they rest and none implements a hook."""
        return self._awake is None and hook not in self.kept.hooks


def at_rest(plugins: Plugins) -> KeptDeclarations | None:
    """Return what resting plugins declare; None of those that are loaded."""
    resting = cast("object", plugins)
    return resting.kept if isinstance(resting, RestingPlugins) and resting.is_resting else None
