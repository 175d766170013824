"""Pack text: the size of a pack, read in words such as "box of 100" or "50/bx"."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from officeops import Value, folded
from officeops.values import Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

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
