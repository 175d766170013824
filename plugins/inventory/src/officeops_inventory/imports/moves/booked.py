"""Booked moves: the moves that the office has, by which a file's rows are recognized.

Programs export the same rows again and again: in files that grow, overlap, are sorted otherwise or
have other columns. A row is recognized by item, kind, day, signed quantity and location, and by
lot, reference and note where both files have such a column. Equal rows of one file differ by their
number alone: the second is new until the office has two.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from officeops import Value, id_list
from officeops_inventory.model import Move

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from officeops import Office

#: The columns of a move that a file may leave out.
_DETAILS = ("lot_id", "reference", "note")
#: The details of a move that a person booked: never a reference, and a note in their own words.
_BY_HAND = frozenset({"lot_id"})

_MOVES = """
SELECT m.id, m.item_id, m.kind, m.day, m.quantity, m.location_id,
    m.lot_id, m.reference, m.note, m.source, m.attempt, m.history
FROM inventory_move m
WHERE m.item_id IN (SELECT value FROM json_each(?)) AND m.reverses_id IS NULL ORDER BY m.id
"""
_FILES = """
SELECT substr(source, 1, instr(source, ':') - 1), max(lot_id IS NOT NULL),
    max(reference IS NOT NULL), max(note IS NOT NULL)
FROM inventory_move WHERE source IS NOT NULL GROUP BY 1
"""
#: Item, kind, day, signed quantity, location.
Core = tuple[int, str, str, int, int]


class BookedMove(Value):
    """One move of the office: its details, and `source`, which is None where a person booked it."""

    details: tuple[Any, ...]
    source: str | None
    attempt: int
    #: The details that its file had a column for.
    columns: frozenset[str]


class BookedMoves:
    """The moves that no row of this file has matched yet."""

    def __init__(self, office: Office, first_of: Mapping[int, int]) -> None:
        self._office = office
        #: By lot, the first one that had its name: a file knows a lot by its name alone.
        self._first_of = first_of
        self._read: set[int] = set()
        self._open: defaultdict[Core, list[BookedMove]] = defaultdict(list)
        #: The locations of moves that are otherwise the same: for rows that name none.
        self._places: defaultdict[tuple[int, str, str, int], list[int]] = defaultdict(list)
        self._sources = Move.ledger.sources(office)
        #: The details that each file had columns for.
        self._files: dict[str, frozenset[str]] = {}
        for file, *flags in office.rows(_FILES):
            pairs = zip(_DETAILS, flags, strict=True)
            self._files[file] = frozenset(name for name, is_given in pairs if is_given)
        #: The first day that stock moved, by item and location, and by lot.
        self.first: defaultdict[tuple[int, int], dict[int | None, str]] = defaultdict(dict)

    def read(self, item_ids: Iterable[int]) -> None:
        """Read the moves of items, except those that were read before."""
        new = set(item_ids) - self._read
        if not new:
            return
        self._read |= new
        # A history has a hundred thousand moves: the loop unpacks rows and calls nothing twice.
        for move_id, *core, lot_id, reference, note, source, attempt, history in self._office.rows(
            _MOVES, id_list(new)
        ):
            item_id, kind, day, quantity, location_id = core
            if self._sources.counts(move_id) and not history:
                lots = self.first[item_id, location_id]
                lots[lot_id] = min(day, lots.get(lot_id, day))
            if self._sources.is_undone(move_id):
                continue
            columns = self._files[_file(source)] if source else _BY_HAND
            named_lot = self._first_of.get(lot_id, lot_id)
            move = BookedMove((named_lot, reference, note), source, attempt, columns)
            moves = self._open[item_id, kind, day, quantity, location_id]
            if not moves:
                self._places[item_id, kind, day, quantity].append(location_id)
            moves.append(move)

    def attempt(self, source: str) -> int:
        """Return the attempt at which the move of a file's line is booked, or will be."""
        return self._sources.attempt(source)

    def take_anywhere(
        self,
        core: Core,
        details: tuple[Any, ...],
        columns: frozenset[str] | None = None,
    ) -> tuple[BookedMove | None, int]:
        """Return the move of a row that names no location, and the location it is booked at.

        The location where such rows go now comes first. It may be another than it was: another
        default, or the item comes in elsewhere.
        """
        item_id, kind, day, quantity, place = core
        for location_id in [place, *self._places.get((item_id, kind, day, quantity), ())]:
            move = self.take((item_id, kind, day, quantity, location_id), details, columns)
            if move:
                return move, location_id
        return None, place

    def take(
        self,
        core: Core,
        details: tuple[Any, ...],
        columns: frozenset[str] | None = None,
    ) -> BookedMove | None:
        """Return the move of a row, which matches no other row after that; None for a new row.

        Without `columns`, only a move that is equal in every detail matches; with them, one that
        is equal in the details that the row's file and the move's file both have.
        """
        moves = self._open.get(core)
        if not moves:
            return None
        for index, move in enumerate(moves):
            if move.details == details:
                return moves.pop(index)
            if columns is not None and _agree(move, details, columns):
                return moves.pop(index)
        return None


def _agree(move: BookedMove, details: tuple[Any, ...], columns: frozenset[str]) -> bool:
    """Whether a move and a row are equal in the details that both files have."""
    both = columns & move.columns
    pairs = zip(_DETAILS, move.details, details, strict=True)
    return all(name not in both or booked == given for name, booked, given in pairs)


def _file(source: str) -> str:
    """Return the digest of the file that a move's source names."""
    return source.partition(":")[0]
