"""Match a file's columns to fields: as a person says, else by name and by everyday words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from officeops.exchange.columns.header_words import everyday, unnumbered, words
from officeops.model.about import filled_by
from officeops.model.errors import UsageProblem
from officeops.model.immutable import Value
from officeops.values.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from officeops.model.fields import Field


#: The most columns named in a sentence, and letters of each.
_LISTED = 60


class Match(Value):
    """The fields that columns fill, by the columns' places, and the columns that fill none.

    `ignored` columns fill none on purpose.
    """

    columns: dict[int, Field]
    unused: list[str]
    ignored: Sequence[str] = ()

    @property
    def fields(self) -> list[Field]:
        """The fields that columns fill, in the order of the columns."""
        fields: list[Field] = []
        for field in self.columns.values():
            fields += filled_by(field)
        return fields


def match_columns(
    columns: Sequence[str],
    fields: Sequence[Field],
    told: Mapping[str, str],
    blank: Collection[int] = (),
) -> Match:
    """Match columns to fields.

    `told` maps column names to field names; an empty field name leaves a column out. A column
    that is `blank` all the way down, by its place, gets a field only where no other wants it.
    Raises UsageProblem for a told column or field that is not there, a field told twice, or one
    that two columns claim with the same words.
    """
    open_fields = {field.public_name: field for field in fields}
    matched: dict[int, Field] = {}
    ignored: dict[int, str] = {}
    for column, meaning in told.items():
        place = place_of(column, columns)
        # A column of children has a colon of its own: phone:work.
        name = meaning if meaning in open_fields else meaning.partition(":")[0]
        if name:
            matched[place] = _take(name, open_fields, fields, column)
        else:
            ignored[place] = columns[place]
    full: dict[int, str] = {}
    empty: dict[int, str] = {}
    for place, name in enumerate(columns):
        if place not in matched and place not in ignored:
            free = empty if place in blank else full
            free[place] = name
    for free in (full, empty):
        for names_of, spelled in _PASSES:
            _match_by(names_of, spelled, free, open_fields, matched)
    in_order = dict(sorted(matched.items()))
    unused = dict(sorted({**full, **empty}.items()))
    return Match(in_order, list(unused.values()), list(ignored.values()))


def _match_by(
    names_of: Callable[[Field], Iterable[str]],
    spelled: Callable[[str], str],
    free: dict[int, str],
    open_fields: dict[str, Field],
    matched: dict[int, Field],
) -> None:
    """Match the free columns to the open fields by one kind of their names."""
    by_spelling: dict[str, list[int]] = {}
    for place, name in free.items():
        by_spelling.setdefault(spelled(name), []).append(place)
    # A head of signs alone says nothing.
    by_spelling.pop("", None)
    for field in list(open_fields.values()):
        if field.public_name not in open_fields:
            continue  # another column fills it
        spelling = next((name for name in names_of(field) if name in by_spelling), None)
        if spelling is None:
            continue
        places = by_spelling.pop(spelling)
        if len(places) > 1:
            raise _claimed_twice(field, [free[place] for place in places])
        [place] = places
        matched[place] = _taken(open_fields, field)
        del free[place]


def _taken(open_fields: dict[str, Field], field: Field) -> Field:
    """Take a field out of the open ones, and those that it fills."""
    for part in filled_by(field):
        open_fields.pop(part.public_name, None)
    return open_fields.pop(field.public_name, field)


def _claimed_twice(field: Field, claims: Sequence[str]) -> UsageProblem:
    one, other = claims[:2]
    named = " and ".join(map(repr, claims))
    return UsageProblem(
        f"The columns {named} both fit {field.public_name}. Say which does: "
        f'--map "{one}={field.public_name}" --ignore "{other}", or the other way round.',
        code="given-twice",
    )


def _own_names(field: Field) -> Iterable[str]:
    return words(field.public_name), words(field.label), words(field.name)


def _other_names(field: Field) -> Iterable[str]:
    return [words(name) for name in field.also]


def _everyday_names(field: Field) -> Iterable[str]:
    return [everyday(name) for name in (field.public_name, field.label, *field.also)]


def _own_everyday_names(field: Field) -> Iterable[str]:
    return everyday(field.public_name), everyday(field.label)


#: From the surest kind of name to the least sure one.
_PASSES: tuple[tuple[Callable[[Field], Iterable[str]], Callable[[str], str]], ...] = (
    (_own_names, words),
    (_other_names, words),
    (_everyday_names, everyday),
    (_own_everyday_names, unnumbered),
)


def place_of(column: str, columns: Sequence[str]) -> int:
    """Return the place of a column that a person names.

    Raises UsageProblem where the file has none of that name.
    """
    # From the surest spelling to the least sure one.
    for spelled in (str, str.casefold, words):
        wanted = spelled(column)
        for place, name in enumerate(columns):
            if spelled(name) == wanted:
                return place
    raise UsageProblem(
        f"--map: the file has no column {column!r}. It has {listed(columns)}.", code="unknown-field"
    )


def listed(columns: Sequence[str]) -> str:
    """Return a file's columns as a list for a sentence, which thousands must not make endless."""
    shown = ", ".join([_shortened(name) for name in columns[:_LISTED]])
    more = len(columns) - _LISTED
    return f"{shown} and {more:,} more" if more > 0 else shown


def _shortened(name: str) -> str:
    return name if len(name) <= _LISTED else f"{name[:_LISTED]}…"


def _take(
    name: str,
    open_fields: dict[str, Field],
    fields: Sequence[Field],
    column: str,
) -> Field:
    """Take the field that a person names out of the open ones.

    Raises UsageProblem for a field that is not there, or that another column fills.
    """
    wanted = name.strip().replace("-", "_").removesuffix("_id")
    for field in fields:
        if wanted not in {field.public_name, field.name} and name.strip() != field.name:
            continue
        if field.public_name not in open_fields:
            raise UsageProblem(
                f"--map: two columns are to fill {field.public_name}; {column!r} is one of them.",
                code="given-twice",
            )
        return _taken(open_fields, field)
    names = ", ".join([field.public_name for field in fields])
    raise UsageProblem(
        f"--map: there is no field {name!r}. There are {names}.", code="unknown-field"
    )


def translations(meaning: str) -> dict[str, str]:
    """Return the texts that stand for a told column's values.

    `status:0=draft,2=sent` says 0 is draft and 2 is sent.
    """
    pairs = meaning.partition(":")[2]
    by_cell = {}
    for pair in pairs.split(","):
        cell, equals, text = pair.partition("=")
        if equals:
            by_cell[cell.strip().casefold()] = text.strip()
    return by_cell


_TOLD = Pattern(r"(.+?)=([\w -]*)(:.*)?", re.DOTALL)


def read_told(pairs: Iterable[str]) -> list[tuple[str, str]]:
    """Read `Column=field` pairs, or `Column=field:a=b,c=d` where values stand for others.

    Raises UsageProblem where there is no equals sign.
    """
    meanings = []
    for pair in pairs:
        match = _TOLD.fullmatch(pair)
        if not match or not match[1].strip():
            raise UsageProblem(
                f'--map {pair!r} cannot be read; write --map "Column=field".', code="malformed"
            )
        meaning = match[2].strip() + (match[3] or "")
        meanings.append((match[1].strip(), meaning.strip()))
    return meanings


_AGAIN = " (again)"


def again(column: str) -> str:
    """Return the name under which a column fills one more field."""
    return column + _AGAIN


def first_name(column: str) -> str:
    """Return the name of the file's own column behind one that fills one more field."""
    while column.endswith(_AGAIN):
        column = column.removesuffix(_AGAIN)
    return column
