"""What `officeops plugins new --with` can add to a plugin: a module and a test for each option.

Each option is a module of its own beside the model, whose lists `RECORDS`, `ACTIONS` and so on the
hooks of the root give. So options never change one another, and any of them go together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.errors import UsageProblem
from officeops.model.immutable import Value
from officeops.values.wording import listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Option(Value):
    """One option: the module that it adds, and the hooks that its lists are for."""

    module: str
    hooks: tuple[str, ...]
    help: str


OPTIONS: Final[Mapping[str, Option]] = {
    "lifecycle": Option("requests", ("records", "actions"), "requests that are granted or denied"),
    "ledger": Option("copies", ("records", "actions"), "copies that come and go, and add up"),
    "schedule": Option("checkups", ("records",), "plans whose tasks officeops writes"),
    "documents": Option("papers", ("records", "actions"), "papers that end, and are renewed"),
    "scope": Option("loans", ("records", "permissions"), "loans that only their holder sees"),
    "sealed": Option("codes", ("records",), "codes that are encrypted"),
    "job": Option("recall", ("jobs",), "a nightly job"),
    "report": Option("holdings", ("reports",), "a report"),
    "children": Option("kits", ("records",), "kits whose parts are edited with them"),
    "screen": Option("board", ("screens",), "a screen of its own"),
    "sheet": Option("rounds", ("screens", "permissions"), "a sheet on which many rows are typed"),
}
#: The hooks of the root: the type of their values, and where those of every plugin come from.
_HOOKS: Final[Mapping[str, tuple[str, str, str]]] = {
    "records": ("type[Record]", "$Noun", "from $module.model import $Noun"),
    "actions": ("Action[..., Any]", "*ACTIONS", "from $module.handing import ACTIONS"),
    "permissions": ("Permission", "", ""),
    "screens": ("Screen", "", ""),
    "reports": ("Report", "", ""),
    "jobs": ("Job", "", ""),
}


def options_of(words: str) -> list[str]:
    """Return the options that `--with a,b` names, in their own order. Raises UsageProblem."""
    asked = [word.strip() for word in words.split(",") if word.strip()]
    for word in asked:
        if word not in OPTIONS:
            raise UsageProblem(
                f"There is no option {word!r}; --with takes {listing(list(OPTIONS))}.",
                code="not-found",
            )
    return [option for option in OPTIONS if option in asked]


def files_of(options: Iterable[str]) -> dict[str, str]:
    """Return the files that options add, each with its template."""
    files = {}
    for option in options:
        files[f"src/{{module}}/{OPTIONS[option].module}.py"] = f"with/{option}"
        files[f"tests/test_{{name}}_{option}.py"] = f"with/test_{option}"
    return files


def types_of(options: Sequence[str]) -> str:
    """Return the types that the root imports for its annotations."""
    types = {"Action", "Due", "Migration", "Office", "Record"}
    for option in options:
        types.update(_HOOKS[hook][0] for hook in OPTIONS[option].hooks if hook not in _OWN)
    return ", ".join(sorted(types))


#: The hooks that every plugin of the scaffold has.
_OWN: Final = ("records", "actions")


def hooks_of(options: Sequence[str]) -> str:
    """Return the register hooks of the root, as code with the placeholders of the templates."""
    return "\n".join(
        _hook(hook, _modules(hook, options)) for hook in _HOOKS if _used(hook, options)
    )


def _used(hook: str, options: Sequence[str]) -> bool:
    return hook in _OWN or bool(_modules(hook, options))


def _modules(hook: str, options: Sequence[str]) -> list[str]:
    """Return the modules whose values a hook gives."""
    return [OPTIONS[option].module for option in options if hook in OPTIONS[option].hooks]


def _hook(hook: str, modules: Sequence[str]) -> str:
    """Return one hook of the root: the values of every plugin, then those of the options."""
    kind, own, imported = _HOOKS[hook]
    imports = [f"from $module import {', '.join(sorted(modules))}"] if modules else []
    values = [*filter(None, [own]), *(f"*{module}.{hook.upper()}" for module in modules)]
    lines = [*imports, *filter(None, [imported]), ""]
    if len(values) == 1:
        lines += [f"return [{values[0]}]"]
    else:
        lines += ["return [", *(f"    {value}," for value in values), "]"]
    body = "".join(f"    {line}\n" if line else "\n" for line in lines)
    return f"\n@hookimpl\ndef {hook}() -> Iterable[{kind}]:\n{body}"
