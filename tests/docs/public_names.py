"""The reference of public names: what a plugin imports from officeops, and what each name is for."""

from __future__ import annotations

import ast
import inspect
import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

from tests.docs.blocks import words_in
from tests.docs.tables import first_paragraph, plain, table

from officeops.authoring.check_source import PUBLIC

if TYPE_CHECKING:
    from types import ModuleType

_HEAD = """\
# Public names

What a plugin imports from officeops. Nothing outside these modules is promised to stay: the plugins that ship with
officeops import nothing else. `help(officeops.Record)` shows the whole text of a name.
"""


def page() -> str:
    """Return the page of the public names."""
    return "\n".join([_HEAD, *(_section(import_module(name)) for name in PUBLIC)])


def names(module: ModuleType) -> list[str]:
    """List the names that a public module offers, classes and functions without their underscore ones."""
    declared = getattr(module, "__all__", None)
    if declared is not None:
        return sorted(set(declared), key=_by_letter)
    own = [
        name
        for name, value in vars(module).items()
        if not name.startswith(("_", "pytest_"))
        and getattr(value, "__module__", "") == module.__name__
    ]
    return sorted(own, key=_by_letter)


def _by_letter(name: str) -> tuple[str, str]:
    """Sort as people look names up; of two that differ by case alone, the capital comes first."""
    return name.lower(), name


def purpose(module: ModuleType, name: str) -> str:
    """Return what a name is for: the beginning of its docstring, or the comment above a constant."""
    value: Any = getattr(module, name)
    if callable(value) and inspect.getdoc(value) and not _is_instance_doc(value):
        return first_paragraph(inspect.getdoc(value))
    return _comment(_home(module, name), name)


def entry(module: ModuleType, name: str) -> str:
    """Return what a name is for, with the words of its parameters that take one of a few."""
    value: Any = getattr(module, name)
    is_called = inspect.isclass(value) or inspect.isfunction(value)
    words = words_in(value) if is_called else ""
    return " ".join(filter(None, [purpose(module, name), words]))


def _is_instance_doc(value: object) -> bool:
    """Whether a text is that of the class of a constant."""
    return not inspect.isroutine(value) and not inspect.isclass(value)


def _home(module: ModuleType, name: str) -> str:
    homes = getattr(module, "_HOME", {})
    return f"officeops.{homes[name]}" if name in homes else module.__name__


def _comment(home: str, name: str) -> str:
    """Return the text of the comment above a constant."""
    source = inspect.getsource(import_module(home))
    lines = source.splitlines()
    for node in ast.parse(source).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if name in {getattr(target, "id", "") for target in targets}:
            return plain(_above(lines, node.lineno - 1))
    return ""


def _above(lines: list[str], place: int) -> str:
    """Return the comment that ends above a line, without its marks."""
    found: list[str] = []
    while place and (marked := re.match(r"\s*#:? ?(.*)", lines[place - 1])):
        found.insert(0, marked[1])
        place -= 1
    return " ".join(found)


def _section(module: ModuleType) -> str:
    rows = [[f"`{name}`", entry(module, name)] for name in names(module)]
    head = f"## {module.__name__}\n\n{first_paragraph(module.__doc__)}\n"
    return f"{head}\n{table(['name', 'purpose'], rows)}"
