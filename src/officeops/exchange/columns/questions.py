"""Questions: columns that nothing uses and that look like an expiry, a quantity, a price or what an importer asks about.

They are asked about, not dropped.
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
        "expiry expiring bbd bbe mhd verfall verfallsdatum ablauf ablaufdatum haltbar haltbarkeit caducidad caduca vencimiento "
        "validade scadenza péremption peremption houdbaar houdbaarheid utgång utgångsdatum udløb".split()
    ),
    "a quantity": frozenset(
        "quantity counted hand balance onhand menge bestand anzahl stückzahl cantidad existencia quantidade estoque "
        "quantité quantite quantità giacenza aantal voorraad antal lager".split()
    ),
    "a price": frozenset(
        "price cost preis einzelpreis precio preço preco prix prezzo prijs pris costo custo coût".split()
    ),
}
#: Words that tell of a quantity where nothing else is said: a "count" may be of anything.
_COUNTS: Final = frozenset({"count", "stock", "physical", "current", "total", "level"})
_SAMPLE: Final = 200
_NOTHING: Final[Mapping[str, Asking]] = {}


def ask(
    table: Table, fields: Iterable[Field], match: Match, asks: Mapping[str, Asking] = _NOTHING
) -> None:
    """Raise Refused where a column that is not used looks like something that a free field is there for.

    `asks` are what else the importer asks about, by what a column looks like.
    """
    if not match.unused:
        return
    used = set(match.columns.values())
    free = [field for field in fields if field not in used]
    open_names = {field.public_name for field in free}
    own = {kind: asking for kind, asking in asks.items() if asking.fields[0] in open_names}
    asked = _asked(table, match.unused, free, own)
    if not asked:
        return
    named = ", ".join([f'"{column}" looks like {kind}' for column, kind in asked.items()])
    fit: list[str] = []
    for kind in dict.fromkeys(asked.values()):
        fit += _takers(free, kind, own)
    first = next(iter(asked))
    raise Refused(
        f'{named}, and no field takes it. Say --map "{first}=FIELD" ({", ".join(fit)}), '
        f'or --ignore "{first}" to leave it out. Nothing was imported'
    )


def _asked(
    table: Table, unused: Iterable[str], free: Sequence[Field], asks: Mapping[str, Asking]
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
    rows = [cells for _, cells in islice(table.rows(), _SAMPLE)]
    asked = {column: kind for column, kind in likely.items() if _has_values(table, rows, column)}
    for column, kind in of_importer.items():
        if column not in asked and _cells(table, rows, column):
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


def _takers(free: Sequence[Field], kind: str, asks: Mapping[str, Asking]) -> list[str]:
    """Return the names of the fields that may take a column that looks like something."""
    if kind in asks:
        return [field.public_name for field in free if field.public_name in asks[kind].fields]
    return [field.public_name for field in free if _fits(field, kind)]


def _takes(free: Sequence[Field], kind: str) -> bool:
    return any(_fits(field, kind) for field in free)


def _fits(field: Field, kind: str) -> bool:
    if kind == "an expiry":
        return field.kind == "date" and field.month_end
    return field.kind == "quantity" if kind == "a quantity" else field.kind in {"price", "money"}


def _has_values(table: Table, rows: Sequence[Sequence[Any]], column: str) -> bool:
    """Whether a column has values, and only such as have digits and hardly a letter: not "10 boxes x 20 bags"."""
    cells = _cells(table, rows, column)
    return bool(cells) and all(_is_value(cell) for cell in cells)


def _cells(table: Table, rows: Sequence[Sequence[Any]], column: str) -> list[Any]:
    """Return a column's cells that are not blank."""
    place = table.columns.index(column)
    return [cells[place] for cells in rows if place < len(cells) and not is_blank(cells[place])]


def _is_value(cell: object) -> bool:
    if not isinstance(cell, str):
        return not isinstance(cell, bool)
    letters = sum(character.isalpha() for character in cell)
    return letters <= 3 and any(character.isdigit() for character in cell)
