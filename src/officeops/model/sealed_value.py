"""Sealed: the value of a sealed field, as an object that shows nothing.

A typed value is wrapped where it is read, so that no error, log, crash or argument on its way to
the file can repeat it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.values.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops.model.fields import Field

#: Shown for a sealed value wherever people or files see it.
MASK: Final = "••••"
#: Shown in place of the mask where the key is lost.
GONE: Final = "(sealed; its key is not here)"
#: The forms of a sealed value, and of the digest that it is looked up by.
TOKEN: Final = Pattern(r"v([1-9][0-9]{0,8})\.([0-9a-f]{8})\.([A-Za-z0-9_-]{59,})")
INDEX: Final = Pattern(r"i([1-9][0-9]{0,8})\.([0-9a-f]{8})\.([0-9a-f]{32})")


def cover(value: object) -> str:
    """Cover a sealed value of a list, whatever was read."""
    return GONE if value == GONE else MASK


class Sealed:
    """A sealed value: `kept`, as in the file, or typed and not sealed yet. Its text is the mask."""

    __slots__ = ("_kept", "_typed")

    def __init__(self, kept: str | None = None, typed: Any = None) -> None:  # noqa: ANN401 - a value
        self._kept, self._typed = kept, typed

    @property
    def is_typed(self) -> bool:
        """Whether it was typed and is not sealed yet."""
        return self._kept is None

    @property
    def kept(self) -> str:
        """The value as in the file. Raises TypeError before it is sealed: it may not be written."""
        if self._kept is None:
            raise TypeError("a sealed field's value is written by the office alone, which seals it")
        return self._kept

    @property
    def typed(self) -> Any:  # noqa: ANN401 - any field's value
        """The value as it was typed.

        Raises TypeError for a sealed one: `office.open` opens that.
        """
        if self._kept is not None:
            raise TypeError("this value is sealed; office.open(record, field) opens it")
        return self._typed

    def forget(self) -> None:
        """Forget a typed value once it was used: a traceback or a thread may keep the object."""
        if self._kept is None:
            self._typed = ""

    def __eq__(self, other: object) -> bool:
        return type(other) is Sealed and (other._kept, other._typed) == (self._kept, self._typed)

    def __hash__(self) -> int:
        return hash((self._kept, self._typed))

    def __str__(self) -> str:
        return MASK

    def __repr__(self) -> str:
        return MASK

    def __format__(self, form: str) -> str:
        return format(MASK, form)

    def __reduce__(self) -> str:
        raise TypeError("a sealed value is not pickled")


def typed(value: Any) -> Sealed | None:  # noqa: ANN401 - any field's value
    """Wrap a typed value; blank is None."""
    if value is None or type(value) is Sealed:
        return value
    return None if value == "" else Sealed(typed=value)


def as_kept(value: Any) -> Sealed:  # noqa: ANN401 - text, or wrapped already
    """Wrap a value of the file."""
    return value if type(value) is Sealed else Sealed(value)


def bare(field: Field, *, as_text: bool = False) -> Field:
    """Return a field to show an opened value with, or, `as_text`, the mask in its place."""
    from copy import copy

    from officeops.model.kinds import kind_of

    shown = copy(field)
    shown.sealed = False
    if as_text:
        shown.kind = kind_of("text")
    return shown


def wrapped(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """Copy values, with those of sealed fields wrapped."""
    copied = dict(values)
    for field in fields:
        if field.sealed and field.name in copied:
            copied[field.name] = typed(copied[field.name])
    return copied
