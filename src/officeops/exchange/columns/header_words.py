"""Header words: the words of a column's head without habits of writing.

`Exp. Date` and `EXPIRATION_DATE` are one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NO_WORD: Final = re.compile(r"[^\w]+|_")
_INITIALS: Final = re.compile(r"\b(?:[^\W\d_]\.){2,}")
#: "No lot" is none of it; "No. of lots" and "Lot no." are its number.
_WITHOUT: Final = re.compile(r"\s*[Nn][Oo][\s_]+[^\W_]")
_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]")

#: Short forms and other words of offices, vendors and their programs, and the one word for each.
_SHORT: Final = {
    "qty": "quantity",
    "qnty": "quantity",
    "quant": "quantity",
    "qtys": "quantity",
    "quantities": "quantity",
    "no": "number",
    "nr": "number",
    "num": "number",
    "nbr": "number",
    "exp": "expiry",
    "expiration": "expiry",
    "expires": "expiry",
    "expire": "expiry",
    "expiring": "expiry",
    "expiries": "expiry",
    "dt": "date",
    "cat": "catalog",
    "catalogue": "catalog",
    "mfr": "manufacturer",
    "mfg": "manufacturer",
    "manuf": "manufacturer",
    "desc": "description",
    "descr": "description",
    "min": "minimum",
    "max": "maximum",
    "amt": "amount",
    "pt": "point",
    "lvl": "level",
    "loc": "location",
    "supplier": "vendor",
    "suppliers": "vendor",
    "prod": "product",
    "pkg": "pack",
    "package": "pack",
    "packages": "pack",
    "tel": "phone",
    "telephone": "phone",
    "recd": "received",
    "rcvd": "received",
    "acct": "account",
    "addr": "address",
    "uom": "unit",
    "measure": "",
    "of": "",
    "the": "",
    "a": "",
    "in": "",
}


#: A file's first rows are compared with every name of every field.
@lru_cache(maxsize=4096)
def words(name: str) -> str:
    """Return a column's name as plain words.

    `UnitsInStock`, `units_in_stock` and `Units in stock` are one. A cross is a number: `Item #` is
    the item's number, and not the item.
    """
    # Most names have neither: a search is faster than a replacement.
    if "#" in name or "№" in name:
        name = name.replace("#", " number ").replace("№", " number ")
    apart = _CAMEL.sub(" ", name)
    plain = _NO_WORD.sub(" ", apart)
    return " ".join(plain.casefold().split())


@lru_cache(maxsize=4096)
def everyday(name: str) -> str:
    """Return a column's name as its words in full, in one number, without order and units.

    `Cat #`, `Catalog No.` and `Catalogue number` are one, as are `Qty (each)` and `QUANTITY`.
    """
    bare = _BRACKETS.sub(" ", name)
    bare = bare if bare.strip(" .:*") else name
    bare = _INITIALS.sub(lambda initials: initials[0].replace(".", ""), bare)
    spoken = words(bare).split()
    full = {_SHORT.get(word, word) for word in spoken}
    if _WITHOUT.match(bare) and spoken[1] != "of":
        full = full - {"number"} | {"without"}
    singular = set(map(_singular, full))
    singular.discard("")
    return " ".join(sorted(singular))


def unnumbered(name: str) -> str:
    """Return the same without the word number: `Barcode #` is a barcode."""
    return " ".join(word for word in everyday(name).split() if word != "number")


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
