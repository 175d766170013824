"""Closed words: the parameters of public names that take one of a few words, such as a severity.

The reference lists the words of each, and `plugins check` compares those that a plugin writes.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from typing import Any, Literal, get_args, get_origin


def closed_words(block: Any) -> dict[str, tuple[str, ...]]:  # noqa: ANN401 - a class or a function
    """Return the words of each parameter of a class or function that takes only those."""
    written = {
        name: str(parameter.annotation).strip("'\"")
        for name, parameter in inspect.signature(block).parameters.items()
    }
    if inspect.isclass(block):
        # What the body of a derived class may set.
        written |= {name: str(kind) for name, kind in inspect.get_annotations(block).items()}
    words = {name: words_of(annotation) for name, annotation in written.items()}
    return {name: taken for name, taken in words.items() if taken}


def words_of(annotation: str) -> tuple[str, ...]:
    """Return the words that an annotation allows; none where it allows others, or is no text."""
    written = annotation.removesuffix(" | None")
    written = re.sub(r"ClassVar\[(.*)\]", r"\1", written)
    if inline := re.fullmatch(r"Literal\[(.*)\]", written):
        found = ast.literal_eval(f"({inline[1]},)")
    else:
        found = get_args(_named().get(written))
    return found if all(isinstance(word, str) for word in found) else ()


def listed(words: tuple[str, ...]) -> str:
    """Return words as the reference and a check list them: `met`, `due` or `missing`."""
    quoted = [f"`{word}`" if word else "blank" for word in words]
    return " or ".join(filter(None, [", ".join(quoted[:-1]), quoted[-1]]))


def _named() -> dict[str, Any]:
    """Return the sets of words that the modules of officeops name: annotations are texts."""
    named: dict[str, Any] = {}
    for module in [name for name in sys.modules if name.startswith("officeops.")]:
        values = vars(sys.modules[module]).items()
        named.update((name, value) for name, value in values if get_origin(value) is Literal)
    return named
