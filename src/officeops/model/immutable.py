"""Value: a small immutable thing, declared like a dataclass, made without generating code.

A NamedTuple or dataclass costs 0.4 ms at import, because it compiles source; twenty of them would be a fifth of a
command's start-up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self, dataclass_transform

if TYPE_CHECKING:
    from inspect import Signature


class _Signature:
    """The signature of a value's class for `help()` and `inspect`, built when one of them asks: a command does not."""

    def __get__(self, value: Value | None, owner: type[Value]) -> Signature:
        from inspect import Parameter, Signature

        annotations: dict[str, Any] = {}
        for cls in reversed(owner.__mro__):
            annotations.update(cls.__dict__.get("__annotations__", {}))
        defaults = owner._defaults  # noqa: SLF001 - of the class below, which this belongs to
        parameters = []
        for name in owner._names:  # noqa: SLF001 - as above
            default = defaults.get(name, Parameter.empty)
            parameters.append(
                Parameter(
                    name,
                    Parameter.POSITIONAL_OR_KEYWORD,
                    default=default,
                    annotation=annotations[name],
                )
            )
        return Signature(parameters)


@dataclass_transform(frozen_default=True)
class Value:
    """Base of immutable values. Subclasses annotate their attributes; a class attribute is the default."""

    _names: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, Any]] = {}
    __signature__: ClassVar[Signature] = _Signature()  # type: ignore[assignment] # a descriptor that gives one

    def __init_subclass__(cls) -> None:
        # Annotations are text, or types where a module does not import them from __future__.
        annotations = cls.__dict__.get("__annotations__", {})
        own = [name for name, kind in annotations.items() if "ClassVar" not in str(kind)]
        cls._names = (*cls._names, *own)
        cls._defaults = {name: getattr(cls, name) for name in cls._names if hasattr(cls, name)}

    def __init__(self, *values: Any, **named: Any) -> None:  # noqa: ANN401 - typed by dataclass_transform for checkers
        own = self.__dict__
        if not named and len(values) == len(self._names):
            # As most are made, and by far the quickest: nothing to look up, nothing to check.
            own.update(zip(self._names, values, strict=True))
            return
        given = {**self._defaults, **dict(zip(self._names, values, strict=False)), **named}
        if len(given) != len(self._names) or len(values) > len(self._names):
            raise TypeError(
                f"{type(self).__name__} takes {', '.join(self._names)}; got {', '.join(given)}"
            )
        # In their order, whichever way they were given: equal values have one hash.
        own.update((name, given[name]) for name in self._names)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} does not change; replace() makes another")

    def replace(self, **changes: Any) -> Self:  # noqa: ANN401 - the attributes' own types
        """Return the same with some attributes changed."""
        return type(self)(**{**self.__dict__, **changes})

    def as_dict(self) -> dict[str, Any]:
        """Return the attributes by name, in order."""
        return dict(self.__dict__)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={self.__dict__[name]!r}' for name in self._names)})"
