"""Declared types: a plugin's value holds what its class declares, with every text on one line."""

from __future__ import annotations

from datetime import date
from math import isfinite
from typing import TYPE_CHECKING, Any, Final, TypeVar

from officeops.model.error_words import one_line, repr_of
from officeops.model.errors import Broken, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from officeops.model.immutable import Value

T = TypeVar("T", bound="Value")
#: The longest way to show a value in a sentence about one of its attributes.
_LONGEST: Final = 240


class Unfit(Exception):
    """A value is of another type. The text says which type was declared."""


def fitted(value: T, declared: type[Value]) -> T:
    """Take a value with the attributes that a class declares.

    Raises Broken for an attribute of another type. Types that are not in `READERS` have checks of
    their own, or none.
    """
    changes: dict[str, Any] = {}
    for name, read in _readers(declared):
        given = getattr(value, name)
        try:
            taken = read(given)
        except Unfit as unfit:
            raise Broken(
                f"{_shown(value)} has as its {name} {repr_of(given)}, which is no {unfit}"
            ) from None
        if taken is not given:
            changes[name] = taken
    return value.replace(**changes) if changes else value


def _shown(value: Value) -> str:
    """Show a value; one with dozens of attributes, by its class alone."""
    shown = repr_of(value)
    return shown if len(shown) <= _LONGEST else f"the {type(value).__name__}"


def _text(given: object) -> str:
    if isinstance(given, Reason):
        return given.within(one_line(given))
    if isinstance(given, str):
        return one_line(given)
    raise Unfit("text")


def _number(given: object) -> int:
    # True is a number to Python, and to nobody else.
    if isinstance(given, int) and not isinstance(given, bool):
        return given
    raise Unfit("whole number")


def _real(given: object) -> float:
    if isinstance(given, (int, float)) and not isinstance(given, bool) and isfinite(given):
        return given
    raise Unfit("number")


def _yes_no(given: object) -> bool:
    if isinstance(given, bool):
        return given
    raise Unfit("True or False")


def _day(given: object) -> date:
    # A datetime is a date to Python, and cannot be compared with one.
    if type(given) is date:
        return given
    raise Unfit("date")


def _texts(given: object) -> tuple[str, ...]:
    # A text instead of a tuple would be a word for each of its letters.
    if not isinstance(given, (tuple, list)):
        raise Unfit("tuple of texts")
    texts = tuple(map(_text, given))
    return given if given == texts else texts


#: The readers of the types whose values are checked, by the names of the types.
READERS: Final[dict[str, Callable[[Any], Any]]] = {
    "str": _text,
    "int": _number,
    "float": _real,
    "bool": _yes_no,
    "date": _day,
    "tuple[str, ...]": _texts,
}
#: The attributes of a class with their readers: a list may have thousands of values of one class.
_known: Final[dict[type[Value], list[tuple[str, Callable[[Any], Any]]]]] = {}


def _readers(declared: type[Value]) -> list[tuple[str, Callable[[Any], Any]]]:
    if declared not in _known:
        readers = []
        for name, written in declared.__annotations__.items():
            kind = written.removesuffix(" | None")
            if read := READERS.get(kind):
                readers.append((name, read if kind == written else or_none(read)))
        _known[declared] = readers
    return _known[declared]


def or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a reader that takes None too."""
    return lambda given: None if given is None else read(given)
