"""Plugins: the plugins of one office, loaded in order, asked one by one, and isolated.

Installed is not enabled: plugins that ship with officeops are on, others are off until `officeops
plugins enable NAME`. One plugin's error never stops another, and never turns a plugin off for good.
"""

from __future__ import annotations

import sys
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from officeops.model.error_words import ended, limit_words, told
from officeops.model.errors import Broken
from officeops.plugins import running_code
from officeops.plugins.hook_answers import OF_WRITES, HookAnswers
from officeops.plugins.hook_registry import HookRegistry
from officeops.plugins.load_order import in_order, lacking
from officeops.plugins.manifest import Plugin, checked
from officeops.plugins.plugin_time import PluginTime
from officeops.plugins.printed_output import Aside
from officeops.plugins.registered_values import REGISTER, SERVICES, RegisteredValues
from officeops.plugins.troubles import Trial, Troubles

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType, ModuleType

    from officeops.model.records import Record
    from officeops.model.settings import Machine
    from officeops.plugins.discovery import Found
    from officeops.plugins.kept_declarations import Watch
    from officeops.plugins.manifest import Trouble
    from officeops.plugins.time_limits import LimitSettings

#: Register hooks asked while loading: a plugin that fails in one of them is refused. Not for
#: bridges.
_EARLY: Final = ("records", "migrations", "settings")
#: The register hook of hooks for other plugins, asked while loading too.
_SPECS: Final = "hookspecs"
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
        self._refused: set[str] = set()
        self._core = core
        self._hooks = HookRegistry()
        self._roots: dict[str, ModuleType] = {}
        self.time = PluginTime(self.own, machine, self.of_frame)
        limit_words(self.time.to_tell)
        self.asking = self.time.asking
        self.time_of = self.time.to_act
        self.modules = self._hooks.modules
        self._registered = RegisteredValues(
            self.manifests,
            self._hooks,
            self._troubles,
            self.time,
            self.own,
            core,
            lambda name, hook: Trial(self._troubles, self._refuse_late, name, hook, hook),
        )
        self.leave_out = self._registered.leave_out
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
        self.first_named = self._answers.first_named
        self._load()

    # -- loading ---------------------------------------------------------------------------------

    def _load(self) -> None:
        for plugin in self.found:
            if plugin.on:
                self._import(plugin)
        order = []
        for name in in_order(self.manifests, self.found, self.refuse):
            order.append(name)
            self._register(name)
        # From here on every hook is asked in this order.
        ordered = {name: self.manifests[name] for name in order if name in self.manifests}
        self.manifests.clear()
        self.manifests.update(ordered)
        for name in list(self.manifests):
            self._bridge(name)
        self._refuse_dependents()

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
            for hook in _EARLY:
                trial.where = hook
                self._registered.take(hook, name)
            for hook in self._lazy(name):
                trial.where = hook
                self._registered.ask_ahead(hook, name)
            if self._others_serve():
                trial.where = SERVICES
                self._registered.take(SERVICES, name)
            # The last, because hooks that were published are never taken back.
            trial.where = _SPECS
            for published in self._registered.ask(_SPECS, name):
                self._hooks.add_specs(published)

    def _lazy(self, name: str) -> Iterator[str]:
        """Yield the register hooks that a command asks for when it needs them.

        Those of plugins that do not ship with officeops are asked while loading: nothing of a
        plugin may run before it is known whether it is refused.
        """
        if name not in self.own:
            yield from (hook for hook in REGISTER if hook not in {*_EARLY, _SPECS, SERVICES})

    def _bridge(self, name: str) -> None:
        for other, target in self.manifests[name].bridges.items():
            if other not in self.manifests:
                continue
            with self._troubles.noting(name, f"{_BRIDGE}{other}"):
                module = self._bridge_module(name, target)
                serves = hasattr(module, SERVICES)
                if serves:
                    # Asked before the bridge counts: of two providers the bridge is left out.
                    self.registered(SERVICES)
                self._hooks.add(name, module)
                self._ask_bridge(name, module)
                if serves and name in self.manifests:
                    self._registered.take(SERVICES, name, [module])

    def _bridge_module(self, name: str, target: str) -> ModuleType:
        with Aside(), self.time.to_load(name, "to be loaded"):
            module = import_module(target)
        for hook in (*_EARLY, _SPECS):
            function = getattr(module, hook, None)
            if hasattr(function, "officeops_impl"):
                raise Broken(
                    f"a bridge has no {hook}() of its own; what a plugin keeps does not "
                    "depend on others"
                )
        return module

    def _ask_bridge(self, name: str, module: ModuleType) -> None:
        """Ask a bridge for what it registers; where that fails, its plugin is refused whole."""
        with self._trial(name, "hooks") as trial:
            for hook in self._lazy(name):
                trial.where = hook
                self._registered.ask_ahead(hook, name, [module])

    def _others_serve(self) -> bool:
        """Whether a plugin that does not ship with officeops has services of its own.

        Then all are asked while they load: of two providers the second is refused whole, with those
        that need it. Ours are known to differ, and a command loads them when it asks.
        """
        others = [root for name, root in self._roots.items() if name not in self.own]
        return any(hasattr(root, SERVICES) for root in others)

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
        self._refused.add(name)
        self.manifests.pop(name, None)
        self._hooks.remove(name)
        self._registered.forget(name)
        self.note(name, where, why, trace, hook, check, is_refused=True)

    def _refuse_late(
        self,
        name: str,
        where: str,
        why: str,
        trace: str = "",
        hook: str = "",
        check: str = "",
    ) -> None:
        """Refuse a plugin after all are in order, and those that need it."""
        self.refuse(name, where, why, trace, hook, check)
        self._refuse_dependents()

    def _refuse_dependents(self) -> None:
        for name, manifest in list(self.manifests.items()):
            missing = [need for need in manifest.requires if need not in self.manifests]
            if missing:
                self.refuse(name, "requirements", lacking(missing, self.found))

    def _trial(self, name: str, where: str) -> Trial:
        """Make a context that refuses a plugin for an error inside it."""
        return Trial(self._troubles, self.refuse, name, where)

    @property
    def strict(self) -> bool:
        """Whether a plugin's error is raised, for its author."""
        return self._troubles.strict

    # -- their state -----------------------------------------------------------------------------

    def is_refused(self, name: str) -> bool:
        """Whether a plugin that is on is turned off until this process ends: it is not in order."""
        return name in self._refused

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

        A plugin that fails is refused whole, with those that need it.
        """
        return self._registered.of(hook)

    def kinds(self) -> Iterator[type[Record]]:
        """Yield every kind of record whose tables are kept, those without a noun too."""
        for _, record in self._core("records"):
            yield record
        for _, record in self.registered("records"):
            yield record

    @cached_property
    def watches(self) -> tuple[Watch, ...]:
        """The tables that promises of kinds rest on."""
        from officeops.plugins.watches import watches_of

        return watches_of(self.kinds())

    def service(self, protocol: type) -> tuple[str, Any] | None:
        """Find (plugin, object) of the first plugin that provides a Protocol."""
        self._answers.is_asked = True
        for name, offered in self.registered("services"):
            if protocol in offered:
                return name, offered[protocol]
        return None


def _loaded(plugin: Found) -> ModuleType:
    """Import a plugin's root; where it fails by an earlier interface, say what has changed."""
    try:
        return plugin.load()
    except (ImportError, TypeError, AttributeError) as error:
        from officeops.plugins.interface import after_failing

        if changed := after_failing(plugin):
            raise Broken(f"{ended(told(error))} {changed}") from error
        raise
