"""Which columns fit a width, and how wide each is."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Final

from officeops.model.fields import computed
from officeops.model.immutable import Value
from officeops.tui.terminal.cells import width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.model.declarations import View
    from officeops.model.fields import Field
    from officeops.model.meta import Meta

#: Cells between two columns, and of the mark beside the sorted column's label.
GAP: Final = 2
SORT_MARK: Final = 2
#: The most cells that a text column takes while others need room, and the most it takes at all.
LEAST_TEXT: Final = 12
MOST_TEXT: Final = 48


class Column(Value):
    """A field in a list: the place of its value in a row, and its width in cells."""

    field: Field
    at: int
    width: int

    @property
    def right(self) -> bool:
        """Whether values are at the right edge, as figures are."""
        return self.field.kind.align == "right"


def listed(
    meta: Meta,
    view: View | None = None,
    away: frozenset[str] = frozenset(),
    chosen: Sequence[str] = (),
) -> tuple[Field, ...]:
    """Return the fields that a list may show, the human key first.

    They are those that a person chose, a view's own, or all that are not hidden. Chosen ones give
    way from the last on where there is no room. Sealed fields and the withheld ones (`away`)
    are left out.
    """
    fields = list(meta.list_fields)
    names = chosen or (view.columns if view else ())
    if names:
        declared = [meta.field(name) for name in names]
        fields = [field for field in declared if field is not None]
    allowed = [field for field in fields if not field.sealed and field.name not in away]
    shown = tuple(field.with_doubt() for field in allowed)
    if chosen:
        shown = tuple(_ranked(field, place) for place, field in enumerate(shown, 1))
    return (number(meta), *shown) if meta.prefix else shown


def _ranked(field: Field, rank: int) -> Field:
    ranked = copy(field)
    ranked.list_rank = rank
    return ranked


def number(meta: Meta) -> Field:
    """Return the column of human keys such as PO-12."""
    return computed(
        "id",
        f"'{meta.prefix}-' || t.id",
        kind="text",
        label="No.",
        list_rank=0,
    )


def fit(
    fields: Sequence[Field],
    sample: Sequence[Sequence[str]],
    width: int,
    sorted_by: Field | None = None,
) -> list[Column]:
    """Return the columns that fit a width, by `list_rank`: higher ranks go first.

    `sample` has rows as they are shown; columns are made as wide as these need.
    """
    wished = [_wished(field, place, sample, sorted_by) for place, field in enumerate(fields)]
    least = [_least(field, cells) for field, cells in zip(fields, wished, strict=True)]
    places = list(range(len(fields)))
    # A column that is blank in every row says nothing, while others are cut.
    blank = [place for place in places[1:] if sample and not _has_text(sample, place)]
    for place in sorted(blank, key=lambda place: fields[place].list_rank, reverse=True):
        if _total(places, wished) > width:
            places.remove(place)
    while len(places) > 1 and _total(places, least) > width:
        places.remove(max(places, key=lambda place: (fields[place].list_rank, place)))
    # The columns that matter most get the spare cells first.
    by_rank = sorted(places, key=lambda place: fields[place].list_rank)
    widths = _shared(
        by_rank,
        least,
        wished,
        width - _total(places, least),
    )
    if places and _total(places, least) > width:
        widths[places[0]] = max(width, 1)
    return [Column(fields[place], place, widths[place]) for place in places]


def _wished(
    field: Field,
    place: int,
    sample: Sequence[Sequence[str]],
    sorted_by: Field | None,
) -> int:
    """Return the cells that a column's label and values need, up to the most."""
    is_sorted = sorted_by is not None and field.name == sorted_by.name
    label = width_of(field.label) + (SORT_MARK if is_sorted else 0)
    values = [width_of(row[place]) for row in sample]
    return min(max([label, *values]), MOST_TEXT)


def _least(field: Field, wished: int) -> int:
    """Return the fewest cells of a column.

    A value that is no text is never cut, and a name is cut less than other texts.
    """
    if not field.kind.may_be_cut:
        return wished
    return min(wished, LEAST_TEXT * 2 if field.list_rank <= 1 else LEAST_TEXT)


def _total(places: Sequence[int], cells: Sequence[int]) -> int:
    return sum(cells[place] for place in places) + GAP * (len(places) - 1)


def _has_text(sample: Sequence[Sequence[str]], place: int) -> bool:
    return any(row[place].strip() for row in sample)


def _shared(
    by_rank: Sequence[int],
    least: Sequence[int],
    wished: Sequence[int],
    spare: int,
) -> dict[int, int]:
    """Return the widths by place, with the spare cells given to the lowest ranks first."""
    widths = {}
    for place in by_rank:
        more = min(wished[place] - least[place], max(spare, 0))
        widths[place] = least[place] + more
        spare -= more
    return widths
