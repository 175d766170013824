"""Sealed: the value of a sealed field as the rest of the program has it: an object that shows nothing.

What is typed is wrapped where it is read, so that no error, log, crash or argument on its way to the file can repeat it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.values.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops.model.fields import Field

#: What stands for a sealed value wherever people or files see it.
MASK: Final = "••••"
#: What stands in the place of the mask where the key is lost.
GONE: Final = "(sealed; its key is not here)"
#: What a sealed value looks like, and the digest that it is looked up by.
TOKEN: Final = Pattern(r"v([1-9][0-9]{0,8})\.([0-9a-f]{8})\.([A-Za-z0-9_-]{59,})")
INDEX: Final = Pattern(r"i([1-9][0-9]{0,8})\.([0-9a-f]{8})\.([0-9a-f]{32})")


def cover(value: object) -> str:
    """Return what is shown of a sealed value that a list has: nothing else comes out, whatever was read."""
    return GONE if value == GONE else MASK


class Sealed:
    """A sealed value: `kept`, as it lies in the file, or typed and not sealed yet. Its text is the mask, always."""

    __slots__ = ("_kept", "_typed")

    def __init__(self, kept: str | None = None, typed: Any = None) -> None:  # noqa: ANN401 - any field's value
        self._kept, self._typed = kept, typed

    @property
    def is_typed(self) -> bool:
        """Whether it was typed and is not sealed yet."""
        return self._kept is None

    @property
    def kept(self) -> str:
        """The value as it lies in the file. Raises TypeError before it is sealed: nothing else may be written."""
        if self._kept is None:
            raise TypeError("a sealed field's value is written by the office alone, which seals it")
        return self._kept

    @property
    def typed(self) -> Any:  # noqa: ANN401 - any field's value
        """The value as it was typed. Raises TypeError for one that is sealed: `office.open` opens that."""
        if self._kept is not None:
            raise TypeError("this value is sealed; office.open(record, field) opens it")
        return self._typed

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
    """Return what was typed, wrapped; blank is None."""
    return (
        value
        if value is None or type(value) is Sealed
        else Sealed(typed=value)
        if value != ""
        else None
    )


def as_kept(value: Any) -> Sealed:  # noqa: ANN401 - text of the file, or what was wrapped already
    """Return what lies in the file, wrapped."""
    return value if type(value) is Sealed else Sealed(value)


def bare(field: Field, *, as_text: bool = False) -> Field:
    """Return a field for showing a value of it that was opened, or, `as_text`, what stands in its place."""
    from copy import copy

    made = copy(field)
    made.sealed = False
    if as_text:
        made.kind = "text"
    return made


def wrapped(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values with those of sealed fields wrapped."""
    return {
        **values,
        **{f.name: typed(values[f.name]) for f in fields if f.sealed and f.name in values},
    }
