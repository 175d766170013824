"""Match a file's columns to fields: as told, as saved, by name, by other names, by what the words come to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from officeops.exchange.columns.header_words import everyday, unnumbered, words
from officeops.model.errors import UsageProblem
from officeops.model.immutable import Value
from officeops.values.text import Pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from officeops.model.fields import Field


#: The most columns named in a sentence, and letters of each.
_LISTED = 60


class Match(Value):
    """Which column fills which field, by their places, and which columns fill none; `ignored` ones on purpose."""

    columns: dict[int, Field]
    unused: list[str]
    ignored: Sequence[str] = ()


def match_columns(
    columns: Sequence[str],
    fields: Sequence[Field],
    told: Mapping[str, str],
    blank: Collection[int] = (),
) -> Match:
    """Match columns to fields. `told` maps column names to field names; an empty field name leaves a column out.

    A column that is `blank` all the way down, by its place, gets a field only where no other
    wants it. Raises UsageProblem for a told column or field that is not there, a field told
    twice, or one that two columns claim with the same words.
    """
    free = dict(enumerate(columns))
    open_fields = {f.public_name: f for f in fields}
    found: dict[int, Field] = {}
    ignored: list[str] = []
    for column, meaning in told.items():
        place = place_of(column, columns)
        free.pop(place, None)
        if name := meaning.partition(":")[0]:
            found[place] = _take(name, open_fields, fields, column)
        else:
            ignored.append(columns[place])
    full = {place: name for place, name in free.items() if place not in blank}
    empty = {place: name for place, name in free.items() if place in blank}
    for some in (full, empty):
        for names, said in _PASSES:
            _match_by(names, said, some, open_fields, found)
    unused = [name for place, name in free.items() if place in full or place in empty]
    return Match(dict(sorted(found.items())), unused, ignored)


def _match_by(
    names: Callable[[Field], Iterable[str]],
    said: Callable[[str], str],
    free: dict[int, str],
    open_fields: dict[str, Field],
    found: dict[int, Field],
) -> None:
    """Match the free columns to the open fields by one kind of their names."""
    plain = {place: said(name) for place, name in free.items()}
    for f in list(open_fields.values()):
        place, wanted = next(
            ((p, w) for w in names(f) for p in free if w and plain[p] == w), (-1, "")
        )
        if place >= 0:
            _refuse_double(f, wanted, plain, free)
            found[place] = open_fields.pop(f.public_name)
            del free[place]


def _refuse_double(
    field: Field, wanted: str, plain: Mapping[int, str], free: Mapping[int, str]
) -> None:
    claims = [name for place, name in free.items() if plain[place] == wanted]
    if len(claims) > 1:
        one, other = claims[:2]
        raise UsageProblem(
            f"The columns {' and '.join(map(repr, claims))} both fit {field.public_name}. Say which does: "
            f'--map "{one}={field.public_name}" --ignore "{other}", or the other way round.'
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
    for same in (
        lambda a, b: a == b,
        lambda a, b: a.casefold() == b.casefold(),
        lambda a, b: words(a) == words(b),
    ):
        for place, name in enumerate(columns):
            if same(name, column):
                return place
    raise UsageProblem(f"--map: the file has no column {column!r}. It has {listed(columns)}.")


def listed(columns: Sequence[str]) -> str:
    """Return a file's columns as a list for a sentence, which a file of thousands must not make endless."""
    more = len(columns) - _LISTED
    named = ", ".join(
        name if len(name) <= _LISTED else name[:_LISTED] + "…" for name in columns[:_LISTED]
    )
    return f"{named} and {more:,} more" if more > 0 else named


def _take(name: str, open_fields: dict[str, Field], fields: Sequence[Field], column: str) -> Field:
    wanted = name.strip().replace("-", "_").removesuffix("_id")
    for f in fields:
        if wanted in {f.public_name, f.name} or name.strip() == f.name:
            if f.public_name not in open_fields:
                raise UsageProblem(
                    f"--map: two columns are to fill {f.public_name}; {column!r} is one of them."
                )
            return open_fields.pop(f.public_name)
    raise UsageProblem(
        f"--map: there is no field {name!r}. There are {', '.join(f.public_name for f in fields)}."
    )


def translations(meaning: str) -> dict[str, str]:
    """Return what a told column's values stand for: `status:0=draft,2=sent` says 0 is draft and 2 is sent."""
    pairs = meaning.partition(":")[2]
    return {
        a.strip().casefold(): b.strip()
        for a, equals, b in (pair.partition("=") for pair in pairs.split(","))
        if equals
    }


_TOLD = Pattern(r"(.+?)=([\w -]*)(:.*)?", re.DOTALL)


def read_told(pairs: Iterable[str]) -> list[tuple[str, str]]:
    """Read `Column=field` pairs, or `Column=field:a=b,c=d` where values stand for others.

    Raises UsageProblem where there is no equals sign.
    """
    told = []
    for pair in pairs:
        match = _TOLD.fullmatch(pair)
        if not match or not match[1].strip():
            raise UsageProblem(f'--map {pair!r} cannot be read; write --map "Column=field".')
        told.append((match[1].strip(), (match[2].strip() + (match[3] or "")).strip()))
    return told


_AGAIN = " (again)"


def again(column: str) -> str:
    """Return the name under which a column fills one more field."""
    return column + _AGAIN


def first_name(column: str) -> str:
    """Return the name of the file's own column behind one that fills one more field."""
    while column.endswith(_AGAIN):
        column = column.removesuffix(_AGAIN)
    return column
