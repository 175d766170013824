"""Answer types: what a method of a plugin's object returns is of the type that its protocol declares.

The types are those of annotations, as texts: `dict[int, VendorFacts]`, `Iterable[str]`.
"""

from __future__ import annotations

import ast
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from officeops.model.error_words import repr_of
from officeops.model.errors import Broken
from officeops.model.immutable import Value
from officeops.plugins.declared_types import READERS, Unfit, fitted, or_none

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Reader = Callable[[Any], Any]

_LISTS: Final = frozenset({"list", "Sequence"})
_STREAMS: Final = frozenset({"Iterable", "Iterator"})


@lru_cache(maxsize=256)
def answer_reader(protocol: type, method: str) -> Reader | None:
    """Return the reader of a method's answers; None where the protocol declares no type for them.

    It returns the answer, with each text on one line, and raises TypeError for one of another type.
    """
    function = getattr(protocol, method, None)
    annotations = getattr(function, "__annotations__", {})
    declared = annotations.get("return")
    if declared in {None, "None"}:
        return None
    # Annotations are texts, whose names are those of the protocol's own module.
    names = vars(sys.modules[protocol.__module__])
    tree = ast.parse(str(declared), mode="eval")
    read = _reader(tree.body, names)

    def checked(answer: object) -> object:
        try:
            return read(answer)
        except Unfit as unfit:
            raise TypeError(f"it gives {declared}, not {repr_of(answer)}: no {unfit}") from None
        except Broken as broken:
            # The attribute of a value in it. A refusal would be said as one; this is a fault.
            raise TypeError(str(broken)) from None

    return checked


def _reader(written: ast.expr, names: Mapping[str, Any]) -> Reader:
    """Return the reader of a type. A type that this module knows nothing of takes anything."""
    if isinstance(written, ast.Name):
        name = written.id
        return READERS.get(name) or _of_class(names.get(name))
    if isinstance(written, ast.BinOp):
        if ast.unparse(written.right) == "None":
            return or_none(_reader(written.left, names))
        return _reader(written.right, names)
    if isinstance(written, ast.Subscript):
        return _container(written, names)
    return _anything


def _container(written: ast.Subscript, names: Mapping[str, Any]) -> Reader:
    """Return the reader of a container by those of what it holds."""
    kind = ast.unparse(written.value)
    inside = written.slice
    parts = inside.elts if isinstance(inside, ast.Tuple) else [inside]
    readers = [_reader(part, names) for part in parts]
    if kind == "dict":
        return lambda given: _read_dict(given, *readers)
    if kind == "tuple":
        return lambda given: _read_tuple(given, readers)
    item = readers[0]
    if kind in _LISTS:
        return lambda given: _read_list(given, item)
    if kind in _STREAMS:
        return lambda given: _read_each(given, item)
    return _anything


def _anything(given: object) -> object:
    return given


def _of_class(kind: object) -> Reader:
    """Return the reader of objects of a class; a `Value` has its declared attributes too."""
    # Python asks no object whether it is Any, or has what an unchecked Protocol lists.
    if kind is Any or not isinstance(kind, type):
        return _anything
    if hasattr(kind, "_is_protocol"):
        return _anything

    def read(given: object) -> object:
        if not isinstance(given, kind):
            raise Unfit(kind.__name__)
        if isinstance(given, Value):
            return fitted(given, type(given))
        return given

    return read


def _read_dict(given: object, key: Reader, value: Reader) -> dict[Any, Any]:
    if not isinstance(given, dict):
        raise Unfit("dictionary")
    read = {}
    for name, content in given.items():
        read[key(name)] = value(content)
    return read


def _read_list(given: object, item: Reader) -> list[Any]:
    if not isinstance(given, (list, tuple)):
        raise Unfit("list")
    return list(map(item, given))


def _read_tuple(given: object, items: list[Reader]) -> tuple[Any, ...]:
    if not isinstance(given, tuple) or len(given) != len(items):
        raise Unfit(f"tuple of {len(items)}")
    parts = zip(items, given, strict=True)
    return tuple(read(part) for read, part in parts)


def _read_each(given: object, item: Reader) -> Iterator[Any]:
    """Read the answers one by one: a generator runs on as its answers are used."""
    try:
        # Asked here, so that a wrong answer is refused before anybody reads the first of it.
        answers = iter(given)  # type: ignore[call-overload]
    except TypeError:
        raise Unfit("list") from None
    return _read_on(answers, item)


def _read_on(answers: Iterator[Any], item: Reader) -> Iterator[Any]:
    for answer in answers:
        try:
            yield item(answer)
        except Unfit as unfit:
            raise TypeError(f"it gives {repr_of(answer)}, which is no {unfit}") from None
