"""The problems of the keys of a plugin's screens, as the text of its files shows them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A problem: its check, its line, and its sentence.
Problem = tuple[str, int, str]


def key_problems(tree: ast.Module) -> Iterator[Problem]:
    """Yield the keys that name a letter, or a meaning that no screen of a plugin has."""
    # A plugin's own record may be called Key.
    if not any(map(_imports_key, ast.walk(tree))):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            yield from _of_function(node)


def _imports_key(node: ast.AST) -> bool:
    if not isinstance(node, ast.ImportFrom) or node.module != "officeops.tui":
        return False
    return any(alias.name == "Key" for alias in node.names)


def _of_function(function: ast.FunctionDef) -> Iterator[Problem]:
    first_lines: dict[str, int] = {}
    for call in _calls(function):
        yield from _letters(call)
        meaning = _meaning(call)
        if meaning:
            yield from _of_meaning(call, meaning, first_lines)


def _calls(function: ast.FunctionDef) -> Iterator[ast.Call]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Key":
            yield node


def _letters(call: ast.Call) -> Iterator[Problem]:
    """Yield each letter among the names of a key."""
    names = call.args[0] if call.args else _named(call, "keys")
    for node in ast.walk(names) if names is not None else ():
        if not isinstance(node, ast.Constant):
            continue
        name = node.value
        if isinstance(name, str) and len(name) == 1 and name.isalpha():
            cure = 'name a meaning, as in means="next", or a command, as in (":word",)'
            yield "key-letter", node.lineno, f"its key {name!r} is a letter; {cure}"


def _meaning(call: ast.Call) -> str:
    value = _named(call, "means")
    is_text = isinstance(value, ast.Constant) and isinstance(value.value, str)
    return str(value.value) if is_text and isinstance(value, ast.Constant) else ""


def _of_meaning(
    call: ast.Call,
    meaning: str,
    first_lines: dict[str, int],
) -> Iterator[Problem]:
    """Yield that a meaning is not known, or that a key before has it."""
    from officeops.tui.terminal.meanings import LETTERS, OF_SCREENS

    if meaning not in OF_SCREENS:
        known = ", ".join(OF_SCREENS)
        why = f"no key of a plugin means {meaning!r}; the meanings are {known}"
        yield "key-meaning", call.lineno, why
        return
    first = first_lines.setdefault(meaning, call.lineno)
    if first != call.lineno:
        letter = LETTERS[meaning]
        why = f"the letter {letter!r} ({meaning}) is that of line {first}; give this key a command"
        yield "key-once", call.lineno, why


def _named(call: ast.Call, name: str) -> ast.expr | None:
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    return None
