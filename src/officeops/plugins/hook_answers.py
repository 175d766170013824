"""HookAnswers: asks plugins one by one, so that the failure of one leaves the others' answers."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Final, TypeVar

from officeops.model.error_words import beginning_of, begun_in, told, trace_of
from officeops.model.errors import Broken, OutsideAction, PluginFault, TimeUp
from officeops.plugins.blame import Answering, is_a_fault
from officeops.plugins.hook_results import fit
from officeops.plugins.time_limits import bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from types import ModuleType

    from officeops.plugins.askable import Askable
    from officeops.plugins.hook_registry import HookRegistry
    from officeops.plugins.manifest import Plugin
    from officeops.plugins.plugin_time import PluginTime
    from officeops.plugins.troubles import Troubles

T = TypeVar("T")

#: The way on for people, whose every change such a plugin refuses.
_OFF: Final = "`officeops plugins disable {}` turns it off"
#: Hooks that guard or follow a write. Without them nothing is missing from an answer.
OF_WRITES: Final = frozenset({"validate", "keep", "changed"})


class HookAnswers:
    """Asks the plugins that are on, in the order of `manifests`.

    `own` are the names of those that ship with officeops, which have fewer limits.
    """

    def __init__(
        self,
        manifests: Mapping[str, Plugin],
        hooks: HookRegistry,
        troubles: Troubles,
        time: PluginTime,
        own: set[str],
    ) -> None:
        self._manifests = manifests
        self._hooks = hooks
        self._troubles = troubles
        self._asking = time.asking
        self._own = own
        #: Whether any plugin was asked for its part of an answer.
        self.is_asked = False
        #: Whether anything was written that plugins guard or follow.
        self.is_guarding = False

    def implements(self, hook: str) -> bool:
        """Whether any plugin implements a hook."""
        self._note_asked(hook)
        return self._hooks.implements(hook)

    def _note_asked(self, hook: str) -> None:
        if hook in OF_WRITES:
            self.is_guarding = True
        else:
            self.is_asked = True

    def ask(self, hook: str, name: str, **arguments: object) -> list[Any]:
        """Call one plugin's own implementations of a hook."""
        return self._hooks.call(hook, self._hooks.modules(name), arguments)

    def collect(self, hook: str, **arguments: object) -> Iterator[tuple[str, Any]]:
        """Yield (plugin, answer) of a collect hook.

        A plugin that fails is noted; its answers before the failure are kept. That holds for code
        that raises, takes too long, never ends, or tries to write.
        """
        self._note_asked(hook)
        office: Any = arguments.get("office")
        for name in list(self._manifests):
            answers: list[Any] = []
            for module in self._hooks.modules(name):
                if not self._hooks.implemented_by(hook, [module]):
                    continue
                with (
                    self._troubles.noting(name, hook, hook),
                    self._asking(hook, name, office),
                ):
                    # A generator of the plugin runs here, inside the trial, and not in the caller's
                    # loop.
                    for result in self._hooks.call(hook, [module], arguments):
                        given = bounded(_many(result), f"to {hook}")
                        for answer in self._fitting(hook, name, module, given):
                            answers.append(answer)  # noqa: PERF402 - those before a failure are kept
            for answer in answers:
                yield name, answer

    def _fitting(
        self,
        hook: str,
        name: str,
        module: ModuleType,
        answers: Iterable[object],
    ) -> Iterator[Any]:
        """Yield the answers that fit their hook. Of those that do not, the first is noted."""
        is_noted = False
        for answer in answers:
            try:
                fitting = fit(hook, answer)
            except Exception as error:
                if self._troubles.strict:
                    raise
                if not is_noted:
                    trace = begun_in(getattr(module, hook, None), trace_of(error))
                    self._troubles.note(name, hook, told(error), trace, hook)
                is_noted = True
            else:
                yield fitting

    def of_declared(
        self,
        hook: str,
        name: str,
        office: Askable,
        answers: Iterable[T],
    ) -> Iterator[T]:
        """Yield answers that the core works out by a plugin's declarations, such as an expiry.

        Its SQL and its methods run there: where they fail or take too long, the plugin is noted as
        if its hook had failed, and the answers before that are kept.
        """
        complete: list[T] = []
        limit = nullcontext() if name in self._own else self._asking(hook, name, office)
        try:
            with limit:
                for answer in answers:
                    complete.append(answer)  # noqa: PERF402 - those before a failure are kept
        except BaseException as error:
            is_its_own = isinstance(error, (TimeUp, OutsideAction)) or is_a_fault(error)
            # A damaged file is not the plugin's fault, though its records were read then.
            if not is_its_own or name == "core" or self._troubles.strict:
                raise
            self._troubles.note(name, hook, told(error), trace_of(error), hook)
        yield from complete

    def guard(self, hook: str, **arguments: object) -> Iterator[tuple[str, Any]]:
        """Yield (plugin, answer) of a guard hook.

        A failure is raised, naming the plugin: without its answer, bad data could be written.
        """
        office: Any = arguments.get("office")
        for name in list(self._manifests):
            place = f"{hook}(), which checks this change"
            answers: list[Any] = []
            try:
                with Answering(office, name, place, what="to check a change"):
                    for result in self.ask(hook, name, **arguments):
                        answers += [fit(hook, answer) for answer in _many(result)]
            except (TimeUp, OutsideAction):
                raise
            except Broken as fault:
                begins = self._beginning(hook, name)
                off = _OFF.format(name)
                raise PluginFault(name, place, fault, off, begins=begins) from fault
            except PluginFault as fault:
                cause = fault.__cause__ or fault
                raise PluginFault(name, place, cause, _OFF.format(name)) from cause
            for answer in answers:
                yield name, answer

    def _beginning(self, hook: str, name: str) -> str:
        """Return where the first of a plugin's functions for a hook begins."""
        places = (
            beginning_of(getattr(module, hook, None), name) for module in self._hooks.modules(name)
        )
        return next(filter(None, places), "")

    def first(
        self,
        hook: str,
        take: Callable[[Any], Any] | None = None,
        /,
        **arguments: object,
    ) -> Any:  # noqa: ANN401 - the hook's own type
        """Return the first answer that is not None to a plugin's own hook.

        `take` checks an answer, and raises for one that its reader could not use. A plugin that
        fails is noted and passed over.
        """
        _, answer = self.first_named(hook, take, **arguments)
        return answer

    def first_named(
        self,
        hook: str,
        take: Callable[[Any], Any] | None = None,
        /,
        **arguments: object,
    ) -> tuple[str, Any]:
        """Return the plugin that gave the first answer, and that answer; blank and None for none."""
        self.is_asked = True
        office: Any = arguments.get("office")
        for name in list(self._manifests):
            if not self._hooks.implemented_by(hook, self._hooks.modules(name)):
                continue
            with self._troubles.noting(name, hook, hook), self._asking(hook, name, office):
                for answer in self.ask(hook, name, **arguments):
                    if answer is not None:
                        return name, answer if take is None else take(answer)
        return "", None


def _many(result: Any) -> Iterable[Any]:  # noqa: ANN401 - whatever the hook returned
    return () if result is None else result
