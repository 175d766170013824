"""Questions: unused columns that look like an expiry, a quantity, a price or another value.

They are asked about, not dropped. An importer may name more of them.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from officeops.exchange.columns.header_words import everyday, words
from officeops.exchange.formats.table import is_blank
from officeops.model.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from officeops.exchange.columns.matching import Match
    from officeops.exchange.formats.table import Table
    from officeops.exchange.importer import Asking
    from officeops.model.fields import Field

#: Words by which a column's head gives away what it holds, in the languages of exports that
#: offices get.
_WORDS: Final = {
    "an expiry": frozenset(
        "expiry expiring bbd bbe mhd verfall verfallsdatum ablauf ablaufdatum haltbar haltbarkeit "
        "caducidad caduca vencimiento validade scadenza péremption peremption "
        "houdbaar houdbaarheid utgång utgångsdatum udløb".split()
    ),
    "a quantity": frozenset(
        "quantity counted hand balance onhand menge bestand anzahl stückzahl "
        "cantidad existencia quantidade estoque quantité quantite quantità giacenza "
        "aantal voorraad antal lager".split()
    ),
    "a price": frozenset(
        "price cost preis einzelpreis precio preço preco prix prezzo prijs pris "
        "costo custo coût".split()
    ),
}
#: Words that tell of a quantity where nothing else is said: a "count" may be of anything.
_COUNTS: Final = frozenset({"count", "stock", "physical", "current", "total", "level"})
#: So many rows show whether a column has values, and so many letters a value may have ("12 kg").
_SAMPLE: Final = 200
_MOST_LETTERS: Final = 3
_NOTHING: Final[Mapping[str, Asking]] = {}


def ask(
    table: Table,
    fields: Iterable[Field],
    match: Match,
    asks: Mapping[str, Asking] = _NOTHING,
) -> None:
    """Raise Refused where an unused column looks like the value of a field without a column.

    `asks` has the columns that the importer asks about besides, by what they look like.
    """
    if not match.unused:
        return
    filled = match.fields
    free = [field for field in fields if field not in filled]
    open_names = {field.public_name for field in free}
    own = {kind: asking for kind, asking in asks.items() if asking.fields[0] in open_names}
    asked = _asked(table, match.unused, free, own)
    if asked:
        raise _question(asked, free, own)


def _question(
    asked: Mapping[str, str], free: Sequence[Field], asks: Mapping[str, Asking]
) -> Refused:
    """Ask a person which field the columns fill, or to leave them out."""
    named = ", ".join([f'"{column}" looks like {kind}' for column, kind in asked.items()])
    fitting: list[str] = []
    for kind in dict.fromkeys(asked.values()):
        fitting += _takers(free, kind, asks)
    first = next(iter(asked))
    return Refused(
        f'{named}, and no field takes it. Say --map "{first}=FIELD" ({", ".join(fitting)}), '
        f'or --ignore "{first}" to leave it out. Nothing was imported',
        code="unclear-column",
    )


def _asked(
    table: Table,
    unused: Iterable[str],
    free: Sequence[Field],
    asks: Mapping[str, Asking],
) -> dict[str, str]:
    """Return the unused columns that a person is asked about, and what each looks like.

    Those of the importer come last, as their words say less.
    """
    likely: dict[str, str] = {}
    of_importer: dict[str, str] = {}
    for column in unused:
        kind = _likely(column)
        if kind and _takes(free, kind):
            likely[column] = kind
        kind = _spoken_of(column, asks)
        if kind:
            of_importer[column] = kind
    if not likely and not of_importer:
        return {}
    sample = [cells for _, cells in islice(table.rows(), _SAMPLE)]
    asked: dict[str, str] = {}
    for column, kind in likely.items():
        values = _cells(table, sample, column)
        # A text such as "10 boxes x 20 bags" is no quantity.
        if values and all(map(_is_value, values)):
            asked[column] = kind
    for column, kind in of_importer.items():
        if column not in asked and _cells(table, sample, column):
            asked[column] = kind
    return asked


def _likely(column: str) -> str:
    """Return what a column's head says that it holds; blank where it says nothing."""
    spoken = _words_of(column)
    if spoken <= _COUNTS:
        return "a quantity"
    for kind, known in _WORDS.items():
        if spoken & known:
            return kind
    return ""


def _words_of(column: str) -> set[str]:
    return {*everyday(column).split(), *words(column).split()}


def _spoken_of(column: str, asks: Mapping[str, Asking]) -> str:
    if _likely(column):
        return ""
    spoken = _words_of(column)
    for kind, asking in asks.items():
        if spoken & asking.words:
            return kind
    return ""


def _takers(
    free: Sequence[Field],
    kind: str,
    asks: Mapping[str, Asking],
) -> list[str]:
    """Return the names of the fields that may take a column that looks like something."""
    if kind in asks:
        return [field.public_name for field in free if field.public_name in asks[kind].fields]
    return [field.public_name for field in free if _fits(field, kind)]


def _takes(free: Sequence[Field], kind: str) -> bool:
    return any(_fits(field, kind) for field in free)


def _fits(field: Field, kind: str) -> bool:
    if kind == "an expiry":
        return field.kind.in_file == "day" and field.month_end
    if kind == "a quantity":
        return field.kind.measures == "goods"
    return field.kind.measures == "money"


def _cells(
    table: Table,
    rows: Iterable[Sequence[Any]],
    column: str,
) -> list[Any]:
    """Return a column's cells that are not blank."""
    place = table.columns.index(column)
    full = []
    for cells in rows:
        cell = cells[place] if place < len(cells) else None
        if not is_blank(cell):
            full.append(cell)
    return full


def _is_value(cell: object) -> bool:
    """Whether a cell is a number or a date, or a text with digits and hardly a letter."""
    if not isinstance(cell, str):
        return not isinstance(cell, bool)
    letters = sum(map(str.isalpha, cell))
    return letters <= _MOST_LETTERS and any(map(str.isdigit, cell))
