"""The declarations that an office knows, as Protocols: its plugins and its kinds of record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from types import ModuleType

    from officeops.model.records import Record


class Registry(Protocol):
    """The plugins of an office, for code that asks for registered values."""

    def registered(self, hook: str) -> list[tuple[str, Any]]:
        """List the (plugin, value) pairs of a register hook."""
        ...

    def modules(self, owner: str) -> list[ModuleType]:
        """List the modules whose hooks count for a plugin."""
        ...

    def is_refused(self, name: str) -> bool:
        """Whether a plugin that is on is not in order, and so brings nothing."""
        ...

    def kinds(self) -> Iterator[type[Record]]:
        """Yield every kind of record whose tables are kept, those without a noun too."""
        ...

    def implements(self, hook: str) -> bool:
        """Whether any plugin implements a hook."""
        ...

    def first(
        self,
        hook: str,
        take: Callable[[Any], Any] | None = None,
        /,
        **arguments: object,
    ) -> Any:  # noqa: ANN401 - the hook's own type
        """Return the first answer that is not None to a plugin's own hook, as `take` checked it."""
        ...

    def first_named(
        self,
        hook: str,
        take: Callable[[Any], Any] | None = None,
        /,
        **arguments: object,
    ) -> tuple[str, Any]:
        """Return the plugin that gave the first answer, and that answer; blank and None for none."""
        ...


class Declarations(Protocol):
    """The declarations: the plugins, and the kinds of record."""

    @property
    def plugins(self) -> Registry:
        """The plugins that are on."""
        ...

    @property
    def records(self) -> Mapping[str, type[Record]]:
        """Every kind of record by its key."""
        ...
