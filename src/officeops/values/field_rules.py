"""Rules of a field: which values it takes, with its kind's own rule and its limits.

Values are checked as records have them (`wrong_with`), or, many at a time, as SQLite keeps them
(`unfit`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from officeops.model.errors import problem_of
from officeops.model.sealed_value import Sealed
from officeops.values.conventions import Conventions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from officeops.model.errors import Problem
    from officeops.model.fields import Field

#: The most characters of a value that a sentence repeats.
_BRIEF: Final = 40
#: Where the office's own ways of writing make no difference.
_PLAIN: Final = Conventions()


def wrong_with(field: Field, value: Any, ways: Conventions | None = None) -> str:  # noqa: ANN401 - whatever was given
    """Return the fault of a field's value, as a sentence's end; blank for none.

    None and blank are not looked at: whether a field may be blank is another question. A sealed
    value is never repeated.
    """
    kind = field.kind
    ways = ways or _PLAIN
    fault = kind.beyond(value, field, ways) if kind.fits(value) else kind.another()
    if fault is None:
        return ""
    subject = "the value" if field.sealed else _brief(field, value, ways)
    return fault.within(f"{subject} {fault}")


def all_wrong(
    fields: Iterable[Field],
    values: Mapping[str, Any],
    ways_of: Callable[[], Conventions],
) -> Iterator[Problem]:
    """Yield the problem of each value that is of another kind than its field, or beyond its limits.

    Blank values are left out, and sealed ones that nobody typed just now.
    """
    for field in fields:
        value = values.get(field.name)
        if isinstance(value, Sealed):
            value = value.typed if value.is_typed else None
        # The office's formats are read from its file, so only a fault asks for them.
        if value is not None and value != "" and wrong_with(field, value):
            yield problem_of(wrong_with(field, value, ways_of()), field.public_name)


def _brief(field: Field, value: Any, ways: Conventions) -> str:  # noqa: ANN401 - whatever was given
    """Return a value for a sentence: as people write it where it is of the field's kind."""
    if field.kind.fits(value):
        text = field.kind.brief(value, field, ways)
    elif isinstance(value, int) and value.bit_length() >= 1000:
        # Python refuses to write a number of over 4,300 digits.
        text = "a number without end"
    else:
        text = repr(value)
    return text if len(text) <= _BRIEF else f"{text[:_BRIEF]}…"


# -- many at a time, as SQLite keeps them
# ----------------------------------------------------------------------------


def unfit(
    field: Field, column: Sequence[Any], ways_of: Callable[[], Conventions]
) -> Iterator[tuple[int, str]]:
    """Yield the place and the fault of each value of a column that the field would not take.

    A column in which all fits, as nearly every one does, is done with at once. Blanks are left out,
    sealed text is not opened.
    """
    if field.sealed or field.kind.all_fit(column, field):
        return
    ways = ways_of()
    for place, stored in enumerate(column):
        if stored is None or stored == "":
            continue
        fault = wrong_with_kept(field, stored, ways)
        if fault:
            yield place, fault


def wrong_with_kept(
    field: Field,
    stored: Any,  # noqa: ANN401 - what SQLite has
    ways: Conventions | None = None,
) -> str:
    """Return the fault of one value as SQLite keeps it; blank for none."""
    try:
        value = field.kind.opened(stored)
    except (ValueError, TypeError):
        fault = field.kind.another()
        return fault.within(f"{str(stored)[:_BRIEF]!r} {fault}")
    return wrong_with(field, value, ways)
