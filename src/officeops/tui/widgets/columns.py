"""Which columns fit a width, and how wide each is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from officeops.model.fields import computed
from officeops.model.immutable import Value
from officeops.tui.terminal.cells import width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from officeops.model.declarations import View
    from officeops.model.fields import Field
    from officeops.model.meta import Meta

GAP: Final = 2
#: The most a text column takes while others need room, and at all.
LEAST_TEXT: Final = 12
MOST_TEXT: Final = 48
_RIGHT: Final = frozenset({"number", "quantity", "money", "price", "duration"})
_SHORT: Final = _RIGHT | {"date", "instant", "choice", "yes_no"}


class Column(Value):
    """A field in a list: which of the row's values it is, and how many cells it has."""

    field: Field
    at: int
    width: int

    @property
    def right(self) -> bool:
        """Whether values stand at the right edge, as figures do."""
        return self.field.kind in _RIGHT


def listed(
    meta: Meta, view: View | None = None, away: frozenset[str] = frozenset()
) -> tuple[Field, ...]:
    """Return the fields a list may show: a view's own, or all that are not hidden, nor withheld (`away`); the human key first."""
    fields = tuple(f for f in meta.list_fields if not f.sealed and f.name not in away)
    if view and view.columns:
        named = (meta.field(name) for name in view.columns)
        fields = tuple(f for f in named if f is not None and not f.sealed and f.name not in away)
    fields = tuple(f.with_doubt() for f in fields)
    return (number(meta), *fields) if meta.prefix else fields


def number(meta: Meta) -> Field:
    """Return the column of human keys such as PO-12."""
    return computed("id", f"'{meta.prefix}-' || t.id", kind="text", label="No.", list_rank=0)


def fit(
    fields: Sequence[Field],
    sample: Sequence[Sequence[str]],
    width: int,
    sorted_by: Field | None = None,
) -> list[Column]:
    """Return the columns that fit, by `list_rank`: the higher go first. `sample` holds rows as they are shown."""
    # Two cells beside the label hold the mark of the sorted column.
    wish = [
        _wish(
            [
                f.label + "  " * (sorted_by is not None and f.name == sorted_by.name),
                *(row[i] for row in sample),
            ]
        )
        for i, f in enumerate(fields)
    ]
    least = [_least(f, wish[i]) for i, f in enumerate(fields)]
    kept = list(range(len(fields)))
    if sample and sum(wish) + GAP * (len(kept) - 1) > width:
        # What is worked out and blank for every row has nothing to say where others are cut short.
        kept = [
            i for i in kept if not fields[i].sql or i == 0 or any(row[i].strip() for row in sample)
        ]
    while len(kept) > 1 and sum(least[i] for i in kept) + GAP * (len(kept) - 1) > width:
        kept.remove(max(kept, key=lambda i: (fields[i].list_rank, i)))
    spare = width - sum(least[i] for i in kept) - GAP * (len(kept) - 1)
    widths = {i: least[i] for i in kept}
    for i in sorted(kept, key=lambda i: fields[i].list_rank):
        more = min(wish[i] - widths[i], max(spare, 0))
        widths[i] += more
        spare -= more
    if spare < 0:
        widths[kept[0]] = max(width, 1)
    return [Column(fields[i], i, widths[i]) for i in kept]


def _wish(texts: Sequence[str]) -> int:
    return min(max(map(width_of, texts)), MOST_TEXT)


def _least(field: Field, wish: int) -> int:
    return (
        wish if field.kind in _SHORT else min(wish, LEAST_TEXT * (2 if field.list_rank <= 1 else 1))
    )
