"""Names as exclusion lists write them: capital letters of ASCII, without marks and titles."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from officeops import Value

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Words after a name that are no part of it.
_TITLES: Final = frozenset(
    "JR SR II III IV MD DO PHD RN LPN LVN NP PA DDS DMD DC DPM PHARMD ESQ".split()
)
#: The legal form of a business, which people leave out.
_FORMS: Final = frozenset(
    "INC INCORPORATED LLC LLP LP LTD CO CORP CORPORATION COMPANY PC PLLC PA THE".split()
)
_APOSTROPHES: Final = re.compile(r"['`\u2019]")
_MARKS: Final = re.compile(r"[^A-Z0-9]+")
_FEWEST_LETTERS: Final = 2


class PersonName(Value):
    """A person's name: the given names, and the family name as a list of words."""

    given: tuple[str, ...]
    family: tuple[str, ...]

    @property
    def family_keys(self) -> tuple[str, ...]:
        """The family name whole, and each of its words: `GARCIA LOPEZ`, `GARCIA`, `LOPEZ`."""
        return family_keys(" ".join(self.family))


def plain(text: str) -> str:
    """Return a name in capital letters: `O'Brien-Núñez` is `OBRIEN NUNEZ`."""
    # Nearly all names are one word of plain letters: the general way takes ten times as long.
    if text.isascii() and text.isalpha():
        return text.upper()
    letters = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _MARKS.sub(" ", _APOSTROPHES.sub("", bare.upper())).strip()


def person_name(text: str, family: str = "") -> PersonName | None:
    """Read a name as people write it: `Ana Garcia Lopez`, or with the family name and a comma first.

    `family` is the family name if it is known. Without it, each word after the first may be one.
    Returns None for a text with fewer than two words: nobody is found by one.
    """
    before, comma, after = text.partition(",")
    if comma and (given := _words(after)):
        return _named(given, _words(before))
    words = _words(text)
    known = _words(family)
    if known and words[-len(known) :] == known:
        return _named(words[: -len(known)], known)
    return _named(words[:1], known or words[1:])


def readings(text: str, family: str) -> Iterator[PersonName]:
    """Yield what a name may be of somebody whose family name is known.

    A former name ends otherwise, so it is read by itself as well: `Ana Ruiz` of an Ana Stone.
    """
    by_family = person_name(text, family)
    by_itself = person_name(text)
    if by_family:
        yield by_family
    if by_itself and family and not plain(text).endswith(plain(family)):
        yield by_itself


def _named(given: Sequence[str], family: Sequence[str]) -> PersonName | None:
    if not given or not family:
        return None
    return PersonName(tuple(given), tuple(family))


def _words(text: str) -> list[str]:
    return [word for word in plain(text).split() if word not in _TITLES]


def family_keys(family: str) -> tuple[str, ...]:
    """Return a plain family name whole, and each of its words of two letters and more."""
    if " " not in family:
        return (family,)
    words = family.split()
    long = [word for word in words if len(word) >= _FEWEST_LETTERS]
    return tuple(dict.fromkeys([family, *long]))


def business_name(text: str) -> str:
    """Return the name of a business without its legal form: `Acme Medical, Inc.` is `ACME MEDICAL`."""
    words = plain(text).split()
    kept = [word for word in words if word not in _FORMS]
    return " ".join(kept or words)
