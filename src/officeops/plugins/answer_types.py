"""Answer types: what a method of a plugin's object returns is of the type that its protocol declares.

The types are those of annotations, as texts: `dict[int, VendorFacts]`, `Iterable[str]`.
"""

from __future__ import annotations

import ast
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from officeops.model.error_words import repr_of
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
    declared = getattr(getattr(protocol, method, None), "__annotations__", {}).get("return")
    if declared in {None, "None"}:
        return None
    names = vars(sys.modules[protocol.__module__])
    read = _reader(ast.parse(str(declared), mode="eval").body, names)

    def checked(answer: object) -> object:
        try:
            return read(answer)
        except Unfit as unfit:
            raise TypeError(f"it gives {declared}, not {repr_of(answer)}: no {unfit}") from None

    return checked


def _reader(written: ast.expr, names: Mapping[str, Any]) -> Reader:
    """Return the reader of a type. A type that this module knows nothing of takes anything."""
    if isinstance(written, ast.Name):
        return READERS.get(written.id) or _of_class(names.get(written.id))
    if isinstance(written, ast.BinOp):
        left, right = (_reader(side, names) for side in (written.left, written.right))
        return or_none(left) if ast.unparse(written.right) == "None" else right
    if isinstance(written, ast.Subscript):
        return _container(written, names)
    return _anything


def _container(written: ast.Subscript, names: Mapping[str, Any]) -> Reader:
    """Return the reader of a container by those of what it holds."""
    kind = ast.unparse(written.value)
    parts = written.slice.elts if isinstance(written.slice, ast.Tuple) else [written.slice]
    readers = [_reader(part, names) for part in parts]
    if kind == "dict":
        return lambda given: _read_dict(given, *readers)
    if kind in _LISTS:
        return lambda given: _read_list(given, readers[0])
    if kind in _STREAMS:
        return lambda given: _read_each(given, readers[0])
    return (lambda given: _read_tuple(given, readers)) if kind == "tuple" else _anything


def _anything(given: object) -> object:
    return given


def _of_class(kind: object) -> Reader:
    """Return the reader of objects of a class; a `Value` has its declared attributes too."""
    # Python asks no object whether it is Any, or has what an unchecked Protocol lists.
    if not isinstance(kind, type) or kind is Any or hasattr(kind, "_is_protocol"):
        return _anything

    def read(given: object) -> object:
        if not isinstance(given, kind):
            raise Unfit(kind.__name__)
        return fitted(given, type(given)) if isinstance(given, Value) else given

    return read


def _read_dict(given: object, key: Reader, value: Reader) -> dict[Any, Any]:
    if not isinstance(given, dict):
        raise Unfit("dictionary")
    return {key(name): value(content) for name, content in given.items()}


def _read_list(given: object, item: Reader) -> list[Any]:
    if not isinstance(given, (list, tuple)):
        raise Unfit("list")
    return list(map(item, given))


def _read_tuple(given: object, items: list[Reader]) -> tuple[Any, ...]:
    if not isinstance(given, tuple) or len(given) != len(items):
        raise Unfit(f"tuple of {len(items)}")
    return tuple(read(part) for read, part in zip(items, given, strict=True))


def _read_each(given: object, item: Reader) -> Iterator[Any]:
    """Read the answers one by one: a generator runs on as its answers are used."""
    try:
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
