"""Match a file's columns to fields: as told, as saved, by name, by other names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from officeops.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from officeops.fields import Field


#: The most columns named in a sentence, and letters of each.
_LISTED = 60


class Match(NamedTuple):
    """Which column fills which field, by their places, and which columns fill none."""

    columns: dict[int, Field]
    unused: list[str]


def match_columns(columns: Sequence[str], fields: Sequence[Field], told: Mapping[str, str]) -> Match:
    """Match columns to fields. `told` maps column names to field names; an empty field name leaves a column out.

    Raises UsageProblem for a told column or field that is not there, or a field told twice.
    """
    free = dict(enumerate(columns))
    open_fields = {f.public_name: f for f in fields}
    found: dict[int, Field] = {}
    for column, meaning in told.items():
        place = _place(column, columns)
        free.pop(place, None)
        if name := meaning.partition(":")[0]:
            found[place] = _take(name, open_fields, fields, column)
    plain = {place: words(name) for place, name in free.items()}
    for names in (_own_names, _other_names):
        for f in list(open_fields.values()):
            place = next((p for wanted in names(f) for p in free if plain[p] == wanted), -1)
            if place >= 0:
                found[place] = open_fields.pop(f.public_name)
                del free[place]
    return Match(dict(sorted(found.items())), list(free.values()))


def _own_names(field: Field) -> Iterable[str]:
    return words(field.public_name), words(field.label), words(field.name)


def _other_names(field: Field) -> Iterable[str]:
    return [words(each) for each in field.also]


def words(name: str) -> str:
    """Return a column's name as plain words: `UnitsInStock`, `units_in_stock` and `Units in stock` are one."""
    apart = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    return " ".join(re.sub(r"[^\w]+|_", " ", apart).casefold().split())


def _place(column: str, columns: Sequence[str]) -> int:
    for same in (lambda a, b: a == b, lambda a, b: a.casefold() == b.casefold(), lambda a, b: words(a) == words(b)):
        for place, name in enumerate(columns):
            if same(name, column):
                return place
    raise UsageProblem(f"--map: the file has no column {column!r}. It has {listed(columns)}.")


def listed(columns: Sequence[str]) -> str:
    """Return a file's columns as a list for a sentence, which a file of thousands must not make endless."""
    more = len(columns) - _LISTED
    named = ", ".join(name if len(name) <= _LISTED else name[:_LISTED] + "…" for name in columns[:_LISTED])
    return f"{named} and {more:,} more" if more > 0 else named


def _take(name: str, open_fields: dict[str, Field], fields: Sequence[Field], column: str) -> Field:
    wanted = name.strip().replace("-", "_").removesuffix("_id")
    for f in fields:
        if wanted in {f.public_name, f.name} or name.strip() == f.name:
            if f.public_name not in open_fields:
                raise UsageProblem(f"--map: two columns are to fill {f.public_name}; {column!r} is one of them.")
            return open_fields.pop(f.public_name)
    raise UsageProblem(f"--map: there is no field {name!r}. There are {', '.join(f.public_name for f in fields)}.")


def translations(meaning: str) -> dict[str, str]:
    """Return what a told column's values stand for: `status:0=draft,2=sent` says 0 is draft and 2 is sent."""
    pairs = meaning.partition(":")[2]
    return {
        a.strip().casefold(): b.strip() for a, equals, b in (pair.partition("=") for pair in pairs.split(",")) if equals
    }


def read_told(pairs: Iterable[str]) -> dict[str, str]:
    """Read `Column=field` pairs, or `Column=field:a=b,c=d` where values stand for others. Raises UsageProblem where there is no equals sign."""
    told = {}
    for pair in pairs:
        head, colon, values = pair.partition(":")
        column, equals, name = head.rpartition("=")
        if not equals or not column:
            raise UsageProblem(f'--map {pair!r} cannot be read; write --map "Column=field".')
        name += colon + values
        told[column.strip()] = name.strip()
    return told
