"""Plugins: the plugins of one office, loaded in order, asked one by one, and isolated.

Installed is not enabled: plugins that ship with officeops are on, others are off until `officeops
plugins enable NAME`. One plugin's error never stops another, and never turns a plugin off for good.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import FrameType, ModuleType
from typing import TYPE_CHECKING, Any, Final

from officeops.model.error_words import ended, limit_words, told
from officeops.model.errors import Broken
from officeops.plugins import running_code
from officeops.plugins.free_names import refused
from officeops.plugins.hook_answers import OF_WRITES, HookAnswers
from officeops.plugins.hook_registry import HookRegistry
from officeops.plugins.hook_results import check_record, check_registered
from officeops.plugins.load_order import in_order
from officeops.plugins.manifest import Plugin, checked
from officeops.plugins.plugin_time import PluginTime
from officeops.plugins.printed_output import Aside
from officeops.plugins.time_limits import bounded
from officeops.plugins.troubles import Trial, Troubles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from officeops.model.records import Record
    from officeops.model.settings import Machine
    from officeops.plugins.discovery import Found
    from officeops.plugins.manifest import Trouble
    from officeops.plugins.time_limits import LimitSettings

#: Register hooks asked while loading: a plugin that fails in one of them is refused. Not for
#: bridges.
_EARLY: Final = ("records", "migrations", "settings", "hookspecs")
#: The register hook that is asked while loading where plugins of others have it.
_SERVICES: Final = "services"
#: The place of a bridge's trouble, before the name of the plugin it leads to.
_BRIDGE: Final = "bridge to "


class Plugins:
    """The plugins of one office: those that work, in order, and the troubles of the others.

    `core` returns what the core itself registers for a hook, as a plugin would (`core.registered`).
    With `strict`, for authors, a plugin's error is raised.
    """

    def __init__(
        self,
        found: Iterable[Found],
        machine: Machine,
        *,
        core: Callable[[str], list[tuple[str, Any]]],
        strict: bool = False,
    ) -> None:
        # What ships with officeops comes first, so that no other plugin can take its words; then
        # those that were turned on earlier, so that a newcomer takes none of theirs.
        self.found = sorted(found, key=lambda plugin: (not plugin.own, plugin.rank, plugin.name))
        #: Names of those that ship with officeops: their code is trusted to end, and has fewer
        #: limits.
        self.own = {"core", *(plugin.name for plugin in self.found if plugin.own)}
        self._troubles = Troubles(strict=strict)
        self.troubles = self._troubles.all
        self.note = self._troubles.note
        self.why_refused = self._troubles.why
        self.manifests: dict[str, Plugin] = {}
        self._core = core
        self._hooks = HookRegistry()
        self._roots: dict[str, ModuleType] = {}
        #: The values of register hooks that were asked, each with its plugin.
        self._values: dict[str, list[tuple[str, Any]]] = {}
        self.time = PluginTime(self.own, machine, self.of_frame)
        limit_words(self.time.to_tell)
        self.asking = self.time.asking
        self.time_of = self.time.to_act
        self.modules = self._hooks.modules
        self._answers = HookAnswers(
            self.manifests, self._hooks, self._troubles, self.time, self.own
        )
        self.implements = self._answers.implements
        self.hooks = self._hooks.implemented
        self.ask = self._answers.ask
        self.collect = self._answers.collect
        self.of_declared = self._answers.of_declared
        self.guard = self._answers.guard
        self.first = self._answers.first
        self._load()

    # -- loading ---------------------------------------------------------------------------------

    def _load(self) -> None:
        for plugin in self.found:
            if plugin.on:
                self._import(plugin)
        order = []
        for name in in_order(self.manifests, self.refuse):
            order.append(name)
            self._register(name)
        # From here on every hook is asked in this order.
        ordered = {name: self.manifests[name] for name in order if name in self.manifests}
        self.manifests.clear()
        self.manifests.update(ordered)
        for name in list(self.manifests):
            self._bridge(name)

    def _import(self, plugin: Found) -> None:
        if not plugin.own:
            from officeops.plugins.process_exit import watch

            watch(plugin.package)
        with self._trial(plugin.name, "import"):
            with Aside(), self.time.to_load(plugin.name, "to be loaded"):
                module = _loaded(plugin)
            manifest = checked(getattr(module, "PLUGIN", None), plugin)
            self._roots[plugin.name] = module
            self.manifests[plugin.name] = manifest

    def _register(self, name: str) -> None:
        module = self._roots[name]
        with self._trial(name, "hooks") as trial:
            self._hooks.add(name, module)
            for hook in self._hooks.unmarked(module):
                why = f"its function {hook}() is never called: it is not marked @hookimpl"
                self.note(name, hook, why, check="hook-marked")
            for hook in _EARLY[:-1]:
                trial.where = hook
                self._register_values(hook, name)
            trial.where = _EARLY[-1]
            with self.time.to_load(name, f"for {_EARLY[-1]}"):
                modules = self.ask(_EARLY[-1], name)
            for published in modules:
                self._hooks.add_specs(published)
            if self._others_serve():
                trial.where = _SERVICES
                self._register_values(_SERVICES, name)

    def _bridge(self, name: str) -> None:
        for other, target in self.manifests[name].bridges.items():
            if other not in self.manifests:
                continue
            with self._troubles.noting(name, f"{_BRIDGE}{other}"):
                with Aside(), self.time.to_load(name, "to be loaded"):
                    module = import_module(target)
                for hook in _EARLY:
                    function = getattr(module, hook, None)
                    if hasattr(function, "officeops_impl"):
                        raise Broken(
                            f"a bridge has no {hook}() of its own; what a plugin keeps does not "
                            "depend on others"
                        )
                self._hooks.add(name, module)
                if hasattr(module, _SERVICES):
                    self._bridge_services(name, module)

    def _bridge_services(self, name: str, module: ModuleType) -> None:
        if _SERVICES in self._values:
            self._register_values(_SERVICES, name, [module])
        else:
            self.registered(_SERVICES)

    def _others_serve(self) -> bool:
        """Whether a plugin that does not ship with officeops has services of its own.

        Then all are asked while they load: of two providers the second is refused whole, with those
        that need it. Ours are known to differ, and a command loads them when it asks.
        """
        others = [root for name, root in self._roots.items() if name not in self.own]
        return any(hasattr(root, _SERVICES) for root in others)

    def refuse(
        self,
        name: str,
        where: str,
        why: str,
        trace: str = "",
        hook: str = "",
        check: str = "",
    ) -> None:
        """Turn a plugin that is not in order off until this process ends, and note why."""
        self.manifests.pop(name, None)
        self._hooks.remove(name)
        for values in self._values.values():
            values[:] = [pair for pair in values if pair[0] != name]
        self.note(name, where, why, trace, hook, check)

    def _trial(self, name: str, where: str) -> Trial:
        """Make a context that refuses a plugin for an error inside it."""
        return Trial(self._troubles, self.refuse, name, where)

    @property
    def strict(self) -> bool:
        """Whether a plugin's error is raised, for its author."""
        return self._troubles.strict

    # -- their state -----------------------------------------------------------------------------

    @property
    def is_incomplete(self) -> bool:
        """Whether plugins were asked, and one of them has a trouble.

        They are asked for their part of an answer, or guard and follow a write. After a write, only
        a plugin counts that could not be asked at all: a guard that fails refuses the write.
        """
        if self._answers.is_asked:
            return bool(self.troubles)
        return self._answers.is_guarding and any(map(self._is_unguarded, self.troubles))

    def _is_unguarded(self, trouble: Trouble) -> bool:
        """Whether a plugin that has a trouble may have had a guard that nobody could ask."""
        if trouble.plugin not in self.manifests:
            return trouble.plugin != "core"
        is_of_a_part = trouble.where.startswith(_BRIDGE) or trouble.where in OF_WRITES
        return is_of_a_part and not trouble.hook

    @property
    def limits(self) -> LimitSettings:
        """How long plugins may take, by this machine's settings."""
        return self.time.limits

    def running(self) -> tuple[str, str] | None:
        """Find the plugin whose code runs now, and its function that officeops called."""
        return self.of_frame(sys._getframe(1))  # noqa: SLF001 - the one way to know who calls

    def of_frame(self, frame: FrameType | None) -> tuple[str, str] | None:
        """Find the innermost plugin whose code leads to a frame, and its function."""
        return running_code.of_frame(frame, self._roots)

    # -- register hooks --------------------------------------------------------------------------

    def registered(self, hook: str) -> list[tuple[str, Any]]:
        """List the (plugin, value) pairs of a register hook, asked once.

        A plugin that fails is noted and left out.
        """
        if hook not in self._values:
            # The core's records are read apart (`kinds`): a plugin's may be renamed, or left out.
            self._values[hook] = [] if hook == "records" else self._core(hook)
            for name in list(self.manifests):
                with self._troubles.noting(name, hook, hook):
                    self._register_values(hook, name)
        return self._values[hook]

    def leave_out(
        self,
        hook: str,
        plugin: str,
        value: object,
    ) -> None:
        """Take a value that a plugin registered out of the list: another one has its name."""
        self._values[hook] = [pair for pair in self._values[hook] if pair != (plugin, value)]

    def _register_values(
        self,
        hook: str,
        name: str,
        modules: Sequence[ModuleType] = (),
    ) -> None:
        """Ask a plugin, or some of its modules alone, for its values of a register hook."""
        values: list[Any] = []
        with Aside(), self.time.to_load(name, f"for {hook}"):
            for result in self._hooks.call(hook, modules or self._hooks.modules(name), {}):
                if isinstance(result, (type, dict, ModuleType)):
                    values.append(result)
                else:
                    values += bounded(result, f"to {hook}")
        taken = [check_registered(hook, name, value) for value in values]
        if hook == "records":
            if name not in self.own:
                for record in taken:
                    check_record(record)
            taken += [record.ledger.balances for record in taken if _generates_balances(record)]
        if hook == "actions":
            for action in taken:
                action.plugin = name
        if hook == _SERVICES:
            self._refuse_second(name, taken)
        self._keep_values(hook, name, taken)

    def _keep_values(self, hook: str, name: str, taken: Iterable[object]) -> None:
        """Keep the values of a register hook, but those that have the name of another plugin's."""
        registered = self._values.setdefault(hook, [])
        for value in taken:
            if why := refused(hook, name, value, registered):
                check = "permission-name" if hook == "permissions" else "name-free"
                self.note(name, hook, why, check=check)
            else:
                registered.append((name, value))

    def _refuse_second(self, name: str, offered: Iterable[dict[type, Any]]) -> None:
        """Raise Broken for a service that another plugin provides already: which one would answer?"""
        # Registered in the order of plugins, so it is the later one that is refused.
        for plugin, others in self._values.get(_SERVICES, []):
            for protocol in others:
                if any(protocol in services for services in offered):
                    raise Broken(
                        f"{protocol.__name__} is provided by the plugin {plugin} already, and a "
                        f"service has one provider. Turn one of them off: `officeops plugins "
                        f"disable {name}` or `officeops plugins disable {plugin}`"
                    )

    def kinds(self) -> Iterator[type[Record]]:
        """Yield every kind of record whose tables are kept, those without a noun too."""
        for _, record in self._core("records"):
            yield record
        for _, record in self.registered("records"):
            yield record

    def service(self, protocol: type) -> tuple[str, Any] | None:
        """Find (plugin, object) of the first plugin that provides a Protocol."""
        self._answers.is_asked = True
        for name, offered in self.registered("services"):
            if protocol in offered:
                return name, offered[protocol]
        return None


def _generates_balances(record: type[Record]) -> bool:
    """Whether a record is a ledger whose balances the core declares."""
    return record.ledger is not None and record.ledger.balances is not None


def _loaded(plugin: Found) -> ModuleType:
    """Import a plugin's root; where it fails by an earlier interface, say what has changed."""
    try:
        return plugin.load()
    except (ImportError, TypeError, AttributeError) as error:
        from officeops.plugins.interface import after_failing

        if changed := after_failing(plugin):
            raise Broken(f"{ended(told(error))} {changed}") from error
        raise
