"""Unusable: a placeholder for a value that cannot be used, which raises wherever it is used.

A guarded value that the acting person may not see never reads as None: a sum of pay would be 0 as
if that were true. A value in the file that its field's kind cannot read never reads as another
value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from officeops.model.errors import Broken, Forbidden

if TYPE_CHECKING:
    from collections.abc import Mapping

    from officeops.model.fields import Field


class Unusable:
    """A value that raises when it is compared, counted with, written out or tested for truth.

    SQLite is given `kept` in its place, and people see `shown`.
    """

    __slots__ = ("_about", "_field")

    def __init__(self, field: Field, about: str) -> None:
        self._field, self._about = field, about

    @property
    def kept(self) -> Any:  # noqa: ANN401 - what SQLite has
        """The value for SQLite, as far as it may be known."""
        raise NotImplementedError

    @property
    def shown(self) -> str:
        """The text in lists and forms."""
        raise NotImplementedError

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise NotImplementedError

    def __repr__(self) -> str:
        """Name its class and nothing of the value: tracebacks and debuggers need a text."""
        return f"({type(self).__name__.lower()})"

    def _raises(self, *args: object, **named: object) -> Any:  # noqa: ANN401 - it returns nothing
        self._refuse(*args, **named)

    # Two of them may hide the same value or different ones, so they are neither equal nor a key;
    # `same` compares records.
    __eq__ = __ne__ = __hash__ = _raises
    __bool__ = __len__ = __iter__ = __reversed__ = __contains__ = __call__ = __reduce__ = _raises
    __getitem__ = __setitem__ = __delitem__ = __fspath__ = _raises
    __str__ = __format__ = __bytes__ = __int__ = __float__ = __index__ = __complex__ = _raises
    __round__ = __trunc__ = __floor__ = __ceil__ = _raises
    __lt__ = __le__ = __gt__ = __ge__ = __neg__ = __pos__ = __abs__ = __invert__ = _raises
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = (
        _raises
    )
    __floordiv__ = __rfloordiv__ = __mod__ = __rmod__ = __divmod__ = __rdivmod__ = __pow__ = (
        __rpow__
    ) = _raises
    __and__ = __rand__ = __or__ = __ror__ = __xor__ = __rxor__ = __lshift__ = __rlshift__ = _raises
    __rshift__ = __rrshift__ = _raises

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the value would have had
        if name.startswith("__"):
            raise AttributeError(name)
        return self._refuse()


class Withheld(Unusable):
    """A guarded value that the acting person may not see."""

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise Forbidden(
            f"You may not see {self._field.words} of {self._about}, so it cannot be used. "
            "A manager can grant a role that may."
        )

    @property
    def kept(self) -> None:
        """None: the value is not known here."""
        return

    @property
    def shown(self) -> str:
        """Blank, as in every list."""
        return ""


class Unreadable(Unusable):
    """A value in the file that is not of its field's kind."""

    __slots__ = ("_text",)

    def __init__(self, field: Field, about: str, text: object) -> None:
        super().__init__(field, about)
        self._text = text

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise Broken(
            f"{self._field.label} of {self._about} is kept as {str(self._text)[:40]!r}, "
            "which cannot be read. `officeops selfcheck` says how to correct it."
        )

    @property
    def kept(self) -> object:
        """The value in the file."""
        return self._text

    @property
    def shown(self) -> str:
        """The value in the file, as text."""
        return str(self._text)


class NotKnownYet(Broken):
    """A rule looked at a value that cannot be read yet, so it has no answer."""

    code = "not-known-yet"


class NotReadYet(Unusable):
    """A value that was given, or is still to be given, and that nobody knows yet."""

    __slots__ = ()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise NotKnownYet(f"{self._field.label} of {self._about} is not known yet.")

    @property
    def kept(self) -> None:
        """None: there is nothing to keep."""
        return

    @property
    def shown(self) -> str:
        """Blank: there is nothing to show."""
        return ""


def same(one: object, other: object) -> bool:
    """Whether two values of a field are the same.

    Placeholders are the same if they hide the same.
    """
    if isinstance(one, Unusable) and isinstance(other, Unusable):
        return type(one) is type(other) and bool(one.kept == other.kept)
    # A placeholder raises where it is compared.
    return not (isinstance(one, Unusable) or isinstance(other, Unusable)) and one == other


def differing(values: Mapping[str, Any], others: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that are not the same as the other ones of their names."""
    return {name: value for name, value in values.items() if not same(value, others[name])}
