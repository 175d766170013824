"""The names of plugins on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from officeops.model.errors import NotFound
from officeops.plugins.discovery import GONE
from officeops.values.suggestions import did_you_mean, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from officeops.plugins.discovery import Found


def refuse_unknown(
    plugins: Sequence[Found],
    names: Sequence[str],
    *,
    may_be_gone: bool = True,
) -> None:
    """Raise NotFound, with the nearest names, for a name that no plugin has.

    A plugin that is enabled and no longer installed is in the list too, as gone: it can be
    disabled, and not enabled.
    """
    origins: dict[str, str] = {}
    for plugin in plugins:
        # Of two plugins with one name, the first counts.
        origins.setdefault(plugin.name, plugin.origin)
    for name in names:
        is_gone = origins.get(name) == GONE
        if name not in origins or (is_gone and not may_be_gone):
            raise NotFound(
                f"There is no plugin called {name!r}. {_hint(name, origins)}",
                code="not-found",
                facts={"kind": "plugin", "text": name},
            )


def _hint(name: str, known: Iterable[str]) -> str:
    near = nearest(name, [other for other in known if other != name])
    return did_you_mean(near) or "`officeops plugins` lists those there are."
