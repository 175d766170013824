"""The reference of hooks: what a plugin may implement, with exact signatures."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

from tests.docs.tables import first_paragraph, table

from officeops.plugins import hookspecs
from officeops_inventory.reorder import hooks as of_inventory

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import Any


def _of(module: ModuleType) -> dict[str, Callable[..., Any]]:
    """Return every hook of a module by its name, in their order."""
    functions = vars(module).items()
    return {name: one for name, one in functions if hasattr(one, "officeops_spec")}


#: The hooks of the core, and those that the inventory publishes.
HOOKS: dict[str, Callable[..., Any]] = _of(hookspecs)
PUBLISHED: dict[str, Callable[..., Any]] = _of(of_inventory)
_HEAD = """\
# Hooks

A hook is a function beside `PLUGIN`, marked `@hookimpl`. It may take fewer parameters than its signature here, and no
others. [Write a plugin](../how-to/write-a-plugin.md) shows them in use.
"""
_REGISTER = """\
## Hooks that register

These take nothing, read nothing and write nothing. officeops calls each of them once and keeps the answer.
"""
_ANSWER = """\
## Hooks that take part

These run while people work. They answer and write nothing, except `changed` and `demo`, which write in actions of their
own. If one fails, officeops names the plugin and goes on.
"""
_PUBLISHED = """\
## Hooks of the inventory

The inventory publishes these. [Use another plugin](../how-to/use-another-plugin.md#change-the-reorder-rule) has an example.
"""


def signature(name: str) -> str:
    """Return the signature of a hook as its author writes it."""
    return f"{name}{inspect.signature({**HOOKS, **PUBLISHED}[name])}".replace("'", "")


def page() -> str:
    """Return the page of the hooks."""
    register = [
        name for name, function in HOOKS.items() if not inspect.signature(function).parameters
    ]
    answer = [name for name in HOOKS if name not in register]
    return "\n".join(
        [
            _HEAD,
            _REGISTER,
            _table(register),
            _ANSWER,
            _table(answer),
            _PUBLISHED,
            _table([*PUBLISHED]),
        ]
    )


def _table(names: list[str]) -> str:
    return table(["hook", "purpose, and the effect of a failure"], [_row(name) for name in names])


def _row(name: str) -> list[str]:
    return [f"`{signature(name)}`", first_paragraph({**HOOKS, **PUBLISHED}[name].__doc__)]
