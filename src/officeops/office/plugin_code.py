"""The code of plugins, as an open office asks and runs it: a failure names the plugin."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from officeops.model.errors import Refused
from officeops.plugins.blame import Accountable, Answering, Blame

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.model.actions import Action
    from officeops.model.office import Office
    from officeops.model.records import Record
    from officeops.model.settings import Machine
    from officeops.model.settings_table import Settings
    from officeops.plugins.askable import Askable
    from officeops.plugins.manager import Plugins

S = TypeVar("S")


class PluginCode:
    """Asks and runs code of plugins. The office is what that code is given."""

    def __init__(
        self,
        office: Office,
        askable: Askable,
        plugins: Plugins,
        machine: Machine,
    ) -> None:
        self._office, self._askable = office, askable
        self._plugins, self._machine = plugins, machine

    def ask(
        self,
        plugin: str,
        place: str,
        question: Callable[[Office, Any], object],
        record: Any,  # noqa: ANN401 - a record
        *,
        then: str = "Nothing was written.",
    ) -> str | None:
        """Ask a plugin's code, in a named place, why something may not be done; None: it may.

        `then` is the consequence where its time is up. Raises PluginFault, OutsideAction and
        TimeUp.
        """
        from officeops.plugins.hook_results import reason_in  # a list asks for no reason

        with Answering(self._askable, plugin, place, then=then):
            return reason_in(question(self._office, record))

    def answering(
        self,
        plugin: str,
        place: str,
        *,
        then: str = "Nothing was written.",
    ) -> Answering:
        """Make a context in which a plugin's code answers: it only reads, and has a time limit."""
        return Answering(self._askable, plugin, place, then=then)

    @staticmethod
    def blame(plugin: str, place: str) -> Blame:
        """Make a context in which a plugin's code acts: its errors are raised as PluginFault."""
        return Blame(plugin, place)

    def actions(self, record: type[Record] | None = None) -> list[Action[..., Any]]:
        """List the actions on a kind of record, or, without one, those on the office as a whole."""
        key = record.meta.key if record else ""
        registered = self._plugins.registered("actions")
        return [action for _, action in registered if action.record == key]

    def settings(self, plugin: str, declared: type[S]) -> S:
        """Read a plugin's own settings.

        Raises UsageProblem for a value that the table does not take.
        """
        # The type is open, as plugins see it through a Protocol that knows no `Settings`.
        table: type[Settings] = declared  # type: ignore[assignment]
        return self._machine.of_plugin(plugin, table)  # type: ignore[return-value]

    def service(self, protocol: Callable[..., S]) -> S | None:
        """Find the plugin's object that provides a Protocol of `officeops.services`, or None.

        An error in one of its methods is raised as that plugin's.
        """
        wanted = cast("type", protocol)
        offered = self._plugins.service(wanted)
        if offered is None:
            return None
        # Its methods run in the caller's code, where no context of this plugin is open.
        plugin, provider = offered
        place = f"its service {wanted.__name__}"
        limit = partial(self._plugins.time_of, plugin, self._askable, place)
        return cast("S", Accountable(provider, plugin, place, wanted, limit))

    def need(self, protocol: Callable[..., S]) -> S:
        """Find the provider of a Protocol, as `service` does.

        Raises Refused, with the plugin to turn on, where nobody provides it.
        """
        provider = self.service(protocol)
        if provider is None:
            from officeops.services import PROVIDED_BY

            other = ("another plugin", f"use {protocol.__name__}")
            plugin, purpose = PROVIDED_BY.get(cast("type", protocol), other)
            cure = f"`officeops plugins enable {plugin}`"
            raise Refused(
                f"Turn on {plugin} to {purpose}: {cure}",
                code="plugin-off",
                facts={"service": protocol.__name__, "plugin": plugin},
            )
        return provider
