"""HookRegistry: the modules whose hooks count, by plugin, and the calls to them (pluggy)."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

import pluggy

from officeops.model.errors import Broken
from officeops.plugins import hookspecs
from officeops.plugins.printed_output import Aside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pluggy import HookimplOpts, HookspecOpts

_OF_ANOTHER: Final = "If it is another plugin's, put it into a module that `bridges` names"


class _PluginManager(pluggy.PluginManager):
    """Finds hooks by their marks alone.

    pluggy looks at every name of a module through `inspect`, in case it is a descriptor. A module
    has a hundred names and no descriptors: that was a tenth of a short command.
    """

    def parse_hookimpl_opts(self, plugin: object, name: str) -> HookimplOpts | None:
        """Return the options of a hook that a module implements; None for its other names."""
        marked = hasattr(vars(plugin).get(name), "officeops_impl")
        return super().parse_hookimpl_opts(plugin, name) if marked else None

    def parse_hookspec_opts(
        self, module_or_class: ModuleType | type, name: str
    ) -> HookspecOpts | None:
        """Return the options of a hook that a module declares; None for its other names."""
        marked = hasattr(vars(module_or_class).get(name), "officeops_spec")
        return super().parse_hookspec_opts(module_or_class, name) if marked else None


class HookRegistry:
    """Registers modules whole or not at all, and calls the hooks of one plugin's modules."""

    def __init__(self) -> None:
        self._manager = _PluginManager("officeops")
        self._manager.add_hookspecs(hookspecs)
        self._modules: dict[str, list[ModuleType]] = {}

    def add_specs(self, published: ModuleType) -> None:
        """Take a plugin's own hooks, which other plugins may implement.

        Raises Broken for one that is there already: whose would be asked?
        """
        for name, function in vars(published).items():
            caller = getattr(self._manager.hook, name, None)
            if hasattr(function, "officeops_spec") and caller and caller.has_spec():
                raise Broken(
                    f"its hook {name}() is a hook of officeops or of another plugin already; call "
                    "it something else",
                    check="name-free",
                )
        self._manager.add_hookspecs(published)

    def add(self, owner: str, module: ModuleType) -> None:
        """Register one module's hooks.

        Raises Broken, and registers none, where one is unknown or takes what its hook does not
        give.
        """
        label = module.__name__
        # Importing `plugin.views` sets `views` on the package, over its hook of that name.
        for hook in vars(self._manager.hook):
            found = getattr(module, hook, None)
            if isinstance(found, ModuleType):
                why = f"its file {hook}.py hides its hook {hook}(); call the file something else"
                if found.__name__ == hook:
                    why = f"it imports the module {hook}, which hides its hook {hook}(); import it under another name"
                raise Broken(why, check="hook-file")
        try:
            self._manager.register(module, name=label)
            self._refuse_unknown(module)
        except BaseException as error:
            # pluggy registers hook by hook, and leaves the ones before a fault in place.
            if self._manager.has_plugin(label):
                self._manager.unregister(name=label)
            if isinstance(error, pluggy.PluginValidationError):
                function, why = self._mistyped(module)
                why = why or " ".join(str(error).split())
                raise Broken(why, check="hook-parameters", function=function) from error
            raise
        self._modules.setdefault(owner, []).append(module)

    def _refuse_unknown(self, module: ModuleType) -> None:
        for caller in self._manager.get_hookcallers(module) or ():
            if caller.has_spec():
                continue
            own = [impl for impl in caller.get_hookimpls() if impl.plugin is module]
            if not all(impl.optionalhook for impl in own):
                why = self._unknown(caller.name)
                raise Broken(why, check="hook-known", function=own[0].function)

    def _unknown(self, hook: str) -> str:
        """Say that there is no such hook, and which one its author may mean."""
        from officeops.values.suggestions import nearest

        known = [name for name, caller in vars(self._manager.hook).items() if caller.has_spec()]
        near = nearest(hook, known)
        meant = f"{hook}; do you mean {' or '.join(near)}?" if near else f"{hook}."
        return f"there is no hook called {meant} {_OF_ANOTHER}"

    def _mistyped(self, module: ModuleType) -> tuple[object, str]:
        """Return the hook of a module with a parameter that it is not given, and say so."""
        for hook, caller in vars(self._manager.hook).items():
            function = getattr(module, hook, None)
            code = getattr(function, "__code__", None)
            if code is None:
                continue
            given = caller.spec.argnames if caller.spec else ()
            parameters = code.co_varnames[: code.co_argcount]
            extra = [name for name in parameters if name not in given]
            if extra:
                gives = ", ".join(given) or "nothing"
                taken = ", ".join(extra)
                return function, f"its hook {hook}() takes {taken}, but that hook is given {gives}"
        return None, ""

    def remove(self, owner: str) -> None:
        """Forget a plugin's modules."""
        for module in self._modules.pop(owner, []):
            self._manager.unregister(module)

    def unmarked(self, module: ModuleType) -> list[str]:
        """List the hooks that a module defines as functions and does not mark as hooks."""
        names = []
        for function in vars(module).values():
            is_own = getattr(function, "__module__", None) == module.__name__
            if not is_own or not hasattr(function, "__code__"):
                continue
            is_hook = hasattr(self._manager.hook, function.__name__)
            if is_hook and not hasattr(function, "officeops_impl"):
                names.append(function.__name__)
        return names

    def modules(self, owner: str) -> list[ModuleType]:
        """List the modules whose hooks count for a plugin: its root, then its bridges."""
        return list(self._modules.get(owner, ()))

    def implemented(self) -> frozenset[str]:
        """Return the names of all hooks that any plugin implements."""
        return frozenset(filter(self.implements, vars(self._manager.hook)))

    def implements(self, hook: str) -> bool:
        """Whether any plugin implements a hook."""
        caller = getattr(self._manager.hook, hook, None)
        return bool(caller and caller.get_hookimpls())

    def implemented_by(self, hook: str, modules: Sequence[ModuleType]) -> bool:
        """Whether one of some modules implements a hook."""
        return self.count(hook, modules) > 0

    def count(self, hook: str, modules: Sequence[ModuleType]) -> int:
        """Return how many of some modules implement a hook."""
        implementations = getattr(self._manager.hook, hook).get_hookimpls()
        return sum(implementation.plugin in modules for implementation in implementations)

    def call(
        self,
        hook: str,
        modules: Sequence[ModuleType],
        arguments: Mapping[str, object],
    ) -> list[Any]:
        """Call a hook of some modules alone, through pluggy so that its tracing sees the call."""
        if not self.implemented_by(hook, modules):
            return []
        # pluggy can leave modules out of a call, and not pick some.
        others = []
        for registered in self._modules.values():
            others += [module for module in registered if module not in modules]
        with Aside():
            results: list[Any] = self._manager.subset_hook_caller(hook, others)(**arguments)
        return results
