"""Booked: which rows of a file of moves are on record, told row by row by what they mean.

Programs export the same rows again and again: in files that grow, overlap, are sorted otherwise or have other columns.
A row is known by item, kind, day, signed quantity and location, and by lot, reference and note where both files have
such a column. Equal rows of one file are told apart by counting: the second is new until two are on record.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from officeops import Value
from officeops_inventory.stock.past import id_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from officeops import Office

#: What may be left out by a file: the column of a move, and what an import calls it.
_DETAILS = ("lot_id", "reference", "note")

_MOVES = """
SELECT m.id, m.item_id, m.kind, m.day, m.quantity, m.location_id, m.lot_id, m.reference, m.note, m.source, m.history
FROM inventory_move m WHERE m.item_id IN (SELECT value FROM json_each(?)) AND m.reverses_id IS NULL ORDER BY m.id
"""
_FILES = """
SELECT substr(source, 1, instr(source, ':') - 1), max(lot_id IS NOT NULL),
    max(reference IS NOT NULL), max(note IS NOT NULL)
FROM inventory_move WHERE source IS NOT NULL GROUP BY 1
"""
_REVERSALS = "SELECT reverses_id, id FROM inventory_move WHERE reverses_id IS NOT NULL ORDER BY id"
_SOURCES = "SELECT source FROM inventory_move WHERE source IS NOT NULL AND id IN (SELECT value FROM json_each(?))"
_UNDONE = "SELECT id FROM inventory_move WHERE source >= 'undo:' AND source < 'undo;'"

#: Item, kind, day, signed quantity, location.
Core = tuple[int, str, str, int, int]


class Entry(Value):
    """One move on record: its details, and `source`, which is None where a person booked it."""

    details: tuple[Any, ...]
    source: str | None
    #: Which details its file had a column for.
    said: frozenset[str]


class Booked:
    """The moves on record that no row of this file was told to be yet."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._read: set[int] = set()
        self._open: defaultdict[Core, list[Entry]] = defaultdict(list)
        #: The locations of moves that are otherwise the same: for rows that name none.
        self._places: defaultdict[tuple[int, str, str, int], list[int]] = defaultdict(list)
        reversed_by: dict[int, int] = dict(office.rows(_REVERSALS))
        last = {move: _last(move, reversed_by) for move in reversed_by}
        #: Moves that are taken back: reversed, and not booked again after that.
        self._gone = {move for move, (_, links) in last.items() if links % 2}
        undone = {row[0] for row in office.rows(_UNDONE)}
        #: Those that went with the undo of what booked them: nothing of it happened, so it can come again.
        self._undone = {move for move in self._gone if last[move][0] in undone}
        #: Sources of such moves; a source is on record once.
        self.spent: set[str] = {row[0] for row in office.rows(_SOURCES, id_list(self._undone))}
        #: Which details each file had.
        self._files: dict[str, frozenset[str]] = {}
        for file, *has in office.rows(_FILES):
            self._files[file] = frozenset(
                name for name, some in zip(_DETAILS, has, strict=True) if some
            )
        #: The first day that stock moved, by item and location, and by lot.
        self.first: defaultdict[tuple[int, int], dict[int | None, str]] = defaultdict(dict)

    def read(self, item_ids: Iterable[int]) -> None:
        """Read the moves of items, those that were read before left out."""
        new = set(item_ids) - self._read
        if not new:
            return
        self._read |= new
        for move_id, *core, lot_id, reference, note, source, history in self._office.rows(
            _MOVES, id_list(new)
        ):
            item_id, kind, day, quantity, location_id = core
            if move_id not in self._gone and not history:
                lots = self.first[item_id, location_id]
                lots[lot_id] = min(day, lots.get(lot_id, day))
            if move_id in self._undone:
                continue
            # A person never books a reference, and a note in words of their own.
            said = self._files[_file(source)] if source else frozenset({"lot_id"})
            entry = Entry((lot_id, reference, note), source, said)
            entries = self._open[item_id, kind, day, quantity, location_id]
            if not entries:
                self._places[item_id, kind, day, quantity].append(location_id)
            entries.append(entry)

    def take_anywhere(
        self, core: Core, details: tuple[Any, ...], said: frozenset[str] | None = None
    ) -> tuple[Entry | None, int]:
        """Return the move that a row is which names no location, and where it is booked; the row's own place comes first.

        Where such rows go may change: another location is made the default, or the item comes in elsewhere.
        """
        item_id, kind, day, quantity, place = core
        for location_id in [place, *self._places.get((item_id, kind, day, quantity), ())]:
            if entry := self.take((item_id, kind, day, quantity, location_id), details, said):
                return entry, location_id
        return None, place

    def take(
        self, core: Core, details: tuple[Any, ...], said: frozenset[str] | None = None
    ) -> Entry | None:
        """Return the move that a row is, which no other row is from then on; None where it is new.

        Without `said` only a move that is equal in every detail will do; with it, the details that the row's file and
        the move's file both have.
        """
        entries = self._open.get(core)
        if not entries:
            return None
        for place, entry in enumerate(entries):
            if entry.details == details or (said is not None and _agree(entry, details, said)):
                return entries.pop(place)
        return None


def _agree(entry: Entry, details: tuple[Any, ...], said: frozenset[str]) -> bool:
    both = said & entry.said
    pairs = zip(_DETAILS, entry.details, details, strict=True)
    return all(name not in both or booked == given for name, booked, given in pairs)


def _file(source: str) -> str:
    return source.partition(":")[0]


def _last(move: int, reversed_by: dict[int, int]) -> tuple[int, int]:
    """Return the last reversal of a move, of that reversal, and so on, and how many there are."""
    links = 0
    while move in reversed_by:
        move = reversed_by[move]
        links += 1
    return move, links
