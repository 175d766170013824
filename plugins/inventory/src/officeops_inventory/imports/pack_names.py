"""Pack names in files: the pack that a name means, and its size. The one rule of every import.

A name is looked up inside its item; else its size is read in its text ("box of 100", "50/bx"); else
it is refused. A pack without a stated size is never taken for a single unit: an order would be for
a hundred times too much.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from officeops import Value
from officeops.model.sql_values import id_list
from officeops.model.text_folding import folded
from officeops.values.text import Pattern
from officeops_inventory.declared.barcode_spellings import gtin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from officeops import Office

#: Words for a single unit, whatever the item's own unit is.
SINGLES: Final = frozenset(
    "each ea eaches single singles unit units piece pieces pc pcs stk stück stuck st".split()
)
#: Words after a number by which it counts pieces: 100 ct, 24's, 6-pack.
_COUNTED: Final = SINGLES | frozenset("count ct cnt pack packs pk pks pck s per in".split())
#: Words for containers. After a bare number they are counted themselves: 2 boxes, 1 case.
HOLDERS: Final = frozenset(
    "pack packs package packages pk pks pkg pck box boxes bx bxs case cases cs ca carton cartons "
    "ctn cart bag bags bg bottle bottles btl bt jar jars tube tubes can cans roll rolls rl "
    "tray trays kit kits set sets sleeve sleeves slv bundle bundles bdl bale bales pouch pouches "
    "drum pail tub vial vials canister dispenser pallet skid crate "
    "karton schachtel packung beutel kiste caja cajas paquete bolsa boite sachet caixa pacote "
    "scatola doos pak zak".split()
)
#: Holders that are seldom a unit by themselves: nearly every one holds several of something. A
#: bottle, a tube or a roll is a unit; a box may be one, too, but only a person can say so.
OUTER_PACKS: Final = frozenset(
    "pack packs package packages pk pks pkg pck box boxes bx bxs case cases cs ca carton cartons "
    "ctn bundle bundles bdl bale bales crate karton schachtel packung kiste caja cajas paquete "
    "boite caixa pacote scatola doos pak".split()
)
#: Words in the head of a column of packs; no other column has them.
PACK_HEADS: Final = frozenset(
    "pack packs packaging packing pkg box boxes bx case cases carton cartons ctn bag bags "
    "bundle bundles dozen unit units uom".split()
)
#: A number before one of these measures, and counts nothing: a bottle of 500 ml, a roll of 10 m.
_MEASURES: Final = frozenset(
    "ml l cl dl cc liter liters litre litres g gm gr gram grams kg mg mcg ug μg iu lb lbs oz "
    "floz fl gal gallon gallons qt quart pt pint mm cm m meter meters metre metres km in inch "
    "inches ft foot feet yd yds yard yards ga gauge fr french ply mil percent % \" ' °c °f v "
    "volt volts w watt".split()
)
#: A number after one of these is a name: a box of size 7, a number 10 blade.
_NAMED_BY: Final = frozenset(
    "size sz no nr num number type grade level model gauge ga fr class ref # strength".split()
)
#: Words that are a number of pieces by themselves.
_DOZENS: Final = {"dozen": 12, "dz": 12, "doz": 12, "gross": 144}

_NUMBER: Final = Pattern(r"\d{1,3}(?:,\d{3})+(?![\d,.])|\d+")
_TOKEN: Final = Pattern(r"\d{1,3}(?:,\d{3})+(?![\d,.])|\d+|[^\W\d_]+|[^\w\s]|_")
_WHOLE: Final = Pattern(r"(\d+)\.0{1,2}")
#: Marks that may be around a pack's number; with any other, as in 10 x 12, it is not a pack's.
_MARKS: Final = frozenset("/-:,()[]@#'’.")
_PER: Final = frozenset("/ of per a con de di da mit pro par por von @ : , ( - x [".split())

#: The most that a pack is read to hold.
_LARGEST: Final = 1_000_000

_UNITS: Final = """
SELECT id, base_unit FROM inventory_item WHERE id IN (SELECT value FROM json_each(?))
"""
_PACKS: Final = """
SELECT item_id, id, name, size, barcode FROM inventory_pack
WHERE item_id IN (SELECT value FROM json_each(?)) AND archived_at IS NULL ORDER BY id
"""


class PackFacts(Value):
    """A pack that the office has; `size` is in base units."""

    id: int
    name: str
    size: int
    barcode: str | None


class NamedPack(Value):
    """A pack as a file names it: its name without its size, and the size in base units."""

    name: str
    size: int
    barcode: str | None = None


@lru_cache(maxsize=1024)
def stated_pack(text: str, base_unit: str = "each") -> NamedPack | None:
    """Return the pack whose size a text says, or None where it says none or leaves a doubt.

    "box of 100", "100/box", "BX/50", "case (24)", "100 ct", "6-pack" and "100" say one, as do
    "each" and the item's own base unit. "box", "2 boxes", "10 x 12", "bottle of 500 ml" and "size
    7 box" do not.
    """
    plain, unit = folded(text).rstrip("."), _singular(folded(base_unit))
    whole = _WHOLE.fullmatch(plain)
    if whole:
        # A number from a spreadsheet or from JSON; 1.000 may be a thousand.
        plain = whole[1]
    # An item that is measured has no single units: one bottle of an item in ml is not 1 ml.
    if _singular(plain) == unit or (plain in SINGLES and unit not in _MEASURES):
        return NamedPack(text.strip(), 1)
    if plain in _DOZENS and unit not in _MEASURES:
        return NamedPack(text.strip(), _DOZENS[plain])
    tokens = _without_one(_TOKEN.findall(plain))
    numbers = [place for place, token in enumerate(tokens) if token[0].isdigit()]
    if len(numbers) != 1 or tokens.count("/") > 1:
        return None
    [place] = numbers
    size = int(tokens[place].replace(",", ""))
    if not 0 < size <= _LARGEST or not _counts_pieces(tokens, place, size, unit):
        return None
    return NamedPack(_without_size(text), size)


def _without_one(tokens: list[str]) -> list[str]:
    """Return a text without the number of packs at its beginning: box of 100 for 1 box of 100."""
    if len(tokens) > 3 and tokens[0] == "1" and tokens[1] in HOLDERS and tokens[2] in _PER:
        return tokens[1:]
    return tokens


def _counts_pieces(tokens: Sequence[str], place: int, size: int, unit: str) -> bool:
    """Whether the number at a place counts the pieces in a pack.

    It may count packs, measure, name a model, or be a part of another number.
    """
    before = tokens[place - 1] if place else ""
    after = tokens[place + 1] if place + 1 < len(tokens) else ""
    if any(not token[0].isalnum() and token not in _MARKS for token in tokens):
        return False
    is_fraction = "." in {before, after}
    is_negative = tokens[max(0, place - 2) : place] == ["of", "-"]
    if is_fraction or is_negative or before in _NAMED_BY:
        return False
    if after and _singular(after) == unit:
        return True
    if _counts_another(tokens, place, unit):
        return False
    # "1 pack" counts packs, "6 pack" the pieces in one.
    return before in _PER or after in _PER or size > 1 or set(tokens) <= {"1", *SINGLES, unit}


def _counts_another(tokens: Sequence[str], place: int, unit: str) -> bool:
    """Whether the number counts another thing than the item's unit.

    That is packs, milliliters, or boxes where they are the unit.
    """
    following = list(tokens[place + 1 : place + 3])
    measured = following[:1] and following[0] in _MEASURES and following != ["'", "s"]
    # "2 boxes" counts the boxes.
    holders = following[:1] and following[0] in HOLDERS - _COUNTED
    # Where the item itself is counted in boxes, a box of 100 may be one unit or a hundred.
    of_units = unit in HOLDERS and unit in map(_singular, tokens)
    return bool(measured or holders or of_units)


def _without_size(text: str) -> str:
    """Return the word for the container: box for "100/box" or "Box of 100"; pack without one."""
    for word in _TOKEN.findall(text):
        if folded(word) in HOLDERS:
            return str(word)
    return "pack"


def _singular(word: str) -> str:
    return word.removesuffix("es") if word.endswith("xes") else word.removesuffix("s")


def named_pack(text: str, base_unit: str, known: Iterable[PackFacts | NamedPack] = ()) -> NamedPack:
    """Return the pack that a name or a barcode means: one that the item has, else as its text says.

    An export names a pack by its barcode where another pack has the same name. Raises ValueError
    with a sentence where the text may mean several packs, and where nothing says its size.
    """
    wanted = folded(text)
    named: list[PackFacts | NamedPack] = []
    others: list[PackFacts | NamedPack] = []
    for pack in known:
        is_meant = folded(pack.name) == wanted or same_barcode(pack.barcode, text)
        (named if is_meant else others).append(pack)
    sizes = sorted({pack.size for pack in named})
    if len(sizes) > 1:
        several = " or ".join(f"{size:,}" for size in sizes)
        raise ValueError(f"{text!r} may be of {several}; say the pack's size")
    if named:
        return NamedPack(named[0].name, named[0].size, named[0].barcode)
    stated = stated_pack(text, base_unit)
    if stated is None:
        raise ValueError(
            f"{text!r} says no size, and the item has no pack of that name; write it like "
            "`box of 100`, or fill a column pack_size"
        )
    of_size = [pack for pack in others if pack.size == stated.size and stated.size > 1]
    # The item's only pack of the size has the name by which the office knows it.
    return stated.replace(name=of_size[0].name) if len(of_size) == 1 else stated


def same_barcode(one: str | None, other: str | None) -> bool:
    """Whether two barcodes are one number, whatever zeros they are written with."""
    if not one or not other:
        return False
    return one == other or gtin(one) == gtin(other)


class ItemPacks:
    """The base units and packs of items, read once for each item of a file."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._units: dict[int, str] = {}
        self._packs: dict[int, list[PackFacts]] = {}

    def read(self, item_ids: Iterable[int]) -> None:
        """Read items, except those that were read before."""
        new = set(item_ids) - self._units.keys()
        if not new:
            return
        ids = id_list(new)
        self._units |= dict.fromkeys(new, "each") | dict(self._office.rows(_UNITS, ids))
        for item_id, *facts in self._office.rows(_PACKS, ids):
            self._packs.setdefault(item_id, []).append(PackFacts(*facts))

    def of(self, item_id: int) -> list[PackFacts]:
        """Return the packs of an item, the oldest first."""
        self.read([item_id])
        return self._packs.setdefault(item_id, [])

    def unit(self, item_id: int) -> str:
        """Return the base unit of an item."""
        self.read([item_id])
        return self._units[item_id]

    def named(self, item_id: int, text: str) -> NamedPack:
        """Return the pack of an item that a file names. Raises ValueError with a sentence."""
        return named_pack(text, self.unit(item_id), self.of(item_id))

    def forget(self, item_id: int | None = None) -> None:
        """Read an item again when it is next asked for; all of them without one."""
        for known in (self._units, self._packs):
            if item_id is None:
                known.clear()
            else:
                known.pop(item_id, None)
