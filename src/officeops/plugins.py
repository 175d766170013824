"""Find, check, order and isolate plugins.

Installed is not enabled: plugins that ship with officeops are on, others are off until
`officeops plugins enable NAME`. One plugin's error never stops another, and never turns a plugin off for good.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

import pluggy

from officeops import hookspecs
from officeops.errors import Broken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import ModuleType

    from officeops.discovery import Found
    from officeops.settings import Machine

#: Versions of the plugin interface this core speaks.
API = frozenset({1})


class Plugin(NamedTuple):
    """A plugin's manifest: `PLUGIN = Plugin(...)` in its root module.

    `requires` are plugins it cannot do without; `after` only orders; `bridges` names modules whose
    hooks count only where another plugin is on too.
    """

    name: str
    summary: str
    api: int = 1
    requires: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    bridges: Mapping[str, str] = {}


class Trouble(NamedTuple):
    """What went wrong with a plugin: which, where, why, and the traceback for its author."""

    plugin: str
    where: str
    why: str
    trace: str = ""

    def __str__(self) -> str:
        return f"{self.plugin}: {self.where}: {self.why}"


class Plugins:
    """The plugins of one office: those that work, in order, and what is wrong with the others."""

    def __init__(self, found: Iterable[Found], machine: Machine, *, strict: bool = False) -> None:
        self.found = sorted(found, key=lambda each: each.name)
        self.troubles: list[Trouble] = []
        self.manifests: dict[str, Plugin] = {}
        self._machine = machine
        self._strict = strict
        self._manager = pluggy.PluginManager("officeops")
        self._manager.add_hookspecs(hookspecs)
        self._modules: dict[str, ModuleType] = {}
        self._registered: dict[str, list[ModuleType]] = {}
        self._kept: dict[str, list[tuple[str, Any]]] = {}
        self._load([each for each in self.found if each.on])

    def _load(self, wanted: list[Found]) -> None:
        for each in wanted:
            self._import(each)
        for name in self._in_order():
            self._register(name)
        for name in list(self.manifests):
            self._bridge(name)

    def _import(self, each: Found) -> None:
        with _Blame(self, each.name, "import"):
            module = each.load()
            manifest = getattr(module, "PLUGIN", None)
            if not isinstance(manifest, Plugin):
                raise Broken(f"{each.module} has no PLUGIN = Plugin(...)")
            if manifest.api not in API:
                spoken = ", ".join(map(str, sorted(API)))
                raise Broken(f"it is written for plugin interface {manifest.api}; this officeops speaks {spoken}")
            if manifest.name != each.name:
                raise Broken(f"it is installed as {each.name} but calls itself {manifest.name}")
            self._modules[each.name] = module
            self.manifests[each.name] = manifest

    def _in_order(self) -> Iterator[str]:
        """Yield names so that what a plugin requires or comes after comes first; then by name."""
        waiting, done = dict(sorted(self.manifests.items())), set[str]()
        while waiting:
            ready = [n for n, m in waiting.items() if not (({*m.requires, *m.after} & waiting.keys()) - {n})]
            for name in ready[:1]:
                missing = [need for need in waiting.pop(name).requires if need not in done]
                if missing:
                    self._refuse(name, "requirements", f"it needs {', '.join(missing)}, which is not on or not in order")
                else:
                    done.add(name)
                    yield name
                    if name not in self.manifests:
                        done.discard(name)
            if not ready:
                for name in list(waiting):
                    self._refuse(name, "requirements", f"it waits in a circle with {', '.join(sorted(waiting))}")
                    waiting.pop(name)

    def _register(self, name: str) -> None:
        module = self._modules[name]
        with _Blame(self, name, "hooks"):
            self._add(name, module)
            for hook in ("records", "migrations", "settings"):
                self._keep(hook, name)
            if published := self._call("hookspecs", name):
                self._manager.add_hookspecs(published[0])

    def _add(self, owner: str, module: ModuleType) -> None:
        """Register one module's hooks; refuse it whole if one is unknown or takes what its hook does not give."""
        label = module.__name__
        for hook in vars(self._manager.hook):
            if isinstance(getattr(module, hook, None), type(sys)):
                raise Broken(f"its file {hook}.py hides its hook {hook}(); call the file something else")
        try:
            self._manager.register(module, name=label)
            for caller in self._manager.get_hookcallers(module) or ():
                if not caller.has_spec() and not all(
                    impl.optionalhook for impl in caller.get_hookimpls() if impl.plugin is module
                ):
                    raise Broken(f"there is no hook called {caller.name}")  # noqa: TRY301 - undone with the others below
        except BaseException:
            if self._manager.has_plugin(label):
                self._manager.unregister(name=label)
            raise
        self._registered.setdefault(owner, []).append(module)

    def _bridge(self, name: str) -> None:
        for other, target in self.manifests[name].bridges.items():
            if other in self.manifests:
                with _Blame(self, name, f"bridge to {other}", fatal=False):
                    self._add(name, import_module(target))

    def _refuse(self, name: str, where: str, why: str, trace: str = "") -> None:
        self.manifests.pop(name, None)
        for module in self._registered.pop(name, []):
            self._manager.unregister(module)
        for kept in self._kept.values():
            kept[:] = [pair for pair in kept if pair[0] != name]
        self.note(name, where, why, trace)

    def note(self, name: str, where: str, why: str, trace: str = "") -> None:
        """Remember a trouble, once."""
        trouble = Trouble(name, where, why, trace)
        if trouble not in self.troubles:
            self.troubles.append(trouble)

    # -- asking plugins -----------------------------------------------------------------------------

    def _call(self, hook: str, name: str, **arguments: object) -> list[Any]:
        """Call one plugin's own implementations of a hook, through pluggy so that tracing sees it."""
        mine = self._registered.get(name, ())
        others = [m for owner, modules in self._registered.items() if owner != name for m in modules]
        if not any(impl.plugin in mine for impl in getattr(self._manager.hook, hook).get_hookimpls()):
            return []
        results: list[Any] = self._manager.subset_hook_caller(hook, others)(**arguments)
        return results

    def _keep(self, hook: str, name: str) -> None:
        for result in self._call(hook, name):
            values = [result] if isinstance(result, (type, dict)) else list(result)
            self._kept.setdefault(hook, []).extend((name, value) for value in values)

    def registered(self, hook: str) -> list[tuple[str, Any]]:
        """Return (plugin, value) of a register hook, asked once; a plugin that fails is noted and left out."""
        if hook not in self._kept:
            self._kept[hook] = []
            for name in list(self.manifests):
                with _Blame(self, name, hook, fatal=False):
                    self._keep(hook, name)
        return self._kept[hook]

    def implements(self, hook: str) -> bool:
        """Whether any plugin implements a hook."""
        caller = getattr(self._manager.hook, hook, None)
        return bool(caller and caller.get_hookimpls())

    def collect(self, hook: str, **arguments: object) -> Iterator[tuple[str, Any]]:
        """Yield (plugin, answer) of a collect hook. A plugin that fails is noted; the others answer."""
        for name in list(self.manifests):
            with _Blame(self, name, hook, fatal=False):
                # Generators are drained here, inside the guard.
                answers = [a for result in self._call(hook, name, **arguments) for a in _many(result)]
                yield from ((name, answer) for answer in answers)

    def guard(self, hook: str, **arguments: object) -> Iterator[tuple[str, Any]]:
        """Yield (plugin, answer) of a guard hook. A failure is raised, naming the plugin: failing open would let bad data in."""
        for name in list(self.manifests):
            try:
                answers = [a for result in self._call(hook, name, **arguments) for a in _many(result)]
            except Exception as error:
                raise Broken(f"The plugin {name} failed while checking this change ({error}). Nothing was written.") from error
            yield from ((name, answer) for answer in answers)

    def first(self, hook: str, **arguments: object) -> Any:  # noqa: ANN401 - the hook's own type
        """Return the first answer that is not None to a plugin's published hook; a plugin that fails is noted and passed over."""
        for name in list(self.manifests):
            with _Blame(self, name, hook, fatal=False):
                for answer in self._call(hook, name, **arguments):
                    if answer is not None:
                        return answer
        return None


class _Blame:
    """Attach what fails inside to a plugin; `fatal` refuses the whole plugin."""

    def __init__(self, plugins: Plugins, name: str, where: str, *, fatal: bool = True) -> None:
        self._plugins, self._name, self._where, self._fatal = plugins, name, where, fatal

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        if error is None or not isinstance(error, Exception) or self._plugins._strict:  # noqa: SLF001 - its own half
            return False
        import traceback

        why = str(error) or type(error).__name__
        if not isinstance(error, (Broken, pluggy.PluginValidationError)):
            why = f"{type(error).__name__}: {why}"
        tell: Callable[..., None] = self._plugins._refuse if self._fatal else self._plugins.note  # noqa: SLF001
        tell(self._name, self._where, why, "".join(traceback.format_exception(error)))
        return True


def _many(result: Any) -> Iterable[Any]:  # noqa: ANN401 - whatever the hook returned
    return () if result is None else result


def module_from_file(name: str, path: str) -> ModuleType:
    """Import a one-file plugin."""
    from importlib.util import module_from_spec, spec_from_file_location

    label = f"officeops_file_{name}"
    spec = spec_from_file_location(label, path)
    if spec is None or spec.loader is None:
        raise Broken(f"{path} cannot be read as Python")
    module = module_from_spec(spec)
    sys.modules[label] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[label]
        raise
    return module
