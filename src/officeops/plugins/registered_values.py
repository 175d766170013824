"""RegisteredValues: what the plugins of one office register, by hook, each checked before it counts.

A plugin whose register hook fails is refused whole. Without one of its hooks it would run by halves:
without its `permissions`, a clerk could do a manager's work.
"""

from __future__ import annotations

from itertools import chain
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from officeops.model.errors import Broken
from officeops.plugins import hookspecs
from officeops.plugins.free_names import misnamed, refused
from officeops.plugins.printed_output import Aside
from officeops.plugins.registered_checks import check_record, check_registered
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
_ONE_VALUE: Final = (
    type,
    dict,
    ModuleType,
)


def _registering() -> Iterator[str]:
    for name, function in vars(hookspecs).items():
        if not hasattr(function, "officeops_spec"):
            continue
        parameters = function.__code__.co_argcount
        if not parameters:
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
        self._manifests = manifests
        self._hooks = hooks
        self._troubles = troubles
        self._time = time
        self._own = own
        self._core = core
        self._refusing = refusing
        self._values: dict[str, list[tuple[str, Any]]] = {}
        #: By hook and plugin, checked values of a hook that nobody has needed yet.
        self._ahead: dict[tuple[str, str], list[Any]] = {}

    def of(self, hook: str) -> list[tuple[str, Any]]:
        """List the (plugin, value) pairs of a register hook, asked once."""
        if hook not in self._values:
            self._ask_all(hook)
        return self._values[hook]

    def _ask_all(self, hook: str) -> None:
        # The core's records are read apart (`kinds`): a plugin's may be renamed, or left out.
        values = self._core(hook)
        if hook == "records":
            values = []
        self._values[hook] = values
        for name in list(self._manifests):
            # The failure of one may have refused another, which needs it.
            if name not in self._manifests:
                continue
            with self._refusing(name, hook):
                self.take(hook, name)

    def ask(
        self,
        hook: str,
        name: str,
        modules: Sequence[ModuleType] = (),
    ) -> list[Any]:
        """Ask a plugin, or some of its modules alone, for its values of a hook, and check them."""
        modules = modules or self._hooks.modules(name)
        values = self._given(hook, name, modules)
        checked = []
        for value in values:
            fitting = check_registered(hook, name, value)
            if why := misnamed(hook, name, fitting):
                # A dataset is no permission, though its permissions begin with its key.
                check = "permission-name" if hook == "permissions" else "name-free"
                raise Broken(why, check=check)
            checked.append(fitting)
        self._finish(hook, name, checked)
        return checked

    def _finish(
        self,
        hook: str,
        name: str,
        values: Iterable[Any],
    ) -> None:
        """Name the plugin of actions, and check the words of records."""
        if hook == "actions":
            for action in values:
                action.plugin = name
        is_others = name not in self._own
        if hook == "records" and is_others:
            for record in values:
                check_record(record)

    def _given(
        self,
        hook: str,
        name: str,
        modules: Sequence[ModuleType],
    ) -> list[Any]:
        """Call a hook, and return what it gives. Raises Broken for one that gives None."""
        values: list[Any] = []
        with Aside(), self._time.to_load(name, f"for {hook}"):
            results = self._hooks.call(hook, modules, {})
            for result in results:
                if isinstance(result, _ONE_VALUE):
                    values.append(result)
                else:
                    values += bounded(result, f"to {hook}")
        # pluggy drops None, the result of a function that lacks its `return`.
        expected = self._hooks.count(hook, modules)
        if len(results) < expected:
            raise Broken(
                f"{hook}() gave None, as a function without `return` does; [] is for nothing"
            )
        return values

    def ask_ahead(
        self,
        hook: str,
        name: str,
        modules: Sequence[ModuleType] = (),
    ) -> None:
        """Ask a plugin for its values of a hook before anything of it runs."""
        values = self.ask(hook, name, modules)
        place = hook, name
        before = self._ahead.get(place, [])
        self._ahead[place] = before + values

    def take(
        self,
        hook: str,
        name: str,
        modules: Sequence[ModuleType] = (),
    ) -> None:
        """Keep a plugin's values of a hook, but those that have the name of another plugin's."""
        place = hook, name
        values = self._ahead.pop(place, None)
        if values is None:
            values = self.ask(hook, name, modules)
        if hook == "records":
            ledgers = filter(_generates_balances, values)
            values += [record.ledger.balances for record in ledgers]
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
        protocols = set(chain.from_iterable(offered))
        for plugin, others in self._values.get(SERVICES, []):
            for protocol in protocols.intersection(others):
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
        taken = plugin, value
        values = self._values[hook]
        self._values[hook] = [pair for pair in values if pair != taken]

    def forget(self, plugin: str) -> None:
        """Take all that a plugin registered out of the lists; who goes through one keeps its own."""
        for hook, values in self._values.items():
            others = [(owner, value) for owner, value in values if owner != plugin]
            self._values[hook] = others


def _generates_balances(record: type[Record]) -> bool:
    """Whether a record is a ledger whose balances the core declares."""
    ledger = record.ledger
    return ledger is not None and ledger.balances is not None
