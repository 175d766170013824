"""Value: a small immutable thing, declared like a dataclass, and as cheap to declare as to create.

A NamedTuple or dataclass compiles source when its module is imported: 0.4 ms each, and twenty of
them would be a fifth of a command's start-up. A `Value` waits: most of a command's values are
created once or twice, and only a class that creates many gets an `__init__` of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Self, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable
    from inspect import Signature

#: The creation at which a class gets an `__init__` written for it. Compiling one costs 0.1 ms, as
#: much as it saves in about 30 creations; from then on a value of six attributes takes 0.3 µs, as a
#: NamedTuple does, and not 1 to 4.
GENERATE_AT: Final = 30


class _Signature:
    """The signature of a class, built when `help()` or `inspect` asks: a command never does."""

    def __get__(self, value: Value | None, owner: type[Value]) -> Signature:
        from inspect import Parameter, Signature

        annotations: dict[str, Any] = {}
        for base in reversed(owner.__mro__):
            annotations.update(base.__dict__.get("__annotations__", {}))
        defaults = owner._defaults  # noqa: SLF001 - of the class below, which this belongs to
        parameters = []
        for name in owner._names:  # noqa: SLF001 - as above
            parameter = Parameter(
                name,
                Parameter.POSITIONAL_OR_KEYWORD,
                default=defaults.get(name, Parameter.empty),
                annotation=annotations[name],
            )
            parameters.append(parameter)
        return Signature(parameters)


@dataclass_transform(frozen_default=True)
class Value:
    """Base of immutable values.

    Subclasses annotate their attributes; a class attribute is the default.
    """

    _names: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, Any]] = {}
    #: How many values the class has created, up to `GENERATE_AT`.
    _created: ClassVar[int] = 0
    __signature__: ClassVar[Signature] = _Signature()  # type: ignore[assignment] # a descriptor

    def __init_subclass__(cls) -> None:
        # Annotations are text, or types where a module does not import them from __future__.
        annotations = cls.__dict__.get("__annotations__", {})
        own = [name for name, kind in annotations.items() if "ClassVar" not in str(kind)]
        cls._names = (*cls._names, *own)
        cls._defaults = {name: getattr(cls, name) for name in cls._names if hasattr(cls, name)}
        cls._created = 0
        if "__init__" in cls.__dict__:
            # It may call a base's with attributes of its own, which one that is written for that
            # base would not take.
            for base in cls.__mro__[1:]:
                if issubclass(base, Value) and base is not Value:
                    _wait(base)
                    base._created = GENERATE_AT  # noqa: SLF001 - past it, none is written
        else:
            # Its own, because the base class may get one that is written for fewer attributes.
            _wait(cls)

    def __init__(self, *values: Any, **named: Any) -> None:  # noqa: ANN401 - see dataclass_transform
        cls, own = type(self), self.__dict__
        cls._created += 1
        if cls._created == GENERATE_AT and cls.__init__ is _FIRST:
            cls.__init__ = _generated(cls)  # type: ignore[method-assign]
        names = self._names
        if not named and len(values) == len(names):
            own.update(zip(names, values, strict=True))
            return
        given = {**self._defaults, **dict(zip(names, values, strict=False)), **named}
        if len(given) != len(names) or len(values) > len(names):
            raise TypeError(_misgiven(cls.__name__, names, given))
        # In the order of declaration, however they were given: equal values have one hash.
        own.update((name, given[name]) for name in names)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} does not change; replace() makes another")

    def replace(self, **changes: Any) -> Self:  # noqa: ANN401 - the attributes' own types
        """Copy the value with some attributes changed."""
        return type(self)(**{**self.__dict__, **changes})

    def as_dict(self) -> dict[str, Any]:
        """Copy the attributes into a dictionary, in the order of declaration."""
        return dict(self.__dict__)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.__dict__ == self.__dict__

    def __hash__(self) -> int:
        return hash(tuple(self.__dict__.values()))

    def __repr__(self) -> str:
        attributes = [f"{name}={self.__dict__[name]!r}" for name in self._names]
        return f"{type(self).__name__}({', '.join(attributes)})"


_FIRST: Final = Value.__init__


def _misgiven(
    kind: str,
    names: tuple[str, ...],
    given: dict[str, Any],
) -> str:
    """Say which attributes are of no such value, or are missing."""
    if unknown := [name for name in given if name not in names]:
        return f"{kind} has no {', '.join(unknown)}; it has {', '.join(names)}"
    missing = ", ".join(name for name in names if name not in given)
    need = f"needs {missing}; it takes" if missing else "takes no more than"
    return f"{kind} {need} {', '.join(names)}"


def _wait(cls: type[Value]) -> None:
    """Have a class create values by `Value.__init__`, unless it was declared with another."""
    if cls.__init__ is _FIRST or hasattr(cls.__init__, "is_generated"):
        cls.__init__ = _FIRST  # type: ignore[method-assign]


def _generated(cls: type[Value]) -> Callable[..., None]:
    """Write the `__init__` of a class: one parameter and one assignment for each attribute."""
    names, defaults = cls._names, cls._defaults
    optional = [name in defaults for name in names]
    if optional != sorted(optional):
        # A required attribute after an optional one, as a subclass may have, is no signature of
        # Python's.
        return _FIRST
    parameters = [f"{name}=_defaults[{name!r}]" if name in defaults else name for name in names]
    lines = [f"def __init__(self, {', '.join(parameters)}):", " _attributes = self.__dict__"]
    lines += [f" _attributes[{name!r}] = {name}" for name in names]
    space: dict[str, Any] = {"_defaults": defaults}
    exec("\n".join(lines), space)  # noqa: S102 - names of annotations, no data
    function = space["__init__"]
    function.__qualname__ = f"{cls.__qualname__}.__init__"
    function.is_generated = True
    generated: Callable[..., None] = function
    return generated
