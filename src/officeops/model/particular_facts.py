"""Facts that only some kinds take, and what `help()` shows of the functions that take facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from inspect import Signature

    from officeops.model.kinds.kind import Kind

    class Declared(Protocol):
        """A field, which names this module and so cannot be named here."""

        name: str
        kind: Kind

    class Limited(Protocol):
        """A field with limits."""

        name: str
        minimum: int | None
        maximum: int | None
        default: Any


F = TypeVar("F", bound="Callable[..., Any]")

#: What to write in place of a fact that makes no sense for the kind of a field.
_CURES: Final = {
    "choices": 'one of a few words is declared by choice("new", "old")',
    "synonyms": 'words of other programs are for choice("new", "old")',
    "minimum": "limits are for numbers, amounts, times and durations",
    "maximum": "limits are for numbers, amounts, times and durations",
    "scale": 'a number with decimals is field(kind="decimal", scale=2)',
    "unit": "a unit belongs to a number, an amount or a duration",
    "month_end": "it is for dates",
    "target": 'a reference is declared by ref("core.location")',
    "within": "it is for references, which ref(...) declares",
    "where": "it is for references, which ref(...) declares",
    "archived": "it is for references, which ref(...) declares",
    "fixed": "it is for references, which ref(...) declares",
    "required_for": "it is for files, which file(...) declares",
    "indexed": "it is for references, which ref(...) declares",
    "search": "the search looks in texts",
    "doubt": "it is for money and prices",
    "doubtful": "it is for money and prices",
}
#: The facts that only some kinds take: each kind names its own.
PARTICULAR: Final = frozenset(_CURES)


def refuse_odd(declared: Declared, odd: Collection[str]) -> None:
    """Raise TypeError for facts that make no sense for a field's kind, with what to write.

    One that is given as every field has it says nothing, and is let be.
    """
    for name in sorted(odd):
        if getattr(declared, name) != getattr(type(declared), name):
            raise TypeError(
                f"{declared.name}: {name} says nothing of a field of kind {declared.kind.name}; "
                f"{_CURES[name]}"
            )


def refuse_limits(declared: Limited) -> None:
    """Raise TypeError for limits that no value meets, or a default that does not meet them."""
    low, high, default = declared.minimum, declared.maximum, declared.default
    if low is not None and high is not None and low > high:
        raise TypeError(
            f"{declared.name}: its minimum {low} is above its maximum {high}, so no value fits"
        )
    # True is a number to Python; a default that is computed is known with the office alone.
    if not isinstance(default, int) or isinstance(default, bool):
        return
    if (low is not None and default < low) or (high is not None and default > high):
        raise TypeError(f"{declared.name}: its default {default} is outside its own limits")


class FieldSignature:
    """The signature of a field, built when `help()` or `inspect` asks: a command never does."""

    def __get__(self, declared: object, owner: type) -> Signature:
        return signature(owner, vars(owner)["__init__"], but=())


class _Shown:
    """The object that `help()` finds in a function's place, as if the function had been wrapped."""

    def __init__(
        self,
        defaults: type,
        declare: Callable[..., Any],
        but: tuple[str, ...],
    ) -> None:
        self._defaults, self._declare, self._but = defaults, declare, but

    @property
    def __signature__(self) -> Signature:
        return signature(self._defaults, self._declare, self._but)


def shows_facts(defaults: type, *but: str) -> Callable[[F], F]:
    """Let `help()` show each fact that a function takes, but those that it gives itself."""

    def shown(declare: F) -> F:
        declare.__dict__["__wrapped__"] = _Shown(defaults, declare, but)
        return declare

    return shown


def signature(
    defaults: type,
    declare: Callable[..., Any],
    but: tuple[str, ...],
) -> Signature:
    """Return a function's parameters and, in the place of `**facts`, each fact with its default."""
    import inspect

    from officeops.model.field_facts import FieldFacts

    own = inspect.signature(declare, follow_wrapped=False)
    # The last is `**facts`; in front of a class's own is `self`.
    parameters = [*own.parameters.values()][:-1]
    if parameters and parameters[0].name == "self":
        del parameters[0]
    for name, annotation in FieldFacts.__annotations__.items():
        if name in but:
            continue
        fact = inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY)
        default, written = getattr(defaults, name), annotation.__forward_arg__
        parameters.append(fact.replace(default=default, annotation=written))
    return own.replace(parameters=parameters)
