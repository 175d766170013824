"""RegisteredValues: what the plugins of one office register, by hook, each checked before it counts.

A plugin whose register hook fails is refused whole. Without one of its hooks it would run by halves:
without its `permissions`, a clerk could do what is a manager's.
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from officeops.model.errors import Broken
from officeops.plugins import hookspecs
from officeops.plugins.free_names import misnamed, refused
from officeops.plugins.hook_results import check_record, check_registered
from officeops.plugins.printed_output import Aside
from officeops.plugins.time_limits import bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from officeops.model.records import Record
    from officeops.plugins.hook_registry import HookRegistry
    from officeops.plugins.manifest import Plugin
    from officeops.plugins.plugin_time import PluginTime
    from officeops.plugins.troubles import Trial, Troubles

#: The hook of services: each has one provider in an office.
SERVICES: Final = "services"
#: Types of a hook's result that is one value, and not several.
_ONE_VALUE: Final = (type, dict, ModuleType)


def _registering() -> Iterator[str]:
    for name, function in vars(hookspecs).items():
        if hasattr(function, "officeops_spec") and not function.__code__.co_argcount:
            yield name


#: The hooks without parameters, by which plugins register their declarations.
REGISTER: Final = tuple(_registering())


class RegisteredValues:
    """Asks plugins for the values of their register hooks, each once, and keeps them in order.

    `own` are the names of those that ship with officeops. `core` returns what the core registers
    for a hook. `refusing` makes a context that refuses a plugin for an error inside it.
    """

    def __init__(
        self,
        manifests: Mapping[str, Plugin],
        hooks: HookRegistry,
        troubles: Troubles,
        time: PluginTime,
        own: set[str],
        core: Callable[[str], list[tuple[str, Any]]],
        refusing: Callable[[str, str], Trial],
    ) -> None:
        self._manifests, self._hooks, self._troubles = manifests, hooks, troubles
        self._time, self._own, self._core = time, own, core
        self._refusing = refusing
        self._values: dict[str, list[tuple[str, Any]]] = {}
        #: By hook and plugin, checked values of a hook that nobody has needed yet.
        self._ahead: dict[tuple[str, str], list[Any]] = {}

    def of(self, hook: str) -> list[tuple[str, Any]]:
        """List the (plugin, value) pairs of a register hook, asked once."""
        if hook not in self._values:
            # The core's records are read apart (`kinds`): a plugin's may be renamed, or left out.
            self._values[hook] = [] if hook == "records" else self._core(hook)
            for name in list(self._manifests):
                # The failure of one may have refused another, which needs it.
                if name in self._manifests:
                    with self._refusing(name, hook):
                        self.take(hook, name)
        return self._values[hook]

    def ask(
        self,
        hook: str,
        name: str,
        modules: Sequence[ModuleType] = (),
    ) -> list[Any]:
        """Ask a plugin, or some of its modules alone, for its values of a hook, and check them."""
        modules = modules or self._hooks.modules(name)
        values: list[Any] = []
        with Aside(), self._time.to_load(name, f"for {hook}"):
            results = self._hooks.call(hook, modules, {})
            for result in results:
                if isinstance(result, _ONE_VALUE):
                    values.append(result)
                else:
                    values += bounded(result, f"to {hook}")
        # pluggy drops None, the result of a function that lacks its `return`.
        if len(results) < self._hooks.count(hook, modules):
            raise Broken(
                f"{hook}() gave None, as a function without `return` does; [] is for nothing"
            )
        checked = [check_registered(hook, name, value) for value in values]
        for value in checked:
            if why := misnamed(hook, name, value):
                raise Broken(why, check="permission-name")
        if hook == "actions":
            for action in checked:
                action.plugin = name
        if hook == "records" and name not in self._own:
            for record in checked:
                check_record(record)
        return checked

    def ask_ahead(
        self,
        hook: str,
        name: str,
        modules: Sequence[ModuleType] = (),
    ) -> None:
        """Ask a plugin for its values of a hook before anything of it runs."""
        values = self.ask(hook, name, modules)
        self._ahead.setdefault((hook, name), []).extend(values)

    def take(
        self,
        hook: str,
        name: str,
        modules: Sequence[ModuleType] = (),
    ) -> None:
        """Keep a plugin's values of a hook, but those that have the name of another plugin's."""
        values = self._ahead.pop((hook, name), None)
        if values is None:
            values = self.ask(hook, name, modules)
        if hook == "records":
            values += [record.ledger.balances for record in values if _generates_balances(record)]
        if hook == SERVICES:
            self._refuse_second(name, values)
        registered = self._values.setdefault(hook, [])
        for value in values:
            if why := refused(hook, name, value, registered):
                self._troubles.note(name, hook, why, check="name-free")
            else:
                registered.append((name, value))

    def _refuse_second(self, name: str, offered: Iterable[dict[type, Any]]) -> None:
        """Raise Broken for a service that another plugin provides already: which one would answer?"""
        # Registered in the order of plugins, so it is the later one that is refused.
        for plugin, others in self._values.get(SERVICES, []):
            for protocol in others:
                if any(protocol in services for services in offered):
                    raise Broken(
                        f"{protocol.__name__} is provided by the plugin {plugin} already, and a "
                        f"service has one provider. Turn one of them off: `officeops plugins "
                        f"disable {name}` or `officeops plugins disable {plugin}`"
                    )

    def leave_out(
        self,
        hook: str,
        plugin: str,
        value: object,
    ) -> None:
        """Take a value that a plugin registered out of the list: another one has its name."""
        self._values[hook] = [pair for pair in self._values[hook] if pair != (plugin, value)]

    def forget(self, plugin: str) -> None:
        """Take all that a plugin registered out of the lists; who goes through one keeps its own."""
        for hook, values in self._values.items():
            self._values[hook] = [pair for pair in values if pair[0] != plugin]


def _generates_balances(record: type[Record]) -> bool:
    """Whether a record is a ledger whose balances the core declares."""
    return record.ledger is not None and record.ledger.balances is not None
