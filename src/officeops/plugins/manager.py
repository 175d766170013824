"""Find, check, order and isolate plugins.

Installed is not enabled: plugins that ship with officeops are on, others are off until
`officeops plugins enable NAME`. One plugin's error never stops another, and never turns a plugin off for good.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager, nullcontext
from functools import cached_property
from importlib import import_module
from types import FrameType, ModuleType
from typing import TYPE_CHECKING, Any, Self

import pluggy

from officeops.model.errors import Broken, OutsideAction, PluginFault, TimeUp, told, trace_of
from officeops.model.immutable import Value
from officeops.plugins import hookspecs
from officeops.plugins.blame import Answering, is_a_stop
from officeops.plugins.hook_results import check_registered, fit
from officeops.plugins.printed_output import Aside
from officeops.plugins.time_limits import Limit, LimitSettings, bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from officeops.model.records import Record
    from officeops.model.settings import Machine
    from officeops.plugins.askable import Askable
    from officeops.plugins.discovery import Found

#: Register hooks asked while loading: without what they say, a plugin cannot be let in. Not for bridges.
_EARLY = ("records", "migrations", "settings", "hookspecs")
#: What becomes of answers where the time of one plugin is up.
_KEPT = "What it answered before that is kept, and so is what the others answer."
_UNKNOWN_HOOK = "there is no hook called {}; if it is another plugin's, put it into a module that `bridges` names"
#: Hooks that look at a write or hear of it. Without them nothing is missing from an answer.
_OF_WRITES = frozenset({"validate", "keep", "changed"})
#: Collect hooks that are asked to write, in actions of their own.
_MAY_WRITE = frozenset({"changed", "demo"})
#: Versions of the plugin interface this core speaks.
API = frozenset({1})


class Plugin(Value):
    """A plugin's manifest: `PLUGIN = Plugin(...)` in its root module.

    `requires` are plugins it cannot do without; `after` only orders; `bridges` names modules whose
    hooks count only where another plugin is on too. `group` is the heading of `officeops --help` that its commands and
    records are under: one of `officeops.core.commands.GROUPS`, or its own.
    """

    name: str
    summary: str
    api: int = 1
    requires: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    bridges: Mapping[str, str] = {}
    group: str = ""


class Trouble(Value):
    """What went wrong with a plugin: which, where, why, and the traceback for its author.

    `where` is for people; `hook` is the name of the hook that failed when it was asked, blank where something else did.
    """

    plugin: str
    where: str
    why: str
    trace: str = ""
    hook: str = ""

    def __str__(self) -> str:
        return f"{self.plugin}: {self.where}: {self.why}"


class Plugins:
    """The plugins of one office: those that work, in order, and what is wrong with the others.

    `core` returns what the core itself registers for a hook, as a plugin would (`core.registered`).
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
        self.found = sorted(found, key=lambda each: (not each.own, each.name))
        #: Names of those that ship with officeops: their code is officeops' own, and has no limits to each answer.
        self.own = {"core", *(each.name for each in self.found if each.own)}
        self.troubles: list[Trouble] = []
        self.manifests: dict[str, Plugin] = {}
        self._machine = machine
        self._strict = strict
        self._core = core
        self._manager = pluggy.PluginManager("officeops")
        self._manager.add_hookspecs(hookspecs)
        self._modules: dict[str, ModuleType] = {}
        self._registered: dict[str, list[ModuleType]] = {}
        self._kept: dict[str, list[tuple[str, Any]]] = {}
        #: Whether any plugin was asked for its part of an answer.
        self._asked = False
        self._load([each for each in self.found if each.on])

    def _load(self, wanted: list[Found]) -> None:
        for each in wanted:
            self._import(each)
        order = []
        for name in self._in_order():
            order.append(name)
            self._register(name)
        # From here on every hook is asked in this order.
        self.manifests = {name: self.manifests[name] for name in order if name in self.manifests}
        for name in list(self.manifests):
            self._bridge(name)

    def _import(self, each: Found) -> None:
        with _Blame(self, each.name, "import"):
            with Aside(), self._timed(each.name, "to be loaded"):
                module = each.load()
            manifest = getattr(module, "PLUGIN", None)
            if not isinstance(manifest, Plugin):
                raise Broken(f"{each.module} has no PLUGIN = Plugin(...)")
            if manifest.api not in API:
                spoken = ", ".join(map(str, sorted(API)))
                raise Broken(
                    f"it is written for plugin interface {manifest.api}; this officeops speaks {spoken}"
                )
            if each.name == "core":
                raise Broken("core is officeops itself; call the plugin something else")
            if manifest.name != each.name:
                raise Broken(f"it is installed as {each.name} but calls itself {manifest.name}")
            self._modules[each.name] = module
            self.manifests[each.name] = manifest

    def _in_order(self) -> Iterator[str]:
        """Yield names so that what a plugin requires or comes after comes first; then officeops' own; then by name."""
        waiting, done = dict(self.manifests), set[str]()
        while waiting:
            name = next((n for n in waiting if not _waits_for(n, waiting)), "")
            if not name:
                self._refuse_circle(waiting)
                continue
            missing = [need for need in waiting.pop(name).requires if need not in done]
            if missing:
                self.refuse(
                    name,
                    "requirements",
                    f"it needs {', '.join(missing)}, which is not on or not in order",
                )
                continue
            yield name
            if name in self.manifests:
                done.add(name)

    def _refuse_circle(self, waiting: dict[str, Plugin]) -> None:
        """Refuse the plugins that wait for themselves; those that only come after them may go on."""
        ahead = {name: _all_ahead(name, waiting) for name in waiting}
        for name in [name for name in ahead if name in ahead[name]]:
            waiting.pop(name)
            others = sorted(each for each in ahead[name] - {name} if name in ahead[each])
            self.refuse(
                name, "requirements", f"it waits in a circle with {', '.join(others) or 'itself'}"
            )

    def _register(self, name: str) -> None:
        module = self._modules[name]
        with _Blame(self, name, "hooks") as blame:
            self._add(name, module)
            for hook in self._unmarked(module):
                self.note(
                    name, hook, f"its function {hook}() is never called: it is not marked @hookimpl"
                )
            for hook in _EARLY[:-1]:
                blame.where = hook
                self._keep(hook, name)
            blame.where = _EARLY[-1]
            with self._timed(name, f"for {_EARLY[-1]}"):
                modules = self.ask(_EARLY[-1], name)
            for published in modules:
                self._manager.add_hookspecs(published)

    def _add(self, owner: str, module: ModuleType) -> None:
        """Register one module's hooks; refuse it whole if one is unknown or takes what its hook does not give."""
        label = module.__name__
        for hook in vars(self._manager.hook):
            if isinstance(getattr(module, hook, None), ModuleType):
                raise Broken(
                    f"its file {hook}.py hides its hook {hook}(); call the file something else"
                )
        try:
            self._manager.register(module, name=label)
            for caller in self._manager.get_hookcallers(module) or ():
                if not caller.has_spec() and not all(
                    impl.optionalhook for impl in caller.get_hookimpls() if impl.plugin is module
                ):
                    raise Broken(_UNKNOWN_HOOK.format(caller.name))  # noqa: TRY301 - undone with the others below
        except BaseException as error:
            if self._manager.has_plugin(label):
                self._manager.unregister(name=label)
            if isinstance(error, pluggy.PluginValidationError):
                raise Broken(self._mistyped(module) or " ".join(str(error).split())) from error
            raise
        self._registered.setdefault(owner, []).append(module)

    def _unmarked(self, module: ModuleType) -> list[str]:
        """Return the hooks that a module has a function of its own for, but does not mark as one."""
        own = [
            function
            for function in vars(module).values()
            if getattr(function, "__module__", None) == module.__name__
            and hasattr(function, "__code__")
        ]
        return [
            function.__name__
            for function in own
            if hasattr(self._manager.hook, function.__name__)
            and not hasattr(function, "officeops_impl")
        ]

    def _mistyped(self, module: ModuleType) -> str:
        """Say which hook of a module takes what it is not given."""
        for hook, caller in vars(self._manager.hook).items():
            code = getattr(getattr(module, hook, None), "__code__", None)
            given = caller.spec.argnames if caller.spec else ()
            if code and (
                extra := [
                    each for each in code.co_varnames[: code.co_argcount] if each not in given
                ]
            ):
                gives = ", ".join(given) or "nothing"
                return f"its hook {hook}() takes {', '.join(extra)}, but that hook is given {gives}"
        return ""

    def _bridge(self, name: str) -> None:
        for other, target in self.manifests[name].bridges.items():
            if other in self.manifests:
                with _Blame(self, name, f"bridge to {other}", fatal=False):
                    with Aside(), self._timed(name, "to be loaded"):
                        module = import_module(target)
                    if early := [
                        hook
                        for hook in _EARLY
                        if hasattr(getattr(module, hook, None), "officeops_impl")
                    ]:
                        raise Broken(
                            f"a bridge has no {early[0]}() of its own; what a plugin keeps does not depend on others"
                        )
                    self._add(name, module)

    def refuse(self, name: str, where: str, why: str, trace: str = "", hook: str = "") -> None:
        """Turn a plugin that is not in order off for as long as this process lasts, and say why."""
        self.manifests.pop(name, None)
        for module in self._registered.pop(name, []):
            self._manager.unregister(module)
        for kept in self._kept.values():
            kept[:] = [pair for pair in kept if pair[0] != name]
        self.note(name, where, why, trace, hook)

    def note(self, name: str, where: str, why: str, trace: str = "", hook: str = "") -> None:
        """Remember a trouble, once."""
        trouble = Trouble(name, where, why, trace, hook)
        if trouble not in self.troubles:
            self.troubles.append(trouble)

    def running(self) -> tuple[str, str] | None:
        """Return the plugin whose code runs just now, and its function that officeops called; None where none does."""
        return self.of_frame(sys._getframe(1))  # noqa: SLF001 - the one way to know whose code calls

    def of_frame(self, frame: FrameType | None) -> tuple[str, str] | None:
        """Return the innermost plugin whose code leads to a frame, and its function that officeops called."""
        roots = {module.__name__.partition(".")[0]: name for name, module in self._modules.items()}
        plugin, function = "", ""
        while frame is not None:
            name = roots.get(str(frame.f_globals.get("__name__")).partition(".")[0], "")
            if plugin and name != plugin:
                break
            if name and not frame.f_code.co_name.startswith("<"):
                plugin, function = name, frame.f_code.co_name
            frame = frame.f_back
        return (plugin, function) if plugin else None

    # -- asking plugins -----------------------------------------------------------------------------

    def modules(self, name: str) -> list[ModuleType]:
        """Return the modules whose hooks count for a plugin: its root, then its bridges."""
        return list(self._registered.get(name, ()))

    def ask(self, hook: str, name: str, **arguments: object) -> list[Any]:
        """Call one plugin's own implementations of a hook, through pluggy so that tracing sees it."""
        return self._ask(hook, self._registered.get(name, ()), arguments)

    def _ask(
        self, hook: str, modules: Sequence[ModuleType], arguments: Mapping[str, object]
    ) -> list[Any]:
        others = [
            m for registered in self._registered.values() for m in registered if m not in modules
        ]
        if not self._implemented(hook, modules):
            return []
        with Aside():
            results: list[Any] = self._manager.subset_hook_caller(hook, others)(**arguments)
        return results

    def _implemented(self, hook: str, modules: Sequence[ModuleType]) -> bool:
        return any(
            impl.plugin in modules for impl in getattr(self._manager.hook, hook).get_hookimpls()
        )

    def _timed(self, name: str, what: str) -> AbstractContextManager[object]:
        """Return the time a plugin has to be loaded and to register; what ships with officeops has as much as it takes."""
        if name in self.own:
            return nullcontext()
        then = "It is left out."
        return Limit(
            None, self.limits.action, self.of_frame, otherwise=name, what=what, then=then, kept=True
        )

    def time_of(self, name: str, office: Askable, place: str) -> AbstractContextManager[object]:
        """Return the time that a plugin's code has in a place where it may act for others; officeops' own has no limit."""
        if name in self.own:
            return nullcontext()
        then = "What it was asked for is not done."
        seconds = self.limits.action
        what = f"for {place}"
        return Limit(
            office.store.db, seconds, self.of_frame, otherwise=name, what=what, then=then, kept=True
        )

    def _keep(self, hook: str, name: str) -> None:
        with Aside(), self._timed(name, f"for {hook}"):
            results = [
                [result]
                if isinstance(result, (type, dict, ModuleType))
                else list(bounded(result, f"to {hook}"))
                for result in self.ask(hook, name)
            ]
        for values in results:
            for value in values:
                check_registered(hook, name, value)
            self._kept.setdefault(hook, []).extend((name, value) for value in values)

    def registered(self, hook: str) -> list[tuple[str, Any]]:
        """Return (plugin, value) of a register hook, asked once; a plugin that fails is noted and left out."""
        if hook not in self._kept:
            # The core's records are read apart (`kinds`): a plugin's may be renamed, or left out.
            self._kept[hook] = [] if hook == "records" else self._core(hook)
            for name in list(self.manifests):
                with _Blame(self, name, hook, fatal=False, hook=hook):
                    self._keep(hook, name)
        return self._kept[hook]

    def kinds(self) -> Iterator[type[Record]]:
        """Yield every kind of record whose tables are kept, the core's and the plugins', those without a noun too."""
        yield from (record for _, record in self._core("records"))
        yield from (record for _, record in self.registered("records"))

    @property
    def is_incomplete(self) -> bool:
        """Whether plugins were asked for their part of an answer, and one of them is refused or failed."""
        return self._asked and bool(self.troubles)

    def why_refused(self, name: str) -> str:
        """Return why a plugin is not in order, blank where nothing is known against it."""
        return "; ".join(
            f"{trouble.where}: {trouble.why}" for trouble in self.troubles if trouble.plugin == name
        )

    def implements(self, hook: str) -> bool:
        """Whether any plugin implements a hook."""
        self._asked = self._asked or hook not in _OF_WRITES
        caller = getattr(self._manager.hook, hook, None)
        return bool(caller and caller.get_hookimpls())

    @cached_property
    def limits(self) -> LimitSettings:
        """How long plugins may take, as this machine's settings say."""
        return self._machine.table("limits", LimitSettings)

    @contextmanager
    def asking(
        self, hook: str, name: str, office: Askable | None, *, then: str = _KEPT
    ) -> Iterator[None]:
        """Ask a plugin something: it writes nothing meanwhile, prints to stderr, and has its time.

        `then` says what becomes of its answer where its time is up.
        """
        if office is None or hook == "demo":
            with Aside():
                yield
            return
        db, what = office.store.db, f"for {hook}"
        seconds = getattr(self.limits, hook, self.limits.action)
        limit = Limit(
            db,
            seconds,
            self.of_frame,
            otherwise=name,
            what=what,
            then=then,
            kept=name not in self.own,
        )
        if hook in _MAY_WRITE:
            with Aside(), limit:
                yield
            return
        before = db.begin_answer((name, hook))
        try:
            with Aside(), limit:
                yield
        finally:
            db.end_answer(before)

    def collect(self, hook: str, **arguments: object) -> Iterator[tuple[str, Any]]:
        """Yield (plugin, answer) of a collect hook. A plugin that fails is noted; what it answered before that is kept.

        That holds for every failure alike: code that raises, takes too long, never ends, or tries to write.
        """
        self._asked = self._asked or hook not in _OF_WRITES
        office: Any = arguments.get("office")
        for name in list(self.manifests):
            answers: list[Any] = []
            for module in self._registered.get(name, ()):
                if not self._implemented(hook, [module]):
                    continue
                # Generators are drained here, inside the guard.
                with (
                    _Blame(self, name, hook, fatal=False, hook=hook),
                    self.asking(hook, name, office),
                ):
                    for result in self._ask(hook, [module], arguments):
                        for answer in bounded(_many(result), f"to {hook}"):
                            answers.append(fit(hook, answer))  # noqa: PERF401 - the good ones before a failure stay
            yield from ((name, answer) for answer in answers)

    def guard(self, hook: str, **arguments: object) -> Iterator[tuple[str, Any]]:
        """Yield (plugin, answer) of a guard hook. A failure is raised, naming the plugin, lest bad data come in."""
        office: Any = arguments.get("office")
        for name in list(self.manifests):
            place = f"{hook}(), which checks this change"
            try:
                with Answering(office, name, place, what="to check a change"):
                    answers = [
                        fit(hook, a)
                        for result in self.ask(hook, name, **arguments)
                        for a in _many(result)
                    ]
            except (TimeUp, OutsideAction):
                raise
            except Broken as wrong:
                raise PluginFault(name, place, wrong) from wrong
            yield from ((name, answer) for answer in answers)

    def service(self, protocol: type) -> tuple[str, Any] | None:
        """Return (plugin, object) of the first plugin that offers what a Protocol asks for, or None."""
        self._asked = True
        for name, offered in self.registered("services"):
            if protocol in offered:
                return name, offered[protocol]
        return None

    def first(self, hook: str, **arguments: object) -> Any:  # noqa: ANN401 - the hook's own type
        """Return the first answer that is not None to a plugin's own hook; one that fails is noted and passed over."""
        self._asked = True
        office: Any = arguments.get("office")
        for name in list(self.manifests):
            if not self._implemented(hook, self._registered.get(name, ())):
                continue
            with _Blame(self, name, hook, fatal=False, hook=hook), self.asking(hook, name, office):
                for answer in self.ask(hook, name, **arguments):
                    if answer is not None:
                        return answer
        return None


class _Blame:
    """Attach what fails inside to a plugin; `fatal` refuses the whole plugin."""

    def __init__(
        self, plugins: Plugins, name: str, where: str, *, fatal: bool = True, hook: str = ""
    ) -> None:
        self._plugins, self._name, self.where, self._fatal, self._hook = (
            plugins,
            name,
            where,
            fatal,
            hook,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> bool:
        # A plugin that exits is as broken as one that raises.
        if error is None or is_a_stop(error) or self._plugins._strict:  # noqa: SLF001 - its own half
            return False
        tell: Callable[..., None] = self._plugins.refuse if self._fatal else self._plugins.note
        tell(self._name, self.where, told(error), trace_of(error), self._hook)
        return True


def _waits_for(name: str, waiting: Mapping[str, Plugin]) -> set[str]:
    """Return those of `waiting` that must come before a plugin."""
    return {*waiting[name].requires, *waiting[name].after} & waiting.keys()


def _all_ahead(name: str, waiting: Mapping[str, Plugin]) -> set[str]:
    """Return all that must come before a plugin, by way of others too; itself, if it is in a circle."""
    seen, ahead = set[str](), _waits_for(name, waiting)
    while ahead - seen:
        each = (ahead - seen).pop()
        seen.add(each)
        ahead |= _waits_for(each, waiting)
    return ahead


def _many(result: Any) -> Iterable[Any]:  # noqa: ANN401 - whatever the hook returned
    return () if result is None else result
