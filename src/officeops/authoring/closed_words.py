"""Closed words: the parameters of public names that take one of a few words, such as a severity.

The reference lists the words of each, and `plugins check` compares those that a plugin writes.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin


def closed_words(block: Any) -> dict[str, tuple[str, ...]]:  # noqa: ANN401 - a class or a function
    """Return the words of each parameter of a class or function that takes only those."""
    written = {}
    for name, parameter in inspect.signature(block).parameters.items():
        # The annotation of an annotation in quotes has these itself.
        written[name] = str(parameter.annotation).strip("'\"")
    if inspect.isclass(block):
        # The body of a derived class may set these.
        for name, annotation in inspect.get_annotations(block).items():
            written[name] = str(annotation)
    words = {}
    for name, annotation in written.items():
        if taken := words_of(annotation):
            words[name] = taken
    return words


def words_of(annotation: str) -> tuple[str, ...]:
    """Return the words that an annotation allows; none where it allows others, or is no text."""
    written = annotation.removesuffix(" | None")
    written = re.sub(r"ClassVar\[(.*)\]", r"\1", written)
    inline = re.fullmatch(r"Literal\[(.*)\]", written)
    if inline:
        return tuple(ast.literal_eval(f"[{inline[1]}]"))
    words = get_args(_literal_named(written))
    is_text = all(isinstance(word, str) for word in words)
    return words if is_text else ()


def listed(words: tuple[str, ...]) -> str:
    """Return words as the reference and a check list them: `met`, `due` or `missing`."""
    quoted = [f"`{word}`" if word else "blank" for word in words]
    *first, last = quoted
    return f"{', '.join(first)} or {last}" if first else last


def _literal_named(name: str) -> Any:  # noqa: ANN401 - a set of words, or None
    """Return the set of words that a module of officeops gives a name: annotations are texts."""
    return _literals(len(sys.modules)).get(name)


@lru_cache(maxsize=1)
def _literals(_loaded: int) -> dict[str, Any]:
    """Return the sets of words by name; read again once more modules are loaded."""
    homes = [home for home in list(sys.modules) if home.startswith("officeops.")]
    return {
        name: value
        for home in reversed(homes)
        for name, value in vars(sys.modules[home]).items()
        if get_origin(value) is Literal
    }
