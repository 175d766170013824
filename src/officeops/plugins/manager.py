"""Plugins: the plugins of one office, loaded in order, asked one by one, and isolated.

Installed is not enabled: plugins that ship with officeops are on, others are off until `officeops
plugins enable NAME`. One plugin's error never stops another, and never turns a plugin off for good.
"""

from __future__ import annotations

import sys
from contextlib import nullcontext
from importlib import import_module
from types import FrameType, ModuleType
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from officeops.model.errors import Broken, OutsideAction, PluginFault, TimeUp, told, trace_of
from officeops.plugins import running_code
from officeops.plugins.blame import Answering, is_a_fault, is_a_stop
from officeops.plugins.hook_registry import HookRegistry
from officeops.plugins.hook_results import check_registered, fit
from officeops.plugins.load_order import in_order
from officeops.plugins.manifest import Plugin, Trouble, checked
from officeops.plugins.plugin_time import PluginTime
from officeops.plugins.printed_output import Aside
from officeops.plugins.time_limits import bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from officeops.model.records import Record
    from officeops.model.settings import Machine
    from officeops.plugins.askable import Askable
    from officeops.plugins.discovery import Found
    from officeops.plugins.time_limits import LimitSettings

T = TypeVar("T")

#: Register hooks asked while loading: a plugin that fails in one of them is refused. Not for
#: bridges.
_EARLY: Final = ("records", "migrations", "settings", "hookspecs")
#: Hooks that guard or follow a write. Without them nothing is missing from an answer.
_OF_WRITES: Final = frozenset({"validate", "keep", "changed"})


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
        # What ships with officeops comes first, so that no other plugin can take its words.
        self.found = sorted(found, key=lambda plugin: (not plugin.own, plugin.name))
        #: Names of those that ship with officeops: their code is trusted to end, and has fewer
        #: limits.
        self.own = {"core", *(plugin.name for plugin in self.found if plugin.own)}
        self.troubles: list[Trouble] = []
        self.manifests: dict[str, Plugin] = {}
        self._strict = strict
        self._core = core
        self._hooks = HookRegistry()
        self._roots: dict[str, ModuleType] = {}
        #: The values of register hooks that were asked, each with its plugin.
        self._values: dict[str, list[tuple[str, Any]]] = {}
        #: Whether any plugin was asked for its part of an answer.
        self._asked = False
        self.time = PluginTime(self.own, machine, self.of_frame)
        self.asking = self.time.asking
        self.time_of = self.time.to_act
        self.modules = self._hooks.modules
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
        self.manifests = {name: self.manifests[name] for name in order if name in self.manifests}
        for name in list(self.manifests):
            self._bridge(name)

    def _import(self, plugin: Found) -> None:
        if not plugin.own:
            from officeops.plugins.process_exit import watch

            watch(plugin.package)
        with _Trial(self, plugin.name, "import"):
            with Aside(), self.time.to_load(plugin.name, "to be loaded"):
                module = plugin.load()
            manifest = checked(getattr(module, "PLUGIN", None), plugin.name, plugin.module)
            self._roots[plugin.name] = module
            self.manifests[plugin.name] = manifest

    def _register(self, name: str) -> None:
        module = self._roots[name]
        with _Trial(self, name, "hooks") as trial:
            self._hooks.add(name, module)
            for hook in self._hooks.unmarked(module):
                why = f"its function {hook}() is never called: it is not marked @hookimpl"
                self.note(name, hook, why)
            for hook in _EARLY[:-1]:
                trial.where = hook
                self._register_values(hook, name)
            trial.where = _EARLY[-1]
            with self.time.to_load(name, f"for {_EARLY[-1]}"):
                modules = self.ask(_EARLY[-1], name)
            for published in modules:
                self._hooks.add_specs(published)

    def _bridge(self, name: str) -> None:
        for other, target in self.manifests[name].bridges.items():
            if other not in self.manifests:
                continue
            with _Trial(self, name, f"bridge to {other}", fatal=False):
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

    def refuse(self, name: str, where: str, why: str, trace: str = "", hook: str = "") -> None:
        """Turn a plugin that is not in order off until this process ends, and note why."""
        self.manifests.pop(name, None)
        self._hooks.remove(name)
        for values in self._values.values():
            values[:] = [pair for pair in values if pair[0] != name]
        self.note(name, where, why, trace, hook)

    def note(self, name: str, where: str, why: str, trace: str = "", hook: str = "") -> None:
        """Note a trouble, once."""
        trouble = Trouble(name, where, why, trace, hook)
        if trouble not in self.troubles:
            self.troubles.append(trouble)

    @property
    def strict(self) -> bool:
        """Whether a plugin's error is raised, for its author."""
        return self._strict

    # -- their state -----------------------------------------------------------------------------

    @property
    def is_incomplete(self) -> bool:
        """Whether plugins were asked for their part of an answer, and one of them has a trouble."""
        return self._asked and bool(self.troubles)

    def why_refused(self, name: str) -> str:
        """Say why a plugin is not in order; blank without a trouble."""
        own = [trouble for trouble in self.troubles if trouble.plugin == name]
        return "; ".join(f"{trouble.where}: {trouble.why}" for trouble in own)

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
                with _Trial(self, name, hook, fatal=False, hook=hook):
                    self._register_values(hook, name)
        return self._values[hook]

    def _register_values(self, hook: str, name: str) -> None:
        values: list[Any] = []
        with Aside(), self.time.to_load(name, f"for {hook}"):
            for result in self.ask(hook, name):
                if isinstance(result, (type, dict, ModuleType)):
                    values.append(result)
                else:
                    values += bounded(result, f"to {hook}")
        for value in values:
            check_registered(hook, name, value)
            if hook == "actions":
                value.plugin = name
        self._values.setdefault(hook, []).extend((name, value) for value in values)

    def kinds(self) -> Iterator[type[Record]]:
        """Yield every kind of record whose tables are kept, those without a noun too."""
        for _, record in self._core("records"):
            yield record
        for _, record in self.registered("records"):
            yield record

    def service(self, protocol: type) -> tuple[str, Any] | None:
        """Find (plugin, object) of the first plugin that provides a Protocol."""
        self._asked = True
        for name, offered in self.registered("services"):
            if protocol in offered:
                return name, offered[protocol]
        return None

    # -- hooks that are asked --------------------------------------------------------------------

    def implements(self, hook: str) -> bool:
        """Whether any plugin implements a hook."""
        self._asked = self._asked or hook not in _OF_WRITES
        return self._hooks.implements(hook)

    def ask(self, hook: str, name: str, **arguments: object) -> list[Any]:
        """Call one plugin's own implementations of a hook."""
        return self._hooks.call(hook, self._hooks.modules(name), arguments)

    def collect(self, hook: str, **arguments: object) -> Iterator[tuple[str, Any]]:
        """Yield (plugin, answer) of a collect hook.

        A plugin that fails is noted; its answers before the failure are kept. That holds for code
        that raises, takes too long, never ends, or tries to write.
        """
        self._asked = self._asked or hook not in _OF_WRITES
        office: Any = arguments.get("office")
        for name in list(self.manifests):
            answers: list[Any] = []
            for module in self._hooks.modules(name):
                if not self._hooks.implemented_by(hook, [module]):
                    continue
                with (
                    _Trial(self, name, hook, fatal=False, hook=hook),
                    self.asking(hook, name, office),
                ):
                    # A generator of the plugin runs here, inside the trial, and not in the caller's
                    # loop.
                    for result in self._hooks.call(hook, [module], arguments):
                        for answer in bounded(_many(result), f"to {hook}"):
                            answers.append(fit(hook, answer))  # noqa: PERF401 - each is kept
            for answer in answers:
                yield name, answer

    def of_declared(
        self, hook: str, name: str, office: Askable, answers: Iterable[T]
    ) -> Iterator[T]:
        """Yield answers that the core works out by a plugin's declarations, such as an expiry.

        Its SQL and its methods run there: where they fail or take too long, the plugin is noted as
        if its hook had failed, and the answers before that are kept.
        """
        complete: list[T] = []
        limit = nullcontext() if name in self.own else self.asking(hook, name, office)
        try:
            with limit:
                for answer in answers:
                    complete.append(answer)  # noqa: PERF402 - those before a failure are kept
        except BaseException as error:
            is_its_own = isinstance(error, (TimeUp, OutsideAction)) or is_a_fault(error)
            # A damaged file is not the plugin's fault, though its records were read then.
            if not is_its_own or name == "core" or self.strict:
                raise
            self.note(name, hook, told(error), trace_of(error), hook)
        yield from complete

    def guard(self, hook: str, **arguments: object) -> Iterator[tuple[str, Any]]:
        """Yield (plugin, answer) of a guard hook.

        A failure is raised, naming the plugin: without its answer, bad data could be written.
        """
        office: Any = arguments.get("office")
        for name in list(self.manifests):
            place = f"{hook}(), which checks this change"
            answers: list[Any] = []
            try:
                with Answering(office, name, place, what="to check a change"):
                    for result in self.ask(hook, name, **arguments):
                        answers += [fit(hook, answer) for answer in _many(result)]
            except (TimeUp, OutsideAction):
                raise
            except Broken as fault:
                raise PluginFault(name, place, fault) from fault
            for answer in answers:
                yield name, answer

    def first(self, hook: str, **arguments: object) -> Any:  # noqa: ANN401 - the hook's own type
        """Return the first answer that is not None to a plugin's own hook.

        A plugin that fails is noted and passed over.
        """
        self._asked = True
        office: Any = arguments.get("office")
        for name in list(self.manifests):
            if not self._hooks.implemented_by(hook, self._hooks.modules(name)):
                continue
            with _Trial(self, name, hook, fatal=False, hook=hook), self.asking(hook, name, office):
                for answer in self.ask(hook, name, **arguments):
                    if answer is not None:
                        return answer
        return None


class _Trial:
    """A context that notes an error inside it as a plugin's trouble; `fatal` refuses the plugin."""

    def __init__(
        self, plugins: Plugins, name: str, where: str, *, fatal: bool = True, hook: str = ""
    ) -> None:
        self._plugins, self._name, self.where = plugins, name, where
        self._fatal, self._hook = fatal, hook

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> bool:
        # SystemExit is an error too: a plugin that exits is as broken as one that raises.
        if error is None or is_a_stop(error) or self._plugins.strict:
            return False
        record = self._plugins.refuse if self._fatal else self._plugins.note
        record(self._name, self.where, told(error), trace_of(error), self._hook)
        return True


def _many(result: Any) -> Iterable[Any]:  # noqa: ANN401 - whatever the hook returned
    return () if result is None else result
