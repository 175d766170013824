"""Plugin loading: the plugins of a run rest where their declarations are kept, and load otherwise."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from officeops.model.settings import Machine
    from officeops.office.office import Office
    from officeops.plugins.discovery import Found
    from officeops.plugins.manager import Plugins


class PluginLoading:
    """Loads the plugins that are installed on a machine, for one run."""

    def __init__(self, machine: Machine, installed: list[Found]) -> None:
        self._machine, self._installed = machine, installed
        #: The plugins that were loaded because nothing is kept of them.
        self._unkept: Plugins | None = None

    def load(self) -> Plugins:
        """Return the plugins that are on, at rest where they may be."""
        if any(plugin.on and not plugin.own for plugin in self._installed):
            # What code of others prints must not get into the answer.
            from officeops.cli.streams import part

            part()
        strict = bool(os.environ.get("OFFICEOPS_STRICT_PLUGINS"))
        # Another word for a noun is a setting of this machine, and kept nowhere else.
        if strict or self._machine.own.nouns:
            return self._loaded(strict=strict)
        from officeops.plugins.kept_declarations import recall

        kept = recall(self._installed)
        if kept is None:
            self._unkept = self._loaded()
            return self._unkept
        from officeops.plugins.resting import RestingPlugins

        return cast("Plugins", RestingPlugins(self._installed, self._machine, kept, self._loaded))

    def _loaded(self, *, strict: bool = False) -> Plugins:
        from officeops.core.registered import registered
        from officeops.plugins.manager import Plugins

        return Plugins(self._installed, self._machine, core=registered, strict=strict)

    def keep(self, office: Office) -> None:
        """Keep the declarations of the plugins for the next command, where all are in order."""
        plugins, self._unkept = self._unkept, None
        if plugins is None or plugins.troubles:
            return
        from officeops.plugins.declared import declared_by
        from officeops.plugins.kept_declarations import remember

        remember(
            self._installed,
            lambda: declared_by(plugins, office.records, office.migrations()),
        )
