"""The problems of a plugin's source: what it imports and prints, and where it writes.

The text is read, and not run, so that a write which rarely happens is found as well. A function that
a hook or a job calls is not followed: there the office refuses the write itself.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING, Final

import officeops
from officeops.authoring.check_keys import key_problems
from officeops.authoring.checks import Finding
from officeops.authoring.closed_words import closed_words, listed
from officeops.authoring.source_place import place, shown_path
from officeops.authoring.trial import hook_names

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from types import ModuleType

    from officeops.plugins.manifest import Plugin

#: Modules that cost a command tens of milliseconds, and so must be imported only when they are
#: used.
HEAVY: Final = ("textual", "rich", "sqlite_utils", "importlib.metadata")
#: The most that a root may take to be imported, in seconds of work: every command waits for it.
SLOW: Final = 0.25
#: The modules that plugins import. The reference of public names is made from them.
PUBLIC: Final = (
    "officeops",
    "officeops.services",
    "officeops.values",
    "officeops.values.wording",
    "officeops.exchange",
    "officeops.commands",
    "officeops.tui",
    "officeops.demo",
    "officeops.tui.testing",
    "officeops.testing",
)
#: What writes a record, as methods of an office.
_WRITES: Final = frozenset({"add", "add_many", "edit", "archive", "unarchive"})
#: The context in which a job writes.
_ACTING: Final = "acting"
#: A program that imports a plugin, and prints what came with it and what it took.
_ASK: Final = """
import io, sys, time
import officeops
sys.stdout = printed = io.StringIO()
before, began = set(sys.modules), time.process_time()
{}
took = time.process_time() - began
sys.stdout = sys.__stdout__
heavy = [module for module in {!r} if module in sys.modules and module not in before]
print(took, int(bool(printed.getvalue())), *heavy)
"""


def import_problems(target: str, module: ModuleType) -> Iterator[Finding]:
    """Import the root in a process of its own, and yield what every command would pay for it."""
    here, ran = place(module), _imported(target)
    if ran.returncode:
        why = (ran.stderr.strip() or "it ends the process").splitlines()[-1]
        yield Finding("imports-alone", f"{here}: imported on its own it fails: {why}")
        return
    took, is_loud, *heavy = ran.stdout.split()
    if heavy:
        cure = "import it inside the functions that use it"
        yield Finding("light-import", f"{here}: importing it imports {', '.join(heavy)}; {cure}")
    elif float(took) > SLOW:
        why = f"importing it takes {float(took):.1f} s; do that work inside the functions"
        yield Finding("quick-import", f"{here}: {why}")
    if int(is_loud):
        yield Finding("quiet-import", f"{here}: importing it prints; remove the print()")


def _imported(target: str) -> subprocess.CompletedProcess[str]:
    """Import a root alone, as the first command after an installation does."""
    load = f"import {target}"
    if target.endswith(".py"):
        load = f"from officeops.plugins.discovery import module_from_file as m; m('_', {target!r})"
    # The same path as here, so that the child finds the plugin where this process found it.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.run(  # noqa: S603 - this very interpreter
        [sys.executable, "-c", _ASK.format(load, HEAVY)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


def source_problems(
    module: ModuleType,
    manifest: Plugin,
    others: Mapping[str, str],
) -> Iterator[Finding]:
    """Yield the problems that the text of a plugin shows. `others` are plugins, by their packages."""
    root = Path(str(module.__file__))
    package = Path(str(next(iter(getattr(module, "__path__", [""])))))
    files = sorted(package.rglob("*.py")) if package.name else [root]
    if package.name and not (package / "py.typed").exists():
        why = "it has no file py.typed, so type checkers take all of it for Any"
        yield Finding("typed", f"{place(module)}: {why}")
    for file in files:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        shown = shown_path(file)
        foreign = _foreign(file, manifest, others)
        shown_by_text = [*_imports(tree, foreign), *_strange_words(tree), *_writes(tree)]
        for check, line, why in [*shown_by_text, *key_problems(tree)]:
            yield Finding(check, f"{shown}: line {line}: {why}")


def _foreign(
    file: Path,
    manifest: Plugin,
    others: Mapping[str, str],
) -> set[str]:
    """Return the packages that a file may not import: a bridge imports where it leads."""
    allowed = set(manifest.requires)
    for name, target in manifest.bridges.items():
        if target.rpartition(".")[2] == file.stem:
            allowed.add(name)
    return {package for package, name in others.items() if name not in allowed}


def _imports(tree: ast.Module, others: Collection[str]) -> Iterator[tuple[str, int, str]]:
    """Yield the imports of modules that are not public, and of other plugins."""
    for line, name in _imported_names(tree):
        package = name.partition(".")[0]
        if package in others:
            why = f"it imports {name}, another plugin; use a service, or a bridge"
            yield "no-other-plugin", line, why
        elif package == "officeops" and name not in PUBLIC:
            why = f"it imports {name}, which may change at any time; public are {', '.join(PUBLIC)}"
            yield "public-names", line, why


def _imported_names(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and the module of each import, also of those inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.lineno, node.module


def _strange_words(tree: ast.Module) -> Iterator[tuple[str, int, str]]:
    """Yield the texts that a parameter of officeops does not take, as it takes others alone."""
    for node in ast.walk(tree):
        name = (
            node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
        )
        if not isinstance(node, ast.Call) or name not in officeops.__all__:
            continue
        called = getattr(officeops, name)
        words = closed_words(called)
        for parameter, given in _texts(node, called) if words else ():
            if given not in words.get(parameter, (given,)):
                why = f"{name}() takes as its {parameter} {listed(words[parameter])}, not {given!r}"
                yield "closed-words", node.lineno, why


def _texts(call: ast.Call, called: Callable[..., object]) -> Iterator[tuple[str, str]]:
    """Yield the parameters that a call gives as texts, each with its text."""
    given = list(zip(signature(called).parameters, call.args, strict=False))
    given += [(str(keyword.arg), keyword.value) for keyword in call.keywords]
    for parameter, value in given:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield parameter, value.value


def _writes(tree: ast.Module) -> Iterator[tuple[str, int, str]]:
    """Yield the writes of jobs outside an action, and those of hooks that only answer."""
    asked = {*hook_names()} - {"changed", "demo"}
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef):
            continue
        marks = {_name(mark) for mark in node.decorator_list}
        for line, verb in _written(node.body, _office_of(node)):
            if "job" in marks:
                why = f"the job {node.name}() calls {verb}() outside an action"
                yield "job-in-action", line, f'{why}; write `with office.acting("..."):` around it'
            elif "hookimpl" in marks and node.name in asked:
                why = f"the hook {node.name}() calls {verb}(); writes belong in an action"
                yield "reads-only", line, why


def _office_of(function: ast.FunctionDef) -> str:
    """Return what a function calls the office: its first parameter."""
    arguments = function.args.args
    return arguments[0].arg if arguments else ""


def _written(body: Iterable[ast.AST], office: str) -> Iterator[tuple[int, str]]:
    """Yield the line and the verb of each write that no action surrounds."""
    for node in body:
        if isinstance(node, ast.With) and _acts(node):
            continue
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_of_office = isinstance(node.func.value, ast.Name) and node.func.value.id == office
            if is_of_office and node.func.attr in _WRITES:
                yield node.lineno, node.func.attr
        yield from _written(ast.iter_child_nodes(node), office)


def _acts(block: ast.With) -> bool:
    """Whether a block is an action of its own."""
    return any(_name(item.context_expr) == _ACTING for item in block.items)


def _name(node: ast.expr) -> str:
    """Return the last word of what an expression calls: `job` of `@officeops.job("x")`."""
    called = node.func if isinstance(node, ast.Call) else node
    if isinstance(called, ast.Attribute):
        return called.attr
    return called.id if isinstance(called, ast.Name) else ""
