"""Unusable: what stands in a record for a value that is not there to be used, and says so wherever it is used.

A guarded value that the acting person may not see never reads as None: a sum of pay would be 0 as if that were true. What
the file holds and the field's kind cannot read never reads as another value.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from officeops.model.errors import Broken, Forbidden

if TYPE_CHECKING:
    from officeops.model.fields import Field


class Unusable:
    """A value that raises when it is compared, counted with, written out or asked whether it is there.

    `kept` is what SQLite is given in its place, `shown` what people see.
    """

    __slots__ = ("_about", "_field")

    def __init__(self, field: Field, about: str) -> None:
        self._field, self._about = field, about

    @property
    def kept(self) -> Any:  # noqa: ANN401 - what SQLite has
        """What SQLite keeps, as far as it may be known."""
        raise NotImplementedError

    @property
    def shown(self) -> str:
        """What generic lists and forms show."""
        raise NotImplementedError

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise NotImplementedError

    def __repr__(self) -> str:
        """Return what it is and nothing of the value: tracebacks and debuggers need something that does not raise."""
        return f"({type(self).__name__.lower()})"

    def _raises(self, *args: object, **named: object) -> Any:  # noqa: ANN401 - it returns nothing
        self._refuse(*args, **named)

    # Two of them may hide the same value or different ones, so they are neither equal nor a key; `same` compares records.
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
            f"{self._field.label} of {self._about} may not be seen by the acting person, so nothing can be made of it. "
            "Whoever manages access can give a role that may."
        )

    @property
    def kept(self) -> None:
        """None: what it is is not known here."""
        return

    @property
    def shown(self) -> str:
        """Blank, as in every list."""
        return ""


class Unreadable(Unusable):
    """What the file holds where a value of another kind belongs."""

    __slots__ = ("_text",)

    def __init__(self, field: Field, about: str, text: object) -> None:
        super().__init__(field, about)
        self._text = text

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise Broken(
            f"{self._field.label} of {self._about} is kept as {str(self._text)[:40]!r}, which cannot be read. "
            "`officeops selfcheck` says how to correct it."
        )

    @property
    def kept(self) -> object:
        """What the file holds."""
        return self._text

    @property
    def shown(self) -> str:
        """What the file holds, as text."""
        return str(self._text)


def same(one: object, other: object) -> bool:
    """Whether two values of a field are the same; what cannot be used is the same as nothing but itself."""
    if isinstance(one, Unusable) or isinstance(other, Unusable):
        return type(one) is type(other) and isinstance(one, Unusable) and one.kept == other.kept  # type: ignore[attr-defined]
    return one == other
